"""One change, drawn: both sides, and beside them who signs and what was said."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from governance.texts import _
from widgets.diff.view import DiffView
from widgets.kit.controls import DropDown, IconButton, escaped
from widgets.kit.frames import Facts
from widgets.kit.look import look
from widgets.kit.marks import Chip, Text
from widgets.kit.page import PageView
from widgets.kit.stretches import stretches_html
from widgets.kit.values import Deed, Empty, Mark, Tone
from widgets.reviews.change_inspector import ChangeInspector
from widgets.reviews.change_values import ChangeState
from widgets.reviews.since_banner import SinceBanner
from widgets.web.mail_view import MailView

_QUOTED: Final = 200  # characters of what was selected that a comment repeats


class ChangeView(PageView):
    """Shows a change as it is signed.

    Signals:
        tab_chosen: The key of a tab.
        template_chosen: Another template of the change.
        locale_chosen: Another language.
        mark_chosen: Go to the change of this number.
        since_chosen: "news" for only what is new, or "all".
        commented: What somebody wants to say, whether it must be answered, and the
            position of the comment that it answers, -1 for none.
        place_chosen: Go to where a comment was made.
    """

    tab_chosen = Signal(str)
    template_chosen = Signal(str)
    locale_chosen = Signal(str)
    mark_chosen = Signal(int)
    since_chosen = Signal(str)
    commented = Signal(str, bool, int)
    place_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(has_sidebar=False)
        self._state = ChangeState()
        self._is_filling = False
        self._chip = Chip()
        self.header.marks.addWidget(self._chip)
        self._since = SinceBanner()
        self._since.chosen.connect(self.since_chosen)
        self._banners.addWidget(self._since)
        self._tabs = QTabBar()
        self._tabs.setAccessibleName(_("What is shown of the change"))
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.tabBarClicked.connect(self._on_tab_clicked)
        self._tabs.currentChanged.connect(self._on_tab_clicked)
        self._template = DropDown(_("Template"))
        self._template.chosen.connect(self.template_chosen)
        self._locale = DropDown(_("Language"))
        self._locale.chosen.connect(self.locale_chosen)
        self._number = Text("", "body", Tone.QUIET)
        self._up = IconButton(
            Deed("previous", _("Previous change"), icon="caret-up", shortcut="Shift+F8")
        )
        self._down = IconButton(
            Deed("next", _("Next change"), icon="caret-down", shortcut="F8")
        )
        self._up.clicked.connect(self._on_up)
        self._down.clicked.connect(self._on_down)
        self.toolbar.addWidget(self._tabs, 1)
        for part in (self._template, self._locale, self._number, self._up, self._down):
            self.toolbar.addWidget(part)
        self.before = MailView(_("As it is now"))
        self.after = MailView(_("As it is proposed"))
        self._before_title, self._after_title = Chip(), Chip()
        self._text = QTextBrowser()
        self._text.setOpenLinks(False)
        self._text.setAccessibleName(_("Words, with what was added and removed"))
        self._text.setStyleSheet("border: none; padding: 8px 24px;")
        self._text.setTabChangesFocus(True)
        self._details = Facts(label_width=140)
        details = QWidget()
        column = QVBoxLayout(details)
        column.setContentsMargins(24, 20, 24, 20)
        column.addWidget(self._details)
        column.addStretch(1)
        self.source = DiffView(_("Source of the e-mail, before and after"))
        self._stack = QStackedWidget()
        for side in (self._side_by_side(), self._text, details):
            self._stack.addWidget(side)
        self._stack.addWidget(self.source)
        self.content.addWidget(self._stack)
        self.talk = ChangeInspector(self.inspector)
        self.talk.commented.connect(self.commented)
        self.talk.place_chosen.connect(self.place_chosen)
        look().changed.connect(self._on_look_changed)

    def render_state(self, state: ChangeState) -> None:
        """Draw ``state``."""
        self._state = state
        self.header.render_title(state.title, state.under)
        self.header.render_deeds(state.deeds)
        self.header.show_search(is_shown=False)
        self._chip.render_mark(state.mark)
        self._since.render_since(state.since)
        self.render_notices(state.notices)
        self._render_tabs(state)
        self._template.render_choices(state.templates, state.template)
        self._template.setVisible(len(state.templates) > 1)
        self._locale.render_choices(state.locales, state.locale)
        self._locale.setVisible(bool(state.locales))
        count = len(state.marks)
        self._number.render_text(
            _("Change {number} of {count}").format(
                number=state.mark_number, count=count
            )
            if count
            else ""
        )
        self._up.setVisible(bool(count))
        self._down.setVisible(bool(count))
        self._render_content(state)
        self.talk.render_state(state)
        reading = Empty("circle-dashed", _("Building the change on this computer …"))
        self.render_empty(reading if state.is_loading else None, self._stack)

    def ask_comment(self) -> None:
        """Put the focus into the comment, with the words that are selected."""
        words = " ".join(self._selected().split())
        if len(words) > _QUOTED:
            words = f"{words[:_QUOTED]}…"
        if not self.inspector.isVisible():
            self.toggle_inspector()
        self.talk.ask(words)

    def clear_comment(self) -> None:
        """Empty the field: what was said is in the history."""
        self.talk.clear()

    def go_to(self, number: int) -> None:
        """Bring a numbered change into view, on both sides."""
        for view in (self.before, self.after):
            view.scroll_to_change(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a tab by its number."""
        at = event.key() - int(Qt.Key.Key_1)
        is_alone = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if is_alone and 0 <= at < len(self._state.tabs):
            self.tab_chosen.emit(self._state.tabs[at].key)
        else:
            super().keyPressEvent(event)

    def _selected(self) -> str:
        if self._state.tab == "rendered":
            return self.after.selected_text or self.before.selected_text
        return self._text.textCursor().selectedText()

    def _side_by_side(self) -> QWidget:
        sides = QWidget()
        row = QHBoxLayout(sides)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        for title, view in (
            (self._before_title, self.before),
            (self._after_title, self.after),
        ):
            column = QVBoxLayout()
            column.setSpacing(8)
            column.addWidget(title)
            column.addWidget(view, 1)
            row.addLayout(column, 1)
        return sides

    def _render_tabs(self, state: ChangeState) -> None:
        self._is_filling = True
        titles = [escaped(one.title) for one in state.tabs]
        if titles != [self._tabs.tabText(at) for at in range(self._tabs.count())]:
            while self._tabs.count():
                self._tabs.removeTab(0)
            for number, title in enumerate(titles, start=1):
                self._tabs.addTab(title)
                self._tabs.setTabToolTip(number - 1, f"{title}  {number}")
        keys = [one.key for one in state.tabs]
        if state.tab in keys:
            self._tabs.setCurrentIndex(keys.index(state.tab))
        self._is_filling = False

    def _render_content(self, state: ChangeState) -> None:
        match state.tab:
            case "rendered":
                self._stack.setCurrentIndex(0)
                self.before.render_html(state.before)
                self.after.render_html(state.after)
                is_live = state.before_title.startswith(_("Version"))
                quiet = Mark(
                    state.before_title,
                    "broadcast" if is_live else "",
                    Tone.OK if is_live else Tone.QUIET,
                )
                self._before_title.render_mark(quiet)
                proposed = Mark(state.after_title, "eye", Tone.ACCENT)
                self._after_title.render_mark(proposed)
                self.before.setAccessibleName(state.before_title)
                self.after.setAccessibleName(state.after_title)
            case "source" if state.source:
                self._stack.setCurrentWidget(self.source)
                self.source.render_pairs(
                    state.before_title, state.after_title, state.source
                )
            case "details":
                self._stack.setCurrentIndex(2)
                self._details.render_facts(state.details)
            case _:
                self._stack.setCurrentIndex(1)
                self._render_words()

    def _render_words(self) -> None:
        """Show words where others are shown now; a selection in them stays."""
        html = stretches_html(self._state.stretches)
        if self._text.property("shown") != html:
            self._text.setProperty("shown", html)
            self._text.setHtml(html)

    @Slot()
    def _on_look_changed(self) -> None:
        if self._state.stretches:
            self._render_words()

    @Slot(int)
    def _on_tab_clicked(self, index: int) -> None:
        if not self._is_filling and 0 <= index < len(self._state.tabs):
            key = self._state.tabs[index].key
            if key != self._state.tab:
                self.tab_chosen.emit(key)

    @Slot()
    def _on_up(self) -> None:
        self._go(-1)

    @Slot()
    def _on_down(self) -> None:
        self._go(1)

    def _go(self, step: int) -> None:
        count = len(self._state.marks)
        if self._stack.currentWidget() is self.source:
            self.source.step(step)
        elif count:
            at = (self._state.mark_number - 1 + step) % count + 1
            self.mark_chosen.emit(at)
            self.go_to(at)
