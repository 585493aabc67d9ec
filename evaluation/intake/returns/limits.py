"""What a returned file may be at most, and the refusal of one that is more or other than that."""

from dataclasses import dataclass

from evaluation.core.errors import IntakeError


@dataclass(frozen=True, slots=True)
class Limits:
    """What a returned workbook may be at most; far above any real one, far below what harms the machine."""

    file_bytes: int = 20_000_000
    unpacked_bytes: int = 150_000_000
    unpacked_ratio: int = 300
    entries: int = 2_000
    directory_bytes: int = 1_000_000
    sheets: int = 200
    rows: int = 100_000
    columns: int = 1_000
    cells: int = 400_000
    declared_cells: int = 50_000_000
    texts: int = 120_000
    tags: int = 4_000_000
    tags_held: int = 500_000
    merged: int = 10_000
    styles: int = 70_000
    line_characters: int = 1_000_000
    result_bytes: int = 60_000_000
    memory_bytes: int = 512_000_000
    cpu_seconds: int = 9
    wall_seconds: float = 30.0


DEFAULT = Limits()


class FileRefusedError(IntakeError):
    """A returned file that is not opened: the file's name and the code of ``problems.yaml``."""

    def __init__(self, file: str, code: str) -> None:
        from evaluation.intake.returns.problems import load_problems

        self.file = file
        self.code = code
        problem = load_problems()[code]
        self.problem, self.remedy = problem.problem, problem.remedy
        super().__init__(f"{file}: {self.problem.en}; {self.remedy.en}")

    def say(self, language: str) -> str:
        """Place, problem and remedy in a language of the kit."""
        if language == "ro":
            return f"{self.file}: {self.problem.ro}; {self.remedy.ro}"
        return str(self)


FileRefused = FileRefusedError
"""The name that callers use: a refusal is an ordinary outcome of opening what others sent."""
