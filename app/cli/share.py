"""``countersign share``: this workspace into a team's repository."""

import click

from app.cli.options import Here, as_json, in_workspace
from governance.texts import _

_EPILOG = """\b
Examples:
  git init --bare /srv/messages.git
  countersign share file:///srv/messages.git
  countersign share ssh://git@git.northwind.example/messages
"""


@click.command(
    help=_(
        "Bring this workspace to the team's repository at ADDRESS, which is empty, and "
        "let that repository decide from now on."
    ),
    epilog=_EPILOG,
)
@click.argument("address")
@as_json
@in_workspace
def share(here: Here, address: str, *, as_json: bool) -> None:
    """Share the workspace."""
    from app.cli.answers import say_json
    from app.workspace import share as share_with

    share_with(here.paths, address)
    if as_json:
        join = ["countersign", "join", address, "DIR"]
        say_json({"address": address, "join": join})
        return
    click.echo(
        _("Everything is at {address}. Others join it with: {command}").format(
            address=address, command=f"countersign join {address} DIR"
        )
    )
