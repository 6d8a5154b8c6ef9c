"""``countersign update``: an author's files, brought up to what is released."""

import click

from app.cli.options import Here, in_workspace
from governance.texts import _

_REFUSED = 1


@click.command(
    help=_(
        "Bring your files up to what is released, here or in the team's repository. "
        "What you edited stays; where both changed a file nothing is touched."
    ),
    epilog="\b\nExample:\n  countersign update",
)
@in_workspace
def update(here: Here) -> int:
    """Update the folder, and return 0 only if nothing stood in the way."""
    workspace = here.open()
    if left := workspace.bring_up():
        click.echo(left, err=True)
        return _REFUSED
    click.echo(_("Your files are up to date."))
    return 0
