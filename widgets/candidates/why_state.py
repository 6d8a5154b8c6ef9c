"""Why a message was, or was not, sent: the deciding sentence, then every gate."""

from dataclasses import dataclass

from governance.texts import _, ngettext
from sync.api.deliveries import DeliveryRow, State
from sync.api.stories import Chapter
from sync.sending.decision import Reason
from widgets.candidates.timeline_state import Told
from widgets.kit.values import Deed, Fact, Mark, Notice, Tone
from widgets.outbox.anyway_state import said_anyway, why_not_anyway
from widgets.outbox.causes_state import cause_words, outcome_words
from widgets.outbox.gates_state import Gates, gates_of
from widgets.outbox.state import Outbox, channel_mark, stamp_words, state_mark, why


@dataclass(frozen=True, slots=True, repr=False)
class Why:
    """The inspector: why this was, or was not, sent."""

    title: str = ""
    mark: Mark | None = None
    under: str = ""
    notice: Notice | None = None
    gates: Gates | None = None
    facts: tuple[Fact, ...] = ()
    deeds: tuple[Deed, ...] = ()


def why_of(chapter: Chapter | None, told: Told) -> Why:
    """Describe the message that is selected."""
    if chapter is None:
        return Why()
    row, box = chapter.delivery, told.box
    mark = state_mark(row, box.now)
    channel = channel_mark(row.channel).word
    return Why(
        _why_title(row),
        mark,
        _("{message}, {channel} · {due} {when}").format(
            message=box.title(row),
            channel=channel,
            due=_("was due") if row.due_at <= box.now else _("due"),
            when=stamp_words(row.due_at, box.now),
        ),
        _deciding(row, box, mark),
        gates_of(chapter.rounds, row, box, chapter.attempts),
        _why_facts(chapter, box),
        (
            Deed(
                "proof",
                _("Proof"),
                icon="shield-check",
                is_shown=row.state is State.SENT,
            ),
            Deed(
                "anyway",
                _("Send now anyway…"),
                icon="paper-plane-right",
                why_not=box.why_not or why_not_anyway(row, chapter.rounds),
                is_shown=row.state is State.HELD and row.reason is not Reason.OK,
            ),
            Deed("copy", _("Copy as text"), icon="copy"),
        ),
    )


def _why_title(row: DeliveryRow) -> str:
    match row.state:
        case State.SENT:
            return _("Why this was sent")
        case State.SKIPPED | State.FAILED:
            return _("Why this was not sent")
        case State.HELD:
            return _("Why this waits")
        case State.IN_DOUBT:
            return _("Why this is in doubt")
        case _:
            return _("Why this is planned")


def _deciding(row: DeliveryRow, box: Outbox, mark: Mark) -> Notice:
    reason, next_ = why(row, box)
    if row.state is State.SENT:
        return Notice(
            "why",
            _("{cause}, and every gate was open.").format(cause=cause_words(row)),
            f"{reason} {next_}".strip(),
            Tone.OK,
            "check-circle",
        )
    return Notice("why", reason, next_, mark.tone, mark.icon)


def _why_facts(chapter: Chapter, box: Outbox) -> tuple[Fact, ...]:
    row = chapter.delivery
    rounds = len(chapter.rounds)
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
    who, said = said_anyway(chapter.rounds)
    if who:
        value = _("{who}: {why}").format(who=who, why=said) if said else who
        facts.append(Fact(_("Sent anyway"), value))
    if rounds:
        facts.append(
            Fact(
                _("Judged"),
                ngettext("{count} time", "{count} times", rounds).format(count=rounds),
            )
        )
    facts += [
        Fact(
            _("Try {number}").format(number=attempt.number),
            f"{stamp_words(attempt.started_at, box.now)}: "
            f"{outcome_words(attempt.outcome)}",
        )
        for attempt in chapter.attempts
    ]
    return tuple(facts)
