"""A protected table as it lies in a sealed run, so that anyone can re-add its witnesses years later."""

import json
from typing import Any

from evaluation.core.errors import DisclosureError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Decision, Released, make_table
from evaluation.disclosure.verify import check_witnesses


def store_released(released: Released) -> dict[str, Any]:
    """What a checker needs of a table released under a protecting policy: printed numbers and witnesses."""
    rows = json.loads(released.table.to_json(orient="records", double_precision=15))
    decisions = [[one.action, one.reason, one.row] for one in released.decisions]
    return {
        "id": released.id,
        "policy": released.policy,
        "table": rows,
        "decisions": decisions,
        "witnesses": list(released.witnesses),
    }


def check_stored(record: dict[str, Any]) -> None:
    """The stored witnesses re-add to the stored table and protect every suppressed figure."""
    name = str(record.get("id", "table"))
    try:
        released = Released(
            name,
            make_table(record["table"]),
            None,
            Provenance((), "stored", 0, 0),
            record["policy"],
            tuple(Decision(name, record["policy"], *one) for one in record["decisions"]),
            tuple(record["witnesses"]),
        )
    except (KeyError, TypeError, ValueError):
        raise DisclosureError(f"{name}: the stored table is not complete; rebuild the report.") from None
    check_witnesses(released)
