"""What the service says about one candidate: what was sent, what was not, and why."""

from datetime import datetime
from typing import Final

import msgspec

from sync.api.deliveries import DecisionRow

STORY: Final = "/v1/stories"


class StoryWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose story: an id, an application's id, an e-mail address or a phone number."""

    candidate: str

    def __repr__(self) -> str:
        return "StoryWish()"


class StoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened, or did not.

    Attributes:
        kind: A closed word for programs: "planned", "judged", "sent", …
        sentence: The same for people; it names nobody.
        delivery: The message that it is about, "" for none.
        decisions: What the gates said, where it is about that.
    """

    at: datetime
    kind: str
    sentence: str
    delivery: str = ""
    template: str = ""
    channel: str = ""
    state: str = ""
    reason: str = ""
    decisions: tuple[DecisionRow, ...] = ()


class Story(msgspec.Struct, frozen=True):
    """All of it, the oldest first.

    Attributes:
        candidate: The id.
    """

    candidate: str
    entries: tuple[StoryEntry, ...]
