"""What an entry is in plain words, and what those words are taken from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from governance.ledger.entry import Entry
from governance.ledger.role_titles import role_title
from governance.ledger.state import LedgerState
from governance.names import PersonId, Role, SubjectName
from governance.texts import _


class Family(StrEnum):
    """What belongs together for who looks through a history."""

    SIGNATURES = "signatures"
    CHANGES = "changes"
    RELEASES = "releases"
    ROLLBACKS = "rollbacks"
    EMERGENCIES = "emergencies"
    HOLDS = "holds"
    PEOPLE = "people"
    POLICY = "policy"
    ACCEPTED = "accepted"
    KEEPING = "keeping"


@dataclass(frozen=True, slots=True)
class Known:
    """What the words of an entry are taken from besides itself.

    Attributes:
        titles: Subject → what people call it.
        earlier: Position → the entry that stands there.
    """

    state: LedgerState
    titles: Mapping[SubjectName, str] = field(default_factory=dict)
    earlier: Mapping[int, Entry] = field(default_factory=dict)

    def name(self, person: PersonId) -> str:
        """Return how a person is called, or their address."""
        member = self.state.members.get(person)
        return member.name if member and member.name else str(person)

    def role(self, role: Role) -> str:
        """Return a role's title, by the policy in force."""
        return role_title(self.state.policy, role)

    def title(self, subject: SubjectName) -> str:
        """Return what people call a subject."""
        if subject == "repository":
            return _("Shared files")
        name = subject.partition("/")[2]
        return self.titles.get(subject) or name.replace("-", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Wording:
    """An entry in words.

    Attributes:
        title: What was done, in a sentence without its subject.
        why: The second line: a reason, or what else there is to say.
        quote: What the signature means, in the words that were signed.
        role: What the signer acted as, by the entry itself; "" where it does not say.
        subjects: What it is about.
        facts: What else stands in it: a label and its words.
    """

    family: Family
    icon: str
    title: str
    why: str = ""
    quote: str = ""
    role: str = ""
    subjects: tuple[SubjectName, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
