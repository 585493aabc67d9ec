"""What is said of a session beside its numbers: words of lists only, nothing that anybody typed freely."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SessionAbout:
    """One session; empty where the trainer did not say. ``county`` is a county's code, ``institution`` an id."""

    code: str
    year: str = ""
    month: str = ""
    county: str = ""
    locality: str = ""
    institution: str = ""
    measure: str = ""
    scorer: str = ""

    @property
    def date_iso(self) -> str:
        """The first day of the session's month, which the PDF carries as its date."""
        return f"{self.year or '2024'}-{self.month or '01'}-01"
