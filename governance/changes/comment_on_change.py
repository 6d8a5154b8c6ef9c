"""Commenting on a change: for all who decide about it."""

from dataclasses import dataclass
from datetime import datetime

from governance.changes.credentials import Credentials
from governance.changes.desk import Desk, change_in
from governance.changes.reading import Reading
from governance.ledger.kinds import Comment
from governance.ledger.state import LedgerState
from governance.names import ChangeId


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody says.

    Attributes:
        must_answer: Whether a release waits for an answer.
        answers: The position of the comment that this one answers.
        place: A path, with a line after a colon; "" for the whole.
    """

    text: str
    must_answer: bool = False
    answers: int | None = None
    place: str = ""


def comment_on_change(
    desk: Desk, change: ChangeId, remark: Remark, who: Credentials
) -> Reading:
    """Say something about ``change``.

    Raises:
        StaleChangeError: The change is not there.
        NotEntitledError: The person takes no part.
        WrongPassphraseError: The key cannot be unlocked.
        LedgerUnavailableError: The repository cannot be written.
    """

    def compose(state: LedgerState, now: datetime) -> Comment:
        change_in(state, change)
        return Comment(
            at=now,
            change=change,
            text=remark.text,
            must_answer=remark.must_answer,
            answers=remark.answers,
            place=remark.place,
        )

    return desk.write(compose, desk.unlock(who))
