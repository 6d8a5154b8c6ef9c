"""One change, drawn: both sides, who must sign, what was found and said."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPlainTextEdit,
    QStackedWidget,
    QTabBar,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from governance.texts import _
from widgets.kit.controls import Button, DropDown, IconButton, escaped
from widgets.kit.frames import Facts, Rule, cleared
from widgets.kit.marks import Avatar, Chip, StateText, Tag, Text
from widgets.kit.page import PageView
from widgets.kit.stretches import stretches_html
from widgets.kit.values import Deed, Mark, Tone
from widgets.reviews.change_state import ChangeState, CommentRow, SeatSign
from widgets.web.mail_view import MailView

_LINES: Final = 60


class ChangeView(PageView):
    """Shows a change as it is signed.

    Signals:
        tab_chosen: The key of a tab.
        template_chosen: Another template of the change.
        locale_chosen: Another language.
        mark_chosen: Go to the change of this number.
        commented: What somebody wants to say, whether it must be answered, and the
            position of the comment that it answers, -1 for none.
    """

    tab_chosen = Signal(str)
    template_chosen = Signal(str)
    locale_chosen = Signal(str)
    mark_chosen = Signal(int)
    commented = Signal(str, bool, int)

    def __init__(self) -> None:
        super().__init__(has_sidebar=False)
        self._state = ChangeState()
        self._answers = -1
        self._chip = Chip()
        self.header.marks.addWidget(self._chip)
        self._tabs = QTabBar()
        self._tabs.setAccessibleName(_("What is shown of the change"))
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.tabBarClicked.connect(self._on_tab_clicked)
        self._tabs.currentChanged.connect(self._on_tab_clicked)
        self._is_filling = False
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
        self.toolbar.addWidget(self._tabs)
        self.toolbar.addStretch(1)
        for part in (self._template, self._locale, self._number, self._up, self._down):
            self.toolbar.addWidget(part)
        self.before = MailView(_("As it is now"))
        self.after = MailView(_("As it is proposed"))
        self._before_title, self._after_title = Chip(), Chip()
        self._sides = self._side_by_side()
        self._text = QTextBrowser()
        self._text.setOpenLinks(False)
        self._text.setAccessibleName(_("Words, with what was added and removed"))
        self._text.setStyleSheet("border: none; padding: 8px 24px;")
        self._details = Facts(label_width=140)
        details = QWidget()
        column = QVBoxLayout(details)
        column.setContentsMargins(24, 20, 24, 20)
        column.addWidget(self._details)
        column.addStretch(1)
        self._stack = QStackedWidget()
        for side in (self._sides, self._text, details):
            self._stack.addWidget(side)
        self.content.addWidget(self._stack)
        self._build_inspector()

    def render_state(self, state: ChangeState) -> None:
        """Draw ``state``."""
        self._state = state
        self.header.render_title(state.title, state.under)
        self.header.render_deeds(state.deeds)
        self.header.show_search(is_shown=False)
        self._chip.render_mark(state.mark)
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
        self._render_inspector(state)
        self.render_empty(None, self._stack)

    def ask_comment(self) -> None:
        """Put the focus into the comment."""
        self._comment.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear_comment(self) -> None:
        """Empty the field: what was said is in the history."""
        self._comment.clear()
        self._must.setChecked(False)
        self._set_answer(-1, "")

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

    def _build_inspector(self) -> None:
        body = self.inspector.body
        head = QHBoxLayout()
        head.addWidget(Text(_("Who must sign"), "strong"))
        head.addStretch(1)
        self._seats_note = Text("", "small", Tone.FAINT)
        head.addWidget(self._seats_note)
        self._seats = QVBoxLayout()
        self._seats.setSpacing(10)
        self._findings = QVBoxLayout()
        self._findings.setSpacing(6)
        self._comments = QVBoxLayout()
        self._comments.setSpacing(12)
        self._comment = QPlainTextEdit()
        self._comment.setFixedHeight(_LINES)
        self._comment.setTabChangesFocus(True)
        self._comment.setPlaceholderText(_("Comment on this change"))
        self._comment.setAccessibleName(_("Comment on this change"))
        self._comment.textChanged.connect(self._on_comment_changed)
        self._must = QCheckBox(_("Must be answered"))
        self._send = Button(
            Deed("comment", _("Comment"), why_not=_("Nothing written."))
        )
        self._send.clicked.connect(self._on_commented)
        self._must.setToolTip(_("Nothing is released before somebody answers."))
        foot = QHBoxLayout()
        foot.addWidget(self._must)
        foot.addStretch(1)
        foot.addWidget(self._send)
        body.addLayout(head)
        body.addLayout(self._seats)
        body.addWidget(Rule())
        body.addWidget(Text(_("Findings"), "strong"))
        body.addLayout(self._findings)
        body.addWidget(Rule())
        body.addWidget(Text(_("Comments"), "strong"))
        body.addLayout(self._comments)
        body.addStretch(1)
        body.addWidget(self._comment)
        body.addLayout(foot)

    def _render_tabs(self, state: ChangeState) -> None:
        self._is_filling = True
        titles = [escaped(one.title) for one in state.tabs]
        if titles != [self._tabs.tabText(at) for at in range(self._tabs.count())]:
            while self._tabs.count():
                self._tabs.removeTab(0)
            for title in titles:
                self._tabs.addTab(title)
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
                is_new = state.before_title == _("Nothing yet")
                quiet = Mark(
                    state.before_title,
                    "" if is_new else "broadcast",
                    Tone.QUIET if is_new else Tone.OK,
                )
                self._before_title.render_mark(quiet)
                proposed = Mark(state.after_title, "eye", Tone.ACCENT)
                self._after_title.render_mark(proposed)
            case "details":
                self._stack.setCurrentIndex(2)
                self._details.render_facts(state.details)
            case _:
                self._stack.setCurrentIndex(1)
                self._text.setHtml(stretches_html(state.stretches))

    def _render_inspector(self, state: ChangeState) -> None:
        self._seats_note.render_text(state.seats_note)
        cleared(self._seats)
        for seat in state.seats:
            self._seats.addWidget(_SeatRow(seat))
        cleared(self._findings)
        for mark in state.findings:
            self._findings.addWidget(StateText(mark, wraps=True))
        cleared(self._comments)
        for row in state.comments:
            comment = _Comment(row)
            comment.answered.connect(self._set_answer)
            self._comments.addWidget(comment)
        for part in (self._comment, self._must, self._send):
            part.setVisible(state.can_comment)

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
        if count:
            at = (self._state.mark_number - 1 + step) % count + 1
            self.mark_chosen.emit(at)
            for view in (self.before, self.after):
                view.scroll_to_change(at)

    @Slot()
    def _on_comment_changed(self) -> None:
        is_empty = not self._comment.toPlainText().strip()
        self._send.render_deed(
            Deed(
                "comment",
                _("Answer") if self._answers >= 0 else _("Comment"),
                why_not=_("Nothing written.") if is_empty else "",
            )
        )

    @Slot()
    def _on_commented(self) -> None:
        text = self._comment.toPlainText().strip()
        if text:
            self.commented.emit(text, self._must.isChecked(), self._answers)

    @Slot(int, str)
    def _set_answer(self, position: int, name: str) -> None:
        self._answers = position
        words = _("Answer {name}").format(name=name) if name else ""
        self._comment.setPlaceholderText(words or _("Comment on this change"))
        self._on_comment_changed()
        if name:
            self._comment.setFocus()


class _SeatRow(QWidget):
    def __init__(self, seat: SeatSign) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Avatar(seat.name, 26), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(1)
        names = QHBoxLayout()
        names.setSpacing(6)
        names.addWidget(Text(seat.name, "strong", wraps=True), 1)
        names.addWidget(Tag(seat.role))
        column.addLayout(names)
        column.addWidget(StateText(seat.mark, wraps=True))
        row.addLayout(column, 1)
        self.setAccessibleName(f"{seat.role}, {seat.name}, {seat.mark.word}")


class _Comment(QWidget):
    """What somebody said, and a way to answer it.

    Signals:
        answered: The position of the comment, and whose it is.
    """

    answered = Signal(int, str)

    def __init__(self, row: CommentRow) -> None:
        super().__init__()
        self._row = row
        line = QHBoxLayout(self)
        line.setContentsMargins(24 if row.is_answer else 0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(Avatar(row.name, 26), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(Text(row.name, "strong"))
        head.addWidget(Text(row.when, "small", Tone.FAINT))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(Text(row.text, "body", wraps=True))
        if row.is_open:
            mark = Mark(_("Must be answered before release"), "question", Tone.WARN)
            column.addWidget(StateText(mark, wraps=True))
        answer = Button(Deed("answer", _("Answer"), "link"))
        answer.clicked.connect(self._on_answer)
        column.addWidget(answer, 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(column, 1)
        self.setAccessibleName(f"{row.name}, {row.when}: {row.text}")

    @Slot()
    def _on_answer(self) -> None:
        self.answered.emit(self._row.position, self._row.name)
