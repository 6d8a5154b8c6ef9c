"""What publishing does, destination by destination, and what is proved before it."""

from dataclasses import dataclass

from governance.ledger.state import Means, Version
from governance.names import SubjectName
from governance.texts import _, ngettext
from sync.publishing.capabilities import Mode
from sync.publishing.publication import State
from widgets.kit.values import Mark, Tone
from widgets.publishing.shelf import TEMPLATES, Shelf, destination_name, name_of


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that will happen.

    Attributes:
        mark: Its icon; the word says it in short.
    """

    mark: Mark
    plain: str = ""


def effects_of(shelf: Shelf, subjects: tuple[SubjectName, ...]) -> tuple[Effect, ...]:
    """Say what publishing does, destination by destination, and for whom."""
    found = [_destination_effect(shelf, subjects, ats) for ats in shelf.destinations]
    own = (
        _("Own mail and SMS use version {number}").format(
            number=shelf.current[subjects[0]].number
        )
        if len(subjects) == 1
        else _("Own mail and SMS use these versions")
    )
    found.append(
        Effect(
            Mark(own, "paper-plane-tilt", Tone.ACCENT),
            _("They have since the release, for everything that is still to go out."),
        )
    )
    count = sum(shelf.planned.get(one.removeprefix(TEMPLATES), 0) for one in subjects)
    sent = _("Messages already sent do not change.")
    words = (
        ngettext(
            "{count} message to come has this text",
            "{count} messages to come have this text",
            count,
        ).format(count=count)
        if count
        else _("No message with this text is planned now")
    )
    found.append(Effect(Mark(words, "users", Tone.QUIET), sent))
    return tuple(found)


def rollback_effects(shelf: Shelf, subject: SubjectName) -> tuple[Effect, ...]:
    """Say what rolling back changes at once, and what waits for somebody."""
    count = shelf.planned.get(subject.removeprefix(TEMPLATES), 0)
    words = (
        ngettext(
            "{count} message to come uses it",
            "{count} messages to come use it",
            count,
        ).format(count=count)
        if count
        else _("No message with this text is planned now")
    )
    found = [
        Effect(
            Mark(words, "users", Tone.QUIET),
            _("What is being sent now, and what was sent, does not change."),
        )
    ]
    for ats in shelf.destinations:
        if shelf.there(subject, ats):
            name = _("{name} keeps the version it has").format(
                name=destination_name(ats)
            )
            plain = _("Publish afterwards to bring this one there.")
            found.append(Effect(Mark(name, "broadcast", Tone.QUIET), plain))
    found.append(
        Effect(
            Mark(_("Drafts stay"), "pencil-simple", Tone.QUIET),
            _("They are compared with this version from now on."),
        )
    )
    return tuple(found)


def _destination_effect(
    shelf: Shelf, subjects: tuple[SubjectName, ...], ats: str
) -> Effect:
    name = destination_name(ats)
    match shelf.mode(ats):
        case Mode.ASSISTED | Mode.SEND_BY_ID:
            return Effect(
                Mark(
                    _("{name} needs you").format(name=name), "hand-pointing", Tone.WARN
                ),
                _("We give you the text; you paste it. We read it back and compare."),
            )
        case Mode.OWN_CHANNEL:
            return Effect(
                Mark(_("{name} gets a note").format(name=name), "note", Tone.ACCENT),
                _("It keeps no template; we send, and it is told."),
            )
        case _ if all(_is_there(shelf, one, ats) for one in subjects):
            words = _("{name} has it already").format(name=name)
            return Effect(
                Mark(words, "check-circle", Tone.OK),
                _("It is read back and compared again."),
            )
        case _:
            is_new = not all(shelf.there(one, ats) for one in subjects)
            plain = (
                _("What it lacks is made there, read back and compared.")
                if is_new
                else _("The template is replaced, read back and compared.")
            )
            words = _("{name} is updated").format(name=name)
            return Effect(Mark(words, "arrow-circle-up", Tone.ACCENT), plain)


def _is_there(shelf: Shelf, subject: SubjectName, ats: str) -> bool:
    """Whether a destination holds exactly the version in force."""
    rows = shelf.there(subject, ats)
    number = shelf.current[subject].number
    return bool(rows) and all(
        row.state is State.LIVE and row.version == number for row in rows
    )


def proofs_of(shelf: Shelf, version: Version) -> tuple[Mark, ...]:
    """Say what this computer can prove of a version."""
    if version.means is Means.ROLLBACK:
        words = _("Signed as version {number}, to the letter").format(number=version.of)
        return (Mark(words, "shield-check", Tone.OK), again())
    change = shelf.changes.get(version.change)
    if change is None:
        words = _("Its signatures are not on this computer yet")
        return (Mark(words, "question", Tone.WARN), again())
    if not change.verdict.is_verified:
        return (Mark(change.verdict.reason, "warning", Tone.WARN), again())
    people = ", ".join(name_of(shelf.state, one) for one in change.tally.seats)
    return (
        Mark(_("Signed by {people}").format(people=people), "shield-check", Tone.OK),
        Mark(_("The text equals what they signed"), "check-circle", Tone.OK),
        again(),
    )


def again() -> Mark:
    """Say that nobody has to believe this computer."""
    words = _("The service proves both again before it writes")
    return Mark(words, "shield-check", Tone.OK)
