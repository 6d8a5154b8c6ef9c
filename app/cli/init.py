"""``countersign init``: a workspace in a folder."""

from collections.abc import Callable
from pathlib import Path

import click

from app.cli.options import address_of, as_json, choosing
from governance.texts import _

_EPILOG = """\b
Examples:
  countersign init desk
  countersign init desk --from empty --name "Our messages" --as ana@example.com
"""


@click.command(
    help=_(
        "Make a workspace: the folder that authors edit, the repository that keeps "
        "what is released, and your signing key, locked with a passphrase."
    ),
    epilog=_EPILOG,
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--from",
    "origin",
    type=click.Choice(["starter", "empty"]),
    default="starter",
    show_default=True,
    help=_("Begin with the starter library, or with nothing in it."),
)
@click.option("--name", help=_("What the workspace is called; its folder's name else."))
@click.option("--my-name", help=_("Your name as others read it."))
@click.option(
    "--vault",
    type=click.Choice(["keyring", "file"]),
    help=_("Where your key lies; the computer's keyring if it has one."),
)
@as_json
@choosing
def init(
    folder: Path,
    *,
    origin: str,
    name: str | None,
    my_name: str | None,
    vault: str | None,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Found a workspace."""
    from app.cli.answers import say_json
    from app.founding import Wish, found_workspace
    from app.settings import VaultKind
    from governance.names import person_id

    me = person_id(address_of(person))
    own_name = my_name or me.split("@")[0].replace(".", " ").title()
    workspace = found_workspace(
        Wish(
            folder=folder,
            origin=origin,
            name=name or folder.absolute().name,
            founder=me,
            founder_name=own_name,
            vault=VaultKind(vault) if vault else None,
        ),
        passphrase,
    )
    click.get_current_context().call_on_close(workspace.close)
    state = workspace.state()
    (key,) = state.keys
    if as_json:
        say_json(
            {
                "workspace": state.workspace,
                "folder": str(folder.absolute()),
                "person": me,
                "key": key,
            }
        )
        return
    click.echo(
        _("The workspace “{name}” is in {folder}.").format(
            name=state.workspace, folder=folder
        )
    )
    click.echo(
        _(
            "Your key {key} administers it. Next: cd {folder} && countersign check"
        ).format(key=key, folder=folder)
    )
