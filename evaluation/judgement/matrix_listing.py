"""The matrix as the annex prints it: what is asked and how it will be judged, and with what means; ids in words."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Listing
from evaluation.judgement.matrix_lists import matrix_lists
from evaluation.judgement.matrix_rows import Listed, Matrix, Row
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    Names = Mapping[str, Mapping[str, Text]]

METHOD = "evaluation_matrix"
LANGUAGES = ("ro", "en")
NONE = "–"


def list_matrix(matrix: Matrix, source: Source) -> Listing:
    """One row a sub-question: criterion, scope, question, the three levels of judgement, and the means, in words.

    ``source`` is the file of the matrix, the kit's or the team's.
    Indicators and baselines stay ids: their cards stand in annexes of their own. What has none says why.
    """
    names = {field: {one.id: one.name for one in terms} for field, terms in matrix_lists(matrix).items()}
    rows = [_row(one, names, matrix) for one in matrix.rows]
    return _listing("evaluation_matrix", rows, source)


def list_left_out(matrix: Matrix, source: Source) -> Listing:
    """The criteria that the assessment does not ask about, each with its reason."""
    names = {one.id: one.name for one in matrix_lists(matrix)["criterion"]}
    rows = [
        _words("criterion", [names[one.criterion]]) | _words("reason", [one.reason])
        for one in matrix.left_out
    ]
    return _listing("evaluation_matrix_left_out", rows, source)


def _row(row: Row, names: "Names", matrix: Matrix) -> dict[str, str]:
    limits = {one.id: one for one in matrix.limits}
    told = {
        "criterion": [names["criterion"][row.criterion]],
        "scope": [names["scope"][row.scope]],
        "question": [row.question],
        "sub_question": [row.sub_question],
        "yes": [row.judgement.yes],
        "partly": [row.judgement.partly],
        "no": [row.judgement.no],
        "owner": [names["owner"][row.owner]],
        "sample": [names["sample"][row.sample]],
        "sources": [names["sources"][one] for one in row.sources],
        "methods": [names["methods"][one] for one in row.methods],
        "limit": [limits[one].limit for one in row.limits],
        "mitigation": [limits[one].mitigation for one in row.limits],
        "disaggregation": _listed(row.disaggregation, names, by=names["disaggregation"]),
        "indicators": _listed(row.indicators, names),
        "baseline": _listed(row.baseline, names),
    }
    found = {"id": row.id, "criterion_key": row.criterion}
    for field, texts in told.items():
        found |= _words(field, texts)
    return found


def _listed(listed: Listed, names: "Names", *, by: Mapping[str, Text] | None = None) -> list[Text]:
    """The names of a list's ids, or the ids, and the reason where there is one."""
    told = [by[one] if by else Text(ro=one, en=one) for one in listed.ids]
    return [*told, names["reason"][listed.reason]] if listed.reason else told


def _words(field: str, texts: Iterable[Text]) -> dict[str, str]:
    """The texts of a field in one, a full stop kept only at the end."""
    told = list(texts)
    found = {language: [str(getattr(one, language)) for one in told] for language in LANGUAGES}
    return {
        f"{field}.{language}": "; ".join([*(one.rstrip(".") for one in each[:-1]), *each[-1:]]) or NONE
        for language, each in found.items()
    }


def _listing(name: str, rows: list[dict[str, str]], source: Source) -> Listing:
    import pandas as pd

    origin = Provenance((source,), METHOD, len(rows), len(rows))
    return Listing(name, pd.DataFrame(rows).astype("str"), origin)
