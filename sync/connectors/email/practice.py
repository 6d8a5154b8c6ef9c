"""The capture mailbox's memory: whether a message arrived there."""

from dataclasses import dataclass

from governance.errors import ExpectedError
from sync.api import practice as theirs
from sync.connectors.http import Caller
from sync.sending.mailer import Sighting


@dataclass(frozen=True, slots=True)
class MailboxFinder:
    """Asks the capture mailbox by Message-ID."""

    caller: Caller

    def find(self, message_id: str) -> Sighting:
        """Say whether it has the message; a mailbox that is away says neither."""
        query = {"message_id": message_id, "limit": "1"}
        try:
            found = self.caller.ask("GET", theirs.MESSAGES, theirs.Mails, query=query)
        except ExpectedError:
            return Sighting.UNKNOWN
        return Sighting.FOUND if found.messages else Sighting.NOT_FOUND
