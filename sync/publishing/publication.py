"""Publications: what of a release is to be where, and what was found there."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from governance.names import Digest
from governance.trust.canonical import canonical, digest
from sync.publishing.capabilities import Mode

# The ATS's part → ours. Chat messages are sent by us alone.
_PARTS = {
    "subject": "subject.txt",
    "preheader": "preheader.txt",
    "html": "email.html",
    "text": "email.txt",
    "sms": "sms.txt",
}


class State(StrEnum):
    """How what is in the ATS compares with what was released."""

    LIVE = "live"  # exactly this
    DRIFTED = "drifted"  # edited there, or rewritten by the ATS
    MISSING = "missing"
    BY_HAND = "by_hand"  # a person has to paste it
    OURS = "ours"  # nothing lies there: we send


@dataclass(frozen=True, slots=True)
class Publication:
    """What one locale of one release looks like in one ATS.

    Attributes:
        key: "interview-invitation/en".
        sent: The normalised digest of what was written, or is to be pasted.
        found: The normalised digest of what was read back, "" for nothing.
    """

    ats: str
    key: str
    version: int
    tag: str
    mode: Mode
    state: State
    remote_id: str
    sent: Digest
    found: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Piece:
    """One locale of a released message, as an ATS is to have it."""

    key: str
    title: str
    parts: Mapping[str, str]

    @property
    def digest(self) -> Digest:
        """What is compared with what is read back."""
        return normalised(self.parts)


def pieces(subject: str, version: int, parts: Mapping[str, str]) -> Sequence[Piece]:
    """Cut a release into what an ATS keeps: a template for each locale.

    The practice ATS's merge tokens are our merge fields, so the compiled parts go into
    it verbatim; an ATS with tokens of its own needs a dialect first.
    """
    template = subject.removeprefix("templates/")
    locales = sorted({name.split("/", 1)[0] for name in parts if "/" in name})
    return tuple(
        Piece(
            f"{template}/{locale}",
            f"{template} ({locale}) v{version}",
            {
                theirs: parts[f"{locale}/{ours}"]
                for theirs, ours in _PARTS.items()
                if f"{locale}/{ours}" in parts
            },
        )
        for locale in locales
    )


def normalised(parts: Mapping[str, str]) -> Digest:
    """Return a digest that survives what every ATS does to a text, and nothing more.

    Line ends, white space at line ends and at the end of a text, and the spelling of
    composed letters are levelled; empty parts count as missing.
    """
    levelled = {name: _level(text) for name, text in parts.items()}
    return digest(canonical({name: text for name, text in levelled.items() if text}))


def _level(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).splitlines()
    return "\n".join(line.rstrip() for line in lines).rstrip()
