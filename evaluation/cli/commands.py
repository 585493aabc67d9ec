"""Commands, groups and options whose help is translated when it is shown, and groups that load on demand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gettext import gettext as _
from importlib import import_module
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from evaluation.cli.language import LANGUAGES, find_language, later, use_language

Target = TypeVar("Target", bound=Callable[..., Any] | click.Command)
FORMATS = ("table", "json", "csv")
_LANGUAGE = "interface_language"
_PRINTED_BY_CLICK = (later("[OPTIONS]"), later("COMMAND [ARGS]..."))  # but not through gettext


class KitOption(click.Option):
    """An option; its help is an English text of the catalogue."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help in the language in use."""
        with _translated(self, "help"):
            return super().get_help_record(ctx)

    def make_metavar(self, ctx: click.Context) -> str:
        """The placeholder of the value in the language in use."""
        return _(super().make_metavar(ctx))


class KitArgument(click.Argument):
    """An argument; its name is a text of the catalogue."""

    def make_metavar(self, ctx: click.Context) -> str:
        """The name in the language in use."""
        return _(super().make_metavar(ctx))


class KitPath(click.Path):
    """A path; click names it in the language in use when the command was defined, we when it is shown."""

    @property
    def name(self) -> str:
        """What kind of path is asked for."""
        if not self.dir_okay:
            return _("file")
        return _("path") if self.file_okay else _("directory")

    @name.setter
    def name(self, value: str) -> None:
        """Click sets the name once; it is worked out instead."""


class SeveralOf(click.ParamType[Any]):
    """Values from a short list, separated by commas."""

    name = "list"

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self.allowed = allowed

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The values in the order given, each once."""
        if isinstance(value, tuple):
            return value
        chosen = tuple(dict.fromkeys(part.strip() for part in str(value).split(",")))
        if not set(chosen) <= set(self.allowed):
            text = _("choose from {allowed}, separated by commas.")
            self.fail(text.format(allowed=", ".join(self.allowed)), param, ctx)
        return chosen


class KitCommand(click.Command):
    """A command; help and epilogue are English texts of the catalogue."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Turn to the language asked for before anything else is said."""
        if any(param.name == _LANGUAGE for param in self.params):
            asked = find_language(args, stop_at_word=isinstance(self, click.Group))
            if asked:
                use_language(asked)
        return super().parse_args(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Click's own option, which it keeps in the language of its first use."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this message and exit.")
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The parts of the usage line in the language in use."""
        return [_(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line of a group's list."""
        with _translated(self, "help", "short_help"):
            return super().get_short_help_str(limit)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole help in the language in use."""
        with _translated(self, "help", "epilog"):
            super().format_help(ctx, formatter)


class KitGroup(KitCommand, click.Group):
    """A command with sub-commands."""

    command_class = KitCommand


class LazyGroup(KitGroup):
    """A group that lists its commands from a table and loads the module of the one that is called."""

    def __init__(self, *, table: dict[str, tuple[str, str]], **settings: Any) -> None:
        super().__init__(**settings)
        self.table = table

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(self.table)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, its module loaded now."""
        if cmd_name not in self.table:
            return None
        module, name = self.table[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading them."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(short)) for name, (_place, short) in self.table.items()])


def language_option() -> Callable[[Target], Target]:
    """``--lang``, the language of help, messages and tables."""
    return click.option(
        "--lang",
        _LANGUAGE,
        cls=KitOption,
        type=click.Choice(LANGUAGES),
        expose_value=False,
        is_eager=True,
        callback=lambda _ctx, _param, value: use_language(value) if value else None,
        help=later(
            "Language of the help, the messages and the tables; default from SNITP_LANG, then the system."
        ),
    )


def format_option() -> Callable[[Target], Target]:
    """``--format`` of commands that print data."""
    return click.option(
        "--format",
        "form",
        cls=KitOption,
        type=click.Choice(FORMATS),
        default=FORMATS[0],
        show_default=True,
        help=later("How the data are printed on standard output."),
    )


def refuse_options_before(ctx: click.Context) -> None:
    """Options of a group that prints data by itself do nothing for its sub-commands, so they are refused."""
    for param in ctx.command.params:
        given = param.name is not None and ctx.get_parameter_source(param.name) is ParameterSource.COMMANDLINE
        if given and param.name != _LANGUAGE:
            raise click.UsageError(
                _(
                    "The option {option} does not apply before the command {command}; give it after, if it has it."
                ).format(option=param.opts[0], command=ctx.invoked_subcommand),
                ctx,
            )


@contextmanager
def _translated(owner: click.Command | click.Option, *names: str) -> Iterator[None]:
    """Texts of a command or option in the language in use, for as long as they are being shown.

    The empty text is gettext's own header, so it is left alone.
    """
    written = {name: getattr(owner, name) for name in names}
    for name, text in written.items():
        setattr(owner, name, _(text) if text else text)
    try:
        yield
    finally:
        for name, text in written.items():
            setattr(owner, name, text)
