"""The catalogue: every text of click and of the command line has its Romanian, compiled as written."""

import gettext
import re
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import evaluation
from evaluation.cli.language import LOCALE

MESSAGES = Path(LOCALE) / "ro" / "LC_MESSAGES"
KEYWORDS = {"_": None, "ngettext": (1, 2), "later": None}
ROOTS = (Path(click.__file__).parent, Path(evaluation.__file__).parent / "cli")
PLACEHOLDER = re.compile(r"\{[^}]*\}|%\(\w+\)s")


@pytest.fixture(scope="module")
def written():
    with (MESSAGES / "messages.po").open("rb") as handle:
        return {_key(message): message for message in read_po(handle) if message.id}


def test_no_text_of_click_or_of_the_commands_lacks_its_romanian(written):
    texts = {one[2] for root in ROOTS for one in extract_from_dir(str(root), keywords=KEYWORDS)}
    lacking = [text for text in texts if text not in written or not all(_forms(written[text]))]
    assert lacking == []


def test_no_text_is_kept_that_nobody_says(written):
    texts = {one[2] for root in ROOTS for one in extract_from_dir(str(root), keywords=KEYWORDS)}
    assert set(written) - texts == set()


def test_no_translation_waits_for_review(written):
    assert [text for text, message in written.items() if message.fuzzy] == []


def test_the_compiled_catalogue_is_the_written_one(written):
    with (MESSAGES / "messages.mo").open("rb") as handle:
        compiled = {_key(message): tuple(_forms(message)) for message in read_mo(handle) if message.id}
    assert compiled == {text: tuple(_forms(message)) for text, message in written.items()}


def test_a_translation_has_the_placeholders_of_its_text(written):
    for text, message in written.items():
        english = set(PLACEHOLDER.findall("".join(text) if isinstance(text, tuple) else text))
        for form in _forms(message):
            found = set(PLACEHOLDER.findall(form))
            assert found <= english and (isinstance(text, tuple) or found == english), text


@pytest.mark.parametrize(
    ("n", "words"),
    [(1, "1 măsură"), (2, "2 măsuri"), (19, "19 măsuri"), (20, "20 de măsuri"), (104, "104 măsuri")],
)
def test_romanian_counts_with_three_forms(n, words):
    catalogue = gettext.translation("messages", LOCALE, languages=["ro"])
    assert catalogue.ngettext("{n} measure", "{n} measures", n).format(n=n) == words


def _key(message):
    return message.id if isinstance(message.id, str) else tuple(message.id)


def _forms(message):
    return (message.string,) if isinstance(message.string, str) else message.string
