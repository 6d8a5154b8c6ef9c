"""What an ATS can do by its API, and how a message can therefore come into it.

Few can be written to (``reference``: of the commercial ones almost none), so publishing
is four things and not one.
"""

from dataclasses import dataclass
from enum import StrEnum


class Ability(StrEnum):
    """One thing that a connector can do."""

    TEMPLATES_LIST = "templates.list"
    TEMPLATES_READ = "templates.read"
    TEMPLATES_CREATE = "templates.create"
    TEMPLATES_UPDATE = "templates.update"
    TEMPLATES_ARCHIVE = "templates.archive"
    SEND_TEMPLATE = "send.template"
    SEND_RAW = "send.raw"
    SEND_SMS = "send.sms"
    TIMELINE = "timeline"
    WEBHOOKS = "webhooks"
    DELTA = "delta"


class Mode(StrEnum):
    """How a released message gets to where it is sent from."""

    NATIVE = "native"  # its templates are written by API and read back
    SEND_BY_ID = "send_by_id"  # it sends a template that a person keeps there
    OWN_CHANNEL = "own_channel"  # we send, and note it on the timeline
    ASSISTED = "assisted"  # a person pastes it, and we watch for drift


_WRITES = frozenset(
    {
        Ability.TEMPLATES_LIST,
        Ability.TEMPLATES_READ,
        Ability.TEMPLATES_CREATE,
        Ability.TEMPLATES_UPDATE,
    }
)
_SENDS = frozenset({Ability.TEMPLATES_LIST, Ability.SEND_TEMPLATE})
_SHOWS = frozenset({Ability.TEMPLATES_LIST, Ability.TEMPLATES_READ})


@dataclass(frozen=True, slots=True)
class Capabilities:
    """All that a connector can do."""

    abilities: frozenset[Ability]

    def has(self, *wanted: Ability) -> bool:
        """Whether it can do all of ``wanted``."""
        return self.abilities.issuperset(wanted)

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The modes that are possible, the best first; our own channel always is."""
        found: list[Mode] = []
        if self.abilities >= _WRITES:
            found.append(Mode.NATIVE)
        if self.abilities >= _SENDS:
            found.append(Mode.SEND_BY_ID)
        if self.abilities >= _SHOWS:
            found.append(Mode.ASSISTED)
        return (*found, Mode.OWN_CHANNEL)
