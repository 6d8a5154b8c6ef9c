"""Erasing a candidate, on the word of a person: what is known of them is gone."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

import msgspec

from governance.names import PersonId
from governance.trust.canonical import spelled
from sync.candidates.facts import CandidateId
from sync.candidates.known import known_candidate
from sync.candidates.ports import Candidates

log = logging.getLogger(__name__)


KIND: Final = "erasure/v1"

# Signs a statement with the service's key, and returns the envelope.
Sign = Callable[[bytes], bytes]


class Erasure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is signed of an erasure, and is left of it: whom, by whom, when."""

    kind: str
    candidate: str
    by: str
    at: str


def erase_candidate(
    text: str, candidates: Candidates, *, by: PersonId, now: datetime, sign: Sign
) -> CandidateId:
    """Erase a candidate, by id, application, address or number; return the id.

    What was not sent yet never is; what was sent stays proved. Nobody who was erased
    is taken in again, so the ATS has to let them go too. Who did it is kept, signed.

    Raises:
        UnknownApplicationError: The service knows nobody like that.
        StoreUnavailableError: The database cannot be used.
    """
    candidate = known_candidate(text, candidates)
    done = Erasure(KIND, candidate, by, now.isoformat())
    candidates.erase(candidate, now, sign(spelled(done)))
    log.info("%s erased the candidate %s", by, candidate)
    return candidate
