"""What a candidate agreed to, and what forbids to write to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sync.candidates.facts import Candidate, CandidateId


class ConsentState(StrEnum):
    """What a record says."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """One statement of a candidate, with what is needed to prove it.

    Attributes:
        purpose: "recruiting", "talent_pool", …, or a channel's name.
        source: Where it was said: "ats", "preference page", "reply".
        wording: The digest of the text that the candidate saw, "" where unknown.
    """

    candidate: CandidateId
    purpose: str
    state: ConsentState
    at: datetime
    source: str
    wording: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """Contact is forbidden.

    Attributes:
        channel: A channel's name, or "" for all of them.
    """

    candidate: CandidateId
    reason: str
    at: datetime
    channel: str = ""


def consent_on(
    purpose: str,
    candidate: Candidate,
    records: Sequence[ConsentRecord],
    now: datetime,
) -> bool:
    """Whether ``candidate`` agrees to ``purpose``: the latest statement decides."""
    said = [
        (consent.given_at, True, consent.expires_at)
        for consent in candidate.consents
        if consent.purpose == purpose
    ]
    said += [
        (record.at, record.state is ConsentState.GIVEN, record.expires_at)
        for record in records
        if record.purpose == purpose
    ]
    # Of two at the same moment the one that says no counts.
    latest = max(said, key=lambda entry: (entry[0], not entry[1]), default=None)
    if latest is None or not latest[1]:
        return False
    return latest[2] is None or now < latest[2]
