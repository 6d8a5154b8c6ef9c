"""A person about to sign: who they are, and their key, unlocked."""

from dataclasses import dataclass, field
from datetime import datetime

from governance.names import PersonId
from governance.trust.keys import SigningKey


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs a commit or a tag, and when by their own clock.

    Attributes:
        name: As people read it; git shows it beside the address.
    """

    person: PersonId
    name: str
    key: SigningKey = field(repr=False)
    at: datetime
