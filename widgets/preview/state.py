"""What the previews show, decided without drawing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from governance.clients.previews import Closer, Shown, Wanted
from governance.clients.profile import CLIENTS, Client, Device, Group, client
from governance.clients.rule import CONFIDENCE_WORDS, Rule, Scheme
from governance.clients.rules.all import rule
from governance.clients.simulate import by_rule
from governance.names import Digest
from governance.texts import _, ngettext
from widgets.kit.values import Choice, Entry, Section, Tone

LIGHT: Final = "light"
DARK: Final = "dark"
BOTH: Final = "both"
SCHEMES: Final = (LIGHT, DARK, BOTH)
NO_PAGE: Final = Digest("")
FIRST_CLIENTS: Final = (
    "gmail-web", "outlook-classic", "outlook-new", "apple-mail-ios", "gmail-android",
    "gmail-ios", "yahoo",
)  # fmt: skip
_DEVICES: Final = {Device.DESKTOP: "desktop", Device.PHONE: "device-mobile"}
_SCHEMES: Final = {Scheme.LIGHT: "sun", Scheme.DARK: "moon"}
_KNOWN: Final = frozenset(one.id for one in CLIENTS)


@dataclass(frozen=True, slots=True)
class Card:
    """One client's preview.

    Attributes:
        key: "gmail-ios dark".
        device: The icon of what it runs on.
        scheme: The icon of the scheme.
        note: "2 changes", "" for none.
        count: "2", where there is no room for the note.
        said: All of it in words.
        width: Of the client, in pixels.
    """

    key: str
    title: str
    device: str
    scheme: str
    note: str
    count: str
    said: str
    width: int
    digest: Digest
    is_dark: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """One thing that a client changes.

    Attributes:
        key: The rule's id.
        places: The numbers of the elements that it changed.
        evidence: "caniemail.com · Oct 2019".
        confidence: "B · Dated tests".
    """

    key: str
    title: str
    says: str
    where: str
    places: tuple[int, ...]
    source: str
    evidence: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ClientState:
    """One client, looked at closely.

    Attributes:
        status: What is imitated, and how well.
        title: "What Outlook classic changes".
        nothing: What is said where it changes nothing.
    """

    key: str = ""
    name: str = ""
    engine: str = ""
    status: str = ""
    title: str = ""
    nothing: str = ""
    changes: tuple[Made, ...] = ()
    sections: tuple[Section, ...] = ()
    schemes: tuple[Choice, ...] = ()
    scheme: str = LIGHT
    widths: tuple[Choice, ...] = ()
    width: int = 600
    written: Digest = NO_PAGE
    shown: Digest = NO_PAGE
    is_dark: bool = False


def key_of(wanted: Wanted) -> str:
    """Return what a card is known by."""
    return f"{wanted.client} {wanted.scheme}"


def wanted_of(key: str) -> Wanted | None:
    """Return what a card shows, None for a key that is none."""
    name, _space, scheme = key.partition(" ")
    if name not in _KNOWN or scheme not in {LIGHT, DARK}:
        return None
    return Wanted(name, Scheme(scheme))


def wanted(clients: Sequence[str], scheme: str) -> tuple[Wanted, ...]:
    """Return what is to be shown of ``clients``, in the order of the list of clients.

    Those that show messages alike in both schemes are shown once.
    """
    found = []
    for one in CLIENTS:
        if one.id in clients:
            schemes = [
                each
                for each in one.schemes
                if scheme in (BOTH, each) or len(one.schemes) == 1
            ]
            found += [Wanted(one.id, each) for each in schemes]
    return tuple(found)


def everyone(scheme: Scheme) -> tuple[Wanted, ...]:
    """Return every client in ``scheme``, or in the one that it has."""
    return tuple(
        Wanted(one.id, scheme if scheme in one.schemes else Scheme.LIGHT)
        for one in CLIENTS
    )


def chosen_clients(remembered: Sequence[str]) -> tuple[str, ...]:
    """Return which clients are shown: those remembered that there still are."""
    known = tuple(one for one in remembered if one in _KNOWN)
    return known or FIRST_CLIENTS


def cards(shown: Sequence[Shown]) -> tuple[Card, ...]:
    """Return the cards of what clients make of a message."""
    return tuple(_card(one) for one in shown)


def _card(shown: Shown) -> Card:
    one, scheme = client(shown.wanted.client), shown.wanted.scheme
    note = changes_said(shown.changed) if shown.changed else ""
    is_dark = scheme is Scheme.DARK
    words = (
        _(one.name),
        _("dark") if is_dark else _("light"),
        note or _("shown as it was written"),
    )
    return Card(
        key_of(shown.wanted),
        _(one.name),
        _DEVICES[one.device],
        _SCHEMES[scheme],
        note,
        str(shown.changed) if shown.changed else "",
        ", ".join(words),
        one.widths[0],
        shown.digest,
        is_dark,
    )


def changes_said(count: int) -> str:
    """Return "2 changes"."""
    return ngettext("{count} change", "{count} changes", count).format(count=count)


def client_state(closer: Closer, shown: Sequence[Shown], width: int) -> ClientState:
    """Describe one client closely.

    Args:
        closer: The client, and what it changed.
        shown: What else is shown, for the list of clients.
        width: Of the mail; 0 for the client's usual one.
    """
    which = closer.shown.wanted
    one = client(which.client)
    name = _(one.name)
    widths = one.widths
    return ClientState(
        key=key_of(which),
        name=name,
        engine=_(one.engine),
        status=_(one.status),
        title=_("What {client} changes").format(client=name),
        nothing=_("{client} shows this message as it was written.").format(client=name),
        changes=_made(closer),
        sections=_sections(shown, which, closer.shown.changed),
        schemes=(
            Choice(LIGHT, _("Light"), "sun"),
            Choice(
                DARK,
                _("Dark"),
                "moon",
                ""
                if Scheme.DARK in one.schemes
                else _("Messages look the same in its dark scheme."),
            ),
        ),
        scheme=str(which.scheme),
        widths=tuple(
            Choice(str(each), _("{width} px").format(width=each)) for each in widths
        ),
        width=width if width in widths else _usual(widths),
        written=closer.written,
        shown=closer.shown.digest,
        is_dark=which.scheme is Scheme.DARK,
    )


def _usual(widths: tuple[int, ...]) -> int:
    """Return how wide a mail stands alone: 600 where the client has the room."""
    return 600 if 600 in widths else widths[0]  # noqa: PLR2004 -- what mails are


def _made(closer: Closer) -> tuple[Made, ...]:
    found = []
    for key, changes in by_rule(closer.changes).items():
        one = rule(key)
        numbers = [place.number for each in changes for place in each.places]
        words = ngettext("In {count} place", "In {count} places", len(numbers))
        excerpts = [
            place.excerpt
            for each in changes
            for place in each.places
            if place.excerpt and place.path and "/style" not in place.path
        ]
        where = words.format(count=len(numbers))
        if excerpts:
            where = _("{where}, first at “{words}”").format(
                where=where, words=excerpts[0][:60]
            )
        found.append(
            Made(
                key,
                _(one.title),
                _(one.says),
                where,
                tuple(sorted({number for number in numbers if number >= 0})),
                one.source,
                _evidence(one),
                f"{one.confidence} · {_(CONFIDENCE_WORDS[one.confidence])}",
            )
        )
    return tuple(found)


def _evidence(one: Rule) -> str:
    host = one.source.partition("://")[2].partition("/")[0].removeprefix("www.")
    year, _dash, rest = one.date.partition("-")
    months = (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip
    month = rest.partition("-")[0]
    is_month = month.isdecimal() and 1 <= int(month) <= len(months)
    when = f"{months[int(month) - 1]} {year}" if is_month else year
    return " · ".join(one for one in (host, when) if one)


_GROUPS: Final = (Group.DESKTOP, Group.PHONE, Group.SPECIAL)


def _sections(
    shown: Sequence[Shown], which: Wanted, changed: int
) -> tuple[Section, ...]:
    counts: Mapping[str, int] = {
        **{one.wanted.client: one.changed for one in reversed(shown)},
        which.client: changed,
    }
    return tuple(
        Section(
            title,
            tuple(_entry(one, counts) for one in CLIENTS if one.group is group),
        )
        for group, title in zip(
            _GROUPS, (_("Desktop"), _("Phone"), _("Special")), strict=True
        )
    )


def _entry(one: Client, counts: Mapping[str, int]) -> Entry:
    count = counts.get(one.id, 0)
    icon = "image" if one.group is Group.SPECIAL else _DEVICES[one.device]
    return Entry(one.id, _(one.name), icon, str(count) if count else "", Tone.QUIET)
