"""``countersign deliveries``: what was sent, is due, is held or in doubt."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import click

from app.cli.options import Here, as_json, in_workspace, signing
from governance.texts import _

if TYPE_CHECKING:
    from sync.api.deliveries import DeliveryRow, RoundRow

STATES: Final = (
    "planned",
    "held",
    "ready",
    "sending",
    "sent",
    "in_doubt",
    "skipped",
    "failed",
)


@click.group(help=_("List what was sent, is due, is held or in doubt."))
def deliveries() -> None:
    """Hold the commands about deliveries."""


_LIST = """\b
Examples:
  countersign deliveries list
  countersign deliveries list --state held
  countersign deliveries list --json

\b
This reads what the service keeps; no service has to run, and nothing is sent by it.
"""


@deliveries.command(
    "list", help=_("List the messages with their state and its reason."), epilog=_LIST
)
@click.option(
    "--state",
    type=click.Choice(STATES),
    help=_("Only those in this state."),
)
@as_json
@signing
@in_workspace
def list_(
    here: Here,
    *,
    state: str | None,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """List the deliveries."""
    from app.cli.answers import say_json, say_table
    from app.cli.asking import Asker, known_to
    from sync.api.deliveries import State

    wanted = State(state) if state else None
    rows: list[DeliveryRow] = []
    with known_to(here.open(), Asker(person, passphrase)) as known:
        after = ""
        while True:
            answer = known.deliveries(state=wanted, after=after)
            rows += answer.deliveries
            if not answer.next:
                break
            after = answer.next
    if as_json:
        say_json([_as_json(row) for row in rows])
        return
    if not rows:
        click.echo(_("Nothing was planned yet."))
        return
    say_table(
        (
            _("Due"),
            _("Candidate"),
            _("Template"),
            _("Channel"),
            _("State"),
            _("Reason"),
        ),
        [
            (
                f"{row.due_at:%Y-%m-%d %H:%M}",
                row.candidate,
                row.template,
                row.channel,
                row.state,
                row.reason,
            )
            for row in rows
        ],
    )


@deliveries.command(
    help=_("Show one message: what each gate decided and each try to send it."),
    epilog="\b\nExample:\n  countersign deliveries show 01KBJ4Q9ZV6W2E4YVQ2M1T8N3C",
)
@click.argument("id_", metavar="ID")
@as_json
@signing
@in_workspace
def show(
    here: Here,
    id_: str,
    *,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Show one delivery, by its id or Message-ID."""
    from app.cli.answers import say, say_facts, say_json
    from app.cli.asking import Asker, known_to

    with known_to(here.open(), Asker(person, passphrase)) as known:
        told = known.delivery(id_)
    row = told.delivery
    if as_json:
        say_json({**_as_json(row), "rounds": [_round(one) for one in told.rounds]})
        return
    say_facts(
        {
            _("Message"): row.id,
            _("Message-ID"): row.message_id,
            _("Candidate"): row.candidate,
            _("Template"): f"{row.template} v{row.version}"
            if row.version
            else row.template,
            _("Why"): row.fact,
            _("State"): f"{row.state} ({row.reason})" if row.reason else row.state,
            _("Proof"): _("there is one") if told.is_attested else _("none"),
        }
    )
    for one in told.rounds:
        say(click.style(f"{one.at:%Y-%m-%d %H:%M:%S} UTC", bold=True))
        for decision in one.decisions:
            line = f"  {decision.gate:16} {decision.verdict:6} {decision.reason}"
            say(f"{line} {decision.detail}".rstrip())


def _as_json(row: "DeliveryRow") -> dict[str, object]:
    return {
        "id": row.id,
        "message_id": row.message_id,
        "candidate": row.candidate,
        "template": row.template,
        "channel": row.channel,
        "version": row.version,
        "fact": row.fact,
        "state": row.state,
        "reason": row.reason,
        "due_at": row.due_at.isoformat(),
        "sha256": row.sha256,
        "sent_at": row.sent_at.isoformat() if row.sent_at else None,
    }


def _round(one: "RoundRow") -> dict[str, object]:
    return {
        "at": one.at.isoformat(),
        "decisions": [
            {
                "gate": decision.gate,
                "verdict": decision.verdict,
                "reason": decision.reason,
                "detail": decision.detail,
            }
            for decision in one.decisions
        ],
    }
