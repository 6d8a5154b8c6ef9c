"""The practice ATS: read, written to, and listened to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

import msgspec

from governance.errors import BadNameError
from governance.names import FieldName, field_name, locale
from governance.ports import Clock
from governance.texts import _
from sync.api import practice as theirs
from sync.candidates.facts import (
    ApplicationId,
    ApplicationSnapshot,
    Candidate,
    CandidateId,
    Consent,
    FieldValue,
    Interview,
    InterviewState,
    Owner,
    Status,
)
from sync.candidates.ports import Changed
from sync.connectors.http import Caller
from sync.errors import (
    AtsRefusedError,
    DirectoryUnavailableError,
    UnknownApplicationError,
)
from sync.publishing.capabilities import Ability, Capabilities
from sync.publishing.ports import RemoteTemplate

CAPABILITIES: Final = Capabilities(
    frozenset(
        {
            Ability.TEMPLATES_LIST,
            Ability.TEMPLATES_READ,
            Ability.TEMPLATES_CREATE,
            Ability.TEMPLATES_UPDATE,
            Ability.TEMPLATES_ARCHIVE,
            Ability.TIMELINE,
            Ability.WEBHOOKS,
            Ability.DELTA,
        }
    )
)

READ_ONLY: Final = Capabilities(
    CAPABILITIES.abilities
    - {
        Ability.TEMPLATES_CREATE,
        Ability.TEMPLATES_UPDATE,
        Ability.TEMPLATES_ARCHIVE,
    }
)


@dataclass(frozen=True, slots=True)
class PracticeDirectory:
    """People, applications and their timelines."""

    caller: Caller

    def application(self, application: ApplicationId) -> ApplicationSnapshot:
        """Return the application as it is now.

        Raises:
            UnknownApplicationError: The ATS has none of that id.
            DirectoryUnavailableError: It is away, busy, or answers something odd.
        """
        path = theirs.APPLICATION.format(id=_id(application))
        try:
            found = self.caller.ask("GET", path, theirs.Application)
        except AtsRefusedError as error:
            raise UnknownApplicationError(
                _("The ATS has no application {id}.").format(id=application)
            ) from error
        if found.id != application:
            raise DirectoryUnavailableError(_("The ATS answered something odd."))
        return snapshot(found)

    def changed_since(self, cursor: str, limit: int = 200) -> Changed:
        """Return what changed after ``cursor``.

        Raises:
            DirectoryUnavailableError: It is away, busy, or answers something odd.
        """
        query = {"after": cursor or "0", "limit": str(limit)}
        try:
            found = self.caller.ask("GET", theirs.CHANGES, theirs.Changes, query=query)
        except AtsRefusedError as error:
            raise DirectoryUnavailableError(str(error)) from error
        named = {
            change.subject: None
            for change in found.changes
            if change.kind is not theirs.EventKind.TEMPLATE_CHANGED
        }
        return Changed(tuple(map(ApplicationId, named)), str(found.last))

    def log(
        self, application: str, *, message_id: str, sent_at: str, title: str
    ) -> None:
        """Note a message on the timeline; twice the same is once.

        Raises:
            DirectoryUnavailableError: The ATS is away; worth trying again.
            AtsRefusedError: It has no such application.
        """
        path = theirs.TIMELINE.format(id=_id(ApplicationId(application)))
        wish = msgspec.convert(
            {
                "kind": "message",
                "message_id": message_id,
                "sent_at": sent_at,
                "title": title,
            },
            type=theirs.NewTimelineEntry,
        )
        once = {theirs.ONCE: sha256(f"{application} {message_id}".encode()).hexdigest()}
        self.caller.ask("POST", path, theirs.TimelineEntry, wish=wish, headers=once)

    def ahead(self, clock: Clock) -> timedelta:
        """Say how far the ATS's clock is ahead of ours.

        Raises:
            DirectoryUnavailableError: The ATS is away, busy, or answers something odd.
            AtsRefusedError: It does not say.
        """
        before = clock()
        theirs_now = self.caller.ask("GET", theirs.IDENTITY, theirs.Identity).now
        return theirs_now - (before + (clock() - before) / 2)

    def listen(self, address: str, secret: str, owner: str) -> None:
        """Have the ATS tell ``address`` what happens; ``owner`` may move later.

        Raises:
            DirectoryUnavailableError: The ATS is away, busy, or answers something odd.
            AtsRefusedError: It does not.
        """
        wish = theirs.NewWebhook(address, secret, owner)
        self.caller.ask("POST", theirs.WEBHOOKS, theirs.Webhook, wish=wish)


@dataclass(frozen=True, slots=True)
class PracticeTemplates:
    """The message templates that the practice ATS keeps.

    Attributes:
        by_hand: Whether people paste into it, and we may only read.
    """

    caller: Caller
    by_hand: bool = False

    @property
    def name(self) -> str:
        """Which ATS it is."""
        return "practice"

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        return READ_ONLY if self.by_hand else CAPABILITIES

    def templates(self) -> Sequence[RemoteTemplate]:
        """Return all that are in use, without their texts.

        Raises:
            ExpectedError: As ``Caller.ask`` says.
        """
        found = self.caller.ask("GET", theirs.TEMPLATES, theirs.Templates)
        return tuple(_remote(one) for one in found.templates if not one.is_archived)

    def read(self, id_: str) -> RemoteTemplate:
        """Return one with its texts.

        Raises:
            ExpectedError: As ``Caller.ask`` says.
        """
        return _remote(self.caller.ask("GET", _template(id_), theirs.Template))

    def create(self, key: str, title: str, parts: Mapping[str, str]) -> RemoteTemplate:
        """Write a new one; the same again is the same one.

        Raises:
            ExpectedError: As ``Caller.ask`` says.
        """
        wish = theirs.NewTemplate(key, title, dict(parts))
        once = {theirs.ONCE: sha256(msgspec.json.encode(wish)).hexdigest()}
        return _remote(
            self.caller.ask(
                "POST", theirs.TEMPLATES, theirs.Template, wish=wish, headers=once
            )
        )

    def update(
        self, id_: str, key: str, title: str, parts: Mapping[str, str], *, seen: str
    ) -> RemoteTemplate:
        """Write one anew that has the etag ``seen``.

        Raises:
            ExpectedError: As ``Caller.ask`` says.
        """
        wish = theirs.NewTemplate(key, title, dict(parts))
        return _remote(
            self.caller.ask(
                "PUT",
                _template(id_),
                theirs.Template,
                wish=wish,
                headers={"If-Match": seen},
            )
        )

    def archive(self, id_: str) -> None:
        """Put one away.

        Raises:
            ExpectedError: As ``Caller.ask`` says.
        """
        self.caller.ask("DELETE", _template(id_), theirs.Template)


def snapshot(said: theirs.Application) -> ApplicationSnapshot:
    """Put the practice ATS's words into ours."""
    return ApplicationSnapshot(
        id=ApplicationId(said.id),
        candidate=_candidate(said.candidate),
        job_id=said.job.id,
        job_title=said.job.title,
        owner=Owner(
            said.owner.id,
            said.owner.name,
            said.owner.email,
            said.owner.phone,
            said.owner.title,
        ),
        stage=said.stage,
        stage_entered_at=said.stage_entered_at,
        applied_at=said.applied_at,
        updated_at=said.updated_at,
        status=Status(said.status),
        status_at=said.status_at,
        interview=_interview(said.interview) if said.interview else None,
        offer_made_at=said.offer_made_at,
        position_filled_at=said.job.filled_at,
        erasure_asked_at=said.erasure_asked_at,
        values=_values(said.fields),
    )


def _candidate(said: theirs.Candidate) -> Candidate:
    try:
        language = locale(said.locale)
    except BadNameError:
        language = locale("en")
    return Candidate(
        id=CandidateId(said.id),
        first_name=said.first_name,
        last_name=said.last_name,
        email=said.email,
        phone=said.phone,
        country=said.country,
        zone=said.time_zone,
        locale=language,
        do_not_contact=said.do_not_contact,
        consents=tuple(Consent(name, at) for name, at in sorted(said.consents.items())),
    )


def _interview(said: theirs.Interview) -> Interview:
    is_off = said.is_cancelled
    return Interview(
        id=said.id,
        mode=said.mode,
        starts_at=said.starts_at,
        minutes=said.minutes,
        zone=said.time_zone,
        changed_at=said.changed_at,
        place=said.place,
        url=said.url,
        interviewers=said.interviewers,
        state=InterviewState.CANCELLED if is_off else InterviewState.SCHEDULED,
    )


def _values(said: Mapping[str, theirs.FieldValue]) -> Mapping[FieldName, FieldValue]:
    values: dict[FieldName, FieldValue] = {}
    for name, value in said.items():
        try:
            values[field_name(name)] = value
        except BadNameError:  # a custom field of theirs that is none of ours
            continue
    return values


def _remote(said: theirs.Template) -> RemoteTemplate:
    return RemoteTemplate(
        said.id, said.key, said.title, said.etag, said.updated_at, said.parts
    )


def _template(id_: str) -> str:
    return theirs.TEMPLATE.format(id=_id(id_))


def _id(text: str) -> str:
    """Let an id into a path.

    Raises:
        UnknownApplicationError: It could lead elsewhere.
    """
    if not text or not all(each.isalnum() or each in "-_" for each in text):
        raise UnknownApplicationError(_("The ATS has nothing of that id."))
    return text
