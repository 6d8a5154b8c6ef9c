"""What happened in the practice ATS, and what was noted on its timelines."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

import msgspec
from msgspec.structs import replace

from sync.api.practice import (
    Application,
    Change,
    Changes,
    EventKind,
    NewTimelineEntry,
    Timeline,
    TimelineEntry,
)
from sync.sandbox.errors import PracticeError
from sync.sandbox.records import Records, decoded


@dataclass(frozen=True, slots=True)
class History:
    """All changes in one order, and a timeline for each application."""

    records: Records

    def note(self, id_: str, wish: NewTimelineEntry) -> TimelineEntry:
        """Add a line to the timeline.

        Raises:
            PracticeError: There is no such application.
        """
        with self.records.transaction():
            self._require(id_)
            statement = "INSERT INTO note (application, body) VALUES (?, ?)"
            number = self.records.insert(statement, id_, msgspec.json.encode(wish))
        facts = {**msgspec.to_builtins(wish), "id": f"note-{number}"}
        return msgspec.convert(facts, type=TimelineEntry)

    def timeline(self, id_: str) -> Timeline:
        """Return what was noted.

        Raises:
            PracticeError: There is no such application.
        """
        self._require(id_)
        statement = "SELECT number, body FROM note WHERE application = ? ORDER BY 1"
        entries = []
        for number, body in self.records.execute(statement, id_):
            wish = msgspec.to_builtins(decoded(body, NewTimelineEntry))
            facts = {**wish, "id": f"note-{number}"}
            entries.append(msgspec.convert(facts, type=TimelineEntry))
        return Timeline(tuple(entries))

    def changes(self, after: int, limit: int) -> Changes:
        """Return what happened after a position."""
        statement = (
            "SELECT sequence, body FROM change WHERE sequence > ? ORDER BY 1 LIMIT ?"
        )
        rows = self.records.execute(statement, after, limit)
        some = tuple(numbered(number, body) for number, body in rows)
        return Changes(some, some[-1].sequence if some else after)

    def _require(self, id_: str) -> None:
        if self.records.get(Application, id_) is None:
            raise PracticeError(404, "There is no such application.")


def tell(
    records: Records, kind: EventKind, subject: str, now: datetime, *, stage: str = ""
) -> None:
    """Note a change, and that every webhook is to be told of it."""
    change = Change(
        id=f"evt-{token_hex(8)}",
        sequence=0,
        kind=kind,
        subject=subject,
        stage=stage,
        occurred_at=now,
    )
    with records.transaction():
        statement = "INSERT INTO change (body) VALUES (?)"
        number = records.insert(statement, msgspec.json.encode(change))
        records.execute(
            "INSERT INTO delivery SELECT id, ?, 0, 0 FROM thing WHERE kind = 'Hook'",
            number,
        )


def numbered(number: object, body: object) -> Change:
    """Return a stored change with its place in the history."""
    assert isinstance(number, int), "the column is an integer"
    return replace(decoded(body, Change), sequence=number)
