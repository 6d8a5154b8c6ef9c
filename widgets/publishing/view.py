"""The publishing room, drawn."""

from PySide6.QtCore import Signal

from governance.texts import _
from widgets.kit.controls import Button, SearchField, Segments
from widgets.kit.deed_row import DeedRow
from widgets.kit.marks import Text
from widgets.kit.page import PageView
from widgets.kit.tab_order import TabOrder
from widgets.kit.ticks import TickTable
from widgets.kit.values import Tone
from widgets.publishing.plan_view import PlanView
from widgets.publishing.state import PublishingState, check_deed


class PublishingView(PageView):
    """Lists what is live where; the plan stands beside it.

    Signals:
        view_chosen: By template, by destination, or the releases.
        words_changed: What was typed into the filter.
        selected: The row that a person came to.
        ticked: The row whose tick is to change.
    """

    view_chosen = Signal(str)
    words_changed = Signal(str)
    selected = Signal(str)
    ticked = Signal(str)

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
        self.table = TickTable(_("What is live where"), two_lines=True)
        self.table.ticked.connect(self.ticked)
        self.table.selected.connect(self.selected)
        self.content.addWidget(self.table)
        self._order = TabOrder()
        self._plan = PlanView()
        self._plan.deed_chosen.connect(self.deed_chosen)
        self.inspector.body.addWidget(self._plan)
        self.inspector.body.addStretch(1)
        self._deeds = DeedRow(self, self.inspector.foot)
        self._deeds.deed_chosen.connect(self.deed_chosen)

    def render_state(self, state: PublishingState, checked: str) -> None:
        """Draw ``state``; ``checked`` says when the ATS was last asked."""
        self.header.render_title(state.title, state.count)
        self._views.render_choices(state.views, state.view)
        self._checked.render_text(checked)
        self.table.render_table(state.table, state.selected)
        self.render_notices(state.notices)
        self.render_empty(state.empty, self.table)
        self._plan.render_plan(state.plan)
        is_shown = self._deeds.render_deeds(state.plan.deeds)
        self.inspector.show_foot(is_shown=is_shown)
        self._order.keep((self._views, self.search, self._check, self.table))
