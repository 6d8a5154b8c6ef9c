"""``countersign person``: who takes part, with which key, in which roles."""

from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import click

from app.cli.options import Here, as_json, in_workspace, signing
from app.cli.person_confirm import confirm, say_if_waiting, say_waiting, signed_facts
from governance.texts import _

SERVICE_ID = "service@countersign.example"


@click.group(help=_("List, enrol and withdraw the people who sign."))
def person() -> None:
    """Hold the commands about people."""


person.add_command(confirm)


@person.command(
    "list",
    help=_("List the people with their roles and keys."),
    epilog="\b\nExample:\n  countersign person list",
)
@as_json
@in_workspace
def list_(here: Here, *, as_json: bool) -> None:
    """List the people."""
    from app.cli.answers import say_json, say_table

    state = here.open().state()
    members = sorted(state.members.values(), key=lambda one: one.person)
    if as_json:
        say_json(
            [
                {
                    "person": member.person,
                    "name": member.name,
                    "roles": sorted(member.roles),
                    "key": member.key.fingerprint if member.key else None,
                }
                for member in members
            ]
        )
        return
    say_table(
        (_("Person"), _("Name"), _("Roles"), _("Key")),
        [
            (
                member.person,
                member.name,
                ", ".join(sorted(member.roles)) or _("none"),
                member.key.fingerprint if member.key else _("withdrawn"),
            )
            for member in members
        ],
    )
    say_waiting(state)


_ADD = """\b
Examples:
  countersign person add lena@northwind.example --name "Lena Vogt" --role legal
  countersign person add tomas@northwind.example --name "Tomás Silva" --role hr \\
      --key tomas.pub
"""


@person.command(
    help=_(
        "Enrol a person, as an administrator. Without --key a key is made in this "
        "computer's vault, and the passphrase for it is asked for. Where there are two "
        "administrators, the other one confirms it."
    ),
    epilog=_ADD,
)
@click.argument("who", metavar="E-MAIL")
@click.option("--name", required=True, help=_("As others read it."))
@click.option(
    "--role", "roles", multiple=True, required=True, help=_("What for; several times.")
)
@click.option(
    "--key",
    "public",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=_("Their public key, a line as OpenSSH writes it (ssh-ed25519 …)."),
)
@click.option(
    "--their-passphrase-file",
    "theirs_file",
    type=click.File("r"),
    metavar="FILE",
    help=_("Read the passphrase for their new key from FILE instead of asking."),
)
@signing
@as_json
@in_workspace
def add(
    here: Here,
    who: str,
    *,
    name: str,
    roles: tuple[str, ...],
    public: Path | None,
    theirs_file: TextIO | None,
    person: str | None,
    passphrase: Callable[[], str],
    as_json: bool,
) -> None:
    """Enrol somebody."""
    from app.cli.answers import say_json
    from governance.names import Role, person_id
    from governance.people.enrol import enrol
    from governance.trust.keys import PublicKey

    workspace, newcomer = here.open(), person_id(who)
    credentials = workspace.credentials(person, passphrase)
    key = workspace.desk.unlock(credentials)
    if public is not None:
        line = " ".join(public.read_text(encoding="utf-8").split()[:2])
        theirs = PublicKey.from_openssh(line)
    else:
        secret = _new_passphrase(newcomer, theirs_file)
        theirs = workspace.vault.create(newcomer, secret)
    page = enrol(
        workspace.reader.book,
        newcomer,
        name,
        theirs,
        *map(Role, roles),
        key=key,
        now=workspace.clock(),
    )
    if as_json:
        say_json(
            {
                "person": newcomer,
                "name": name,
                "roles": sorted(roles),
                "key": theirs.fingerprint,
                **signed_facts(page),
            }
        )
    elif not say_if_waiting(page):
        click.echo(
            _("{person} is enrolled with the key {key}.").format(
                person=newcomer, key=theirs.fingerprint
            )
        )


@person.command(
    "add-service",
    help=_(
        "Enrol the service, as an administrator: from then on what it attests of the "
        "messages that it sends can be proved."
    ),
    epilog="\b\nExample:\n  countersign person add-service --as ruth@northwind.example",
)
@signing
@as_json
@in_workspace
def add_service(
    here: Here,
    *,
    person: str | None,
    passphrase: Callable[[], str],
    as_json: bool,
) -> None:
    """Enrol the service with the key that it says it has."""
    from app.cli.answers import say_json
    from app.cli.asking import Asker, service_of
    from governance.names import person_id
    from governance.people.enrol import enrol_service
    from governance.trust.keys import PublicKey

    workspace = here.open()
    with service_of(workspace, Asker(person, passphrase)) as service:
        theirs = PublicKey.from_openssh(service.health().openssh)
    key = workspace.desk.unlock(workspace.credentials(person, passphrase))
    page = enrol_service(
        workspace.reader.book,
        person_id(SERVICE_ID),
        _("The service that publishes and sends"),
        theirs,
        key=key,
        now=workspace.clock(),
    )
    if as_json:
        facts: dict[str, object] = {"person": SERVICE_ID, "key": theirs.fingerprint}
        say_json({**facts, **signed_facts(page)})
    elif not say_if_waiting(page):
        click.echo(
            _("The service is enrolled with the key {key}.").format(
                key=theirs.fingerprint
            )
        )


def _new_passphrase(newcomer: str, file: TextIO | None) -> str:
    if file is not None:
        return file.read().rstrip("\r\n")
    return str(
        click.prompt(
            _("A passphrase for the key of {person}").format(person=newcomer),
            hide_input=True,
            confirmation_prompt=True,
            err=True,
        )
    )


@person.command(
    help=_("Withdraw a person's key: from now on it signs nothing here."),
    epilog="\b\nExample:\n  countersign person withdraw lena@northwind.example \\\n"
    '      --reason "Has left"',
)
@click.argument("who", metavar="E-MAIL")
@click.option("--reason", required=True, help=_("Why."))
@signing
@as_json
@in_workspace
def withdraw(
    here: Here,
    who: str,
    *,
    reason: str,
    person: str | None,
    passphrase: Callable[[], str],
    as_json: bool,
) -> None:
    """Withdraw a key."""
    from app.cli.answers import say_json
    from governance.errors import BadNameError
    from governance.names import person_id
    from governance.people.revoke_key import revoke_key

    workspace, leaver = here.open(), person_id(who)
    member = workspace.state().members.get(leaver)
    if member is None or member.key is None:
        raise BadNameError(
            _("{person} has no key here.").format(person=leaver), code="NOT_ENTITLED"
        )
    key = workspace.desk.unlock(workspace.credentials(person, passphrase))
    page = revoke_key(
        workspace.reader.book,
        leaver,
        member.key.fingerprint,
        reason,
        key=key,
        now=workspace.clock(),
    )
    if as_json:
        facts = {"person": leaver, "key": member.key.fingerprint, "reason": reason}
        say_json({**facts, "entry": page.state.length - 1})
        return
    click.echo(_("The key of {person} is withdrawn.").format(person=leaver))
