"""``countersign change``: propose, revise, list and read; and its other commands."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from app.cli import change_deciding, change_remarks
from app.cli.answers import TerminalProgress, say, say_facts, say_json, say_table
from app.cli.change_rows import remark_line, row_of, still_waits
from app.cli.options import Here, as_json, in_workspace, signing
from governance.texts import _

if TYPE_CHECKING:
    from app.workspace import Workspace
    from governance.changes.draft import Draft, Opened


@click.group(help=_("Propose a change, read it, approve or reject it."))
def change() -> None:
    """Hold the commands about changes."""


for _command in (
    change_deciding.approve,
    change_deciding.reject,
    change_deciding.withdraw,
    change_remarks.comment,
    change_remarks.check,
    change_remarks.waive,
):
    change.add_command(_command)


_OPEN = """\b
Examples:
  countersign change open --title "Say who will be there" --reason "Candidates ask"
  countersign change open interview-invitation --title "New wording" --reason "Clearer"
"""

_REVISE = """\b
Examples:
  countersign change revise CHANGE
  countersign change revise CHANGE --reason "As legal asked"
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
    accept_errors: bool,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Open a change."""
    workspace = here.open()
    draft = _draft(workspace, templates, title, reason, accepts_errors=accept_errors)
    who, progress = workspace.credentials(person, passphrase), TerminalProgress()
    try:
        opened = workspace.open_change(draft, who, progress)
    finally:
        progress.end()
    _tell(opened, _("Change {change} is open."), as_json=as_json)


@change.command(
    help=_(
        "Put a change up again with what you edited since. An approval stays only "
        "where the bytes that it names stay."
    ),
    epilog=_REVISE,
)
@click.argument("name", metavar="CHANGE")
@click.argument("templates", nargs=-1, metavar="[TEMPLATE]...")
@click.option("--title", help=_("What it is now; as before without."))
@click.option("--reason", help=_("Why; as before without."))
@click.option(
    "--accept-errors",
    is_flag=True,
    help=_("Leave errors that the checks find to the reviewers."),
)
@as_json
@signing
@in_workspace
def revise(
    here: Here,
    name: str,
    templates: tuple[str, ...],
    *,
    title: str | None,
    reason: str | None,
    accept_errors: bool,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Revise a change."""
    from governance.changes.desk import change_in
    from governance.names import change_id

    workspace, wanted = here.open(), change_id(name)
    before = change_in(workspace.state(), wanted).proposal
    draft = _draft(
        workspace,
        templates,
        title or before.title,
        reason or before.reason,
        accepts_errors=accept_errors,
    )
    who, progress = workspace.credentials(person, passphrase), TerminalProgress()
    try:
        opened = workspace.revise_change(wanted, draft, who, progress)
    finally:
        progress.end()
    _tell(opened, _("Change {change} is up for review again."), as_json=as_json)


def _draft(
    workspace: "Workspace",
    templates: tuple[str, ...],
    title: str,
    reason: str,
    *,
    accepts_errors: bool,
) -> "Draft":
    from governance.changes.draft import Draft
    from governance.changes.narrowed import narrowed
    from governance.names import template_id

    base = workspace.base()
    sources = workspace.sources()
    if templates:
        before = workspace.reader.sources(base)
        sources = narrowed(before, sources, [template_id(name) for name in templates])
    return Draft(title, reason, sources, base, accepts_errors=accepts_errors)


def _tell(opened: "Opened", sentence: str, *, as_json: bool) -> None:
    row = opened.reading.changes[opened.change]
    if as_json:
        say_json(row_of(row))
        return
    click.echo(sentence.format(change=opened.change))
    click.echo(
        _("Checks: {errors} errors, {count} findings in all.").format(
            errors=len(opened.checks.errors), count=len(opened.checks.findings)
        )
    )
    click.echo(still_waits(row))


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
    from governance.ledger.state import Stage

    reading = here.open().reader.read()
    closed = {Stage.RELEASED, Stage.WITHDRAWN}
    rows = [
        row
        for row in reading.changes.values()
        if is_all or row.change.stage not in closed
    ]
    if as_json:
        say_json([row_of(row) for row in rows])
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

    from governance.content.sources import changed
    from governance.names import change_id

    workspace, wanted = here.open(), change_id(name)
    look = workspace.reader.look(wanted)
    row = workspace.reader.read().changes[wanted]
    before, after = look.before, look.build.sources
    paths = changed(before, after)
    if as_json:
        say_json({**row_of(row), "paths": list(paths)})
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
            _("Errors"): str(row.change.proposal.errors),
            _("Verdict"): f"{row.verdict.code}: {row.verdict.reason}",
        }
    )
    for said in row.change.comments:
        say(remark_line(said, is_open=said in row.change.unanswered))
    for path in paths:
        was, now = (side.texts.get(path, "") for side in (before, after))
        lines = unified_diff(
            was.splitlines(), now.splitlines(), path, path, lineterm="", n=2
        )
        for line in lines:
            colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[0:1])
            say(click.style(line, fg=colour) if colour else line)
