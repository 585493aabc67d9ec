"""Answers in own words without what may tell who speaks: taken out before they are kept, too much rather than too little."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evaluation.core.language import comma_below
from evaluation.intake.feedback.lexicon import Lexicon, folded, load_lexicon
from evaluation.intake.feedback.patterns import MARK, find_patterns

_SENTENCE_ENDS = ".!?…\n:;"
_QUOTES = "„”“\"'«»‘’()[]-–—•*"
_MOSTLY_CAPITALS = 0.6
_AFTER_CUE = 3


@dataclass(frozen=True, slots=True, repr=False)
class Screened:
    """A text with marks in place of what was taken out, and the kinds of what was: name, place, date, phone …"""

    text: str
    found: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Screened({len(self.found)} kinds taken out, not shown)"


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    starts_sentence: bool
    clitic: bool


def screen_text(text: str) -> Screened:
    """Telephone and other long numbers, addresses, dates, places and names become ``[removed]``.

    A word with a capital letter stays only when it is a permitted institution, or an ordinary word at the start of a
    sentence. Frequent names and places go in small letters too. Scripts without capitals cannot be screened this way
    and go whole: their translation is what is kept. A rare name in small letters may stay; that is why a second person
    reads before anything is quoted.
    """
    clean = _clean(text)
    lexicon = load_lexicon()
    spans = [*find_patterns(clean), *_script_spans(clean)]
    spans += _word_spans(_words(clean), clean, lexicon)
    if not spans:
        return Screened(clean, ())
    return Screened(_take_out(clean, spans), tuple(sorted({kind for _, _, kind in spans})))


def _clean(text: str) -> str:
    """One writing: composed letters, Romanian comma letters, no invisible signs, plain blanks."""
    composed = comma_below(unicodedata.normalize("NFKC", text))
    kept = (one for one in composed if unicodedata.category(one) != "Cf")
    return " ".join("".join("\n" if one in "\r\n\v\u2028\u2029" else one for one in kept).split(" ")).strip()


def _words(text: str) -> list[_Word]:
    """Runs of letters (with combining marks), each with whether a sentence begins there."""
    found: list[_Word] = []
    begins, place = True, 0
    while place < len(text):
        if not text[place].isalpha():
            begins = (
                begins if text[place].isspace() or text[place] in _QUOTES else text[place] in _SENTENCE_ENDS
            )
            place += 1
            continue
        end = place
        while end < len(text) and (text[end].isalpha() or unicodedata.combining(text[end])):
            end += 1
        joined = text[place - 1 : place] in ("-", "'", "’")
        found.append(
            _Word(place, end, text[place:end], begins and not joined, text[end : end + 1] in ("-", "'", "’"))
        )
        begins, place = False, end
    return found


def _word_spans(words: list[_Word], text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Names and places among the words: by list, by capital letter, by ending, by the word before."""
    allowed = lexicon.allowed_spans(text)
    shouting = _is_shouting(words)
    cue = 0
    for word in words:
        kept = any(start <= word.start and word.end <= end for start, end in allowed)
        kind = "" if kept else _kind(word, lexicon, shouting=shouting)
        if not kind and cue and not kept and not lexicon.is_ordinary(word.text):
            kind = "name"
        cue = _AFTER_CUE if folded(word.text) in lexicon.cues else max(cue - 1, 0)
        if kind:
            yield word.start, word.end, kind


def _kind(word: _Word, lexicon: Lexicon, *, shouting: bool) -> str:
    told = folded(word.text)
    capital = any(one.isupper() for one in word.text)
    listed = lexicon.listed(told, capital=capital)
    if listed or not capital:
        return listed
    if shouting:
        return "" if lexicon.is_ordinary(told) or word.clitic else "name"
    inner = any(one.isupper() for one in word.text[1:])
    if word.starts_sentence and not inner and (lexicon.is_ordinary(told) or (word.clitic and len(told) <= 2)):
        return ""
    return "name"


def _is_shouting(words: list[_Word]) -> bool:
    """Everything is in capitals, so that a capital says nothing; then only ordinary words stay."""
    letters = [one for word in words for one in word.text if one.lower() != one.upper()]
    return len(words) > 2 and sum(one.isupper() for one in letters) > _MOSTLY_CAPITALS * len(letters)


def _script_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Runs of letters of scripts that have no capitals."""
    start = None
    for place, one in enumerate(f"{text}\n"):
        caseless = one.isalpha() and one.lower() == one.upper() and one not in "ªºĸ"
        if caseless and start is None:
            start = place
        elif (
            start is not None
            and not caseless
            and not unicodedata.combining(one)
            and unicodedata.category(one) != "Mc"
        ):
            yield start, place, "script"
            start = None


def _take_out(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """The text with one mark for each run of spans that only blanks and signs separate."""
    parts: list[str] = []
    place = 0
    for start, end, _ in sorted(spans):
        if end <= place:
            continue
        between = text[place : max(start, place)]
        if not (
            parts and parts[-1] == MARK and not any(one.isalnum() for one in between) and "\n" not in between
        ):
            parts += [between, MARK]
        place = end
    return "".join([*parts, text[place:]])
