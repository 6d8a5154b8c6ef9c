"""Access: all that is kept of one candidate, for the candidate; of nobody else.

Who looked after an application, who took part in an interview and who of the team
decided something are left out: they are other people's data.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from governance.names import FieldName, PersonId
from sync.candidates.consent import ConsentRecord, Suppression
from sync.candidates.facts import ApplicationSnapshot, CandidateId, FieldValue
from sync.candidates.known import known_candidate
from sync.candidates.ports import Candidates
from sync.errors import ErasedError
from sync.histories.why import Chapter, chapter
from sync.sending.deliveries import Deliveries
from sync.sending.delivery import Delivery

log = logging.getLogger(__name__)

PAGE: Final = 25  # messages in one answer

_OTHERS: Final = ("recruiter.", "interview.interviewers")  # fields about others

Body = Callable[[Delivery], bytes | None]


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """One message of a candidate.

    Attributes:
        body: The exact bytes that were sent, None where nothing was or they are gone.
    """

    chapter: Chapter
    body: bytes | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Access:
    """What is kept of one candidate.

    Attributes:
        applications: Without what they say of others; empty once erased.
        messages: Some of them, the oldest first.
        next: What to ask for as ``after``, "" at the end.
    """

    candidate: CandidateId
    applications: tuple[ApplicationSnapshot, ...]
    consents: tuple[ConsentRecord, ...]
    suppressions: tuple[Suppression, ...]
    messages: tuple[Kept, ...]
    next: str = ""
    is_erased: bool = False
    fields: Mapping[str, Mapping[FieldName, FieldValue]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GiveAccess:
    """Collects what is kept of a candidate.

    Attributes:
        body: Returns what was sent.
        page: How many messages one answer holds.
    """

    candidates: Candidates
    deliveries: Deliveries
    body: Body
    page: int = PAGE

    def __call__(self, text: str, *, by: PersonId, after: str = "") -> Access:
        """Return what is kept of a candidate, by id, application, address or number.

        Raises:
            UnknownApplicationError: The service knows nobody like that.
            StoreUnavailableError: The database cannot be used.
        """
        candidate = known_candidate(text, self.candidates)
        if not after:
            log.info("%s exported what is kept of the candidate %s", by, candidate)
        snapshots, is_erased = self._applications(candidate)
        found = self.deliveries.list(after=after, limit=self.page, candidate=candidate)
        return Access(
            candidate,
            snapshots,
            tuple(self.candidates.consents(candidate)),
            tuple(self.candidates.suppressions(candidate)),
            tuple(self._kept(delivery) for delivery in found),
            found[-1].id if len(found) == self.page else "",
            is_erased=is_erased,
            fields={snapshot.id: own_fields(snapshot) for snapshot in snapshots},
        )

    def _applications(
        self, candidate: CandidateId
    ) -> tuple[tuple[ApplicationSnapshot, ...], bool]:
        found: list[ApplicationSnapshot] = []
        for name in self.candidates.applications(candidate):
            try:
                found.append(self.candidates.application(name).snapshot)
            except ErasedError:
                return (), True
        return tuple(found), False

    def _kept(self, delivery: Delivery) -> Kept:
        return Kept(chapter(delivery, self.deliveries), self.body(delivery))


def own_fields(snapshot: ApplicationSnapshot) -> Mapping[FieldName, FieldValue]:
    """Return the further fields of an application that are about the candidate."""
    return {
        name: value
        for name, value in snapshot.values.items()
        if not name.startswith(_OTHERS)
    }
