"""How a message looks before it is opened, and whether it is shown whole."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from governance.clients.profile import Client

WARN_AT: Final = 92_160  # bytes: 90 KB, which leaves room for what providers add


class Fit(StrEnum):
    """Whether a message is within what a client shows."""

    FITS = "fits"
    CLOSE = "close"
    CLIPPED = "clipped"


@dataclass(frozen=True, slots=True)
class Size:
    """The size of the HTML part, and what a client shows of it.

    Attributes:
        bytes: Of the HTML as UTF-8, before it is encoded for the way.
        limit: The most that the client shows; 0 without a limit.
    """

    bytes: int
    limit: int
    fit: Fit


@dataclass(frozen=True, slots=True)
class InboxLine:
    """What an inbox shows of a message.

    Attributes:
        subject: As far as it is shown, with "…" where it was cut.
        preheader: As far as it is shown; "" where nothing of it is.
        is_subject_cut: Whether some of the subject is not shown.
    """

    sender: str
    subject: str
    preheader: str
    is_subject_cut: bool
    is_preheader_cut: bool


def size_of(html: str, client: Client) -> Size:
    """Return how large ``html`` is for ``client``: close from 90 KB."""
    size = len(html.encode("utf-8", "replace"))
    if not client.limit or size < WARN_AT:
        fit = Fit.FITS
    else:
        fit = Fit.CLIPPED if size > client.limit else Fit.CLOSE
    return Size(size, client.limit, fit)


def inbox_line(sender: str, subject: str, preheader: str, client: Client) -> InboxLine:
    """Return what the inbox of ``client`` shows; its own widths vary with the window.

    A client with one line for both shows of the preheader what the subject leaves.
    """
    subject, preheader = _tidied(subject), _tidied(preheader)
    shown = _cut(subject, client.subject)
    room = client.preview
    if client.is_one_line:
        room = max(0, client.subject + client.preview - len(_marks(shown)))
    preview = _cut(preheader, room)
    return InboxLine(
        _tidied(sender), shown, preview, shown != subject, preview != preheader
    )


def _tidied(text: str) -> str:
    """Leave out what has no width: authors fill preheaders with it."""
    return " ".join(
        text.translate(dict.fromkeys(map(ord, "\u00ad\u034f\u200b\ufeff"))).split()
    )


def _cut(text: str, room: int) -> str:
    marks = _marks(text)
    if len(marks) <= room:
        return text
    return "".join(marks[: max(room - 1, 0)]).rstrip() + "…" if room else ""


def _marks(text: str) -> list[str]:
    """Cut a text between what a reader takes for one character each."""
    marks: list[str] = []
    for letter in text:
        joins = marks and (
            unicodedata.combining(letter)
            or letter in "\u200d\ufe0f"
            or marks[-1].endswith("\u200d")
            or "\U0001f3fb" <= letter <= "\U0001f3ff"
        )
        if joins:
            marks[-1] += letter
        else:
            marks.append(letter)
    return marks
