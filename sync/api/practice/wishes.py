"""What the practice ATS is asked to do, and why it did not."""

from datetime import datetime

import msgspec

from sync.api.practice.applications import FieldValue


class Fields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wish to fill custom fields; others stay."""

    fields: dict[str, FieldValue]

    def __repr__(self) -> str:
        return "Fields()"


class Appointment(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """The wish for an interview."""

    mode: str
    starts_at: datetime
    minutes: int = 45
    time_zone: str = "Europe/Berlin"
    place: str = ""
    url: str = ""
    interviewers: tuple[str, ...] = ()


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wish to move an application.

    Attributes:
        interview: The appointment that comes with it.
    """

    stage: str
    interview: Appointment | None = None


class Moves(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wish to move many at once."""

    stage: str
    applications: tuple[str, ...]
    interview: Appointment | None = None


class NewApplication(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Somebody applies."""

    job: str
    first_name: str
    last_name: str
    email: str
    phone: str = ""
    country: str = ""
    city: str = ""
    time_zone: str = ""
    locale: str = "en"

    def __repr__(self) -> str:
        return "NewApplication()"


class Problem(msgspec.Struct, frozen=True):
    """Why the practice ATS did not do it."""

    problem: str
    remedy: str = ""
