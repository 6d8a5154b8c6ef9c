"""The house's words, as types: made at its edges, compared inside, never cut up."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple, NewType

from governance.errors import BadNameError
from governance.texts import _

TemplateId = NewType("TemplateId", str)  # "interview-invitation"
JourneyId = NewType("JourneyId", str)
Locale = NewType("Locale", str)  # BCP 47: "en", "de", "en-GB"
FieldName = NewType("FieldName", str)  # "candidate.first_name"
SampleName = NewType("SampleName", str)  # the file's name: "maya-okonkwo"
ChangeId = NewType("ChangeId", str)  # a ULID
PersonId = NewType("PersonId", str)  # an e-mail address
Role = NewType("Role", str)  # policy data: an organisation names its own
Digest = NewType("Digest", str)  # SHA-256, 64 lower-case hexadecimal digits
Tip = NewType("Tip", str)  # where a history ends; opaque to all but its adapter
Commit = NewType("Commit", str)  # a commit of the template repository, as git names it
Fingerprint = NewType("Fingerprint", str)  # "SHA256:…", as ssh-keygen -l prints it
SubjectName = NewType("SubjectName", str)  # "templates/x", "journeys/x", "repository"

NOTHING_YET: Final = Tip("")

_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ULID: Final = re.compile(f"[{_CROCKFORD}]{{26}}")
_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_LOCALE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_FIELD: Final = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+")
_PERSON: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


class Channel(StrEnum):
    """How a message reaches a person."""

    EMAIL = "email"
    SMS = "sms"
    CHAT = "chat"


class Span(NamedTuple):
    """A stretch of an author's file; a tuple, since a mail has thousands.

    Attributes:
        start: The first code point of it, counted from 0.
        end: The code point after it.
    """

    start: int
    end: int


def new_change_id(now: datetime, entropy: bytes) -> ChangeId:
    """Make a ULID for a change."""
    return ChangeId(new_ulid(now, entropy))


def new_ulid(now: datetime, entropy: bytes) -> str:
    """Make a ULID: milliseconds since 1970 (48 bits), then 10 bytes of ``entropy``."""
    number = int(now.timestamp() * 1000) << 80 | int.from_bytes(entropy)
    digits = (_CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))
    return "".join(digits)


def change_id(text: str) -> ChangeId:
    """Read a change's name from outside; it becomes part of a branch name.

    Raises:
        BadNameError: ``text`` is no ULID.
    """
    if not _ULID.fullmatch(text):
        raise BadNameError(_("“{text}” names no change.").format(text=text))
    return ChangeId(text)


def template_id(text: str) -> TemplateId:
    """Read a template's name from outside; it becomes part of a path and a tag.

    Raises:
        BadNameError: ``text`` is not lower-case letters, digits and hyphens.
    """
    if not _SLUG.fullmatch(text):
        raise BadNameError(
            _(
                "“{text}” cannot name a template: use lower-case letters, digits "
                "and hyphens."
            ).format(text=text)
        )
    return TemplateId(text)


def journey_id(text: str) -> JourneyId:
    """Read a journey's name from outside.

    Raises:
        BadNameError: ``text`` is not lower-case letters, digits and hyphens.
    """
    if not _SLUG.fullmatch(text):
        raise BadNameError(
            _(
                "“{text}” cannot name a journey: use lower-case letters, digits "
                "and hyphens."
            ).format(text=text)
        )
    return JourneyId(text)


def locale(text: str) -> Locale:
    """Read a language tag from outside.

    Raises:
        BadNameError: ``text`` is no BCP 47 tag of language, script and region.
    """
    if not _LOCALE.fullmatch(text):
        raise BadNameError(
            _("“{text}” is no language tag such as “en” or “de-AT”.").format(text=text)
        )
    return Locale(text)


def field_name(text: str) -> FieldName:
    """Read a merge field's name from outside.

    Raises:
        BadNameError: ``text`` is not words joined by dots.
    """
    if not _FIELD.fullmatch(text):
        raise BadNameError(
            _("“{text}” is no merge field such as “candidate.first_name”.").format(
                text=text
            )
        )
    return FieldName(text)


def person_id(text: str) -> PersonId:
    """Read a person's name from outside: an e-mail address, kept in lower case.

    Raises:
        BadNameError: ``text`` is no e-mail address.
    """
    if not _PERSON.fullmatch(text):
        raise BadNameError(_("“{text}” is no e-mail address.").format(text=text))
    return PersonId(text.lower())
