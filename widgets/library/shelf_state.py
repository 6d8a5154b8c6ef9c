"""What the library is drawn from: plain data, which knows no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from governance.changes.library import LibraryRow
from governance.changes.reading import ChangeRow
from governance.names import ChangeId, TemplateId
from governance.standards.finding import Finding
from governance.texts import N_, _
from widgets.kit.values import Deed, Fact, Mark

TEMPLATES: Final = "templates"
ANY: Final = "any"
GONE: Final = "gone:"  # what the key of an archived template begins with
ARCHIVED: Final = "view:archived"


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """Something governed that is no template: a journey, a partial, a field, a rule.

    Attributes:
        key: The path of its source; a merge field's has "#" and its name behind.
        facts: What the inspector says of it.
    """

    key: str
    kind: str
    title: str
    what: str
    group: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class GoneTemplate:
    """A template that is released and that the author's files have no more."""

    id: TemplateId
    title: str
    stage: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What a person asked to see.

    Attributes:
        section: A kind of thing, a view ("view:drafts") or a stage ("stage:offer").
        grouping: "stage", "state" or "owner"; "" for one list by title.
    """

    section: str = TEMPLATES
    words: str = ""
    standing: str = ANY
    locale: str = ANY
    channel: str = ANY
    grouping: str = "stage"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that the library draws on.

    Attributes:
        changes: Those that are under review, with how far they are.
        findings: Template → its findings; None while nobody has checked yet.
        gone: What was archived and not released yet.
        moments: Template → when a journey sends it, in a word or two.
        drifted: Template → where something else stands than was published.
        names: Person → what they are called; by address where nobody says.
        today: For what is due to be looked at again.
        problem: Why the author's files cannot be read, "" if they can.
        is_listed: Whether what is no template was listed already.
    """

    rows: tuple[LibraryRow, ...]
    files: tuple[LibraryFile, ...]
    changes: Mapping[ChangeId, ChangeRow]
    findings: Mapping[TemplateId, tuple[Finding, ...]] | None = None
    is_loading: bool = False
    gone: tuple[GoneTemplate, ...] = ()
    moments: Mapping[TemplateId, str] = field(default_factory=dict)
    drifted: Mapping[TemplateId, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None
    problem: str = ""
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class InspectorState:
    """One thing, beside the list.

    Attributes:
        more: What else can be done with it: the menu behind the three dots, and the
            one of its row.
    """

    title: str = ""
    marks: tuple[Mark, ...] = ()
    html: str = ""
    is_waiting: bool = False
    facts: tuple[Fact, ...] = ()
    deeds: tuple[Deed, ...] = ()
    note: str = ""
    more: tuple[Deed, ...] = ()


# What the starter library calls its stages and the groups of its merge fields.
_NAMED: Final = (
    *(N_("Application"), N_("Assessment"), N_("Interview"), N_("Offer")),
    *(N_("Onboarding"), N_("Rejection"), N_("Relationship"), N_("Team")),
    *(N_("Background check"), N_("Candidate"), N_("Consent"), N_("Deletion")),
    *(N_("Feedback"), N_("First day"), N_("Hiring manager"), N_("Job"), N_("Links")),
    *(N_("Note"), N_("Recruiter")),
)


def stage_title(stage: str) -> str:
    """Return a stage's folder name as people write it."""
    words = stage.replace("-", " ").replace("_", " ").capitalize()
    return _(words) if words in _NAMED else words
