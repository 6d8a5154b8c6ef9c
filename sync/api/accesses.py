"""What the service gives of one candidate for a request of access: theirs alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Self

import msgspec

from governance.names import FieldName
from sync.candidates.facts import ApplicationSnapshot, FieldValue
from sync.histories import access
from sync.histories.why import sentence
from sync.histories.words import in_words
from sync.sending.anyway import read_word
from sync.sending.decision import Decision

ACCESSES: Final = "/v1/accesses"


class AccessWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose data: an id, an application's id, an e-mail address or a phone number.

    Attributes:
        after: The last message that was given, "" to begin.
    """

    candidate: str
    after: str = ""

    def __repr__(self) -> str:
        return "AccessWish()"


class _Own(msgspec.Struct, frozen=True, kw_only=True):
    """What all of these share: no ``repr`` shows what they hold."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class ConsentGiven(_Own, frozen=True):
    """What the candidate said about one purpose, and where."""

    purpose: str
    state: str
    at: datetime
    source: str
    expires_at: datetime | None = None


class ForbiddenContact(_Own, frozen=True):
    """That contact is forbidden; ``channel`` is "" for all."""

    channel: str
    reason: str
    at: datetime


class StageVisited(_Own, frozen=True):
    """A stage that the application was in."""

    stage: str
    entered_at: datetime
    left_at: datetime | None = None


class Appointment(_Own, frozen=True):
    """An interview; who else takes part is left out."""

    mode: str
    starts_at: datetime
    minutes: int
    zone: str
    place: str
    url: str
    state: str


class ApplicationKept(_Own, frozen=True):
    """One application with what the ATS told of the person."""

    id: str
    first_name: str
    last_name: str
    email: str
    phone: str
    country: str
    time_zone: str
    locale: str
    do_not_contact: bool
    consents: tuple[ConsentGiven, ...]
    job: str
    stage: str
    status: str
    applied_at: datetime
    updated_at: datetime
    stages: tuple[StageVisited, ...]
    interview: Appointment | None = None
    fields: dict[str, FieldValue] = {}

    @classmethod
    def of(
        cls, said: ApplicationSnapshot, fields: Mapping[FieldName, FieldValue]
    ) -> Self:
        """Put an application on the wire, without the people who look after it."""
        one, interview = said.candidate, said.interview
        return cls(
            id=said.id,
            first_name=one.first_name,
            last_name=one.last_name,
            email=one.email,
            phone=one.phone,
            country=one.country,
            time_zone=one.zone,
            locale=one.locale,
            do_not_contact=one.do_not_contact,
            consents=tuple(
                ConsentGiven(
                    purpose=given.purpose,
                    state="given",
                    at=given.given_at,
                    source="ats",
                    expires_at=given.expires_at,
                )
                for given in one.consents
            ),
            job=said.job_title,
            stage=said.stage,
            status=said.status,
            applied_at=said.applied_at,
            updated_at=said.updated_at,
            stages=tuple(
                StageVisited(
                    stage=visit.stage,
                    entered_at=visit.entered_at,
                    left_at=visit.left_at,
                )
                for visit in said.visits
            ),
            interview=Appointment(
                mode=interview.mode,
                starts_at=interview.starts_at,
                minutes=interview.minutes,
                zone=interview.zone,
                place=interview.place,
                url=interview.url,
                state=interview.state,
            )
            if interview
            else None,
            fields={str(name): value for name, value in fields.items()},
        )


class DecisionMade(_Own, frozen=True):
    """What one gate, or a person, decided about a message, and when."""

    at: datetime
    gate: str
    verdict: str
    reason: str
    words: str


class MessageKept(_Own, frozen=True):
    """One message with all that was decided about it.

    Attributes:
        words: What became of it.
        body: Exactly as it was sent; None where nothing was, or it is gone.
    """

    id: str
    template: str
    version: int
    channel: str
    application: str
    because: str
    due_at: datetime
    sent_at: datetime | None
    state: str
    words: str
    decisions: tuple[DecisionMade, ...]
    body: bytes | None = None

    @classmethod
    def of(cls, kept: access.Kept) -> Self:
        """Put a message on the wire; who of the team decided is left out."""
        delivery = kept.chapter.delivery
        intent = delivery.intent
        return cls(
            id=delivery.id,
            template=intent.template,
            version=delivery.version,
            channel=intent.channel,
            application=intent.application,
            because=intent.fact,
            due_at=intent.due_at,
            sent_at=delivery.sent_at,
            state=delivery.state,
            words=sentence(delivery),
            decisions=tuple(
                _made(judged.at, decision)
                for judged in kept.chapter.rounds
                for decision in judged.decisions
            ),
            body=kept.body,
        )


class Access(_Own, frozen=True):
    """All that is kept of one candidate, and some of the messages.

    Attributes:
        next: What to ask for as ``after``, "" at the end.
    """

    candidate: str
    is_erased: bool
    applications: tuple[ApplicationKept, ...]
    consents: tuple[ConsentGiven, ...]
    forbidden: tuple[ForbiddenContact, ...]
    messages: tuple[MessageKept, ...]
    next: str = ""

    @classmethod
    def of(cls, given: access.Access) -> Self:
        """Put it on the wire."""
        return cls(
            candidate=given.candidate,
            is_erased=given.is_erased,
            applications=tuple(
                ApplicationKept.of(one, given.fields.get(one.id, {}))
                for one in given.applications
            ),
            consents=tuple(
                ConsentGiven(
                    purpose=record.purpose,
                    state=record.state,
                    at=record.at,
                    source=record.source,
                    expires_at=record.expires_at,
                )
                for record in given.consents
            ),
            forbidden=tuple(
                ForbiddenContact(channel=one.channel, reason=one.reason, at=one.at)
                for one in given.suppressions
            ),
            messages=tuple(map(MessageKept.of, given.messages)),
            next=given.next,
        )


def _made(at: datetime, decision: Decision) -> DecisionMade:
    words, said = in_words(decision.reason), read_word(decision, at)
    return DecisionMade(
        at=at,
        gate=decision.gate,
        verdict=decision.verdict,
        reason=decision.reason,
        words=f"{words} “{said.why}”" if said and said.why else words,
    )
