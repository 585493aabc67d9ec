"""``snitp feedback``: cards with codes, answers gathered, a person withdrawn, the folder checked."""

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from evaluation.cli.commands import KitCommand, KitOption, KitPath, LazyGroup, language_option
from evaluation.cli.language import current_language, later
from evaluation.cli.output import make_csv, path_from_here

MOST_CODES = 2000
CARDS = {"ro": "carduri", "en": "cards"}
CARD_DATE = "2024-01-01"
"""The date inside the PDF; a real one would tell when the cards were made."""
CARD_STYLE = """
.cards { list-style: none; margin: 4mm 0 0; padding: 0; orphans: 1; widows: 1; }
.card { display: inline-block; width: 86mm; height: 42mm; margin: 0 2mm 3mm 0; padding: 3mm; vertical-align: top;
  border: 0.4mm dashed #444; box-sizing: border-box; break-inside: avoid; }
.card p { margin: 0 0 1.2mm; }
.card .code { font-size: 20pt; font-weight: bold; letter-spacing: 0.6mm; }
"""
COMMANDS = {
    "codes": ("evaluation.cli.feedback:codes", later("Cards with fresh codes, to be handed out.")),
    "gather": ("evaluation.cli.feedback_gather:gather", later("Answers put together under pseudonyms.")),
    "check": ("evaluation.cli.feedback_check:check", later("Problems of the folder of answers.")),
    "withdraw": ("evaluation.cli.feedback_withdraw:withdraw", later("Take a person out of everything.")),
}

feedback = LazyGroup(
    name="feedback",
    table=COMMANDS,
    help=later(
        "Victims' feedback: cards with codes before an interview, answers gathered after it, withdrawal at any time. No "
        "name is read or kept; the key of the pseudonyms lies in the folder that SNITP_KEYS names."
    ),
    epilog=later("Example: snitp feedback codes --count 40 --out cards"),
)
feedback = language_option()(feedback)


@click.command(
    cls=KitCommand,
    help=later(
        "Draw fresh codes at random and write them as cards to cut out (PDF) and as a list (CSV). A card goes to one "
        "person, who keeps it; nobody writes down who got which. The paths go to standard output, one a line."
    ),
    epilog=later("Example: snitp feedback codes --count 40 --out cards"),
)
@click.option(
    "--count", cls=KitOption, type=click.IntRange(1, MOST_CODES), required=True, help=later("How many cards.")
)
@click.option(
    "--out", cls=KitOption, type=KitPath(file_okay=False, path_type=Path), required=True, metavar=later("DIR"),
    help=later("Folder to write to; it is made when it is not there."),
)  # fmt: skip
@click.option("--force", is_flag=True, cls=KitOption, help=later("Replace files that are already there."))
@language_option()
def codes(*, count: int, out: Path, force: bool) -> None:
    """Draw, write, say what to do with the cards."""
    from evaluation.intake.feedback.codes import make_codes
    from evaluation.intake.feedback.tables import replace_file
    from evaluation.reporting.page.pdf import build_pdf

    language = current_language()
    paths = {form: out / f"{CARDS[language]}.{form}" for form in ("pdf", "csv")}
    there = [path.name for path in paths.values() if path.exists()]
    if there and not force:
        text = _("{names}: already there; give another folder, or --force to replace them.")
        raise click.UsageError(text.format(names=", ".join(there)))
    drawn = make_codes(count)
    replace_file(paths["csv"], make_csv([{"code": one} for one in drawn]))
    replace_file(paths["pdf"], build_pdf(_cards(drawn, language), date_iso=CARD_DATE, language=language))
    for path in paths.values():
        click.echo(path_from_here(path))
    told = ngettext("{count} card.", "{count} cards.", count).format(count=count)
    click.echo(told, err=True)
    click.echo(_("Hand each card to one person; erase the list when the cards are printed."), err=True)


def _cards(drawn: tuple[str, ...], language: str) -> str:
    """The page of cards; a card names no institution, so that it gives nobody away who is found with it."""
    from evaluation.instruments.pages import fill_template

    return fill_template(
        "feedback_cards.html.j2",
        {
            "heading": _("Cards with codes"),
            "note": _("Cut out. One card for each person; do not write down who received which card."),
            "label": _("My code"),
            "keep": _(
                "Keep this card. With this code you can ask at any time for your answers to be erased."
            ),
            "codes": drawn,
            "children": False,
        },
        language=language,
        page_title=_("Cards with codes"),
        style=CARD_STYLE,
    )
