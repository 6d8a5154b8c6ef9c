"""One entry of the history, as who looks closely sees it."""

from dataclasses import dataclass
from datetime import UTC
from typing import Final

from governance.ledger.history import FAULT, History, Line
from governance.ledger.kinds import Approval, Proposal
from governance.ledger.state import IgnoredCode
from governance.names import PersonId
from governance.texts import _, dated, quoted
from governance.trust.words import four_words
from widgets.kit.values import Check, Deed, Fact, Notice, Outcome, Tone

_STRANGE: Final = IgnoredCode.BAD_SIGNATURE
_PLACE: Final = frozenset({FAULT, IgnoredCode.LEDGER_BROKEN, IgnoredCode.COPY})
_PASSED, _FAILED, _OPEN = Outcome.PASSED, Outcome.FAILED, Outcome.UNCHECKED


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the inspector shows.

    Attributes:
        quote: What the signature means, in its own words.
        details: What technicians compare; closed at first.
        copied: The same as text, for the clipboard.
    """

    title: str = ""
    entry: str = ""
    when: str = ""
    notice: Notice | None = None
    quote: str = ""
    facts: tuple[Fact, ...] = ()
    checks: tuple[Check, ...] = ()
    details: tuple[Fact, ...] = ()
    deeds: tuple[Deed, ...] = ()

    @property
    def copied(self) -> str:
        """The technical details as text."""
        return "\n".join(f"{one.label}: {one.value}" for one in self.details)


def inspected(history: History, position: int | None) -> Inspected:
    """Describe the entry at ``position``."""
    if position is None or not 0 <= position < len(history.lines):
        return Inspected()
    line = history.lines[position]
    told = line.told
    return Inspected(
        told.title,
        _("Entry {number}").format(number=position),
        _when(line),
        _notice(line),
        quoted(told.quote) if told.quote else "",
        _facts(history, line),
        _checks(history, line),
        _details(history, line),
        _deeds(line),
    )


def _when(line: Line) -> str:
    if line.at is None:
        return ""
    here = line.at.astimezone()
    day, time = dated(here, "%A %-d %B %Y"), here.strftime("%H:%M:%S")
    if not here.utcoffset():
        return _("{day}, {time} UTC").format(day=day, time=time)
    utc = line.at.astimezone(UTC).strftime("%H:%M:%S")
    words = _("{day}, {time} ({utc} UTC)")
    return words.format(day=day, time=time, utc=utc)


def _notice(line: Line) -> Notice | None:
    if line.code:
        bold = (
            _("This entry stops everything.")
            if line.code == FAULT
            else _("This entry is without effect.")
        )
        tone = Tone.ERROR if line.is_alarm else Tone.QUIET
        return Notice("", bold, line.problem, tone)
    if line.later:
        return Notice("", line.later, "", Tone.INFO)
    return None


def _facts(history: History, line: Line) -> tuple[Fact, ...]:
    told, state, entry = line.told, history.state, line.stored.entry
    facts = [Fact(_("Signed by"), line.name)]
    if told.role:
        facts.append(Fact(_("Acting as"), told.role))
    why = told.why if not told.quote else ""
    if why:
        facts.append(Fact(_("In words"), why))
    facts += [Fact(label, words) for label, words in told.facts if words]
    if isinstance(entry, Approval | Proposal) and len(entry.subjects) == 1:
        words = _three(entry.subjects[0].closure)
        facts.append(Fact(_("Text fingerprint"), words))
    if line.position == 0 and state.root:
        facts.append(Fact(_("First words"), _three(state.root)))
    held = state.keys.get(line.stored.key)
    if held is not None:
        since = history.lines[held.since].at
        day = dated(since.astimezone(), "%-d %B %Y") if since else "–"
        words = _("{name}’s key, since {day}").format(name=line.name, day=day)
        if held.until is not None:
            words = _("{key}; put away at entry {number}").format(
                key=words, number=held.until
            )
        facts.append(Fact(_("Key"), words))
    return tuple(facts)


def _checks(history: History, line: Line) -> tuple[Check, ...]:
    if line.code in {FAULT, IgnoredCode.LEDGER_BROKEN}:
        unread = _("Nothing behind a break of the history is believed.")
        return (
            Check(_OPEN, _("The signature"), unread),
            Check(_OPEN, _("Who may do this"), unread),
            Check(_OPEN, _("The signing policy"), unread),
            Check(_FAILED, _("It is not in its place"), line.problem),
        )
    if line.code == _STRANGE:
        unread = _("Without a signature there is nobody to ask about.")
        return (
            Check(_FAILED, _("The signature is not genuine"), line.problem),
            Check(_OPEN, _("Who may do this"), unread),
            Check(_OPEN, _("The signing policy"), unread),
            _place(history, line),
        )
    genuine = Check(
        _PASSED,
        _("The signature is genuine"),
        _("Made with {name}’s key; nothing was changed since.").format(name=line.name)
        if line.person
        else _("It holds, but nobody here has this key."),
    )
    if line.code == IgnoredCode.NOT_ENTITLED:
        bold = _("They were not allowed to do this")
        unread = _("Not asked: the entry is without effect already.")
        return (
            genuine,
            Check(_FAILED, bold, line.problem),
            Check(_OPEN, _("The signing policy"), unread),
            _place(history, line),
        )
    allowed = Check(_PASSED, _("They were allowed to do this"), _role_words(line))
    return (genuine, allowed, _policy(history, line), _place(history, line))


def _role_words(line: Line) -> str:
    if line.told.role == _("Author"):
        return _("{name} takes part, and wrote it.").format(name=line.name)
    if line.told.role:
        words = _("{name} held the role {role} when this was signed.")
        return words.format(name=line.name, role=line.told.role)
    return _("{name} took part when this was signed.").format(name=line.name)


def _policy(history: History, line: Line) -> Check:
    if line.code and line.code not in _PLACE:
        return Check(_FAILED, _("The rules of then refuse it"), line.problem)
    change = history.state.changes.get(line.change)
    if isinstance(line.stored.entry, Approval) and change is not None:
        authors = ", ".join(_names(history, change.authors))
        return Check(
            _PASSED,
            _("They did not write the text"),
            _("Written by {people}.").format(people=authors),
        )
    return Check(
        _PASSED,
        _("The rules of then allow it"),
        _("By the signing policy that was in force at this entry."),
    )


def _names(history: History, people: frozenset[PersonId]) -> list[str]:
    members = history.state.members
    return sorted(members[one].name if one in members else str(one) for one in people)


def _place(history: History, line: Line) -> Check:
    if line.code == IgnoredCode.COPY:
        return Check(_FAILED, _("It stands here a second time"), line.problem)
    last = len(history.lines) - 1
    at = line.position
    if at == 0:
        words = _("The first entry; everything follows from it.")
    elif at == last:
        words = _("Follows entry {before}; it is the newest.").format(before=at - 1)
    else:
        words = _("Follows entry {before}, is followed by {after}.").format(
            before=at - 1, after=at + 1
        )
    return Check(_PASSED, _("It is in its place"), words)


def _details(history: History, line: Line) -> tuple[Fact, ...]:
    entry, heads = line.stored.entry, history.state.heads
    before = heads[line.position - 1] if line.position else "–"
    kind = entry.kind if entry is not None else "–"
    details = [
        Fact(_("Kind"), kind),
        Fact(_("Position"), str(line.position)),
        Fact(_("Entry, SHA-256"), line.stored.envelope),
        Fact(_("Chain before"), before),
        Fact(_("Chain after"), heads[line.position]),
        Fact(_("Key"), line.stored.key or "–"),
    ]
    if line.code:
        details.insert(0, Fact(_("Code"), line.code))
    if isinstance(entry, Approval):
        details.append(Fact(_("Policy, SHA-256"), entry.policy))
        details += [
            Fact(subject.name, subject.closure) for subject in entry.subjects[:8]
        ]
    return tuple(details)


def _deeds(line: Line) -> tuple[Deed, ...]:
    evidence = Deed("evidence", _("Evidence file…"), icon="export", shortcut="Ctrl+E")
    if not line.change:
        return (evidence,)
    return (Deed("open", _("Open the text"), icon="eye"), evidence)


def _three(digest: str) -> str:
    return " ".join(four_words(bytes.fromhex(digest)).split()[:3])
