"""The publishing room, drawn."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from governance.texts import _
from widgets.kit.controls import Button, SearchField, Segments
from widgets.kit.frames import Facts, Rule, cleared
from widgets.kit.marks import Chip, StateText, Text
from widgets.kit.page import PageView
from widgets.kit.table_view import TableView
from widgets.kit.values import Tone
from widgets.publishing.state import Plan, PublishingState, check_deed


class PublishingView(PageView):
    """Lists what is live where; the plan stands beside it.

    Signals:
        view_chosen: By template, or the releases.
        words_changed: What was typed into the filter.
        selected: The row that a person came to.
    """

    view_chosen = Signal(str)
    words_changed = Signal(str)
    selected = Signal(str)

    def __init__(self) -> None:
        super().__init__(has_sidebar=False)
        self._views = Segments(_("How it is listed"))
        self._views.chosen.connect(self.view_chosen)
        self.search = SearchField(_("Filter templates"))
        self.search.setMaximumWidth(220)
        self.search.textChanged.connect(self.words_changed)
        self._checked = Text("", "small", Tone.FAINT)
        self.toolbar.addWidget(self._views)
        self.toolbar.addWidget(self.search, 2)
        self.toolbar.addStretch(1)
        self.toolbar.addWidget(self._checked)
        self._check = Button(check_deed())
        self._check.deed_chosen.connect(self.deed_chosen)
        self.toolbar.addWidget(self._check)
        self.table = TableView(_("What is live where"), two_lines=True)
        self.table.selected.connect(self.selected)
        self.content.addWidget(self.table)
        self._title = Text("", "title", wraps=True)
        self._chip = Chip()
        self._under = Text("", "body", Tone.QUIET, wraps=True)
        self._facts = Facts()
        self._effects_title = Text(_("What will happen"), "micro", Tone.QUIET)
        self._effects = QVBoxLayout()
        self._effects.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip)
        body = self.inspector.body
        body.addLayout(head)
        body.addWidget(self._under)
        body.addWidget(self._facts)
        body.addWidget(Rule())
        body.addWidget(self._effects_title)
        body.addLayout(self._effects)
        body.addStretch(1)
        self._buttons: dict[str, Button] = {}

    def render_state(self, state: PublishingState, checked: str) -> None:
        """Draw ``state``; ``checked`` says when the ATS was last asked."""
        self.header.render_title(state.title, state.count)
        self._views.render_choices(state.views, state.view)
        self._checked.render_text(checked)
        self.table.render_table(state.table, state.selected)
        self.render_notices(state.notices)
        self.render_empty(state.empty, self.table)
        self._render_plan(state.plan)

    def _render_plan(self, plan: Plan) -> None:
        self._title.render_text(plan.title)
        self._chip.render_mark(plan.mark)
        self._under.render_text(plan.under)
        self._facts.render_facts(plan.facts)
        cleared(self._effects)
        self._effects_title.setVisible(bool(plan.effects))
        for mark in plan.effects:
            self._effects.addWidget(StateText(mark, wraps=True))
        self.inspector.show_foot(is_shown=bool(plan.deeds))
        for key in set(self._buttons) - {deed.key for deed in plan.deeds}:
            self._buttons[key].hide()
        for deed in plan.deeds:
            if deed.key not in self._buttons:
                button = self._buttons[deed.key] = Button(deed)
                button.deed_chosen.connect(self.deed_chosen)
                self.inspector.foot.addWidget(button)
            self._buttons[deed.key].render_deed(deed)
