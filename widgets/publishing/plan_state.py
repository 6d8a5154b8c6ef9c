"""The plan: what is selected, what publishing it does, for whom, and what is proved."""

from dataclasses import dataclass, replace
from typing import Final

from governance.ledger.state import Version
from governance.names import ChangeId, SubjectName
from governance.texts import _, dated, ngettext
from sync.publishing.publication import State
from widgets.kit.languages import language
from widgets.kit.values import Deed, Fact, Mark, Tone
from widgets.publishing.effects_state import Effect, again, effects_of, proofs_of
from widgets.publishing.shelf import (
    READY,
    TEMPLATES,
    Outcome,
    Shelf,
    destination_name,
    is_manager,
    means_of,
    name_of,
    subject_in,
)

MOST: Final = 8  # messages that are named


@dataclass(frozen=True, slots=True)
class Plan:
    """What is selected, and what can be done with it.

    Attributes:
        effects: What will happen, in its order.
        proofs: What is proved, or not.
        results: What came of the last try, destination by destination.
        more: What is wanted more seldom; it stands under the plan.
    """

    title: str = ""
    mark: Mark | None = None
    under: str = ""
    facts: tuple[Fact, ...] = ()
    effects: tuple[Effect, ...] = ()
    proofs: tuple[Mark, ...] = ()
    results: tuple[Mark, ...] = ()
    deeds: tuple[Deed, ...] = ()
    more: tuple[Deed, ...] = ()


def plan_of(shelf: Shelf, key: str, ticked: tuple[SubjectName, ...]) -> Plan:
    """Describe what is ticked, or else selected."""
    if len(ticked) > 1:
        return _many(shelf, ticked)
    if ticked:
        key = str(ticked[0])
    if key.startswith(READY):
        return ready_plan(shelf, ChangeId(key.removeprefix(READY)))
    subject = subject_in(key)
    versions = shelf.state.versions.get(subject, ())
    if not versions:
        return Plan()
    number = int(key.partition("@")[2] or versions[-1].number)
    version = versions[number - 1]
    is_current = version is versions[-1] and subject.startswith(TEMPLATES)
    return Plan(
        shelf.title(subject),
        means_of(version),
        _("Version {number}").format(number=version.number),
        facts_of(shelf, version),
        effects_of(shelf, (subject,)) if is_current else (),
        proofs_of(shelf, version) if is_current else (),
        _results(shelf, {subject}),
        _deeds(shelf, subject, has_earlier=len(versions) > 1) if is_current else (),
        _more(shelf, subject) if is_current else (),
    )


def _many(shelf: Shelf, subjects: tuple[SubjectName, ...]) -> Plan:
    current = shelf.current
    facts = [
        Fact(
            shelf.title(one),
            _("Version {number}").format(number=current[one].number),
        )
        for one in subjects[:MOST]
    ]
    if len(subjects) > MOST:
        facts.append(Fact("", _("and {count} more").format(count=len(subjects) - MOST)))
    found = [mark for one in subjects for mark in proofs_of(shelf, current[one])]
    doubts = tuple(dict.fromkeys(one for one in found if one.tone is not Tone.OK))
    signed = _("Each is signed by everyone whom its policy asks for")
    return Plan(
        ngettext("{count} message", "{count} messages", len(subjects)).format(
            count=len(subjects)
        ),
        Mark(_("Released"), "tag", Tone.OK),
        _("With one signature; each is verified, written and read back by itself."),
        tuple(facts),
        effects_of(shelf, subjects),
        doubts or (Mark(signed, "shield-check", Tone.OK), again()),
        _results(shelf, set(subjects)),
        (
            _publish_deed(shelf, len(subjects)),
            Deed("untick", _("Take all ticks away"), icon="x"),
        ),
    )


def _results(shelf: Shelf, subjects: set[SubjectName]) -> tuple[Mark, ...]:
    if not subjects & {one.subject for one in shelf.outcomes}:
        return ()
    return tuple(
        mark
        for outcome in shelf.outcomes
        if outcome.subject in subjects
        for mark in _result(shelf, outcome, is_alone=len(subjects) == 1)
    )


def _result(shelf: Shelf, outcome: Outcome, *, is_alone: bool) -> tuple[Mark, ...]:
    title = shelf.title(outcome.subject)
    if outcome.problem:
        words = _("{title}: {problem}").format(title=title, problem=outcome.problem)
        return (Mark(words, "x-circle-fill", Tone.ERROR),)
    if outcome.is_left:
        words = _("{title}: not begun").format(title=title)
        return (Mark(words, "circle-dashed", Tone.QUIET),)
    return tuple(
        replace(
            _state_mark(row.state),
            word=(
                _("{language}, {name}: {state}")
                if is_alone
                else _("{title}, {language}, {name}: {state}")
            ).format(
                title=title,
                language=language(row.key.rpartition("/")[2]),
                name=destination_name(row.ats),
                state=_state_mark(row.state).word,
            ),
        )
        for row in outcome.rows
    )


def _state_mark(state: State) -> Mark:
    match state:
        case State.LIVE:
            return Mark(_("as approved"), "check-circle-fill", Tone.OK)
        case State.DRIFTED:
            return Mark(_("differs"), "git-diff", Tone.ERROR)
        case State.MISSING:
            return Mark(_("nothing lies there"), "question", Tone.ERROR)
        case State.BY_HAND:
            return Mark(_("paste needed"), "hand-pointing", Tone.WARN)
        case _:
            return Mark(_("we send"), "paper-plane-tilt", Tone.OK)


def _deeds(
    shelf: Shelf, subject: SubjectName, *, has_earlier: bool
) -> tuple[Deed, ...]:
    why_not = "" if is_manager(shelf) else _("A release manager does this.")
    earlier = "" if has_earlier else _("There is no earlier version.")
    paste = _paste_deed("primary")
    return (
        paste if _needs_paste(shelf, subject) else _publish_deed(shelf, 1),
        Deed(
            "rollback",
            _("Roll back…"),
            icon="clock-counter-clockwise",
            shortcut="Ctrl+Shift+B",
            why_not=why_not or earlier,
        ),
    )


def _more(shelf: Shelf, subject: SubjectName) -> tuple[Deed, ...]:
    if _needs_paste(shelf, subject):
        return (_publish_deed(shelf, 1, kind="link"),)
    return (_paste_deed("link"),)


def _needs_paste(shelf: Shelf, subject: SubjectName) -> bool:
    return any(row.state is State.BY_HAND for row in shelf.there(subject))


def _paste_deed(kind: str) -> Deed:
    return Deed("paste", _("Paste by hand…"), kind, "hand-pointing")


def _publish_deed(shelf: Shelf, count: int, *, kind: str = "primary") -> Deed:
    away = "" if shelf.is_service_there else _("The service cannot be reached.")
    why_not = "" if is_manager(shelf) else _("A release manager does this.")
    failed = [one for one in shelf.outcomes if not one.is_done]
    title = ngettext("Publish…", "Publish {count}…", count).format(count=count)
    if failed and len(failed) == count:
        title = ngettext("Try again…", "Try {count} again…", count).format(count=count)
    return Deed(
        "publish",
        title,
        kind,
        "broadcast",
        "Ctrl+Return",
        why_not=why_not or away,
    )


def ready_plan(shelf: Shelf, change: ChangeId) -> Plan:
    """Describe a change that waits for nothing but its release."""
    row = shelf.changes.get(change)
    if row is None:
        return Plan()
    why_not = "" if is_manager(shelf) else _("A release manager does this.")
    subjects = ", ".join(
        shelf.titles.get(one.name, one.name) for one in row.change.subjects
    )
    people = ", ".join(name_of(shelf.state, one) for one in row.tally.seats)
    return Plan(
        row.change.title,
        Mark(_("Approved"), "checks", Tone.OK),
        subjects,
        (
            Fact(_("Why"), row.change.proposal.reason),
            Fact(_("Written by"), name_of(shelf.state, row.change.author)),
        ),
        (
            Effect(
                Mark(_("Its next version is made"), "tag", Tone.ACCENT),
                _("It can be rolled back at any time."),
            ),
            Effect(
                Mark(
                    _("Own mail and SMS use it at once"),
                    "paper-plane-tilt",
                    Tone.ACCENT,
                ),
                _("Other systems keep the version before until you publish."),
            ),
        ),
        (
            Mark(
                _("Signed by {people}").format(people=people), "shield-check", Tone.OK
            ),
            Mark(_("The text equals what they signed"), "check-circle", Tone.OK),
        ),
        deeds=(
            Deed(
                "release",
                _("Release…"),
                "primary",
                "tag",
                "Ctrl+Return",
                why_not=why_not,
            ),
            Deed("review", _("See the review"), icon="eye"),
        ),
    )


def facts_of(shelf: Shelf, version: Version) -> tuple[Fact, ...]:
    """Say who released a version, when, and who signed it."""
    change = shelf.changes.get(version.change)
    signed = (
        ", ".join(name_of(shelf.state, one) for one in change.tally.seats)
        if change
        else ""
    )
    facts = [
        Fact(_("Released by"), name_of(shelf.state, version.person)),
        Fact(_("When"), dated(version.at.astimezone(), "%-d %B %Y, %H:%M")),
    ]
    if signed:
        facts.append(Fact(_("Signed by"), signed))
    if version.reason:
        facts.append(Fact(_("Why"), version.reason))
    return tuple(facts)
