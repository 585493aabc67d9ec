"""The invented training sessions as files: a table of answers and of codings an audience, one of all sessions."""

from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.instruments.load import list_instruments, load_instrument
from evaluation.synthetic.training import invent_sessions, load_training_truth

if TYPE_CHECKING:
    import pandas as pd


def write_training(folder: Path, *, seed: int) -> None:
    """Write the sessions of every audience that has planted truths and a questionnaire."""
    import pandas as pd

    folder.mkdir(parents=True, exist_ok=True)
    truth, sessions = load_training_truth(), []
    for name in sorted(set(truth.audiences) & set(list_instruments())):
        made = invent_sessions(load_instrument(name), truth, seed=seed)
        _write(made.answers, folder / f"answers_{name}.csv")
        _write(made.codings, folder / f"codings_{name}.csv")
        sessions.append(made.sessions)
    _write(pd.concat(sessions, ignore_index=True), folder / "sessions.csv")


def training_record() -> dict[str, object]:
    """What is planted in the sessions, as the list of truths keeps it."""
    return load_training_truth().model_dump()


def _write(table: "pd.DataFrame", path: Path) -> None:
    table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
