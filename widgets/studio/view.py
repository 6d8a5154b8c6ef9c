"""The studio, drawn: parts and editor left, the message right, findings below."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from governance.texts import _
from widgets.kit.controls import DropDown, IconButton, escaped
from widgets.kit.look import look
from widgets.kit.marks import Chip, Text
from widgets.kit.page import PageView
from widgets.kit.values import Deed, Tone
from widgets.preview.client_view import ClientView
from widgets.preview.side import PreviewSide
from widgets.problems.view import ProblemsView
from widgets.source_editor.choosing import make_editor
from widgets.source_editor.port import SourceEditor
from widgets.studio.comparison import ComparisonView
from widgets.studio.find_bar import FindBar
from widgets.studio.forms import DetailsForm, SubjectForm
from widgets.studio.recovered import RecoveredBar
from widgets.studio.state import DETAILS, SUBJECT, StudioState

_EDITOR: Final = 480
_PROBLEMS: Final = 170
KEYS: Final = {
    "Ctrl+S": "save",
    "Ctrl+F": "find-text",
    "Ctrl+.": "fix",
    "F8": "next-finding",
    "Shift+F8": "finding-before",
    "Ctrl+D": "compare",
    "Ctrl+Shift+H": "versions",
}


class StudioView(PageView):
    """Holds the editors; which text is in them is the controller's business.

    Signals:
        tab_chosen: The key of a part.
        locale_chosen: Another language.
        sample_chosen: Another sample person.
        subject_edited: Another subject.
        preheader_edited: Another preheader.
        detail_edited: The name of a detail, and its text.
    """

    tab_chosen = Signal(str)
    locale_chosen = Signal(str)
    sample_chosen = Signal(str)
    subject_edited = Signal(str)
    preheader_edited = Signal(str)
    detail_edited = Signal(str, str)

    def __init__(self, editor: str = "") -> None:
        super().__init__(has_sidebar=False, inspector="")
        self.bar.hide()
        self._state = StudioState()
        self._is_filling = False
        self._chip = Chip()
        self._locale = DropDown(_("Language"))
        self._locale.chosen.connect(self.locale_chosen)
        self._saved = Text("", "small", Tone.FAINT)
        for part in (self._locale, self._chip, self._saved):
            self.header.marks.addWidget(part)
        self._undo = IconButton(Deed("undo", _("Undo"), icon="arrow-u-up-left"))
        self._redo = IconButton(Deed("redo", _("Redo"), icon="arrow-u-up-right"))
        self._find = IconButton(
            Deed("find-text", _("Find in this text"), icon="magnifying-glass")
        )
        self._versions = IconButton(
            Deed("compare", _("Compare with what is live  Ctrl+D"), icon="git-diff")
        )
        for button in (self._undo, self._redo, self._versions, self._find):
            button.deed_chosen.connect(self.deed_chosen)
            self.header.middle.addWidget(button)
        self.header.show_search(is_shown=False)
        self._tabs = self._tab_bar()
        self.editor: SourceEditor = make_editor(editor)
        self.subject, self.details = SubjectForm(), DetailsForm()
        self.subject.subject_edited.connect(self.subject_edited)
        self.subject.preheader_edited.connect(self.preheader_edited)
        for form in (self.subject, self.details):
            form.undo_requested.connect(self._on_undo)
            form.redo_requested.connect(self._on_redo)
        self.details.edited.connect(self.detail_edited)
        self._parts = QStackedWidget()
        for part_view in (self.editor, self.subject, self.details):
            self._parts.addWidget(part_view)
        self.recovered, self.finder = RecoveredBar(), FindBar()
        self.finder.hide()
        self.problems = ProblemsView()
        self.previews = PreviewSide()
        self.previews.sample_chosen.connect(self.sample_chosen)
        self.client, self.comparison = ClientView(), ComparisonView()
        self._upper = QSplitter(Qt.Orientation.Horizontal)
        self._upper.addWidget(self._editor_side())
        self._upper.addWidget(self.previews)
        self._upper.setChildrenCollapsible(False)
        self._upper.setStretchFactor(0, 5)
        self._upper.setStretchFactor(1, 6)
        self._upper.setHandleWidth(1)
        self._whole = QSplitter(Qt.Orientation.Vertical)
        self._whole.addWidget(self._upper)
        self._whole.addWidget(self.problems)
        self._whole.setStretchFactor(0, 1)
        self._whole.setHandleWidth(1)
        self._whole.setSizes([600, _PROBLEMS])
        for front in (self._whole, self.client, self.comparison):
            self.content.addWidget(front)
        self._front: QWidget = self._whole
        for keys, key in KEYS.items():
            self._key(keys, key)

    def render_state(self, state: StudioState) -> None:
        """Draw what stands around the editors."""
        self._state = state
        self.header.render_title(state.title)
        self.header.render_deeds(state.deeds)
        self._chip.render_mark(state.mark)
        self._saved.render_text(state.saved)
        self._locale.render_choices(state.locales, state.locale)
        self._locale.setVisible(bool(state.locales))
        self.previews.render_samples(state.samples, state.sample)
        self.render_notices(state.notices)
        self._render_tabs(state)
        shown: QWidget = self.editor
        if state.tab == SUBJECT:
            shown = self.subject
        elif state.tab == DETAILS:
            shown = self.details
        self._parts.setCurrentWidget(shown)
        nothing = _("Nothing to take back.")
        self._undo.render_deed(
            Deed(
                "undo",
                _("Undo"),
                icon="arrow-u-up-left",
                why_not="" if state.can_undo else nothing,
            )
        )
        self._redo.render_deed(
            Deed(
                "redo",
                _("Redo"),
                icon="arrow-u-up-right",
                why_not="" if state.can_redo else _("Nothing to do again."),
            )
        )
        self.previews.setVisible(state.has_preview)
        self.previews.render_problem(state.problem)
        self.render_empty(None, self._front)

    def show_client(self, *, is_shown: bool) -> None:
        """Show one mail client in place of the editor, or the editor again."""
        self._front = self.client if is_shown else self._whole
        self.content.setCurrentWidget(self._front)

    def show_comparison(self, *, is_shown: bool) -> None:
        """Show a version beside the draft in place of the editor, or the editor."""
        self._front = self.comparison if is_shown else self._whole
        self.content.setCurrentWidget(self._front)

    def _render_tabs(self, state: StudioState) -> None:
        self._is_filling = True
        titles = [
            escaped(f"{one.title}  {one.count}" if one.count else one.title)
            for one in state.tabs
        ]
        while self._tabs.count() > len(titles):
            self._tabs.removeTab(self._tabs.count() - 1)
        while self._tabs.count() < len(titles):
            self._tabs.addTab("")
        colors = look().tokens.colors
        for at, (sign, title) in enumerate(zip(state.tabs, titles, strict=True)):
            if self._tabs.tabText(at) != title:
                self._tabs.setTabText(at, title)
            ink = colors[sign.tone][:7] if sign.count else ""
            self._tabs.setTabTextColor(at, ink)
        keys = [one.key for one in state.tabs]
        if state.tab in keys:
            self._tabs.setCurrentIndex(keys.index(state.tab))
        self._is_filling = False

    def _tab_bar(self) -> QTabBar:
        tabs = QTabBar()
        tabs.setAccessibleName(_("Parts of the message"))
        tabs.setExpanding(False)
        tabs.setDrawBase(False)
        tabs.currentChanged.connect(self._on_tab_changed)
        return tabs

    def _editor_side(self) -> QWidget:
        side = QFrame()
        side.setObjectName("content")
        side.setMinimumWidth(_EDITOR)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QFrame()
        bar.setObjectName("toolbar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self._tabs)
        row.addStretch(1)
        column.addWidget(bar)
        column.addWidget(self.recovered)
        column.addWidget(self.finder)
        column.addWidget(self._parts, 1)
        return side

    def _key(self, keys: str, key: str) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setObjectName(key)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_key)

    @Slot()
    def _on_key(self) -> None:
        self.deed_chosen.emit(self.sender().objectName())

    @Slot()
    def _on_undo(self) -> None:
        self.deed_chosen.emit("undo")

    @Slot()
    def _on_redo(self) -> None:
        self.deed_chosen.emit("redo")

    @Slot(int)
    def _on_tab_changed(self, index: int) -> None:
        if not self._is_filling and 0 <= index < len(self._state.tabs):
            self.tab_chosen.emit(self._state.tabs[index].key)
