"""One template with its fields and brand; a test says only what matters to it."""

from typing import Final

from governance.content.fields import Fields, read_fields
from governance.content.sources import Sources
from governance.content.template import Template, find_template
from governance.names import FieldName, Locale, TemplateId
from governance.rendering.compile import compile_template
from governance.rendering.compiled import Compiled
from governance.rendering.values import RecipientValues, value_of

ENGLISH: Final = Locale("en")
GERMAN: Final = Locale("de")
INVITE: Final = TemplateId("invitation")
FOLDER: Final = f"templates/interview/{INVITE}"

_FIELDS: Final = """
[fields."candidate.first_name"]
type = "person_name"
meaning = "What they want to be called."
sample = "Maya"
optional = true
fallback = { en = "there", de = "zusammen" }
[fields."candidate.city"]
type = "text"
meaning = "Where they live."
sample = "Amsterdam"
optional = true
[fields."job.title"]
type = "text"
meaning = "The job."
sensitivity = "public"
sample = "Welder"
[fields."interview.starts_at"]
type = "moment"
meaning = "When it begins."
sample = { at = 2026-12-03T09:00:00Z, zone = "Europe/Amsterdam" }
[fields."interview.minutes"]
type = "duration"
meaning = "How long it takes."
sample = 75
[fields."interview.people"]
type = "list"
meaning = "Who is there."
sample = ["Daniel", "Ingrid"]
optional = true
[fields."interview.is_remote"]
type = "boolean"
meaning = "Whether it is a video call."
sample = true
[fields."offer.salary"]
type = "money"
meaning = "A year's salary."
sensitivity = "sensitive"
sample = { amount = "84000", currency = "EUR" }
[fields."offer.hours"]
type = "number"
meaning = "Hours a week."
sample = 38
[fields."offer.deadline"]
type = "date"
meaning = "The last day."
sample = 2026-12-18
[fields."office.opens"]
type = "time"
meaning = "When the doors open."
sample = 08:30:00
[fields."links.confirm"]
type = "url"
meaning = "Confirms."
sample = "https://northwind.example/yes"
optional = true
[fields."recruiter.email"]
type = "email"
meaning = "Where replies go."
sample = "priya@northwind.example"
[fields."recruiter.phone"]
type = "phone"
meaning = "The number to call."
sample = "+49 30 5550 1210"
"""

_BRAND: Final = """
[brand]
name = "Northwind & Co"
color = "#0f766a"
phone = ""
"""

_TABLE: Final = """
[message]
channels = ["email"]
purpose = "interview_invitation"
class = "transactional"
tone = "warm"
lawful_basis = "contract"
[record]
title = "Invitation"
owner = "ana@example.com"
"""


def some_sources(**files: str) -> Sources:
    """Build a repository; ``email_mjml="…"``, ``de_subject_txt="…"``, ``footer="…"``.

    What is no part of the message is a partial in ``partials/<name>.mjml``.
    """
    texts = {
        "brand.toml": _BRAND,
        "fields.toml": _FIELDS,
        f"{FOLDER}/template.toml": _TABLE,
        f"{FOLDER}/en/subject.txt": "Your interview",
    }
    for name, text in files.items():
        texts[_path(name)] = text
    return Sources(texts)


def the_template(sources: Sources) -> Template:
    return find_template(sources, INVITE)


def compiled(**files: str) -> Compiled:
    sources = some_sources(**files)
    return compile_template(the_template(sources), sources)


def a_mail(body: str, head: str = "") -> str:
    """Put ``body`` into a column of an MJML document."""
    return (
        f"<mjml><mj-head>{head}</mj-head><mj-body><mj-section><mj-column>{body}"
        "</mj-column></mj-section></mj-body></mjml>"
    )


def fields() -> Fields:
    return read_fields(some_sources())


def values(**replaced: object) -> RecipientValues:
    """Give each field its sample; ``candidate__city=None`` takes one away."""
    known = fields()
    made = {name: value_of(field, field.sample) for name, field in known.items()}
    for key, value in replaced.items():
        name = FieldName(key.replace("__", "."))
        if value is None:
            del made[name]
        else:
            made[name] = value_of(known[name], value)  # type: ignore[arg-type]
    return RecipientValues(made)


def _path(name: str) -> str:
    locale, _underscore, part = name.partition("_")
    if locale not in {"en", "de", "ar"}:
        locale, part = "en", name
    for ending in ("txt", "mjml", "html"):
        if part.endswith(f"_{ending}"):
            return f"{FOLDER}/{locale}/{part.removesuffix(ending)[:-1]}.{ending}"
    tables = {"brand": "brand.toml", "fields": "fields.toml"}
    return tables.get(name, f"partials/{name}.mjml")
