"""A small template repository: two messages that share a footer, and a journey."""

from typing import Final

from governance.content.sources import Sources
from governance.names import SubjectName, TemplateId

OFFER: Final = TemplateId("offer-accepted")
INVITE: Final = TemplateId("interview-invitation")
OFFER_SUBJECT: Final = SubjectName(f"templates/{OFFER}")
INVITE_SUBJECT: Final = SubjectName(f"templates/{INVITE}")
JOURNEY_SUBJECT: Final = SubjectName("journeys/interview")

FOOTER: Final = "partials/footer.html"
OFFER_TEXT: Final = f"templates/offer/{OFFER}/en/subject.txt"
OFFER_TABLE: Final = f"templates/offer/{OFFER}/template.toml"
INVITE_TEXT: Final = f"templates/interview/{INVITE}/en/subject.txt"
JOURNEY: Final = "journeys/interview.toml"
SAMPLE: Final = "samples/maya.toml"
STYLE: Final = "styles/House/Tone.yml"


def a_library(**replaced: str) -> Sources:
    """Build it; ``footer="…"`` replaces the file whose path contains the word."""
    texts = {
        "countersign.toml": 'format = 1\nname = "Test"\ndefault_locale = "en"\n'
        'locales = ["en"]\nzone = "Europe/Berlin"\n',
        "fields.toml": '[fields."candidate.first_name"]\ntype = "person_name"\n'
        'meaning = "Their name."\nsensitivity = "personal"\nsample = "Maya"\n'
        '[fields."job.title"]\ntype = "text"\nmeaning = "The job."\n'
        'sensitivity = "public"\nsample = "Welder"\n',
        "brand.toml": '[brand]\nname = "Northwind"\n',
        FOOTER: "<p>{{ brand.name }}</p>\n",
        JOURNEY: '[journey]\ntitle = "Interview"\npurpose = "interviews"\n'
        '[[steps]]\nid = "invite"\ntemplate = "interview-invitation"\n'
        'channel = "email"\non = { event = "stage_entered", stage = "interview" }\n',
        SAMPLE: 'title = "Maya"\nnote = ""\nlocale = "en"\n[values]\n'
        '"candidate.first_name" = "Maya"\n"job.title" = "Welder"\n',
        STYLE: "extends: existence\nmessage: No.\ntokens:\n  - foo\n",
    }
    for stage, template in (("offer", OFFER), ("interview", INVITE)):
        folder = f"templates/{stage}/{template}"
        texts |= {
            f"{folder}/template.toml": '[message]\nchannels = ["email"]\n'
            'purpose = "x"\nclass = "transactional"\ntone = "warm"\n'
            'lawful_basis = "contract"\ntrack = "all"\n[record]\ntitle = "T"\n'
            'owner = "ana@example.com"\ngoal = "g"\nretention = "12 months"\n'
            'review = 2027-05-01\nhelps = "h"\n',
            f"{folder}/en/subject.txt": "Hello, {{ candidate.first_name }}!\n",
            f"{folder}/en/email.html": "<html><body><p>Yes!</p>"
            f'{{% include "{FOOTER}" %}}</body></html>\n',
        }
    for name, text in replaced.items():
        path = next(path for path in texts if name in path)
        texts[path] = text
    return Sources(texts)
