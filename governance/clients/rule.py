"""What a rule of a mail client is, and what it works on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from governance.clients.css import Block
from governance.clients.mail import Mail
from governance.clients.page import Page
from governance.rendering.sheets import Declaration
from governance.texts import N_


class Scheme(StrEnum):
    """The colour scheme that a reader has chosen."""

    LIGHT = "light"
    DARK = "dark"


class Confidence(StrEnum):
    """How well a rule is known."""

    VENDOR = "A"
    TESTED = "B"
    ARTICLE = "C"
    OURS = "D"


CONFIDENCE_WORDS: Final = {
    Confidence.VENDOR: N_("Vendor"),
    Confidence.TESTED: N_("Dated tests"),
    Confidence.ARTICLE: N_("Article"),
    Confidence.OURS: N_("Our inference"),
}


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What a rule may depend on beside the message.

    Attributes:
        is_opted_in: Whether the message says that it has a dark scheme of its own.
        around: What stands around a block of a style sheet, the outermost first.
    """

    scheme: Scheme = Scheme.LIGHT
    is_opted_in: bool = False
    around: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnSource:
    """A rule for the text of the message, before it is parsed."""

    change: Callable[[str], tuple[str, Sequence["Told"]]]


@dataclass(frozen=True, slots=True)
class OnPage:
    """A rule for the parsed message; it notes what it changes in the page.

    It replaces elements, or changes what is in them through the page, so that a message
    is built once for all clients whose rules are the same.

    Attributes:
        when: Whether there is anything in a message that it could change.
    """

    change: Callable[[Page], None]
    when: Callable[[Mail], bool] = lambda _mail: True


@dataclass(frozen=True, slots=True)
class OnText:
    """A rule for a whole style attribute or sheet: it stays, or all of it goes."""

    is_lost: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class OnSheet:
    """A rule for a whole style sheet; it returns the blocks that stay."""

    change: Callable[[tuple[Block, ...]], tuple[Block, ...]]


@dataclass(frozen=True, slots=True)
class OnBlock:
    """A rule for one block of a style sheet; ``None`` leaves it out."""

    change: Callable[[Block, Circumstance], Block | None]


@dataclass(frozen=True, slots=True)
class OnDeclaration:
    """A rule for one declaration, wherever it stands.

    Attributes:
        names: The properties that it is for; "border-*-radius" stands for some, none
            for all.
        only: The elements that it is for; none for all.
        where: Whether it is for style attributes, for style sheets, or for both.
    """

    change: Callable[[Declaration], Sequence[Declaration]]
    names: tuple[str, ...] = ()
    only: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    where: Literal["both", "inline"] = "both"

    def is_for(self, tag: str) -> bool:
        """Tell whether the rule is for elements named ``tag``."""
        return tag not in self.unless and (not self.only or tag in self.only)


@dataclass(frozen=True, slots=True)
class OnColour:
    """A rule for colours in the dark scheme.

    Attributes:
        text: What becomes of the colour of text and lines.
        background: What becomes of the colour of a background.
        is_readable: Whether text is made lighter until it can be read.
        when: Whether the client darkens this message at all.
    """

    text: Callable[[str], str]
    background: Callable[[str], str]
    is_readable: bool = False
    when: Callable[[Mail], bool] = lambda _mail: True


CANIEMAIL: Final = "https://www.caniemail.com/features/{}/"
BUGS: Final = "https://github.com/hteumeuleu/email-bugs/issues/{}"

GMAIL: Final = frozenset({"gmail-web", "gmail-android", "gmail-ios"})
GMAIL_ALL: Final = GMAIL | {"gmail-other", "gmail-mobile-web"}
WORD: Final = frozenset({"outlook-classic"})
OUTLOOK: Final = frozenset({"outlook-new", "outlook-mobile"})
YAHOO: Final = frozenset({"yahoo", "yahoo-android"})
APPLE: Final = frozenset({"apple-mail-mac", "apple-mail-ios"})

Work = OnSource | OnPage | OnText | OnSheet | OnBlock | OnDeclaration | OnColour


@dataclass(frozen=True, slots=True)
class Told:
    """What a rule did to the text of a message, before there were elements."""

    before: str
    after: str
    excerpt: str


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One thing that some mail clients do.

    Attributes:
        id: Short and stable: "W9", or the name of the feature at caniemail.
        title: What is lost or changed, in a few words; not yet translated.
        says: What happens, in a sentence; not yet translated.
        clients: The ids of the clients that do it.
        source: The page that says so.
        date: When it was tested or written, as exactly as is known: "2023-12-20".
    """

    id: str
    title: str
    says: str
    clients: frozenset[str]
    source: str
    date: str
    confidence: Confidence
    work: Work
