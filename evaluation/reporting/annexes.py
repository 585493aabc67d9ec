"""Parts of the report that are generated from the build itself: abbreviations, sources, decisions, origin."""

import html
from typing import Any

from evaluation.core.errors import ReportError
from evaluation.disclosure.policy import Policy, load_policies
from evaluation.reporting.wording import load_wording
from evaluation.strategy.institutions import Registry

Records = list[dict[str, Any]]


def abbreviations_html(registry: Registry, *, language: str) -> str:
    """The strategy's own list of abbreviations."""
    rows = [
        (one.abbreviation, one.ro if language == "ro" else f"{one.en} ({one.ro})")
        for one in registry.abbreviations
    ]
    return table_html("abbreviations", ("register.abbreviation", "register.meaning"), rows, language=language)


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


def sources_html(entries: list[dict[str, Any]], *, language: str) -> str:
    """The files behind the numbers, with the codes that the register uses, and their digests."""
    rows = [
        (f"S{place}", file, digest)
        for place, (file, digest) in enumerate(collect_sources(entries).items(), start=1)
    ]
    keys = ("register.source", "provenance.file", "provenance.digest")
    return table_html("sources", keys, rows, language=language, dense=True)


def decisions_html(decisions: list[dict[str, Any]], *, language: str) -> str:
    """What the gate decided: each decision with its policy and reason, and the results that it was taken on."""
    results: dict[tuple[str, str, str], list[str]] = {}
    for one in decisions:
        row = "" if one["row"] is None else f" ({word('decisions.row', language)} {one['row']})"
        key = (str(one["policy"]), str(one["action"]), str(one["reason"]))
        results.setdefault(key, []).append(f"{one['result']}{row}")
    policies = load_policies()
    rows = [
        (
            known("policy", policy, language),
            known("decision", action, language),
            _reason(policies[policy], action, reason, language),
            ", ".join(names),
        )
        for (policy, action, reason), names in results.items()
    ]
    keys = ("decisions.policy", "decisions.action", "decisions.reason", "decisions.result")
    return f"<p>{word('decisions.intro', language)}</p>" + table_html(
        "decisions", keys, rows, language=language
    )


def _reason(policy: Policy, action: str, reason: str, language: str) -> str:
    """The policy's own words where the decision follows from the policy alone, else those of the action."""
    if reason in policy.reason.values():
        return policy.reason[language]
    return load_wording().text(f"reason.{action}", language=language)


def origin_html(
    versions: dict[str, str], inputs: dict[str, str], *, language: str, seeds: tuple[str, ...] = ()
) -> str:
    """What the report was built from: libraries, seeds, and inputs with digests. No clock: the manifest has it."""
    libraries = table_html(
        "versions", ("provenance.library", "provenance.version"), sorted(versions.items()), language=language
    )
    keys = ("provenance.file", "provenance.digest")
    files = table_html("inputs", keys, sorted(inputs.items()), language=language, dense=True)
    told = f"<p>{word('provenance.seeds' if seeds else 'provenance.no_seeds', language)}</p>"
    if seeds:
        told += f"<ul>{''.join(f'<li><code>{html.escape(one)}</code></li>' for one in seeds)}</ul>"
    return f"<p>{word('provenance.intro', language)}</p>{told}{libraries}{files}"


def table_html(
    slug: str, keys: tuple[str, ...], rows: list[Any], *, language: str, dense: bool = False
) -> str:
    """A generated table, in the small print of the register where it is ``dense``.

    The words of its caption and headers come from the wording table.
    """
    kind = " register" if dense else ""
    head = "".join(f'<th scope="col">{word(key, language)}</th>' for key in keys)
    body = "".join(
        f'<tr><th scope="row">{html.escape(row[0])}</th>'
        + "".join(f"<td>{html.escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="exhibit table{kind}" id="tab-{slug}"><table><caption><span class="exno" data-kind="table" '
        f'data-ref="tab-{slug}"></span> {word(f"caption.{slug}", language)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def word(key: str, language: str) -> str:
    """A text of the wording table, escaped."""
    return html.escape(load_wording().text(key, language=language))


def known(kind: str, value: str, language: str) -> str:
    """The word for a code where the wording table has one, otherwise the code."""
    words = load_wording()
    key = f"{kind}.{value}"
    return words.text(key, language=language) if words.has(key) else value
