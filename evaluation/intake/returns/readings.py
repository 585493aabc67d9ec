"""One delivery read, or remembered from an earlier run: the same bytes and the same code give the same reading."""

import hashlib
import json
import os
import re
import tempfile
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path

from evaluation.intake.returns.deliveries import Delivery
from evaluation.intake.returns.free import read_free
from evaluation.intake.returns.own import is_own, read_own
from evaluation.intake.returns.raw import Correction, Reading
from evaluation.intake.returns.sandbox import FileRefused, open_book
from evaluation.strategy.institutions import Registry
from evaluation.strategy.plan import Plan
from evaluation.strategy.request import RequestRules

_PACKAGE = Path(__file__).resolve().parents[2]
_FREE_TEXTS = ("text", "remark", "level")
_PERSONAL_NUMBER = re.compile(r"(?<!\d)[1-9](?:[ .-]?\d){12}(?!\d)")
_CODE = ("intake/returns", "strategy", "core")


def read_delivery(
    delivery: Delivery,
    plan: Plan,
    registry: Registry,
    rules: RequestRules,
    *,
    frame: str = "",
    store: Path | None = None,
) -> Reading:
    """What a file says; a file that is not opened gives a reading of form ``refused`` with the code.

    ``frame`` is the digest of plan, registry and rules (``frame_digest``), which a remembered reading depends on.
    ``store`` is a folder of remembered readings, named by what they were made from. They hold what institutions
    sent, so they stay in ``outputs``. A refusal is never remembered: it may be for lack of time.
    """
    key = reading_key(delivery, frame=frame)
    kept = _remembered(store, key)
    if kept is not None:
        return kept
    try:
        reading = _read(delivery, plan, registry, rules)
    except FileRefused as refusal:
        reading = Reading("refused", delivery.institution, delivery.year)
        reading.corrections.append(Correction("", "", refusal.code))
        return reading
    if store is not None:
        _remember(store, key, reading)
    return reading


def _read(delivery: Delivery, plan: Plan, registry: Registry, rules: RequestRules) -> Reading:
    book = open_book(delivery.path)
    if book.digest != delivery.digest:
        raise FileRefused(delivery.path.name, "file_changed")
    own = is_own(book)
    reading = (
        read_own(book, plan, registry, rules)
        if own
        else read_free(
            book, plan, registry, rules, year=delivery.year, institution=delivery.institution or None
        )
    )
    reading.corrections += [
        Correction("", "", f"trait_{name}") for name in book.properties if f"trait_{name}" in _known_codes()
    ]
    _take_out_people(reading)
    return reading


def _take_out_people(reading: Reading) -> None:
    """A text with a personal number is not taken over: whom it means has no place in the ledger."""
    for record in (*reading.observations, *reading.measures):
        for name in _FREE_TEXTS:
            if _PERSONAL_NUMBER.search(str(record.get(name, ""))):
                record[name] = ""
                place = Correction(str(record["sheet"]), str(record["cell"]), "personal_number")
                if place not in reading.corrections:
                    reading.corrections.append(place)


@cache
def _known_codes() -> frozenset[str]:
    from evaluation.intake.returns.problems import load_problems

    return frozenset(load_problems())


def reading_key(delivery: Delivery, *, frame: str) -> str:
    """What a reading is made from, as one digest: the file and its place, the code, what is asked (``frame``)."""
    parts = (delivery.digest, delivery.file, str(delivery.year), delivery.institution, code_digest(), frame)
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()


def is_remembered(store: Path | None, key: str) -> bool:
    """True when a reading is there under the key; whether it can be read shows when it is."""
    return store is not None and (store / f"{key}.json").is_file()


def frame_digest(plan: Plan, registry: Registry, rules: RequestRules) -> str:
    """One digest of what is asked and of whom."""
    texts = (part.model_dump_json() for part in (plan, registry, rules))
    return hashlib.sha256("\0".join(texts).encode("utf-8")).hexdigest()


@cache
def code_digest() -> str:
    """One digest of everything that decides how a file is read: code, words, plan, registry, rules."""
    total = hashlib.sha256()
    for part in _CODE:
        for path in sorted((_PACKAGE / part).rglob("*")):
            if path.suffix in (".py", ".yaml"):
                total.update(path.relative_to(_PACKAGE).as_posix().encode("utf-8"))
                total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _remembered(store: Path | None, key: str) -> Reading | None:
    path = store / f"{key}.json" if store is not None else None
    if path is None or not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    content["corrections"] = [Correction(**one) for one in content["corrections"]]
    return Reading(**content)


def _remember(store: Path, key: str, reading: Reading) -> None:
    """Write beside and rename, so that others see the whole reading or none."""
    # asdict of the whole would copy every cell
    content = {one.name: getattr(reading, one.name) for one in fields(reading)}
    content["corrections"] = [asdict(one) for one in reading.corrections]
    store.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=store, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(content, ensure_ascii=False))
        Path(draft).replace(store / f"{key}.json")
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
