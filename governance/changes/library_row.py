"""A row of the library: one template, and where it stands."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from governance.names import ChangeId, Channel, Digest, Locale, PersonId, TemplateId
from governance.texts import _


class Standing(StrEnum):
    """Where a template stands, the most pressing first."""

    BROKEN = "broken"  # it cannot be read
    IN_REVIEW = "in review"
    HELD = "held"
    DRAFT = "draft"  # never released
    EDITED = "edited"  # other than the version that candidates get
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """One template.

    Attributes:
        live: The N of the version that candidates get, None before the first.
        problem: Why it cannot be read, "" if it can.
        change: The change that proposes it, if one is open.
        review: When somebody should look at it again.
        goal: What it should bring about.
        helps: When it is sent, in its author's words.
    """

    id: TemplateId
    stage: str
    title: str
    standing: Standing
    channels: tuple[Channel, ...]
    locales: tuple[Locale, ...]
    owner: PersonId
    closure: Digest
    live: int | None
    change: ChangeId | None = None
    problem: str = ""
    review: date | None = None
    goal: str = ""
    helps: str = ""

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        words = {
            Standing.BROKEN: _("Cannot be read"),
            Standing.IN_REVIEW: _("In review"),
            Standing.HELD: _("Held"),
            Standing.DRAFT: _("Draft"),
            Standing.EDITED: _("Edited since v{version}"),
            Standing.LIVE: _("Live, v{version}"),
        }
        return words[self.standing].format(version=self.live)
