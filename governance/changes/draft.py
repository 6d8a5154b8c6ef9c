"""What somebody wants to be reviewed, and what came of putting it up."""

from dataclasses import dataclass

from governance.changes.build import Checks
from governance.changes.reading import Reading
from governance.content.sources import Sources
from governance.names import ChangeId, Commit, SubjectName


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to be reviewed.

    Attributes:
        title: In a line, for lists.
        reason: Why, for those who decide and those who ask later.
        sources: Everything, as it shall be.
        base: The commit of ``main`` that the sources began with, "" for none.
        accepts_errors: Whether errors that the checks find are left to the reviewers,
            who may waive them.
        also: Subjects that are proposed although nothing of them differs: for the first
            time, or because their approvals grow old.
    """

    title: str
    reason: str
    sources: Sources
    base: Commit
    accepts_errors: bool = False
    also: tuple[SubjectName, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A change that was just put up."""

    change: ChangeId
    checks: Checks
    reading: Reading
