"""The history as people read it: every stored entry with its words, and its standing.

Replay has verified each signature before; here the stored bytes are only read. What
replay let be without effect stands here too, with why: an alarm is never left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from governance.errors import UnknownFormatError
from governance.ledger.entry import Entry, bytes_of
from governance.ledger.kinds import AboutChange, Approval
from governance.ledger.state import Change, IgnoredCode, LedgerState
from governance.ledger.statement import from_statement
from governance.ledger.told import Family, Known, Wording
from governance.ledger.wording import wording
from governance.names import ChangeId, Digest, Fingerprint, PersonId, SubjectName
from governance.texts import _
from governance.trust.canonical import digest
from governance.trust.dsse import Envelope

_NO_CHANGE: Final = ChangeId("")
FAULT: Final = "FAULT"  # the entry that replay stopped at; others have Ignored's codes


@dataclass(frozen=True, slots=True)
class Stored:
    """What can be read of a stored entry by itself.

    Attributes:
        key: The key that it names; whether it signed is replay's to say.
        entry: None for what is no entry of a known kind.
    """

    envelope: Digest
    key: Fingerprint
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry.

    Attributes:
        position: Where it stands, from 0.
        person: Whose key it names, None for nobody's.
        told: Its words.
        code: Why it is without effect, for programs; "" where it has its effect.
        problem: The same for people.
        later: What became of it afterwards, "" while it stands as it was signed.
        change: The change that it is about, "" for none.
    """

    position: int
    at: datetime | None
    person: PersonId | None
    name: str
    told: Wording
    stored: Stored
    code: str = ""
    problem: str = ""
    later: str = ""
    change: ChangeId = _NO_CHANGE

    @property
    def is_alarm(self) -> bool:
        """Whether somebody should look at it; a plain copy is only noise."""
        return bool(self.code) and self.code != IgnoredCode.COPY


@dataclass(frozen=True, slots=True)
class History:
    """All entries, the oldest first.

    Attributes:
        state: What they say, taken together.
        alarm: What is wrong with the whole, "" if nothing is.
        titles: Subject → what people call it.
    """

    lines: tuple[Line, ...]
    state: LedgerState
    titles: Mapping[SubjectName, str] = field(default_factory=dict)
    alarm: str = ""

    @property
    def first_alarm(self) -> Line | None:
        """The first entry that somebody should look at."""
        fault = next((one for one in self.lines if one.code == FAULT), None)
        return fault or next((one for one in self.lines if one.is_alarm), None)


def read_history(
    entries: Sequence[bytes],
    state: LedgerState,
    titles: Mapping[SubjectName, str],
    *,
    alarm: str = "",
    before: History | None = None,
) -> History:
    """Put every entry into words; what ``before`` read already is not read again.

    Args:
        entries: As stored, the oldest first.
        state: Their replay.
        titles: Subject → what people call it.
        alarm: What is wrong with the ledger as a whole.
        before: An earlier reading, perhaps of another history.
    """
    stored = _read(entries, state, before)
    earlier: dict[int, Entry] = {}
    known = Known(state, titles, earlier)
    problems = {one.position: (one.code.value, one.reason) for one in state.ignored}
    if state.fault is not None:
        problems[state.fault.position] = (FAULT, state.fault.reason)
    notes = _notes(state)
    lines = []
    for position, one in enumerate(stored):
        code, problem = problems.get(position, ("", ""))
        lines.append(_line(position, one, known, code, problem, notes))
        if one.entry is not None:
            earlier[position] = one.entry
    return History(tuple(lines), state, titles, alarm)


def _read(
    entries: Sequence[bytes], state: LedgerState, before: History | None
) -> list[Stored]:
    known = [line.stored for line in before.lines] if before else []
    is_same = (
        before is not None
        and 0 < len(known) <= len(entries)
        and len(known) <= state.length
        and state.heads[len(known) - 1] == before.state.head
    )
    if not is_same:
        known = []
    return [*known, *map(read_stored, entries[len(known) :])]


def read_stored(data: bytes) -> Stored:
    """Read one stored entry, whoever signed it."""
    try:
        envelope = Envelope.from_bytes(data)
    except UnknownFormatError:
        return Stored(digest(data), Fingerprint(""), None)
    try:
        entry = from_statement(envelope.payload)
    except UnknownFormatError:
        entry = None
    return Stored(digest(data), envelope.keyid, entry)


def _line(  # noqa: PLR0917 -- parts of one reading
    position: int,
    stored: Stored,
    known: Known,
    code: str,
    problem: str,
    notes: Mapping[int, str],
) -> Line:
    held = known.state.keys.get(stored.key)
    person = held.person if held else None
    name = known.name(person) if person else _("Nobody we know")
    entry = stored.entry
    if entry is None:
        told = Wording(Family.KEEPING, "question", _("Something we cannot read"))
        return Line(position, None, person, name, told, stored, code, problem)
    change = entry.change if isinstance(entry, AboutChange) else _NO_CHANGE
    later = notes.get(position, "")
    if not code and isinstance(entry, Approval):
        later = _later(position, entry, known.state.changes.get(entry.change))
    told = wording(entry, known)
    return Line(
        position, entry.at, person, name, told, stored, code, problem, later, change
    )


def _notes(state: LedgerState) -> dict[int, str]:
    waits = _("Waits for a second person to agree.")
    alone = _("Signed alone: there was no second administrator then.")
    notes = {one.position: alone for one in state.alone}
    return notes | dict.fromkeys(state.waiting, waits)


def _later(position: int, approval: Approval, change: Change | None) -> str:
    """Say why a signature counts no longer, "" while it does."""
    if change is None:
        return ""
    if all(one.position != position for one in change.approvals):
        return _("Counts no longer: it was taken back, or changes were asked for.")
    proposal = change.proposal
    same = bytes_of(approval.subjects) == bytes_of(proposal.subjects)
    if not same or approval.words != proposal.words:
        return _("Counts no longer: the text changed afterwards.")
    return ""
