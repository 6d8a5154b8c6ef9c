"""Rounds: the decisions of each judging, as recorded."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from sync.sending.anyway import Anyway, read_word, without_why
from sync.sending.decision import Decision, Gate, Reason
from sync.sending.delivery import State
from sync.sending.docket import Judged
from sync.store import tables as t
from sync.store.rows import decision_of


def is_like_before(connection: sa.Connection, item: Judged) -> bool:
    """Whether a held delivery is judged as it was the last time."""
    if item.delivery.state is not State.HELD:
        return False
    before = last_decisions(connection, item.delivery.id)
    return list(map(_gist, before)) == list(map(_gist, item.judgement.decisions))


def _gist(decision: Decision) -> tuple[str, ...]:
    return (decision.gate, decision.verdict, decision.reason, decision.detail)


def last_decisions(connection: sa.Connection, delivery: str) -> tuple[Decision, ...]:
    """Return the decisions of the last round, in the gates' order."""
    columns = t.decision.c
    last = sa.select(sa.func.max(columns.round)).where(columns.delivery_id == delivery)
    query = (
        sa.select(t.decision)
        .where(columns.delivery_id == delivery, columns.round == last.scalar_subquery())
        .order_by(columns.place)
    )
    return tuple(decision_of(row) for row in connection.execute(query).mappings())


def record_round(
    connection: sa.Connection, item: Judged, number: int, now: datetime
) -> None:
    """Keep the decisions of one judging."""
    _record(connection, item.delivery.id, item.judgement.decisions, number, now)


def record_word(
    connection: sa.Connection, delivery: str, word: Decision, now: datetime
) -> None:
    """Keep a person's word, as a round of its own."""
    rows = t.delivery.c
    number = connection.execute(
        t.delivery.update()
        .where(rows.id == delivery)
        .values(rounds=rows.rounds + 1)
        .returning(rows.rounds)
    ).scalar_one()
    _record(connection, delivery, [word], number, now)


def words_of(
    connection: sa.Connection, deliveries: Sequence[str]
) -> dict[str, tuple[Anyway, Decision]]:
    """Return the last word about sending each delivery anyway, where there is one.

    Where gates judged by such a word it stands after them, and is not said again.
    """
    columns = t.decision.c
    query = (
        sa.select(t.decision)
        .where(
            columns.delivery_id.in_(deliveries),
            columns.gate == Gate.PERSON.value,
            columns.reason == Reason.SENT_ANYWAY.value,
            columns.place == 0,
        )
        .order_by(columns.round)
    )
    found: dict[str, tuple[Anyway, Decision]] = {}
    for row in connection.execute(query).mappings():
        decision = decision_of(row)
        if word := read_word(decision, row["at"]):
            found[row["delivery_id"]] = (word, decision)
    return found


def forget_whys(connection: sa.Connection, deliveries: sa.Select[tuple[str]]) -> None:
    """Take away what people wrote when they had messages sent anyway."""
    columns = t.decision.c
    query = sa.select(
        columns.delivery_id, columns.round, columns.gate, columns.detail
    ).where(
        columns.delivery_id.in_(deliveries),
        columns.gate == Gate.PERSON.value,
        columns.reason == Reason.SENT_ANYWAY.value,
    )
    for row in connection.execute(query).all():
        connection.execute(
            t.decision.update()
            .where(
                columns.delivery_id == row.delivery_id,
                columns.round == row.round,
                columns.gate == row.gate,
            )
            .values(detail=without_why(row.detail))
        )


def _record(
    connection: sa.Connection,
    delivery: str,
    decisions: Sequence[Decision],
    number: int,
    now: datetime,
) -> None:
    connection.execute(
        t.decision.insert(),
        [
            {
                "delivery_id": delivery,
                "round": number,
                "gate": decision.gate.value,
                "place": place,
                "verdict": decision.verdict.value,
                "reason": decision.reason.value,
                "until": decision.until,
                "inputs": decision.inputs,
                "detail": decision.detail,
                "at": now,
            }
            for place, decision in enumerate(decisions)
        ],
    )
