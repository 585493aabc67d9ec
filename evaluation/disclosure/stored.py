"""A protected table as it lies in a sealed run, so that anyone can re-add its witnesses years later."""

import json
from typing import Any

from evaluation.core.errors import DisclosureError
from evaluation.core.results import Released, make_table
from evaluation.disclosure.verify import check_parts


def store_released(released: Released) -> dict[str, Any]:
    """What a checker needs of a table released under a protecting policy: printed numbers and witnesses."""
    from evaluation.disclosure.ledger import make_record  # brings the solver, which most pages do without

    return {
        "id": released.id,
        "policy": released.policy,
        "synthetic": released.provenance.synthetic,
        "table": json.loads(released.table.to_json(orient="records", double_precision=15)),
        "actions": [one.action for one in released.decisions],
        "witnesses": list(released.witnesses),
        "release": make_record(released),
    }


def check_stored(record: dict[str, Any]) -> None:
    """The stored witnesses re-add to the stored table and protect every suppressed figure."""
    name = str(record.get("id", "table"))
    try:
        rows = make_table(record["table"]).to_dict("records")
        actions, witnesses = record["actions"], record["witnesses"]
    except (KeyError, TypeError, ValueError):
        raise DisclosureError(f"{name}: the stored table is not complete; rebuild the report.") from None
    check_parts(name, rows, actions, witnesses)
