from dataclasses import replace

import pytest

from governance.ledger.replay import replay
from governance.ledger.state import LedgerState
from governance.names import SubjectName
from sync.api.deliveries import AttestationAnswer, DeliveryRow
from sync.api.proofs import judge
from tests.fakes.make import NOON
from tests.sync.test_proof import a_case, flipped
from widgets.kit.values import Outcome, Tone
from widgets.proof.arrived import read_mail
from widgets.proof.case import Case, Origin
from widgets.proof.links import links
from widgets.proof.state import PLAIN, SHOWN, ProofState, proof_state, verdict

TITLES = {SubjectName("templates/interview-invitation"): "Interview invitation"}
MAIL = read_mail(b"From: a@b.example\r\nSubject: Hello\r\n\r\nHello there.\r\n")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A message that was sent, with all that proves it."""
    made = a_case(tmp_path_factory.mktemp("service"))
    chain = tuple(
        AttestationAnswer("", "email/fake", number, data)
        for number, data in enumerate(made.evidence.chain)
    )
    return judged(
        Case(
            NOON,
            "one",
            made.evidence.message,
            MAIL,
            row=DeliveryRow.of(made.delivery),
            attestation=made.evidence.envelope,
            chain=chain,
            entries=made.evidence.entries,
            titles=TITLES,
        )
    )


def judged(case: Case) -> Case:
    state = replay(case.entries)
    proof = judge(
        case.attestation, case.chain, case.entries, message=case.message, row=case.row
    )
    return replace(case, proof=proof, state=state if not state.fault else LedgerState())


def outcomes(case: Case) -> dict[str, Outcome]:
    return {check.bold: check.outcome for check in links(case)}


def shown(case: Case | None, tab: str = SHOWN, busy: str = "") -> ProofState:
    return proof_state(case, tab, busy=busy)


def test_a_message_as_it_was_sent_is_proven(sent: Case) -> None:
    said = verdict(sent)

    assert (said.bold, said.tone) == (
        "Proven: this is exactly what was signed",
        Tone.OK,
    )
    assert said.plain.startswith("All 10 checks passed at ")


def test_every_link_of_its_chain_is_told(sent: Case) -> None:
    assert set(outcomes(sent).values()) == {Outcome.PASSED}
    assert [check.bold for check in links(sent)][:6] == [
        "The bytes are equal",
        "The signed history is whole",
        "The service recorded what it sent, and signed it",
        "The records agree",
        "In an unbroken chain of messages",
        "Signed by 2 different people, none of whom wrote it",
    ]


def test_those_who_signed_are_named_with_what_they_signed_as(sent: Case) -> None:
    signed = next(check for check in links(sent) if check.people)

    assert [(one.name, one.role) for one in signed.people] == [
        ("Ben", "Legal"),
        ("Cara", "Hr"),
    ]


def test_a_changed_byte_breaks_the_first_link_and_leaves_the_rest_unchecked(
    sent: Case,
) -> None:
    assert sent.message is not None
    case = judged(replace(sent, message=flipped(sent.message, 40)))

    found = [check.outcome for check in links(case)]

    assert verdict(case).bold == "Not proven"
    assert found == [
        Outcome.FAILED,
        Outcome.PASSED,
        Outcome.PASSED,
        *[Outcome.UNCHECKED] * 7,
    ]


def test_the_place_where_it_differs_is_said(sent: Case) -> None:
    assert sent.message is not None
    case = judged(replace(sent, message=flipped(sent.message, 40), place="Line 3."))

    assert links(case)[0].plain == "Line 3."


def test_a_database_that_says_something_else_breaks_its_link(sent: Case) -> None:
    assert sent.row is not None
    row = DeliveryRow(
        **{
            name: getattr(sent.row, name)
            for name in sent.row.__struct_fields__
            if name != "version"
        },
        version=9,
    )
    case = judged(replace(sent, row=row))

    assert outcomes(case)["The records contradict each other"] is Outcome.FAILED


def test_a_broken_history_leaves_nothing_else_checked(sent: Case) -> None:
    entries = list(sent.entries)
    del entries[2]
    case = judged(replace(sent, entries=entries))

    assert outcomes(case)["The signed history is broken"] is Outcome.FAILED
    assert list(outcomes(case).values()).count(Outcome.UNCHECKED) == 9


def test_a_link_missing_from_the_route_is_told(sent: Case) -> None:
    case = judged(replace(sent, chain=sent.chain[1:]))

    assert outcomes(case)["The chain of messages is broken"] is Outcome.FAILED


def test_without_the_mail_it_is_not_called_proven(sent: Case) -> None:
    case = judged(replace(sent, message=None, arrived=None))

    said = verdict(case)

    assert said.bold == "Sent as signed; the message itself was not compared"
    assert said.tone is Tone.INFO
    assert links(case)[0].outcome is Outcome.UNCHECKED
    assert shown(case).missing is not None


def test_signatures_that_a_file_brought_prove_only_if_they_are_the_teams(
    sent: Case,
) -> None:
    said = verdict(replace(sent, origin=Origin.FILE))

    assert said.bold == "Proven, if these are the signatures of Test"
    assert said.tone is not Tone.OK
    assert "ask the team whether the first words of its history are " in said.plain


def test_what_cannot_be_checked_says_why_and_what_helps() -> None:
    case = Case(NOON, arrived=MAIL, why="No signatures here.", remedy="Open them.")

    state = shown(case)

    assert state.verdict.bold == "Can’t be checked yet"
    assert state.verdict.plain == "No signatures here. Open them."
    assert state.links == ()
    assert all(deed.why_not for deed in state.foot)


def test_what_a_proof_does_not_prove_is_always_said(sent: Case) -> None:
    limits = shown(sent).limits

    assert limits is not None
    assert "not that anyone opened or read it" in limits.plain


def test_a_mail_without_html_is_shown_as_text(sent: Case) -> None:
    state = shown(sent)

    assert state.tab == PLAIN
    assert state.tabs[0].why_not


def test_without_a_message_it_asks_for_one() -> None:
    state = shown(None)

    assert state.start is not None
    assert (state.start.bold, state.start.key) == ("Which message?", "file")


def test_while_it_works_no_verdict_is_shown(sent: Case) -> None:
    state = shown(sent, busy="Following it back …")

    assert state.verdict.bold == "Following it back …"
    assert state.is_busy


def test_long_numbers_stand_in_the_details_only(sent: Case) -> None:
    state = shown(sent)
    assert sent.proof is not None
    assert sent.proof.attestation is not None
    digest = sent.proof.attestation.sha256

    spoken = [f"{check.bold} {check.plain} {check.code}" for check in state.links]

    assert not any(digest in words for words in spoken)
    assert digest in [fact.value for fact in state.details]
