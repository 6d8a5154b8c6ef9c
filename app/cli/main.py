"""The commands, in one table, and how their failures are told.

Exit status: 0 fine, 1 findings or refused, 2 wrong usage, 3 something around the
program is missing (no workspace, no service, no network, a broken repository).
"""

import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from governance.errors import (
    ExpectedError,
    FolderUnavailableError,
    LedgerUnavailableError,
    OperationCancelledError,
    RendererUnavailableError,
    VaultUnavailableError,
    names_there_are,
)
from governance.texts import N_, _

log = logging.getLogger(__name__)

REFUSED: Final = 1
ENVIRONMENT: Final = 3
INTERRUPTED: Final = 130  # as a shell says it

# Command → its one line of help. A command's module is loaded when it is used, so that
# the help of all is there at once.
COMMANDS: Final[dict[str, str]] = {
    "init": N_("Make a workspace in a folder."),
    "join": N_("Join a team: a workspace from the team's repository."),
    "tour": N_("Live through the whole path of a message, told step by step."),
    "check": N_("Check templates, partials and journeys as a colleague would."),
    "tidy": N_("Give your files the line ends that Countersign keeps."),
    "render": N_("Show a message as a sample candidate would get it."),
    "template": N_("List, show and begin templates."),
    "field": N_("List the merge fields."),
    "change": N_("Propose a change, read it, approve or reject it."),
    "release": N_("Make an approved change what is sent from now on."),
    "rollback": N_("Go back to a version that was released before."),
    "update": N_("Bring your files up to what is released."),
    "verify": N_("Prove a template, the ledger or a message that was sent."),
    "export": N_("Write what others need to verify without Countersign."),
    "person": N_("List, enrol and withdraw the people who sign."),
    "share": N_("Bring this workspace to a team's repository."),
    "publish": N_("Bring released templates into the applicant tracking system."),
    "deliveries": N_("List what was sent, is due, is held or in doubt."),
    "why": N_("Tell why a candidate got, or did not get, a message."),
    "candidate": N_("Erase what the service knows of a candidate."),
    "serve": N_("Run the service that publishes and sends."),
    "sandbox": N_("Run the practice applicant tracking system and its mailbox."),
    "completion": N_("Print the completion script for bash or zsh."),
}


class ReaderGoneError(Exception):
    """Whoever read the output has gone, which is not for click to judge."""


class Commands(click.Group):
    """The commands of ``COMMANDS``, each loaded when it is named."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named.

        Raises:
            click.UsageError: There is none; those with a name like it are told.
        """
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            message = _("There is no command “{name}”.").format(name=args[0])
            advice = names_there_are(args[0], COMMANDS)
            raise click.UsageError(f"{message} {advice}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Do what is asked for.

        Raises:
            ReaderGoneError: The output is no longer read.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGoneError from error

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's
        """Return the names, in the order of a message's life."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 -- click's
        cmd_name: str,
    ) -> click.Command | None:
        """Load a command, by the attribute of its module that has its name."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"app.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 -- click's
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands without loading any."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(text)) for name, text in COMMANDS.items()])


_EPILOG: Final = N_(
    """\b
Examples:
  countersign tour                           see everything once
  countersign init desk                      a workspace with the starter library
  countersign --workspace desk check         check all that is in it
  countersign check --help                   examples for one command
"""
)

_commands = Commands(
    "countersign",
    params=[
        click.Option(
            ["--workspace"],
            type=click.Path(path_type=Path),
            metavar="DIR",
            help=_("The workspace; without it the current folder."),
        ),
        click.Option(
            ["--version"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=lambda context, _option, asked: _say_version(context, asked),
            help=_("Say which version this is."),
        ),
    ],
    help=_(
        "Write, check, approve, publish and send the messages that candidates get, and "
        "prove that what was sent is what was signed."
    ),
    epilog=_(_EPILOG),
    no_args_is_help=True,
)


def commands() -> click.Group:
    """Return all commands as one."""
    return _commands


def main(arguments: Sequence[str]) -> int:
    """Do what ``arguments`` ask, and return the exit status."""
    try:
        outcome = _commands.main(
            list(arguments),
            "countersign",
            standalone_mode=False,
            color=False if os.environ.get("NO_COLOR") else None,
        )
        sys.stdout.flush()
    except (BrokenPipeError, ReaderGoneError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 -- the door's net
        return _explain(error)
    return outcome if isinstance(outcome, int) else 0


def _explain(error: BaseException) -> int:
    """Tell a failure on standard error, and return the exit status it stands for."""
    match error:
        case click.ClickException():
            error.show()
            return error.exit_code
        case click.Abort() | KeyboardInterrupt() | OperationCancelledError():
            click.echo(_("Stopped; nothing was left half done."), err=True)
            return INTERRUPTED
        case ExpectedError():
            tell(error)
            return ENVIRONMENT if isinstance(error, _around()) else REFUSED
        case _:
            log.error("Unexpected failure", exc_info=error)
            click.echo(
                _(
                    "Something went wrong that we did not foresee. Your files are as "
                    "they were; please report the lines above."
                ),
                err=True,
            )
            return ENVIRONMENT


def tell(error: ExpectedError) -> None:
    """Say on standard error what happened and what to do."""
    is_said = not error.code or f"({error.code})" in str(error)
    code = "" if is_said else f" ({error.code})"
    click.echo(f"{error}{code}\n{_(error.remedy)}", err=True)


def _around() -> tuple[type[ExpectedError], ...]:
    from app.embedded import ProcessFailedError
    from app.paths import NoWorkspaceError
    from sync.errors import ServiceUnavailableError

    return (
        NoWorkspaceError,
        ProcessFailedError,
        FolderUnavailableError,
        LedgerUnavailableError,
        RendererUnavailableError,
        VaultUnavailableError,
        ServiceUnavailableError,
    )


def _say_version(context: click.Context, asked: bool) -> None:  # noqa: FBT001 -- click's
    if asked:
        from importlib.metadata import version

        click.echo("countersign " + version("countersign"))
        context.exit()
