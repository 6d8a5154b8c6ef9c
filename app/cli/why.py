"""``countersign why``: why a candidate got, or did not get, a message."""

from collections.abc import Callable

import click

from app.cli.options import Here, as_json, in_workspace, signing
from governance.texts import _

_EPILOG = """\b
Examples:
  countersign why maya.okonkwo@candidate.example
  countersign why cand-003
"""


@click.command(
    help=_(
        "Tell what CANDIDATE got, will get and did not get, and why: by id, "
        "application, e-mail address or phone number."
    ),
    epilog=_EPILOG,
)
@click.argument("candidate")
@as_json
@signing
@in_workspace
def why(
    here: Here,
    candidate: str,
    *,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Tell a candidate's story."""
    from app.cli.answers import say, say_json
    from app.cli.asking import Asker, known_to

    with known_to(here.open(), Asker(person, passphrase)) as known:
        story = known.why(candidate)
    if as_json:
        say_json(
            {
                "candidate": story.candidate,
                "chapters": [
                    {
                        "id": chapter.delivery.id,
                        "template": chapter.delivery.template,
                        "state": chapter.delivery.state,
                        "reason": chapter.delivery.reason,
                        "sentence": chapter.sentence,
                    }
                    for chapter in story.chapters
                ],
            }
        )
        return
    if not story.chapters:
        click.echo(_("No message was planned for this candidate."))
    for chapter in story.chapters:
        row = chapter.delivery
        say(click.style(f"{row.template} ({row.channel})", bold=True))
        say(f"  {chapter.sentence}")
        for one in chapter.rounds[-1:]:
            for decision in one.decisions:
                say(f"    {decision.gate:16} {decision.verdict:6} {decision.reason}")
