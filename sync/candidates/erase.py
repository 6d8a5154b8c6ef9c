"""Erasing a candidate, on the word of a person: what is known of them is gone."""

import logging
from datetime import datetime

from governance.names import PersonId
from sync.candidates.facts import CandidateId
from sync.candidates.known import known_candidate
from sync.candidates.ports import Candidates

log = logging.getLogger(__name__)


def erase_candidate(
    text: str, candidates: Candidates, *, by: PersonId, now: datetime
) -> CandidateId:
    """Erase a candidate, by id, application, address or number; return the id.

    What was not sent yet never is; what was sent stays proved. Nobody who was erased
    is taken in again, so the ATS has to let them go too.

    Raises:
        UnknownApplicationError: The service knows nobody like that.
        StoreUnavailableError: The database cannot be used.
    """
    candidate = known_candidate(text, candidates)
    candidates.erase(candidate, now)
    log.info("%s erased the candidate %s", by, candidate)
    return candidate
