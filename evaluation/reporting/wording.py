"""The wording table: every sentence, label and noun of the report, in both languages."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evaluation.core.errors import WordingError
from evaluation.core.language import Language, comma_below
from evaluation.core.yamlfile import read_yaml
from evaluation.reporting.numbers import plural_form

WORDING = Path(__file__).resolve().parent / "wording"
_FORMS = {"ro": ("one", "few", "other"), "en": ("one", "other")}
_TOKEN = re.compile(r"\{[^{}]+\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts by key and nouns by key; reading one that is missing is an error that names it."""

    texts: dict[str, dict[str, str]]
    nouns: dict[str, dict[str, dict[str, str]]]

    def text(self, key: str, *, language: str) -> str:
        """The text of a key in one language."""
        if key not in self.texts:
            raise WordingError(
                f"wording: the key {key} does not exist; add it to evaluation/reporting/wording/."
            )
        return self.texts[key][language]

    def has(self, key: str) -> bool:
        """True when the key exists."""
        return key in self.texts

    def counted(self, key: str, value: float, *, language: str) -> str:
        """The noun in the form that goes with a number: 1 victimă, 19 victime, 20 de victime."""
        if key not in self.nouns:
            raise WordingError(
                f"wording: the noun {key} does not exist; add it to nouns.yaml with all its forms."
            )
        return self.nouns[key][language][plural_form(value, language=language)]


@cache
def load_wording(folder: Path = WORDING) -> Wording:
    """All wording files, complete: both languages, all plural forms, the same numbers in both."""
    texts: dict[str, dict[str, str]] = {}
    for file in sorted(folder.glob("*.yaml")):
        if file.name != "nouns.yaml":
            for key, entry in read_yaml(file).items():
                if key in texts:
                    raise WordingError(f"{file.name}: the key {key} stands in two files; keep one.")
                texts[key] = _both_languages(key, entry, file=file.name)
    nouns = read_yaml(folder / "nouns.yaml")
    for key, entry in nouns.items():
        for language, forms in _FORMS.items():
            missing = [form for form in forms if not (entry.get(language) or {}).get(form)]
            if missing:
                raise WordingError(
                    f"nouns.yaml: {key} lacks {language} {', '.join(missing)}; write the form."
                )
        if any(comma_below(form) != form for form in entry["ro"].values()):
            raise WordingError(f"nouns.yaml: {key} has cedilla letters; write ș and ț with comma below.")
    return Wording(texts, nouns)


def _both_languages(key: str, entry: object, *, file: str) -> dict[str, str]:
    if not isinstance(entry, dict):
        raise WordingError(f"{file}: {key} must have a text for ro and one for en.")
    for language in Language:
        if not str(entry.get(language.value) or "").strip():
            raise WordingError(
                f"{file}: {key} has no text in {language.value}; write it, nothing stands in for it."
            )
    if comma_below(entry["ro"]) != entry["ro"]:
        raise WordingError(
            f"{file}: {key}: the Romanian text has cedilla letters; write ș and ț with comma below."
        )
    if _placeholders(entry["ro"]) != _placeholders(entry["en"]):
        raise WordingError(f"{file}: {key}: the two languages do not ask for the same numbers.")
    return {language.value: " ".join(entry[language.value].split()) for language in Language}


def _placeholders(text: str) -> list[str]:
    return sorted(_TOKEN.findall(text))
