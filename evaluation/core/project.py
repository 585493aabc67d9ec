"""Where things are: the project folder and its rooms."""

from dataclasses import dataclass
from pathlib import Path

from evaluation.core.errors import ProjectError

PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of one checkout; everything the kit reads or writes lies below ``root``."""

    root: Path

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def data_raw(self) -> Path:
        return self.root / "data_raw"

    @property
    def outputs(self) -> Path:
        return self.root / "outputs"

    def relative(self, path: Path) -> str:
        """The path as printed in registers and manifests: below the root, with forward slashes."""
        return path.resolve().relative_to(self.root.resolve()).as_posix()


def find_project(start: Path | None = None) -> Project:
    """The project around a folder (default: the working folder, then the checkout of this package)."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, PACKAGE.parent):
        if (folder / "notebooks").is_dir() and (folder / "pyproject.toml").is_file():
            return Project(folder)
    raise ProjectError(
        f"{here.name}: no project of the kit here or above; go to the folder that holds notebooks/ and pyproject.toml."
    )
