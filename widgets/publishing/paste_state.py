"""What is pasted by hand: the parts one by one, and what checking them proves."""

from collections.abc import Mapping
from dataclasses import dataclass

from governance.texts import _
from sync.api.publications import PublicationRow, normalised
from sync.publishing.publication import State
from widgets.kit.languages import language
from widgets.kit.values import Choice, Mark, Tone

PARTS: tuple[str, ...] = ("subject", "preheader", "html", "text", "sms")


@dataclass(frozen=True, slots=True, repr=False)
class Paste:
    """A released message, as another system is to have it.

    Attributes:
        pieces: Language → part → text.
    """

    title: str
    version: int
    pieces: Mapping[str, Mapping[str, str]]

    @property
    def languages(self) -> tuple[Choice, ...]:
        """The languages to choose from."""
        return tuple(Choice(code, language(code)) for code in sorted(self.pieces))


def part_name(part: str) -> str:
    """Return what people call a part."""
    return {
        "subject": _("Subject"),
        "preheader": _("Preheader"),
        "html": _("E-mail (HTML)"),
        "text": _("Plain text"),
        "sms": _("SMS"),
    }.get(part, part)


def compared(wanted: str, found: str) -> Mark:
    """Say whether what was copied out of another system is what was signed."""
    if not found.strip():
        return Mark(_("Nothing was pasted here yet."), "circle-dashed", Tone.QUIET)
    if normalised({"text": wanted}) == normalised({"text": found}):
        words = _("It equals what was signed, letter by letter.")
        return Mark(words, "check-circle-fill", Tone.OK)
    return Mark(_place_words(wanted, found), "git-diff", Tone.ERROR)


def _place_words(wanted: str, found: str) -> str:
    """Say where two texts begin to differ."""
    ours, theirs = (
        [line.rstrip() for line in text.strip().splitlines()]
        for text in (wanted, found)
    )
    for at, (one, other) in enumerate(zip(ours, theirs, strict=False), start=1):
        if one != other:
            return _("It differs from line {line} on: “{text}”.").format(
                line=at, text=other[:60]
            )
    if len(theirs) > len(ours):
        return _("It has more lines than what was signed.")
    return _("It ends too early, after line {line}.").format(line=len(theirs))


def read_back(rows: tuple[PublicationRow, ...], code: str) -> Mark:
    """Say what the service found when it read a language back."""
    row = next((one for one in rows if one.key.endswith(f"/{code}")), None)
    if row is None:
        words = _("The service reads no system back for this message.")
        return Mark(words, "question", Tone.QUIET)
    match row.state:
        case State.LIVE:
            words = _("Read back: it matches what was signed.")
            return Mark(words, "check-circle-fill", Tone.OK)
        case State.DRIFTED:
            words = _("Read back: it differs from what was signed.")
            return Mark(words, "git-diff", Tone.ERROR)
        case State.OURS:
            words = _("We send this ourselves; nothing lies there.")
            return Mark(words, "paper-plane-tilt", Tone.QUIET)
        case _:
            words = _("Read back: nothing lies there yet.")
            return Mark(words, "hand-pointing", Tone.WARN)


def not_proven(rows: tuple[PublicationRow, ...]) -> str:
    """Say what no check here can prove."""
    if any(row.state in {State.LIVE, State.DRIFTED, State.BY_HAND} for row in rows):
        return _(
            "What is read back is what lies there at that moment. What the other "
            "system sends with it, and to whom, is not proved."
        )
    return _(
        "Nothing can be read back, so that it was pasted, and stays as it is, is not "
        "proved. You can copy the text out of the other system and compare it here."
    )
