"""A small template repository of two templates, of which each part is used or not."""

from collections.abc import Mapping
from typing import Final

from governance.content.sources import Sources
from governance.names import TemplateId

INVITATION: Final = TemplateId("interview-invitation")
WELCOME: Final = TemplateId("welcome")

_FORMAT = """format = 1
name = "Northwind"
default_locale = "en"
locales = ["en", "de"]
zone = "Europe/Berlin"
"""
_TEMPLATE = """[message]
channels = ["email", "sms"]
purpose = "interview_invitation"
class = "transactional"
tone = "warm"
lawful_basis = "contract"

[record]
title = "Interview invitation"
owner = "priya@northwind.example"
goal = "They come."
retention = "12 months"
review = 2027-05-01
"""
_WELCOME = """[message]
channels = ["chat"]
purpose = "welcome"
class = "internal"
tone = "plain"
lawful_basis = "consent"

[record]
title = "Welcome"
owner = "priya@northwind.example"
"""
_FIELDS = """# Merge fields.
[fields."candidate.first_name"]
type = "person_name"
meaning = "What they want to be called."
sensitivity = "personal"
sample = "Maya"
fallback = { en = "there", de = "zusammen" }
optional = true

[fields."interview.mode"]
type = "text"
meaning = "How we meet."
sensitivity = "internal"
sample = "video"

[fields."interview.starts_at"]
type = "moment"
meaning = "When it starts."
sensitivity = "personal"
sample = { at = 2026-12-03T09:00:00Z, zone = "Europe/London" }

[fields."offer.salary"]
type = "money"
meaning = "What we pay."
sensitivity = "sensitive"
sample = { amount = "84000", currency = "GBP" }
"""
_BRAND = """[brand]
name = "Northwind Robotics"
logo = "assets/logo.png"
color_primary = "#0b5cad"
unused = "nobody asks for it"
"""
_SAMPLE = """title = "Maya"
note = "Everything is known."
locale = "en"
zone = "Europe/London"

[values]
"candidate.first_name" = "Maya"
interview.mode = "video"
interview.starts_at = { at = 2026-12-03T09:00:00Z, zone = "Europe/London" }
"""
_MAIL = """<mjml><mj-body>
{% include "partials/header.mjml" %}
<mj-section><mj-column>
<mj-text>Hello {{ candidate.first_name }}!</mj-text>
<mj-image src="assets/map.png" alt="The way" />
</mj-column></mj-section>
</mj-body></mjml>
"""
_HEADER = """<mj-section><mj-column>
<mj-image src="{{ brand.logo }}" alt="{{ brand.name }}" />
</mj-column></mj-section>
"""

_HOME = "templates/interview/interview-invitation"

TEXTS: Final[Mapping[str, str]] = {
    "countersign.toml": _FORMAT,
    "fields.toml": _FIELDS,
    "brand.toml": _BRAND,
    "samples/maya.toml": _SAMPLE,
    "partials/header.mjml": _HEADER,
    "partials/unused.mjml": "<mj-spacer />\n",
    f"{_HOME}/template.toml": _TEMPLATE,
    f"{_HOME}/en/subject.txt": "Your interview\n",
    f"{_HOME}/en/email.mjml": _MAIL,
    f"{_HOME}/en/sms.txt": '{% if interview.mode == "video" %}Hi{% endif %}\n',
    f"{_HOME}/de/subject.txt": "Ihr Gespräch\n",
    f"{_HOME}/de/email.mjml": _MAIL,
    f"{_HOME}/de/sms.txt": "Hallo\n",
    "templates/start/welcome/template.toml": _WELCOME,
    "templates/start/welcome/en/chat.txt": "{{ interview.starts_at }}\n",
}
ASSETS: Final[Mapping[str, bytes]] = {
    "assets/logo.png": b"\x89logo",
    "assets/map.png": b"\x89map",
    "assets/map.png.orig": b"\x89old map",
    "assets/unused.png": b"\x89nothing",
}


def a_repository(**texts: str) -> Sources:
    """Return it; a file is changed by its name: ``fields="…"``, ``header="…"``."""
    paths = {
        "countersign": "countersign.toml",
        "fields": "fields.toml",
        "brand": "brand.toml",
        "sample": "samples/maya.toml",
        "header": "partials/header.mjml",
        "template": f"{_HOME}/template.toml",
        "subject": f"{_HOME}/en/subject.txt",
        "mail": f"{_HOME}/en/email.mjml",
        "sms": f"{_HOME}/en/sms.txt",
    }
    changes = {paths[name]: text for name, text in texts.items()}
    return Sources({**TEXTS, **changes}, ASSETS)
