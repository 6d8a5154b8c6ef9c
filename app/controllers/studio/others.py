"""Who else has something under way for the same message; pure of Qt."""

from typing import Final

from governance.changes.library import subject_of
from governance.changes.reading import ChangeRow, Reading
from governance.ledger.state import Stage
from governance.names import PersonId, TemplateId
from governance.texts import _, dated
from widgets.kit.values import Notice, Tone

OPEN: Final = "open-change:"
_ENDED: Final = frozenset({Stage.RELEASED, Stage.WITHDRAWN})


def others(
    reading: Reading, name: TemplateId, me: PersonId | None
) -> tuple[Notice, ...]:
    """Return a banner for each open change of a message that others wrote."""
    subject = subject_of(name)
    found = [
        row
        for row in reading.changes.values()
        if row.change.stage not in _ENDED
        and me not in row.change.authors
        and any(one.name == subject for one in row.change.subjects)
    ]
    found.sort(key=lambda row: row.change.position)
    return tuple(_notice(row, reading) for row in found)


def _notice(row: ChangeRow, reading: Reading) -> Notice:
    change = row.change
    member = reading.state.members.get(change.author)
    words = _("{name} has an open change of this message since {day}.").format(
        name=(member.name if member else "") or change.author,
        day=dated(change.opened_at.astimezone(), "%-d %B"),
    )
    then = _("Yours can be submitted when it is decided.")
    if row.is_edited:
        then = _("More was written since it was submitted. {then}").format(then=then)
    return Notice(f"{OPEN}{change.id}", words, then, Tone.INFO, "users", _("Read it"))
