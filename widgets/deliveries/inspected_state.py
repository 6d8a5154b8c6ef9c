"""The message that is selected: the question to answer, or the gates."""

from dataclasses import dataclass

from governance.texts import _
from sync.api.deliveries import DeliveryDetail, DeliveryRow, State
from sync.sending.decision import Reason
from widgets.deliveries.listed_state import number
from widgets.kit.values import Deed, Fact, Mark, Notice
from widgets.outbox.anyway_state import why_not_anyway
from widgets.outbox.causes_state import cause_words, outcome_words
from widgets.outbox.gates_state import Gates, gates_of
from widgets.outbox.state import Outbox, channel_mark, stamp_words, state_mark, why


@dataclass(frozen=True, slots=True, repr=False)
class Inspected:
    """What the inspector shows.

    Attributes:
        notice: Why it is where it is, and what happens next.
        question: For a message in doubt: what is asked.
        answers: The honest answers to it.
        all_for: "Everything for …", "" for nobody.
        is_together: Whether it is about several messages that are ticked.
    """

    title: str = ""
    mark: Mark | None = None
    under: str = ""
    notice: Notice | None = None
    question: str = ""
    told: str = ""
    answers: tuple[Deed, ...] = ()
    gates: Gates | None = None
    facts: tuple[Fact, ...] = ()
    all_for: str = ""
    deeds: tuple[Deed, ...] = ()
    is_together: bool = False


def inspected(
    row: DeliveryRow | None,
    box: Outbox,
    detail: DeliveryDetail | None,
    *,
    alike: int = 1,
) -> Inspected:
    """Describe a message.

    Args:
        row: The message.
        box: What is known.
        detail: None while it is still being asked for.
        alike: How many messages are in doubt for the same cause, this one counted.
    """
    if row is None:
        return Inspected()
    told = detail if detail is not None and detail.delivery.id == row.id else None
    reason, next_ = why(row, box)
    mark = state_mark(row, box.now)
    at = stamp_words(row.sent_at or row.due_at, box.now)
    is_doubt = row.state is State.IN_DOUBT
    return Inspected(
        box.title(row),
        mark,
        _("To {name}, {what} · {channel} · {when}").format(
            name=box.name(row),
            what=box.under(row),
            channel=channel_mark(row.channel).word,
            when=at,
        ),
        None if is_doubt else Notice("why", reason, next_, mark.tone, mark.icon),
        _("Did it arrive?") if is_doubt else "",
        _doubt(row) if is_doubt else "",
        _answers(box, alike) if is_doubt else (),
        gates_of(told.rounds, row, box, told.attempts) if told else None,
        _facts(row, box, told),
        _("Everything for {name}").format(name=box.name(row)),
        _deeds(row, box, told),
    )


def _doubt(row: DeliveryRow) -> str:
    if row.reason is Reason.PERSON_DECIDES:
        return _(
            "We handed the message over, and the connection broke before the answer. "
            "The provider cannot be asked afterwards. Sending it again could mean that "
            "it arrives twice, so it waits for you. If you cannot tell, leave it: it "
            "is never sent again by itself."
        )
    return _(
        "We handed the message over, and the connection broke before the answer. The "
        "provider is being asked. Sending it again could mean that it arrives twice, "
        "so it waits. If you know more, say so; if you cannot tell, leave it."
    )


def _answers(box: Outbox, alike: int) -> tuple[Deed, ...]:
    return (
        Deed(
            "arrived",
            _("It arrived: mark as sent…"),
            icon="check",
            why_not=box.why_not,
        ),
        Deed(
            "not-arrived",
            _("It did not arrive: send again…"),
            icon="arrow-clockwise",
            why_not=box.why_not,
        ),
        *(
            (
                Deed(
                    "alike",
                    _("Tick all {count} like this").format(count=number(alike)),
                    "ghost",
                    "check-square",
                    why_not=box.why_not,
                ),
            )
            if alike > 1
            else ()
        ),
    )


def _facts(
    row: DeliveryRow, box: Outbox, detail: DeliveryDetail | None
) -> tuple[Fact, ...]:
    facts = [
        Fact(_("Because"), cause_words(row)),
        Fact(
            _("Rule"),
            _("Journey “{journey}”, step “{step}”").format(
                journey=row.journey, step=row.step
            ),
        ),
    ]
    if row.version:
        facts.append(Fact(_("Text"), _("Version {number}").format(number=row.version)))
    for attempt in detail.attempts if detail else ():
        words = stamp_words(attempt.started_at, box.now)
        outcome = outcome_words(attempt.outcome)
        facts.append(
            Fact(
                _("Try {number}").format(number=attempt.number),
                f"{words}: {outcome}",
            )
        )
    facts.append(Fact(_("Message"), row.id))
    return tuple(facts)


def _deeds(
    row: DeliveryRow, box: Outbox, detail: DeliveryDetail | None
) -> tuple[Deed, ...]:
    is_proved = detail.is_attested if detail else row.state is State.SENT
    return (
        Deed(
            "anyway",
            _("Send now anyway…"),
            icon="paper-plane-right",
            why_not=box.why_not or why_not_anyway(row, detail.rounds if detail else ()),
            is_shown=row.state is State.HELD and row.reason is not Reason.OK,
        ),
        Deed(
            "proof",
            _("Proof of this message"),
            icon="shield-check",
            why_not="" if is_proved else _("Nothing was sent, so there is no proof."),
            is_shown=row.state in {State.SENT, State.IN_DOUBT},
        ),
    )
