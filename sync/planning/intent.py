"""An intent: one message to one candidate for one reason."""

from dataclasses import dataclass
from datetime import datetime

from governance.names import Channel, Digest, JourneyId, TemplateId
from governance.trust.canonical import canonical, digest
from sync.candidates.facts import ApplicationId, CandidateId


@dataclass(frozen=True, slots=True)
class Intent:
    """What is to be sent, unless a gate holds it.

    Attributes:
        fact: The reason, named alike by a webhook and a poll: "stage_entered interview
            2026-11-24T09:00:00Z".
        event: The kind of the fact: "stage_entered".
        stage: The stage that the fact is about, "" for none.
        happened_at: When the fact came to be.
        due_at: Not before.
        deadline: Nothing is sent after it.
    """

    workspace: str
    journey: JourneyId
    step: str
    application: ApplicationId
    candidate: CandidateId
    channel: Channel
    template: TemplateId
    fact: str
    event: str
    stage: str
    happened_at: datetime
    due_at: datetime
    deadline: datetime

    @property
    def key(self) -> Digest:
        """The idempotency key. It names no version: a release never sends twice."""
        return digest(
            canonical(
                [
                    self.workspace,
                    self.journey,
                    self.step,
                    self.application,
                    self.channel,
                    self.fact,
                ]
            )
        )


def message_id(key: Digest, domain: str) -> str:
    """Return the Message-ID that the message of ``key`` bears, in angle brackets."""
    return f"<{key[:40]}@{domain}>"
