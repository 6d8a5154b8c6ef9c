"""What the service says about publications."""

from datetime import datetime
from typing import Final, Self

import msgspec

from governance.names import TemplateId
from sync.publishing.capabilities import Mode
from sync.publishing.publication import Publication, State
from sync.publishing.publication import normalised as normalised  # noqa: PLC0414 -- callers name it
from sync.publishing.publication import pieces as pieces  # noqa: PLC0414 -- callers name it

PUBLICATIONS: Final = "/v1/publications"


class PublishWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wish to publish what is in force.

    Attributes:
        is_look: Only compare what the ATS has with the release; nothing is written.
    """

    template: TemplateId
    is_look: bool = False


class PublicationRow(msgspec.Struct, frozen=True, kw_only=True):
    """One locale of one release in one ATS.

    Attributes:
        key: "interview-invitation/en".
        sent: The digest of what was written, levelled.
        found: The digest of what was read back, levelled; "" for nothing.
    """

    ats: str
    key: str
    version: int
    tag: str
    mode: Mode
    state: State
    remote_id: str
    sent: str
    found: str
    at: datetime

    @classmethod
    def of(cls, publication: Publication) -> Self:
        """Put a publication on the wire."""
        return msgspec.convert(publication, type=cls, from_attributes=True)


class Publications(msgspec.Struct, frozen=True):
    """All that was published, the latest of each."""

    publications: tuple[PublicationRow, ...]
