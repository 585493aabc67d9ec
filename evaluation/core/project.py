"""Where things are: the project folder and its rooms."""

import os
from dataclasses import dataclass
from pathlib import Path

from evaluation.core.errors import ProjectError

PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of one checkout; ``data`` stands in for ``data_raw`` when the data lie elsewhere."""

    root: Path
    data: Path | None = None

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def data_raw(self) -> Path:
        return self.data or self.root / "data_raw"

    @property
    def returns(self) -> Path:
        """What institutions have returned, a folder a year."""
        return self._arrived("returns")

    @property
    def training(self) -> Path:
        """The national training data."""
        return self._arrived("training")

    @property
    def feedback(self) -> Path:
        """What victims said of the support they get."""
        return self._arrived("feedback")

    @property
    def judgement(self) -> Path:
        """What the evaluators wrote, a folder an assessment."""
        return self._arrived("judgement")

    def _arrived(self, kind: str) -> Path:
        """A folder of what arrived; without data of its own, that of the bundled example."""
        return self.data / kind if self.data is not None else self.root / "data_raw" / "example" / kind

    @property
    def outputs(self) -> Path:
        return self.root / "outputs"

    def relative(self, path: Path) -> str:
        """The path as printed in registers and manifests: below the root, with forward slashes.

        Data that lie elsewhere are printed as if they lay in ``data_raw``: no place of a machine is told.
        """
        full = path.resolve()
        if self.data is not None and full.is_relative_to(self.data.resolve()):
            return f"data_raw/{full.relative_to(self.data.resolve()).as_posix()}"
        return full.relative_to(self.root.resolve()).as_posix()

    def locate(self, name: str) -> Path:
        """The file behind a printed path."""
        inside = name.removeprefix("data_raw/")
        return self.data / inside if self.data is not None and inside != name else self.root / name


def find_project(start: Path | None = None) -> Project:
    """The project around a folder (default: the working folder, then the checkout of this package).

    The environment variable SNITP_DATA names a folder that stands in for ``data_raw``.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, PACKAGE.parent):
        if (folder / "notebooks").is_dir() and (folder / "pyproject.toml").is_file():
            elsewhere = os.environ.get("SNITP_DATA")
            return Project(folder, Path(elsewhere).resolve() if elsewhere else None)
    raise ProjectError(
        f"{here.name}: no project of the kit here or above; go to the folder that holds notebooks/ and pyproject.toml."
    )
