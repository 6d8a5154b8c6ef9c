"""A template: one folder, with what is said about it and its parts by locale."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from governance.content.sources import Sources
from governance.content.tables import Table, read_table
from governance.errors import BadNameError, ContentError, UnknownNameError
from governance.markup.mapped import problem_of_file
from governance.names import (
    Channel,
    Locale,
    PersonId,
    TemplateId,
    locale,
    person_id,
    template_id,
)
from governance.texts import _

TEMPLATES: Final = "templates/"
TEMPLATE_FILE: Final = "template.toml"

SUBJECT: Final = "subject.txt"
PREHEADER: Final = "preheader.txt"
EMAIL_MJML: Final = "email.mjml"
EMAIL_HTML: Final = "email.html"
EMAIL_TEXT: Final = "email.txt"
SMS: Final = "sms.txt"
CHAT: Final = "chat.txt"

PARTS: Final = (SUBJECT, PREHEADER, EMAIL_MJML, EMAIL_HTML, EMAIL_TEXT, SMS, CHAT)

# Each channel's parts: any one of each group has to be there.
NEEDED: Final[Mapping[Channel, tuple[tuple[str, ...], ...]]] = {
    Channel.EMAIL: ((SUBJECT,), (EMAIL_MJML, EMAIL_HTML)),
    Channel.SMS: ((SMS,),),
    Channel.CHAT: ((CHAT,),),
}
CHANNEL_OF: Final[Mapping[str, Channel]] = {
    SUBJECT: Channel.EMAIL,
    PREHEADER: Channel.EMAIL,
    EMAIL_MJML: Channel.EMAIL,
    EMAIL_HTML: Channel.EMAIL,
    EMAIL_TEXT: Channel.EMAIL,
    SMS: Channel.SMS,
    CHAT: Channel.CHAT,
}


class MessageClass(StrEnum):
    """What kind of message it is, in the law's eyes."""

    TRANSACTIONAL = "transactional"
    RELATIONSHIP = "relationship"
    COMMERCIAL = "commercial"
    INTERNAL = "internal"


class LawfulBasis(StrEnum):
    """Why the candidate's data may be used for it (GDPR, article 6)."""

    CONTRACT = "contract"
    CONSENT = "consent"
    LEGITIMATE_INTEREST = "legitimate_interest"
    LEGAL_OBLIGATION = "legal_obligation"


@dataclass(frozen=True, slots=True)
class MessageTable:
    """What a template's ``[message]`` says; it is signed with the message.

    Attributes:
        purpose: What it is for, "interview_invitation".
        tone: How it speaks, "warm".
        track: Which candidates it is for, "all".
    """

    channels: tuple[Channel, ...]
    purpose: str
    message_class: MessageClass
    tone: str
    lawful_basis: LawfulBasis
    track: str


@dataclass(frozen=True, slots=True)
class RecordTable:
    """What a template's ``[record]`` says: for people; it is not in the closure.

    Attributes:
        owner: Who answers for it.
        goal: What it should bring about.
        retention: How long what was sent is kept, "12 months".
        review: When it should be looked at again.
        helps: When it should be used.
    """

    title: str
    owner: PersonId
    goal: str
    retention: str
    review: date | None
    helps: str


@dataclass(frozen=True, slots=True)
class Template:
    """One template with all its locales.

    Attributes:
        stage: The stage of hiring that it belongs to: the folder above.
        folder: Where it lies, "templates/interview/interview-invitation".
        parts: (locale, "email.mjml") → path.
    """

    id: TemplateId
    stage: str
    folder: str
    message: MessageTable
    record: RecordTable
    locales: tuple[Locale, ...]
    parts: Mapping[tuple[Locale, str], str]

    def path(self, where: Locale, part: str) -> str | None:
        """Return where a part lies, or None if it is not written."""
        return self.parts.get((where, part))


def template_folders(sources: Sources) -> Mapping[TemplateId, str]:
    """Return where each template lies, in order of stage and id.

    Raises:
        ContentError: A folder's name names no template, or two have the same id.
    """
    if not sources.folders:
        found = MappingProxyType(_folders(tuple(sorted(sources.texts))))
        sources.folders.append(found)
    return sources.folders[0]


def find_template(sources: Sources, id: TemplateId) -> Template:  # noqa: A002 -- the word
    """Return the template ``id``, in whatever stage it lies.

    Raises:
        UnknownNameError: There is none.
        ContentError: It is there twice, or says something impossible.
    """
    folder = template_folders(sources).get(id)
    if folder is None:
        message = _("There is no template “{id}”.").format(id=id)
        problem = problem_of_file("template", message, "")
        known = template_folders(sources)
        raise UnknownNameError.among(message, id, known, (problem,))
    return read_template(sources, folder)


def templates(sources: Sources) -> tuple[Template, ...]:
    """Return every template, in order of stage and id.

    Raises:
        ContentError: One of them says something impossible.
    """
    folders = template_folders(sources).values()
    return tuple(read_template(sources, folder) for folder in folders)


def read_template(
    sources: Sources, folder: str, paths: Iterable[str] | None = None
) -> Template:
    """Read the template in ``folder``.

    Args:
        sources: Everything.
        folder: Where it lies.
        paths: The texts in it, if somebody has looked for them already.

    Raises:
        MissingFileError: It has no ``template.toml``.
        ContentError: It says something impossible.
    """
    stage, name = folder.removeprefix(TEMPLATES).split("/")
    table = read_table(sources, f"{folder}/{TEMPLATE_FILE}")
    table.allow("message", "record")
    parts = {
        (where, part): path
        for path in sorted(sources.texts if paths is None else paths)
        if path.startswith(f"{folder}/")
        for where, part in _part(path.removeprefix(f"{folder}/"), path)
    }
    return Template(
        template_id(name),
        stage,
        folder,
        _message(table.table("message")),
        _record(table.table("record")),
        tuple(dict.fromkeys(where for where, _part in parts)),
        parts,
    )


def missing_parts(template: Template) -> tuple[tuple[Locale, str], ...]:
    """Return the parts that the template's channels need and that are not written."""
    return tuple(
        (where, group[0])
        for where in template.locales
        for channel in template.message.channels
        for group in NEEDED[channel]
        if not any((where, part) in template.parts for part in group)
    )


def stray_files(template: Template, sources: Sources) -> tuple[str, ...]:
    """Return the files in the template's folder that are no part of it."""
    known = {*template.parts.values(), f"{template.folder}/{TEMPLATE_FILE}"}
    return tuple(
        path
        for path in sources.paths
        if path.startswith(f"{template.folder}/") and path not in known
    )


def _part(rest: str, path: str) -> Iterator[tuple[Locale, str]]:
    name, _slash, part = rest.partition("/")
    if part in PARTS:
        try:
            yield locale(name), part
        except BadNameError as error:
            raise _refusal(str(error), path) from error


def _folders(paths: tuple[str, ...]) -> dict[TemplateId, str]:
    folders: dict[TemplateId, str] = {}
    for path in paths:
        if not path.startswith(TEMPLATES):
            continue
        stage, _slash, rest = path.removeprefix(TEMPLATES).partition("/")
        name, _slash, inside = rest.partition("/")
        folder = f"{TEMPLATES}{stage}/{name}"
        if not inside:
            continue
        if folders.setdefault(_id(name, path), folder) != folder:
            message = _("The template “{id}” is there twice: in “{one}” and “{other}”.")
            one = folders[TemplateId(name)]
            raise _refusal(message.format(id=name, one=one, other=folder), path)
    return folders


def _id(name: str, path: str) -> TemplateId:
    try:
        return template_id(name)
    except BadNameError as error:
        raise _refusal(str(error), path) from error


def _message(table: Table) -> MessageTable:
    table.allow("channels", "purpose", "class", "tone", "lawful_basis", "track")
    channels = tuple(
        table.named("channels", Channel, text) for text in table.texts("channels")
    )
    if not channels:
        raise table.refusal(_("“channels” names no channel."), "channels")
    return MessageTable(
        tuple(dict.fromkeys(channels)),
        table.text("purpose"),
        table.named("class", MessageClass, table.text("class")),
        table.text("tone"),
        table.named("lawful_basis", LawfulBasis, table.text("lawful_basis")),
        table.text("track", "all"),
    )


def _record(table: Table) -> RecordTable:
    table.allow("title", "owner", "goal", "retention", "review", "helps")
    return RecordTable(
        table.text("title"),
        table.named("owner", person_id, table.text("owner")),
        table.text("goal", ""),
        table.text("retention", ""),
        table.day("review"),
        table.text("helps", ""),
    )


def _refusal(message: str, path: str) -> ContentError:
    return ContentError(message, (problem_of_file("template", message, path),))
