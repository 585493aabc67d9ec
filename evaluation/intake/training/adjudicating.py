"""The sheet of the third reader: written answers that the two coders read differently."""

from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import IntakeError
from evaluation.core.microdata import OCCASIONS
from evaluation.instruments.load import load_instrument
from evaluation.instruments.model import OpenKey
from evaluation.intake.training.gathering import CODERS, CODING
from evaluation.intake.training.national import CODING_COLUMNS, FINAL, decided_codes, read_training_table

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    Apart = Callable[[pd.DataFrame, OpenKey], pd.DataFrame]


def gather_disagreements(home: Path, apart: "Apart") -> "dict[str, pd.DataFrame]":
    """File name to table of the answers that two coders read differently, for every questionnaire coded in a folder.

    ``apart`` says which sheets differ (session and sheet). The table has the answer's text, both coders' codes and an
    empty place for the decision. Without coders' sheets, or with one nobody has filled in, the reading stops.
    """
    import pandas as pd

    names = sorted(
        path.name.removeprefix("coding_").removesuffix("_coder1.csv")
        for path in home.glob(CODING.format(name="*", coder=CODERS[0]))
    )
    if not names:
        raise IntakeError("no coders' sheets in the folder; give the one that training gather wrote.")
    tables = {}
    for name in names:
        paths = [home / CODING.format(name=name, coder=coder) for coder in CODERS]
        first, second = (
            decided_codes(read_training_table(path, (*CODING_COLUMNS, "text"))) for path in paths
        )
        for path, sheet in zip(paths, (first, second), strict=True):
            if not sheet["codes"].str.strip().ne("").any():
                raise IntakeError(f"{path.name}: no code typed in yet; both coders come first.")
        merged = first.merge(
            second[["session", "sheet", "occasion", "codes"]], on=["session", "sheet", "occasion"]
        )
        (key,) = load_instrument(name).open_keys
        parts = []
        for occasion in OCCASIONS:
            both = pd.concat([one[one["occasion"] == occasion] for one in (first, second)], ignore_index=True)
            if len(both):
                parts.append(apart(both, key).assign(occasion=occasion))
        chosen = pd.concat(parts).merge(merged, on=["session", "sheet", "occasion"])
        chosen = chosen.rename(columns={"codes_x": "codes_1", "codes_y": "codes_2"})
        columns = ["session", "sheet", "occasion", "text", "codes_1", "codes_2", "coder", "codes"]
        tables[CODING.format(name=name, coder=FINAL)] = chosen.assign(coder=FINAL, codes="")[columns]
    return tables
