"""The language of the command line: chosen once, then every text goes through gettext, click's own included."""

import gettext
import os
from collections.abc import Mapping, Sequence

import evaluation

LANGUAGES = ("ro", "en")
LOCALE = f"{evaluation.__path__[0]}/locale"  # no pathlib: its import is a fifth of the time of --help
DOMAIN = "messages"


def use_language(language: str) -> None:
    """Show everything from now on in this language.

    gettext looks at ``LANGUAGE`` whenever it translates, and click translates through gettext, so this one
    variable serves both. English needs no catalogue: the texts in the code are English.
    """
    gettext.bindtextdomain(DOMAIN, LOCALE)
    os.environ["LANGUAGE"] = language


def current_language() -> str:
    """The language in use."""
    return os.environ.get("LANGUAGE", LANGUAGES[0])


def default_language(environment: Mapping[str, str]) -> str:
    """The language of ``SNITP_LANG``, else of the system, else Romanian.

    The first of ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that is set decides for the system, as in POSIX;
    a language that the kit does not speak leads to Romanian.

    >>> default_language({"LANG": "en_GB.UTF-8"}), default_language({"SNITP_LANG": "ro", "LANG": "en_GB.UTF-8"})
    ('en', 'ro')
    >>> default_language({"LC_ALL": "C", "LANG": "en_GB.UTF-8"})
    'ro'
    """
    chosen = _known(environment.get("SNITP_LANG", ""))
    if chosen:
        return chosen
    system = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    return _known(system) or LANGUAGES[0]


def find_language(args: Sequence[str], *, stop_at_word: bool) -> str:
    """The value of ``--lang`` among arguments that are not parsed yet, empty when there is none.

    Help and errors must be in the language asked for wherever ``--lang`` stands. A group stops at the first
    word, which is a sub-command with options of its own.
    """
    found = ""
    for place, arg in enumerate(args):
        if arg == "--" or (
            stop_at_word and not arg.startswith("-") and args[place - 1 : place] != ["--lang"]
        ):
            break
        if arg == "--lang":
            found = _exact(args[place + 1 : place + 2]) or found
        elif arg.startswith("--lang="):
            found = _exact([arg.removeprefix("--lang=")]) or found
    return found


def later(text: str) -> str:
    """Mark a text for the catalogue; it is translated when it is shown."""
    return text


def _known(value: str) -> str:
    return _exact([value.replace("-", "_").split("_")[0].split(".")[0].lower()])


def _exact(values: Sequence[str]) -> str:
    return next((value for value in values if value in LANGUAGES), "")
