"""The search over all templates, drawn."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QProgressBar, QToolButton

from governance.content.search import Query, Scope
from governance.texts import _
from widgets.kit.controls import Button, DropDown, IconButton, SearchField
from widgets.kit.frames import Card, Facts
from widgets.kit.look import font, look
from widgets.kit.marks import Text
from widgets.kit.page import PageView
from widgets.kit.values import Deed, Tone
from widgets.search.hits import HitTable
from widgets.search.place_state import SearchInspector
from widgets.search.state import SearchState

_FIELD: Final = 190


class SearchView(PageView):
    """Asks for words and what comes instead; lists where they stand.

    Signals:
        query_changed: What is looked for now, a ``Query``.
        entered: Look for it at once, Enter was pressed.
        instead_changed: What stands there then.
        selected: The key of a place.
        opened: Go to this place.
        ticked: Tick this place, or take its tick away.
        cancelled: Stop what is under way.
    """

    query_changed = Signal(object)
    entered = Signal()
    instead_changed = Signal(str)
    selected = Signal(str)
    opened = Signal(str)
    ticked = Signal(str)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__(has_sidebar=False)
        self.header.render_title(_("Search in all templates"))
        self.header.show_search(is_shown=False)
        self.words = SearchField(_("Words to look for"))
        self.words.setMinimumWidth(_FIELD)
        self.words.textChanged.connect(self._on_asked)
        self.words.returnPressed.connect(self.entered)
        self._switches = {
            "case": _switch("Aa", _("Mind capitals and small letters")),
            "whole": _switch("|ab|", _("Whole words only")),
            "pattern": _switch(".*", _("Regular expression")),
        }
        self.instead = QLineEdit()
        self.instead.setPlaceholderText(_("Replace with"))
        self.instead.setAccessibleName(_("Replace with"))
        self.instead.setMinimumWidth(_FIELD)
        self.instead.textChanged.connect(self.instead_changed)
        self._scope = DropDown(_("Where is looked"))
        self._scope.chosen.connect(self._on_asked)
        self._ticks = IconButton(Deed("tick-all", _("Tick all"), icon="square"))
        self._ticks.deed_chosen.connect(self.deed_chosen)
        self.toolbar.addWidget(self.words, 3)
        for button in self._switches.values():
            button.toggled.connect(self._on_asked)
            self.toolbar.addWidget(button)
        self.toolbar.addWidget(self.instead, 3)
        self.toolbar.addWidget(self._scope)
        self.toolbar.addStretch(1)
        self.toolbar.addWidget(self._ticks)
        self._label = Text("", "small", Tone.FAINT)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(120)
        self._cancel = Button(Deed("cancel", _("Cancel")))
        self._cancel.setProperty("size", "small")
        self._cancel.clicked.connect(self.cancelled)
        for part in (self._label, self._progress, self._cancel):
            self.header.middle.addWidget(part)
        self.table = HitTable(_("Where it stands"))
        self.table.selected.connect(self.selected)
        self.table.opened.connect(self.opened)
        self.table.ticked.connect(self.ticked)
        self.content.addWidget(self.table)
        self._build_inspector()
        down = QShortcut(QKeySequence("Down"), self.words)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._on_down)

    def render_state(self, state: SearchState) -> None:
        """Draw ``state``; nothing else decides what is seen."""
        self.header.render_title(_("Search in all templates"), state.count)
        self.header.render_deeds(state.deeds)
        self._scope.render_choices(state.scopes, state.query.scope)
        self._ticks.render_deed(state.ticks)
        self.render_notices(state.notices)
        self.table.render_table(state.table, state.selected)
        self.render_empty(state.empty, self.table)
        self.render_progress(state.label, state.done, state.total)
        self._render_inspector(state.inspector)

    def render_progress(self, label: str, done: int, total: int) -> None:
        """Say how far it is."""
        self._label.render_text(label)
        self._progress.setVisible(bool(label))
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._progress.setAccessibleName(label)
        self._cancel.setVisible(bool(label))

    def render_query(self, query: Query) -> None:
        """Show what is looked for, where code decides it."""
        if self.words.text() != query.words:
            self.words.setText(query.words)
        self._scope.setCurrentIndex(max(self._scope.findData(query.scope), 0))

    def query(self) -> Query:
        """Return what is looked for."""
        return Query(
            self.words.text(),
            minds_case=self._switches["case"].isChecked(),
            is_whole=self._switches["whole"].isChecked(),
            is_pattern=self._switches["pattern"].isChecked(),
            scope=Scope(self._scope.key or Scope.TEMPLATES),
        )

    def focus_words(self) -> None:
        """Put the focus where one writes what is looked for."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def _build_inspector(self) -> None:
        self._title = Text("", "title", wraps=True)
        self._facts = Facts()
        self._now, self._then = _code(), _code()
        self._now_card = Card(_("Now"), sunken=True)
        self._now_card.column.addWidget(self._now)
        self._then_card = Card(_("Then"), sunken=True)
        self._then_card.column.addWidget(self._then)
        self._note = Text("", "body", Tone.WARN, wraps=True)
        for part in (
            self._title,
            self._facts,
            self._now_card,
            self._then_card,
            self._note,
        ):
            self.inspector.body.addWidget(part)
        self.inspector.body.addStretch(1)
        self._buttons: dict[str, Button] = {}
        self.inspector.foot.addStretch(1)

    def _render_inspector(self, state: SearchInspector) -> None:
        self._title.render_text(state.title)
        self._facts.render_facts(state.facts)
        self._now.render_text(state.now)
        self._now_card.setVisible(bool(state.now))
        self._then.render_text(state.then)
        self._then_card.setVisible(bool(state.then))
        self._note.render_text(state.note)
        self.inspector.show_foot(is_shown=bool(state.deeds))
        for at, deed in enumerate(state.deeds):
            if deed.key not in self._buttons:
                button = self._buttons[deed.key] = Button(deed)
                button.deed_chosen.connect(self.deed_chosen)
                self.inspector.foot.insertWidget(at, button)
            self._buttons[deed.key].render_deed(deed)

    @Slot()
    def _on_asked(self) -> None:
        self.query_changed.emit(self.query())

    @Slot()
    def _on_down(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)


def _switch(sign: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setText(sign)
    button.setCheckable(True)
    button.setFixedHeight(look().px(30))
    button.setMinimumWidth(look().px(30))
    button.setToolTip(name)
    button.setAccessibleName(name)
    return button


def _code() -> Text:
    text = Text("", "code", wraps=True)
    text.setFont(font("code"))
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return text
