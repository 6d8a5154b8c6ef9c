"""The message templates and timelines of the practice ATS."""

from datetime import datetime

import msgspec


class NewTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wish to write a template: our compiled parts, verbatim."""

    key: str
    title: str
    parts: dict[str, str]


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A message template of the ATS.

    Attributes:
        key: The caller's own name for it, unique.
        etag: Changes with every edit; an update names the one that it has seen.
        parts: "subject", "html", … → text; None in a list.
    """

    id: str
    key: str
    title: str
    etag: str
    updated_at: datetime
    is_archived: bool = False
    parts: dict[str, str] | None = None


class Templates(msgspec.Struct, frozen=True):
    """All templates, without their texts."""

    templates: tuple[Template, ...]


class NewTimelineEntry(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """The wish to note a message that was sent."""

    kind: str
    message_id: str
    sent_at: datetime
    title: str = ""


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an application's timeline."""

    id: str
    kind: str
    message_id: str
    sent_at: datetime
    title: str = ""


class Timeline(msgspec.Struct, frozen=True):
    """The timeline of an application, the oldest first."""

    entries: tuple[TimelineEntry, ...]
