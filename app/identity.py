"""Who acts in this window; in the demo one can be each of the team."""

from PySide6.QtCore import QObject

from app.demo_people import DemoPerson
from app.events import Events
from governance.ledger.state import LedgerState
from governance.names import PersonId, Role


class Identity(QObject):
    """The person at the computer.

    Attributes:
        people: Whom one can play, empty outside of the demo.
        passphrase: What the keys of the demo are locked with, "" elsewhere.
    """

    def __init__(
        self,
        person: PersonId | None,
        events: Events,
        people: tuple[DemoPerson, ...] = (),
        passphrase: str = "",
    ) -> None:
        super().__init__(events)
        self._person = person
        self._events = events
        self.people = people
        self.passphrase = passphrase

    @property
    def is_demo(self) -> bool:
        """Whether one can be somebody else."""
        return bool(self.people)

    @property
    def person(self) -> PersonId | None:
        """Who acts, None for a reader."""
        return self._person

    def switch(self, person: PersonId) -> None:
        """Be somebody else of the demo."""
        assert any(one.person == person for one in self.people), "only in the demo"
        if person != self._person:
            self._person = person
            self._events.identity_changed.emit()

    def name(self, state: LedgerState) -> str:
        """Return how the person is called."""
        return name_of(state, self._person) if self._person else ""

    def roles(self, state: LedgerState) -> frozenset[Role]:
        """Return what the person may act as now."""
        member = state.members.get(self._person) if self._person else None
        return frozenset(member.roles) if member else frozenset()


def name_of(state: LedgerState, person: PersonId) -> str:
    """Return how a person is called, or their address."""
    member = state.members.get(person)
    return member.name if member and member.name else str(person)
