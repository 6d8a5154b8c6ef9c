"""``countersign join``: a workspace from a team's repository."""

from collections.abc import Callable
from pathlib import Path

import click

from app.cli.options import address_of, as_json, choosing
from governance.texts import _

_EPILOG = """\b
Example:
  countersign join ssh://git@git.northwind.example/messages desk \\
      --as lena@northwind.example
"""


@click.command(
    help=_(
        "Make a workspace from the team's repository at ADDRESS (ssh://…, user@host:… "
        "or file:///…), and a key for you, which an administrator then enrols."
    ),
    epilog=_EPILOG,
)
@click.argument("address")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--vault",
    type=click.Choice(["keyring", "file"]),
    help=_("Where your key lies; the computer's keyring if it has one."),
)
@as_json
@choosing
def join(
    address: str,
    folder: Path,
    *,
    vault: str | None,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Join a team."""
    from app.cli.answers import say_json
    from app.joining import Invitation
    from app.joining import join as join_team
    from app.settings import VaultKind
    from governance.names import person_id

    me = person_id(address_of(person))
    kind = VaultKind(vault) if vault else None
    joined = join_team(Invitation(folder, address, me, kind), passphrase)
    click.get_current_context().call_on_close(joined.workspace.close)
    state = joined.workspace.state()
    founder = min(state.keys.values(), key=lambda held: held.since)
    if as_json:
        say_json(
            {
                "workspace": state.workspace,
                "folder": str(folder.absolute()),
                "person": me,
                "key": joined.key.openssh,
                "founder": founder.person,
                "founder_words": founder.key.words,
            }
        )
        return
    click.echo(
        _("The workspace “{name}” is in {folder}.").format(
            name=state.workspace, folder=folder
        )
    )
    click.echo(
        _("Ask {person} whether the key that founded it is: {words}").format(
            person=founder.person, words=founder.key.words
        )
    )
    click.echo(_("Send this line to an administrator, who enrols you with it:"))
    click.echo(f"{joined.key.openssh} {me}")
