"""The page of a session: sentences that the numbers allow, in both languages, from released tables only."""

import re

import pytest

from evaluation.core.errors import ReportError
from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Released, Result, make_table
from evaluation.disclosure.policy import policy_named
from evaluation.disclosure.release import release
from evaluation.instruments.model import ItemKind
from evaluation.reporting.session import Figures, SessionAbout, session_html
from evaluation.reporting.session.topics import beliefs, topic_lines
from tests.kit.instruments import sample_instrument

ORIGIN = Provenance((Source("training/answers.csv", "0" * 64),), "test", 50, 48, {"row_repeated": 2})
SAMPLE = sample_instrument()
TOPICS = [one.name for one in SAMPLE.of_kind(ItemKind.CLOSED, "A")]
ABOUT = SessionAbout("BCDF-GHJK-1", "2026", "03", "CJ", "urban", "ANITP", "1.2.7", "trainer")


def released(name: str, rows: list[dict]) -> Released:
    return release(Result(name, make_table(rows), ORIGIN), policy_named("training_knowledge"))


def count(measure: str, number: int, *, period: str = "", level: str = "all") -> dict:
    return {"measure": measure, "quantity": "count", "period": period, "level": level, "estimate": number}


def mean(measure: str, value: float, low: float, high: float, *, n: int) -> dict:
    row = {"measure": measure, "quantity": "mean", "level": "all", "n": n}
    return row | ({"estimate": value, "ci_low": low, "ci_high": high} if n >= 10 else {"status": "too_few"})


def share(measure: str, part: int, whole: int, *, period: str = "post") -> dict:
    parts = {"n": whole, "numerator": part, "denominator": whole, "estimate": part / whole}
    return {"measure": measure, "quantity": "proportion", "period": period, "level": "all", **parts}


def session(
    *, n: int = 24, gain: tuple[float, float, float] = (2.8, 1.9, 3.7), changes: dict | None = None
) -> list[Released]:
    """A session of n pairs that rose by the gain; changes by topic are intervals of the paired difference."""
    value, low, high = gain
    told = [count(name, n) for name in ("invited", "present_pre", "present_post", "pairs")]
    told += [
        count(name, n, period=when) for name in ("sheets", "scored", "written") for when in ("pre", "post")
    ]
    means = [
        mean("before", 6.25, 5, 7, n=n),
        mean("after", 6.25 + value, 8, 10, n=n),
        mean("gain", value, low, high, n=n),
    ]
    means += [mean("loss", -value, -high, -low, n=n)] if value < 0 else []
    means += [count("questions", 12), count("direction", n), count("direction", n - 5, level="rose")]
    means += [count("direction", 4, level="same"), count("direction", 1, level="fell")]
    intervals = changes or {}
    change = [
        {"measure": name, "quantity": "proportion_difference", "level": "all", "n": n}
        | ({"status": "too_few"} if name not in intervals else dict(zip(("estimate", "ci_low", "ci_high", "p_adjusted"), intervals[name], strict=True)))
        for name in TOPICS
    ]  # fmt: skip
    topics = [
        share(name, part, n, period=when)
        for name in TOPICS
        for when, part in (("pre", n // 2), ("post", n - 2))
    ]
    return [
        released("session_counts", told), released("session_gain", means), released("session_topics", topics),
        released("session_change", change), released("session_believed", [share("core_where.b", 7, n)]),
        released("session_opinions", [share("react_clear", n - 1, n)]),
    ]  # fmt: skip


def words(page: str) -> str:
    body = page.partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ro", "În medie, cei 24 de participanți cu ambele foi au răspuns corect la 6,2 din 12 întrebări înainte și la 9,0 "
               "după sesiune: cu 2,8 mai mult (interval de încredere 95%: de la 1,9 la 3,7 )."),
        ("en", "On average, the 24 participants with both sheets answered 6.2 of 12 questions correctly before the session "
               "and 9.0 after it: 2.8 more (95% confidence interval: 1.9 to 3.7 )."),
    ],
)  # fmt: skip
def test_the_score_is_one_plain_sentence(language, sentence):
    assert sentence in words(session_html(ABOUT, SAMPLE, session(), language=language))


@pytest.mark.parametrize(
    ("n", "people"), [(19, "19 participanți"), (20, "20 de participanți"), (119, "119 participanți")]
)
def test_romanian_counts_people_in_its_forms(n, people):
    assert people in words(session_html(ABOUT, SAMPLE, session(n=n), language="ro"))


def test_an_interval_over_nought_is_no_change():
    page = words(session_html(ABOUT, SAMPLE, session(gain=(0.3, -0.4, 1.0)), language="ro"))
    assert "este prea mică pentru a spune că s-a schimbat ceva" in page
    assert "de la −0,4 la 1,0" in page


def test_a_fall_is_said_as_one_and_asks_to_look_at_the_papers():
    page = words(session_html(ABOUT, SAMPLE, session(gain=(-1.0, -1.6, -0.4)), language="ro"))
    assert "cu 1,0 mai puțin (interval de încredere 95%: de la 0,4 la 1,6 )" in page
    assert "încurcate" in page


def test_eight_pairs_are_counted_and_not_averaged():
    page = words(session_html(ABOUT, SAMPLE, session(n=8), language="ro"))
    assert "Sunt numai 8 perechi de foi : prea puține pentru o medie." in page
    assert "3 persoane au răspuns corect la mai multe întrebări decât înainte" in page
    assert "1 persoană a răspuns la mai puține" in page
    assert "medie, cei" not in page and "interval" not in page and "mai bine" not in page


def test_topics_are_told_by_the_paired_difference_and_firmly_only_among_all():
    changes = dict.fromkeys(TOPICS, (0.1, -0.1, 0.3, 1.0)) | {
        "sum_a1": (0.4, 0.2, 0.6, 0.01),
        "sum_a2": (0.3, 0.1, 0.5, 0.2),
        "core_where": (-0.3, -0.5, -0.1, 0.04),
    }
    figures = Figures(session(changes=changes), language="en")
    told = [one.verdict for one in topic_lines(figures, SAMPLE)]
    assert told == ["better", "maybe_better", *["same"] * 9, "worse"]


def test_a_wrong_choice_that_a_fifth_believes_is_named_with_its_reason():
    (one,) = beliefs(Figures(session(), language="ro"), SAMPLE)
    assert (one.share, one.choice) == ("7 din 24", "au ales „Numai în alte țări”")
    assert one.why == "Traficul este legat de plecarea la muncă."


def test_a_wrong_choice_of_a_few_is_not_called_a_belief():
    tables = session()
    tables[4] = released("session_believed", [share("core_where.b", 4, 24), share("core_who.a", 3, 5)])
    assert beliefs(Figures(tables, language="ro"), SAMPLE) == []


@pytest.mark.parametrize(("language", "draft"), [("ro", "CIORNĂ"), ("en", "DRAFT")])
def test_the_draft_says_that_it_is_one(language, draft):
    assert draft in words(session_html(ABOUT, SAMPLE, session(), language=language))


@pytest.mark.parametrize("language", ["ro", "en"])
def test_the_indicator_of_the_plan_stands_there_and_is_not_computed(language):
    page = words(session_html(ABOUT, SAMPLE, session(), language=language))
    assert "IND-1.2.7-3:" in page
    assert ("nu îl arată" if language == "ro" else "does not show it") in page


def test_a_trainer_who_scores_the_own_session_is_told_so():
    assert "Formatorul a introdus" in words(session_html(ABOUT, SAMPLE, session(), language="ro"))
    other = SessionAbout("BCDF-GHJK-1", scorer="independent")
    assert "Formatorul a introdus" not in words(session_html(other, SAMPLE, session(), language="ro"))


def test_rows_left_out_are_counted_on_the_page():
    page = words(session_html(ABOUT, SAMPLE, session(), language="ro"))
    assert "Rânduri primite: 50; folosite: 48; lăsate deoparte, cu motiv: 2." in page


def test_the_page_takes_released_tables_only():
    raw = Result("session_gain", make_table([count("direction", 24)]), ORIGIN)
    with pytest.raises(ReportError, match="gate"):
        Figures([raw], language="ro").sentence("session.few")  # type: ignore[list-item]


def test_the_page_loads_and_runs_nothing():
    page = session_html(ABOUT, SAMPLE, session(), language="ro")
    assert "default-src 'none'" in page
    assert not re.search(r"<script|https?://|\son\w+=", page)
