"""A message as several mail clients show it: what previews need, and no more of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from lxml import etree  # type: ignore[import-untyped]

from governance.clients.mail import parsed
from governance.clients.profile import Canvas, client
from governance.clients.rule import Scheme
from governance.clients.scrubbed import scrubbed
from governance.clients.simulate import Change, Simulated, simulate
from governance.clients.text_view import text_page
from governance.names import Digest, Locale, TemplateId
from governance.rendering.values import RecipientValues

PLACE: Final = "data-place"  # bears an element's number where changes are marked
_GROUND: Final = (
    "<style>:root{color-scheme:light !important}"
    ":where(html){background:#fff}:where(body){margin:0}</style>"
)
_PAPER: Final = Canvas("#ffffff", "#000000")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A client and the scheme that its reader has chosen."""

    client: str
    scheme: Scheme


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at.

    Attributes:
        values: Of possible recipients; the first whom the message fits is shown.
        wanted: The clients, and the scheme of each.
        closer: One whose changes are read.
    """

    template: TemplateId
    locale: Locale
    values: tuple[RecipientValues, ...]
    wanted: tuple[Wanted, ...]
    closer: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a client makes of the message.

    Attributes:
        digest: Of the page that shows it; equal ones are sent once.
        changed: How many rules changed something.
    """

    wanted: Wanted
    digest: Digest
    changed: int


@dataclass(frozen=True, slots=True)
class Closer:
    """One client looked at closely.

    Attributes:
        shown: The message as the client shows it, elements with their numbers.
        written: The digest of the message as it was written, harmless.
    """

    shown: Shown
    written: Digest
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Previews:
    """A message as clients show it.

    Attributes:
        pages: Digest → the page, UTF-8; without those that are known already.
        closer: The client that is looked at closely, if one is.
    """

    shown: tuple[Shown, ...]
    pages: dict[Digest, bytes]
    closer: Closer | None = None


def previews(
    html: str,
    text: str,
    wanted: Sequence[Wanted],
    known: Collection[Digest] = (),
    closer: Wanted | None = None,
) -> Previews:
    """Show a message as each of ``wanted``, and one more closely.

    Args:
        html: The HTML part for one recipient.
        text: The plain text part.
        wanted: In the order of the answer; a scheme that a client does not have is
            light.
        known: Pages that need not be in the answer.
        closer: A client whose changes are read, each with its place.

    Raises:
        KeyError: There is no such client.
    """
    pages: dict[Digest, bytes] = {}

    def keep(digest: Digest, page: str) -> Digest:
        if digest not in known and digest not in pages:
            pages[digest] = page.encode("utf-8", "replace")
        return digest

    def shown(one: Wanted, made: Simulated) -> Shown:
        changed = len({change.rule for change in made.changes})
        return Shown(one, keep(made.digest, made.html), changed)

    found = tuple(
        shown(one, simulate(html, client(one.client), one.scheme, text, located=False))
        for one in wanted
    )
    if closer is None:
        return Previews(found, pages)
    numbered = _numbered(html)
    made = simulate(numbered, client(closer.client), closer.scheme, text)
    if client(closer.client).reads_html:
        written = scrubbed(numbered) + _GROUND
    else:
        written = text_page(text, _PAPER)
    digest = Digest(sha256(written.encode("utf-8", "replace")).hexdigest())
    return Previews(
        found,
        pages,
        Closer(shown(closer, made), keep(digest, written), made.changes),
    )


def _numbered(html: str) -> str:
    """Return ``html`` with each element's number in it, as ``Place`` counts."""
    if not html.strip():
        return html
    try:
        root = etree.fromstring(
            html.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8")
        )
    except etree.XMLSyntaxError:  # nothing but a comment
        return html
    if root is None:
        return html
    for number, element in enumerate(root.iter(etree.Element)):
        element.set(PLACE, str(number))
    written: str = etree.tostring(root, encoding="unicode", method="html")
    return parsed(html).doctype + written
