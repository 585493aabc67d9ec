"""Withdrawal leaves nothing of the person anywhere, everything of everybody else, and a receipt that names nobody."""

import gzip
import json
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from evaluation.core.errors import IntakeError
from evaluation.intake.feedback.codes import make_codes, pseudonym
from evaluation.intake.feedback.read import read_feedback
from evaluation.intake.feedback.store import load_feedback_data
from evaluation.intake.feedback.tables import read_feedback_table, write_feedback_table
from evaluation.intake.feedback.withdraw import withdraw
from tests.kit.feedback import NAME, small_instrument
from tests.kit.feedback_data import CODE, FULL, KEY, OTHER, TODAY, gather_rows, row

PEOPLE, WAVES, LEAVING = 100, ("inclusion", "month_3", "month_6"), (0, 17, 50, 99)
WORDS = (
    "cursul",
    "drumul",
    "camera",
    "munca",
    "somnul",
    "banii",
    "actele",
    "copiii",
    "prietenii",
    "linistea",
)


def answer(number, wave):
    """Words of one person at one wave that nobody else says."""
    tens, ones = divmod(number, 10)
    when = {"inclusion": "acum", "month_3": "apoi", "month_6": "iarasi"}[wave]
    return f"{when} mi-ar trebui {WORDS[tens]} si apoi {WORDS[ones]} pentru ca asa simt eu acum"


def drill(project):
    codes = make_codes(PEOPLE, seed=11)
    rows = [
        row(person_code=code, wave=wave, told_change=answer(number, wave))
        for number, code in enumerate(codes)
        for wave in WAVES
    ]
    gather_rows(project, rows)
    quoted = [answer(17, "month_3"), answer(50, "inclusion"), answer(20, "month_6")]
    seal(project, "20260601-aa", report_ro_html="".join(f"<p>{one}</p>" for one in quoted[:2]).encode())
    seal(project, "20260602-bb", report_ro_html=f"<p>{quoted[2]}</p>".encode())
    cache = project.outputs / ".cache" / "interim-2026.feedback.ro.json.gz"
    cache.parent.mkdir()
    cache.write_bytes(gzip.compress(json.dumps([answer(one, "month_3") for one in LEAVING]).encode()))
    return codes


def everything(project):
    """Every byte below data and outputs, as it stands and unpacked."""
    for folder in (project.data_raw, project.outputs):
        for path in (one for one in folder.rglob("*") if one.is_file()):
            content = path.read_bytes()
            yield path, path.name.encode() + b"\0" + content
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    yield from ((path, archive.read(one)) for one in archive.namelist())
            if content.startswith(b"\x1f\x8b"):
                yield path, gzip.decompress(content)


def hits(project, *texts):
    """How often a text stands in any byte, by the plainest search there is, apart from the kit's own."""
    needles = [one.encode(form) for one in texts for form in ("utf-8", "utf-16-le", "utf-16-be")]
    return sum(content.count(one) for _, content in everything(project) for one in needles)


def seal(project, name, **files):
    home = project.outputs / "interim-2026" / name
    home.mkdir(parents=True)
    (home / "manifest.json").write_text("{}", encoding="utf-8")
    for file, content in files.items():
        (home / file.replace("_", ".")).write_bytes(content)
    return home


def test_of_a_hundred_people_over_three_waves_four_leave_and_nothing_of_them_is_left(project):
    codes = drill(project)
    for number in LEAVING:
        told = (codes[number], pseudonym(codes[number], key=KEY), *(answer(number, one) for one in WAVES))
        assert hits(project, *told) > 0
        done = withdraw(codes[number], project, today=TODAY)
        # three waves in: responses, texts, two coders' sheets, reviews, and the export as it arrived
        assert dict(done.rows) == {"responses": 3, "texts": 3, "coding": 6, "reviews": 3, "raw": 3}
        assert done.bytes_searched > 10_000 and done.files_searched >= 7
        assert hits(project, *told) == 0
    staying = [number for number in range(PEOPLE) if number not in LEAVING]
    data = load_feedback_data(project, today=TODAY)[NAME]
    assert len(data.for_analysis.table) == 3 * len(staying)
    for number in staying:
        assert hits(project, answer(number, "month_3")) == 4
    assert [one.name for one in (project.outputs / "interim-2026").iterdir()] == ["20260602-bb"]
    raw = read_feedback(project.feedback / "raw" / "export.csv", small_instrument(), key=KEY)
    assert raw.responses.provenance.rows_in == 3 * len(staying)


def test_the_receipt_says_month_and_purpose_and_nothing_of_the_person(project):
    gather_rows(project, [FULL, row(person_code=OTHER)])
    done = withdraw(CODE, project, today=TODAY)
    table = read_feedback_table(project.feedback / "withdrawals.csv", [])
    assert list(table.columns) == ["receipt", "month", "purpose"]
    assert list(table.iloc[0]) == [done.receipt, "2026-06", "all"]
    again = withdraw(OTHER, project, today=TODAY)
    assert again.receipt != done.receipt
    assert len(read_feedback_table(project.feedback / "withdrawals.csv", [])) == 2
    assert hits(project, CODE, OTHER, pseudonym(CODE, key=KEY)) == 0


@pytest.mark.parametrize("typed", ["2bcdfgh7", "2bcd fgh7", " 2BCD-FGH7 "])
def test_a_code_typed_differently_in_the_raw_file_is_the_same_person(project, typed):
    gather_rows(project, [row(person_code=typed), row(person_code=OTHER)])
    withdraw(CODE.lower(), project, today=TODAY)
    assert hits(project, typed.strip()) == 0
    assert hits(project, OTHER) == 1


def test_a_raw_workbook_loses_the_persons_cells_and_comments_and_keeps_the_rest(project):
    from openpyxl.comments import Comment

    book = Workbook()
    sheet = book.active
    sheet.append([*FULL, "nume"])
    sheet.append([*FULL.values(), "Xenia Ypsilanti"])
    sheet.append(
        [*row(person_code=OTHER, safe_1="3", told_change="altceva, de la alta persoana").values(), "Wanda"]
    )
    sheet["A2"].comment = Comment("a sunat Xenia Ypsilanti", "eu")
    path = project.feedback / "raw" / "registru.xlsx"
    path.parent.mkdir()
    book.save(path)
    gather = read_feedback(path, small_instrument(), key=KEY)
    assert gather.responses.provenance.rows_used == 2
    gather_rows(project, [FULL, row(person_code=OTHER)])
    withdraw(CODE, project, today=TODAY)
    assert hits(project, CODE, "Xenia", "Ypsilanti") == 0
    left = load_workbook(path).active
    assert [one.value for one in left[2]] == [None] * (len(FULL) + 1)
    assert (left["A3"].value, left.cell(3, len(FULL) + 1).value) == (OTHER, "Wanda")


def test_caches_drafts_and_sealed_reports_that_quote_go_and_other_reports_stay(project):
    rows = [row(told_change="as vrea sa ma intorc la scoala cu fetita"), row(person_code=OTHER)]
    gather_rows(project, rows)
    said = "as vrea sa ma intorc la scoala cu fetita"
    quoting = seal(
        project,
        "20260601-aa",
        report_ro_html=b"<p>as vrea <b>sa ma</b> intorc la scoala cu fetita</p>",
    )
    plain = seal(project, "20260501-bb", report_ro_html=b"<p>82 %</p>")
    for name in (".cache/interim-2026.feedback.ro.json", "interim-2026/.draft-xy/report.html"):
        path = project.outputs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"quote": said}), encoding="utf-8")
    kept = project.outputs / ".cache" / "intake" / "2026.json"
    kept.parent.mkdir()
    kept.write_text("{}", encoding="utf-8")
    ledger = project.outputs / "releases.jsonl"
    ledger.write_text('{"id": "TAB-1"}\n', encoding="utf-8")
    done = withdraw(CODE, project, today=TODAY)
    assert done.outputs_removed == 3
    assert not quoting.exists() and not (project.outputs / "interim-2026" / ".draft-xy").exists()
    assert plain.is_dir() and kept.is_file() and ledger.is_file()
    assert [one.name for one in (project.outputs / ".cache").iterdir()] == ["intake"]
    assert hits(project, said) == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("feedback/notes.txt", CODE.encode()),
        ("feedback/.responses.csv.swp", CODE.lower().replace("-", "").encode()),
        ("returns/2026/x.csv", pseudonym(CODE, key=KEY).encode("utf-16-le")),
        ("secondary/old.gz", gzip.compress(answer(3, "month_3").encode(), mtime=0)),
        ("feedback/locked.xlsx", b"PK\x03\x04 not to be opened"),
        (f"feedback/{CODE}.txt", b""),
    ],
)
def test_a_trace_where_the_kit_may_not_write_stops_before_anything_is_changed(project, name, content):
    gather_rows(project, [row(told_change=answer(3, "month_3")), row(person_code=OTHER)])
    stray = project.data / name
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(content)
    before = {path: path.read_bytes() for path in project.data.rglob("*") if path.is_file()}
    with pytest.raises(IntakeError, match="nothing was changed") as stopped:
        withdraw(CODE, project, today=TODAY)
    assert {path: path.read_bytes() for path in project.data.rglob("*") if path.is_file()} == before
    assert CODE not in str(stopped.value) and pseudonym(CODE, key=KEY) not in str(stopped.value)
    stray.unlink()
    withdraw(CODE, project, today=TODAY)
    assert hits(project, CODE) == 0


def test_words_that_somebody_else_said_too_stay_theirs(project):
    same = "as vrea sa vorbesc mai des cu avocatul"
    gather_rows(project, [row(told_change=same), row(person_code=OTHER, told_change=f"si eu {same} meu")])
    withdraw(CODE, project, today=TODAY)
    data = read_feedback_table(project.feedback / f"texts_{NAME}.csv", [])
    assert (list(data["person"]), hits(project, CODE)) == ([pseudonym(OTHER, key=KEY)], 0)


def test_a_code_under_which_nothing_is_kept_is_refused_without_a_receipt(project):
    gather_rows(project, [FULL])
    with pytest.raises(IntakeError, match="nothing is kept") as stopped:
        withdraw(OTHER, project, today=TODAY)
    assert OTHER not in str(stopped.value)
    assert not (project.feedback / "withdrawals.csv").exists()


def test_taking_back_quotation_leaves_the_counts_and_takes_the_words_out_of_reports(project):
    said = "as vrea sa ma intorc la scoala cu fetita"
    gather_rows(
        project,
        [
            row(told_change=said),
            row(wave="month_3", consent_analysis="no", told_change="de uitat, fara analiza"),
        ],
    )
    reviews = project.feedback / f"reviews_{NAME}.csv"
    write_feedback_table(reviews, read_feedback_table(reviews, []).assign(reviewer="R. M.", decision="yes"))
    assert len(load_feedback_data(project, today=TODAY)[NAME].for_quotation.table) == 2
    quoting = seal(project, "20260601-aa", report_ro_html=said.encode())
    withdraw(CODE, project, purpose="quotation", today=TODAY)
    data = load_feedback_data(project, today=TODAY)[NAME]
    assert (len(data.for_quotation.table), len(data.for_analysis.table)) == (0, 1)
    assert dict(data.for_quotation.provenance.excluded) == {"no_consent_quotation": 1}
    assert not quoting.exists() and len(read_feedback_table(reviews, [])) == 0
    again = read_feedback(project.feedback / "raw" / "export.csv", small_instrument(), key=KEY)
    assert set(again.responses.table["consent_quotation"]) == {"no"}


def test_taking_back_recontact_changes_that_and_nothing_else(project):
    gather_rows(project, [row(consent_recontact="yes"), row(person_code=OTHER, consent_recontact="yes")])
    before = read_feedback_table(project.feedback / f"responses_{NAME}.csv", [])
    withdraw(CODE, project, purpose="recontact", today=TODAY)
    after = read_feedback_table(project.feedback / f"responses_{NAME}.csv", [])
    mine = after["person"] == pseudonym(CODE, key=KEY)
    assert list(after.loc[mine, "consent_recontact"]) == ["no"]
    assert list(after.loc[~mine, "consent_recontact"]) == ["yes"]
    assert after.drop(columns="consent_recontact").equals(before.drop(columns="consent_recontact"))


def test_a_purpose_that_is_none_is_refused(project):
    with pytest.raises(IntakeError, match="purpose"):
        withdraw(CODE, project, purpose="analysis", today=TODAY)


def test_a_raw_file_of_another_kind_stops_before_anything_is_changed(project):
    gather_rows(project, [FULL])
    (project.feedback / "raw" / "vechi.xls").write_bytes(b"x")
    with pytest.raises(IntakeError, match=r"vechi\.xls"):
        withdraw(CODE, project, today=TODAY)
    assert hits(project, CODE) == 1


def test_quotation_is_taken_back_in_both_entries_of_our_workbook(project):
    from evaluation.instruments.feedback.workbook import make_feedback_workbook

    gather_rows(project, [row(person_code=OTHER)])
    path = project.feedback / "raw" / "registru.xlsx"
    path.write_bytes(make_feedback_workbook(small_instrument(), language="ro", rows=5))
    book = load_workbook(path)
    for sheet in book.worksheets[1:3]:
        for place, value in enumerate(["exit", 14, None, None, "1.0", "Da", "Da", "Da", None, 5], start=3):
            sheet.cell(6, place, value)
        sheet.cell(6, 2, CODE)
    book.save(path)
    withdraw(CODE, project, purpose="quotation", today=TODAY)
    read = read_feedback(path, small_instrument(), key=KEY).responses
    assert dict(read.provenance.excluded) == {"entry_second": 1}
    (got,) = read.table.to_dict("records")
    said = [got[f"consent_{one}"] for one in ("analysis", "quotation", "recontact")]
    assert (said, got["months"], got["safe_1"]) == (["yes", "no", "yes"], "14", "5")


def test_a_damaged_file_of_an_institution_is_told_and_does_not_stop_a_withdrawal(project):
    gather_rows(project, [FULL])
    damaged = project.data / "returns" / "2026" / "INML.xlsx"
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"PK\x03\x04 not to be opened")
    assert withdraw(CODE, project, today=TODAY).not_opened == ("data_raw/returns/2026/INML.xlsx",)
    gather_rows(project, [FULL])
    damaged.write_bytes(b"PK\x03\x04 not to be opened " + CODE.encode())
    with pytest.raises(IntakeError, match=r"INML\.xlsx"):
        withdraw(CODE, project, today=TODAY)
