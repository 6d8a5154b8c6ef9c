"""All that the handlers ask of the house, wired by the door."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from governance.names import PersonId, TemplateId
from governance.ports import Clock, Progress
from sync.api.service import Health
from sync.candidates.facts import CandidateId
from sync.histories.access import Access
from sync.histories.why import Story
from sync.publishing.ports import Publications
from sync.publishing.publication import Publication
from sync.sending.deliveries import Deliveries
from sync.sending.delivery import Delivery
from sync.sending.inbox import Inbox
from sync.sending.stops import Stops
from sync.store.deliveries import Change
from sync.web.sessions import Sessions
from sync.web.webhooks import EventSource

Changes = Callable[[int, int], Sequence[Change]]
Give = Callable[[str, PersonId, str], Access]
Erase = Callable[[str, PersonId], CandidateId]
Anyway = Callable[[Delivery, PersonId, str], None]
Decide = Callable[[Delivery, bool, PersonId], bool]
Publisher = Callable[[TemplateId, Progress], tuple[Publication, ...]]


@dataclass(frozen=True, slots=True)
class Desk:
    """What there is to ask.

    Attributes:
        publish: Brings the release in force into the ATS.
        look: Compares it with what the ATS has.
        changes: Returns what changed after a position, at most so many.
        why: Tells the story of a candidate, named by id, application or address.
        give: Collects what is kept of a candidate, on a person's word, from a message
            on.
        erase: Erases a candidate, named alike, on a person's word.
        anyway: Takes a person's word that a held message is to go now, and why.
        decide: Takes a person's word about a message in doubt; False for no doubt.
        reconcile: Compares a restored database with the providers, for a person; says
            how many messages are still in doubt.
        sources: A connector's name → how its webhooks are proved.
    """

    clock: Clock
    sessions: Sessions
    health: Callable[[], Health]
    publish: Publisher
    look: Publisher
    publications: Publications
    deliveries: Deliveries
    changes: Changes
    why: Callable[[str], Story]
    give: Give
    erase: Erase
    anyway: Anyway
    decide: Decide
    reconcile: Callable[[str], int]
    stops: Stops
    inbox: Inbox
    sources: dict[str, EventSource]
