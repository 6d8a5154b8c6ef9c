"""What the window knows of messages, and how a message is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from governance.names import Channel
from governance.texts import N_, _, dated
from sync.api.deliveries import DeliveryRow, State
from sync.api.practice import Application
from sync.api.stops import StopRow
from sync.histories.words import in_words
from sync.sending.decision import Reason
from widgets.kit.values import Mark, Tone

SOON: Final = timedelta(hours=1)

_MARKS: Final[Mapping[State, tuple[str, str, Tone]]] = {
    State.HELD: (N_("Held"), "pause-circle", Tone.WARN),
    State.SENDING: (N_("Sending"), "paper-plane-tilt", Tone.INFO),
    State.SENT: (N_("Sent"), "check", Tone.OK),
    State.IN_DOUBT: (N_("In doubt"), "question", Tone.DOUBT),
    State.FAILED: (N_("Failed"), "x-circle", Tone.ERROR),
    State.SKIPPED: (N_("Not sent"), "prohibit", Tone.QUIET),
}

# What happens next with a message that waits for something, or does not go.
_NEXT: Final[Mapping[Reason, str]] = {
    Reason.STOPPED: N_("Goes on when sending is turned on."),
    Reason.RESTORED: N_("Goes on when the providers were asked."),
    Reason.NOT_VERIFIED: N_("Waits for a release that everyone has signed."),
    Reason.JOURNEY_NOT_VERIFIED: N_("Waits for a signed release of the journey."),
    Reason.LOCALE_MISSING: N_("Waits for a signed text in a language that fits."),
    Reason.CANNOT_RENDER: N_("Waits until the value is in the ATS."),
    Reason.SENSITIVE_STAGE: N_("Waits until the stage changes."),
    Reason.CLOCK_WENT_BACK: N_("Waits until the clock is right."),
    Reason.CLOCK_DIFFERS: N_("Waits until both clocks agree."),
    Reason.REMOTE_SILENT: N_("Goes on when the team's server answers."),
    Reason.ZONE_UNKNOWN: N_("Waits until the time zone is in the ATS."),
    Reason.NO_COMMON_HOURS: N_("Waits until the time zone is in the ATS."),
    Reason.NO_ROUTE: N_("Waits until this channel is connected in Settings."),
    Reason.NO_ADDRESS: N_("Nothing is sent without an address."),
    Reason.IN_DOUBT: N_("The provider is asked; nothing is sent again meanwhile."),
    Reason.PERSON_DECIDES: N_("Waits for you: did it arrive?"),
    Reason.MAILER_REFUSED: N_("Not tried again. Look at the address in the ATS."),
    Reason.CLAIM_LOST: N_("Judged again at once."),
}


@dataclass(frozen=True, slots=True)
class Outbox:
    """Everything that is known of messages now.

    Attributes:
        rows: The messages, None while nobody was asked yet.
        stops: What holds sending back.
        people: Application → what the practice ATS says of it; empty elsewhere, since
            the service tells no names.
        titles: Template → what people call it.
        now: In the time zone of this computer.
        is_there: Whether the service answers.
        is_cut: Whether there are more messages than are listed.
        may_release: Whether the person here decides about doubts and turns sending on.
        who_releases: Who may, in words.
    """

    rows: tuple[DeliveryRow, ...] | None
    now: datetime
    stops: tuple[StopRow, ...] = ()
    people: Mapping[str, Application] = field(default_factory=dict, repr=False)
    titles: Mapping[str, str] = field(default_factory=dict)
    is_there: bool = True
    is_cut: bool = False
    may_release: bool = False
    who_releases: str = ""

    @property
    def here(self) -> tzinfo | None:
        """The time zone of this computer."""
        return self.now.tzinfo

    @property
    def why_not(self) -> str:
        """Why the person here decides about nothing, "" if they do."""
        if not self.is_there:
            return _("The service cannot be reached.")
        if self.may_release:
            return ""
        if self.who_releases:
            return _("Only who releases may do this: {names}.").format(
                names=self.who_releases
            )
        return _("Only who releases may do this.")

    def name(self, row: DeliveryRow) -> str:
        """Return how the candidate of ``row`` is called, or the id."""
        person = self.people.get(row.application)
        return name_of(person) if person else row.candidate

    def under(self, row: DeliveryRow) -> str:
        """Return what stands under the name: the vacancy, or the application."""
        person = self.people.get(row.application)
        return person.job.title if person else row.application

    def title(self, row: DeliveryRow) -> str:
        """Return what people call the message."""
        return self.titles.get(row.template, str(row.template))

    def zone(self, row: DeliveryRow) -> str:
        """Return the candidate's time zone, "" where it is not known here."""
        person = self.people.get(row.application)
        return person.candidate.time_zone if person else ""


def name_of(person: Application) -> str:
    """Return how a candidate is called."""
    one = person.candidate
    return f"{one.first_name} {one.last_name}".strip() or one.id


def is_soon(row: DeliveryRow, now: datetime) -> bool:
    """Whether a planned message goes out within an hour."""
    return row.state is State.READY or (
        row.state is State.PLANNED and row.due_at <= now + SOON
    )


def state_mark(row: DeliveryRow, now: datetime) -> Mark:
    """Return the state as icon and word."""
    if row.state in {State.PLANNED, State.READY}:
        if is_soon(row, now):
            return Mark(_("Due"), "clock", Tone.INFO)
        return Mark(_("Planned"), "calendar-blank", Tone.QUIET)
    word, icon, tone = _MARKS[row.state]
    return Mark(_(word), icon, tone)


def channel_mark(channel: Channel) -> Mark:
    """Return a channel as icon and word."""
    match channel:
        case Channel.SMS:
            return Mark(_("SMS"), "chat-text")
        case Channel.CHAT:
            return Mark(_("Chat"), "chat-circle-text")
        case _:
            return Mark(_("E-mail"), "envelope-simple")


def why(row: DeliveryRow, box: Outbox) -> tuple[str, str]:
    """Say why a message is where it is, and what happens next."""
    match row.state:
        case State.HELD:
            return _held_why(row), _held_next(row, box)
        case State.SKIPPED:
            return in_words(row.reason), _("It will not be sent.")
        case State.FAILED | State.IN_DOUBT:
            return in_words(row.reason), _next(row.reason)
        case State.SENT:
            return _sent(row, box)
        case State.SENDING | State.READY:
            return _("It is on its way."), _("Handed to the provider now.")
        case _:
            due = moment_words(row.due_at, box.now)
            return (
                _("Goes out {when}, if nothing changes.").format(when=due),
                _("Every gate is asked again at that moment."),
            )


def _held_why(row: DeliveryRow) -> str:
    if row.reason is Reason.OK:
        return _("It waits for its turn.")
    return in_words(row.reason)


def _held_next(row: DeliveryRow, box: Outbox) -> str:
    if row.until is None or row.reason in {Reason.STOPPED, Reason.RESTORED}:
        return _next(row.reason) or _("Judged again when something changes.")
    here = moment_words(row.until, box.now)
    there = local_time(row.until, box.zone(row))
    if row.reason is Reason.QUIET_HOURS and there:
        zone = place_of(box.zone(row))
        local = row.until.astimezone(box.here)
        if there == local.strftime("%H:%M"):
            return _("Goes out {when}, in {place} too.").format(when=here, place=zone)
        if local.date() == box.now.date():
            here = local.strftime("%H:%M")
        return _("Goes out at {there} in {place}, {when} here.").format(
            there=there, place=zone, when=here
        )
    if row.reason is Reason.QUIET_HOURS:
        return _("Goes out {when}.").format(when=here)
    return _("Judged again {when}.").format(when=here)


def _next(reason: Reason) -> str:
    words = _NEXT.get(reason, "")
    return _(words) if words else ""


def _sent(row: DeliveryRow, box: Outbox) -> tuple[str, str]:
    if row.sent_at is None:
        return _("Sent."), ""
    when = moment_words(row.sent_at, box.now, has_seconds=True)
    took = _("The provider took it {when}.").format(when=when)
    if row.reason is Reason.OK:
        return took, _("Its proof is kept.")
    return took, in_words(row.reason)


def day_words(moment: datetime, now: datetime) -> str:
    """Name a day as people do: today, tomorrow, 28 November."""
    local = moment.astimezone(now.tzinfo)
    match (local.date() - now.date()).days:
        case 0:
            return _("today")
        case 1:
            return _("tomorrow")
        case -1:
            return _("yesterday")
        case _:
            form = "%-d %B" if local.year == now.year else "%-d %B %Y"
            return dated(local, form)


def moment_words(moment: datetime, now: datetime, *, has_seconds: bool = False) -> str:
    """Say a moment as people do: "tomorrow at 09:00", "at 09:00" for today."""
    local = moment.astimezone(now.tzinfo)
    time = local.strftime("%H:%M:%S" if has_seconds else "%H:%M")
    day = day_words(moment, now)
    if local.date() == now.date():
        return _("at {time}").format(time=time)
    if abs((local.date() - now.date()).days) == 1:
        return _("{day} at {time}").format(day=day, time=time)
    return _("on {day} at {time}").format(day=day, time=time)


def stamp_words(moment: datetime, now: datetime) -> str:
    """Say a moment in short: "today, 18:06", "27 November, 18:06"."""
    local = moment.astimezone(now.tzinfo)
    time = local.strftime("%H:%M")
    return _("{day}, {time}").format(day=day_words(moment, now), time=time)


def local_time(moment: datetime, zone: str) -> str:
    """Return the time in a zone, "" where it is unknown."""
    try:
        return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M") if zone else ""
    except (ZoneInfoNotFoundError, ValueError):
        return ""


def place_of(zone: str) -> str:
    """Return the place that a zone is named after: "São Paulo" is "Sao Paulo"."""
    return zone.rpartition("/")[2].replace("_", " ")
