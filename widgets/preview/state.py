"""What the previews show, decided without drawing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from governance.clients.previews import Shown, Wanted
from governance.clients.profile import CLIENTS, Device, client
from governance.clients.rule import Scheme
from governance.names import Digest
from governance.texts import _, ngettext

LIGHT: Final = "light"
DARK: Final = "dark"
BOTH: Final = "both"
SCHEMES: Final = (LIGHT, DARK, BOTH)
NO_PAGE: Final = Digest("")
FIRST_CLIENTS: Final = (
    "gmail-web", "outlook-classic", "outlook-new", "apple-mail-ios", "gmail-android",
    "gmail-ios", "yahoo",
)  # fmt: skip
DEVICES: Final = {Device.DESKTOP: "desktop", Device.PHONE: "device-mobile"}
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
        DEVICES[one.device],
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
