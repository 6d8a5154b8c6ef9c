"""What is asked before a template is begun, moved, renamed or archived."""

from dataclasses import dataclass
from typing import Final

from governance.names import Channel
from governance.texts import _, ngettext, quoted
from widgets.kit.values import Choice
from widgets.library.shelf_state import stage_title

OTHER: Final = "+"  # the key of a stage that is not there yet
EMPTY: Final = ""  # the key of beginning with an empty message
_USUAL: Final = (
    "application",
    "assessment",
    "interview",
    "offer",
    "onboarding",
    "rejection",
    "relationship",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to choose from.

    Attributes:
        templates: Each template's id, title and stage.
        source: The template that it starts from at first, "" for an empty message.
        locale: The language that is ticked at first.
    """

    templates: tuple[tuple[str, str, str], ...]
    locales: tuple[str, ...]
    locale: str
    stage: str = ""
    source: str = EMPTY


@dataclass(frozen=True, slots=True)
class NewWish:
    """A template that somebody wants to begin.

    Attributes:
        stage: The folder's name; for a copy, that of what is copied.
        source: The template that is copied, "" for none.
    """

    title: str
    stage: str
    goal: str
    channels: tuple[str, ...]
    locales: tuple[str, ...]
    source: str = EMPTY


def stages(known: Known) -> tuple[Choice, ...]:
    """Return the stages that a template may be put in, and one that is new."""
    found = {stage for _id, _title, stage in known.templates} | set(_USUAL)
    return (
        *(Choice(one, stage_title(one)) for one in sorted(found)),
        Choice(OTHER, _("Another stage…")),
    )


def starts(known: Known, stage: str) -> tuple[Choice, ...]:
    """Return what a template of ``stage`` can start from: its neighbours first."""
    near = sorted(
        (title, id_) for id_, title, where in known.templates if where == stage
    )
    return (
        Choice(EMPTY, _("An empty message")),
        *(
            Choice(id_, _("A copy of “{title}”").format(title=title))
            for title, id_ in near
        ),
    )


def channels() -> tuple[Choice, ...]:
    """Return the ways that a message can go."""
    return (
        Choice(Channel.EMAIL, _("E-mail")),
        Choice(Channel.SMS, _("SMS")),
        Choice(Channel.CHAT, _("Chat")),
    )


def stage_name(text: str) -> str:
    """Return a stage's folder name for what somebody calls it, "" for none."""
    words = "".join(one if one.isascii() and one.isalnum() else " " for one in text)
    return "-".join(words.casefold().split())


def why_not(wish: NewWish) -> str:
    """Say what is missing, "" for nothing."""
    if not wish.title.strip():
        return _("The title is missing.")
    if not wish.stage:
        return _("The stage is missing. Use plain letters.")
    if wish.source:
        return ""
    if not wish.channels:
        return _("Choose a channel.")
    if not wish.locales:
        return _("Choose a language.")
    return ""


def archive_words(title: str, live: int | None) -> str:
    """Say what archiving does, for whom."""
    if live is None:
        return _(
            "“{title}” was never released, so nobody gets it. Its text goes from "
            "your folder."
        ).format(title=title)
    return _(
        "Candidates get version {number} of “{title}” until somebody else has "
        "reviewed this. Its history stays, and it can be put back."
    ).format(number=live, title=title)


def archive_why_not(journeys: tuple[str, ...]) -> str:
    """Say why a template cannot be archived, "" if it can."""
    if not journeys:
        return ""
    words = ngettext(
        "The journey {titles} sends it. Take it out there first.",
        "The journeys {titles} send it. Take it out there first.",
        len(journeys),
    )
    return words.format(titles=", ".join(quoted(one) for one in journeys))
