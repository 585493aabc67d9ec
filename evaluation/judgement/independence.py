"""The evaluators: who they are and what they declare about the conditions of the strategy."""

from collections.abc import Sequence
from pathlib import Path

from evaluation.core.errors import JudgementError, StrategyError
from evaluation.core.project import Project
from evaluation.core.provenance import Provenance, Source, digest_file
from evaluation.core.results import Listing
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.findings import Declaration
from evaluation.judgement.listing import day_text
from evaluation.strategy.words import Definition, Text, load_as

DECLARATIONS_FILE = "declarations.yaml"
METHOD = "declared"
YES_NO = {True: Text(ro="da", en="yes"), False: Text(ro="nu", en="no")}


class _Declarations(Definition):
    declarations: tuple[Declaration, ...]


def load_declarations(folder: Path, *, synthetic: bool) -> tuple[Declaration, ...]:
    """The declarations in an assessment's folder; none where nobody has declared yet.

    A role in drafting or carrying out the strategy is refused: such a person is no evaluator (IC2, IC3). Invented
    declarations count only in a report that is invented too.
    """
    path = folder / DECLARATIONS_FILE
    if not path.is_file():
        return ()
    try:
        found = load_as(_Declarations, read_yaml(path), file=path.name).declarations
    except StrategyError as error:
        raise JudgementError(str(error)) from None
    for number, one in enumerate(found, start=1):
        if one.excluded:
            raise JudgementError(
                f"{path.name}, declaration {number}: a role in drafting or carrying out the strategy excludes "
                "(IC2, IC3); name another evaluator."
            )
    return tuple(one for one in found if synthetic or not one.synthetic)


def evaluator_names(declarations: Sequence[Declaration], *, language: str) -> str:
    """The evaluators with their institutions, for the title page; an empty text where nobody has declared.

    >>> evaluator_names((), language="ro")
    ''
    """
    return "; ".join(f"{one.evaluator}, {getattr(one.institution, language)}" for one in declarations)


def list_declarations(declarations: Sequence[Declaration], project: Project, *, assessment: str) -> Listing:
    """One row a declaration, with what it says on each condition of the strategy.

    Institution and position answer IC1, the two roles IC2 and IC3, the contract IC4; whether an answer meets the
    condition is for the reader to judge, except that a role is refused when the file is read.
    """
    import pandas as pd

    path = project.judgement / assessment / DECLARATIONS_FILE
    source = Source(project.relative(path), digest_file(path)) if path.is_file() else None
    synthetic = any(one.synthetic for one in declarations)
    rows = [_row(one) for one in declarations]
    origin = Provenance((source,) if source else (), METHOD, len(rows), len(rows), synthetic=synthetic)
    return Listing("evaluator_declarations", pd.DataFrame(rows).astype("str"), origin)


def _row(one: Declaration) -> dict[str, str]:
    told = {
        "institution": one.institution,
        "position": one.position,
        "drafting": YES_NO[one.drafting],
        "implementing": YES_NO[one.implementing],
        "contract": one.contract,
        "other_interests": one.other_interests,
        "on": day_text(one.on),
    }
    texts = {
        f"{name}.{language}": getattr(text, language)
        for name, text in told.items()
        for language in ("ro", "en")
    }
    return {"evaluator": one.evaluator, **texts}
