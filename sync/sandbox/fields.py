"""The custom fields that every application in the practice ATS has."""

from datetime import datetime, timedelta
from typing import TypeAlias

from sync.api.practice import FieldValue, Job

Fields: TypeAlias = dict[str, FieldValue]


def fields_of(application: str, job: Job) -> Fields:
    """Return the custom fields that every application has: facts and links."""
    home = "https://careers.northwind.example"
    me = f"{home}/me/{application}"
    return {
        "job.department": job.department,
        "job.location": job.location,
        "job.reference": job.id.upper(),
        "job.url": f"{home}/jobs/{job.id.removeprefix('job-')}",
        "assessment.title": "A small task from our work",
        "assessment.duration": 60,
        "assessment.url": f"{home}/exercise/{application}",
        "links.portal": me,
        "links.short": f"https://northwind.example/i/{application}",
        "links.confirm": f"{me}/confirm",
        "links.schedule": f"{me}/times",
        "links.withdraw": f"{me}/withdraw",
        "links.upload": f"{me}/documents",
        "links.preferences": f"{me}/preferences",
        "links.survey": f"{home}/survey/{application}",
        "links.join_pool": f"{me}/keep-in-touch",
        "links.keep": f"{me}/keep",
        "links.delete": f"{me}/delete",
        "links.onboarding": f"{home}/start/{application}",
    }


def fields_in(stage: str, application: str, zone: str, now: datetime) -> Fields:
    """Return the custom fields that an application gets with ``stage``."""
    home, zone = "https://careers.northwind.example", zone or "Europe/Berlin"
    if stage == "assessment":
        return {
            "assessment.topic": "a small robot arm and a log file of its last hour",
            "assessment.deadline": _moment(now + timedelta(days=7), zone),
        }
    if stage == "offer":
        return {
            "offer.salary": {"amount": "68000", "currency": "EUR"},
            "offer.weekly_hours": 38,
            "offer.leave_days": 30,
            "offer.start_date": _day(now + timedelta(days=60)),
            "offer.deadline": _day(now + timedelta(days=10)),
            "offer.url": f"{home}/offer/{application}",
        }
    if stage == "hired":
        return {
            "offer.start_date": _day(now + timedelta(days=60)),
            "first_day.starts_at": _moment(now + timedelta(days=60), zone),
            "first_day.host": "Ingrid Solberg",
            "first_day.bring": ("your passport or identity card",),
        }
    return {}


def _moment(at: datetime, zone: str) -> dict[str, str]:
    hour = at.replace(minute=0, second=0, microsecond=0)
    return {"at": hour.isoformat(), "zone": zone}


def _day(at: datetime) -> str:
    return at.date().isoformat()
