"""What ``snitp instrument`` prints, as records."""

from collections.abc import Sequence
from typing import Any

from evaluation.core.errors import KitError
from evaluation.instruments.check import check_instrument
from evaluation.instruments.check_rules import Finding, Severity
from evaluation.instruments.load import list_instruments, load_instrument
from evaluation.instruments.model import Checked, Instrument, ItemKind
from evaluation.strategy.words import Text

Record = dict[str, Any]
_BOTH = {"ro": "", "en": ""}
FINDING_COLUMNS: Record = {
    "instrument": "", "severity": "", "rule": "", "place": "", "problem": _BOTH, "remedy": _BOTH,
}  # fmt: skip


def instrument_records() -> list[Record]:
    """One record a questionnaire of training."""
    return [_record(load_instrument(name)) for name in list_instruments()]


def check_records(names: Sequence[str]) -> list[Record]:
    """One record a questionnaire with its findings; one that cannot be read has that as its finding."""
    return [_checked(name) for name in names]


def finding_rows(records: Sequence[Record]) -> list[Record]:
    """The findings of all questionnaires, one a line."""
    return [{"instrument": one["name"], **finding} for one in records for finding in one["findings"]]


def _record(instrument: Instrument) -> Record:
    about = instrument.about
    return {
        "name": about.name,
        "title": about.title.model_dump(),
        "audience": about.audience.model_dump(),
        "children": about.children,
        "version": about.version,
        "validation": about.validation.value,
        "closed_items": len(instrument.of_kind(ItemKind.CLOSED, "A")),
        "anchors": list(instrument.anchors),
        "measures": list(about.audience_measures),
        "indicators": list(about.indicators),
        "licence": about.licence,
    }


def _checked(name: str) -> Record:
    try:
        instrument = load_instrument(name)
    except KitError as error:
        return outcome(name, "", (unreadable(name, error),), to_check=0)
    sources = [key.source for key in instrument.keys] + [key.source for key in instrument.open_keys]
    to_check = sum(one.checked is Checked.TO_CHECK for one in sources)
    found = check_instrument(instrument)
    return outcome(name, instrument.about.validation.value, found, to_check=to_check)


def outcome(name: str, validation: str, found: tuple[Finding, ...], *, to_check: int) -> Record:
    """A questionnaire with what was found and counted."""
    errors = sum(one.severity is Severity.ERROR for one in found)
    return {
        "name": name,
        "validation": validation,
        "errors": errors,
        "warnings": len(found) - errors,
        "sources_to_check": to_check,
        "findings": [
            {
                "severity": one.severity.value,
                "rule": one.rule,
                "place": one.place,
                "problem": one.problem.model_dump(),
                "remedy": one.remedy.model_dump(),
            }
            for one in found
        ],
    }


def unreadable(name: str, error: KitError) -> Finding:
    """The finding of a questionnaire that cannot be read."""
    told = " ".join(str(error).split()).rstrip(".")
    return Finding(
        rule="unreadable",
        place=name,
        problem=Text(ro=f"chestionarul nu poate fi citit: {told}", en=f"it cannot be read: {told}"),
        remedy=Text(ro="Corectați fișierul numit.", en="Correct the file that is named."),
        severity=Severity.ERROR,
    )
