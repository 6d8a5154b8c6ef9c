"""A new template, as text that its author goes on from."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from governance.content.format import read_format
from governance.content.sources import Sources
from governance.content.template import (
    EMAIL_MJML,
    NEEDED,
    PREHEADER,
    SUBJECT,
    TEMPLATE_FILE,
    TEMPLATES,
    LawfulBasis,
    MessageClass,
    template_folders,
)
from governance.errors import ContentError
from governance.names import Channel, Locale, PersonId, TemplateId, template_id
from governance.texts import _

_HEAD: Final = "partials/head.mjml"
_HEADER: Final = "partials/header.mjml"


@dataclass(frozen=True, slots=True)
class NewTemplate:
    """What has to be known before a template can be written.

    Attributes:
        stage: The stage of hiring: the folder above it.
        purpose: "interview_invitation"; made from the id if it is "".
        goal: What it should bring about, in words.
    """

    id: TemplateId
    stage: str
    title: str
    owner: PersonId
    channels: Sequence[Channel]
    locales: Sequence[Locale]
    purpose: str = ""
    message_class: MessageClass = MessageClass.TRANSACTIONAL
    tone: str = "warm"
    lawful_basis: LawfulBasis = LawfulBasis.CONTRACT
    goal: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """What a new message says until its author says it better."""

    subject: str
    preheader: str
    greeting: str
    body: str


_WORDS: Final[Mapping[str, _Words]] = {
    "en": _Words(
        "Your application",
        "What happens next.",
        "Hello,",
        "Write here what the candidate needs to know, and what happens next.",
    ),
    "de": _Words(
        "Ihre Bewerbung",
        "Wie es weitergeht.",
        "Guten Tag,",
        "Schreiben Sie hier, was die Person wissen muss und wie es weitergeht.",
    ),
}


def new_template(sources: Sources, new: NewTemplate) -> Sources:
    """Return ``sources`` with a new template, complete for its channels and locales.

    Raises:
        BadNameError: The stage's name cannot be a folder.
        ContentError: The template is there already, or a locale is none of ours.
    """
    known = read_format(sources).locales
    if new.id in template_folders(sources):
        message = _("There is a template “{id}” already.").format(id=new.id)
        raise ContentError(message)
    if not new.channels or not new.locales:
        raise ContentError(_("A template needs a channel and a language."))
    for where in new.locales:
        if where not in known:
            message = _("“{locale}” is none of the repository's languages: {known}.")
            told = message.format(locale=where, known=", ".join(known))
            raise ContentError(told)
    folder = f"{TEMPLATES}{template_id(new.stage)}/{new.id}"
    texts = {f"{folder}/{TEMPLATE_FILE}": _template_file(new)}
    for where in new.locales:
        for part, text in _parts(sources, new, where):
            texts[f"{folder}/{where}/{part}"] = text
    return Sources({**sources.texts, **texts}, sources.assets)


def _template_file(new: NewTemplate) -> str:
    channels = ", ".join(_quoted(channel.value) for channel in new.channels)
    purpose = new.purpose or new.id.replace("-", "_")
    return (
        "[message]\n"
        f"channels = [{channels}]\n"
        f"purpose = {_quoted(purpose)}\n"
        f"class = {_quoted(new.message_class.value)}\n"
        f"tone = {_quoted(new.tone)}\n"
        f"lawful_basis = {_quoted(new.lawful_basis.value)}\n"
        'track = "all"\n'
        "\n[record]\n"
        f"title = {_quoted(new.title)}\n"
        f"owner = {_quoted(new.owner)}\n"
        f"goal = {_quoted(new.goal)}\n"
        'helps = ""\n'
        'retention = ""\n'
    )


def _parts(
    sources: Sources, new: NewTemplate, where: Locale
) -> Iterator[tuple[str, str]]:
    words = _WORDS.get(where.partition("-")[0], _WORDS["en"])
    for channel in new.channels:
        for part in (group[0] for group in NEEDED[channel]):
            if part == SUBJECT:
                yield part, f"{words.subject}\n"
                yield PREHEADER, f"{words.preheader}\n"
            elif part == EMAIL_MJML:
                yield part, _email(sources, words, where)
            else:
                yield part, f"{words.body}\n"


def _email(sources: Sources, words: _Words, where: Locale) -> str:
    """Write an e-mail with the repository's own partials, where it has them."""
    footer = f"partials/{where}/footer.mjml"
    greeting = f"partials/{where}/greeting.mjml"
    return "".join(
        (
            f'<mjml lang="{where}" dir="ltr">\n',
            "  <mj-head>\n",
            f"    <mj-title>{words.subject}</mj-title>\n",
            _include(sources, _HEAD, "    "),
            "  </mj-head>\n",
            "  <mj-body>\n",
            _include(sources, _HEADER, "    "),
            "    <mj-section>\n",
            "      <mj-column>\n",
            _include(sources, greeting, "        ")
            or f"        <mj-text>{words.greeting}</mj-text>\n",
            f"        <mj-text>{words.body}</mj-text>\n",
            "      </mj-column>\n",
            "    </mj-section>\n",
            _include(sources, footer, "    "),
            "  </mj-body>\n",
            "</mjml>\n",
        )
    )


def _include(sources: Sources, path: str, indent: str) -> str:
    return f'{indent}{{% include "{path}" %}}\n' if path in sources.texts else ""


def _quoted(text: str) -> str:
    """Write a text as TOML has it; JSON's way of writing one is a part of it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
