"""The candidates' room, drawn: a board or a list, and one candidate's story."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from governance.texts import _
from widgets.candidates.board import BoardView
from widgets.candidates.board_state import BoardState
from widgets.candidates.chosen_state import Chosen
from widgets.candidates.chosen_view import ChosenView
from widgets.candidates.people_state import PeopleState
from widgets.candidates.story_state import StoryState
from widgets.candidates.timeline import TimelineView
from widgets.candidates.why_state import Why
from widgets.kit.controls import SearchField, Segments
from widgets.kit.deed_row import DeedRow
from widgets.kit.frames import Banner, Facts, Rule, cleared
from widgets.kit.marks import Avatar, Chip, Text
from widgets.kit.page import PageView
from widgets.kit.tab_order import TabOrder
from widgets.kit.table_view import TableView
from widgets.kit.values import Fact, Tone
from widgets.outbox.gates_view import GatesView

_AS_HIGH_AS_NEEDED: Final = QSizePolicy.Policy.Preferred


class CandidatesView(PageView):
    """Finds a candidate, and tells their story.

    Signals:
        words_changed: What was typed into the search.
        asked: Enter in the search.
        selected: A card, a row or a moment that a person came to.
        opened: The key of a candidate whose story is wanted.
        moved: A card, and the stage that it is to move to.
        stepped: A card, and the step.
        kind_chosen: Which part of the story is shown.
    """

    words_changed = Signal(str)
    asked = Signal()
    selected = Signal(str)
    opened = Signal(str)
    moved = Signal(str, str)
    stepped = Signal(str, int)
    kind_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(has_sidebar=False, inspector="inspector-wide")
        self.search = SearchField(_("Name, address, number or vacancy"))
        self.search.setMinimumWidth(260)
        self.search.textChanged.connect(self.words_changed)
        self.search.returnPressed.connect(self.asked)
        self.kinds = Segments(_("Which part of the story"))
        self.kinds.chosen.connect(self.kind_chosen)
        self._hint = Text("", "small", Tone.FAINT)
        self.toolbar.addWidget(self.search)
        self.toolbar.addWidget(self.kinds)
        self.toolbar.addStretch(1)
        self.toolbar.addWidget(self._hint)
        data = QHBoxLayout()
        data.setSpacing(8)
        self.toolbar.addLayout(data)
        self.data = DeedRow(self, data)
        self.data.deed_chosen.connect(self.deed_chosen)
        self.board = BoardView()
        self.board.selected.connect(self.selected)
        self.board.opened.connect(self.opened)
        self.board.moved.connect(self.moved)
        self.board.stepped.connect(self.stepped)
        self.people = TableView(_("Candidates"), two_lines=True)
        self.people.selected.connect(self.selected)
        self.people.opened.connect(self.opened)
        self.timeline = TimelineView(_("Timeline"))
        self.timeline.selected.connect(self.selected)
        self.timeline.copied.connect(self._on_copied)
        self._text = ""
        self._order = TabOrder()
        self._story = self._make_story()
        for one in (self.board, self.people, self._story):
            self.content.addWidget(one)
        self.chosen = ChosenView()
        self.chosen.deed_chosen.connect(self.deed_chosen)
        self._make_why()
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self._on_find)
        proof = QShortcut(QKeySequence("P"), self.timeline)
        proof.setContext(Qt.ShortcutContext.WidgetShortcut)
        proof.activated.connect(self._on_proof)

    def render_board(self, state: BoardState, words: str) -> None:
        """Show the board."""
        self._render_overview(state.count, words)
        self._hint.render_text(_("Drag a card, or move it with Ctrl and the arrows"))
        self.render_notices(state.notices)
        self.board.render_stages(state.stages, state.selected)
        self.render_empty(state.empty, self.board)
        self.chosen.render_chosen(state.chosen)
        self._render_why(Why())

    def render_people(self, state: PeopleState, words: str) -> None:
        """Show the list, where there is no board."""
        self._render_overview(state.count, words)
        self._hint.render_text(_("Enter asks the service"))
        self.render_notices(())
        self.people.render_table(state.table, state.selected or None)
        self.render_empty(state.empty, self.people)
        self.chosen.render_chosen(Chosen())
        self._render_why(Why())

    def render_story(self, state: StoryState) -> None:
        """Show one candidate."""
        self.header.render_title(_("Why sent, why not"))
        self.search.hide()
        self._hint.render_text("")
        self.render_notices(state.notices)
        self.data.render_deeds(state.deeds)
        self.kinds.show()
        self.kinds.render_choices(state.sections, state.section)
        self._avatar.render_name(state.name)
        self._name.render_text(state.name)
        self._under.render_text(state.under)
        self._render_head(state.facts)
        self._text = state.text
        self.timeline.render_moments(state.moments, state.selected)
        self.render_empty(state.empty, self._story)
        self.chosen.render_chosen(Chosen())
        self._render_why(state.why)
        self._order.keep((self.kinds, *self.data.buttons, self.timeline))

    def focus_first(self) -> None:
        """Put the focus where one goes on."""
        current = self.content.currentWidget()
        if current is self.board:
            self.board.focus_card()
        elif current is self._story:
            self.timeline.setFocus()
        else:
            self.search.setFocus()

    def copy_text(self, text: str) -> None:
        """Put a story where one pastes from."""
        QGuiApplication.clipboard().setText(text)

    def _render_overview(self, count: str, words: str) -> None:
        self.header.render_title(_("Candidates"), count)
        self.search.show()
        if self.search.text() != words:
            self.search.setText(words)
        self.kinds.hide()
        self.data.render_deeds(())

    def _make_story(self) -> QWidget:
        self._avatar = Avatar("", 44)
        self._name = Text("", "heading")
        self._under = Text("", "body", Tone.FAINT)
        self._head_shown: tuple[Fact, ...] | None = None
        self._head = QHBoxLayout()
        self._head.setSpacing(32)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._under)
        head = QFrame()
        head.setObjectName("header")
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 14, 24, 14)
        row.setSpacing(14)
        row.addWidget(self._avatar)
        row.addLayout(names)
        row.addStretch(1)
        row.addLayout(self._head)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.timeline, 1)
        return page

    def _render_head(self, facts: tuple[Fact, ...]) -> None:
        if facts == self._head_shown:
            return
        self._head_shown = facts
        cleared(self._head)
        for fact in facts:
            pair = QVBoxLayout()
            pair.setSpacing(2)
            pair.addWidget(Text(fact.label, "small", Tone.FAINT))
            value = Text(fact.value, "body")
            value.setAccessibleName(f"{fact.label}: {fact.value}")
            pair.addWidget(value)
            self._head.addLayout(pair)

    def _make_why(self) -> None:
        self._why = QWidget()
        self._title = Text("", "title", wraps=True)
        self._chip = Chip()
        self._due = Text("", "body", Tone.QUIET, wraps=True)
        self._notice = Banner(rounded=True)
        self._notice.setSizePolicy(_AS_HIGH_AS_NEEDED, _AS_HIGH_AS_NEEDED)
        self.gates = GatesView()
        self._facts = Facts(label_width=84)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self._why)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        for part in (self._due, self._notice, self.gates, Rule(), self._facts):
            column.addWidget(part)
        self.inspector.body.addWidget(self.chosen)
        self.inspector.body.addWidget(self._why)
        self.inspector.body.addStretch(1)
        self._deeds = DeedRow(self, self.inspector.foot)
        self._deeds.deed_chosen.connect(self.deed_chosen)

    def _render_why(self, why: Why) -> None:
        self._why.setVisible(bool(why.title))
        self._title.render_text(why.title)
        self._chip.render_mark(why.mark)
        self._due.render_text(why.under)
        self._notice.render_notice(why.notice)
        self.gates.render_gates(why.gates)
        self._facts.render_facts(why.facts)
        self.inspector.show_foot(is_shown=self._deeds.render_deeds(why.deeds))

    @Slot()
    def _on_copied(self) -> None:
        self.deed_chosen.emit("copy")

    @Slot()
    def _on_proof(self) -> None:
        if self._deeds.can("proof"):
            self.deed_chosen.emit("proof")

    @Slot()
    def _on_find(self) -> None:
        self.deed_chosen.emit("search")
