"""The mail clients that are simulated, as values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from governance.clients.rule import Confidence, Scheme
from governance.texts import N_


class Device(StrEnum):
    """What a client runs on."""

    DESKTOP = "desktop"
    PHONE = "phone"


class Group(StrEnum):
    """Where a list of clients shows one."""

    DESKTOP = "desktop"
    PHONE = "phone"
    SPECIAL = "special"


class Dark(StrEnum):
    """How a client makes its dark scheme."""

    NONE = "none"  # messages stay as they are
    AUTHORED = "authored"  # what the message itself says
    PARTIAL = "partial"  # light backgrounds and dark text are turned
    FULL = "full"  # all colours are turned
    LAB = "lab"  # turned in Lab, text made readable; and what the message says
    SIMPLE = "simple"  # what the message says; simple messages are turned


@dataclass(frozen=True, slots=True)
class Canvas:
    """What a message stands on where it sets no colours."""

    background: str
    text: str


_PAPER: Final = Canvas("#ffffff", "#000000")
BOTH: Final = (Scheme.LIGHT, Scheme.DARK)


@dataclass(frozen=True, slots=True)
class Client:
    """A mail client.

    Attributes:
        name: What lists call it, each by another name; not yet translated.
        engine: What draws the message; not yet translated.
        widths: In CSS pixels, the usual one first.
        schemes: Those in which it shows a message in different ways.
        subject: How many characters of the subject an inbox shows.
        preheader: How many characters of subject and preheader it shows on one line
            together; 0 where the preheader has a line of its own.
        preview: How many characters that line has.
        limit: The most bytes of HTML that are shown; 0 without a limit.
        status: What is imitated, and how well; not yet translated.
    """

    id: str
    name: str
    engine: str
    device: Device
    widths: tuple[int, ...]
    dark: Dark
    subject: int
    preview: int
    status: str
    confidence: Confidence = Confidence.TESTED
    group: Group = Group.DESKTOP
    schemes: tuple[Scheme, ...] = BOTH
    is_one_line: bool = False
    limit: int = 0
    light: Canvas = _PAPER
    night: Canvas = Canvas("#1f1f1f", "#ffffff")

    @property
    def reads_html(self) -> bool:
        """Tell a client that shows HTML from one that shows text only."""
        return self.id != "plain-text"


GMAIL_LIMIT: Final = 102_400  # bytes, email-bugs 41 and 56
_PHONE: Final = (390, 360, 430)

CLIENTS: Final = (
    Client(
        "gmail-web", N_("Gmail web"), N_("In a browser"), Device.DESKTOP, (720, 600),
        Dark.NONE, 70, 100,
        N_("Approximation: by dated tests. In its dark theme messages stay as they "
           "are."),
        schemes=(Scheme.LIGHT,), is_one_line=True, limit=GMAIL_LIMIT,
    ),
    Client(
        "outlook-classic", N_("Outlook classic"), N_("Windows, Word engine"),
        Device.DESKTOP, (720, 600), Dark.FULL, 55, 55,
        N_("Approximation of the Word engine: line heights, page breaks and the "
           "dark colours differ in detail."),
        night=Canvas("#333333", "#ffffff"),
    ),
    Client(
        "outlook-new", N_("New Outlook"), N_("Windows and Outlook.com"), Device.DESKTOP,
        (720, 600), Dark.LAB, 55, 55,
        N_("Approximation: by dated tests. The dark colours are those of Microsoft's "
           "editor, which may not be those of the reader."),
        night=Canvas("#333333", "#ffffff"),
    ),
    Client(
        "apple-mail-mac", N_("Apple Mail, Mac"), "macOS", Device.DESKTOP, (680, 600),
        Dark.SIMPLE, 60, 80,
        N_("Approximation: drawn by another engine. Which messages Mail darkens by "
           "itself is not published."),
        night=Canvas("#1e1e1e", "#ffffff"),
    ),
    Client(
        "thunderbird", "Thunderbird", N_("Windows, macOS and Linux"), Device.DESKTOP,
        (720, 600), Dark.AUTHORED, 60, 0,
        N_("Approximation: few features were tested, so what is shown here is "
           "uncertain."),
        night=Canvas("#1c1b22", "#fbfbfe"),
    ),
    Client(
        "yahoo", "Yahoo Mail", N_("In a browser"), Device.DESKTOP, (720, 600),
        Dark.NONE, 60, 80,
        N_("Approximation: by dated tests. Its dark theme is not imitated."),
        schemes=(Scheme.LIGHT,), is_one_line=True,
    ),
    Client(
        "gmail-android", "Gmail Android", "Android", Device.PHONE, (412, 360),
        Dark.PARTIAL,
        38, 40,
        N_("Approximation: Google does not say how it darkens, so the dark colours "
           "are our inference."),
        group=Group.PHONE, limit=GMAIL_LIMIT,
    ),
    Client(
        "gmail-ios", "Gmail iOS", "iPhone", Device.PHONE, _PHONE, Dark.FULL, 38, 40,
        N_("Approximation: Google does not say how it darkens, so the dark colours "
           "are our inference."),
        group=Group.PHONE, limit=GMAIL_LIMIT,
    ),
    Client(
        "gmail-other", N_("Gmail, other account"),
        N_("Android, with an account of another provider"), Device.PHONE, (412, 360),
        Dark.PARTIAL, 38, 40,
        N_("Approximation: style sheets are removed. The dark colours are our "
           "inference."),
        group=Group.PHONE, limit=GMAIL_LIMIT,
    ),
    Client(
        "gmail-mobile-web", N_("Gmail, phone browser"), N_("In a phone's browser"),
        Device.PHONE,
        _PHONE, Dark.NONE, 38, 40,
        N_("Approximation: by dated tests. Style sheets are removed."),
        schemes=(Scheme.LIGHT,), group=Group.PHONE, limit=GMAIL_LIMIT,
    ),
    Client(
        "apple-mail-ios", N_("Apple Mail, iPhone"), "iPhone", Device.PHONE, _PHONE,
        Dark.SIMPLE,
        38, 80,
        N_("Approximation: drawn by another engine. Which messages Mail darkens by "
           "itself is not published."),
        group=Group.PHONE, night=Canvas("#000000", "#ffffff"),
    ),
    Client(
        "outlook-mobile", N_("Outlook mobile"), N_("iPhone and Android"),
        Device.PHONE, _PHONE,
        Dark.LAB, 42, 75,
        N_("Approximation: by dated tests. The dark colours are those of Microsoft's "
           "editor, which may not be those of the reader."),
        group=Group.PHONE, night=Canvas("#333333", "#ffffff"),
    ),
    Client(
        "samsung", "Samsung Email", "Android", Device.PHONE, (412, 360),
        Dark.AUTHORED, 38, 40,
        N_("Approximation: by dated tests. With a Microsoft account it also ignores "
           "media queries and web fonts."),
        group=Group.PHONE, night=Canvas("#252525", "#ffffff"),
    ),
    Client(
        "yahoo-android", "Yahoo Android", "Android", Device.PHONE, (412, 360),
        Dark.NONE,
        38, 40,
        N_("Approximation: by dated tests. Its dark theme is not imitated."),
        schemes=(Scheme.LIGHT,), group=Group.PHONE,
    ),
    Client(
        "images-off", N_("Images off"), N_("Any client, before images are loaded"),
        Device.DESKTOP, (720, 390), Dark.NONE, 55, 55,
        N_("Approximation: each client draws its own box where an image is missing."),
        Confidence.ARTICLE, Group.SPECIAL, (Scheme.LIGHT,),
    ),
    Client(
        "plain-text", N_("Plain text only"), N_("Watches, and clients without HTML"),
        Device.DESKTOP, (720, 390), Dark.AUTHORED, 55, 55,
        N_("Approximation: the plain text of the message as it is sent, in a font of "
           "ours."),
        Confidence.VENDOR, Group.SPECIAL,
    ),
)  # fmt: skip


def client(id: str) -> Client:  # noqa: A002 -- the word
    """Return the client that is called so.

    Raises:
        KeyError: There is none.
    """
    return _BY_ID[id]


_BY_ID: Final = {one.id: one for one in CLIENTS}
