"""``countersign change``: propose, read, approve, reject, withdraw."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from app.cli.options import Here, as_json, in_workspace, signing
from governance.texts import _

if TYPE_CHECKING:
    from governance.changes.reading import ChangeRow


@click.group(help=_("Propose a change, read it, approve or reject it."))
def change() -> None:
    """Hold the commands about changes."""


_OPEN = """\b
Examples:
  countersign change open --title "Say who will be there" --reason "Candidates ask"
  countersign change open interview-invitation --title "New wording" --reason "Clearer"
  countersign change open --revise CHANGE --title "New wording" --reason "As asked"
"""


@change.command(
    "open",
    help=_(
        "Put what you edited up for review: everything, or the templates named, with "
        "all that they use. It is compiled and checked first."
    ),
    epilog=_OPEN,
)
@click.argument("templates", nargs=-1, metavar="[TEMPLATE]...")
@click.option("--title", required=True, help=_("What it is, in a line."))
@click.option("--reason", required=True, help=_("Why: for those who decide."))
@click.option("--revise", metavar="CHANGE", help=_("Put this change up again."))
@click.option(
    "--accept-errors",
    is_flag=True,
    help=_("Leave errors that the checks find to the reviewers."),
)
@as_json
@signing
@in_workspace
def open_(
    here: Here,
    templates: tuple[str, ...],
    *,
    title: str,
    reason: str,
    revise: str | None,
    accept_errors: bool,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Open a change, or revise one."""
    from app.cli.answers import TerminalProgress, say_json
    from governance.changes.draft import Draft
    from governance.changes.narrowed import narrowed
    from governance.names import change_id, template_id

    workspace = here.open()
    base = workspace.base()
    sources = workspace.sources()
    if templates:
        before = workspace.reader.sources(base)
        sources = narrowed(before, sources, [template_id(name) for name in templates])
    draft = Draft(title, reason, sources, base, accepts_errors=accept_errors)
    who, progress = workspace.credentials(person, passphrase), TerminalProgress()
    try:
        if revise:
            known = change_id(revise)
            opened = workspace.revise_change(known, draft, who, progress)
        else:
            opened = workspace.open_change(draft, who, progress)
    finally:
        progress.end()
    row = opened.reading.changes[opened.change]
    if as_json:
        say_json(_as_json(row))
        return
    click.echo(_("Change {change} is open.").format(change=opened.change))
    click.echo(
        _("Checks: {errors} errors, {count} findings in all.").format(
            errors=len(opened.checks.errors), count=len(opened.checks.findings)
        )
    )
    click.echo(_still(row))


@change.command(
    "list",
    help=_("List the changes, those under review first."),
    epilog="\b\nExample:\n  countersign change list --all",
)
@click.option("--all", "is_all", is_flag=True, help=_("Released and withdrawn too."))
@as_json
@in_workspace
def list_(here: Here, *, is_all: bool, as_json: bool) -> None:
    """List the changes."""
    from app.cli.answers import say_json, say_table
    from governance.ledger.state import Stage

    reading = here.open().reader.read()
    closed = {Stage.RELEASED, Stage.WITHDRAWN}
    rows = [
        row
        for row in reading.changes.values()
        if is_all or row.change.stage not in closed
    ]
    if as_json:
        say_json([_as_json(row) for row in rows])
        return
    if not rows:
        click.echo(_("No change waits for a review."))
        return
    say_table(
        (_("Change"), _("Stage"), _("Author"), _("Title"), _("Still to sign")),
        [
            (
                row.change.id,
                row.change.stage,
                row.change.author,
                row.change.title,
                ", ".join(row.tally.missing) or _("nobody"),
            )
            for row in rows
        ],
    )


@change.command(
    help=_("Show a change: who signed, who must, and what is different."),
    epilog="\b\nExample:\n  countersign change show 01KBJ4Q9ZV6W2E4YVQ2M1T8N3C",
)
@click.argument("name", metavar="CHANGE")
@as_json
@in_workspace
def show(here: Here, name: str, *, as_json: bool) -> None:
    """Show a change with its differences."""
    from difflib import unified_diff

    from app.cli.answers import say, say_facts, say_json
    from governance.content.sources import changed
    from governance.names import change_id

    workspace, wanted = here.open(), change_id(name)
    look = workspace.reader.look(wanted)
    row = workspace.reader.read().changes[wanted]
    before, after = look.before, look.build.sources
    paths = changed(before, after)
    if as_json:
        say_json({**_as_json(row), "paths": list(paths)})
        return
    say(click.style(row.change.title, bold=True))
    say_facts(
        {
            _("Change"): row.change.id,
            _("Stage"): row.change.stage,
            _("Author"): ", ".join(sorted(row.change.authors)),
            _("Why"): row.change.proposal.reason,
            _("Concerns"): ", ".join(one.name for one in row.change.subjects),
            _("Signed"): ", ".join(
                f"{person} ({role})" for person, role in row.tally.seats.items()
            )
            or _("nobody yet"),
            _("Verdict"): f"{row.verdict.code}: {row.verdict.reason}",
        }
    )
    for path in paths:
        was, now = (side.texts.get(path, "") for side in (before, after))
        lines = unified_diff(
            was.splitlines(), now.splitlines(), path, path, lineterm="", n=2
        )
        for line in lines:
            colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[0:1])
            say(click.style(line, fg=colour) if colour else line)


_APPROVE = """\b
Example:
  countersign change approve CHANGE --role legal --as lena@northwind.example
"""


@change.command(
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
        say_json(_as_json(row))
        return
    click.echo(_("Signed as {role}.").format(role=role) + " " + _still(row))


@change.command(
    help=_("Say no to a change, with the reason; nothing goes on before a revision."),
    epilog='\b\nExample:\n  countersign change reject CHANGE --role hr --reason "…"',
)
@click.argument("name", metavar="CHANGE")
@click.option("--role", required=True, help=_("What you decide as."))
@click.option("--reason", required=True, help=_("What must change."))
@signing
@in_workspace
def reject(
    here: Here,
    name: str,
    *,
    role: str,
    reason: str,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Reject a change."""
    from governance.changes.reject_change import reject_change
    from governance.names import Role, change_id

    workspace, wanted = here.open(), change_id(name)
    who = workspace.credentials(person, passphrase)
    reject_change(workspace.desk, wanted, Role(role), reason, who)
    click.echo(_("Change {change} is rejected.").format(change=wanted))


@change.command(
    help=_("Give a change up, or take back what you signed for it."),
    epilog='\b\nExample:\n  countersign change withdraw CHANGE --reason "Superseded"',
)
@click.argument("name", metavar="CHANGE")
@click.option("--reason", required=True, help=_("Why."))
@click.option("--approval", is_flag=True, help=_("Only your approval of it."))
@signing
@in_workspace
def withdraw(
    here: Here,
    name: str,
    *,
    reason: str,
    approval: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Withdraw a change or an approval."""
    from governance.changes.withdraw_change import withdraw_approval, withdraw_change
    from governance.names import change_id

    workspace, wanted = here.open(), change_id(name)
    who = workspace.credentials(person, passphrase)
    if approval:
        withdraw_approval(workspace.desk, wanted, reason, who)
        click.echo(_("Your approval is taken back."))
    else:
        withdraw_change(workspace.desk, wanted, reason, who)
        click.echo(_("Change {change} is withdrawn.").format(change=wanted))


def _still(row: "ChangeRow") -> str:
    if missing := row.tally.missing:
        return _("Still to sign: {roles}.").format(roles=", ".join(missing))
    return _(
        "Everyone has signed; release it with: countersign release {change}"
    ).format(change=row.change.id)


def _as_json(row: "ChangeRow") -> dict[str, object]:
    return {
        "change": row.change.id,
        "title": row.change.title,
        "reason": row.change.proposal.reason,
        "stage": row.change.stage,
        "author": row.change.author,
        "subjects": [
            {"name": one.name, "closure": one.closure, "compiled": one.compiled}
            for one in row.change.subjects
        ],
        "errors": row.change.proposal.errors,
        "signed": dict(row.tally.seats),
        "missing": dict(row.tally.missing),
        "code": row.verdict.code,
        "reason_of_code": row.verdict.reason,
    }
