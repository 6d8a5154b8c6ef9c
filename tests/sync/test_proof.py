"""A message is proved from values alone, and each forgery has its own code."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from msgspec.structs import replace as struct_with

from governance.approval.candidate import Proposed
from governance.ledger.policy import SERVICE
from governance.names import Digest, PersonId, SubjectName, TemplateId, Tip
from governance.trust.dsse import Envelope, seal
from governance.trust.keys import SigningKey
from sync.errors import MailerInDoubtError
from sync.publishing.releases import Freshness, VerifiedJourney, VerifiedRelease
from sync.sending.attestation import attestation_bytes, read_attestation
from sync.sending.delivery import Delivery
from sync.sending.proof import Approver, Evidence, Proof, Record, prove
from tests.fakes.make import (
    BASE,
    BEN,
    CARA,
    CHANGE,
    CLOSURE,
    COMPILED,
    DAN,
    HR,
    INVITE,
    LEGAL,
    MANAGER,
    NOON,
    OTHER,
    Chain,
    a_release,
    a_subject,
)
from tests.fakes.releases import FakeReleases
from tests.fakes.service import (
    PARTS,
    Clock,
    FakeMailer,
    Service,
    a_journey,
    a_service,
    an_application,
)

KEY = SigningKey.generate()
PROGRAM = PersonId("service@example.com")
JOURNEY = SubjectName("journeys/interview")


class LedgerBacked(FakeReleases):
    """Says what a chain of entries proves."""

    def __init__(self, chain: Chain) -> None:
        super().__init__()
        state = chain.state
        (change,) = state.changes.values()
        self._approved = tuple(signed.envelope for signed in change.approvals)
        self._policy = state.policy
        self._long = state.length

    def current(self, template: TemplateId) -> VerifiedRelease:
        return self._said(f"templates/{template}")

    def journeys(self) -> Sequence[VerifiedJourney]:
        return (VerifiedJourney(a_journey(), self._said(JOURNEY)),)

    def freshness(self) -> Freshness:
        return Freshness(has_remote=False)

    def _said(self, subject: str) -> VerifiedRelease:
        return VerifiedRelease(
            subject=subject,
            version=1,
            closure=CLOSURE,
            compiled=COMPILED,
            parts=PARTS,
            policy=Digest("0" * 64),
            approvals=self._approved,
            tag=f"release/{subject.split('/')[1]}/v1",
            tip=Tip("a" * 40),
            length=self._long,
        )


@dataclass
class Case:
    """Three messages that were sent, and all that is needed to prove the second."""

    chain: Chain
    service: Service
    evidence: Evidence
    delivery: Delivery
    more: list[bytes] = field(default_factory=list)

    def prove(self, **changes: object) -> Proof:
        return prove(replace(self.evidence, **changes))  # type: ignore[arg-type]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return a_case(tmp_path)


def a_case(folder: Path, mailer: FakeMailer | None = None) -> Case:
    chain = Chain.founded(ben=[LEGAL], cara=[HR], dan=[MANAGER])
    chain.enrol(PROGRAM, SERVICE, key=KEY)
    proposed = Proposed(
        CHANGE, BASE, (a_subject(INVITE), a_subject(JOURNEY, classes=("journey",)))
    )
    chain.open(of=proposed)
    chain.approve(BEN, LEGAL, proposed)
    chain.approve(CARA, HR, proposed)
    chain.add(DAN, a_release(proposed))
    service = a_service(
        folder,
        releases=LedgerBacked(chain),
        key=KEY,
        mailer=mailer,
        clock=Clock(NOON),
    )
    for number in range(3):
        told = an_application(
            number,
            stage_entered_at=NOON,
            applied_at=NOON - timedelta(days=3),
            updated_at=NOON,
        )
        service.tell(told)
        service.run()
        service.clock.forward(seconds=10)
    deliveries = service.store.deliveries
    chosen = deliveries.chain("email/fake")[1]
    delivery = deliveries.find(chosen.delivery)
    (message,) = [
        taken.body
        for taken in service.mailer.taken
        if taken.message_id == delivery.message_id
    ]
    evidence = Evidence(
        envelope=chosen.envelope,
        chain=[link.envelope for link in deliveries.chain("email/fake")],
        entries=chain.entries,
        message=message,
        record=Record.of(delivery),
    )
    return Case(chain, service, evidence, delivery)


def flipped(data: bytes, position: int) -> bytes:
    return data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]


def test_what_arrived_is_followed_back_to_who_signed(case: Case) -> None:
    proof = case.prove()

    assert proof.code == "PROVEN"
    assert proof.signers == (Approver(BEN, LEGAL), Approver(CARA, HR))
    assert proof.attestation is not None
    assert proof.attestation.template.closure == CLOSURE
    assert proof.attestation.template.compiled == COMPILED
    assert {line.verdict for line in proof.attestation.gates} == {"pass"}
    assert len(proof.attestation.gates) == 10
    assert proof.attestation.seen == "sent"


def test_the_message_bears_the_id_that_was_attested(case: Case) -> None:
    assert case.evidence.message is not None
    parsed = message_from_bytes(case.evidence.message, policy=policy.SMTP)

    assert parsed["Message-ID"] == case.delivery.message_id


def test_every_changed_byte_of_the_message_is_noticed(case: Case) -> None:
    message = case.evidence.message
    assert message is not None

    codes = {
        case.prove(message=flipped(message, position)).code
        for position in range(0, len(message), 97)
    }

    assert codes == {"BYTES_DIFFER"}


def test_no_changed_byte_of_the_attestation_is_believed(case: Case) -> None:
    envelope = case.evidence.envelope
    chain = list(case.evidence.chain)
    codes = set()

    for position in range(0, len(envelope), 41):
        forged = flipped(envelope, position)
        chain[1] = forged
        codes.add(case.prove(envelope=forged, chain=chain).code)

    assert "PROVEN" not in codes
    assert "ATTESTATION_BROKEN" in codes


def test_no_changed_byte_of_the_ledger_is_believed(case: Case) -> None:
    codes = set()

    for number, entry in enumerate(case.chain.entries):
        entries = list(case.chain.entries)
        entries[number] = flipped(entry, len(entry) // 2)
        codes.add(case.prove(entries=entries).code)

    assert "PROVEN" not in codes
    assert "BYTES_DIFFER" not in codes


def test_a_changed_row_of_the_database_has_its_own_code(case: Case) -> None:
    changed = [
        replace(case.delivery, sha256="0" * 64),
        replace(case.delivery, version=2),
        replace(case.delivery, provider_id="other"),
        replace(
            case.delivery,
            intent=replace(case.delivery.intent, template=TemplateId("offer")),
        ),
    ]

    assert {case.prove(record=Record.of(row)).code for row in changed} == {
        "RECORD_DIFFERS"
    }


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_link_that_is_gone_breaks_the_chain(case: Case, number: int) -> None:
    chain = list(case.evidence.chain)
    del chain[number]

    proof = case.prove(chain=chain)

    # What comes after the message's own link may be cut off: it proves itself.
    assert proof.code == ("PROVEN" if number == 2 else "CHAIN_BROKEN")


def test_a_link_that_was_signed_anew_breaks_the_chain(case: Case) -> None:
    payload = Envelope.from_bytes(case.evidence.chain[0]).payload
    other = read_attestation(payload)
    chain = list(case.evidence.chain)
    chain[0] = seal(
        attestation_bytes(struct_with(other, provider_id="other")), KEY
    ).to_bytes()

    assert case.prove(chain=chain).code == "CHAIN_BROKEN"


def test_a_stranger_cannot_attest(case: Case) -> None:
    payload = Envelope.from_bytes(case.evidence.envelope).payload
    forged = seal(payload, SigningKey.generate()).to_bytes()
    chain = [case.evidence.chain[0], forged]

    assert case.prove(envelope=forged, chain=chain).code == "SERVICE_UNKNOWN"


def test_a_member_who_is_no_service_cannot_attest(case: Case) -> None:
    case.chain.enrol(
        PersonId("eve@example.com"), LEGAL, key=(eve := SigningKey.generate())
    )
    payload = Envelope.from_bytes(case.evidence.envelope).payload
    forged = seal(payload, eve).to_bytes()

    assert case.prove(envelope=forged).code == "SERVICE_UNKNOWN"


def test_the_service_cannot_attest_what_was_never_released(case: Case) -> None:
    said = read_attestation(Envelope.from_bytes(case.evidence.envelope).payload)
    codes = {}
    for name, line in {
        "closure": struct_with(said.template, closure=OTHER),
        "compiled": struct_with(said.template, compiled=OTHER),
        "version": struct_with(said.template, version=2),
        "approval": struct_with(said.template, approvals=(OTHER,)),
        "length": struct_with(said.template, length=99),
        "before": struct_with(said.template, length=2),
    }.items():
        forged = seal(
            attestation_bytes(struct_with(said, template=line)), KEY
        ).to_bytes()
        chain = [case.evidence.chain[0], forged]
        proof = case.prove(envelope=forged, chain=chain, record=None)
        codes[name] = proof.code

    assert codes == {
        "closure": "CLOSURE_CHANGED",
        "compiled": "COMPILED_CHANGED",
        "version": "NOT_RELEASED",
        "approval": "QUORUM_MISSING",
        "length": "LEDGER_REWOUND",
        "before": "NOT_RELEASED",
    }


def test_without_the_message_only_the_attestation_is_proved(case: Case) -> None:
    proof = case.prove(message=None)

    assert proof.is_proven
    assert "not compared" in proof.reason


def test_one_that_was_found_at_the_provider_says_so(tmp_path: Path) -> None:
    mailer = FakeMailer(
        trouble=[MailerInDoubtError("lost")], is_taken=True, settles_after=1
    )

    case = a_case(tmp_path, mailer)

    seen = [
        read_attestation(Envelope.from_bytes(link).payload).seen
        for link in case.evidence.chain
    ]
    assert sorted(seen) == ["found", "sent", "sent"]
    assert case.prove().is_proven
