"""Whom one can play in the demo, and whether a workspace is one."""

from dataclasses import dataclass
from typing import Final

from app.paths import Paths
from app.tour.cast import LENA, NOOR, PRIYA, RUTH, TOMAS
from app.tour.cast import PASSPHRASE as DEMO_PASSPHRASE
from governance.names import PersonId
from governance.texts import _

__all__ = ["DEMO_PASSPHRASE", "MARK", "DemoPerson", "demo_people", "is_demo"]

MARK: Final = "demo"  # a file among ours; a workspace without it is no demo


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One whom a person may play in the demo; the passphrase protects nothing."""

    person: PersonId
    name: str
    what: str


def demo_people() -> tuple[DemoPerson, ...]:
    """Return whom one can play."""
    return (
        DemoPerson(PRIYA.person, PRIYA.name, _("writes messages")),
        DemoPerson(LENA.person, LENA.name, _("signs as legal")),
        DemoPerson(TOMAS.person, TOMAS.name, _("signs as HR")),
        DemoPerson(NOOR.person, NOOR.name, _("signs as communications")),
        DemoPerson(RUTH.person, RUTH.name, _("releases, publishes, administers")),
    )


def is_demo(paths: Paths) -> bool:
    """Whether the workspace at ``paths`` is a demo, made whole."""
    return (paths.ours / MARK).is_file()
