"""The plan held against the legal text: what of the plan is not in it, what of it is not in the plan.

Text extraction from the printed table interleaves its columns and breaks cells at page ends, so a cell is a
chain of pieces, each of whole lines. Every letter of the text's table must be used by exactly one field.
"""

import re
from dataclasses import dataclass

from evaluation.core.errors import StrategyError
from evaluation.core.language import comma_below
from evaluation.strategy.plan import Measure, Plan

_TITLE = re.compile(r"^\s*PLANUL NAȚIONAL DE ACȚIUNE")
_PAGE = re.compile(r"^\s*Page (\d+) of \d+")
_ACT = re.compile(r"^\s*HG \d+/\d+ .*Publicat", re.IGNORECASE)
_OBJECTIVE = re.compile(r"^\s*OBIECTIV(?:UL)? (?:GENERAL|SPECIFIC)", re.IGNORECASE)
_PUNCTUATION = " .;,:/–-•"
_LONGEST_FURNITURE = 40


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """Whether one field of the plan stands in the text; ``lines`` are those of its first and last piece."""

    place: str
    text: str
    found: bool
    pieces: int
    lines: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """Words of the text that no field of the plan accounts for."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class TextCheck:
    """Both directions of the comparison."""

    fields: tuple[FieldCheck, ...]
    leftovers: tuple[Leftover, ...]

    @property
    def missing(self) -> tuple[FieldCheck, ...]:
        """Fields of the plan that are not in the text."""
        return tuple(one for one in self.fields if not one.found)

    @property
    def is_explained(self) -> bool:
        """Nothing is left over in either direction."""
        return not self.missing and not self.leftovers


class _Region:
    """The letters of a stretch of lines, each used at most once."""

    def __init__(self, lines: list[tuple[int, str]]) -> None:
        self.letters = ""
        self.line_of: list[int] = []
        self.starts: set[int] = set()
        self.gaps: set[int] = set()
        for number, text in lines:
            self.starts.add(len(self.letters))
            for word in text.split():
                self.gaps.add(len(self.letters))
                self.letters += word
                self.line_of += [number] * len(word)
        self.gaps.add(len(self.letters))
        self.ends = (self.starts | {len(self.letters)}) - {0}
        self.used = [False] * len(self.letters)

    def take(self, text: str) -> list[tuple[int, int]]:
        """Mark the letters of a field as used; the spans of its pieces, empty when it is not there."""
        wanted = "".join(text.split())
        for candidate in (wanted, wanted.rstrip(_PUNCTUATION)):
            spans = self._whole(candidate) or self._in_pieces(candidate)
            if spans:
                for start, end in spans:
                    self.used[start:end] = [True] * (end - start)
                return spans
        return []

    def _whole(self, wanted: str) -> list[tuple[int, int]]:
        spots = [span for span in self._occurrences(wanted) if self._is_free(span)]
        if not spots:
            return []
        return [max(spots, key=lambda span: (self._neatness(span), -span[0]))]

    def _in_pieces(self, wanted: str) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        rest, floor = wanted, 0
        while rest:
            best = (0, 0)
            for start in self._possible_starts(floor):
                length = self._common_length(start, rest)
                if length > best[1] - best[0]:
                    best = (start, start + length)
            if best[1] == best[0]:
                return []
            spans.append(best)
            rest, floor = rest[best[1] - best[0] :], best[1]
        return spans

    def _possible_starts(self, floor: int) -> list[int]:
        """Where a piece may begin: at a word, or right behind letters already taken (cells run together)."""
        behind_used = {place + 1 for place, used in enumerate(self.used) if used}
        return [start for start in sorted(self.gaps | behind_used) if floor <= start < len(self.letters)]

    def _common_length(self, start: int, wanted: str) -> int:
        """How many free letters from ``start`` agree; a piece that is not the last ends with its line."""
        length = 0
        while (
            length < len(wanted)
            and start + length < len(self.letters)
            and not self.used[start + length]
            and self.letters[start + length] == wanted[length]
        ):
            length += 1
        while length and length < len(wanted) and start + length not in self.ends:
            length -= 1
        return length

    def _occurrences(self, wanted: str) -> list[tuple[int, int]]:
        spots, place = [], self.letters.find(wanted)
        while wanted and place >= 0:
            spots.append((place, place + len(wanted)))
            place = self.letters.find(wanted, place + 1)
        return spots

    def _is_free(self, span: tuple[int, int]) -> bool:
        return not any(self.used[span[0] : span[1]])

    def _neatness(self, span: tuple[int, int]) -> int:
        return (
            4 * (span[0] in self.starts)
            + 4 * (span[1] in self.ends)
            + 2 * (span[0] in self.gaps)
            + 2 * (span[1] in self.gaps)
        )

    def leftovers(self) -> list[Leftover]:
        """Unused words, line by line; punctuation alone does not count."""
        words: dict[int, str] = {}
        for place, letter in enumerate(self.letters):
            if not self.used[place]:
                gap = " " if place in self.gaps else ""
                words[self.line_of[place]] = words.get(self.line_of[place], "") + gap + letter
        return [Leftover(line, text.strip()) for line, text in words.items() if text.strip(_PUNCTUATION)]


def check_against_text(plan: Plan, text: str) -> TextCheck:
    """Every action, institution, result, period, stage and indicator of the plan against the text's table."""
    lines = list(enumerate(comma_below(text).splitlines(), start=1))
    titles = [place for place, (_, line) in enumerate(lines) if _TITLE.match(line)]
    if not titles:
        raise StrategyError(
            "the text holds no national action plan (PLANUL NAȚIONAL DE ACȚIUNE); name the right file."
        )
    table = _without_furniture(lines[titles[-1] :])
    fields: list[FieldCheck] = []
    leftovers: list[Leftover] = []
    regions, headings = _split_by_measure(plan, table)
    for measure in plan.measures:
        region = _Region(regions.get(measure.code, []))
        fields.extend(_take_measure(measure, region))
        leftovers.extend(region.leftovers())
    fields.extend(_check_headings(plan, headings, leftovers))
    return TextCheck(tuple(fields), tuple(leftovers))


def _without_furniture(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines without page numbers and the running title that is printed sideways."""
    kept: list[tuple[int, str]] = []
    place = 0
    while place < len(lines):
        page = _PAGE.match(lines[place][1])
        if page:
            block = lines[place + 1 : place + _LONGEST_FURNITURE]
            ends = [step for step, (_, line) in enumerate(block) if line.strip() == page[1]]
            place += (ends[0] + 2) if ends else 1
            continue
        if not _ACT.match(lines[place][1]):
            kept.append(lines[place])
        place += 1
    return kept


def _split_by_measure(
    plan: Plan, table: list[tuple[int, str]]
) -> tuple[dict[str, list[tuple[int, str]]], list[tuple[int, str]]]:
    """Lines of each measure by code, and the lines of headings between them."""
    codes = [measure.code for measure in plan.measures]
    regions: dict[str, list[tuple[int, str]]] = {}
    headings: list[tuple[int, str]] = []
    current, following, in_heading = "", 0, False
    for number, line in table:
        if following < len(codes) and re.match(rf"\s*{re.escape(codes[following])}(?!\d)", line):
            current, following, in_heading = codes[following], following + 1, False
            regions[current] = []
        elif _OBJECTIVE.match(line) or re.match(r"\s*Acțiuni Instituții Rezultate", line):
            in_heading = True
        if in_heading or not current:
            headings.append((number, line))
        else:
            regions[current].append((number, line))
    return regions, headings


def _take_measure(measure: Measure, region: _Region) -> list[FieldCheck]:
    fields = [("code", f"{measure.code}."), ("action", measure.action.ro)]
    fields += [(f"responsible {n}", one.printed) for n, one in enumerate(measure.responsible, 1)]
    fields += [(f"support {n}", one.printed) for n, one in enumerate(measure.support, 1)]
    fields += [(f"result {n}", one.ro) for n, one in enumerate(measure.results, 1)]
    fields += [(f"period {n}", one) for n, one in enumerate(measure.period, 1)]
    fields += [(f"stage {n}", one) for n, one in enumerate(measure.evaluation_stage, 1)]
    fields += [
        (f"indicator {card.position}", card.name.ro)
        for card in measure.indicators
        if card.origin == "indicators_column"
    ]
    taken: dict[str, list[tuple[int, int]]] = {}
    waiting = sorted(fields, key=lambda field: (field[0] != "code", -len(field[1])))
    for _ in range(2):  # cells that run together are told apart once their neighbour is taken
        for place, text in waiting:
            if not taken.get(place):
                taken[place] = region.take(text)
    return [_field_check(f"{measure.code} {place}", text, taken[place], region) for place, text in fields]


def _field_check(place: str, text: str, spans: list[tuple[int, int]], region: _Region) -> FieldCheck:
    lines = f"{region.line_of[spans[0][0]]}-{region.line_of[spans[-1][1] - 1]}" if spans else ""
    return FieldCheck(place, text, bool(spans), len(spans), lines)


def _check_headings(
    plan: Plan, headings: list[tuple[int, str]], leftovers: list[Leftover]
) -> list[FieldCheck]:
    """Objective headings of the table against the objectives' names and recorded variants."""
    region = _Region(headings)
    checks = []
    for objective in (*plan.general, *plan.specific):
        names = [objective.name.ro, *(variant.ro for variant in objective.variants)]
        spans = next(
            (found for name in sorted(names, key=len, reverse=True) if (found := region.take(name))), []
        )
        checks.append(_field_check(f"{objective.code} name", objective.name.ro, spans, region))
    leftovers.extend(one for one in region.leftovers() if not _is_column_heading(one.text))
    return checks


def _is_column_heading(text: str) -> bool:
    """Column titles and "OBIECTIV GENERAL 1.:" without the name, which is checked apart."""
    bare = re.sub(r"OBIECTIV(?:UL)?\s*(GENERAL|specific):?\s*[\d.]*\s*:?", "", text, flags=re.IGNORECASE)
    words = set(re.sub(r"[^\w\s]", " ", bare).lower().split())
    titles = (
        "acțiuni instituții rezultate perioada de implementare indicatori etapele evaluării responsabile sprijin "
        "planul național pentru implementarea strategiei naționale împotriva traficului persoane acțiune "
        "2024 2026 2028"
    )
    return words <= set(titles.split())
