"""The practice board, drawn: a column for each stage, cards that move."""

from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from governance.texts import _
from widgets.candidates.board_state import Stage
from widgets.candidates.cards import CardDelegate, CardModel
from widgets.kit.look import look
from widgets.kit.marks import Text
from widgets.kit.values import Tone

_NARROWEST: Final = 132
_EMPTY: Final = 92


class StageList(QListView):
    """One column of cards.

    Signals:
        selected: The key of the card that a person came to.
        opened: Enter or a double click on a card.
        moved: A card and the step: 1 to the next stage, -1 to the one before.
        left: To another column, by a step.
    """

    selected = Signal(str)
    opened = Signal(str)
    moved = Signal(str, int)
    left = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._is_telling = True
        self.cards = CardModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setStyleSheet("QListView { background: transparent; }")
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        look().changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def key(self) -> str:
        """The card that a person came to."""
        at = self.currentIndex().row()
        cards = self.cards.cards
        return cards[at].key if 0 <= at < len(cards) else ""

    def render_stage(self, stage: Stage, selected: str) -> None:
        """Show a stage's cards, with one selected if it is here."""
        self.setAccessibleName(f"{stage.title}, {len(stage.cards)}")
        scroll = self.verticalScrollBar().value()
        self._is_telling = False
        self.cards.set_cards(stage.cards)
        keys = [card.key for card in stage.cards]
        if selected in keys:
            index = self.cards.index(keys.index(selected))
            if self.currentIndex() != index:
                self.setCurrentIndex(index)
        else:
            self.selectionModel().clear()
        self.verticalScrollBar().setValue(scroll)
        self._is_telling = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another column with the arrows; move the card with Ctrl and them."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.key:
                self.moved.emit(self.key, step)
        elif step and not event.modifiers():
            self.left.emit(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.key:
                self.opened.emit(self.key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come to a card, so that the keys have one."""
        super().focusInEvent(event)
        self.come_to_first()

    def come_to_first(self) -> None:
        """Come to the first card where none is selected."""
        if not self.currentIndex().isValid() and self.cards.cards:
            self.setCurrentIndex(self.cards.index(0))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if self._is_telling and index.isValid():
            self.selected.emit(self.cards.cards[index.row()].key)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.selected.emit(self.cards.cards[index.row()].key)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.cards.cards[index.row()].key)


class BoardView(QScrollArea):
    """All columns.

    Signals:
        selected: The key of the card that a person came to.
        opened: The key of a card that was entered.
        moved: A card, and the stage that it is to move to.
        stepped: A card, and the step: 1 for the next stage, -1 for the one before.
    """

    selected = Signal(str)
    opened = Signal(str)
    moved = Signal(str, str)
    stepped = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Candidates by stage"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("content")
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(12, 12, 12, 12)
        self._row.setSpacing(8)
        self.setWidget(inside)
        self.lists: dict[str, StageList] = {}
        self._heads: dict[str, Text] = {}
        self._columns: dict[str, QFrame] = {}

    def render_stages(self, stages: tuple[Stage, ...], selected: str) -> None:
        """Show the columns."""
        for stage in stages:
            if stage.key not in self.lists:
                self._add(stage)
            self._heads[stage.key].render_text(f"{stage.title}  {len(stage.cards)}")
            self.lists[stage.key].render_stage(stage, selected)
            wide = _NARROWEST if stage.cards else _EMPTY
            self._columns[stage.key].setMinimumWidth(look().px(wide))
            at = self._row.indexOf(self._columns[stage.key])
            self._row.setStretch(at, 1 if stage.cards else 0)

    def focus_card(self) -> None:
        """Put the focus on the card that is selected."""
        for one in self.lists.values():
            if one.key:
                one.setFocus()
                return

    def _add(self, stage: Stage) -> None:
        column = self._columns[stage.key] = QFrame()
        column.setObjectName("sunken-card")
        inner = QVBoxLayout(column)
        inner.setContentsMargins(6, 10, 6, 6)
        inner.setSpacing(6)
        head = self._heads[stage.key] = Text("", "strong", Tone.QUIET)
        head.setContentsMargins(6, 0, 0, 0)
        cards = self.lists[stage.key] = StageList()
        cards.setObjectName(stage.key)
        cards.selected.connect(self.selected)
        cards.opened.connect(self.opened)
        cards.moved.connect(self.stepped)
        cards.left.connect(self._on_left)
        cards.cards.dropped.connect(self._on_dropped)
        inner.addWidget(head)
        inner.addWidget(cards, 1)
        self._row.addWidget(column, 1)

    @Slot(str)
    def _on_dropped(self, key: str) -> None:
        model = self.sender()
        for stage, one in self.lists.items():
            if one.cards is model:
                self.moved.emit(key, stage)

    @Slot(int)
    def _on_left(self, step: int) -> None:
        names = list(self.lists)
        at = names.index(self.sender().objectName()) + step
        while 0 <= at < len(names):
            one = self.lists[names[at]]
            if one.cards.rowCount():
                one.setFocus()
                one.come_to_first()
                return
            at += step
