"""Protection of internet users as a chain: each link scored, the product beside them, the weakest named."""

from math import prod
from typing import TYPE_CHECKING

from evaluation.analysis.limits import Limits, wilson_limits
from evaluation.analysis.rates import MINIMUM_DENOMINATOR, Labels, proportion_row
from evaluation.analysis.workbench._counties import Row, Words, build_result, counted, lines_of, words_row
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result
from evaluation.core.status import Status
from evaluation.strategy.definitions import IndicatorDefinition, Role
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

NOT_SEPARATED = Text(
    ro="Intervalul se suprapune cu al unei alte verigi: nu se poate spune sigur care este mai slabă",
    en="The interval overlaps that of another link: which is weaker cannot be said for certain",
)
INCOMPLETE = Text(
    ro="Cea mai slabă dintre verigile culese; o verigă lipsește",
    en="The weakest of the links collected; a link is missing",
)
WHOLE = Text(ro="Lanțul întreg", en="The whole chain")
Parts = dict[str, tuple[int, int]]


def score_chain(chain: "pd.DataFrame", definition: IndicatorDefinition, *, provenance: Provenance) -> Result:
    """Each link as a share with Wilson's interval, then product, weakest link and completeness.

    ``chain`` has link, numerator, denominator for one period. A link without numbers is not collected; the
    product is then not computed and the weakest is sought among those collected, which its note says. The base
    (exposure) is shown and stays out of product and weakest link.
    """
    parts = _parts(chain, definition)
    lines = lines_of(chain, "link")
    rows: list[Row] = []
    words: list[Words] = []
    for part in definition.components:
        labels = Labels("protection_link", group="base" if part.role is Role.BASE else "link", level=part.id)
        absent = {**labels.row(quantity="proportion", method="wilson"), "status": Status.NOT_COLLECTED.value}
        rows.append(proportion_row(*parts[part.id], labels) if part.id in parts else absent)
        words.append(words_row(part.name, source_rows=lines.get(part.id, "")))
    links = [part.id for part in definition.links]
    collected: Parts = {link: parts[link] for link in links if link in parts}
    weakest, word = _weakest_row(collected, definition, whole=len(collected) == len(links))
    rows += [_product_row(collected, len(links)), weakest, _collected_row(len(collected), len(links))]
    words += [words_row(WHOLE), word, words_row(WHOLE)]
    known = chain[chain["link"].isin([part.id for part in definition.components])]
    origin = counted(
        provenance,
        method="chain of shares",
        rows_in=len(known),
        rows_used=len(parts),
        reason="not collected",
    )
    return build_result("internet_protection", rows, words, origin)


def product_limits(parts: list[tuple[int, int]], *, ci_level: float = 0.95) -> Limits:
    """Limits of a product of shares: the products of Wilson limits at 1 - (1 - ci_level) / k each.

    By Bonferroni all k limits hold together at least at ``ci_level``, whatever the dependence of the links; so
    does the product. It is wider than needed, never narrower.
    """
    each = 1 - (1 - ci_level) / len(parts)
    limits = [wilson_limits(*part, ci_level=each) for part in parts]
    return Limits(prod(one.low for one in limits), prod(one.high for one in limits))


def _parts(chain: "pd.DataFrame", definition: IndicatorDefinition) -> Parts:
    known = {part.id for part in definition.components}
    rows = chain[chain["link"].isin(known)].dropna(subset=["numerator", "denominator"])
    if rows["link"].duplicated().any():
        raise AnalysisError("chain: a link stands twice; choose one period.")
    found = {str(row["link"]): (int(row["numerator"]), int(row["denominator"])) for _, row in rows.iterrows()}
    return {link: part for link, part in found.items() if part[1] > 0}


def _product_row(collected: Parts, wanted: int) -> Row:
    row: Row = {"measure": "protection_product", "quantity": "product", "group": "chain", "level": "all"}
    row |= {"method": "product_bonferroni"}
    if len(collected) < wanted:
        return {**row, "status": Status.NOT_COLLECTED.value}
    row |= {"n": min(denominator for _, denominator in collected.values())}
    if any(denominator < MINIMUM_DENOMINATOR for _, denominator in collected.values()):
        return {**row, "status": Status.TOO_FEW.value}
    limits = product_limits(list(collected.values()))
    estimate = prod(numerator / denominator for numerator, denominator in collected.values())
    return {**row, "estimate": estimate, "ci_low": limits.low, "ci_high": limits.high, "ci_level": 0.95}


def _weakest_row(collected: Parts, definition: IndicatorDefinition, *, whole: bool) -> tuple[Row, Words]:
    usable = {link: part for link, part in collected.items() if part[1] >= MINIMUM_DENOMINATOR}
    if not usable:
        row = Labels("weakest_link", group="link", level="none").row(quantity="proportion", method="wilson")
        return {**row, "status": Status.NOT_COLLECTED.value}, words_row(WHOLE)
    order = sorted(usable, key=lambda link: usable[link][0] / usable[link][1])
    row = proportion_row(*usable[order[0]], Labels("weakest_link", group="link", level=order[0]))
    name = next(part.name for part in definition.components if part.id == order[0])
    top = wilson_limits(*usable[order[0]]).high
    close = any(wilson_limits(*usable[link]).low <= top for link in order[1:])
    notes = [note for note, holds in ((NOT_SEPARATED, close), (INCOMPLETE, not whole)) if holds]
    note = Text(ro="; ".join(n.ro for n in notes), en="; ".join(n.en for n in notes)) if notes else None
    return row, words_row(name, note=note)


def _collected_row(collected: int, wanted: int) -> Row:
    return {
        "measure": "links_collected",
        "quantity": "count",
        "group": "chain",
        "level": "all",
        "n": wanted,
        "numerator": collected,
        "denominator": wanted,
        "estimate": collected,
        "method": "count",
    }
