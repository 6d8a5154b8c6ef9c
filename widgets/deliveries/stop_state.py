"""What can be stopped, until when, and what turning it on again would send."""

from datetime import datetime, time, timedelta
from typing import Final

from governance.names import Channel
from governance.texts import _, dated, ngettext
from sync.api.deliveries import DeliveryRow, State
from sync.api.stops import Scope, StopRow
from widgets.deliveries.listed_state import number
from widgets.deliveries.stop_dialog import StopQuestion
from widgets.kit.sign_dialog import SignState
from widgets.kit.values import Choice, Fact
from widgets.outbox.state import Outbox, is_soon, stamp_words
from widgets.outbox.stops_state import end_words, stopped_words

_HOURS: Final = (1, 4)
_MORNING: Final = time(8)


def question_of(box: Outbox) -> StopQuestion:
    """Return what can be stopped, with what that does."""
    titles = {row.template: box.title(row) for row in box.rows or ()} | dict(box.titles)
    what = (
        Choice(f"{Scope.ALL}:", _("Everything")),
        *(
            Choice(f"{Scope.CHANNEL}:{channel}", _channel_words(channel, box))
            for channel in (Channel.EMAIL, Channel.SMS)
        ),
        *(
            Choice(
                f"{Scope.TEMPLATE}:{key}",
                _("Only the message “{title}”").format(title=title),
            )
            for key, title in sorted(titles.items(), key=lambda pair: pair[1])
        ),
    )
    return StopQuestion(
        what, {one.key: _effect(one.key, box) for one in what}, ends_of(box.now)
    )


def ends_of(now: datetime) -> tuple[Choice, ...]:
    """Return until when one can stop: a person, some hours, the next mornings."""
    hours = [
        Choice(end.isoformat(), _hour_words(count, end))
        for count, end in ((count, now + timedelta(hours=count)) for count in _HOURS)
    ]
    morning = datetime.combine(now.date() + timedelta(days=1), _MORNING, now.tzinfo)
    monday = morning + timedelta(days=(7 - morning.weekday()) % 7)
    words = _("Until tomorrow, {time}").format(time=_at(morning))
    mornings = [Choice(morning.isoformat(), words)]
    if monday != morning:
        words = _("Until {day}, {time}").format(
            day=dated(monday, "%A %-d %B"), time=_at(monday)
        )
        mornings.append(Choice(monday.isoformat(), words))
    return (Choice("", _("Until I turn it on again")), *hours, *mornings)


def _hour_words(count: int, end: datetime) -> str:
    return ngettext(
        "For {count} hour, until {time}", "For {count} hours, until {time}", count
    ).format(count=count, time=_at(end))


def _at(moment: datetime) -> str:
    return moment.strftime("%H:%M")


def _channel_words(channel: Channel, box: Outbox) -> str:
    """Name a channel, with the way out that its messages take, where one is known."""
    ways = {row.route for row in box.rows or () if row.channel == channel and row.route}
    words = _("All SMS") if channel is Channel.SMS else _("All e-mail")
    if len(ways) != 1:
        return words
    return _("{what} (all that goes by {way})").format(what=words, way=ways.pop())


def _effect(what: str, box: Outbox) -> str:
    scope, _colon, subject = what.partition(":")
    rows = [
        row
        for row in box.rows or ()
        if scope == Scope.ALL or subject in {row.channel, row.template}
    ]
    due = sum(is_soon(row, box.now) for row in rows)
    going = sum(row.state is State.SENDING for row in rows)
    waits = ngettext(
        "{count} message due in the next hour will wait.",
        "{count} messages due in the next hour will wait.",
        due,
    ).format(count=number(due))
    if not going:
        return waits
    finishes = ngettext(
        "{count} is being sent now and will finish.",
        "{count} are being sent now and will finish.",
        going,
    ).format(count=number(going))
    return f"{waits} {finishes}"


def turn_on_question(
    stops: tuple[StopRow, ...], box: Outbox, passphrase: str
) -> SignState:
    """Return the question before sending goes on, with what will go out."""
    facts = [
        Fact(
            _("Stopped"),
            _("{what} {reason}, {when}. {end}").format(
                what=stopped_words(stop, box),
                reason=stop.reason,
                when=stamp_words(stop.at, box.now),
                end=end_words(stop, box),
            ),
        )
        for stop in stops
    ]
    waiting = [row for row in box.rows or () if _is_waiting(row, stops, box)]
    facts.append(Fact(_("Goes out"), _going_out(waiting, box)))
    facts += [Fact("", f"{box.title(row)} → {box.name(row)}") for row in waiting[:4]]
    if len(waiting) > len(waiting[:4]):
        more = len(waiting) - 4
        facts.append(Fact("", _("and {count} more").format(count=number(more))))
    return SignState(
        _("Turn sending on"),
        _("Every gate is asked again for each message before it goes."),
        _("Turn sending on"),
        icon="broadcast",
        facts=tuple(facts),
        facts_title=_("What will happen"),
        consequence=_("Messages that are too late by now are not sent."),
        demo_passphrase=passphrase,
    )


def _is_waiting(row: DeliveryRow, stops: tuple[StopRow, ...], box: Outbox) -> bool:
    """Whether a message goes on when ``stops`` are lifted, and no other holds it."""
    left = [stop for stop in box.stops if stop not in stops]
    if any(_covers(stop, row) for stop in left):
        return False
    if not any(_covers(stop, row) for stop in stops):
        return False
    is_held = row.state is State.HELD and row.reason in {"STOPPED", "RESTORED"}
    return is_held or is_soon(row, box.now)


def _covers(stop: StopRow, row: DeliveryRow) -> bool:
    match stop.scope:
        case Scope.ALL:
            return True
        case Scope.TEMPLATE:
            return stop.subject == row.template
        case Scope.CHANNEL:
            return stop.subject == row.channel
        case Scope.JOURNEY:
            return stop.subject == row.journey
        case _:
            return stop.subject == row.candidate


def _going_out(waiting: list[DeliveryRow], box: Outbox) -> str:
    if box.rows is None:
        return _("not known yet")
    return ngettext(
        "{count} message that waits or is due within an hour",
        "{count} messages that wait or are due within an hour",
        len(waiting),
    ).format(count=number(len(waiting)))
