"""The custom fields that every application in the practice ATS has."""

from sync.api.practice import FieldValue, Job


def fields_of(application: str, job: Job) -> dict[str, FieldValue]:
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
