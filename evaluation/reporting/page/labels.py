"""The fixed texts that the page needs in each language."""

from collections.abc import Mapping

from evaluation.core.errors import WordingError

REQUIRED_LABELS = (
    "contents",
    "list_of_tables",
    "list_of_figures",
    "skip",
    "page",
    "of",
    "table",
    "figure",
    "xref_table",
    "xref_figure",
    "annex",
    "scroll",
    "cover_assessment",
    "cover_period",
    "cover_places",
    "cover_commissioner",
    "cover_evaluators",
    "cover_date",
    "cover_status",
)


def check_labels(labels: Mapping[str, str], *, language: str) -> None:
    """Every fixed text is there and not empty."""
    missing = [key for key in REQUIRED_LABELS if not labels.get(key, "").strip()]
    if missing:
        raise WordingError(
            f"page labels ({language}): {', '.join(missing)} missing or empty; write them in the wording table."
        )
