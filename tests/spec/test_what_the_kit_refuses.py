"""What the kit refuses: one line for each rule, the rest of the tests say how."""

import pytest

from evaluation.core.errors import KitError
from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Result, make_table
from evaluation.disclosure.policy import load_policies
from evaluation.disclosure.release import release
from evaluation.reporting.parameters import check_parameters
from evaluation.reporting.words import say, show
from evaluation.strategy.frame import get_assessment
from evaluation.strategy.periods import read_period
from evaluation.strategy.plan import load_plan
from tests.kit.project import notebook
from tests.kit.released import published, result
from tests.kit.words import use_wording

ROWS = [{"measure": "victims", "quantity": "count", "estimate": 1451}]
PUBLISHED = load_policies()["published_source"]


@pytest.fixture(autouse=True)
def wording(monkeypatch, tmp_path):
    return use_wording(monkeypatch, tmp_path / "wording", {"said": {"ro": "{victims}", "en": "{victims}"}})


def from_file(file: str) -> Result:
    origin = Provenance((Source(file, "0" * 64),), "count", rows_in=1, rows_used=1)
    return Result("victims", make_table(ROWS), origin)


REFUSED = {
    "a number that did not pass the gate, in a sentence": lambda: say("said", result(ROWS), language="ro"),
    "a number that did not pass the gate, in a table": lambda: show(result(ROWS), language="ro"),
    "a sentence that nobody wrote": lambda: say("unsaid", published(ROWS), language="ro"),
    "a sentence whose number nothing gives": lambda: say("said", published([]), language="ro"),
    "a table without a layout": lambda: show(published(ROWS), language="ro", layout="none"),
    "data about people under the policy for published figures": lambda: release(
        from_file("data_raw/feedback/w1.csv"), PUBLISHED
    ),
    "a path that climbs out of the published folder": lambda: release(
        from_file("data_raw/secondary/../feedback/w1.csv"), PUBLISHED
    ),
    "a nought in place of a number that is not there": lambda: result(
        [{"estimate": 0, "status": "not_collected"}]
    ),
    "a bare gap without a reason": lambda: result([{"measure": "victims"}]),
    "a status that nobody defined": lambda: result([{"status": "unheard"}]),
    "a parameter whose name is code": lambda: check_parameters(notebook(), {"x=1;y": "ro"}, chapter="plan"),
    "an assessment that the strategy does not provide for": lambda: get_assessment("interim-2025"),
    "a period that the plan does not print": lambda: read_period("Curând", within=load_plan().window),
}


@pytest.mark.parametrize("attempt", REFUSED.values(), ids=REFUSED.keys())
def test_the_kit_refuses(attempt):
    with pytest.raises(KitError) as refused:
        attempt()
    assert "1451" not in str(refused.value)
