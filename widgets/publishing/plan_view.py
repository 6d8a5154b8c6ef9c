"""The plan, drawn: what will happen, what is proved, what came of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from governance.texts import _
from widgets.kit.deed_row import DeedRow
from widgets.kit.frames import Facts, Icon, Rule, cleared
from widgets.kit.marks import Chip, StateText, Text
from widgets.kit.values import Mark, Tone
from widgets.publishing.effects_state import Effect
from widgets.publishing.plan_state import Plan


class PlanView(QWidget):
    """Shows a plan from top to bottom.

    Signals:
        deed_chosen: The key of what is wanted more seldom.
    """

    deed_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self._title = Text("", "title", wraps=True)
        self._chip = Chip()
        self._under = Text("", "body", Tone.QUIET, wraps=True)
        self._results_title = Text(_("What came of it"), "micro", Tone.QUIET)
        self._results = _column()
        self._facts = Facts(label_width=96)
        self._effects_title = Text(_("What will happen"), "micro", Tone.QUIET)
        self._effects = _column()
        self._proofs = _column()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._under)
        column.addWidget(self._results_title)
        column.addLayout(self._results)
        column.addWidget(self._facts)
        self._rule = Rule()
        column.addWidget(self._rule)
        column.addWidget(self._effects_title)
        column.addLayout(self._effects)
        column.addLayout(self._proofs)
        more = QHBoxLayout()
        more.addStretch(1)
        column.addLayout(more)
        self._more = DeedRow(self, more)
        self._more.deed_chosen.connect(self.deed_chosen)

    def render_plan(self, plan: Plan) -> None:
        """Show ``plan``."""
        if plan == self._plan:
            return
        self._plan = plan
        self._title.render_text(plan.title)
        self._chip.render_mark(plan.mark)
        self._under.render_text(plan.under)
        self._facts.render_facts(plan.facts)
        self._rule.setVisible(bool(plan.effects))
        self._effects_title.setVisible(bool(plan.effects))
        self._results_title.setVisible(bool(plan.results))
        cleared(self._effects)
        for effect in plan.effects:
            self._effects.addWidget(_effect(effect))
        _fill(self._results, plan.results)
        _fill(self._proofs, plan.proofs)
        self._more.render_deeds(plan.more)


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    return column


def _fill(column: QVBoxLayout, marks: tuple[Mark, ...]) -> None:
    cleared(column)
    for mark in marks:
        column.addWidget(StateText(mark, wraps=True))


def _effect(effect: Effect) -> QWidget:
    widget = QWidget()
    widget.setAccessibleName(f"{effect.mark.word}. {effect.plain}".strip())
    texts = QVBoxLayout()
    texts.setSpacing(0)
    texts.addWidget(Text(effect.mark.word, "strong", wraps=True))
    if effect.plain:
        texts.addWidget(Text(effect.plain, "body", Tone.QUIET, wraps=True))
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 8)
    row.setSpacing(12)
    top = Qt.AlignmentFlag.AlignTop
    row.addWidget(Icon(effect.mark.icon, effect.mark.tone, 18), 0, top)
    row.addLayout(texts, 1)
    return widget
