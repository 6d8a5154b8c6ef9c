"""Who plays: the people of Northwind Robotics, and the candidates they write to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from governance.changes.credentials import Consent, Credentials
from governance.names import PersonId, Role, TemplateId

PASSPHRASE: Final = "a passphrase for the tour"  # noqa: S105 -- protects nothing real

LEGAL: Final = Role("legal")
HR: Final = Role("hr")
COMMUNICATIONS: Final = Role("communications")


@dataclass(frozen=True, slots=True)
class Player:
    """One of us."""

    person: PersonId
    name: str
    roles: tuple[Role, ...]

    @property
    def credentials(self) -> Credentials:
        """What they bring to an act."""
        return Credentials(self.person, PASSPHRASE)

    def consent(self, role: Role) -> Consent:
        """What they bring to an approval."""
        return Consent(self.person, PASSPHRASE, role)


RUTH: Final = Player(PersonId("ruth@northwind.example"), "Ruth Okafor", ())
PRIYA: Final = Player(
    PersonId("priya@northwind.example"), "Priya Raman", (COMMUNICATIONS,)
)
LENA: Final = Player(PersonId("lena@northwind.example"), "Lena Vogt", (LEGAL,))
TOMAS: Final = Player(PersonId("tomas@northwind.example"), "Tomás Silva", (HR,))
NOOR: Final = Player(
    PersonId("noor@northwind.example"), "Noor Haddad", (COMMUNICATIONS,)
)
SERVICE: Final = PersonId("service@northwind.example")
TEAM: Final = (PRIYA, LENA, TOMAS, NOOR)
REVIEWERS: Final = ((LENA, LEGAL), (TOMAS, HR), (NOOR, COMMUNICATIONS))

INVITATION: Final = TemplateId("interview-invitation")

# Candidates of the practice ATS.
MAYA: Final = "app-001"
LUKAS: Final = "app-002"
ELENA: Final = "app-003"  # has withdrawn
SASHA: Final = "app-004"  # nobody knows where

_PLACES: Final = (
    "Pacific/Auckland",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Europe/Berlin",
    "Europe/London",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Denver",
    "America/Los_Angeles",
    "Pacific/Honolulu",
)
_NOON: Final = 12.5


def daytime_zone(now: datetime) -> str:
    """Return a place where it is about noon: no message of the tour waits for a day."""

    def distance(zone: str) -> float:
        local = now.astimezone(ZoneInfo(zone))
        return abs(local.hour + local.minute / 60 - _NOON)

    return min(_PLACES, key=distance)
