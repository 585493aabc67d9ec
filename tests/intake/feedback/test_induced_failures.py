"""Whatever breaks in the data, no marker that stands in them reaches the words of an error, a finding or a repr."""

import gzip
import traceback
from datetime import date

import pytest
from openpyxl import Workbook

from evaluation.core.errors import KitError
from evaluation.intake.feedback.checking import check_feedback
from evaluation.intake.feedback.read import read_feedback
from evaluation.intake.feedback.store import load_feedback_data
from evaluation.intake.feedback.withdraw import withdraw
from tests.kit.feedback import NAME, small_instrument
from tests.kit.feedback_data import CODE, FULL, KEY, OTHER, TODAY, gather_rows, row, write_export

MARKER = "Zxqvwescu"
CNP = "2850312400123"
BAD_CELLS = {
    "name as code": {"person_code": MARKER},
    "name with digits as code": {"person_code": f"{MARKER}7"},
    "number as code": {"person_code": CNP},
    "mail as code": {"person_code": f"{MARKER}@example.org"},
    "check sign": {"person_code": "2BCD-FGH8", "told_change": MARKER},
    "wave": {"wave": MARKER},
    "no wave": {"wave": "", "told_change": MARKER},
    "collector": {"collector": MARKER},
    "language": {"language": MARKER},
    "sex": {"sex": MARKER},
    "months": {"months": MARKER},
    "months too many": {"months": "99999", "told_change": MARKER},
    "consent": {"consent_analysis": MARKER},
    "quotation": {"consent_quotation": MARKER},
    "version": {"consent_version": MARKER},
    "rating": {"safe_1": MARKER},
    "rating out of scale": {"safe_1": "77", "told_change": MARKER},
    "choice": {"help_used": MARKER},
    "no consent": {"consent_analysis": "", "consent_quotation": "", "told_change": MARKER},
    "formula": {"safe_2": f"=HYPERLINK({MARKER})"},
}


@pytest.mark.parametrize("what", BAD_CELLS)
def test_a_row_that_is_refused_quotes_nothing(tmp_path, what):
    rows = [
        row(months="", nume=MARKER),
        row(months="", nume=MARKER) | BAD_CELLS[what] | {"wave": BAD_CELLS[what].get("wave", "6")},
    ]
    done = read_feedback(write_export(tmp_path / "a.csv", rows), small_instrument(), key=KEY)
    assert sum(done.responses.provenance.excluded.values()) == 1
    said = f"{done!r}{done.responses!r}{done.problems}{done.responses.provenance}"
    kept = done.responses.table.to_csv() + done.responses.texts.to_csv()
    assert not [one for one in (MARKER, MARKER.upper(), CNP) if one in said + kept]


def _xlsx(path):
    book = Workbook()
    book.active.title = MARKER[:10]
    book.active.append([MARKER, "nume"])
    book.active.append([MARKER, MARKER])
    book.save(path)


BAD_FILES = {
    "no code column": lambda path: write_export(path, [{MARKER: MARKER, "wave": "exit"}]),
    "no question": lambda path: write_export(path, [{"person_code": CODE, "wave": "exit", "nume": MARKER}]),
    "other instrument": lambda path: write_export(path, [row(instrument=MARKER)]),
    "not a workbook": lambda path: path.with_suffix(".xlsx").write_bytes(b"PK\x03\x04" + MARKER.encode()),
    "workbook without columns": lambda path: _xlsx(path.with_suffix(".xlsx")),
    "bytes": lambda path: path.write_bytes(b"\0\1\2" + MARKER.encode()),
    "empty": lambda path: path.write_bytes(b""),
    "markup": lambda path: path.write_bytes(b"<html>" + MARKER.encode()),
    "packed": lambda path: path.write_bytes(gzip.compress(MARKER.encode())),
    "one endless line": lambda path: path.write_bytes(
        b"person_code,wave,safe_1\n" + MARKER.encode() * 200_000
    ),
}


def said_by(call):
    """Everything that an error says: its words, its causes, and the traceback without the lines of the test."""
    with pytest.raises(KitError) as stopped:
        call()
    error = stopped.value
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__
    return "".join(traceback.format_exception_only(error)) + repr(error)


@pytest.mark.parametrize("what", BAD_FILES)
def test_a_file_that_is_refused_quotes_nothing(tmp_path, what):
    BAD_FILES[what](tmp_path / "a.csv")
    (path,) = tmp_path.glob("a.*")
    said = said_by(lambda: read_feedback(path, small_instrument(), key=KEY))
    assert MARKER not in said and MARKER[:10] not in said


def _append(name, line):
    return lambda home: (home / name).write_text((home / name).read_text("utf-8") + line, encoding="utf-8")


def _swap(name, old, new):
    return lambda home: (home / name).write_text(
        (home / name).read_text("utf-8").replace(old, new, 1), encoding="utf-8"
    )


RESPONSES, TEXTS = f"responses_{NAME}.csv", f"texts_{NAME}.csv"
BAD_STORES = {
    "answer": _swap(RESPONSES, ",5,4,2,", f",{MARKER},4,2,"),
    "pseudonym": _append(RESPONSES, f"{MARKER},exit,0" + "," * 15 + "\n"),
    "wave": _swap(RESPONSES, "inclusion", MARKER),
    "months": _swap(RESPONSES, ",0,ro,", f",{MARKER},ro,"),
    "language": _swap(RESPONSES, ",ro,", f",{MARKER},"),
    "collector": _swap(RESPONSES, "independent", MARKER),
    "sex": _swap(RESPONSES, "female", MARKER),
    "consent": _swap(RESPONSES, ",yes,yes,", f",{MARKER},yes,"),
    "version": _swap(RESPONSES, "1.0", MARKER),
    "column": _swap(RESPONSES, "safe_1", MARKER),
    "cells too many": _append(RESPONSES, f"{MARKER}," * 40 + "\n"),
    "cells too few": _append(RESPONSES, f"{MARKER}\n"),
    "quote left open": _append(RESPONSES, f'"{MARKER}\n'),
    "item": _swap(TEXTS, "told_change", MARKER),
    "encoding": lambda home: (home / TEXTS).write_bytes(MARKER.encode("utf-16")),
    "no columns": lambda home: (home / TEXTS).write_text(MARKER, encoding="utf-8"),
    "about": lambda home: (home / "about.yaml").write_text(f"retention: {{until: {MARKER}}}", encoding="utf-8"),
    "about broken": lambda home: (home / "about.yaml").write_text(f"{MARKER}: [", encoding="utf-8"),
    "about more": _append("about.yaml", f"nume: {MARKER}\n"),
    "other instrument": lambda home: (home / RESPONSES).rename(home / "responses_victim_feedback_no.csv"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD_STORES)
def test_a_folder_that_is_refused_quotes_nothing(project, what):
    gather_rows(project, [FULL, row(person_code=OTHER)])
    BAD_STORES[what](project.feedback)
    assert MARKER not in said_by(lambda: load_feedback_data(project, today=TODAY))
    told = "".join(check_feedback(project, today=TODAY))
    assert told and MARKER not in told


@pytest.mark.parametrize(
    "code", [MARKER, f"{MARKER} 1990", CNP, "0722123456", f"{MARKER}@example.org", "2BCD-FGH8"]
)
def test_a_withdrawal_that_is_refused_quotes_nothing(project, code):
    gather_rows(project, [FULL])
    assert code not in said_by(lambda: withdraw(code, project, today=TODAY))


def test_a_build_past_retention_quotes_nothing(project):
    gather_rows(project, [row(told_change=MARKER)])
    assert MARKER not in said_by(lambda: load_feedback_data(project, today=date(2050, 1, 1)))
