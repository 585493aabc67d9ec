"""A feedback instrument as data: domains, items with a reason each, consent, protocol, distress, retention."""

from enum import StrEnum

from pydantic import Field, model_validator

from evaluation.strategy.words import Definition, Text

PREFIX = "victim_feedback_"
NAME = r"^[a-z][a-z0-9_]*$"
NOT_APPLICABLE, PREFERS_NOT = "na", "pn"
SPECIAL = (NOT_APPLICABLE, PREFERS_NOT)
"""The two answers that every rating and every choice has besides its own: not applicable, prefer not to answer."""
WAVES = ("inclusion", "month_3", "month_6", "month_12", "exit")


class FeedbackKind(StrEnum):
    """What an item is: a rating on a scale, a choice from a list, an answer in own words."""

    RATING = "rating"
    CHOICE = "choice"
    OPEN = "open"


class Respondent(StrEnum):
    """Who answers: the person concerned, a professional about their support, the case manager about reintegration."""

    SELF = "self"
    PROFESSIONAL = "professional"
    CASE_MANAGER = "case_manager"


class Purpose(StrEnum):
    """What a consent is given for; each is asked apart."""

    ANALYSIS = "analysis"
    QUOTATION = "quotation"
    RECONTACT = "recontact"


class ItemOrigin(Definition):
    """Whether an item is ours, or written after a named outcome that has no wording of its own."""

    kind: str = Field(pattern="^(own|adapted)$")
    source: str = ""

    @model_validator(mode="after")
    def _named(self) -> "ItemOrigin":
        if self.kind == "adapted" and not self.source:
            raise ValueError("an adapted item names the outcome and its source")
        return self


class Scale(Definition):
    """An answer scale from 1 upwards, least favourable first, with a word for each step."""

    name: str = Field(pattern=NAME)
    steps: dict[str, Text]

    @model_validator(mode="after")
    def _in_order(self) -> "Scale":
        if tuple(self.steps) != tuple(str(one + 1) for one in range(len(self.steps))) or len(self.steps) < 3:
            raise ValueError("the steps are numbered 1, 2, 3 and on, three at least")
        return self


class Domain(Definition):
    """One thing that the instrument measures; ``scored`` domains have a score of their rating items."""

    name: str = Field(pattern=NAME)
    label: Text
    outcome: Text
    """What it stands for, and the named outcome of the literature or the measure of the plan that it follows."""
    scored: bool = True


class FeedbackItem(Definition):
    """One question with the reason for asking it; ``reversed`` says that agreeing is unfavourable."""

    name: str = Field(pattern=NAME, max_length=32)
    kind: FeedbackKind
    domain: str
    label: Text
    hint: Text | None = None
    scale: str = ""
    choices: dict[str, Text] = Field(default_factory=dict)
    reversed: bool = False
    origin: ItemOrigin
    reason: Text
    waves: tuple[str, ...] = WAVES

    @model_validator(mode="after")
    def _fits_kind(self) -> "FeedbackItem":
        if (self.kind is FeedbackKind.RATING) != bool(self.scale):
            raise ValueError("a rating item names its scale, and no other does")
        if (self.kind is FeedbackKind.CHOICE) != bool(self.choices):
            raise ValueError("a choice item lists its choices, and no other does")
        if set(self.choices) & set(SPECIAL):
            raise ValueError("na and pn are added to every item; do not list them")
        if self.reversed and self.kind is not FeedbackKind.RATING:
            raise ValueError("only a rating can be reverse-keyed")
        if not self.waves or not set(self.waves) <= set(WAVES):
            raise ValueError("an unknown wave")
        return self


class CollectedField(Definition):
    """A fact recorded beside the answers, with the reason for it and the categories that are allowed."""

    name: str = Field(pattern=NAME)
    label: Text
    reason: Text
    categories: dict[str, Text] = Field(min_length=2)


class Consent(Definition):
    """The consent text of an instrument: what it says, what for, how to skip, stop and withdraw."""

    version: str = Field(pattern=r"^\d+\.\d+$")
    text: Text
    purposes: dict[Purpose, Text]
    rights: Text
    withdrawal: Text

    @model_validator(mode="after")
    def _all(self) -> "Consent":
        if set(self.purposes) != set(Purpose):
            raise ValueError("each purpose is asked apart: analysis, quotation, recontact")
        return self


class Distress(Definition):
    """When to stop, what is said, whom to call, and what is logged (never what was told)."""

    stop_rule: Text
    text: Text
    contacts: tuple[Text, ...] = Field(min_length=1)
    logged: Text


class Slot(Definition):
    """A published questionnaire whose wording may not be changed: named here, filled from its official text only."""

    name: str = Field(pattern=NAME)
    title: Text
    items: int = Field(gt=0)
    steps: int = Field(gt=1)
    factor: float = Field(gt=0)
    """The score is the sum of the answers, counted from 0, times this factor."""
    important_change: float | None = None
    source: str
    licence: Text

    @property
    def columns(self) -> tuple[str, ...]:
        """The names under which its items are asked and exported: ``who5_1`` and on."""
        return tuple(f"{self.name}_{number + 1}" for number in range(self.items))

    @property
    def answers(self) -> tuple[str, ...]:
        """Its own answers, counted from 0."""
        return tuple(str(number) for number in range(self.steps))


class FeedbackAbout(Definition):
    """What an instrument is for, whom it asks, who may ask, and how far it may be believed."""

    name: str = Field(pattern=NAME)
    title: Text
    purpose: Text
    population: Text
    respondent: Respondent
    measures: tuple[str, ...] = Field(min_length=1)
    easy: bool = False
    minors: bool = False
    protocol: str = ""
    """The name of the protocol file without which the instrument may not be used; empty if none is needed."""
    administration: Text
    version: str = Field(pattern=r"^\d+\.\d+$")
    languages: tuple[str, ...] = ("ro", "en")
    translation: Text
    licence: str
    origin: Text
    status: str = Field(default="experimental", pattern="^experimental$")
    """No instrument of this kind is validated; the word is printed beside every score."""
    modules: tuple[str, ...] = ()
    waves: tuple[str, ...] = WAVES
    consent: Consent
    distress: Distress
    collected: tuple[CollectedField, ...]
    retention_months: int = Field(gt=0)
    least_answered: float = Field(default=0.5, gt=0, le=1)
    """Share of a domain's items that must have an answer on the scale for the domain to have a score."""


class FeedbackInstrument(Definition):
    """An instrument with its scales and slots; items stand in the order in which they are asked."""

    about: FeedbackAbout
    domains: tuple[Domain, ...]
    scales: tuple[Scale, ...]
    items: tuple[FeedbackItem, ...]
    slots: tuple[Slot, ...] = ()
    asked_modules: tuple[str, ...] = ()
    """The modules whose domains and items were taken in, in the order in which they are asked."""

    @property
    def name(self) -> str:
        """The name of the instrument's folder."""
        return self.about.name

    @property
    def form_id(self) -> str:
        """What tells a form from others of the same instrument: its name, then the modules taken in.

        >>> # victim_feedback_adult with the module victim_feedback_voucher is victim_feedback_adult_voucher
        """
        return "_".join((self.name, *(one.removeprefix(PREFIX) for one in self.asked_modules)))

    def item(self, name: str) -> FeedbackItem:
        """The item of that name."""
        return next(one for one in self.items if one.name == name)

    def of_kind(self, kind: FeedbackKind) -> tuple[FeedbackItem, ...]:
        """The items of a kind, in their order."""
        return tuple(one for one in self.items if one.kind is kind)

    def ratings(self, domain: str) -> tuple[FeedbackItem, ...]:
        """The rating items of a domain, in their order."""
        return tuple(one for one in self.of_kind(FeedbackKind.RATING) if one.domain == domain)

    def scale(self, name: str) -> Scale:
        """The scale of that name."""
        return next(one for one in self.scales if one.name == name)

    @property
    def scored(self) -> tuple[Domain, ...]:
        """The domains that have a score."""
        return tuple(one for one in self.domains if one.scored)

    @model_validator(mode="after")
    def _whole(self) -> "FeedbackInstrument":
        for what, names in (
            ("an item", [one.name for one in self.items]),
            ("a domain", [one.name for one in self.domains]),
            ("a scale", [one.name for one in self.scales]),
        ):
            if len(set(names)) != len(names):
                raise ValueError(f"{what} is given twice")
        if {one.domain for one in self.items} != {one.name for one in self.domains}:
            raise ValueError("items and domains differ: an unknown domain, or one without items")
        if not {one.scale for one in self.items if one.scale} <= {one.name for one in self.scales}:
            raise ValueError("an item names an unknown scale")
        if {one.name for one in self.items} & {name for slot in self.slots for name in slot.columns}:
            raise ValueError("an item has the name of one of a slot")
        if any(one.scored and len(self.ratings(one.name)) < 2 for one in self.domains):
            raise ValueError("a scored domain has two rating items at least")
        if self.about.minors and self.about.respondent is Respondent.SELF and not self.about.protocol:
            raise ValueError("minors are asked only under a protocol; name its file")
        return self
