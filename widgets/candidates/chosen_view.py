"""The candidate beside the board: where to move them, and what happens."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from governance.texts import _
from widgets.candidates.chosen_state import Chosen, Step
from widgets.kit.controls import Button, DropDown
from widgets.kit.frames import LinkText, Rule, cleared
from widgets.kit.marks import Avatar, Chip, StateText, Text
from widgets.kit.values import Deed, Tone


class ChosenView(QWidget):
    """Shows a candidate of the board.

    Signals:
        deed_chosen: "move:" with a stage, "day", "withdraw", "story", or "proof:" and
            a message.
    """

    deed_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._steps_shown: tuple[Step, ...] | None = None
        self._avatar = Avatar("", 36)
        self._name = Text("", "title", wraps=True)
        self._under = Text("", "body", Tone.FAINT, wraps=True)
        self._chip = Chip()
        self._local = Text("", "body", Tone.QUIET, wraps=True)
        self.next_ = Button(Deed("move", "", "primary"))
        self.next_.deed_chosen.connect(self.deed_chosen)
        self._to = DropDown(_("Move to another stage"))
        self._to.chosen.connect(self._on_stage_chosen)
        self._others: dict[str, Button] = {}
        self._other_row = QVBoxLayout()
        self._other_row.setSpacing(8)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(12)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._under)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(names, 1)
        moves = QVBoxLayout()  # beside each other they are wider than the panel
        moves.setSpacing(8)
        moves.addWidget(self.next_)
        moves.addWidget(self._to)
        self._story = LinkText(_("The whole story"), "story")
        self._story.linkActivated.connect(self.deed_chosen)
        self._title = Text(_("What happens"), "micro", Tone.QUIET)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._chip)
        column.addWidget(self._local)
        column.addLayout(moves)
        column.addLayout(self._other_row)
        column.addWidget(Rule())
        column.addWidget(self._title)
        column.addLayout(self._steps)
        column.addWidget(self._story)

    def render_chosen(self, one: Chosen) -> None:
        """Show a candidate, or nothing."""
        self.setVisible(bool(one.key))
        self._avatar.render_name(one.name)
        self._name.render_text(one.name)
        self._under.render_text(one.under)
        self._chip.render_mark(one.mark)
        self._local.render_text(one.local)
        self.next_.setVisible(one.next_ is not None)
        if one.next_ is not None:
            self.next_.render_deed(one.next_)
        self._to.render_choices(one.stages, one.stage)
        for deed in one.others:
            if deed.key not in self._others:
                button = self._others[deed.key] = Button(deed)
                button.deed_chosen.connect(self.deed_chosen)
                self._other_row.addWidget(button)
            self._others[deed.key].render_deed(deed)
        self._render_steps(one.steps)

    def _render_steps(self, steps: tuple[Step, ...]) -> None:
        if steps == self._steps_shown:
            return
        self._steps_shown = steps
        cleared(self._steps)
        if not steps:
            words = _("No message yet. Move them, and see what is sent.")
            self._steps.addWidget(Text(words, "body", Tone.FAINT, wraps=True))
        for step in steps:
            self._steps.addWidget(self._step(step))

    def _step(self, step: Step) -> QWidget:
        widget = QWidget()
        widget.setAccessibleName(f"{step.title}: {step.mark.word}. {step.sentence}")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Text(step.title, "body", wraps=True), 1)
        head.addWidget(StateText(step.mark), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(Text(step.sentence, "small", Tone.FAINT, wraps=True))
        if step.link:
            link = LinkText(step.link, f"proof:{step.key}")
            link.linkActivated.connect(self.deed_chosen)
            column.addWidget(link)
        return widget

    @Slot(str)
    def _on_stage_chosen(self, stage: str) -> None:
        self.deed_chosen.emit(f"move:{stage}")
