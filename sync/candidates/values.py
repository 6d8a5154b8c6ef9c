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
        "application.received_on": snapshot.applied_at.date().isoformat(),
        "recruiter.name": owner.name,
        "recruiter.first_name": owner.name.split(" ")[0],
        "recruiter.email": owner.email,
        "recruiter.phone": owner.phone,
        "recruiter.title": owner.title,
    }
    if interview := snapshot.interview:
        values |= {
            "interview.id": interview.id,
            "interview.mode": interview.mode,
            "interview.starts_at": moment(
                interview.starts_at, candidate.zone or interview.zone
            ),
            "interview.duration": interview.minutes,
            "interview.place": interview.place,
            "interview.location": interview.place,
            "interview.url": interview.url,
            "interview.link": interview.url,
            "interview.interviewers": interview.interviewers,
        }
    named = {FieldName(name): value for name, value in values.items()}
    named |= snapshot.values
    return {name: value for name, value in named.items() if value not in ("", (), None)}


def moment(at: datetime, zone: str) -> Mapping[str, str]:
    """Spell a moment with the time zone that it is shown in."""
    return {"at": at.isoformat(), "zone": zone}
