"""The inbox, drawn."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout

from governance.texts import _, quoted
from widgets.kit.controls import Button, SearchField
from widgets.kit.frames import Banner, Card, Facts, cleared
from widgets.kit.look import font, look
from widgets.kit.marks import Chip, Text
from widgets.kit.page import PageView
from widgets.kit.stretches import stretches_html
from widgets.kit.values import Choice, Tone
from widgets.reviews.inbox_table import InboxTable
from widgets.reviews.inbox_values import InboxDetail, InboxState

_LIST: Final = 560  # the width of the list where there is room for both
_DETAIL: Final = (304, 620)  # the narrowest and the widest detail


class InboxView(PageView):
    """Lists changes; the one selected stands beside them.

    Signals:
        words_changed: What was typed into the filter.
        selected: The change that a person came to.
        opened: The change that was entered.
        snooze_chosen: Until when the one selected is put off.
    """

    words_changed = Signal(str)
    selected = Signal(str)
    opened = Signal(str)
    snooze_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(inspector="inspector-wide")
        self.search = SearchField(_("Filter changes"))
        self.search.setMaximumWidth(240)
        self.search.textChanged.connect(self.words_changed)
        self.toolbar.addWidget(self.search, 2)
        self.toolbar.addStretch(1)
        self.toolbar.addWidget(Text(_("Oldest first"), "small", Tone.FAINT))
        self.table = InboxTable()
        self.table.selected.connect(self.selected)
        self.table.opened.connect(self.opened)
        self.table.keyed.connect(self.deed_chosen)
        self.content.addWidget(self.table)
        self._title = Text("", "heading", wraps=True)
        self._under = Text("", "body", Tone.QUIET, wraps=True)
        self._chip = Chip()
        self._notice = Banner(rounded=True)
        self._news_title = Text("", "micro", Tone.QUIET)
        self._news = QVBoxLayout()
        self._news.setSpacing(8)
        self._told: object = None
        self._news_note = Text("", "body", Tone.FAINT, wraps=True)
        self._why_title = Text(_("Why"), "micro", Tone.QUIET)
        self._why = Text("", "body", wraps=True)
        self._facts = Facts(label_width=128)
        self._card = Card()
        self._card.column.addWidget(self._facts)
        body = self.inspector.body
        head = QHBoxLayout()
        head.addWidget(self._chip)
        head.addStretch(1)
        for part in (self._title, self._under):
            body.addWidget(part)
        body.addLayout(head)
        body.addWidget(self._notice)
        body.addWidget(self._news_title)
        body.addWidget(self._news_note)
        body.addLayout(self._news)
        body.addWidget(self._why_title)
        body.addWidget(self._why)
        body.addWidget(self._card)
        body.addStretch(1)
        self._buttons: dict[str, Button] = {}
        look().changed.connect(self._on_look_changed)

    def render_state(self, state: InboxState) -> None:
        """Draw ``state``."""
        self.header.render_title(state.title, state.count)
        self.render_sections(state.sections, state.section)
        self.table.render_lines(state.table, state.lines, state.selected)
        self.render_empty(state.empty, self.table)
        self._render_detail(state.detail)

    def focus_filter(self) -> None:
        """Put the focus into the filter."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_until(self, choices: tuple[Choice, ...]) -> None:
        """Ask until when the selected change is put off."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in choices:
            action = QAction(one.title, menu)
            action.setObjectName(one.key)
            action.triggered.connect(self._on_until_chosen)
            menu.addAction(action)
        button = self._buttons.get("snooze")
        beside = button if button is not None and button.isVisible() else self.table
        corner = beside.mapToGlobal(QPoint(0, 0))
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))

    def set_compact(self, *, is_compact: bool) -> None:
        """Fold what has no room; the detail takes what the list does not need."""
        super().set_compact(is_compact=is_compact)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the detail what the list leaves."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        beside = self.sidebar.width() if self.sidebar.isVisibleTo(self) else 0
        room = self.width() - beside - _LIST
        narrow, wide = _DETAIL
        self.inspector.setFixedWidth(min(max(room, narrow), wide))

    def _render_detail(self, detail: InboxDetail) -> None:
        self._title.render_text(detail.title)
        self._under.render_text(detail.under)
        self._chip.render_mark(detail.mark)
        self._notice.render_notice(detail.notice)
        self._news_title.render_text(detail.news_title if detail.title else "")
        self._news_note.render_text(detail.news_note)
        if self._told != detail.news:
            self._told = detail.news
            self._render_news()
        self._why.render_text(quoted(detail.why) if detail.why else "")
        self._why_title.setVisible(bool(detail.why))
        self._card.setVisible(bool(detail.facts))
        self._facts.render_facts(detail.facts)
        self.inspector.show_foot(is_shown=bool(detail.deeds))
        keys = [deed.key for deed in detail.deeds]
        if keys != list(self._buttons):
            cleared(self.inspector.foot)
            self._buttons = {}
            for deed in detail.deeds:
                button = self._buttons[deed.key] = Button(deed)
                button.deed_chosen.connect(self.deed_chosen)
                self.inspector.foot.addWidget(button)
            self.inspector.foot.addStretch(1)
        for deed in detail.deeds:
            self._buttons[deed.key].render_deed(deed)

    def _render_news(self) -> None:
        cleared(self._news)
        parts = self._told if isinstance(self._told, tuple) else ()
        for title, stretches in parts:
            card = Card()
            words = QLabel(stretches_html(((title, stretches),)))
            words.setFont(font("body"))
            words.setWordWrap(True)
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said = " ".join(one.text for one in stretches)
            words.setAccessibleName(f"{title}: {said}")
            card.column.addWidget(words)
            self._news.addWidget(card)

    @Slot()
    def _on_look_changed(self) -> None:
        self._render_news()

    @Slot()
    def _on_until_chosen(self) -> None:
        self.snooze_chosen.emit(self.sender().objectName())
