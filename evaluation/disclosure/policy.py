"""Disclosure policies: what the owner of the data has decided, read from ``policies.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from evaluation.core.errors import DisclosureError
from evaluation.core.yamlfile import read_yaml

POLICY_FILE = Path(__file__).with_name("policies.yaml")

Kind = Literal["published", "protect", "activity"]
QuantityKind = Literal[
    "count", "proportion", "rate", "ratio", "coverage", "statistic", "range", "change", "never", "keep"
]


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy: ``published`` keeps public figures, ``protect`` suppresses and attacks.

    ``activity`` keeps figures that are not about protected people: indicators by the class of their unit,
    ``protected_measures`` and ``kept_measures`` decide against it, ``derived_measures`` are patterns
    ``result:measure``, ``published_measures`` figures that are public elsewhere, ``listings`` ids of words, ``open_breakdowns`` those whose typed categories were read.
    ``derived_from`` names the measure whose rows a measure is worked out from, row by row.

    ``threshold`` is the least count shown, ``width`` the least range a reader is left with,
    ``extremes_minimum_base`` the base from which 0% and 100% may be shown (None: never),
    ``quantities`` what each quantity is for the gate.
    """

    name: str
    kind: Kind
    reason: Mapping[str, str]
    roots: tuple[str, ...] = ()
    threshold: int = 10
    width: int = 10
    zero_is_small: bool = True
    minimum_base: int = 20
    extremes_minimum_base: int | None = None
    minimum_n: int = 10
    minimum_n_range: int = 50
    decimals: int = 1
    time_limit: float = 50.0
    quantities: Mapping[str, QuantityKind] | None = None
    protected_measures: tuple[str, ...] = ()
    kept_measures: tuple[str, ...] = ()
    derived_measures: tuple[str, ...] = ()
    published_measures: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    open_breakdowns: tuple[str, ...] = ()
    derived_from: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the release scan may find: telephone numbers (digits only), addresses, domains."""

    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    email_domains: frozenset[str] = frozenset()


def load_policies(path: Path = POLICY_FILE) -> dict[str, Policy]:
    """Every policy of the file, by name."""
    return {name: _policy(name, model) for name, model in _read(path).policies.items()}


def policy_named(name: str, policies: Mapping[str, Policy] | None = None) -> Policy:
    """The policy of that name; an unknown name keeps the gate closed."""
    known = load_policies() if policies is None else policies
    if name not in known:
        raise DisclosureError(
            f"{POLICY_FILE.name}: no policy has the name that was asked for; use one of {', '.join(sorted(known))}."
        )
    return known[name]


def load_allowed(path: Path = POLICY_FILE) -> Allowed:
    """The public numbers and addresses that the release scan leaves alone."""
    scan = _read(path).scan
    digits = ("".join(c for c in phone if c.isdigit()) for phone in scan.phones)
    return Allowed(
        phones=frozenset(digits),
        emails=frozenset(address.casefold() for address in scan.emails),
        email_domains=frozenset(domain.casefold() for domain in scan.email_domains),
    )


_LISTS = (
    "protected_measures",
    "kept_measures",
    "derived_measures",
    "published_measures",
    "listings",
    "open_breakdowns",
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Text(_Strict):
    ro: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class _PolicyModel(_Strict):
    kind: Kind
    reason: _Text
    roots: list[str] = []
    threshold: Annotated[int, Field(ge=2)] = 10
    width: Annotated[int, Field(ge=1)] = 10
    zero_is_small: bool = True
    minimum_base: Annotated[int, Field(ge=1)] = 20
    extremes_minimum_base: Annotated[int, Field(ge=1)] | None = None
    minimum_n: Annotated[int, Field(ge=2)] = 10
    minimum_n_range: Annotated[int, Field(ge=2)] = 50
    decimals: Annotated[int, Field(ge=0, le=6)] = 1
    time_limit: Annotated[float, Field(gt=0)] = 50.0
    reasons: dict[str, _Text] = {}
    quantities: dict[str, QuantityKind] = {}
    protected_measures: list[str] = []
    kept_measures: list[str] = []
    derived_measures: list[str] = []
    published_measures: list[str] = []
    listings: list[str] = []
    open_breakdowns: list[str] = []
    derived_from: dict[str, str] = {}

    @model_validator(mode="after")
    def _complete(self) -> "_PolicyModel":
        if self.kind in ("published", "activity") and (
            not self.roots or any(root.strip("*/. ") == "" for root in self.roots)
        ):
            raise ValueError("a policy that keeps figures names the folders they may come from")
        if self.kind == "activity":
            lists = {name for name in _LISTS if getattr(self, name)} | {"officials"}
            if not lists <= set(self.reasons) or not self.quantities:
                raise ValueError(
                    "a policy for activities gives a reason for each of its lists, and its quantities"
                )
            if any(pattern.startswith(("*", ":")) or ":" not in pattern for pattern in self.derived_measures):
                raise ValueError("derived_measures are written result:measure and name the result")
        kept = {use == "keep" for use in self.quantities.values()}
        if kept and kept != {self.kind == "activity"}:
            raise ValueError(
                "keep is what a policy for activities does with its quantities, and no other policy"
            )
        if self.kind == "protect":
            figures = {"threshold", "width", "minimum_base", "minimum_n"}
            if (
                not figures <= self.model_fields_set
                or not figures <= set(self.reasons)
                or not self.quantities
            ):
                raise ValueError(
                    "a protecting policy gives each of its figures, with the reason, and its quantities"
                )
        return self


class _ScanModel(_Strict):
    phones: list[str] = []
    emails: list[str] = []
    email_domains: list[str] = []


class _FileModel(_Strict):
    policies: dict[str, _PolicyModel]
    scan: _ScanModel


def _read(path: Path) -> _FileModel:
    try:
        return _FileModel.model_validate(read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DisclosureError(f"{path.name}: {place}: {first['msg']}; correct the policy file.") from None


def _policy(name: str, model: _PolicyModel) -> Policy:
    given = model.model_dump(exclude={"reasons"})
    given |= {key: tuple(given[key]) for key in ("roots", *_LISTS)}
    return Policy(name=name, **given)
