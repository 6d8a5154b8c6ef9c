"""What the publishing room draws on: the ledger, what the service found, who looks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from governance.changes.reading import ChangeRow
from governance.ledger.state import LedgerState, Means, Version
from governance.names import ChangeId, PersonId, SubjectName
from governance.texts import _
from sync.api.publications import PublicationRow
from sync.publishing.capabilities import Mode
from widgets.kit.values import Mark, Tone

BY_TEMPLATE: Final = "template"
BY_DESTINATION: Final = "destination"
RELEASES: Final = "releases"
READY: Final = "change:"  # the key of a change that waits to be released
TEMPLATES: Final = "templates/"
PRACTICE: Final = "practice"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of publishing one message.

    Attributes:
        rows: What is there now, a row for each language and destination.
        problem: Why it failed, "" where it did not.
        is_left: Whether the person stopped before it was its turn.
    """

    subject: SubjectName
    rows: tuple[PublicationRow, ...] = ()
    problem: str = ""
    is_left: bool = False

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to try again."""
        return not (self.problem or self.is_left)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that the room draws on.

    Attributes:
        titles: Subject → what people call it.
        publications: What the service last found; None while it was not asked yet.
        is_service_there: Whether it answers.
        planned: Template → how many messages of it are still to go out.
        outcomes: What came of the last publishing.
    """

    state: LedgerState
    changes: Mapping[ChangeId, ChangeRow]
    titles: Mapping[SubjectName, str]
    publications: tuple[PublicationRow, ...] | None = None
    me: PersonId | None = None
    now: datetime | None = None
    is_service_there: bool = True
    planned: Mapping[str, int] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()

    def title(self, subject: SubjectName) -> str:
        """Return what people call a message."""
        return self.titles.get(subject, subject.partition("/")[2])

    def there(self, subject: SubjectName, ats: str = "") -> tuple[PublicationRow, ...]:
        """Return what the service found of a message, in one destination or in all."""
        name = subject.removeprefix(TEMPLATES)
        return tuple(
            row
            for row in self.publications or ()
            if row.key.startswith(f"{name}/") and ats in {"", row.ats}
        )

    @property
    def destinations(self) -> tuple[str, ...]:
        """The systems that messages are published to."""
        return tuple(sorted({row.ats for row in self.publications or ()})) or (
            PRACTICE,
        )

    def mode(self, ats: str) -> Mode:
        """Return how messages come into a destination."""
        modes = (row.mode for row in self.publications or () if row.ats == ats)
        return next(modes, Mode.NATIVE)

    @property
    def current(self) -> Mapping[SubjectName, Version]:
        """The version in force of each message."""
        return {
            subject: versions[-1]
            for subject, versions in sorted(self.state.versions.items())
            if subject.startswith(TEMPLATES)
        }


def subject_in(key: str) -> SubjectName:
    """Return the message that the key of a row is about."""
    return SubjectName(key.partition("@")[0].partition("#")[0])


def destination_name(ats: str) -> str:
    """Return what people call a destination."""
    if ats == PRACTICE:
        return _("Practice ATS")
    return ats.replace("_", " ").capitalize()


def mode_words(mode: Mode) -> str:
    """Say how messages come into a destination."""
    match mode:
        case Mode.NATIVE:
            return _("we write its templates")
        case Mode.SEND_BY_ID:
            return _("it sends its own template")
        case Mode.ASSISTED:
            return _("pasted by hand")
        case _:
            return _("we send, it gets a note")


def is_ready(row: ChangeRow) -> bool:
    """Whether a change waits for nothing but its release."""
    return row.verdict.is_verified and row.change.stage in {"open", "emergency"}


def is_manager(shelf: Shelf) -> bool:
    """Whether the person here releases and rolls back."""
    member = shelf.state.members.get(shelf.me) if shelf.me else None
    policy = shelf.state.policy
    return bool(member and policy and policy.release.role in member.roles)


def name_of(state: LedgerState, person: PersonId) -> str:
    """Return how a member is called."""
    member = state.members.get(person)
    return member.name if member and member.name else str(person)


def means_of(version: Version) -> Mark:
    """Say how a version came about."""
    if version.recalled is not None:
        return Mark(_("Withdrawn"), "prohibit", Tone.ERROR)
    match version.means:
        case Means.ROLLBACK:
            words = _("Back to version {number}").format(number=version.of)
            return Mark(words, "clock-counter-clockwise", Tone.INFO)
        case Means.EMERGENCY:
            return Mark(_("Emergency"), "warning-octagon-fill", Tone.ERROR)
        case _:
            return Mark(_("Released"), "tag", Tone.OK)
