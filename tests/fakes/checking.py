"""A small template repository for the checks, and what is found in it."""

from collections.abc import Mapping

from governance.content.sources import Sources
from governance.content.template import find_template
from governance.names import TemplateId
from governance.standards.check import check_template
from governance.standards.finding import Finding, Fix

ID = TemplateId("hello")
FOLDER = "templates/interview/hello"
EMAIL = f"{FOLDER}/en/email.mjml"
SUBJECT = f"{FOLDER}/en/subject.txt"
SMS = f"{FOLDER}/en/sms.txt"

FIELDS = """
[fields."candidate.first_name"]
type = "person_name"
meaning = "The name."
sample = "Maya"
optional = true
fallback = { en = "there" }
tokens = { greenhouse = "{{CANDIDATE_FIRST_NAME}}", icims = "%CANDFIRSTNAME%" }

[fields."candidate.city"]
type = "text"
meaning = "Where they live."
sample = "Oslo"
optional = true

[fields."job.title"]
type = "text"
meaning = "The job."
sample = "Senior Engineer"

[fields."interview.starts_at"]
type = "moment"
meaning = "When it begins."
sample = { at = 2026-12-03T09:00:00Z, zone = "Europe/London" }

[fields."interview.mode"]
type = "text"
meaning = "How we meet."
sample = "video"

[fields."interview.people"]
type = "list"
meaning = "Who is there."
sample = ["Noor"]

[fields."offer.salary"]
type = "money"
meaning = "The pay."
sensitivity = "sensitive"
sample = { amount = "84000", currency = "GBP" }
"""

TEMPLATE = """
[message]
channels = ["email", "sms"]
purpose = "greeting"
class = "transactional"
tone = "warm"
lawful_basis = "contract"
track = "all"

[record]
title = "Hello"
owner = "priya@northwind.example"
"""


def mjml(body: str, head: str = "") -> str:
    """Return an e-mail whose one column holds ``body``."""
    return (
        f"<mjml>{head}<mj-body><mj-section><mj-column>\n{body}\n"
        "</mj-column></mj-section></mj-body></mjml>\n"
    )


def a_repository(files: Mapping[str, str] | None = None) -> Sources:
    """Return a repository with one template; ``files`` come over its own."""
    texts = {
        "countersign.toml": 'format = 1\nname = "Test"\ndefault_locale = "en"\n'
        'locales = ["en"]\nzone = "Europe/London"\n',
        "fields.toml": FIELDS,
        "brand.toml": '[brand]\nname = "Northwind Robotics"\ncolor = "#0b5cad"\n',
        f"{FOLDER}/template.toml": TEMPLATE,
        SUBJECT: "Your interview\n",
        EMAIL: mjml("<mj-text>Hello.</mj-text>"),
        SMS: "Your interview is on Thursday.\n",
    }
    return Sources({**texts, **(files or {})})


def found(sources: Sources) -> tuple[Finding, ...]:
    """Return what is found in the one template."""
    return check_template(find_template(sources, ID), sources)


def in_email(body: str, files: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """Return what is found where the e-mail's column holds ``body``."""
    return found(a_repository({EMAIL: mjml(body), **(files or {})}))


def rules(findings: tuple[Finding, ...]) -> list[str]:
    """Return the names of the rules that found something."""
    return [finding.rule for finding in findings]


def written(finding: Finding, sources: Sources) -> str:
    """Return what the author wrote where ``finding`` points."""
    return sources.texts[finding.file][finding.span.start : finding.span.end]


def mended(fix: Fix, sources: Sources) -> Sources:
    """Return ``sources`` after ``fix``."""
    edits = sorted(fix.edits, key=lambda edit: edit.start, reverse=True)
    for edit in edits:
        text = sources.texts[edit.file]
        text = text[: edit.start] + edit.text + text[edit.end :]
        sources = sources.with_text(edit.file, text)
    return sources
