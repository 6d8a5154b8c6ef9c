"""``countersign person confirm``: the second administrator's word."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from app.cli.options import Here, as_json, in_workspace, signing
from governance.texts import _

if TYPE_CHECKING:
    from governance.ledger.book import Page
    from governance.ledger.kinds import Enrolment, PolicyChange, RoleGrant
    from governance.ledger.state import LedgerState, Waiting

_EXAMPLES = """\b
Examples:
  countersign person confirm                         what waits
  countersign person confirm lena@northwind.example --as omar@northwind.example
  countersign person confirm 17 --as omar@northwind.example
"""


@click.command(
    help=_(
        "Agree, as a second administrator, with what another one signed: WHAT is a "
        "person or the number of an entry; without it what waits is listed. If no "
        "other administrator is left, somebody who reviews or releases agrees."
    ),
    epilog=_EXAMPLES,
)
@click.argument("what", default="")
@click.option("--reason", default="", help=_("Why you agree."))
@signing
@as_json
@in_workspace
def confirm(
    here: Here,
    what: str,
    *,
    reason: str,
    person: str | None,
    passphrase: Callable[[], str],
    as_json: bool,
) -> None:
    """Confirm one entry."""
    from app.cli.answers import say_json
    from governance.people.confirm import confirm as agree

    workspace = here.open()
    if not what and as_json:
        waits = sorted(workspace.state().waiting.items())
        say_json([_facts(at, waiting) for at, waiting in waits])
        return
    if not what:
        say_waiting(workspace.state(), _("Nothing waits for a second administrator."))
        return
    waiting = _found(workspace.state(), what)
    key = workspace.desk.unlock(workspace.credentials(person, passphrase))
    page = agree(workspace.reader.book, waiting, reason, key=key, now=workspace.clock())
    if as_json:
        say_json(
            {**_facts(waiting.position, waiting), "confirmed": page.state.length - 1}
        )
        return
    click.echo(
        _("In force now: {what}.").format(what=in_words(waiting.person, waiting.entry))
    )


def say_if_waiting(page: "Page") -> bool:
    """Tell whether what was just signed waits for somebody else, and what to do."""
    from governance.people.confirm import just_signed

    waiting = just_signed(page)
    if waiting is None:
        return False
    click.echo(
        _(
            "Signed; it waits for a second administrator, who runs: "
            "countersign person confirm {number}"
        ).format(number=waiting.position)
    )
    return True


def signed_facts(page: "Page") -> dict[str, object]:
    """Say for programs where what was just signed stands, and whether it waits."""
    from governance.people.confirm import just_signed

    return {"entry": page.state.length - 1, "is_waiting": just_signed(page) is not None}


def _facts(position: int, waiting: "Waiting") -> dict[str, object]:
    entry = waiting.entry
    return {
        "entry": position,
        "kind": entry.kind,
        "by": waiting.person,
        "person": getattr(entry, "person", None),
        "what": in_words(waiting.person, entry),
    }


def say_waiting(state: "LedgerState", nothing: str = "") -> None:
    """List what waits, or say ``nothing``."""
    for position, waiting in sorted(state.waiting.items()):
        click.echo(
            _("Entry {number} waits for a second administrator: {what}").format(
                number=position, what=in_words(waiting.person, waiting.entry)
            )
        )
    if nothing and not state.waiting:
        click.echo(nothing)


def in_words(first: str, entry: "Enrolment | RoleGrant | PolicyChange") -> str:
    """Say what an administrator gives to whom."""
    from governance.ledger.kinds import Enrolment, RoleGrant
    from governance.trust.keys import PublicKey

    match entry:
        case Enrolment():
            return _("{first} enrols {person} ({name}) as {roles}, key {key}").format(
                first=first,
                person=entry.person,
                name=entry.name,
                roles=", ".join(entry.roles) or _("nothing"),
                key=PublicKey.from_openssh(entry.key).fingerprint,
            )
        case RoleGrant():
            return _("{first} gives {person} the role “{role}”").format(
                first=first, person=entry.person, role=entry.role
            )
        case _:
            return _("{first} changes the policy: {reason}").format(
                first=first, reason=entry.reason
            )


def _found(state: "LedgerState", what: str) -> "Waiting":
    """Return the one entry that ``what`` means.

    Raises:
        BadNameError: None waits there, or several do.
    """
    from governance.errors import BadNameError
    from governance.names import person_id
    from governance.people.confirm import waiting_for

    if what.isdecimal():
        number = int(what)
        found = tuple(one for at, one in state.waiting.items() if at == number)
    else:
        found = waiting_for(state, person_id(what))
    if not found:
        raise BadNameError(
            _("Nothing about “{what}” waits for a second administrator.").format(
                what=what
            )
        )
    if len(found) > 1:
        numbers = ", ".join(str(one.position) for one in found)
        raise BadNameError(
            _("Several entries about {what} wait; name one: {numbers}").format(
                what=what, numbers=numbers
            )
        )
    return found[0]
