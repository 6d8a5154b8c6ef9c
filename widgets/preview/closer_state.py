"""What is said of one mail client that is looked at closely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from governance.clients.previews import Closer, Shown, Wanted
from governance.clients.profile import CLIENTS, Client, Group, client
from governance.clients.rule import CONFIDENCE_WORDS, Rule, Scheme
from governance.clients.rules.all import rule
from governance.clients.simulate import by_rule
from governance.names import Digest
from governance.texts import _, ngettext
from widgets.kit.values import Choice, Entry, Section, Tone
from widgets.preview.state import DARK, DEVICES, LIGHT, NO_PAGE, key_of


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
        nothing=_nothing(which.scheme).format(client=name),
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


def _nothing(scheme: Scheme) -> str:
    if scheme is Scheme.DARK:
        return _(
            "{client} shows this message as it was written: in dark colours of its "
            "own where it has some, and otherwise light."
        )
    return _("{client} shows this message as it was written.")


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
    icon = "image" if one.group is Group.SPECIAL else DEVICES[one.device]
    return Entry(one.id, _(one.name), icon, str(count) if count else "", Tone.QUIET)
