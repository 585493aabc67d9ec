"""How robust the vulnerability index is: without a component, and with one county misreporting one component."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from evaluation.analysis.workbench._counties import (
    Places,
    Row,
    Words,
    build_result,
    counted,
    county_name,
    ranks_high_first,
    third_of,
    words_row,
)
from evaluation.analysis.workbench.vulnerability import Panel, agreement_row, make_panel, score_columns
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result
from evaluation.strategy.definitions import IndicatorDefinition
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

LIES = (0.10, 0.25)
KINDS = ("spearman", "kendall")
ANY = Text(ro="Oricare componentă", en="Any component")


def compare_without(
    components: "pd.DataFrame", definition: IndicatorDefinition, *, provenance: Provenance
) -> Result:
    """The index without each component in turn: rank agreement, and how much of the first third stays.

    The weights of the others grow in proportion.
    """
    panel = make_panel(components, definition)
    ranks = ranks_high_first(panel.index)
    number = len(ranks)
    top = np.array([third_of(int(rank), number) == 1 for rank in ranks])
    rows: list[Row] = []
    for at, part in enumerate(definition.components):
        kept = [place for place in range(len(definition.components)) if place != at]
        less = replace(panel, scores=panel.scores[:, kept], weights=panel.weights[kept])
        rows += [agreement_row(panel.index, less.index, kind=kind, level=part.id) for kind in KINDS]
        again = np.array([third_of(int(rank), number) == 1 for rank in ranks_high_first(less.index)])
        stay = int((top & again).sum())
        rows.append(
            {
                "measure": "top_third_kept",
                "quantity": "proportion",
                "group": "without",
                "level": part.id,
                "n": int(top.sum()),
                "numerator": stay,
                "denominator": int(top.sum()),
                "estimate": stay / int(top.sum()),
                "method": "without_component",
            }
        )
    words = [words_row(part.name) for part in definition.components for _ in range(3)]
    return build_result("vulnerability_without", rows, words, _origin(provenance, panel, components))


def estimate_gaming(
    components: "pd.DataFrame", definition: IndicatorDefinition, *, provenance: Provenance
) -> Result:
    """The most places that one county can move by misreporting one component by 10 % or 25 %, up or down.

    All other counties report truly; the percent ranks are computed anew. The county that moves furthest is
    named in the texts (the first by id when several do).
    """
    panel = make_panel(components, definition)
    truth = ranks_high_first(panel.index)
    rows: list[Row] = []
    words: list[Words] = []
    for lie in LIES:
        moves = [
            _largest_move(panel, truth, at, lie=lie, kind=definition.scale.kind)
            for at in range(len(definition.weights))
        ]
        worst = max(range(len(moves)), key=lambda at: moves[at][0])
        cases = [(part.id, part.name, *moves[at]) for at, part in enumerate(definition.components)]
        for group, name, places, county in [*cases, ("any", ANY, *moves[worst])]:
            rows.append(
                {
                    "measure": "gaming_shift",
                    "quantity": "rank_shift",
                    "group": group,
                    "level": f"{lie * 100:.0f}",
                    "n": len(truth),
                    "estimate": places,
                    "method": "one_county_misreports",
                }
            )
            place = county_name(panel.counties[county])
            words.append(words_row(name, note=Text(ro=place, en=place)))
    return build_result("vulnerability_gaming", rows, words, _origin(provenance, panel, components))


def _largest_move(panel: Panel, truth: Places, at: int, *, lie: float, kind: str) -> tuple[int, int]:
    """Places moved and the county that moves them."""
    best = (0, 0)
    for county in range(len(panel.counties)):
        if np.isnan(panel.values[county, at]):
            continue
        for factor in (1 - lie, 1 + lie):
            told = panel.values.copy()
            told[county, at] *= factor
            scores = panel.scores.copy()
            scores[:, [at]] = score_columns(told[:, [at]], kind=kind)
            rank = ranks_high_first(replace(panel, scores=scores).index)[county]
            best = max(best, (abs(int(rank - truth[county])), county), key=lambda move: move[0])
    return best


def _origin(provenance: Provenance, panel: Panel, components: "pd.DataFrame") -> Provenance:
    counties = components["county"].nunique()
    return counted(
        provenance,
        method="index computed again",
        rows_in=counties,
        rows_used=len(panel.counties),
        reason="county with too many gaps",
    )
