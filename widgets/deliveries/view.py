"""The deliveries room, drawn."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from governance.texts import _
from widgets.deliveries.counts import CountsView
from widgets.deliveries.inspected_state import Inspected
from widgets.deliveries.listed_state import COUNTS, MOST, Filters
from widgets.deliveries.state import DeliveriesState
from widgets.kit.controls import Button, DropDown, SearchField
from widgets.kit.deed_row import DeedRow
from widgets.kit.frames import Banner, Facts, LinkText, Rule, cleared
from widgets.kit.marks import Chip, Text
from widgets.kit.page import PageView
from widgets.kit.ticks import TickTable
from widgets.kit.values import Deed, Tone
from widgets.outbox.gates_view import GatesView

_AS_HIGH_AS_NEEDED: Final = QSizePolicy.Policy.Preferred


class DeliveriesView(PageView):
    """Lists messages in the order of need; the question stands beside them.

    Signals:
        filters_changed: What a person wants to see now, ``Filters``.
        selected: The row that a person came to.
        opened: The row that was entered.
        ticked: The row whose tick is to change.
    """

    filters_changed = Signal(object)
    selected = Signal(str)
    opened = Signal(str)
    ticked = Signal(str)

    def __init__(self) -> None:
        super().__init__(has_sidebar=False)
        self._filters = Filters()
        self.counts = CountsView()
        self.counts.chosen.connect(self._on_count_chosen)
        self.counts.deed_chosen.connect(self.deed_chosen)
        self.search = SearchField(_("Candidate, template or number"))
        self.search.setMinimumWidth(170)
        self.search.setMaximumWidth(230)
        self.search.textChanged.connect(self._on_filtered)
        self.show_ = DropDown(_("What is listed"))
        self.span = DropDown(_("How far back"))
        self.channel = DropDown(_("Channel"))
        self.template = DropDown(_("Template"))
        self.template.setMaximumWidth(150)
        self.show_.setMaximumWidth(172)
        self.span.setMaximumWidth(136)
        self._live = Text("", "small", Tone.OK)
        self.toolbar.addWidget(self.search, 2)
        for one in (self.show_, self.span, self.channel, self.template):
            one.chosen.connect(self._on_filtered)
            self.toolbar.addWidget(one)
        self.toolbar.addStretch(1)
        self.toolbar.addWidget(self._live)
        self._raise_counts()
        self.table = TickTable(_("Messages"), two_lines=True)
        self.table.ticked.connect(self.ticked)
        self.table.selected.connect(self.selected)
        self.table.opened.connect(self.opened)
        self._more = QHBoxLayout()
        self._more.setContentsMargins(20, 8, 16, 8)
        self._more_words = ""
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addLayout(self._more)
        self.content.addWidget(self._page)
        for number, key in enumerate(COUNTS, start=1):
            short = QShortcut(QKeySequence(f"Alt+{number}"), self)
            short.setObjectName(key)
            short.activated.connect(self._on_count_key)
        for keys, slot in (("P", self._on_proof), ("Ctrl+F", self._on_find)):
            short = QShortcut(QKeySequence(keys), self.table if keys == "P" else self)
            if keys == "P":
                short.setContext(Qt.ShortcutContext.WidgetShortcut)
            short.activated.connect(slot)
        self._make_inspector()

    def render_state(self, state: DeliveriesState) -> None:
        """Draw ``state``."""
        self._filters = state.filters
        self.header.render_title(state.title, state.count)
        self.counts.render_counts(state.counts, state.sending)
        self.render_notices(state.notices)
        self.show_.render_choices(state.shows, state.filters.show)
        self.span.render_choices(state.spans, state.filters.span)
        self.channel.render_choices(state.channels, state.filters.channel)
        self.template.render_choices(state.templates, state.filters.template)
        if self.search.text() != state.filters.words:
            self.search.setText(state.filters.words)
        self._live.render_text(state.live)
        self.render_empty(state.empty, self._page)
        self._render_more(state.more)
        before = self.table.key
        chosen = state.selected if state.selected != before else None
        self.table.render_table(state.table, chosen)
        self._render_inspected(state.inspected)

    def set_compact(self, *, is_compact: bool) -> None:
        """Fold, and let the words beside the filters go."""
        super().set_compact(is_compact=is_compact)
        if hasattr(self, "_live"):
            self._live.setVisible(not is_compact)

    def _raise_counts(self) -> None:
        """Put the counts above the filters."""
        middle = _holder(self.layout(), self.bar)
        assert isinstance(middle, QVBoxLayout)
        middle.insertWidget(0, self.counts)

    def _make_inspector(self) -> None:
        self._title = Text("", "title", wraps=True)
        self._chip = Chip()
        self._under = Text("", "body", Tone.QUIET, wraps=True)
        self._notice = Banner(rounded=True)
        self._notice.setSizePolicy(_AS_HIGH_AS_NEEDED, _AS_HIGH_AS_NEEDED)
        self._question = Text("", "strong", wraps=True)
        self._told = Text("", "body", Tone.QUIET, wraps=True)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(8)
        self._shown_answers: tuple[Deed, ...] = ()
        self._rule = Rule()
        self.gates = GatesView()
        self._facts = Facts(label_width=72)
        self._all_for = QHBoxLayout()
        self._all_words = ""
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        body = self.inspector.body
        body.addLayout(head)
        parts: tuple[QWidget, ...] = (
            self._under,
            self._notice,
            self._question,
            self._told,
        )
        for part in parts:
            body.addWidget(part)
        body.addLayout(self._answers)
        body.addLayout(self._all_for)
        body.addWidget(self._rule)
        body.addWidget(self.gates)
        body.addWidget(self._facts)
        body.addStretch(1)
        self._deeds = DeedRow(self, self.inspector.foot)
        self._deeds.deed_chosen.connect(self.deed_chosen)
        self.inspector.foot.addStretch(1)

    def _render_more(self, words: str) -> None:
        if words != self._more_words:
            self._more_words = words
            cleared(self._more)
            if words:
                link = LinkText(words, "more")
                link.linkActivated.connect(self._on_more)
                self._more.addWidget(link)

    def _render_inspected(self, one: Inspected) -> None:
        self._title.render_text(one.title)
        self._chip.render_mark(one.mark)
        self._under.render_text(one.under)
        self._notice.render_notice(one.notice)
        self._question.render_text(one.question)
        self._told.render_text(one.told)
        if one.answers != self._shown_answers:
            self._shown_answers = one.answers
            cleared(self._answers)
            for deed in one.answers:
                button = Button(deed)
                button.deed_chosen.connect(self.deed_chosen)
                self._answers.addWidget(button)
        if one.all_for != self._all_words:
            self._all_words = one.all_for
            cleared(self._all_for)
            if one.all_for:
                link = LinkText(one.all_for, "candidate")
                link.linkActivated.connect(self.deed_chosen)
                self._all_for.addWidget(link)
        self._rule.setVisible(bool(one.title))
        self.gates.setVisible(not one.is_together)
        self.gates.render_gates(one.gates)
        self._facts.render_facts(one.facts)
        self.inspector.show_foot(is_shown=self._deeds.render_deeds(one.deeds))

    @Slot()
    def _on_filtered(self) -> None:
        wanted = replace(
            self._filters,
            show=self.show_.key or self._filters.show,
            span=self.span.key or self._filters.span,
            channel=self.channel.key,
            template=self.template.key,
            words=self.search.text(),
            most=MOST,
        )
        if wanted != self._filters:
            self._filters = wanted
            self.filters_changed.emit(wanted)

    @Slot(str)
    def _on_count_chosen(self, key: str) -> None:
        show = Filters().show if self._filters.show == key else key
        self._filters = replace(self._filters, show=show, most=MOST)
        self.filters_changed.emit(self._filters)

    @Slot()
    def _on_count_key(self) -> None:
        self._on_count_chosen(self.sender().objectName())

    @Slot()
    def _on_more(self) -> None:
        self._filters = replace(self._filters, most=4 * self._filters.most)
        self.filters_changed.emit(self._filters)

    @Slot()
    def _on_proof(self) -> None:
        if self._deeds.can("proof"):
            self.deed_chosen.emit("proof")

    @Slot()
    def _on_find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()


def _holder(layout: QLayout | None, widget: QWidget) -> QLayout | None:
    """Return the layout inside of ``layout`` that ``widget`` stands in."""
    if layout is None or layout.indexOf(widget) >= 0:
        return layout
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inner = item.layout() if item is not None else None
        if inner is not None and (found := _holder(inner, widget)) is not None:
            return found
    return None
