"""The page: who came, what they knew before and after, topic by topic, what is believed, and what not to conclude."""

from collections.abc import Sequence
from pathlib import Path

from evaluation.core.results import Released
from evaluation.core.status import Status
from evaluation.instruments.model import Instrument, ItemKind
from evaluation.reporting.page.checks import check_html
from evaluation.reporting.page.letters import check_letters
from evaluation.reporting.session.figures import Figures
from evaluation.reporting.session.model import SessionAbout
from evaluation.reporting.session.style import session_css
from evaluation.reporting.session.topics import beliefs, topic_lines, verdict_word
from evaluation.reporting.wording import load_wording
from evaluation.strategy.counties import load_counties
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import load_plan

HERE = Path(__file__).parent
COUNTS, GAIN = "session_counts", "session_gain"
MOST_INDICATORS = 2
CAPITAL = "B"
Tile = dict[str, str]


def session_html(
    about: SessionAbout, instrument: Instrument, released: Sequence[Released], *, language: str
) -> str:
    """One page in one language, self-contained, without script; every number on it was released by the gate.

    ``released`` are session_counts, session_gain, session_topics, session_change, session_believed and
    session_opinions of the same session.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    figures = Figures(released, language=language)
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    lines = topic_lines(figures, instrument)
    told = any(one.verdict != "untold" for one in lines)
    html = environment.get_template("session.html.j2").render(
        language=language,
        css=Markup(session_css()),
        word=lambda key: load_wording().text(f"session.{key}", language=language),
        verdict_word=lambda verdict: verdict_word(verdict, language=language),
        title=getattr(instrument.about.title, language),
        facts=_facts(about, language),
        version=_text("version", language).format(name=instrument.name, version=instrument.about.version),
        status=_text(instrument.about.validation.value, language),
        tiles=_tiles(figures),
        sentences=[Markup(one) for one in _sentences(figures)],
        scale=_scale(figures),
        topics=lines,
        with_verdict=told,
        beliefs=beliefs(figures, instrument),
        opinions=_opinions(figures, instrument),
        indicators=_indicators(about, instrument, language),
        indicator_rule=_indicator_rule(figures),
        limits=_limits(about, instrument, figures, told=told),
        origin=_origin(figures),
        children=instrument.about.children,
    )
    check_letters(html)
    check_html(html)
    return html


def _facts(about: SessionAbout, language: str) -> list[str]:
    from babel.dates import get_month_names

    facts = [_text("code", language).format(code=about.code)]
    month = get_month_names(locale=language)[int(about.month)] if about.month else ""
    facts.append(f"{month} {about.year}".strip())
    if about.county:
        name = next(one.name for one in load_counties() if one.id == about.county)
        capital = about.county == CAPITAL
        facts.append(_text("capital", language) if capital else _text("county", language).format(county=name))
    facts.append(_text(about.locality, language) if about.locality else "")
    facts.append(load_registry().label(about.institution) if about.institution else "")
    facts.append(_text("measure", language).format(measure=about.measure) if about.measure else "")
    return [one for one in facts if one]


def _tiles(figures: Figures) -> list[Tile]:
    """Present, sheets before, sheets after, pairs: the number, its name, a detail."""
    told = {name: figures.count(COUNTS, name) for name in ("invited", "present_pre", "present_post", "pairs")}
    same = told["present_pre"] == told["present_post"]
    here = told["present_pre"] if same else f"{told['present_pre']} / {told['present_post']}"
    detail = "" if same else _text("present_detail", figures.language).format(
        pre=told["present_pre"], post=told["present_post"]
    )  # fmt: skip
    if not detail and figures.has(COUNTS, "invited"):
        detail = _text("invited_detail", figures.language).format(invited=told["invited"])
    tiles = [_tile(here, "present", detail, figures.language)]
    for period in ("pre", "post"):
        scored = figures.count(COUNTS, "scored", period=period)
        count = figures.count(COUNTS, "sheets", period=period)
        detail = _text("scored_detail", figures.language).format(scored=scored) if scored != count else ""
        tiles.append(_tile(count, f"sheets_{period}", detail, figures.language))
    detail = _text("pairs_detail", figures.language)
    if figures.value(COUNTS, "ambiguous") > 0:
        unsure = figures.count(COUNTS, "ambiguous")
        detail = _text("ambiguous_detail", figures.language).format(unsure=unsure)
    return [*tiles, _tile(told["pairs"], "pairs", detail, figures.language)]


def _tile(number: str, name: str, detail: str, language: str) -> Tile:
    return {
        "number": number,
        "name": _text(name, language),
        "detail": detail,
        "wide": "yes" if len(number) > 7 else "",
    }


def _sentences(figures: Figures) -> list[str]:
    """What may be said of the score, strongest first; counts only where there are too few pairs."""
    pairs = figures.status(COUNTS, "pairs")
    if pairs == Status.OK.value and figures.value(COUNTS, "pairs") == 0:
        return [figures.sentence("session.no_pairs")]
    shown = all(figures.has(GAIN, "direction", level=level) for level in ("all", "rose", "same", "fell"))
    if not figures.has(GAIN, "gain"):
        return [figures.sentence("session.few" if shown else "session.few_hidden")]
    low, high = (figures.value(GAIN, "gain", name) for name in ("ci_low", "ci_high"))
    key = "session.rise" if low > 0 else "session.loss" if high < 0 else "session.unclear"
    return [figures.sentence(key), *([figures.sentence("session.directions")] if shown else [])]


def _scale(figures: Figures) -> list[dict[str, str | int]]:
    """Two bars, before and after, as hundredths of all questions; none without means."""
    if not figures.has(GAIN, "gain"):
        return []
    whole = figures.value(GAIN, "questions")
    return [
        {
            "name": _text(name, figures.language),
            "bar": round(100 * figures.value(GAIN, name) / whole),
            "kind": name,
        }
        for name in ("before", "after")
    ]


def _opinions(figures: Figures, instrument: Instrument) -> list[tuple[str, str]]:
    result, found = "session_opinions", []
    for item in instrument.of_kind(ItemKind.REACTION, "A"):
        if figures.status(result, item.name, period="post") in (Status.OK.value, Status.SUPPRESSED.value):
            share = figures.share(result, item.name, period="post")
            told = _text("agree", figures.language).format(share=share)
            label = getattr(item.label, figures.language).rstrip(".")
            found.append((_text("quoted", figures.language).format(text=label), told))
    return found


def _indicators(about: SessionAbout, instrument: Instrument, language: str) -> list[str]:
    """The indicators that the instrument names, those of the session's measure first."""
    named = dict.fromkeys((*instrument.about.indicators, *instrument.served))
    cards = {card.id: card for measure in load_plan().measures for card in measure.indicators}
    own = sorted(
        (code for code in named if code in cards), key=lambda code: f"IND-{about.measure}-" not in code
    )
    return [
        _text("indicator", language).format(code=code, name=getattr(cards[code].name, language))
        for code in own[:MOST_INDICATORS]
    ]


def _indicator_rule(figures: Figures) -> str:
    written = figures.count(COUNTS, "written", period="post")
    return _text("indicator_rule", figures.language).format(written=written)


def _limits(about: SessionAbout, instrument: Instrument, figures: Figures, *, told: bool) -> list[str]:
    keys = [] if figures.has(GAIN, "gain") and told else ["limit_few"]
    keys += ["limit_cause", "limit_later", "limit_others"]
    keys += ["limit_child"] if instrument.about.children else []
    keys += ["limit_scorer"] if about.scorer == "trainer" else []
    return [_text(key, figures.language) for key in keys]


def _origin(figures: Figures) -> str:
    origin = figures.released[COUNTS].provenance
    if not origin.rows_in:
        return _text("origin_hidden", figures.language)
    left = origin.rows_in - origin.rows_used
    return _text("origin", figures.language).format(
        rows_in=origin.rows_in, rows_used=origin.rows_used, left=left
    )


def _text(key: str, language: str) -> str:
    return load_wording().text(f"session.{key}", language=language)
