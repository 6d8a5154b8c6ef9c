"""Changes and who agreed with them, in plain words."""

from governance.ledger.entry import ReleasedSubject, SubjectEntry
from governance.ledger.kinds import (
    AboutChange,
    Approval,
    ApprovalWithdrawal,
    ChangeWithdrawal,
    Comment,
    Emergency,
    EmergencySecond,
    Opening,
    Rejection,
    Release,
    Revision,
    Waiver,
)
from governance.ledger.told import Family, Known, Wording
from governance.names import Role, SubjectName
from governance.texts import _, dated, ngettext, quoted

_NAMED = 4  # subjects that are listed by name
_MANY = 2  # subjects from which on a change's own title says more


def of_change(  # noqa: C901, PLR0911, PLR0912 -- one case a kind
    entry: AboutChange, known: Known
) -> Wording:
    """Say what was done with a change."""
    changes, subjects = Family.CHANGES, _subjects_of(entry, known)
    what = _what(entry, known)
    match entry:
        case Opening() | Revision():
            is_new = isinstance(entry, Opening)
            words = (
                _("Submitted {what} for review")
                if is_new
                else _("Submitted {what} again, with another text")
            )
            facts = [(_("Alters"), _listed(entry.subjects, known))]
            if entry.errors:
                facts.append((_("Errors found"), str(entry.errors)))
            return Wording(
                changes,
                "eye" if is_new else "arrows-clockwise",
                words.format(what=what),
                entry.reason,
                role=_("Author"),
                subjects=subjects,
                facts=tuple(facts),
            )
        case Approval():
            facts = [(_("Signed"), _listed(entry.subjects, known))]
            if entry.locales_seen:
                seen = ", ".join(entry.locales_seen)
                facts.append((_("Languages read"), seen))
            return Wording(
                Family.SIGNATURES,
                "pen-nib",
                _("Signed {what}").format(what=what),
                quoted(entry.meaning) if entry.meaning else "",
                entry.meaning,
                known.role(entry.role),
                subjects,
                tuple(facts),
            )
        case ApprovalWithdrawal():
            title = _("Took back their signature for {what}").format(what=what)
            return Wording(
                Family.SIGNATURES,
                "arrow-counter-clockwise",
                title,
                entry.reason,
                subjects=subjects,
            )
        case Rejection():
            return Wording(
                Family.SIGNATURES,
                "arrow-u-up-left",
                _("Asked for changes to {what}").format(what=what),
                entry.reason,
                role=known.role(entry.role),
                subjects=subjects,
            )
        case ChangeWithdrawal():
            title = _("Withdrew {what}").format(what=what)
            return Wording(
                changes, "x", title, entry.reason, role=_("Author"), subjects=subjects
            )
        case Comment():
            words = (
                _("Asked about {what}")
                if entry.must_answer
                else _("Commented on {what}")
            )
            facts = [(_("Place"), entry.place)] if entry.place else []
            if entry.answers is not None:
                answered = _("entry {number}").format(number=entry.answers)
                facts.append((_("Answers"), answered))
            return Wording(
                changes,
                "chat-text",
                words.format(what=what),
                entry.text,
                subjects=subjects,
                facts=tuple(facts),
            )
        case Waiver():
            until = dated(entry.until.astimezone(), "%-d %B %Y")
            return Wording(
                Family.ACCEPTED,
                "check-circle",
                _("Accepted a warning for {what}").format(what=what),
                _("{reason} · until {day}").format(reason=entry.reason, day=until),
                role=known.role(entry.role),
                subjects=subjects,
                facts=((_("Rule"), entry.rule), (_("Until"), until)),
            )
        case EmergencySecond():
            return Wording(
                Family.EMERGENCIES,
                "warning-octagon",
                _("Joined in: {what} is published before everyone signed").format(
                    what=_released(entry.releases, known) or what
                ),
                _("A full review must follow."),
                role=known.role(entry.role),
                subjects=subjects,
                facts=((_("Releases"), _listed(entry.releases, known)),),
            )
        case Release():
            role = known.state.policy.release.role if known.state.policy else Role("")
            change = known.state.changes.get(entry.change)
            named = _released(entry.releases, known)
            why = "" if change is None else change.title
            return Wording(
                Family.RELEASES,
                "tag",
                _("Released {what}").format(what=named or what),
                why if named or change is None else change.proposal.reason,
                role=known.role(role),
                subjects=subjects,
                facts=((_("Releases"), _listed(entry.releases, known)),),
            )
        case Emergency():
            facts = [(_("Incident"), entry.incident)] if entry.incident else []
            title = _("Asked to publish {what} in an emergency").format(what=what)
            return Wording(
                Family.EMERGENCIES,
                "warning-octagon",
                title,
                entry.reason,
                subjects=subjects,
                facts=tuple(facts),
            )
        case _:
            raise AssertionError(entry.kind)


def _subjects_of(entry: AboutChange, known: Known) -> tuple[SubjectName, ...]:
    match entry:
        case Opening() | Revision() | Approval():
            return tuple(one.name for one in entry.subjects)
        case Release():
            return tuple(one.name for one in entry.releases)
        case _:
            change = known.state.changes.get(entry.change)
            return tuple(one.name for one in change.subjects) if change else ()


def _what(entry: AboutChange, known: Known) -> str:
    """Name a change by the one thing that it alters, or by its title."""
    change = known.state.changes.get(entry.change)
    match entry:
        case Opening() | Revision() | Approval():
            subjects: tuple[SubjectEntry, ...] = entry.subjects
        case _:
            subjects = change.subjects if change else ()
    if len(subjects) == 1 and subjects[0].name != "repository":
        return _numbered(known.title(subjects[0].name), subjects[0].version_before + 1)
    if isinstance(entry, Opening | Revision):
        return quoted(entry.title)
    return quoted(change.title) if change else _("a change that is not here")


def _released(releases: tuple[ReleasedSubject, ...], known: Known) -> str:
    """Name up to two things that were released, "" for more."""
    named = [one for one in releases if one.name != "repository"]
    if not 0 < len(named) <= _MANY:
        return ""
    return ", ".join(_numbered(known.title(one.name), one.version) for one in named)


def _listed(
    subjects: tuple[SubjectEntry, ...] | tuple[ReleasedSubject, ...], known: Known
) -> str:
    """Name what is altered; of many, the first ones and how many more there are."""
    names = [
        known.title(one.name)
        if one.name == "repository"
        else _numbered(known.title(one.name), _number(one))
        for one in subjects
    ]
    if len(names) <= _NAMED + 1:
        return "; ".join(names)
    more = len(names) - _NAMED
    words = ngettext("{names}; and {count} more", "{names}; and {count} more", more)
    return words.format(names="; ".join(names[:_NAMED]), count=more)


def _number(subject: SubjectEntry | ReleasedSubject) -> int:
    if isinstance(subject, ReleasedSubject):
        return subject.version
    return subject.version_before + 1


def _numbered(title: str, number: int) -> str:
    return _("{title}, version {number}").format(title=title, number=number)
