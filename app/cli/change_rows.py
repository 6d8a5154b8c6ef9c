"""How a change is told: as a row for programs, and what it still waits for."""

from typing import TYPE_CHECKING

from governance.texts import _

if TYPE_CHECKING:
    from governance.changes.reading import ChangeRow
    from governance.ledger.state import Said


def still_waits(row: "ChangeRow") -> str:
    """Say who must still sign, or what comes next."""
    if missing := row.tally.missing:
        return _("Still to sign: {roles}.").format(roles=", ".join(missing))
    return _(
        "Everyone has signed; release it with: countersign release {change}"
    ).format(change=row.change.id)


def row_of(row: "ChangeRow") -> dict[str, object]:
    """Return a change as programs read it."""
    return {
        "change": row.change.id,
        "title": row.change.title,
        "reason": row.change.proposal.reason,
        "stage": row.change.stage,
        "author": row.change.author,
        "subjects": [
            {"name": one.name, "closure": one.closure, "compiled": one.compiled}
            for one in row.change.subjects
        ],
        "errors": row.change.proposal.errors,
        "signed": dict(row.tally.seats),
        "missing": dict(row.tally.missing),
        "code": row.verdict.code,
        "reason_of_code": row.verdict.reason,
        "comments": [
            {
                "position": said.position,
                "person": said.person,
                "text": said.comment.text,
                "place": said.comment.place,
                "answers": said.comment.answers,
                "must_answer": said.comment.must_answer,
                "is_open": said in row.change.unanswered,
            }
            for said in row.change.comments
        ],
        "waivers": [
            {
                "person": one.person,
                "role": one.waiver.role,
                "rule": one.waiver.rule,
                "reason": one.waiver.reason,
                "until": one.waiver.until.isoformat(),
            }
            for one in row.change.waivers
        ],
    }


def remark_line(said: "Said", *, is_open: bool) -> str:
    """Return a comment in a line: its number, who said it, where, and what."""
    what = said.comment
    number = f"#{said.position}"
    if what.answers is not None:
        number += f" → #{what.answers}"
    place = f" {what.place}:" if what.place else ""
    mark = _(" (waits for an answer)") if is_open else ""
    return f"{number}  {said.person}:{place} {what.text}{mark}"
