"""What a candidate gets on a request of access: one archive that a person can read."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from msgspec.structs import replace

from governance.ports import Progress
from governance.texts import _
from sync.api.accesses import Access, ApplicationKept, MessageKept
from sync.client import ServiceClient

READ_ME: Final = "read-me.txt"
DATA: Final = "data.json"
STORY: Final = "story.txt"
MESSAGES: Final = "messages/"


def access_of(key: str, service: ServiceClient, progress: Progress) -> Access:
    """Collect all that the service keeps of a candidate, page by page.

    Raises:
        OperationCancelledError: The person stopped; nothing is written.
        ExpectedError: As ``ServiceClient.access`` says.
    """
    progress.step(_("Collecting the data"), done=0, total=0)
    found = service.access(key)
    messages, after = list(found.messages), found.next
    while after:
        progress.step(_("Collecting the messages"), done=len(messages), total=0)
        page = service.access(key, after)
        messages += page.messages
        after = page.next
    return replace(found, messages=tuple(messages), next="")


def archive_of(access: Access, now: datetime) -> bytes:
    """Pack what is kept of one candidate into an archive."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, data in files_of(access, now).items():
            archive.writestr(name, data)
    return packed.getvalue()


def files_of(access: Access, now: datetime) -> Mapping[str, bytes]:
    """Return the files of the archive, by name."""
    bare = replace(
        access, messages=tuple(replace(one, body=None) for one in access.messages)
    )
    files = {
        READ_ME: _read_me(access, now).encode(),
        STORY: _story(access).encode(),
        DATA: msgspec.json.format(msgspec.json.encode(bare), indent=2),
    }
    for number, message in enumerate(access.messages, start=1):
        if message.body is not None:
            files[_name(number, message)] = message.body
    return files


def _read_me(access: Access, now: datetime) -> str:
    lines = [
        _("What is kept of the candidate {id}, on {day}.").format(
            id=access.candidate, day=now.strftime("%Y-%m-%d %H:%M %Z").strip()
        ),
        "",
        _("{name}: every message, sent or not, with each decision.").format(name=STORY),
        _("{name}: the messages exactly as they were sent.").format(name=MESSAGES),
        _("{name}: all of it for a program.").format(name=DATA),
        "",
        _(
            "Left out, since it is about other people: who looked after the "
            "application, who took part in interviews, and who of the team decided "
            "something. A message that was sent names whoever it named."
        ),
        _(
            "Not here: what the applicant tracking system keeps. It has to be asked "
            "by itself."
        ),
    ]
    if access.is_erased:
        lines.append(
            _("The person was erased. What can still be read of them is here.")
        )
    return "\n".join(lines) + "\n"


def _story(access: Access) -> str:
    lines: list[str] = []
    for one in access.applications:
        lines += _application(one)
    for given in access.consents:
        lines.append(
            _("{day}: {purpose}: {state} ({source})").format(
                day=_day(given.at),
                purpose=given.purpose,
                state=given.state,
                source=given.source,
            )
        )
    lines += [
        _("{day}: contact was forbidden ({channel}): {reason}").format(
            day=_day(one.at), channel=one.channel or _("all"), reason=one.reason
        )
        for one in access.forbidden
    ]
    for message in access.messages:
        lines += ["", *_message(message)]
    return "\n".join(lines) + "\n"


def _application(one: ApplicationKept) -> list[str]:
    pairs = (
        (_("Application"), one.id),
        (_("Name"), f"{one.first_name} {one.last_name}".strip()),
        (_("E-mail"), one.email),
        (_("Telephone"), one.phone),
        (_("Country"), one.country),
        (_("Time zone"), one.time_zone),
        (_("Language"), one.locale),
        (_("Vacancy"), one.job),
        (_("Stage"), f"{one.stage} ({one.status})"),
        (_("Applied"), _day(one.applied_at)),
    )
    lines = [f"{label}: {value}" for label, value in pairs if value]
    lines += [
        _("{day}: stage {stage}").format(day=_day(visit.entered_at), stage=visit.stage)
        for visit in one.stages
    ]
    return [*lines, ""]


def _message(message: MessageKept) -> list[str]:
    head = _("{day}: {template} ({channel}). {words}").format(
        day=_day(message.sent_at or message.due_at),
        template=message.template,
        channel=message.channel,
        words=message.words,
    )
    return [
        head,
        *(
            f"  {_day(one.at)}  {one.gate}: {one.verdict}. {one.words}"
            for one in message.decisions
        ),
    ]


def _day(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def _name(number: int, message: MessageKept) -> str:
    """Name a message's file; a template's id holds letters, figures and dashes only."""
    at = (message.sent_at or message.due_at).strftime("%Y-%m-%d")
    end = "eml" if message.channel == "email" else "txt"
    plain = "".join(sign for sign in message.template if sign.isalnum() or sign in "-_")
    return f"{MESSAGES}{number:04}-{at}-{plain}.{end}"
