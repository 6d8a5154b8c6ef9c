"""The inbox, drawn."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from governance.texts import _
from widgets.kit.controls import Button, SearchField
from widgets.kit.frames import Card, Facts
from widgets.kit.marks import Chip, Text
from widgets.kit.page import PageView
from widgets.kit.table_view import TableView
from widgets.kit.values import Tone
from widgets.reviews.inbox_state import InboxDetail, InboxState


class InboxView(PageView):
    """Lists changes; the one selected stands beside them.

    Signals:
        words_changed: What was typed into the filter.
        selected: The change that a person came to.
        opened: The change that was entered.
    """

    words_changed = Signal(str)
    selected = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(inspector="inspector-wide")
        self.search = SearchField(_("Filter changes"))
        self.search.setMaximumWidth(240)
        self.search.textChanged.connect(self.words_changed)
        self.toolbar.addWidget(self.search, 2)
        self.toolbar.addStretch(1)
        self.toolbar.addWidget(Text(_("Oldest first"), "small", Tone.FAINT))
        self.table = TableView(_("Changes"), two_lines=True)
        self.table.selected.connect(self.selected)
        self.table.opened.connect(self.opened)
        self.content.addWidget(self.table)
        self._title = Text("", "heading", wraps=True)
        self._under = Text("", "body", Tone.QUIET, wraps=True)
        self._chip = Chip()
        self._why_title = Text(_("Why"), "micro", Tone.QUIET)
        self._why = Text("", "body", wraps=True)
        self._facts = Facts()
        self._card = Card()
        self._card.column.addWidget(self._facts)
        body = self.inspector.body
        head = QHBoxLayout()
        head.addWidget(self._chip)
        head.addStretch(1)
        for part in (self._title, self._under):
            body.addWidget(part)
        body.addLayout(head)
        for widget in (self._why_title, self._why, self._card):
            body.addWidget(widget)
        body.addStretch(1)
        self._buttons: dict[str, Button] = {}

    def render_state(self, state: InboxState) -> None:
        """Draw ``state``."""
        self.header.render_title(state.title, state.count)
        self.render_sections(state.sections, state.section)
        self.table.render_table(state.table, state.selected)
        self.render_empty(state.empty, self.table)
        self._render_detail(state.detail)

    def focus_filter(self) -> None:
        """Put the focus into the filter."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _render_detail(self, detail: InboxDetail) -> None:
        self._title.render_text(detail.title)
        self._under.render_text(detail.under)
        self._chip.render_mark(detail.mark)
        self._why.render_text(f"“{detail.why}”" if detail.why else "")
        self._why_title.setVisible(bool(detail.why))
        self._card.setVisible(bool(detail.facts))
        self._facts.render_facts(detail.facts)
        self.inspector.show_foot(is_shown=bool(detail.deeds))
        for deed in detail.deeds:
            if deed.key not in self._buttons:
                button = self._buttons[deed.key] = Button(deed)
                button.deed_chosen.connect(self.deed_chosen)
                self.inspector.foot.addWidget(button)
                self.inspector.foot.addStretch(1)
            self._buttons[deed.key].render_deed(deed)
