"""``countersign update``: an author's files, brought up to what is released."""

import click

from app.cli.answers import say_json
from app.cli.options import Here, as_json, in_workspace
from governance.texts import _

_REFUSED = 1


@click.command(
    help=_(
        "Bring your files up to what is released, here or in the team's repository. "
        "What you edited stays; where both changed a file nothing is touched."
    ),
    epilog="\b\nExample:\n  countersign update",
)
@as_json
@in_workspace
def update(here: Here, *, as_json: bool) -> int:
    """Update the folder, and return 0 only if nothing stood in the way."""
    workspace = here.open()
    left = workspace.bring_up()
    if as_json:
        say_json({"base": workspace.base(), "is_current": not left, "reason": left})
    elif left:
        click.echo(left, err=True)
    else:
        click.echo(_("Your files are up to date."))
    return _REFUSED if left else 0
