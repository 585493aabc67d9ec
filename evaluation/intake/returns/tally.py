"""What a reader has taken, left out and noticed so far; every reported figure is counted once."""

from dataclasses import dataclass, field

from evaluation.intake.returns.raw import Correction, Reading


@dataclass(slots=True)
class Tally:
    """Collects records and corrections; figures in = figures used + figures rejected, each with its reason."""

    observations: list[dict[str, object]] = field(default_factory=list)
    measures: list[dict[str, object]] = field(default_factory=list)
    corrections: dict[tuple[str, str, str], int] = field(default_factory=dict)
    rejected: int = 0

    def take(self, record: dict[str, object]) -> None:
        """A figure that is used."""
        self.observations.append(record)

    def take_measure(self, record: dict[str, object]) -> None:
        """The state of a measure that is used."""
        self.measures.append(record)

    def reject(self, sheet: str, cell: str, *codes: str, rows: int = 1) -> None:
        """Figures that are not used, and why."""
        self.rejected += rows
        for code in codes:
            self.note(sheet, cell, code, rows=rows)

    def note(self, sheet: str, cell: str, code: str, *, rows: int = 1) -> None:
        """Something to be told about a place; the same thing about the same place adds up."""
        key = (sheet, cell, code)
        self.corrections[key] = self.corrections.get(key, 0) + rows

    def close(self, *, form: str, institution: str, year: int) -> Reading:
        """The reading of the whole file."""
        used = len(self.observations) + len(self.measures)
        return Reading(
            form=form,
            institution=institution,
            year=year,
            observations=self.observations,
            measures=self.measures,
            corrections=[Correction(*key, rows=rows) for key, rows in self.corrections.items()],
            rows_in=used + self.rejected,
            rows_used=used,
            rows_rejected=self.rejected,
        )
