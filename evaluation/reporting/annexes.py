"""Parts of the report that are generated from the build itself: abbreviations, register, decisions, origin."""

import html
from typing import Any

from evaluation.core.errors import ReportError
from evaluation.core.status import Status
from evaluation.reporting.displays import method_name
from evaluation.reporting.numbers import format_interval, format_number
from evaluation.reporting.wording import load_wording
from evaluation.strategy.institutions import Registry

Records = list[dict[str, Any]]


def abbreviations_html(registry: Registry, *, language: str) -> str:
    """The strategy's own list of abbreviations."""
    rows = [
        (one.abbreviation, one.ro if language == "ro" else f"{one.en} ({one.ro})")
        for one in registry.abbreviations
    ]
    return _table("abbreviations", ("register.abbreviation", "register.meaning"), rows, language=language)


def collect_entries(records: Records) -> list[dict[str, Any]]:
    """Every number of the report once, in order of appearance, with the places where it is shown."""
    entries: dict[str, dict[str, Any]] = {}
    for record in records:
        for exhibit in record["exhibits"]:
            place = {"chapter": record["chapter"], "cell": exhibit["cell"], "exhibit": exhibit["id"]}
            for entry in exhibit["entries"]:
                known = entries.setdefault(entry["id"], {**entry, "shown": []})
                if any(known[name] != value for name, value in entry.items()):
                    raise ReportError(
                        f"chapter {record['chapter']}, cell {exhibit['cell']}: {entry['id']} stands for another number "
                        "elsewhere; give the two results different ids."
                    )
                if place not in known["shown"]:
                    known["shown"].append({**place, "notebook": record["notebook"]})
    return list(entries.values())


def collect_decisions(records: Records) -> list[dict[str, Any]]:
    """The gate's decisions, each once, in order of appearance."""
    seen: dict[tuple[object, ...], dict[str, Any]] = {}
    for record in records:
        for exhibit in record["exhibits"]:
            for decision in exhibit["decisions"]:
                seen.setdefault(tuple(decision.values()), decision)
    return list(seen.values())


def collect_sources(entries: list[dict[str, Any]]) -> dict[str, str]:
    """Digest by file, for every file behind a number, in order of first use."""
    return {source["file"]: source["digest"] for entry in entries for source in entry["sources"]}


def register_html(entries: list[dict[str, Any]], *, numbers: dict[str, str], language: str) -> str:
    """The register annex: one row per number, each the target of the number's link on the pages.

    ``numbers`` gives the printed number of a chapter ("3", "A") by its id.
    """
    codes = {file: f"S{place}" for place, file in enumerate(collect_sources(entries), start=1)}
    headers = ("number", "value", "interval", "n", "source", "method", "place", "decision")
    head = "".join(f'<th scope="col">{_word(f"register.{one}", language)}</th>' for one in headers)
    body = "".join(_register_row(entry, codes, numbers, language=language) for entry in entries)
    caption = _word("register.caption", language)
    table = (
        '<div class="exhibit table wide register" id="tab-register"><table class="register"><caption>'
        f'<span class="exno" data-kind="table" data-ref="tab-register"></span> {caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    return f"<p>{_word('register.intro', language)}</p>{table}"


def sources_html(entries: list[dict[str, Any]], *, language: str) -> str:
    """The files behind the numbers, with the codes that the register uses, and their digests."""
    rows = [
        (f"S{place}", file, digest)
        for place, (file, digest) in enumerate(collect_sources(entries).items(), start=1)
    ]
    keys = ("register.source", "provenance.file", "provenance.digest")
    return _table("sources", keys, rows, language=language)


def decisions_html(decisions: list[dict[str, Any]], *, language: str) -> str:
    """What the gate decided, result by result."""
    rows = [
        (
            str(one["result"]),
            _known("policy", str(one["policy"]), language),
            _known("decision", str(one["action"]), language),
            _known("reason", str(one["reason"]), language),
            "" if one["row"] is None else str(one["row"]),
        )
        for one in decisions
    ]
    keys = ("decisions.result", "decisions.policy", "decisions.action", "decisions.reason", "decisions.row")
    return f"<p>{_word('decisions.intro', language)}</p>" + _table("decisions", keys, rows, language=language)


def origin_html(versions: dict[str, str], inputs: dict[str, str], *, language: str) -> str:
    """What the report was built from: libraries, and inputs with digests. No clock: the manifest has the date."""
    libraries = _table(
        "versions", ("provenance.library", "provenance.version"), sorted(versions.items()), language=language
    )
    files = _table(
        "inputs", ("provenance.file", "provenance.digest"), sorted(inputs.items()), language=language
    )
    seeds = f"<p>{_word('provenance.seeds', language)}</p>"
    return f"<p>{_word('provenance.intro', language)}</p>{seeds}{libraries}{files}"


def _register_row(
    entry: dict[str, Any], codes: dict[str, str], numbers: dict[str, str], *, language: str
) -> str:
    places = "; ".join(
        f"{numbers.get(one['chapter'], one['chapter'])}, {_word('register.cell', language)} {one['cell']}"
        for one in entry["shown"]
    )
    sources = "; ".join(f"{codes[one['file']]} {one['rows']}".strip() for one in entry["sources"][:3])
    more = len(entry["sources"]) - 3
    if more > 0:
        last = codes[entry["sources"][-1]["file"]]
        sources = f"{codes[entry['sources'][0]['file']]} … {last}"
    count = "" if entry["n"] is None else format_number(entry["n"], quantity="count", language=language)
    cells = (
        _value(entry, language=language),
        _interval(entry, language=language),
        count,
        sources,
        method_name(entry["method"], language=language),
        places,
        _known("decision", str(entry["decision"]), language),
    )
    tail = "".join(f"<td>{html.escape(str(one))}</td>" for one in cells)
    back = f'<a href="#u-{entry["id"]}">{html.escape(entry["id"])}</a>'
    return f'<tr id="R-{entry["id"]}"><th scope="row">{back}</th>{tail}</tr>'


def _value(entry: dict[str, Any], *, language: str) -> str:
    if entry["status"] != Status.OK or entry["value"] is None:
        return load_wording().text(f"status.{entry['status']}", language=language)
    return format_number(entry["value"], quantity="published", language=language)


def _interval(entry: dict[str, Any], *, language: str) -> str:
    if entry["ci_low"] is None or entry["ci_high"] is None:
        return ""
    return format_interval(entry["ci_low"], entry["ci_high"], quantity="published", language=language)


def _table(slug: str, keys: tuple[str, ...], rows: list[Any], *, language: str) -> str:
    head = "".join(f'<th scope="col">{_word(key, language)}</th>' for key in keys)
    body = "".join(
        f'<tr><th scope="row">{html.escape(row[0])}</th>'
        + "".join(f"<td>{html.escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="exhibit table" id="tab-{slug}"><table><caption><span class="exno" data-kind="table" '
        f'data-ref="tab-{slug}"></span> {_word(f"caption.{slug}", language)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _word(key: str, language: str) -> str:
    return html.escape(load_wording().text(key, language=language))


def _known(kind: str, value: str, language: str) -> str:
    words = load_wording()
    key = f"{kind}.{value}"
    return words.text(key, language=language) if words.has(key) else value
