"""The page of ``snitp status``: one HTML file in both languages, without script and with nothing to load."""

import html
from datetime import date
from typing import Any

from evaluation.reporting.numbers import format_day, format_number

STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
    "table{border-collapse:collapse;width:100%}caption{text-align:left;margin-bottom:.5rem}"
    "th,td{border-bottom:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "td.n,th.n{text-align:right}td.d{white-space:nowrap}.wide{overflow-x:auto}"
    ".synthetic{border:3px solid #1a1a1a;padding:.5rem 1rem;font-weight:bold}"
)
SYNTHETIC = "DATE SINTETICE / SYNTHETIC DATA"
WORDS = {
    "ro": {
        "title": "Raportarea instituțiilor pentru anul {year}",
        "caption": "Ce s-a cerut și ce a răspuns fiecare instituție. Termen: {deadline}.",
        "note": "Unitatea este o cifră cerută unei instituții pentru o perioadă; livrabilele sunt cuprinse, defalcările nu. "
        "Ponderea numără cifrele raportate și cele despre care instituția spune că nu este cazul.",
        "headings": (
            "Instituția", "Cerute", "Raportate", "Nu este cazul", "Indisponibile", "Fără răspuns", "Ponderea",
            "Transmiterea", "Primit la", "Zile după termen",
        ),
    },
    "en": {
        "title": "Reporting of institutions for {year}",
        "caption": "What was asked and what each institution answered. Deadline: {deadline}.",
        "note": "The unit is one figure asked of one institution for one period; deliverables are included, breakdowns are "
        "not. The share counts figures reported and those the institution calls not applicable.",
        "headings": (
            "Institution", "Asked", "Reported", "Not applicable", "Not available", "No answer", "Share", "Return",
            "Received on", "Days after the deadline",
        ),
    },
}  # fmt: skip
NUMBERS = (1, 2, 3, 4, 5, 6, 9)  # columns of numbers, set to the right


def signed(days: int) -> str:
    """A number of days with its sign, the minus as in print.

    >>> signed(-5), signed(46), signed(0)
    ('−5', '+46', '0')
    """
    return f"{days:+d}".replace("-", "−") if days else "0"


def status_page(records: list[dict[str, Any]], *, year: int, synthetic: bool) -> str:
    """The page; every text is escaped, and the policy in its head lets nothing run or load."""
    banner = f'<p class="synthetic">{SYNTHETIC}</p>' if synthetic else ""
    sections = "".join(_section(records, year=year, language=language) for language in WORDS)
    title = html.escape(WORDS["ro"]["title"].format(year=year))  # type: ignore[attr-defined]
    return (
        '<!DOCTYPE html>\n<html lang="ro"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body>{banner}<main>{sections}</main>{banner}"
        "</body></html>\n"
    )


def _section(records: list[dict[str, Any]], *, year: int, language: str) -> str:
    words: dict[str, Any] = WORDS[language]
    deadline = _day(records[0]["deadline"], language=language) if records else "–"
    head = "".join(
        f'<th scope="col"{" class=n" if place in NUMBERS else ""}>{html.escape(one)}</th>'
        for place, one in enumerate(words["headings"])
    )
    body = "".join(_row(one, language=language) for one in records)
    level = "h1" if language == "ro" else "h2"
    return (
        f'<section lang="{language}"><{level}>{html.escape(words["title"].format(year=year))}</{level}>'
        f'<div class="wide"><table><caption>{html.escape(words["caption"].format(deadline=deadline))}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f"<p>{html.escape(words['note'])}</p></section>"
    )


def _row(one: dict[str, Any], *, language: str) -> str:
    share = (
        "–" if one["share"] is None else format_number(one["share"], quantity="proportion", language=language)
    )
    counts = [str(one[name]) for name in ("asked", "reported", "not_applicable", "not_available", "silent")]
    name = (
        one["short"] if one["short"] == one["name"][language] else f"{one['short']}: {one['name'][language]}"
    )
    cells = [f'<td class="n">{html.escape(text)}</td>' for text in (*counts, share)]
    received = _day(one["received"], language=language)
    cells += [
        f"<td>{html.escape(one['timeliness'][language])}</td>",
        f'<td class="d">{html.escape(received)}</td>',
    ]
    days = "–" if one["days"] is None else signed(one["days"])
    return f'<tr><th scope="row">{html.escape(name)}</th>{"".join(cells)}<td class="n">{days}</td></tr>'


def _day(text: str, *, language: str) -> str:
    """An ISO day in words; anything else, such as a dash for no day, as it is."""
    try:
        return format_day(date.fromisoformat(text), language=language)
    except ValueError:
        return text
