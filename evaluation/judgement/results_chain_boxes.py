"""The boxes of the results chain with the measures that lead to each: what the drawing of the chain is made of."""

from collections.abc import Sequence

from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Result, make_table
from evaluation.judgement.results_chain import Chain, Level, Node
from evaluation.judgement.results_chain_lists import METHOD, NONE, orphan_words


def count_boxes(chain: Chain, *, sources: Sequence[Source]) -> Result:
    """One row a box above the measures: how many measures lead to it; everything is counted, so without interval.

    The measure is the level of the box, the level its code. Texts: the name; ``printed`` and ``read``, the codes to
    which a printed link and a link of our reading lead; ``broken``, the kinds of break at the box; ``loose``, the
    breaks at its measures, in words.
    """
    import pandas as pd

    boxes = [one for one in chain.nodes if one.level is not Level.MEASURE]
    rows: list[dict[str, object]] = [
        {
            "measure": one.level.value,
            "quantity": "count",
            "group": one.level.value,
            "level": one.id,
            "estimate": _measures(chain, one),
            "method": METHOD,
        }
        for one in boxes
    ]
    texts = pd.DataFrame([_words(chain, one) for one in boxes])
    size = len(chain.nodes)
    return Result(
        "results_chain_boxes", make_table(rows), Provenance(tuple(sources), METHOD, size, size), texts
    )


def _measures(chain: Chain, box: Node) -> int:
    """The measures on whose path the box lies, each once."""
    return sum(
        box.id in (one.specific, one.general, *one.results, *one.problems, *one.pillars)
        for one in chain.paths
    )


def _words(chain: Chain, box: Node) -> dict[str, str]:
    levels = {one.id: one.level for one in chain.nodes}
    out = [one for one in chain.edges if one.start == box.id]
    below = set(chain.towards(box.id))
    loose = [
        (node, orphan_words()[orphan])
        for node, orphan in chain.orphans
        if node in below and levels[node] is Level.MEASURE
    ]
    own = [orphan_words()[orphan] for node, orphan in chain.orphans if node == box.id]
    return {
        "name.ro": box.name.ro,
        "name.en": box.name.en,
        "printed": ", ".join(one.end for one in out if one.printed) or NONE,
        "read": ", ".join(one.end for one in out if not one.printed) or NONE,
        "broken": ", ".join(orphan.value for node, orphan in chain.orphans if node == box.id) or NONE,
        "flag.ro": "; ".join(one.ro for one in own) or NONE,
        "flag.en": "; ".join(one.en for one in own) or NONE,
        "loose.ro": "; ".join(f"{node}: {words.ro}" for node, words in loose) or NONE,
        "loose.en": "; ".join(f"{node}: {words.en}" for node, words in loose) or NONE,
    }
