"""Why, and why not: the story of one candidate's messages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from governance.texts import N_, _
from sync.candidates.facts import CandidateId
from sync.candidates.known import known_candidate
from sync.candidates.ports import Candidates
from sync.errors import ErasedError
from sync.histories.words import in_words
from sync.sending.anyway import word_of
from sync.sending.decision import Reason, Verdict
from sync.sending.deliveries import Deliveries
from sync.sending.delivery import Attempt, Delivery, Round, State

LIMIT: Final = 1000

_SENTENCES: Final[Mapping[State, str]] = {
    State.PLANNED: N_("It is to be sent at {due}."),
    State.HELD: N_("It is held. {reason}"),
    State.READY: N_("It is on its way."),
    State.SENDING: N_("It is on its way."),
    State.SENT: N_("It was sent at {sent}."),
    State.IN_DOUBT: N_("It is in doubt. {reason}"),
    State.SKIPPED: N_("It was not sent and will not be. {reason}"),
    State.FAILED: N_("It could not be sent. {reason}"),
}

_SAID_SENT: Final = N_("{who} said at {when} that it had been sent.")
_SAID_NOT_SENT: Final = N_("{who} said at {when} that it had not been sent.")
_SAID_ANYWAY: Final = N_("{who} had it sent anyway at {when}: {why}")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One message, with everything that decided about it.

    Attributes:
        sentence: What became of it, and why.
        rounds: How it was judged, the oldest first.
    """

    delivery: Delivery
    sentence: str
    rounds: tuple[Round, ...]
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that was sent to a candidate, is to be sent, or was not.

    Attributes:
        is_erased: Whether nothing else of the person is kept any more.
    """

    candidate: CandidateId
    chapters: tuple[Chapter, ...]
    is_erased: bool = False


def why(text: str, candidates: Candidates, deliveries: Deliveries) -> Story:
    """Tell the story of a candidate, by id, application, address or number.

    Raises:
        UnknownApplicationError: The service knows nobody like that.
        StoreUnavailableError: The database cannot be used.
    """
    candidate = known_candidate(text, candidates)
    found = deliveries.list(limit=LIMIT, candidate=candidate)
    return Story(
        candidate,
        tuple(chapter(item, deliveries) for item in found),
        is_erased=was_erased(candidate, candidates),
    )


def was_erased(candidate: CandidateId, candidates: Candidates) -> bool:
    """Whether a candidate was erased.

    Raises:
        StoreUnavailableError: The database cannot be used.
    """
    for name in candidates.applications(candidate):
        try:
            candidates.application(name)
        except ErasedError:
            return True
    return False


def chapter(delivery: Delivery, deliveries: Deliveries) -> Chapter:
    """Tell of one message.

    Raises:
        StoreUnavailableError: The database cannot be used.
    """
    rounds = tuple(deliveries.rounds(delivery.id))
    attempts = tuple(deliveries.attempts(delivery.id))
    told = " ".join([sentence(delivery), *_words(rounds)])
    return Chapter(delivery, told, rounds, attempts)


def sentence(delivery: Delivery) -> str:
    """Say in one sentence or two what became of a delivery."""
    due, sent = delivery.intent.due_at, delivery.sent_at
    return _(_SENTENCES[delivery.state]).format(
        reason=in_words(delivery.reason),
        due=due.strftime("%Y-%m-%d %H:%M UTC"),
        sent=sent.strftime("%Y-%m-%d %H:%M:%S UTC") if sent else "",
    )


def _words(rounds: Sequence[Round]) -> Iterator[str]:
    """Say what a person last said about it, where one did."""
    for judged in reversed(rounds):
        if said := word_of(judged):
            when = judged.at.strftime("%Y-%m-%d %H:%M UTC")
            yield _(_SAID_ANYWAY).format(who=said.by, when=when, why=said.why).strip()
            return
        for decision in judged.decisions:
            if decision.reason is Reason.DECIDED_BY_PERSON:
                is_sent = decision.verdict is Verdict.SKIP
                yield _(_SAID_SENT if is_sent else _SAID_NOT_SENT).format(
                    who=decision.detail.partition(" ")[2],
                    when=judged.at.strftime("%Y-%m-%d %H:%M UTC"),
                )
                return


def objections(judged: Round) -> tuple[str, ...]:
    """Return what stood against a message in one round, each as a sentence."""
    return tuple(
        in_words(decision.reason)
        for decision in judged.decisions
        if decision.verdict is not Verdict.PASS
    )
