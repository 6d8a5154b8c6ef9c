"""A journey as the service runs it: canonical JSON, so that it can be signed.

The record (title, owner, goal) is left out: it may change without a new approval
of what candidates get.
"""

from typing import Final, Literal

import msgspec

from governance.errors import UnknownFormatError
from governance.journeys.journey import Journey
from governance.names import Digest
from governance.texts import _
from governance.trust.canonical import canonical, digest, read_canonical

JOURNEY_PART: Final = "journey.json"


class _Stored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    journey: Journey


def compile_journey(journey: Journey) -> str:
    """Spell ``journey`` in its one way."""
    value = msgspec.to_builtins(_Stored(1, journey), order="deterministic")
    del value["journey"]["record"]
    return canonical(value).decode()


def journey_parts(journey: Journey) -> dict[str, str]:
    """Return the compiled parts of ``journey``, as a template has parts."""
    return {JOURNEY_PART: compile_journey(journey)}


def journey_digest(journey: Journey) -> Digest:
    """Return the compiled digest of ``journey``."""
    return digest(canonical(journey_parts(journey)))


def journey_from(text: str) -> Journey:
    """Read what ``compile_journey`` wrote.

    Raises:
        UnknownFormatError: Anything else, or one of a newer program.
    """
    try:
        return msgspec.convert(read_canonical(text.encode()), type=_Stored).journey
    except msgspec.ValidationError as error:
        raise UnknownFormatError(_("A journey is of an unknown format.")) from error
