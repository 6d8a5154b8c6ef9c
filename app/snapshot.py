"""The workspace as pages show it: what is signed, and the author's files beside it."""

from dataclasses import dataclass, field
from datetime import datetime

from governance.changes.library import LibraryRow
from governance.changes.reading import Reading
from governance.content.sources import Sources
from governance.names import Commit


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything at one moment.

    Attributes:
        sources: The author's files as they are.
        base: The commit of ``main`` that they came from.
        rows: One for each template of ``sources``.
        problem: Why the files cannot be read, "" if they can.
        at: When the reading began; aware, UTC. Later writes may not be in it.
    """

    reading: Reading
    sources: Sources = field(repr=False)
    base: Commit
    rows: tuple[LibraryRow, ...]
    problem: str
    at: datetime
    digest: str = ""
