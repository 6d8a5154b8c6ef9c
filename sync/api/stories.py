"""What the service says about one candidate: what was sent, what was not, and why."""

from typing import Final, Self

import msgspec

from sync.api.deliveries import AttemptRow, DeliveryRow, RoundRow
from sync.histories import why

STORY: Final = "/v1/stories"


class StoryWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose story: an id, an application's id, an e-mail address or a phone number."""

    candidate: str

    def __repr__(self) -> str:
        return "StoryWish()"


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    """One message, with everything that decided about it.

    Attributes:
        sentence: What became of it, and why; it names nobody.
        rounds: How it was judged, the oldest first.
    """

    delivery: DeliveryRow
    sentence: str
    rounds: tuple[RoundRow, ...] = ()
    attempts: tuple[AttemptRow, ...] = ()

    @classmethod
    def of(cls, chapter: why.Chapter) -> Self:
        """Put a chapter on the wire."""
        return cls(
            delivery=DeliveryRow.of(chapter.delivery),
            sentence=chapter.sentence,
            rounds=tuple(map(RoundRow.of, chapter.rounds)),
            attempts=tuple(map(AttemptRow.of, chapter.attempts)),
        )


class Story(msgspec.Struct, frozen=True):
    """Everything that was sent to a candidate, is to be sent, or was not.

    Attributes:
        candidate: The id.
        is_erased: Whether nothing else of the person is kept any more.
    """

    candidate: str
    chapters: tuple[Chapter, ...]
    is_erased: bool = False

    @classmethod
    def of(cls, story: why.Story) -> Self:
        """Put a story on the wire."""
        chapters = tuple(map(Chapter.of, story.chapters))
        return cls(story.candidate, chapters, story.is_erased)
