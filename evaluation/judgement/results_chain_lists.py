"""The results chain as tables and as indented text: for the annex, for drawing, for those who do not see drawings."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Listing, Result, make_table
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.results_chain import Chain, Level, Orphan
from evaluation.strategy.words import Definition, Text, load_as

WORDS = Path(__file__).resolve().parent / "frame" / "results_chain.yaml"
METHOD = "results_chain"
NONE = "–"
ENDS = (Level.RESULT, Level.PROBLEM, Level.PILLAR)


class _Words(Definition):
    orphans: dict[Orphan, Text]


@cache
def orphan_words() -> dict[Orphan, Text]:
    """What each kind of break is called."""
    return load_as(_Words, read_yaml(WORDS), file=WORDS.name).orphans


def list_results_chain(chain: Chain, *, sources: Sequence[Source]) -> Listing:
    """One row a measure: the objectives, expected results, problems and pillars on its path."""
    flagged: dict[str, list[Orphan]] = {}
    for node, orphan in chain.orphans:
        flagged.setdefault(node, []).append(orphan)
    rows = [
        {
            "measure": one.measure,
            "specific": one.specific or NONE,
            "general": one.general or NONE,
            "results": ", ".join(one.results) or NONE,
            "problems": ", ".join(one.problems) or NONE,
            "pillars": ", ".join(one.pillars) or NONE,
            **_words("name", chain.name(one.measure)),
            **_words("flag", _flags([*flagged.get(one.measure, []), *flagged.get(one.specific, [])])),
        }
        for one in chain.paths
    ]
    return _listing("results_chain", rows, sources)


def list_orphans(chain: Chain, *, sources: Sequence[Source]) -> Listing:
    """One row a place where the chain breaks."""
    rows = [
        {
            "id": node,
            "orphan": orphan.value,
            **_words("name", chain.name(node)),
            **_words("flag", orphan_words()[orphan]),
        }
        for node, orphan in chain.orphans
    ]
    return _listing("results_chain_orphans", rows, sources)


def count_orphans(chain: Chain, *, sources: Sequence[Source]) -> Result:
    """How many breaks of each kind there are, zeros among them; everything is counted, so without interval."""
    import pandas as pd

    found = [orphan for _, orphan in chain.orphans]
    rows: list[dict[str, object]] = [
        {
            "measure": kind.value,
            "quantity": "count",
            "level": "all",
            "estimate": found.count(kind),
            "method": METHOD,
        }
        for kind in Orphan
    ]
    texts = pd.DataFrame([_words("flag", orphan_words()[kind]) for kind in Orphan])
    size = len(chain.nodes)
    return Result(
        "results_chain_counts", make_table(rows), Provenance(tuple(sources), METHOD, size, size), texts
    )


def outline_chain(chain: Chain, *, language: str) -> str:
    """The chain as indented text.

    Measures stand under their specific, these under their general objective. An objective serves several
    expected results and problems, so these follow, each with the objectives that lead to it.
    """
    lines: list[str] = []
    for node in chain.nodes:
        if node.level is Level.GENERAL:
            lines.append(_line(node.id, chain, language, depth=0))
            for specific in chain.towards(node.id):
                lines.append(_line(specific, chain, language, depth=1))
                lines += [_line(measure, chain, language, depth=2) for measure in chain.towards(specific)]
    loose = [node for node, orphan in chain.orphans if orphan is Orphan.MEASURE_WITHOUT_OBJECTIVE]
    ends = [node.id for node in chain.nodes if node.level in ENDS]
    return "\n".join([*lines, *(_line(one, chain, language, depth=0) for one in (*loose, *ends))]) + "\n"


def _line(node: str, chain: Chain, language: str, *, depth: int) -> str:
    """An entry with its name, what leads to it or what it serves, and where it is broken."""
    levels = {one.id: one.level for one in chain.nodes}
    if levels[node] in ENDS:
        mark, linked = "←", list(chain.towards(node))
    else:
        mark = "→"
        linked = [one.end for one in chain.edges if one.start == node and levels[one.end] in ENDS]
    arrow = f" {mark} {', '.join(linked)}" if linked else ""
    flags = [getattr(orphan_words()[orphan], language) for one, orphan in chain.orphans if one == node]
    flag = f" [{'; '.join(flags)}]" if flags else ""
    return f"{'  ' * depth}{node} {getattr(chain.name(node), language)}{arrow}{flag}"


def _flags(orphans: Sequence[Orphan]) -> Text:
    if not orphans:
        return Text(ro=NONE, en=NONE)
    return Text(
        ro="; ".join(orphan_words()[one].ro for one in orphans),
        en="; ".join(orphan_words()[one].en for one in orphans),
    )


def _words(field: str, text: Text) -> dict[str, str]:
    return {f"{field}.ro": text.ro, f"{field}.en": text.en}


def _listing(listing_id: str, rows: list[dict[str, str]], sources: Sequence[Source]) -> Listing:
    import pandas as pd

    return Listing(listing_id, pd.DataFrame(rows), Provenance(tuple(sources), METHOD, len(rows), len(rows)))
