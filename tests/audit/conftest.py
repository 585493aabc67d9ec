"""A small report in English that meets the checks of judgement, to break one place at a time."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.audit.page_reader import read_page
from evaluation.audit.papers import FileKey, Paper
from evaluation.core.provenance import digest_file
from evaluation.strategy.frame import load_criteria


class SmallRun:
    """What the checks ask of a run, from one page; the Word file says what the page says."""

    languages = ("en",)

    def __init__(self, path: Path) -> None:
        self.path = path
        self.register: dict[str, dict] = {}
        self.manifest: dict = {}
        self.summary_pages = 3

    def page(self, language: str) -> Paper:
        return read_page(FileKey(digest_file(self.path), language, self.path))

    def word(self, language: str) -> Paper:
        return replace(self.page(language), name="report.en.docx")

    def pdf(self, language: str) -> Paper:
        return replace(
            self.page(language),
            name="report.en.pdf",
            pages={"summary": 2, "object": 2 + self.summary_pages, "": 40},
        )


def table(*rows: tuple[str, ...]) -> str:
    head, *body = rows
    lines = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>'
        for row in body
    )
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>"


def chapter(name: str, title: str, content: str) -> str:
    return (
        f'<section class="chapter" aria-labelledby="{name}"><h1 id="{name}">{title}</h1>{content}</section>'
    )


RIGHTS = "<p>Gender equality and human rights are dealt with.</p>"
CRITERIA = [one.name.en for one in load_criteria()]
FINDINGS = table(
    ("Code", "Finding", "Criterion", "Evidence", "Sources", "Grade", "Contrary", "Unintended", "Limits", "By sex"),
    (
        "F1", "The number of trained people rose", CRITERIA[0], '<a href="#tab-t">Table 1</a>', "returns; training",
        "weak", "none found, searched in returns", "none found", "reports not verified", "women and men alike",
    ),
    (
        "F2", "Fewer people asked for help", CRITERIA[1], '<a href="#fig-f">Figure 1</a>', "1, single source",
        "weak", "one county differs", "none found", "one source", "too few by sex",
    ),
)  # fmt: skip
CONCLUSIONS = table(
    ("Code", "Conclusion", "Criterion", "Findings"),
    *((f"C{n}", "It is so", one, "F1; F2") for n, one in enumerate(CRITERIA)),
)
RECOMMENDATIONS = table(
    ("Code", "Recommendation", "Conclusions", "Addressee", "Deadline", "Priority", "Cost class"),
    ("R1", "Do it", "C0, C1", "ANITP", "2027-06-30", "high", "low"),
)
MATRIX = table(
    ("Code", "Question", "Indicators", "Sources", "Method", "Judgement criterion"),
    ("EQ1", "Was it done?", "IND-1.1.1-1", "returns", "count", "yes: all; partly: half; no: fewer"),
)
SUMMARY = "".join(
    f"<h2>{one}</h2><p>Text.</p>"
    for one in ("Object and purpose", "Method", "Findings", "Conclusions", "Recommendations")
)
PAGE = "".join(
    (
        chapter("summary", "Summary", SUMMARY),
        chapter("object", "1 Object of the evaluation", RIGHTS),
        chapter("method", "2 Method", f"{RIGHTS}<h2>Limits of this stage</h2><p>Some.</p>"),
        chapter("findings", "9 Findings", RIGHTS + FINDINGS),
        chapter("conclusions", "10 Conclusions", RIGHTS + CONCLUSIONS),
        chapter("recommendations", "11 Recommendations", RIGHTS + RECOMMENDATIONS),
        chapter("terms", "Annex A Terms of reference", table(("Part", "Text"), ("Object", "The strategy"))),
        chapter("matrix", "Annex B Evaluation matrix", MATRIX),
        chapter(
            "training_v", "Annex C Validity of the training questionnaires", table(("a", "b"), ("1", "2"))
        ),
        chapter(
            "feedback_v", "Annex D Validation of the feedback instruments", table(("a", "b"), ("1", "2"))
        ),
        chapter("instruments", "Annex E The instruments", "<p>Questions.</p>"),
        chapter("audit", "Annex F Self-audit", "<p>38 checks.</p>"),
        chapter("response", "Annex G Management response form", "<p>Form.</p>"),
        chapter("comments", "Annex H Comments by ANITP and answers", "<p>None.</p>"),
        chapter("plan_of", "Annex I Plan of analysis", f"<p>{'a' * 64}</p>"),
    )
)


@pytest.fixture
def small_run(tmp_path) -> Callable[..., SmallRun]:
    """The page with one text replaced by another; a text that is not there fails the test."""

    def make(old: str = "", new: str = "") -> SmallRun:
        assert not old or old in PAGE, old
        content = PAGE.replace(old, new, 1) if old else PAGE
        path = tmp_path / "report.en.html"
        path.write_text(
            f'<html lang="en"><head><meta charset="utf-8"></head><body><main>{content}</main></body></html>',
            encoding="utf-8",
        )
        run = SmallRun(path)
        run.manifest = {
            "analysis_plan": {
                "digest": "a" * 64,
                "registered_on": "2026-01-10",
                "first_data_on": "2026-02-01",
            }
        }
        return run

    return make
