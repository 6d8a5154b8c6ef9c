"""What many commands share: which workspace, who acts, in which form to answer."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO, TypeVar

import click

from app.paths import Paths
from governance.texts import _

if TYPE_CHECKING:
    from app.workspace import Workspace

Command = TypeVar("Command", bound=Callable[..., object])

PASSPHRASE_VARIABLE: Final = "COUNTERSIGN_PASSPHRASE"  # noqa: S105 -- its name


@dataclass(frozen=True, slots=True)
class Here:
    """The workspace that a command is about, opened when it is asked for."""

    folder: Path

    @property
    def paths(self) -> Paths:
        """Where its files lie.

        Raises:
            NoWorkspaceError: The folder is none.
        """
        return Paths.find(self.folder)

    def open(self, *, is_asking_team: bool = True) -> "Workspace":
        """Open it, as the team's repository is now, where there is one.

        Where that does not answer, what was last heard of it is shown, with a warning;
        a deed needs its answer and will fail.

        Raises:
            NoWorkspaceError: The folder is none.
            LedgerBrokenError: The team's repository was rewound or forked.
        """
        from app.workspace import Workspace
        from governance.errors import RemoteUnavailableError

        workspace = Workspace.at(self.paths)
        click.get_current_context().call_on_close(workspace.close)
        if is_asking_team and workspace.settings.remote:
            try:
                workspace.fetch()
            except RemoteUnavailableError as error:
                click.echo(f"{error} {_(error.remedy)}", err=True)
        return workspace


def in_workspace(command: Command) -> Command:
    """Give ``command`` the parameter ``here``: --workspace, or the current folder."""

    def choose(
        context: click.Context, _option: click.Parameter, chosen: Path | None
    ) -> Here:
        above = context.find_root().params.get("workspace")
        return Here(chosen or (above if isinstance(above, Path) else None) or Path())

    return click.option(
        "--workspace",
        "here",
        type=click.Path(path_type=Path),
        callback=choose,
        metavar="DIR",
        help=_("The workspace; without it the current folder."),
    )(command)


def as_json(command: Command) -> Command:
    """Give ``command`` the flag ``as_json``."""
    return click.option(
        "--json", "as_json", is_flag=True, help=_("Answer as JSON, for programs.")
    )(command)


def signing(command: Command) -> Command:
    """Give ``command`` the parameters ``person`` and ``passphrase``."""
    return _acting(command, _ask)


def choosing(command: Command) -> Command:
    """Give ``command`` the same, for a passphrase that is chosen: asked for twice."""
    return _acting(command, partial(_ask, is_new=True))


def _acting(command: Command, ask: Callable[[], str]) -> Command:
    command = click.option(
        "--passphrase-file",
        "passphrase",
        type=click.File("r"),
        callback=partial(_read_passphrase, ask),
        metavar="FILE",
        help=_(
            "Read the passphrase from FILE (“-” is standard input). Without it the "
            "variable {variable} is used, or you are asked."
        ).format(variable=PASSPHRASE_VARIABLE),
    )(command)
    return click.option(
        "--as",
        "person",
        envvar="COUNTERSIGN_AS",
        metavar="E-MAIL",
        help=_("Who acts; without it the person that the workspace's settings name."),
    )(command)


def _read_passphrase(
    ask: Callable[[], str],
    _context: click.Context,
    _option: click.Parameter,
    file: TextIO | None,
) -> Callable[[], str]:
    """Return how to get the passphrase; nobody is asked before it is needed."""
    import os

    given = os.environ.get(PASSPHRASE_VARIABLE)
    if file is not None:
        given = file.read().rstrip("\r\n")
    return ask if given is None else partial(str, given)


def address_of(person: str | None) -> str:
    """Return who begins here: as named, or asked for.

    Raises:
        click.UsageError: There is no terminal to ask on.
    """
    if person:
        return person
    if not sys.stdin.isatty():
        raise click.UsageError(
            _("There is no terminal on which to ask who you are. Use --as E-MAIL.")
        )
    return str(click.prompt(_("Your e-mail address"), err=True))


def _ask(*, is_new: bool = False) -> str:
    if not sys.stdin.isatty():
        raise click.UsageError(
            _(
                "There is no terminal on which to ask for the passphrase. Use "
                "--passphrase-file, or the variable {variable}."
            ).format(variable=PASSPHRASE_VARIABLE)
        )
    text = _("Choose a passphrase for your key") if is_new else _("Passphrase")
    return str(
        click.prompt(text, hide_input=True, confirmation_prompt=is_new, err=True)
    )
