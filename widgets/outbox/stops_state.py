"""What is stopped, in words."""

from governance.names import Channel
from governance.texts import _
from sync.api.stops import Scope, StopRow
from widgets.outbox.state import Outbox, moment_words


def stopped_words(stop: StopRow, box: Outbox) -> str:
    """Say what a stop is about: "The message “Offer letter” is stopped."."""
    titles = {
        f"{Scope.CHANNEL}:{Channel.SMS}": _("All SMS is stopped."),
        f"{Scope.CHANNEL}:{Channel.EMAIL}": _("All e-mail is stopped."),
    }
    match stop.scope:
        case Scope.ALL:
            return _("Sending is stopped.")
        case Scope.TEMPLATE:
            title = box.titles.get(stop.subject, stop.subject)
            return _("The message “{title}” is stopped.").format(title=title)
        case Scope.CANDIDATE:
            return _("Messages to one candidate are stopped.")
        case _:
            words = _("“{name}” is stopped.").format(name=stop.subject)
            return titles.get(f"{stop.scope}:{stop.subject}", words)


def end_words(stop: StopRow, box: Outbox) -> str:
    """Say when a stop ends."""
    if stop.until is None:
        return _("Until somebody turns it on.")
    when = moment_words(stop.until, box.now)
    return _("It goes on by itself {when}.").format(when=when)


def reason_words(stop: StopRow, box: Outbox) -> str:
    """Say who stopped it, when and why, and when it ends."""
    since = moment_words(stop.at, box.now)
    reason = stop.reason.rstrip(". ")
    return _("{reason}. Stopped {since}. {end}").format(
        reason=reason, since=since, end=end_words(stop, box)
    )
