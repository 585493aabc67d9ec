"""An instrument as data: what it is for, its items in both languages, its forms, and the key apart from them."""

from enum import StrEnum

from pydantic import Field, model_validator

from evaluation.strategy.words import Definition, Text

LETTERS = ("a", "b", "c", "d")
NAME = r"^[a-z][a-z0-9_]*$"


class ItemKind(StrEnum):
    """What an item is: one right answer of four, an answer in own words, an opinion of the session, a code element."""

    CLOSED = "closed"
    OPEN = "open"
    REACTION = "reaction"
    PAIRING = "pairing"


class Validation(StrEnum):
    """How far an instrument has been examined; printed on everything made of it."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    PILOTED = "piloted"


class Checked(StrEnum):
    """Whether the source of a key was compared with its text, or an expert still has to."""

    STRATEGY = "strategy"
    TO_CHECK = "to_check"


class Item(Definition):
    """One question as a participant reads it; choices by letter where there are any."""

    name: str = Field(pattern=NAME, max_length=32)
    kind: ItemKind
    label: Text
    hint: Text | None = None
    choices: dict[str, Text] = Field(default_factory=dict)
    fixed_order: bool = False
    length: int | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _fits_kind(self) -> "Item":
        if self.kind is ItemKind.CLOSED and tuple(self.choices) != LETTERS:
            raise ValueError("a closed item has the four choices a, b, c, d")
        if self.kind is ItemKind.REACTION and len(self.choices) < 2:
            raise ValueError("a reaction item has its scale as choices")
        if self.kind in (ItemKind.OPEN, ItemKind.PAIRING) and self.choices:
            raise ValueError("an item answered in own words has no choices")
        if self.kind is ItemKind.PAIRING and self.length is None:
            raise ValueError("an element of the pairing code has a length")
        for language in ("ro", "en"):
            told = [getattr(choice, language).casefold() for choice in self.choices.values()]
            if len(set(told)) != len(told):
                raise ValueError("two choices read the same")
        return self


class KeySource(Definition):
    """Where the right answer comes from; ``lines`` are lines of the strategy's text where it is the strategy."""

    document: str = Field(min_length=3)
    place: str = Field(min_length=1)
    checked: Checked
    lines: str = ""

    @model_validator(mode="after")
    def _placed(self) -> "KeySource":
        if self.checked is Checked.STRATEGY and not self.lines:
            raise ValueError("a key taken from the strategy names its lines")
        return self


class ItemKey(Definition):
    """The right answer and what the item is made of; never printed on a form.

    ``difficulty`` is the share of untrained people expected to know the answer; ``distractors`` say, for each wrong
    choice, why somebody believes it. ``twin`` is the item of the other form written to be as hard.
    """

    item: str
    correct: str = Field(pattern="^[abcd]$")
    measures: Text
    difficulty: float = Field(gt=0, lt=1)
    source: KeySource
    distractors: dict[str, Text]
    twin: str = ""
    indicators: tuple[str, ...] = ()
    """Indicators of the plan whose degree of knowledge or understanding the item is part of."""

    @model_validator(mode="after")
    def _three_wrong(self) -> "ItemKey":
        if set(self.distractors) != set(LETTERS) - {self.correct}:
            raise ValueError("every wrong choice, and no other, has its reason")
        return self


class OpenCode(Definition):
    """One code of the codebook of an open item: what belongs to it, and an example that does."""

    code: str = Field(pattern=NAME)
    label: Text
    includes: Text
    example: Text
    counts: bool = True


class WiderReading(Definition):
    """Indicators that ask more broadly than the item: for them these codes count as well."""

    indicators: tuple[str, ...] = Field(min_length=1)
    codes: tuple[str, ...] = Field(min_length=1)


class OpenKey(Definition):
    """How an open item is coded and when a person counts: at least ``at_least`` different codes that count."""

    item: str
    indicators: tuple[str, ...] = ()
    at_least: int = Field(gt=0)
    codes: tuple[OpenCode, ...] = Field(min_length=3)
    source: KeySource
    wider: WiderReading | None = None

    @property
    def readings(self) -> tuple["OpenKey", ...]:
        """The key as it is, and the one with the codes of the wider reading counted for that reading's indicators."""
        if self.wider is None:
            return (self,)
        codes = tuple(
            one.model_copy(update={"counts": one.counts or one.code in self.wider.codes})
            for one in self.codes
        )
        wide = {"indicators": self.wider.indicators, "codes": codes, "wider": None}
        return (self, self.model_copy(update=wide))

    @model_validator(mode="after")
    def _known_codes(self) -> "OpenKey":
        if self.wider and not set(self.wider.codes) <= {one.code for one in self.codes if not one.counts}:
            raise ValueError("the wider reading names a code that is not there or counts already")
        return self


class About(Definition):
    """What an instrument is for, whom it asks, and how far it may be believed."""

    name: str = Field(pattern=NAME)
    title: Text
    purpose: Text
    population: Text
    audience: Text
    audience_measures: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    children: bool = False
    version: str = Field(pattern=r"^\d+\.\d+$")
    languages: tuple[str, ...] = ("ro", "en")
    translation: Text
    licence: str
    origin: Text
    validation: Validation
    consent: Text
    distress: Text
    retention_months: int = Field(gt=0)


class Forms(Definition):
    """The items of each parallel form, in the order in which they are printed."""

    A: tuple[str, ...] = Field(min_length=1)
    B: tuple[str, ...] = Field(min_length=1)


class Instrument(Definition):
    """An instrument with the common core taken in; ``anchors`` are the closed items that both forms share."""

    about: About
    items: tuple[Item, ...]
    forms: Forms
    keys: tuple[ItemKey, ...]
    open_keys: tuple[OpenKey, ...] = ()

    @property
    def name(self) -> str:
        """The name of the instrument's folder."""
        return self.about.name

    @property
    def anchors(self) -> tuple[str, ...]:
        """The closed items that stand in both forms."""
        closed = {one.name for one in self.items if one.kind is ItemKind.CLOSED}
        return tuple(name for name in self.forms.A if name in closed and name in self.forms.B)

    def item(self, name: str) -> Item:
        """The item of that name."""
        return next(one for one in self.items if one.name == name)

    def of_kind(self, kind: ItemKind, form: str = "") -> tuple[Item, ...]:
        """The items of a kind, in the order of a form, or all of them in their own order."""
        if not form:
            return tuple(one for one in self.items if one.kind is kind)
        return tuple(one for one in map(self.item, getattr(self.forms, form)) if one.kind is kind)

    @property
    def served(self) -> tuple[str, ...]:
        """The indicators of the plan that keys say they serve, each once."""
        closed = (name for one in self.keys for name in one.indicators)
        opened = (name for key in self.open_keys for one in key.readings for name in one.indicators)
        return tuple(dict.fromkeys((*closed, *opened)))

    def key(self, name: str) -> ItemKey:
        """The key of a closed item."""
        return next(one for one in self.keys if one.item == name)

    @model_validator(mode="after")
    def _whole(self) -> "Instrument":
        names = [one.name for one in self.items]
        if len(set(names)) != len(names):
            raise ValueError("an item is given twice")
        used = set(self.forms.A) | set(self.forms.B)
        if used != set(names):
            raise ValueError("forms and items differ: an item is in no form, or a form names an unknown item")
        closed = {one.name for one in self.items if one.kind is ItemKind.CLOSED}
        if {one.item for one in self.keys} != closed:
            raise ValueError("every closed item, and no other, has a key")
        if {one.item for one in self.open_keys} != {
            one.name for one in self.items if one.kind is ItemKind.OPEN
        }:
            raise ValueError("every open item, and no other, has a codebook")
        return self
