"""Several messages in doubt, decided about at once: of one template and one cause."""

from collections.abc import Collection, Iterable

from governance.texts import _, ngettext
from sync.api.deliveries import DeliveryRow, State
from sync.histories.words import in_words
from widgets.deliveries.inspected_state import Inspected
from widgets.deliveries.listed_state import number
from widgets.kit.values import Deed, Fact
from widgets.outbox.state import Outbox, moment_words, state_mark

MOST: int = 8  # names that are listed


def can_be_ticked(row: DeliveryRow) -> bool:
    """Whether a person decides about a message."""
    return row.state is State.IN_DOUBT


def ticked_rows(
    rows: Iterable[DeliveryRow], ticked: Collection[str]
) -> tuple[DeliveryRow, ...]:
    """Return those of the ticked messages that are still in doubt."""
    return tuple(row for row in rows if row.id in ticked and can_be_ticked(row))


def alike(row: DeliveryRow, rows: Iterable[DeliveryRow]) -> tuple[DeliveryRow, ...]:
    """Return the messages in doubt of the same template and cause."""
    wanted = _kind(row)
    return tuple(one for one in rows if can_be_ticked(one) and _kind(one) == wanted)


def together(rows: tuple[DeliveryRow, ...], box: Outbox) -> Inspected:
    """Describe the messages that are decided about at once."""
    first = rows[0]
    title = ngettext(
        "{count} message in doubt", "{count} messages in doubt", len(rows)
    ).format(count=number(len(rows)))
    return Inspected(
        title,
        state_mark(first, box.now),
        under_words(rows, box),
        question=_("Did all of them arrive?"),
        told=_(
            "Your answer is recorded for each of them, as if you had given it one by "
            "one. If you know it of some only, take the ticks from the others."
        ),
        answers=_answers(rows, box),
        facts=names(rows, box),
        is_together=True,
    )


def under_words(rows: tuple[DeliveryRow, ...], box: Outbox) -> str:
    """Say what they have in common."""
    if why_not(rows):
        return _("Several templates or causes")
    return _("{message} · {cause}").format(
        message=box.title(rows[0]), cause=in_words(rows[0].reason)
    )


def why_not(rows: Iterable[DeliveryRow]) -> str:
    """Say why they are not decided about at once, "" where they may be."""
    if len({_kind(row) for row in rows}) > 1:
        return _("Decide about one template and one cause at a time.")
    return ""


def names(rows: tuple[DeliveryRow, ...], box: Outbox) -> tuple[Fact, ...]:
    """List whom they were for."""
    facts = [
        Fact(
            moment_words(row.due_at, box.now),
            _("{name}, {what}").format(name=box.name(row), what=box.under(row)),
        )
        for row in rows[:MOST]
    ]
    if len(rows) > MOST:
        more = _("and {count} more").format(count=number(len(rows) - MOST))
        facts.append(Fact("", more))
    return tuple(facts)


def _answers(rows: tuple[DeliveryRow, ...], box: Outbox) -> tuple[Deed, ...]:
    reason = box.why_not or why_not(rows)
    count = number(len(rows))
    return (
        Deed(
            "arrived",
            _("They arrived: mark {count} as sent…").format(count=count),
            icon="check",
            why_not=reason,
        ),
        Deed(
            "not-arrived",
            _("They did not arrive: send {count} again…").format(count=count),
            icon="arrow-clockwise",
            why_not=reason,
        ),
        Deed("untick", _("Take all ticks away"), "ghost", "x"),
    )


def _kind(row: DeliveryRow) -> tuple[str, str, str]:
    return row.template, row.channel, row.reason
