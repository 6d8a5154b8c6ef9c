"""``countersign tidy``: line ends that are alike on every computer."""

import click

from app.cli.answers import say_json
from app.cli.options import Here, as_json, in_workspace
from governance.texts import _


@click.command(
    help=_(
        "Give every text file LF line ends and no byte order mark, as Countersign "
        "keeps them; say which files that changed."
    ),
    epilog="\b\nExample:\n  countersign tidy",
)
@as_json
@in_workspace
def tidy(here: Here, *, as_json: bool) -> None:
    """Tidy the files."""
    mended = here.open(is_asking_team=False).folder.normalise()
    if as_json:
        say_json(list(mended))
    elif mended:
        for path in mended:
            click.echo(path)
    else:
        click.echo(_("Every file is as it should be."))
