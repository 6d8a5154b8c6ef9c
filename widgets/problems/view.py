"""The findings panel, drawn."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from governance.texts import _
from widgets.kit.controls import SearchField
from widgets.kit.frames import EmptyView, cleared
from widgets.kit.marks import StateText, Text
from widgets.kit.table_view import TableView
from widgets.kit.values import Tone
from widgets.problems.state import ProblemsState

_FIX_COLUMN = 4


class ProblemsView(QFrame):
    """Lists findings; Enter goes to one, Ctrl+. mends it.

    Signals:
        words_changed: What was typed into the filter.
        selected: The number of a finding.
        opened: Go to the finding of this number.
        fix_requested: Mend the finding of this number.
        accept_requested: Let the finding of this number pass.
    """

    words_changed = Signal(str)
    selected = Signal(str)
    opened = Signal(str)
    fix_requested = Signal(str)
    accept_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._counts = QHBoxLayout()
        self._counts.setSpacing(12)
        self._old = Text(_("of the text before"), "small", Tone.FAINT)
        self.search = SearchField(_("Filter findings"))
        self.search.setFixedWidth(190)
        self.search.textChanged.connect(self.words_changed)
        self.table = TableView(_("Findings"))
        self.table.setHeaderHidden(True)
        self.table.selected.connect(self.selected)
        self.table.opened.connect(self.opened)
        self.table.clicked.connect(self._on_clicked)
        self._offer_menu()
        self._empty = EmptyView()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 2, 12, 2)
        row.setSpacing(12)
        row.addWidget(Text(_("Findings"), "strong"))
        row.addLayout(self._counts)
        row.addWidget(self._old)
        row.addStretch(1)
        row.addWidget(self.search)
        head.setFixedHeight(38)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)

    def render_state(self, state: ProblemsState) -> None:
        """Draw ``state``."""
        cleared(self._counts)
        for mark in state.counts:
            self._counts.addWidget(StateText(mark))
        self._old.setVisible(state.is_old)
        self.table.render_table(state.table, state.selected or None)
        self._empty.render_empty(state.empty)
        shown = self.table if state.empty is None else self._empty
        self._stack.setCurrentWidget(shown)

    def _offer_menu(self) -> None:
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for title, slot in (
            (_("Go there"), self._on_menu_open),
            (_("Mend it"), self._on_menu_fix),
            (_("Accept…"), self._on_menu_accept),
        ):
            action = QAction(title, self.table)
            action.triggered.connect(slot)
            self.table.addAction(action)

    def _key(self) -> str:
        row = self.table.rows.row_at(self.table.currentIndex())
        return row.key if row is not None else ""

    @Slot()
    def _on_menu_open(self) -> None:
        self.opened.emit(self._key())

    @Slot()
    def _on_menu_fix(self) -> None:
        self.fix_requested.emit(self._key())

    @Slot()
    def _on_menu_accept(self) -> None:
        self.accept_requested.emit(self._key())

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        row = self.table.rows.row_at(index)
        if row is None:
            return
        if index.column() == _FIX_COLUMN and row.cells[_FIX_COLUMN].mark:
            self.fix_requested.emit(row.key)
        else:
            self.opened.emit(row.key)
