"""Merge fields of an application: what a message may print of it."""

from collections.abc import Mapping
from datetime import datetime

from governance.names import FieldName
from sync.candidates.facts import ApplicationSnapshot, FieldValue


def field_values(snapshot: ApplicationSnapshot) -> Mapping[FieldName, FieldValue]:
    """Return every merge field that has a value; what the ATS names itself wins."""
    candidate, owner = snapshot.candidate, snapshot.owner
    values: dict[str, FieldValue] = {
        "candidate.first_name": candidate.first_name,
        "candidate.last_name": candidate.last_name,
        "candidate.full_name": f"{candidate.first_name} {candidate.last_name}".strip(),
        "candidate.email": candidate.email,
        "candidate.phone": candidate.phone,
        "job.id": snapshot.job_id,
        "job.title": snapshot.job_title,
        "application.id": snapshot.id,
        "application.stage": snapshot.stage,
        "application.received_at": moment(snapshot.applied_at, candidate.zone or "UTC"),
        "recruiter.name": owner.name,
        "recruiter.first_name": owner.name.split(" ")[0],
        "recruiter.email": owner.email,
        "recruiter.phone": owner.phone,
        "recruiter.title": owner.title,
    }
    if interview := snapshot.interview:
        values |= {
            "interview.mode": interview.mode,
            "interview.starts_at": moment(interview.starts_at, _where(snapshot)),
            "interview.duration": interview.minutes,
            "interview.location": interview.place,
            "interview.url": interview.url,
            "interview.interviewers": interview.interviewers,
        }
        first = interview.first_starts_at or interview.starts_at
        if first != interview.starts_at:
            before = moment(first, _where(snapshot))
            values["interview.previous_starts_at"] = before
    named = {FieldName(name): value for name, value in values.items()}
    named |= snapshot.values
    return {name: value for name, value in named.items() if value not in ("", (), None)}


def _where(snapshot: ApplicationSnapshot) -> str:
    """Return the zone of the place where the candidate will be."""
    interview = snapshot.interview
    is_there = interview is not None and interview.mode == "on_site"
    candidates_own = "" if is_there else snapshot.candidate.zone
    return candidates_own or (interview.zone if interview else "") or "UTC"


def moment(at: datetime, zone: str) -> Mapping[str, str]:
    """Spell a moment with the time zone that it is shown in."""
    return {"at": at.isoformat(), "zone": zone}
