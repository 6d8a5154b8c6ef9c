"""``countersign change comment``, ``check`` and ``waive``: what reviewers say."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import click

from app.cli.answers import TerminalProgress, say_json
from app.cli.change_rows import row_of
from app.cli.options import Here, as_json, in_workspace, signing
from governance.texts import _

if TYPE_CHECKING:
    from app.workspace import Workspace
    from governance.names import ChangeId
    from governance.standards.finding import Finding

_COMMENT = """\b
Examples:
  countersign change comment CHANGE "Who is “we” here?" --must-answer
  countersign change comment CHANGE "The hiring team." --answers 12
  countersign change comment CHANGE "Too long" --at templates/offer/offer/en/sms.txt:3

\b
“change show CHANGE” tells the number of each comment. A release waits for the answers
that were asked for.
"""


@click.command(
    help=_("Say something about a change, or answer what somebody asked."),
    epilog=_COMMENT,
)
@click.argument("name", metavar="CHANGE")
@click.argument("text")
@click.option("--at", "place", default="", metavar="FILE[:LINE]", help=_("Where."))
@click.option("--answers", type=int, metavar="N", help=_("The comment it answers."))
@click.option(
    "--must-answer", is_flag=True, help=_("Let a release wait for an answer.")
)
@as_json
@signing
@in_workspace
def comment(
    here: Here,
    name: str,
    text: str,
    *,
    place: str,
    answers: int | None,
    must_answer: bool,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Comment on a change."""
    from governance.changes.comment_on_change import Remark, comment_on_change
    from governance.names import change_id

    if not text.strip():
        raise click.UsageError(_("There is nothing in the comment."))
    workspace, wanted = here.open(), change_id(name)
    who = workspace.credentials(person, passphrase)
    remark = Remark(text, must_answer, answers, place)
    row = comment_on_change(workspace.desk, wanted, remark, who).changes[wanted]
    if as_json:
        say_json(row_of(row))
        return
    click.echo(
        _("Comment #{number} is kept.").format(number=row.change.comments[-1].position)
    )


@click.command(
    help=_(
        "Check a change as it is proposed, not as your files are. The exit status is 1 "
        "if there is an error."
    ),
    epilog="\b\nExample:\n  countersign change check CHANGE",
)
@click.argument("name", metavar="CHANGE")
@as_json
@in_workspace
def check(here: Here, name: str, *, as_json: bool) -> int:
    """Print the findings, and return the exit status."""
    from app.cli.check import tell
    from governance.names import change_id
    from governance.standards.finding import Severity, findings_json

    findings = _findings(here.open(), change_id(name))
    if as_json:
        click.echo(findings_json(findings).decode())
    else:
        tell(findings)
    return int(any(one.severity is Severity.ERROR for one in findings))


_WAIVE = """\b
Example:
  countersign change waive CHANGE --rule Tone.Unfortunately \\
      --at templates/offer/offer/en/email.mjml:12 --role legal \\
      --reason "The works council's own words" --until 2027-06-30

\b
“change check CHANGE” names each finding's rule, file and line.
"""


@click.command(
    help=_("Let an error of the checks pass in a change, for a reason, until a day."),
    epilog=_WAIVE,
)
@click.argument("name", metavar="CHANGE")
@click.option("--rule", required=True, help=_("The rule that found it."))
@click.option("--at", "place", default="", metavar="FILE[:LINE]", help=_("Where."))
@click.option("--role", required=True, help=_("What you decide as."))
@click.option("--reason", required=True, help=_("Why it may pass."))
@click.option(
    "--until",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help=_("The last day on which it may be released."),
)
@as_json
@signing
@in_workspace
def waive(
    here: Here,
    name: str,
    *,
    rule: str,
    place: str,
    role: str,
    reason: str,
    until: datetime,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Waive a finding."""
    from datetime import UTC, timedelta

    from governance.changes.waivers import waive_finding
    from governance.names import Role, change_id

    workspace, wanted = here.open(), change_id(name)
    finding = _chosen(_findings(workspace, wanted), rule, place)
    who = workspace.credentials(person, passphrase)
    reading = waive_finding(
        workspace.desk,
        wanted,
        finding,
        reason,
        until.replace(tzinfo=UTC) + timedelta(days=1),
        role=Role(role),
        who=who,
    )
    if as_json:
        say_json(row_of(reading.changes[wanted]))
        return
    click.echo(
        _("Waived until {day}: {message}").format(
            day=f"{until:%Y-%m-%d}", message=finding.message
        )
    )


def _findings(workspace: "Workspace", change: "ChangeId") -> "tuple[Finding, ...]":
    reader, progress = workspace.reader, TerminalProgress()
    progress.step(_("Checking"), done=0, total=1)
    try:
        return reader.builder.check(reader.look(change).build).findings
    finally:
        progress.end()


def _chosen(findings: "tuple[Finding, ...]", rule: str, place: str) -> "Finding":
    """Return the one error that is meant.

    Raises:
        UnknownNameError: There is none.
        click.UsageError: There are several.
    """
    from governance.errors import UnknownNameError
    from governance.standards.finding import Severity

    errors = [one for one in findings if one.severity is Severity.ERROR]
    chosen = [
        one
        for one in errors
        if one.rule == rule and place in {"", one.file, f"{one.file}:{one.line}"}
    ]
    if not chosen:
        message = _("The checks found no such error: {rule} {place}").format(
            rule=rule, place=place
        )
        known = {f"--rule {one.rule} --at {one.file}:{one.line}" for one in errors}
        raise UnknownNameError.among(
            message.rstrip(), f"--rule {rule} --at {place}", known
        )
    if len({(one.file, one.match) for one in chosen}) > 1:
        places = ", ".join(f"{one.file}:{one.line}" for one in chosen)
        raise click.UsageError(
            _("Several are meant; say which with --at: {places}").format(places=places)
        )
    return chosen[0]
