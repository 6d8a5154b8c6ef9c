"""Who is meant: a candidate by any of the names that a person has at hand."""

from governance.texts import _
from sync.candidates.facts import CandidateId
from sync.candidates.ports import Candidates
from sync.errors import UnknownApplicationError


def known_candidate(text: str, candidates: Candidates) -> CandidateId:
    """Return who has this id, application, e-mail address or phone number.

    Raises:
        UnknownApplicationError: The service knows nobody like that.
        StoreUnavailableError: The database cannot be used.
    """
    candidate = candidates.find(text)
    if candidate is None:
        raise UnknownApplicationError(_("The service knows no such candidate."))
    return candidate
