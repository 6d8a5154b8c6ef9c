"""What the checks found in what is open, where it stands, and mending it."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.commands import Command
from app.context import Context
from app.controllers.studio.desk import Desk
from app.places import Place, Room
from governance.standards.finding import Finding
from governance.texts import _
from widgets.problems.state import SIGNS, ordered, problems_state
from widgets.source_editor.port import Squiggle
from widgets.studio.view import StudioView


class Findings(QObject):
    """Keeps the findings of the draft, in the panel and under the text.

    Attributes:
        all: Those of the last check, None before the first one.
        selected: The number of one of them, "" for none.
    """

    def __init__(self, view: StudioView, desk: Desk, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._desk = desk
        self._context = context
        self.all: tuple[Finding, ...] | None = None
        self._checked = -1
        self._words = ""
        self.selected = ""
        self._is_fix_wanted = False
        view.problems.words_changed.connect(self._on_words_changed)
        view.problems.selected.connect(self._on_selected)
        view.problems.opened.connect(self._on_opened)
        view.problems.fix_requested.connect(self._on_fix_requested)
        context.live.checked.connect(self._on_checked)
        desk.opened.connect(self._on_desk_opened)
        desk.shown.connect(self._show_squiggles)
        context.commands.offer(
            Command("fix", _("Mend the finding"), _("Studio"), self.fix_next,
                    "lightning", "Ctrl+.", is_local=True),
            Command("next-finding", _("Next finding"), _("Studio"),
                    partial(self.step, 1), "caret-down", "F8", is_local=True),
            Command("finding-before", _("Finding before"), _("Studio"),
                    partial(self.step, -1), "caret-up", "Shift+F8", is_local=True),
        )  # fmt: skip

    @property
    def is_old(self) -> bool:
        """Whether they are of another text than the one there is now."""
        return self._checked != self._desk.document.revision

    @property
    def chosen(self) -> Finding | None:
        """The finding that is selected, None for none."""
        return self.one(self.selected)

    def draw(self) -> None:
        """Show them in the panel."""
        self._view.problems.render_state(
            problems_state(
                self.all if self._desk.template else (),
                self._words,
                self.selected,
                is_old=self.is_old and self.all is not None,
            )
        )

    @Slot()
    def _on_desk_opened(self) -> None:
        self.all = None

    @Slot(int, object)
    def _on_checked(self, revision: int, findings: tuple[Finding, ...]) -> None:
        self.all, self._checked = findings, revision
        self._show_squiggles()
        if self._is_fix_wanted and not self.is_old:
            self.fix_next()
        self._desk.changed.emit()

    @Slot()
    def _show_squiggles(self) -> None:
        if self.is_old:
            return
        self._view.editor.set_squiggles(
            tuple(
                Squiggle(
                    one.span.start, one.span.end, SIGNS[one.severity][1], one.message
                )
                for one in self.all or ()
                if one.file == self._desk.path
            )
        )

    @Slot(str)
    def _on_words_changed(self, words: str) -> None:
        self._words = words
        self.draw()

    @Slot(str)
    def _on_selected(self, key: str) -> None:
        self.selected = key

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        self.selected = key
        desk, finding = self._desk, self.one(key)
        if finding is None:
            return
        desk.remember_caret()
        if desk.template is not None and not desk.holds(finding.file):
            self._context.navigator.open(Place(Room.STUDIO, finding.file))
            return
        desk.go_to_file(finding.file)
        desk.show(finding.span.start)
        desk.changed.emit()
        self._view.editor.go_to(finding.span.start, finding.span.end)
        self._view.editor.setFocus()

    @Slot(str)
    def _on_fix_requested(self, key: str) -> None:
        desk, finding = self._desk, self.one(key)
        if finding is None or not finding.fixes or self.is_old:
            return  # of another text there is another answer, which comes at once
        paths = desk.document.apply(finding.fixes[0].edits, desk.now)
        if desk.path in paths:
            desk.show(finding.span.start)
        desk.after_edit()

    @Slot()
    def fix_next(self) -> None:
        """Mend the finding selected, or the first; of the text as it is now."""
        self._is_fix_wanted = self.is_old
        if self._is_fix_wanted:
            return  # the checks are on their way
        findings = ordered(self.all or ())
        keys = [str(at) for at, one in enumerate(findings) if one.fixes]
        if self.selected in keys:
            self._on_fix_requested(self.selected)
        elif keys:
            self._on_fix_requested(keys[0])

    def step(self, step: int) -> None:
        """Go to another finding, counted from the one selected."""
        count = len(self.all or ())
        if count:
            at = int(self.selected) if self.selected.isdigit() else -step
            self._on_opened(str((at + step) % count))

    def one(self, key: str) -> Finding | None:
        """Return the finding of a number of the panel, None if there is none."""
        findings = ordered(self.all or ())
        if key.isdigit() and int(key) < len(findings):
            return findings[int(key)]
        return None
