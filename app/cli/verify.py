"""``countersign verify``: what can be proved, from a clone alone."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.options import Here, as_json, in_workspace
from governance.texts import _

if TYPE_CHECKING:
    from app.workspace import Workspace

_REFUSED = 1

_EPILOG = """\b
Examples:
  countersign verify                            every template and journey that is live
  countersign verify interview-invitation       one of them
  countersign verify interview-invitation --version 3
  countersign verify ledger                     the whole history
  countersign verify message ID --eml mail.eml  one message, back to its signatures

\b
A message is proved from the service's database as it lies, by the ledger of your own
clone, and by the bytes that arrived (--eml). No service has to run.
"""


@click.command(
    help=_(
        "Prove what is released (WHAT is a template, “journeys/NAME” or nothing for "
        "all), the “ledger”, or a “message” by its id or Message-ID."
    ),
    epilog=_EPILOG,
)
@click.argument("what", default="")
@click.argument("id_", default="", metavar="[ID]")
@click.option(
    "--version",
    "number",
    type=click.IntRange(1),
    metavar="N",
    help=_("Another version."),
)
@click.option(
    "--eml",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=_("The message as it arrived, byte for byte."),
)
@click.option(
    "--settings",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=_("The settings of the service that sent it, where it is not the one here."),
)
@as_json
@in_workspace
def verify(
    here: Here,
    what: str,
    id_: str,
    *,
    number: int | None,
    eml: Path | None,
    settings: Path | None,
    as_json: bool,
) -> int:
    """Verify, and return 0 only if everything holds."""
    workspace = here.open()
    if what == "message":
        if not id_:
            raise click.UsageError(_("Which message? Name its id or Message-ID."))
        return _message(workspace, id_, eml, settings, as_json=as_json)
    if id_ or eml or settings:
        raise click.UsageError(_("Only “verify message ID” takes these arguments."))
    if what == "ledger":
        return _ledger(workspace, as_json=as_json)
    return _released(workspace, what, number, as_json=as_json)


def _released(
    workspace: "Workspace", what: str, number: int | None, *, as_json: bool
) -> int:
    from app.cli.answers import say_json, say_table
    from governance.changes.library import subject_of
    from governance.changes.verify_release import released, verify_release
    from governance.names import SubjectName, template_id

    subjects = released(workspace.state())
    if what:
        is_subject = what in subjects or what.startswith("journeys/")
        subjects = (SubjectName(what) if is_subject else subject_of(template_id(what)),)
    now = workspace.clock()
    found = [
        verify_release(workspace.reader, subject, now=now, number=number)
        for subject in subjects
    ]
    if as_json:
        say_json(
            [
                {
                    "subject": one.subject,
                    "version": one.version.number if one.version else None,
                    "tag": one.version.tag if one.version else None,
                    "closure": one.version.closure if one.version else None,
                    "compiled": one.version.compiled if one.version else None,
                    "code": one.verdict.code,
                    "reason": one.verdict.reason,
                }
                for one in found
            ]
        )
    elif not found:
        click.echo(_("Nothing was released yet."))
    else:
        say_table(
            (_("Subject"), _("Version"), _("Verdict"), _("Reason")),
            [
                (
                    one.subject,
                    f"v{one.version.number}" if one.version else "–",
                    one.verdict.code,
                    one.verdict.reason,
                )
                for one in found
            ],
        )
    return 0 if all(one.verdict.is_verified for one in found) else _REFUSED


def _ledger(workspace: "Workspace", *, as_json: bool) -> int:
    from app.cli.answers import say_facts, say_json
    from app.cli.person_confirm import say_waiting

    reading = workspace.reader.read()
    state, alarm = reading.state, reading.alarm
    code = alarm.code if alarm else "VERIFIED"
    reason = alarm.reason if alarm else _("Every entry follows the one before it.")
    if as_json:
        say_json(
            {
                "code": code,
                "reason": reason,
                "entries": state.length,
                "head": state.head,
                "ignored": [
                    {"position": one.position, "code": one.code, "reason": one.reason}
                    for one in state.ignored
                ],
                "alone": [one.position for one in state.alone],
                "waiting": sorted(state.waiting),
            }
        )
    else:
        say_facts(
            {
                _("Verdict"): f"{code}: {reason}",
                _("Workspace"): state.workspace,
                _("Entries"): str(state.length),
                _("Head"): state.head,
                _("People"): str(len(state.members)),
            }
        )
        for one in state.ignored:
            click.echo(
                _("Entry {number} is without effect: {reason} ({code})").format(
                    number=one.position, reason=one.reason, code=one.code
                )
            )
        if state.alone:
            numbers = ", ".join(str(one.position) for one in state.alone)
            click.echo(
                _(
                    "The only administrator then signed alone who takes part, or the "
                    "policy: entries {numbers}"
                ).format(numbers=numbers)
            )
        say_waiting(state)
    return _REFUSED if alarm else 0


def _message(
    workspace: "Workspace",
    id_: str,
    eml: Path | None,
    settings: Path | None,
    *,
    as_json: bool,
) -> int:
    from app.cli.answers import say_facts, say_json
    from app.embedded import service_settings
    from app.evidence import judged, read_evidence

    file = settings or service_settings(workspace.paths, workspace.state().workspace)
    evidence = read_evidence(file, id_)
    proof = judged(workspace, evidence, eml.read_bytes() if eml else None)
    told = proof.attestation
    facts: dict[str, object] = {"code": proof.code, "reason": proof.reason}
    if told is not None:
        facts |= {
            "message_id": told.message_id,
            "sha256": told.sha256,
            "template": told.template.subject,
            "version": told.template.version,
            "closure": told.template.closure,
            "compiled": told.template.compiled,
            "policy": told.template.policy,
            "signed_by": [f"{one.person} ({one.role})" for one in proof.signers],
            "gates": [f"{gate.gate}: {gate.reason}" for gate in told.gates],
            "sent_at": told.sent_at,
            "compared": eml is not None,
        }
    if as_json:
        say_json(facts)
    else:
        say_facts(
            {
                name.replace("_", " ").capitalize(): ", ".join(value)
                if isinstance(value, list)
                else str(value)
                for name, value in facts.items()
            }
        )
        if eml is None and proof.is_proven:
            click.echo(_("To compare the bytes that arrived: --eml FILE"))
    return 0 if proof.is_proven else _REFUSED
