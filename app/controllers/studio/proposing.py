"""Asking for a review of what is open."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.signing import Signing
from app.controllers.studio.desk import Desk
from app.controllers.studio.findings import Findings
from app.controllers.studio.others import others
from app.controllers.studio.submitting import Proposal, submit, what_changed
from app.places import Place, Room
from app.snapshot import Snapshot
from governance.changes.draft import Opened
from governance.changes.library import Standing
from governance.ledger.role_titles import role_title
from governance.ledger.state import Stage
from governance.names import ChangeId
from governance.standards.finding import Severity
from governance.texts import _, ngettext
from widgets.kit.sign_dialog import SignState
from widgets.kit.values import Fact, Notice, Tone
from widgets.studio.view import StudioView


class Proposing(QObject):
    """Says why a draft cannot be submitted yet, and submits it."""

    def __init__(
        self, view: StudioView, desk: Desk, findings: Findings, context: Context
    ) -> None:
        super().__init__(view)
        self._desk = desk
        self._findings = findings
        self._context = context
        self.signing = Signing(view, context)
        self.signing.succeeded.connect(self._on_submitted)

    def notices(self) -> tuple[Notice, ...]:
        """Return what to know before one writes."""
        row, snapshot = self._desk.row, self._context.readings.current
        if row is None or snapshot is None:
            return ()
        me = self._context.identity.person
        found = others(snapshot.reading, row.id, me)
        if row.standing is not Standing.IN_REVIEW or self._change() is None:
            return found
        return (
            *found,
            Notice(
                "",
                _("This message is in review."),
                _("When you submit it again, signatures of another text are void."),
                Tone.INFO,
                "eye",
            ),
        )

    def why_not(self) -> str:
        """Return why it cannot be submitted, "" if it can."""
        findings = self._findings.all or ()
        errors = sum(one.severity is Severity.ERROR for one in findings)
        if errors:
            words = ngettext(
                "Fix {count} error first.", "Fix {count} errors first.", errors
            )
            return words.format(count=errors)
        row, person = self._desk.row, self._context.identity.person
        if person is None:
            return _("Nobody is named who writes here.")
        if self._desk.problem:
            return _("The text cannot be read yet.")
        is_live = row is not None and row.standing is Standing.LIVE
        if is_live and not self._desk.document.unsaved:
            return _("Nothing differs from what is live.")
        if row is not None and row.change is not None and self._change() is None:
            return _("Somebody else’s change of this message is under review.")
        return ""

    def ask(self) -> None:
        """Ask what changed and why; then it is signed and submitted."""
        snapshot = self._context.readings.current
        if snapshot is None or self.why_not():
            return
        desk = self._desk
        template, sources = desk.template, desk.document.sources
        released = snapshot.reading.released
        change = self._change()
        known = snapshot.reading.changes[change].change if change else None
        state = SignState(
            _("Submit for review"),
            desk.title,
            _("Submit"),
            icon="paper-plane-right",
            facts=self._facts(snapshot),
            facts_title=_("What happens next"),
            headline=_("What changed, in a line"),
            headline_text=known.title
            if known
            else what_changed(released, sources, desk.title, desk.folder),
            asks=_("Why? Those who sign read it first."),
            consequence=_(
                "You sign what you propose, so that everyone knows who wrote it."
            ),
            demo_passphrase=self._context.identity.passphrase,
        )
        proposal = Proposal(
            sources, template.id if template else None, desk.path, change
        )
        work = partial(submit, self._context.workspace, proposal)
        self.signing.ask(state, work)

    def _change(self) -> ChangeId | None:
        """Return the open change of this template, if I am one of its authors."""
        row, snapshot = self._desk.row, self._context.readings.current
        if row is None or row.change is None or snapshot is None:
            return None
        change = snapshot.reading.changes[row.change].change
        is_mine = self._context.identity.person in change.authors
        return change.id if is_mine and change.stage is not Stage.RELEASED else None

    def _facts(self, snapshot: Snapshot) -> tuple[Fact, ...]:
        state = snapshot.reading.state
        policy = state.policy
        rules = policy.classes.get("message") if policy else None
        facts = []
        for role in sorted(rules.quorum) if rules else ():
            names = [
                member.name or str(person)
                for person, member in state.members.items()
                if role in member.roles and person != self._context.identity.person
            ]
            title = role_title(policy, role)
            facts.append(Fact(title, _(" or ").join(names) or _("Nobody yet")))
        findings = self._findings.all or ()
        warnings = sum(one.severity is Severity.WARNING for one in findings)
        words = ngettext("{count} warning", "{count} warnings", warnings)
        found = (
            words.format(count=warnings) if warnings else _("No errors, no warnings")
        )
        return (*facts, Fact(_("Findings"), found))

    @Slot(object)
    def _on_submitted(self, opened: Opened) -> None:
        self._context.desktop.toast(_("Submitted. Those who sign are told."))
        self._context.navigator.open(Place(Room.CHANGE, str(opened.change)))
