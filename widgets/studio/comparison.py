"""A version beside the draft, part by part; nothing can be written here."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from governance.texts import _, ngettext
from widgets.diff.state import Pair, count_of
from widgets.diff.view import DiffView
from widgets.kit.controls import Button, DropDown, IconButton
from widgets.kit.frames import EmptyView
from widgets.kit.look import look
from widgets.kit.marks import Text
from widgets.kit.values import Choice, Deed, Empty, Tone


@dataclass(frozen=True, slots=True)
class ComparisonState:
    """What is compared.

    Attributes:
        versions: Those that can stand on the left, by their numbers.
        parts: The files that differ, by their paths.
        rows: Of the part that is shown.
        is_reading: Whether the version is still being read.
        problem: Why it cannot be, "" if it can.
    """

    versions: tuple[Choice, ...] = ()
    version: str = ""
    parts: tuple[Choice, ...] = ()
    part: str = ""
    rows: tuple[Pair, ...] = ()
    is_reading: bool = False
    problem: str = ""


class ComparisonView(QWidget):
    """Stands in place of the editor while the draft is compared.

    Signals:
        version_chosen: The number of another version.
        part_chosen: The path of another file.
        taken: The version is wanted in the draft.
        closed: Back to the editor.
    """

    version_chosen = Signal(str)
    part_chosen = Signal(str)
    taken = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("content")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.versions = DropDown(_("Version to compare with"))
        self.versions.chosen.connect(self.version_chosen)
        self.parts = DropDown(_("Part that differs"))
        self.parts.chosen.connect(self.part_chosen)
        self.count = Text("", "small", Tone.FAINT)
        self.diff = DiffView(_("The version and your draft, side by side"))
        self.empty = EmptyView()
        self._before = IconButton(
            Deed("before", _("Difference before  Shift+F8"), icon="caret-up")
        )
        self._next = IconButton(
            Deed("next", _("Next difference  F8"), icon="caret-down")
        )
        self._before.clicked.connect(self._on_before)
        self._next.clicked.connect(self._on_next)
        self.take = Button(Deed("take-version", "", icon="arrow-u-up-left"))
        self.take.clicked.connect(self.taken)
        close = Button(Deed("close-comparison", _("Close"), "ghost", "x"))
        close.clicked.connect(self.closed)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)
        bar = QFrame()
        bar.setObjectName("toolbar")
        bar.setFixedHeight(look().tokens.size["toolbar"])
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        for part in (self.versions, self.parts, self.count, self._before, self._next):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.take)
        row.addWidget(close)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.diff)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)

    def render_state(self, state: ComparisonState) -> None:
        """Show both sides, or why there is nothing to show."""
        self.versions.render_choices(state.versions, state.version)
        self.parts.render_choices(state.parts, state.part)
        has_rows = bool(state.parts) and not state.problem
        for part in (self.parts, self.count, self._before, self._next):
            part.setVisible(has_rows)
        places = count_of(state.rows)
        words = ngettext("{count} difference", "{count} differences", places)
        self.count.render_text(words.format(count=places))
        title = _("Take version {number} into the draft")
        self.take.render_deed(
            Deed(
                "take-version",
                title.format(number=state.version),
                icon="arrow-u-up-left",
                why_not="" if has_rows else _("Nothing differs."),
            )
        )
        names = {one.key: one.title for one in state.versions}
        self.diff.render_pairs(
            names.get(state.version, ""), _("Your draft"), state.rows
        )
        self.empty.render_empty(_nothing(state))
        self._stack.setCurrentWidget(self.diff if has_rows else self.empty)

    @Slot()
    def _on_next(self) -> None:
        self.diff.step(1)

    @Slot()
    def _on_before(self) -> None:
        self.diff.step(-1)


def _nothing(state: ComparisonState) -> Empty | None:
    """Return what stands where nothing can be compared."""
    if state.problem:
        return Empty("warning", _("This version cannot be read."), state.problem)
    if state.is_reading:
        return Empty("clock-counter-clockwise", _("Reading the version …"))
    if not state.parts:
        words = _("Your draft says the same as version {number}.")
        text = _("Choose another version, or close.")
        return Empty("equals", words.format(number=state.version), text)
    return None
