"""What a change is made of on the page: its texts, who signs, what was said."""

from dataclasses import dataclass, field
from datetime import datetime

from governance.changes.compared import Compared, Stretch
from governance.changes.compared import Mark as Numbered
from governance.changes.reading import ChangeRow
from governance.ledger.state import LedgerState
from governance.names import Locale, PersonId
from governance.standards.finding import Finding
from widgets.diff.state import Pair
from widgets.kit.values import Choice, Deed, Fact, Mark, Notice
from widgets.reviews.since import Since


@dataclass(frozen=True, slots=True)
class PartTexts:
    """One template in one language, before and after.

    Attributes:
        mail: The e-mail, both sides marked.
        source: The author's own source of the e-mail, both sides line by line.
        places: Where each numbered change of the mail stands in that source, a path
            with a line; "" where that cannot be said.
    """

    template: str
    title: str
    locale: Locale
    mail: Compared
    subject: tuple[Stretch, ...] = ()
    text: tuple[Stretch, ...] = ()
    sms: tuple[Stretch, ...] = ()
    source: tuple[Pair, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything that a change alters, rendered for a sample person.

    Attributes:
        others: Files that it alters and that are rendered nowhere, with their words.
    """

    parts: tuple[PartTexts, ...] = ()
    others: tuple[tuple[str, tuple[Stretch, ...]], ...] = ()
    findings: tuple[Finding, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SeatSign:
    """One seat of the quorum.

    Attributes:
        face: Whose initials stand beside it.
    """

    name: str
    role: str
    mark: Mark
    face: str = ""


@dataclass(frozen=True, slots=True)
class CommentRow:
    """What somebody said.

    Attributes:
        position: The entry that it is; an answer names it.
        place: Where it was said, in words; "" for the whole.
        link: The same as the ledger has it, to go there.
    """

    position: int
    name: str
    when: str
    text: str
    place: str
    is_open: bool
    is_answer: bool
    link: str = ""


@dataclass(frozen=True, slots=True)
class SinceState:
    """The banner about what is new, with its switch.

    Attributes:
        choices: Only what is new, or everything; the switch has no others.
    """

    bold: str
    plain: str
    choices: tuple[Choice, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class ChangeState:
    """Everything that the page draws.

    Attributes:
        comment_on: What a comment is about that is written now, in words.
    """

    title: str = ""
    mark: Mark | None = None
    under: str = ""
    notices: tuple[Notice, ...] = ()
    deeds: tuple[Deed, ...] = ()
    templates: tuple[Choice, ...] = ()
    template: str = ""
    locales: tuple[Choice, ...] = ()
    locale: str = ""
    tabs: tuple[Choice, ...] = ()
    tab: str = "rendered"
    before: str = ""
    after: str = ""
    before_title: str = ""
    after_title: str = ""
    words: tuple[Numbered, ...] = ()
    stretches: tuple[tuple[str, tuple[Stretch, ...]], ...] = ()
    source: tuple[Pair, ...] = ()
    details: tuple[Fact, ...] = ()
    marks: tuple[Numbered, ...] = ()
    mark_number: int = 0
    seats: tuple[SeatSign, ...] = ()
    seats_note: str = ""
    findings: tuple[Mark, ...] = ()
    comments: tuple[CommentRow, ...] = ()
    comments_note: str = ""
    comment_on: str = ""
    can_comment: bool = True
    is_loading: bool = False
    languages_note: str = ""
    since: SinceState | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page is about, and what was chosen in it.

    Attributes:
        read: The languages that were opened.
        stale: Why what is shown is no longer what can be signed, "" if it is.
        since: What ``me`` signed or read before, None where all is new.
        news: What differs since then, None where that is not known.
    """

    row: ChangeRow
    state: LedgerState
    me: PersonId | None
    now: datetime
    texts: Texts | None = None
    template: str = ""
    locale: str = ""
    tab: str = "rendered"
    mark: int = 0
    read: frozenset[str] = field(default=frozenset())
    stale: str = ""
    since: Since | None = None
    news: Texts | None = None
    only_news: bool = False

    @property
    def shown(self) -> Texts:
        """What is shown of it: everything, or only what is new."""
        if self.only_news and self.news is not None:
            return self.news
        return self.texts or Texts()
