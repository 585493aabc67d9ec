"""Which rows are about protected people, from the classes of units; what nobody has classed is protected."""

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING

from evaluation.core.errors import DisclosureError
from evaluation.core.results import Result
from evaluation.disclosure.policy import Policy
from evaluation.strategy.plan import PLANS, load_plan
from evaluation.strategy.request import UnitClass, load_request_rules

if TYPE_CHECKING:
    import numpy as np

Classes = Mapping[str, UnitClass]
_CODE = re.compile(r"[\w.:;=*|+/\-]{0,60}")
_COUNTY, _TOTAL = "county", ("", "all")


@cache
def load_classes() -> Classes:
    """The class of each indicator of every plan; where two plans differ, the indicator is protected."""
    rules = load_request_rules()
    classes: dict[str, UnitClass] = {}
    for home in sorted(path.parent.name for path in PLANS.glob("*/plan.yaml")):
        for measure in load_plan(home).measures:
            for card in measure.indicators:
                found = rules.unit_class(card)
                known = classes.setdefault(card.id, found)
                classes[card.id] = found if known is found else UnitClass.PROTECTED
    return classes


def is_activity(result_id: str, measure: str, policy: Policy, classes: Classes) -> bool:
    """The measure counts things or people in office, or is one that the policy lists; all else is protected.

    ``IND-1.1.1-1_median`` is judged as ``IND-1.1.1-1``; an indicator that no plan knows is protected.
    """
    indicator = measure.split("_", 1)[0]
    if indicator in policy.protected_measures:
        return False
    if indicator in classes:
        open_class = classes[indicator] in (UnitClass.THING, UnitClass.OFFICIAL)
        return open_class or indicator in policy.kept_measures
    if indicator.startswith("IND"):
        return False
    return measure in policy.published_measures or any(
        fnmatchcase(f"{result_id}:{measure}", pattern) for pattern in policy.derived_measures
    )


def activity_rows(result: Result, policy: Policy, classes: Classes) -> "np.ndarray":
    """Which rows of a result are not about protected people."""
    import numpy as np

    known = {
        measure: is_activity(result.id, measure, policy, classes) for measure in set(result.table["measure"])
    }
    return np.array([known[measure] for measure in result.table["measure"]], dtype=bool)


def check_labels(result: Result, policy: Policy, classes: Classes) -> None:
    """Group and level are codes of the kit; what an institution typed as a category stays outside."""
    rules = load_request_rules()
    fixed = {one.id: {level.id for level in one.levels} for one in rules.breakdown_list if not one.open}
    typed = {one.id for one in rules.breakdown_list if one.open} - set(policy.open_breakdowns)
    fixed[_COUNTY] = set(rules.counties)
    labels = zip(result.table["measure"], result.table["group"], result.table["level"], strict=True)
    for position, (measure, group, level) in enumerate(labels):
        place = f"{result.id}: row {position}"
        if group in policy.open_breakdowns:
            continue
        if not (_CODE.fullmatch(group) and _CODE.fullmatch(level)):
            raise DisclosureError(
                f"{place}: group and level are codes, not words; give the code of the level."
            )
        if measure.split("_", 1)[0] not in classes or level in _TOTAL:
            continue
        if group in typed:
            raise DisclosureError(
                f"{place}: the categories of {group} were typed by institutions; read them, then name the "
                f"breakdown in open_breakdowns of {policy.name}, or show the total only."
            )
        if group in fixed and level not in fixed[group]:
            raise DisclosureError(f"{place}: the level is not one of {group}; give a level of request.yaml.")
