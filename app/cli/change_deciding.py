"""``countersign change approve``, ``reject`` and ``withdraw``."""

from collections.abc import Callable

import click

from app.cli.change_rows import row_of, still_waits
from app.cli.options import Here, as_json, in_workspace, signing
from governance.texts import _

_APPROVE = """\b
Example:
  countersign change approve CHANGE --role legal --as lena@northwind.example
"""


@click.command(
    help=_("Sign a change in one of your roles, exactly as it is now."), epilog=_APPROVE
)
@click.argument("name", metavar="CHANGE")
@click.option("--role", required=True, help=_("What you sign as."))
@click.option(
    "--meaning", default="", help=_("Your own words instead of the policy's.")
)
@as_json
@signing
@in_workspace
def approve(
    here: Here,
    name: str,
    *,
    role: str,
    meaning: str,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Approve a change."""
    from app.cli.answers import TerminalProgress, say_json
    from governance.changes.credentials import Consent
    from governance.names import Role, change_id

    workspace, progress = here.open(), TerminalProgress()
    wanted = change_id(name)
    seen = workspace.reader.look(wanted)
    who = workspace.credentials(person, passphrase)
    consent = Consent(who.person, who.passphrase, Role(role), meaning)
    try:
        reading = workspace.approve_change(seen.proposed, consent, progress)
    finally:
        progress.end()
    row = reading.changes[wanted]
    if as_json:
        say_json(row_of(row))
        return
    click.echo(_("Signed as {role}.").format(role=role) + " " + still_waits(row))


@click.command(
    help=_("Say no to a change, with the reason; nothing goes on before a revision."),
    epilog='\b\nExample:\n  countersign change reject CHANGE --role hr --reason "…"',
)
@click.argument("name", metavar="CHANGE")
@click.option("--role", required=True, help=_("What you decide as."))
@click.option("--reason", required=True, help=_("What must change."))
@as_json
@signing
@in_workspace
def reject(
    here: Here,
    name: str,
    *,
    role: str,
    reason: str,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Reject a change."""
    from app.cli.answers import say_json
    from governance.changes.reject_change import reject_change
    from governance.names import Role, change_id

    workspace, wanted = here.open(), change_id(name)
    who = workspace.credentials(person, passphrase)
    reading = reject_change(workspace.desk, wanted, Role(role), reason, who)
    if as_json:
        say_json(row_of(reading.changes[wanted]))
        return
    click.echo(_("Change {change} is rejected.").format(change=wanted))


@click.command(
    help=_("Give a change up, or take back what you signed for it."),
    epilog='\b\nExample:\n  countersign change withdraw CHANGE --reason "Superseded"',
)
@click.argument("name", metavar="CHANGE")
@click.option("--reason", required=True, help=_("Why."))
@click.option("--approval", is_flag=True, help=_("Only your approval of it."))
@as_json
@signing
@in_workspace
def withdraw(
    here: Here,
    name: str,
    *,
    reason: str,
    approval: bool,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Withdraw a change or an approval."""
    from app.cli.answers import say_json
    from governance.changes.withdraw_change import withdraw_approval, withdraw_change
    from governance.names import change_id

    workspace, wanted = here.open(), change_id(name)
    who = workspace.credentials(person, passphrase)
    take_back = withdraw_approval if approval else withdraw_change
    reading = take_back(workspace.desk, wanted, reason, who)
    if as_json:
        say_json(row_of(reading.changes[wanted]))
    elif approval:
        click.echo(_("Your approval is taken back."))
    else:
        click.echo(_("Change {change} is withdrawn.").format(change=wanted))
