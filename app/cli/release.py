"""``countersign release``: an approved change becomes what candidates get."""

from collections.abc import Callable

import click

from app.cli.options import Here, as_json, in_workspace, signing
from governance.texts import _

_EPILOG = """\b
Example:
  countersign release CHANGE --as ruth@northwind.example
"""


@click.command(
    help=_("Make an approved change what is sent from now on, and tag its versions."),
    epilog=_EPILOG,
)
@click.argument("name", metavar="CHANGE")
@as_json
@signing
@in_workspace
def release(
    here: Here,
    name: str,
    *,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Release a change, and bring the folder up to it."""
    from app.cli.answers import TerminalProgress, say_json
    from governance.names import change_id

    workspace, progress, wanted = here.open(), TerminalProgress(), change_id(name)
    who = workspace.credentials(person, passphrase)
    try:
        reading = workspace.release_change(wanted, who, progress)
    finally:
        progress.end()
    versions = [
        version
        for versions in reading.state.versions.values()
        for version in versions
        if version.change == wanted and version.of is None
    ]
    left = workspace.bring_up()
    if as_json:
        say_json(
            {
                "change": wanted,
                "main": reading.main,
                "versions": [
                    {
                        "subject": version.subject,
                        "version": version.number,
                        "tag": version.tag,
                        "closure": version.closure,
                        "compiled": version.compiled,
                    }
                    for version in versions
                ],
            }
        )
        return
    for version in versions:
        click.echo(
            _("{subject} v{number} is released ({tag}).").format(
                subject=version.subject, number=version.number, tag=version.tag
            )
        )
    if left:
        click.echo(left, err=True)
