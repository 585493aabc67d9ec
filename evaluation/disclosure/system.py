"""The figures of a result as one system: whole-number cells, what adds up to what, and where each is printed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from evaluation.core.errors import DisclosureError
from evaluation.disclosure.figures import Cats, Row
from evaluation.disclosure.structure import Structure

Equation = tuple[tuple[int, int], ...]
Family = tuple[str, str, str, str]
PARTS = ("value", "base", "n")


@dataclass(slots=True)
class System:
    """Cells 0, 1, … with their true values; an equation's factor-weighted cells add to nought.

    ``places`` are the printed figures (cell, row, column); ``guards`` the cells to protect when a row is
    suppressed; ``rests`` what levels leave of their total, in no row and protected where small;
    ``contradicting`` the rows of levels that add to more than their total.
    """

    values: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    places: list[tuple[int, int, str]] = field(default_factory=list)
    guards: dict[int, tuple[int, ...]] = field(default_factory=dict)
    rests: list[int] = field(default_factory=list)
    contradicting: set[int] = field(default_factory=set)

    def add_cell(self, value: int, name: str) -> int:
        self.values.append(value)
        self.names.append(name)
        return len(self.values) - 1

    def add_equation(self, terms: Iterable[tuple[int, int]]) -> None:
        """An equation in canonical form; the same equation is kept once, an empty one not at all."""
        factors: dict[int, int] = {}
        for cell, factor in terms:
            factors[cell] = factors.get(cell, 0) + factor
        equation = tuple(sorted((cell, factor) for cell, factor in factors.items() if factor))
        if equation:
            self.equations.append(equation)

    def append(self, other: "System") -> int:
        """Add the cells and equations of another system after one's own; the number that its cells move by."""
        offset = len(self.values)
        self.values += other.values
        self.names += other.names
        self.equations += [tuple((cell + offset, factor) for cell, factor in one) for one in other.equations]
        self.places += [(cell + offset, row, column) for cell, row, column in other.places]
        self.guards |= {row: tuple(cell + offset for cell in cells) for row, cells in other.guards.items()}
        self.rests += [cell + offset for cell in other.rests]
        self.contradicting |= other.contradicting
        return offset


def build_system(result_id: str, rows: list[Row], structure: Structure) -> System:
    """The system of a result's rows; refused where totals do not add.

    Groups that share categories share cells: ``county*sex`` at ``Alba*all`` is ``county`` at ``Alba``.
    Figures of one measure and period that agree wherever both are given are taken as the same cells, so
    that the reader is never assumed to know less than is true.
    """
    system = System()
    builder = _Builder(result_id, structure, system)
    builder.add_rows(rows)
    builder.add_margins()
    builder.add_rests(rows)
    builder.add_structure()
    system.equations = sorted(set(system.equations))
    for equation in system.equations:
        if sum(system.values[cell] * factor for cell, factor in equation):
            raise DisclosureError(f"{result_id}: {builder.where(equation)}: totals do not add; {_REMEDY}")
    return system


def place_name(row: Row, part: str) -> str:
    """The name of a figure that two releases of the same figure share."""
    cats = ";".join(f"{name}={level}" for name, level in row.cats)
    return "|".join((row.measure, row.period, row.quantity, part, cats))


_REMEDY = (
    "give every level (with one for those not answering), or name the variable in Structure(overlapping=...) "
    "when people may be in several levels."
)


class _Builder:
    """Collects cells and equations; one instance lives for one call of ``build_system``."""

    def __init__(self, result_id: str, structure: Structure, system: System) -> None:
        self.result_id = result_id
        self.structure = structure
        self.system = system
        self.groups: dict[Family, int] = {}
        self.cells: dict[tuple[int, Cats], int] = {}
        self.members: dict[int, list[Family]] = {}
        self.fixed_base: dict[tuple[int, Cats, str], int] = {}
        self.row_cells: dict[tuple[int, str], int] = {}

    def where(self, equation: Equation) -> str:
        cells = {cell for cell, _ in equation}
        positions = sorted({row for cell, row, _ in self.system.places if cell in cells})
        return f"row {positions[0]}" if positions else "a total that is not printed"

    def add_rows(self, rows: list[Row]) -> None:
        families = self._families(rows)
        self._check_grids(rows)
        self._join(families)
        for row in rows:
            for part, (value, columns) in sorted(row.figures.items()):
                key = (self.groups[row.measure, row.period, row.quantity, part], row.cats)
                if key not in self.cells:
                    self.cells[key] = self.system.add_cell(value, place_name(row, part))
                cell = self.cells[key]
                self.row_cells[row.position, part] = cell
                self.system.places.extend((cell, row.position, column) for column in columns)

    def _families(self, rows: list[Row]) -> dict[Family, dict[Cats, int]]:
        families: dict[Family, dict[Cats, int]] = {}
        for row in rows:
            for part, (value, _) in row.figures.items():
                family = families.setdefault((row.measure, row.period, row.quantity, part), {})
                if family.setdefault(row.cats, value) != value:
                    raise DisclosureError(
                        f"{self.result_id}: row {row.position}: the same figure is given twice and differs; "
                        "give it once, or distinguish the rows by group and level."
                    )
        return families

    def _check_grids(self, rows: list[Row]) -> None:
        """A combination without a row would say "nobody" without being protected."""
        if self.structure.nested or self.structure.reported:
            return
        grids: dict[tuple[str, ...], set[Cats]] = {}
        for row in rows:
            key = (row.measure, row.period, row.quantity, *(name for name, _ in row.cats))
            grids.setdefault(key, set()).add(row.cats)
        for key, present in grids.items():
            sides = [{cats[axis][1] for cats in present} for axis in range(len(key) - 3)]
            wanted = 1
            for side in sides:
                wanted *= len(side)
            if wanted != len(present):
                raise DisclosureError(
                    f"{self.result_id}: {'*'.join(key[3:])}: some combinations have no row; give them all, with 0 "
                    "where nobody is, or say Structure(nested=True) when they are impossible by definition."
                )

    def _join(self, families: dict[Family, dict[Cats, int]]) -> None:
        """Families of one measure and period with equal figures wherever both are given become one group."""
        figures: dict[int, dict[Cats, int]] = {}
        for family in sorted(families, key=lambda name: (name[:3], PARTS.index(name[3]))):
            group = next(
                (g for g in figures if self._same(family, families[family], g, figures[g])), len(figures)
            )
            self.groups[family] = group
            self.members.setdefault(group, []).append(family)
            figures.setdefault(group, {}).update(families[family])

    def _same(self, family: Family, given: dict[Cats, int], group: int, known: dict[Cats, int]) -> bool:
        members = self.members[group]
        if members[0][:2] != family[:2]:
            return False
        rivals = {"value"} if family[3] != "value" else {"base", "n"}
        if any(member[2] == family[2] and member[3] in rivals for member in members):
            return False
        shared = given.keys() & known.keys()
        return bool(shared) and all(given[cats] == known[cats] for cats in shared)

    def add_margins(self) -> None:
        """Bases first, because the levels of an answer add to a base that all of them share."""
        bases = {group for group, names in self.members.items() if all(name[3] != "value" for name in names)}
        for group in sorted(self.members, key=lambda g: (g not in bases, g)):
            by_size = self._cats_of(group)
            for size in sorted(by_size, reverse=True):
                level = by_size[size]
                families: dict[tuple[Cats, str], list[Cats]] = {}
                for cats in sorted(level):
                    for name, _ in cats:
                        families.setdefault((tuple(c for c in cats if c[0] != name), name), []).append(cats)
                for (parent, name), children in families.items():
                    self._margin(group, parent, name, children, is_base=group in bases)
                    if (group, parent) in self.cells:
                        by_size.setdefault(size - 1, set()).add(parent)

    def _cats_of(self, group: int) -> dict[int, set[Cats]]:
        by_size: dict[int, set[Cats]] = {}
        for owner, cats in self.cells:
            if owner == group:
                by_size.setdefault(len(cats), set()).add(cats)
        return {size: by_size.get(size, set()) for size in range(1, max(by_size) + 1)}

    def _margin(self, group: int, parent: Cats, name: str, children: list[Cats], *, is_base: bool) -> None:
        system, cells = self.system, [self.cells[group, cats] for cats in children]
        figures = {system.values[cell] for cell in cells}
        above = self.cells.get((group, parent))
        shared = is_base and len(figures) == 1 and len(cells) > 1
        if shared and (above is None or system.values[above] in figures):
            first = self._parent(group, parent, total=system.values[cells[0]])
            self.fixed_base[group, parent, name] = first
            for cell in cells:
                system.add_equation([(cell, 1), (first, -1)])
            return
        if name in self.structure.overlapping:
            return
        base = None if is_base else self._shared_base(group, parent, name)
        total = sum(system.values[cell] for cell in cells)
        whole = base if base is not None else self._parent(group, parent, total=total)
        rest = system.values[whole] - total
        if not rest or not self.structure.reported:
            system.add_equation([*((cell, 1) for cell in cells), (whole, -1)])
        elif rest < 0:
            inside = set(cells)
            system.contradicting.update(row for cell, row, _ in system.places if cell in inside)
        else:
            left = system.add_cell(rest, f"{system.names[whole]}|{name}|rest")
            system.rests.append(left)
            system.add_equation([*((cell, 1) for cell in cells), (left, 1), (whole, -1)])

    def _parent(self, group: int, parent: Cats, *, total: int) -> int:
        if (group, parent) not in self.cells:
            family = self.members[group][0]
            cats = ";".join(f"{name}={level}" for name, level in parent)
            self.cells[group, parent] = self.system.add_cell(total, "|".join((*family, cats)))
        return self.cells[group, parent]

    def _shared_base(self, group: int, parent: Cats, name: str) -> int | None:
        for member in self.members[group]:
            for part in ("base", "n"):
                base = self.groups.get((*member[:3], part))
                if base is not None and (base, parent, name) in self.fixed_base:
                    return self.fixed_base[base, parent, name]
        return None

    def add_rests(self, rows: list[Row]) -> None:
        """The rest of a base is a figure too: those who said no, and those who said nothing."""
        rests: dict[tuple[int, int], int] = {}
        for row in rows:
            parts = {part: self.row_cells[row.position, part] for part in PARTS if part in row.figures}
            guards = [parts[part] for part in row.guarded]
            base = parts.get("base", parts.get("n"))
            if "value" in parts and base is not None and row.kind != "ratio":
                guards.append(self._rest(rests, base, parts["value"], f"{place_name(row, 'value')}|rest"))
            if "base" in parts and "n" in parts and parts["base"] != parts["n"]:
                self._rest(rests, parts["n"], parts["base"], f"{place_name(row, 'base')}|rest")
            self.system.guards[row.position] = tuple(guards)

    def _rest(self, rests: dict[tuple[int, int], int], whole: int, part: int, name: str) -> int:
        if (whole, part) not in rests:
            rest = self.system.add_cell(self.system.values[whole] - self.system.values[part], name)
            self.system.add_equation([(whole, 1), (part, -1), (rest, -1)])
            rests[whole, part] = rest
        return rests[whole, part]

    def add_structure(self) -> None:
        for number, terms in enumerate(self.structure.equations):
            cells = [(self.row_cells.get((term.row, term.part)), term.factor) for term in terms]
            if any(cell is None for cell, _ in cells):
                raise DisclosureError(
                    f"{self.result_id}: equation {number} of the structure names a figure that no row has; "
                    "correct its row or part."
                )
            self.system.add_equation([(cell, factor) for cell, factor in cells if cell is not None])
