"""The library, drawn."""

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from governance.texts import _
from widgets.kit.controls import Button, DropDown, IconButton, SearchField
from widgets.kit.frames import Facts, cleared
from widgets.kit.icons import icon
from widgets.kit.marks import Chip, Text
from widgets.kit.page import PageView
from widgets.kit.table_view import TableView
from widgets.kit.values import Deed, Tone
from widgets.library.shelf_state import InspectorState
from widgets.library.state import LibraryState
from widgets.web.mail_view import MailView

_PICTURE = 244
_HALF = 0.5


class LibraryView(PageView):
    """Lists what is governed; what is selected stands beside it, rendered.

    Signals:
        words_changed: What was typed into the filter.
        filter_chosen: Which filter, and what was chosen in it.
        selected: The key of the row that a person came to.
        opened: The key of the row that was entered.
        linked: The link of a fact.
    """

    words_changed = Signal(str)
    filter_chosen = Signal(str, str)
    selected = Signal(str)
    opened = Signal(str)
    linked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchField(_("Filter templates"))
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(220)
        self.search.textChanged.connect(self.words_changed)
        self._drops = {
            name: DropDown(title)
            for name, title in (
                ("standing", _("State")),
                ("locale", _("Language")),
                ("channel", _("Channel")),
                ("grouping", _("Grouping")),
            )
        }
        self.toolbar.addWidget(self.search, 4)
        for name in ("standing", "locale", "channel"):
            self.toolbar.addWidget(self._drops[name])
        self.toolbar.addStretch(1)
        self.toolbar.addWidget(self._drops["grouping"])
        for name, drop in self._drops.items():
            drop.setObjectName(name)
            drop.chosen.connect(self._on_filter_chosen)
        self.table = TableView(_("What the library holds"))
        self.table.selected.connect(self.selected)
        self.table.opened.connect(self.opened)
        self.content.addWidget(self.table)
        self._build_inspector()
        self._buttons: dict[str, Button] = {}
        self._offers: tuple[Deed, ...] = ()
        self.inspector.foot.addStretch(1)
        self._connect_keys()

    def _build_inspector(self) -> None:
        self._title = Text("", "title", wraps=True)
        self._marks = QHBoxLayout()
        self._marks.setSpacing(8)
        self._picture = MailView(
            _("The message, as the sample person gets it"), zoom=_HALF
        )
        self._frame = QFrame()
        self._frame.setObjectName("sunken-card")
        self._frame.setFixedHeight(_PICTURE)
        inner = QVBoxLayout(self._frame)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self._picture)
        self._note = Text("", "body", Tone.FAINT, wraps=True)
        self._facts = Facts()
        self._facts.linked.connect(self.linked)
        self._more = IconButton(Deed("more", _("More"), icon="dots-three"))
        self._more.deed_chosen.connect(self._on_more)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        body = self.inspector.body
        body.addLayout(head)
        body.addLayout(self._marks)
        body.addWidget(self._frame)
        body.addWidget(self._note)
        body.addWidget(self._facts)
        body.addStretch(1)

    def _connect_keys(self) -> None:
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._on_menu_requested)
        for keys, key in (("F2", "rename"), ("Del", "archive")):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.setObjectName(key)
            shortcut.activated.connect(self._on_key)
        self.search.returnPressed.connect(self._on_search_entered)

    def render_state(self, state: LibraryState) -> None:
        """Draw ``state``; nothing else decides what is seen."""
        self.header.render_title(state.title, state.count)
        self.header.render_deeds(state.deeds)
        self.render_sections(state.sections, state.section)
        for name, choices in (
            ("standing", state.standings),
            ("locale", state.locales),
            ("channel", state.channels),
            ("grouping", state.groupings),
        ):
            drop = self._drops[name]
            drop.render_choices(choices, getattr(state.filter, name))
            drop.setVisible(state.has_filters)
        if self.search.text() != state.filter.words:
            self.search.setText(state.filter.words)
        self.table.render_table(state.table, state.selected)
        self.render_empty(state.empty, self.table)
        self._render_inspector(state.inspector)

    def focus_filter(self) -> None:
        """Put the focus into the filter."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _render_inspector(self, state: InspectorState) -> None:
        self._title.render_text(state.title)
        cleared(self._marks)
        for mark in state.marks:
            self._marks.addWidget(Chip(mark))
        self._marks.addStretch(1)
        self._frame.setVisible(bool(state.html or state.is_waiting))
        if not state.is_waiting:  # the picture before stays until there is a new one
            self._picture.render_html(state.html)
        self._note.render_text(state.note)
        self._facts.render_facts(state.facts)
        self._offers = state.more
        self._more.setVisible(bool(state.more))
        self.inspector.show_foot(is_shown=bool(state.deeds))
        for key in set(self._buttons) - {deed.key for deed in state.deeds}:
            self._buttons[key].hide()
        for deed in state.deeds:
            if deed.key not in self._buttons:
                button = self._buttons[deed.key] = Button(deed)
                button.deed_chosen.connect(self.deed_chosen)
                foot = self.inspector.foot
                foot.insertWidget(foot.count() - 1, button)
            self._buttons[deed.key].render_deed(deed)

    @Slot(str)
    def _on_filter_chosen(self, key: str) -> None:
        self.filter_chosen.emit(self.sender().objectName(), key)

    @Slot()
    def _on_search_entered(self) -> None:
        """Go on from the filter into the list."""
        self.table.setFocus()
        if not self.table.key:
            self.table.select_beside(1)

    @Slot()
    def _on_key(self) -> None:
        key = self.sender().objectName()
        if any(deed.key == key and not deed.why_not for deed in self._offers):
            self.deed_chosen.emit(key)

    @Slot(str)
    def _on_more(self, _key: str) -> None:
        self._pop_up(self._more.mapToGlobal(QPoint(0, self._more.height())))

    @Slot(QPoint)
    def _on_menu_requested(self, at: QPoint) -> None:
        row = self.table.rows.row_at(self.table.indexAt(at))
        if row is not None and row.key == self.table.key:
            self._pop_up(self.table.viewport().mapToGlobal(at))

    def menu(self) -> QMenu:
        """Return everything that can be done with what is selected, as a menu."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        shown = [button for button in self._buttons.values() if not button.isHidden()]
        for button in shown:
            action = QAction(button.icon(), button.text(), menu)
            action.setEnabled(button.isEnabled())
            action.triggered.connect(button.click)
            menu.addAction(action)
        if shown and self._offers:
            menu.addSeparator()
        for deed in self._offers:
            action = QAction(icon(deed.icon), deed.title, menu)
            action.setObjectName(deed.key)
            action.setShortcut(QKeySequence(deed.shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setEnabled(not deed.why_not)
            action.setToolTip(deed.why_not or deed.title)
            action.triggered.connect(self._on_offer)
            menu.addAction(action)
        return menu

    def _pop_up(self, place: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    @Slot()
    def _on_offer(self) -> None:
        self.deed_chosen.emit(self.sender().objectName())
