"""What is done with stops at the service; in a lane, never in the window's thread."""

from datetime import datetime

from governance.ports import Progress
from governance.texts import _, ngettext
from sync.api.stops import Scope, StopRow
from sync.client import ServiceClient


def stopped(
    scope: Scope,
    subject: str,
    reason: str,
    until: datetime | None,
    service: ServiceClient,
    _progress: Progress,
) -> StopRow:
    """Stop what a person chose."""
    return service.stop(reason, scope=scope, subject=subject, until=until)


def turned_on(
    stops: tuple[StopRow, ...], service: ServiceClient, progress: Progress
) -> object:
    """Let stops go; the service's own one asks the providers first."""
    in_doubt = 0
    for done, stop in enumerate(stops):
        progress.step(_("Turning sending on"), done=done, total=len(stops))
        if stop.code == "RESTORED":
            in_doubt = service.reconcile()
        else:
            service.lift(stop.id)
    if in_doubt:
        return ngettext(
            "{count} message is in doubt and waits for you.",
            "{count} messages are in doubt and wait for you.",
            in_doubt,
        ).format(count=in_doubt)
    return _("Sending is on again.")
