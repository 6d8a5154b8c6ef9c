"""The frame of a room: header, banners, sidebar, toolbar, content, inspector."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from governance.texts import _
from widgets.kit.controls import Button, DropDown
from widgets.kit.frames import Banner, EmptyView
from widgets.kit.look import look
from widgets.kit.marks import Text
from widgets.kit.sidebar import Sidebar
from widgets.kit.values import Choice, Deed, Empty, Notice, Section, Tone

WIDE: Final = 1400  # pixels of window from which nothing is folded
_SLACK: Final = 40  # so that a width at the edge does not flicker


class Header(QFrame):
    """Title, one sentence of count, search, the main action.

    Signals:
        search_requested: A person wants the command palette.
        deed_chosen: The key of a button.
        back_requested: Back to where this was opened from.
    """

    search_requested = Signal()
    deed_chosen = Signal(str)
    back_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self._fit()
        look().changed.connect(self._fit)
        self._back = Button(Deed("back", "", "ghost", "caret-left", "Alt+Left"))
        self._back.hide()
        self._back.clicked.connect(self.back_requested)
        self._title = Text("", "title")
        self._count = Text("", "body", Tone.QUIET)
        self.marks = QHBoxLayout()
        self.marks.setSpacing(8)
        self.middle = QHBoxLayout()
        self.middle.setSpacing(8)
        self._search = Button(
            Deed("search", _("Search or run a command"), "default", "magnifying-glass")
        )
        self._search.setToolTip(_("Search or run a command  Ctrl+K"))
        self._search.clicked.connect(self.search_requested)
        self._deeds = QHBoxLayout()
        self._deeds.setSpacing(8)
        self._buttons: dict[str, Button] = {}
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(10)
        row.addWidget(self._back)
        row.addWidget(self._title)
        row.addLayout(self.marks)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addLayout(self.middle)
        row.addWidget(self._search)
        row.addLayout(self._deeds)

    def render_title(self, title: str, count: str = "") -> None:
        """Say where this is, and how much there is."""
        self._title.setText(title)
        self._count.render_text(count)

    def render_back(self, place: str) -> None:
        """Offer to go back to ``place``, "" for nowhere."""
        self._back.render_deed(
            Deed("back", place, "ghost", "caret-left", "Alt+Left", is_shown=bool(place))
        )

    def render_deeds(self, deeds: tuple[Deed, ...]) -> None:
        """Offer ``deeds``, the main one last."""
        for key in [key for key in self._buttons if key not in {d.key for d in deeds}]:
            button = self._buttons.pop(key)
            button.hide()
            button.deleteLater()
        for number, deed in enumerate(deeds):
            if deed.key not in self._buttons:
                button = self._buttons[deed.key] = Button(deed)
                button.deed_chosen.connect(self.deed_chosen)
                self._deeds.insertWidget(number, button)
            self._buttons[deed.key].render_deed(deed)

    def show_search(self, *, is_shown: bool) -> None:
        """Have the search field or not; where it is not, Ctrl+K still works."""
        self._search.setVisible(is_shown)

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(look().px(look().tokens.size["header"]))

    def fold(self, *, is_compact: bool) -> None:
        """Take less room in a small window."""
        words = "" if is_compact else _("Search or run a command")
        self._search.setText(words)


class Inspector(QFrame):
    """The panel on the right: what scrolls, and a foot with deeds."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.body = QVBoxLayout()
        self.body.setContentsMargins(16, 16, 16, 16)
        self.body.setSpacing(12)
        inside = QWidget()
        inside.setObjectName("content")
        inside.setLayout(self.body)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._foot = QFrame()
        self._foot.setObjectName("foot")
        self.foot = QHBoxLayout(self._foot)
        self.foot.setContentsMargins(16, 12, 16, 12)
        self.foot.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._foot)
        self._foot.hide()

    def show_foot(self, *, is_shown: bool) -> None:
        """Have a foot or not."""
        self._foot.setVisible(is_shown)


class PageView(QWidget):
    """A room. Who builds one puts its own parts in; the frame folds by itself.

    Signals:
        section_chosen: The key of a line of the sidebar.
        deed_chosen: The key of a button of the header, a banner or an empty state.
        search_requested: A person wants the command palette.
        back_requested: Back to where this was opened from.
    """

    section_chosen = Signal(str)
    deed_chosen = Signal(str)
    search_requested = Signal()
    back_requested = Signal()

    def __init__(
        self, *, has_sidebar: bool = True, inspector: str = "inspector"
    ) -> None:
        super().__init__()
        self.header = Header()
        self.header.search_requested.connect(self.search_requested)
        self.header.deed_chosen.connect(self.deed_chosen)
        self.header.back_requested.connect(self.back_requested)
        self._banners = QVBoxLayout()
        self._banners.setSpacing(0)
        self._shown: list[Banner] = []
        self.sidebar = Sidebar(_("What is listed"))
        self.sidebar.chosen.connect(self.section_chosen)
        self.sidebar.setVisible(has_sidebar)
        self._has_sidebar = has_sidebar
        self._folded = DropDown(_("What is listed"))
        self._folded.chosen.connect(self.section_chosen)
        self._folded.hide()
        self.toolbar = QHBoxLayout()
        self.toolbar.setContentsMargins(16, 0, 12, 0)
        self.toolbar.setSpacing(8)
        self.toolbar.addWidget(self._folded)
        self.bar = QFrame()
        self.bar.setObjectName("toolbar")
        self._fit_bar()
        look().changed.connect(self._fit_bar)
        self.bar.setLayout(self.toolbar)
        self.content = QStackedWidget()
        self.content.setObjectName("content")
        self.empty = EmptyView()
        self.empty.setObjectName("content")
        self.empty.acted.connect(self.deed_chosen)
        self.content.addWidget(self.empty)
        self.inspector = Inspector()
        self._inspector_size = inspector
        self._is_inspector_wanted = bool(inspector)
        self._lay_out()
        self.set_compact(is_compact=False)

    def render_notices(self, notices: tuple[Notice, ...]) -> None:
        """Show banners under the header, in this order."""
        while len(self._shown) < len(notices):
            banner = Banner()
            banner.acted.connect(self.deed_chosen)
            self._shown.append(banner)
            self._banners.addWidget(banner)
        for number, banner in enumerate(self._shown):
            banner.render_notice(notices[number] if number < len(notices) else None)

    def render_sections(self, sections: tuple[Section, ...], chosen: str) -> None:
        """Show what can be listed, in the sidebar and its drop-down."""
        self.sidebar.render_sections(sections, chosen)
        choices = [
            Choice(one.key, f"{one.title} {one.count}".strip(), one.icon)
            for section in sections
            for one in section.entries
        ]
        self._folded.render_choices(choices, chosen)

    def render_empty(self, empty: Empty | None, otherwise: QWidget) -> None:
        """Show an empty state in place of the content, or ``otherwise``."""
        self.empty.render_empty(empty)
        self.content.setCurrentWidget(otherwise if empty is None else self.empty)

    @Slot()
    def toggle_inspector(self) -> None:
        """Close the inspector, or open it again."""
        self._is_inspector_wanted = not self._is_inspector_wanted
        self.inspector.setVisible(self._is_inspector_wanted)

    def regions(self) -> tuple[QWidget, ...]:
        """Return what F6 goes through, in order."""
        parts = (self.sidebar, self.content.currentWidget(), self.inspector)
        return tuple(part for part in parts if part is not None and part.isVisible())

    def set_compact(self, *, is_compact: bool) -> None:
        """Fold what has no room in a small window."""
        self.sidebar.setVisible(self._has_sidebar and not is_compact)
        self._folded.setVisible(self._has_sidebar and is_compact)
        self.header.fold(is_compact=is_compact)
        size = 304 if is_compact else look().tokens.size.get(self._inspector_size, 0)
        self.inspector.setFixedWidth(size)
        self.inspector.setVisible(self._is_inspector_wanted and bool(size))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold at the edge."""
        super().resizeEvent(event)
        width = event.size().width() + look().tokens.size["rail"]
        is_compact = self._folded.isVisibleTo(self) or not self.sidebar.isVisibleTo(
            self
        )
        edge = WIDE + (_SLACK if is_compact else 0)
        if not self._has_sidebar:
            edge = WIDE
        self.set_compact(is_compact=width < edge)

    @Slot()
    def _fit_bar(self) -> None:
        self.bar.setFixedHeight(look().px(look().tokens.size["toolbar"]))

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.bar)
        middle.addWidget(self.content, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(middle, 1)
        row.addWidget(self.inspector)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._banners)
        column.addLayout(row, 1)
