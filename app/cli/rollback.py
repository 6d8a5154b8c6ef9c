"""``countersign rollback``: back to a version that was released before, at once."""

from collections.abc import Callable

import click

from app.cli.options import Here, as_json, in_workspace, signing
from governance.texts import _

_EPILOG = """\b
Examples:
  countersign rollback interview-invitation --reason "Wrong building"
  countersign rollback interview-invitation --to 3 --reason "Wrong building"
"""


@click.command(
    help=_(
        "Let an earlier version of a template be what candidates get, at once; without "
        "--to the one before. Its own approvals must still hold."
    ),
    epilog=_EPILOG,
)
@click.argument("name", metavar="TEMPLATE")
@click.option(
    "--to", type=click.IntRange(1), metavar="N", help=_("The version to go back to.")
)
@click.option("--reason", required=True, help=_("Why: for everyone who signed."))
@as_json
@signing
@in_workspace
def rollback(
    here: Here,
    name: str,
    *,
    to: int | None,
    reason: str,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Roll a template back, and bring the folder up to it."""
    from app.cli.answers import TerminalProgress, say_json
    from governance.changes.library import subject_of
    from governance.names import template_id

    workspace, progress = here.open(), TerminalProgress()
    subject = subject_of(template_id(name))
    number = to or workspace.version_before(subject)
    who = workspace.credentials(person, passphrase)
    try:
        reading = workspace.roll_back(subject, number, reason, who, progress)
    finally:
        progress.end()
    current = reading.state.current(subject)
    assert current is not None, "it was just made"
    left = workspace.bring_up()
    if as_json:
        say_json(
            {
                "subject": subject,
                "version": current.number,
                "of": current.of,
                "tag": current.tag,
                "closure": current.closure,
                "compiled": current.compiled,
            }
        )
        return
    click.echo(
        _("{name} v{number} is live: the wording of v{old}.").format(
            name=name, number=current.number, old=number
        )
    )
    if left:
        click.echo(left, err=True)
