"""The history, drawn."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from governance.texts import _
from widgets.history.entry_panel import EntryPanel
from widgets.history.state import HistoryState, Seal, Verifying
from widgets.kit.controls import Button, DropDown, SearchField
from widgets.kit.files import FileAsker
from widgets.kit.frames import Card
from widgets.kit.look import look
from widgets.kit.marks import StateText, Text
from widgets.kit.page import PageView
from widgets.kit.table_view import TableView
from widgets.kit.values import Tone


class HistoryView(PageView):
    """Lists what was signed; what is selected stands beside it, with its proof.

    Signals:
        words_changed: What was typed into the filter.
        filter_chosen: Which filter ("days", "text", "person"), and what was chosen.
        selected: The key of the row that a person came to.
        opened: The key of the row that was entered.
        more_wanted: A person came to the end of what is drawn.
    """

    words_changed = Signal(str)
    filter_chosen = Signal(str, str)
    selected = Signal(str)
    opened = Signal(str)
    more_wanted = Signal()

    def __init__(self) -> None:
        self._seal_card: QWidget | None = None
        self._is_more = False
        super().__init__()
        self.search = SearchField(_("Person, text or words"))
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(220)
        self.search.textChanged.connect(self.words_changed)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.focus_filter)
        self.toolbar.addWidget(self.search, 4)
        self._drops = {
            name: DropDown(title)
            for name, title in (
                ("days", _("When")),
                ("text", _("About which text")),
                ("person", _("Who")),
            )
        }
        for name, drop in self._drops.items():
            drop.setObjectName(name)
            drop.setMaximumWidth(150)
            drop.chosen.connect(self._on_filter_chosen)
            self.toolbar.addWidget(drop)
        self.toolbar.addStretch(1)
        self._label = Text("", "small", Tone.FAINT)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(120)
        self.toolbar.addWidget(self._label)
        self.toolbar.addWidget(self._progress)
        self.table = TableView(_("What was signed"), two_lines=True)
        self.table.selected.connect(self.selected)
        self.table.opened.connect(self.opened)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.content.addWidget(self.table)
        self.panel = EntryPanel()
        self.inspector.body.addWidget(self.panel)
        self.inspector.body.addStretch(1)
        self.inspector.foot.addStretch(1)
        self.files = FileAsker(self)
        self._buttons: dict[str, Button] = {}
        self._seal_mark = StateText()
        self._seal_text = Text("", "small", Tone.QUIET, wraps=True)
        self._compare = Text(_("Compare with a colleague"), "small", Tone.FAINT)
        self._words = Text("", "strong", wraps=True)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._lay_out_seal()

    def render_state(self, state: HistoryState) -> None:
        """Draw ``state``; nothing else decides what is seen."""
        self.header.render_title(state.title, state.count)
        self.header.render_deeds(state.deeds)
        self.render_sections(state.sections, state.filter.section)
        for name, choices in (
            ("days", state.days),
            ("text", state.texts),
            ("person", state.people),
        ):
            self._drops[name].render_choices(choices, getattr(state.filter, name))
        if self.search.text() != state.filter.words:
            self.search.setText(state.filter.words)
        self.render_notices(state.notices)
        self.table.render_table(state.table, state.selected)
        self.render_empty(state.empty, self.table)
        self._render_seal(state.seal)
        self._is_more = state.is_more
        self.render_verifying(state.verifying)
        self.panel.render_entry(state.inspector)
        deeds = state.inspector.deeds
        self.inspector.show_foot(is_shown=bool(deeds))
        for key in set(self._buttons) - {deed.key for deed in deeds}:
            self._buttons[key].hide()
        for at, deed in enumerate(deeds):
            if deed.key not in self._buttons:
                button = self._buttons[deed.key] = Button(deed)
                button.deed_chosen.connect(self.deed_chosen)
                self.inspector.foot.insertWidget(at, button)
            self._buttons[deed.key].render_deed(deed)

    def render_verifying(self, verifying: Verifying) -> None:
        """Say how far the whole is verified."""
        is_busy = bool(verifying.label)
        self._label.render_text(verifying.label)
        self._progress.setVisible(is_busy)
        self._progress.setRange(0, verifying.total)
        self._progress.setValue(verifying.done)
        self._progress.setAccessibleName(verifying.label)

    @Slot()
    def focus_filter(self) -> None:
        """Put the focus into the filter."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def set_compact(self, *, is_compact: bool) -> None:
        """Fold what has no room in a small window."""
        super().set_compact(is_compact=is_compact)
        if self._seal_card is not None:
            self._seal_card.setVisible(not is_compact)

    def _render_seal(self, seal: Seal) -> None:
        self._seal_mark.render_mark(seal.mark)
        self._seal_text.render_text(seal.text)
        self._compare.setVisible(bool(seal.words))
        self._words.render_text(seal.words)

    def _lay_out_seal(self) -> None:
        """Put the card under the sidebar."""
        card = Card()
        card.column.setContentsMargins(12, 12, 12, 12)
        card.column.setSpacing(6)
        for part in (self._seal_mark, self._seal_text):
            card.column.addWidget(part)
        card.column.addSpacing(2)
        card.column.addWidget(self._compare)
        card.column.addWidget(self._words)
        frame = QWidget()
        frame.setObjectName("sidebar")
        frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QHBoxLayout(frame)
        inner.setContentsMargins(10, 4, 10, 12)
        inner.addWidget(card)
        holder = QWidget()
        holder.setFixedWidth(look().tokens.size["sidebar"])
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        layout = self.layout()
        assert layout is not None, "the frame of a room has one"
        layout.replaceWidget(self.sidebar, holder)
        column.addWidget(self.sidebar, 1)
        column.addWidget(frame)
        self._seal_card = holder

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        if self._is_more and value >= self.table.verticalScrollBar().maximum():
            self._is_more = False
            self.more_wanted.emit()

    @Slot(str)
    def _on_filter_chosen(self, key: str) -> None:
        self.filter_chosen.emit(self.sender().objectName(), key)
