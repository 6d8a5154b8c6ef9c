"""``countersign publish``: released templates into the applicant tracking system."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from app.cli.options import Here, as_json, in_workspace, signing
from governance.texts import _

if TYPE_CHECKING:
    from sync.api.publications import PublicationRow
    from sync.client import ServiceClient

_EPILOG = """\b
Examples:
  countersign publish interview-invitation --as ruth@northwind.example
  countersign publish --look interview-invitation      compare, and write nothing
  countersign publish                                  what lies where
"""


@click.command(
    help=_(
        "Let the service verify the release of each TEMPLATE by itself, bring it into "
        "the ATS, read it back and compare. Without any, list what was published."
    ),
    epilog=_EPILOG,
)
@click.argument("names", nargs=-1, metavar="[TEMPLATE]...")
@click.option("--look", is_flag=True, help=_("Only compare; write nothing."))
@as_json
@signing
@in_workspace
def publish(
    here: Here,
    names: tuple[str, ...],
    *,
    look: bool,
    as_json: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Publish, or list what was published."""
    from app.cli.answers import say_json, say_table
    from app.cli.asking import Asker, known_to, service_of
    from governance.names import template_id

    workspace, asker = here.open(), Asker(person, passphrase)
    wanted = tuple(f"{template_id(name)}/" for name in names)
    if not names:
        with known_to(workspace, asker) as known:
            rows = known.publications()
    else:
        with service_of(workspace, asker, is_acting=True) as service:
            for name in map(template_id, names):
                _await(service, service.publish(name, is_look=look).id)
            found = service.publications()
        rows = tuple(row for row in found if row.key.startswith(wanted))
    if as_json:
        say_json([_as_json(row) for row in rows])
        return
    if not rows:
        click.echo(_("Nothing was published yet."))
        return
    say_table(
        (_("Destination"), _("Text"), _("Version"), _("State"), _("When")),
        [
            (row.ats, row.key, f"v{row.version}", row.state, f"{row.at:%Y-%m-%d %H:%M}")
            for row in rows
        ],
    )


def _await(service: "ServiceClient", operation: str) -> None:
    """Wait until the work is done.

    Raises:
        NotVerifiedError: The service cannot prove the release.
        ServiceRefusedError: It failed for another reason.
    """
    from time import sleep

    from app.cli.answers import TerminalProgress
    from governance.errors import NotVerifiedError
    from sync.api.service import OperationState
    from sync.errors import ServiceRefusedError

    progress = TerminalProgress()
    while (work := service.operation(operation)).state is OperationState.RUNNING:
        progress.step(work.label, done=work.done, total=work.total)
        sleep(0.1)
    progress.end()
    if work.state is OperationState.FAILED:
        if work.code:
            raise NotVerifiedError(work.problem, code=work.code)
        raise ServiceRefusedError(work.problem)


def _as_json(row: "PublicationRow") -> dict[str, object]:
    return {
        "destination": row.ats,
        "key": row.key,
        "version": row.version,
        "tag": row.tag,
        "state": row.state,
        "sent": row.sent,
        "found": row.found,
        "at": row.at.isoformat(),
    }
