"""The lists that the forms choose from: yes, partly or no; institutions; status; places of the report."""

from collections.abc import Mapping

from evaluation.judgement.findings import NUMBER
from evaluation.judgement.forms.model import Choice, both, form_words
from evaluation.judgement.judgement import Judgement
from evaluation.judgement.words import judgement_entry, judgement_text
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.words import Text


def answer_choices() -> tuple[Choice, ...]:
    """Yes, partly, no."""
    names = {code: judgement_text("accepted", code) for code in judgement_entry("accepted")}
    return tuple(Choice(code, both(name), name) for code, name in names.items())


def status_choices() -> tuple[Choice, ...]:
    """How far an action is."""
    return tuple(Choice(code, both(name), name) for code, name in form_words().choices["status"].items())


def institution_choices() -> tuple[Choice, ...]:
    """The institutions of the strategy by id."""
    return tuple(Choice(one.id, one.id, one.name) for one in load_registry().registry)


def place_choices(chapters: Mapping[str, Text], judgement: Judgement) -> tuple[Choice, ...]:
    """What a comment may be about: a chapter by its name in the kit, with its title, a finding, conclusion or recommendation by id."""
    written = [
        *((one.id, one.statement) for one in judgement.findings),
        *((one.id, one.text) for one in judgement.conclusions),
        *((one.id, one.text) for one in judgement.recommendations),
    ]
    named = tuple(Choice(one, one, name) for one, name in chapters.items())
    return (*named, *(Choice(one, one, _plain(text)) for one, text in written))


def _plain(text: Text) -> Text:
    """A text whose numbers stand in the report: here a mark shows their places."""
    return Text(ro=NUMBER.sub("…", text.ro), en=NUMBER.sub("…", text.en))
