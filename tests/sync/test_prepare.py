"""From a release and an application to the bytes, with the real renderer."""

import json
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256

import pytest

from governance.errors import MarkupError
from governance.names import Channel, Digest, FieldName, Locale, Tip
from governance.rendering import render as rendering
from governance.rendering.compiled import Compiled
from governance.rendering.render import Rendered
from governance.rendering.values import RecipientValues
from governance.trust.canonical import canonical, digest
from sync.candidates.facts import ApplicationSnapshot
from sync.planning.intent import Intent
from sync.planning.plan import plan
from sync.publishing.releases import VerifiedRelease
from sync.sending.fill import Filler
from sync.sending.outbox import Parcel
from sync.sending.policy import Sender
from sync.sending.prepare import Prepare
from sync.store.sealing import Sealer
from tests.fakes.service import (
    KEY,
    MORNING,
    a_candidate,
    a_journey,
    a_policy,
    a_step,
    an_application,
    an_interview,
)

FIELDS = {
    "candidate.first_name": {
        "type": "person_name",
        "sensitivity": "personal",
        "optional": True,
        "fallback": {"en": "there"},
    },
    "interview.starts_at": {
        "type": "moment",
        "sensitivity": "personal",
        "optional": False,
        "fallback": {},
    },
}
MESSAGE = {"purpose": "p", "class": "transactional", "lawful_basis": "contract"}
PARTS = {
    "en/subject.txt": "Hello {{ candidate.first_name }}",
    "en/email.html": "<p>{{ candidate.first_name }}: {{ interview.starts_at }}</p>",
    "en/email.txt": "{{ candidate.first_name }}: {{ interview.starts_at }}",
    "en/sms.txt": "Hello {{ candidate.first_name }} \u2014 tomorrow!",
    "fields.json": json.dumps(FIELDS),
    "message.json": json.dumps(MESSAGE),
}


class InProcess:
    """The renderer without its process."""

    def render(
        self, compiled: Compiled, values: RecipientValues, locale: Locale
    ) -> Rendered:
        """Render."""
        return rendering.render(compiled, values, locale)


def a_release(**parts: str) -> VerifiedRelease:
    known = PARTS | parts
    return VerifiedRelease(
        subject="templates/interview-invitation",
        version=1,
        closure=Digest("c" * 64),
        compiled=digest(canonical(known)),
        parts=known,
        policy=Digest("0" * 64),
        approvals=(),
        tag="release/interview-invitation/v1",
        tip=Tip("a" * 40),
        length=1,
    )


def prepared(
    snapshot: ApplicationSnapshot,
    release: VerifiedRelease,
    *,
    channel: Channel = Channel.EMAIL,
) -> Parcel:
    senders = {
        Channel.EMAIL: Sender(
            "hiring@northwind.example",
            "Northwind Robotics",
            unsubscribe=("https://northwind.example/u/{token}",),
        ),
        Channel.SMS: Sender("Northwind"),
    }
    prepare = Prepare(
        Filler(InProcess()), a_policy(senders=senders), Sealer(KEY).inputs_digest
    )
    (intent,) = plan(snapshot, [a_journey(a_step(channel=channel))], workspace="w")
    assert isinstance(intent, Intent)
    return prepare(intent, "<abc@d.example>", release, snapshot, MORNING)


def mail(parcel: Parcel) -> EmailMessage:
    parsed = message_from_bytes(parcel.body, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_a_candidates_values_are_printed_in_every_part() -> None:
    parcel = prepared(an_application(interview=an_interview()), a_release())

    seen = mail(parcel)
    text, html = (part.get_content() for part in seen.iter_parts())
    assert seen["Subject"] == "Hello Maya"
    assert text.startswith("Maya: ")
    assert "10:00" in text
    assert "<p>Maya: " in html
    assert parcel.recipient == "maya1@candidate.example"
    assert parcel.sha256 == sha256(parcel.body).hexdigest()


def test_the_same_inputs_make_the_same_bytes() -> None:
    snapshot = an_application(interview=an_interview())

    assert prepared(snapshot, a_release()) == prepared(snapshot, a_release())


def test_other_values_have_other_inputs_and_their_digest_tells_nothing() -> None:
    one = an_application(interview=an_interview())
    other = replace(one, candidate=a_candidate(first_name="Ida"))

    first, second = prepared(one, a_release()), prepared(other, a_release())

    assert first.inputs != second.inputs
    assert first.inputs != sha256(b"Maya").hexdigest()


def test_a_value_is_never_run_and_is_escaped_in_html() -> None:
    evil = a_candidate(first_name="{{ 7 * 7 }}<script>")

    parcel = prepared(
        an_application(candidate=evil, interview=an_interview()), a_release()
    )

    html = list(mail(parcel).iter_parts())[1].get_content()
    assert "<script>" not in html
    assert "49" not in html


def test_a_missing_value_is_refused_and_a_fallback_serves() -> None:
    nameless = a_candidate(first_name="")

    parcel = prepared(
        an_application(candidate=nameless, interview=an_interview()), a_release()
    )

    assert mail(parcel)["Subject"] == "Hello there"
    with pytest.raises(MarkupError):
        prepared(an_application(), a_release())


def test_a_text_message_counts_its_segments() -> None:
    parcel = prepared(
        an_application(interview=an_interview()), a_release(), channel=Channel.SMS
    )

    assert parcel.body.decode() == "Hello Maya \u2014 tomorrow!"
    assert parcel.segments == 1
    assert parcel.recipient == "+442079460000"


def test_an_internal_message_goes_to_the_recruiter() -> None:
    internal = json.dumps(MESSAGE | {"class": "internal"})

    parcel = prepared(
        an_application(interview=an_interview()),
        a_release(**{"message.json": internal}),
    )

    assert parcel.recipient == "priya@northwind.example"
    assert mail(parcel)["To"] == "Priya Rao <priya@northwind.example>"


@pytest.mark.parametrize(
    ("kind", "link"),
    [
        ("transactional", None),
        ("relationship", "<https://northwind.example/u/abc>"),
        ("commercial", "<https://northwind.example/u/abc>"),
    ],
)
def test_only_what_may_be_declined_has_a_way_out(kind: str, link: str | None) -> None:
    said = json.dumps(MESSAGE | {"class": kind})

    parcel = prepared(
        an_application(interview=an_interview()), a_release(**{"message.json": said})
    )

    assert mail(parcel)["List-Unsubscribe"] == link


def test_a_part_that_is_missing_is_refused() -> None:
    release = a_release()
    parts = {name: text for name, text in release.parts.items() if "sms" not in name}

    with pytest.raises(MarkupError, match="lacks a part"):
        prepared(
            an_application(interview=an_interview()),
            replace(release, parts=parts),
            channel=Channel.SMS,
        )


def test_what_the_ats_calls_otherwise_wins() -> None:
    named = an_application(
        interview=an_interview(), values={FieldName("candidate.first_name"): "Mo"}
    )

    assert mail(prepared(named, a_release()))["Subject"] == "Hello Mo"
