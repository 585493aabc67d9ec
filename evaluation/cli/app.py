"""The command ``snitp`` itself: its list of commands, and what happens when one fails."""

import errno
import io
import os
import sys
from gettext import gettext as _
from typing import Any, NoReturn

import click

from evaluation.cli.commands import KitOption, LazyGroup, language_option
from evaluation.cli.language import default_language, later, use_language
from evaluation.core.errors import DisclosureError, KitError

FALLS_SHORT = 1
REFUSED_BY_GATE = 3

COMMANDS = {
    "plan": ("evaluation.cli.plan:plan", later("The plan: measures, institutions, periods, indicators.")),
    "baselines": (
        "evaluation.cli.baselines:baselines",
        later("The figures the strategy starts from, and their audit."),
    ),
    "sources": (
        "evaluation.cli.sources:sources",
        later("Published series, and where their sources disagree."),
    ),
    "request": ("evaluation.cli.request:request", later("The workbooks in which institutions report.")),
    "intake": ("evaluation.cli.intake:intake", later("Read what institutions returned, with every problem.")),
    "indicators": (
        "evaluation.cli.indicators:indicators",
        later("Values and changes of the indicators, unfiltered."),
    ),
    "instrument": (
        "evaluation.cli.instrument:instrument",
        later("The questionnaires: list, check, files for every channel."),
    ),
    "training": (
        "evaluation.cli.training:training",
        later("A session's papers before it, its report after it."),
    ),
    "feedback": (
        "evaluation.cli.feedback:feedback",
        later("Victims' feedback: cards, answers, withdrawal."),
    ),
    "status": ("evaluation.cli.status:status", later("Who reported what, and when.")),
    "matrix": (
        "evaluation.cli.matrix:matrix",
        later("The evaluation matrix: a workbook for the team, read back, checked."),
    ),
    "register-plan": (
        "evaluation.cli.register_plan:register_plan",
        later("Register the plan of analysis before the data arrive."),
    ),
    "report": ("evaluation.cli.report:report", later("Build the report of an assessment.")),
    "freeze": (
        "evaluation.cli.freeze:freeze",
        later("Keep of a sealed report what the next one is compared with."),
    ),
    "recompute": (
        "evaluation.cli.recompute:recompute",
        later("Compute the numbers of a published report again."),
    ),
    "verify": ("evaluation.cli.verify:verify", later("Check a sealed report again.")),
    "audit": ("evaluation.cli.audit:audit", later("Let a sealed report be read by its own checks.")),
    "findings": (
        "evaluation.cli.findings:findings",
        later("Drafts of findings for the evaluators, and their decisions."),
    ),
    "papers": (
        "evaluation.cli.papers:papers",
        later("Papers for those who commission and approve."),
    ),
    "example": ("evaluation.cli.example:example", later("Write invented returns with a known truth.")),
    "lab": ("evaluation.cli.lab:lab", later("Open the notebooks in JupyterLab.")),
}


class RootGroup(LazyGroup):
    """``snitp``: starts in the reader's language and ends with a status and a sentence, never a traceback."""

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run a command; the streams carry UTF-8 whatever the system's locale is."""
        use_language(default_language(os.environ))
        for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors=errors)
        return super().main(*args, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the sub-command; a failure becomes one sentence on standard error and an exit status."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except DisclosureError as error:
            _fail(ctx, _sentence(error), status=REFUSED_BY_GATE)
        except KitError as error:
            _fail(ctx, _sentence(error), status=FALLS_SHORT)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            _fail_unexpectedly(ctx, error, _name_file(error))
        except Exception as error:
            # the words of an error could quote data, its class cannot
            text = _("unexpected error {kind} in the kit; please report it, with what --debug shows.")
            _fail_unexpectedly(ctx, error, text.format(kind=type(error).__name__))


def _show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        from evaluation.core.provenance import KIT_VERSION

        click.echo(_("%(prog)s, version %(version)s") % {"prog": "snitp", "version": KIT_VERSION})
        ctx.exit()


app = RootGroup(
    name="snitp",
    table=COMMANDS,
    help=later(
        "Evaluation kit of the National Strategy against Trafficking in Persons 2024-2028: the plan, its baselines, "
        "the published sources, the report."
    ),
    epilog=later(
        "Exit status: 0 done, 1 the data or the report fall short, 2 the call is wrong, 3 refused by the gate."
    ),
)
app = language_option()(app)
app.params += [
    KitOption(["--debug"], is_flag=True, help=later("On an unexpected error, show where in the code it arose.")),
    KitOption(
        ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=_show_version,
        help=later("Show the version and exit."),
    ),
]  # fmt: skip


def _sentence(error: KitError) -> str:
    return " ".join(str(error).split())


def _name_file(error: OSError) -> str:
    from pathlib import Path

    name = Path(str(error.filename)).name if error.filename is not None else ""
    text = _("{name}: the file or folder cannot be used ({reason}); free it or name another one.")
    return text.format(name=name or _("system"), reason=error.strerror or type(error).__name__)


def _fail_unexpectedly(ctx: click.Context, error: Exception, message: str) -> NoReturn:
    if ctx.params.get("debug"):
        import traceback

        click.echo("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__, err=True)
    _fail(ctx, message, status=FALLS_SHORT)


def _fail(ctx: click.Context, message: str, *, status: int) -> NoReturn:
    click.echo(_("Error: {message}").format(message=message), err=True)
    ctx.exit(status)
