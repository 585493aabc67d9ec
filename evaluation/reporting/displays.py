"""What a notebook cell displays: HTML for the reader, and beside it the register entries it is made of."""

import html
from dataclasses import dataclass, field

from evaluation.core.results import Released
from evaluation.core.status import Status
from evaluation.disclosure.stored import store_released
from evaluation.reporting.numbers import AT_LEAST, PARTIAL, format_interval, format_number
from evaluation.reporting.register import Entry, make_entry
from evaluation.reporting.wording import load_wording

_MOST_FILES = 3
MIME = "application/vnd.snitp.exhibit+json"


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A table, figure or sentence in one language; Jupyter shows the HTML, the build keeps the entries."""

    kind: str
    id: str
    html: str
    entries: tuple[Entry, ...] = ()
    decisions: tuple[dict[str, object], ...] = ()
    witnesses: tuple[dict[str, object], ...] = ()
    data: tuple["Shown", ...] = field(default=())

    def __repr__(self) -> str:
        return f"Shown({self.kind} {self.id!r})"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        return {"text/html": self.html, MIME: self.record(), "text/plain": repr(self)}

    def record(self) -> dict[str, object]:
        """What the build keeps beside the HTML."""
        return {
            "kind": self.kind,
            "id": self.id,
            "entries": [one.as_record() for one in self.entries],
            "decisions": list(self.decisions),
            "witnesses": list(self.witnesses),
        }


def number_html(
    released: Released,
    row: int,
    column: str,
    *,
    language: str,
    quantity: str = "",
    noun: str = "",
    missing: str = "",
) -> tuple[str, Entry]:
    """One number as a link into the register, with what stands behind it shown on hover and focus.

    A cell without a number shows its reason in words: ``missing``, or the status.
    """
    entry = make_entry(released, row, column)
    line = released.table.loc[row]
    words = load_wording()
    if line["status"] != Status.OK:
        text = missing or words.text(f"status.{line['status']}", language=language)
    elif line[column] != line[column]:
        text = words.text("status.not_applicable", language=language)
    else:
        kind = quantity or _quantity_of(released, row, column)
        text = format_number(float(line[column]), quantity=kind, language=language)
        text = _qualified(text, released, row, column, language=language)
        if noun:
            text = f"{text} {words.counted(noun, float(line[column]), language=language)}"
    tip = html.escape(describe(released, row, language=language), quote=True)
    return f'<a class="n" href="#R-{entry.id}" data-tip="{tip}">{html.escape(text)}</a>', entry


def _quantity_of(released: Released, row: int, column: str) -> str:
    """How a column is printed; the two values behind a difference are what they are the difference of."""
    quantity = str(released.table.loc[row, "quantity"])
    parts = column in ("numerator", "denominator")
    if quantity == "difference" and (parts or column == "estimate"):
        return _word_of(released, row, "kind_key") or "published"
    if parts and quantity == "proportion_difference":
        return "proportion"
    return quantity if column in ("estimate", "ci_low", "ci_high") else "count"


def _qualified(text: str, released: Released, row: int, column: str, *, language: str) -> str:
    """The number with what it leaves out: an incomplete sum, or a lower limit."""
    quantity = str(released.table.loc[row, "quantity"])
    words = load_wording()
    if column != "estimate" or quantity not in (*PARTIAL, AT_LEAST):
        return text
    if quantity == AT_LEAST:
        return words.text("at_least.of", language=language).replace("{value}", text)
    of = words.text("partial.of", language=language)
    for name in ("answered", "asked"):
        of = of.replace(f"{{{name}}}", _word_of(released, row, name) or "?")
    return f"{text} ({of})"


def _word_of(released: Released, row: int, name: str) -> str:
    texts = released.texts
    return "" if texts is None or name not in texts.columns else str(texts.loc[row, name])


def describe(released: Released, row: int, *, language: str) -> str:
    """Interval, n, source and method of a number, in one line."""
    return describe_entry(make_entry(released, row, "estimate"), language=language)


def describe_entry(entry: Entry, *, language: str) -> str:
    """Interval, n, source and method behind an entry of the register, in one line."""
    words = load_wording()
    parts = []
    if entry.ci_low is not None and entry.ci_high is not None:
        interval = format_interval(entry.ci_low, entry.ci_high, quantity=entry.quantity, language=language)
        parts.append(f"{words.text('tip.interval', language=language)} {interval}")
    if entry.n is not None:
        parts.append(f"n = {format_number(entry.n, quantity='count', language=language)}")
    parts.append(f"{words.text('tip.source', language=language)} {_files(entry)}")
    parts.append(
        f"{words.text('tip.method', language=language)} {method_name(entry.method, language=language)}"
    )
    return "; ".join(parts)


def _files(entry: Entry) -> str:
    """The files behind a number, by name; of many, the first and the last and how many they are."""
    names = [f"{one['file'].rsplit('/', 1)[-1]} {one['rows']}".strip() for one in entry.sources]
    return ", ".join(names) if len(names) <= _MOST_FILES else f"{names[0]} … {names[-1]} ({len(names)})"


def method_name(method: str, *, language: str) -> str:
    """The method in words where the wording table knows it, otherwise as recorded."""
    words = load_wording()
    key = f"method.{method}"
    return words.text(key, language=language) if words.has(key) else method


def stored_records(released: Released) -> tuple[dict[str, object], ...]:
    """The table with its witnesses, where the gate had figures to protect."""
    return (store_released(released),) if released.witnesses else ()


def decision_records(released: Released) -> tuple[dict[str, object], ...]:
    """The gate's decisions as plain values."""
    return tuple(
        {
            "result": one.result,
            "policy": one.policy,
            "action": one.action,
            "reason": one.reason,
            "row": None if one.row is None else one.row + 1,
        }
        for one in released.decisions
    )
