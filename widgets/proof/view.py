"""The proof of a message, drawn: what arrived on the left, its chain on the right."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from governance.texts import _
from widgets.kit.checks import Checks, Disclosure
from widgets.kit.controls import Button
from widgets.kit.files import FileAsker
from widgets.kit.frames import Banner, Icon
from widgets.kit.marks import Chip, Text
from widgets.kit.page import PageView
from widgets.kit.values import Deed, Fact, Tone
from widgets.proof.message_pane import MessagePane
from widgets.proof.state import ProofState, Verdict

_LEFT: Final = 46  # of a hundred


class ProofView(PageView):
    """Shows a message beside its proof; a file that is dropped is verified.

    Signals:
        tab_chosen: How the message is shown.
        file_dropped: The path of a file to verify.
    """

    tab_chosen = Signal(str)
    file_dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__(has_sidebar=False, inspector="")
        self.bar.hide()
        self.setAcceptDrops(True)
        self.files = FileAsker(self)
        self._chip = Chip()
        self.header.marks.addWidget(self._chip)
        self.message = MessagePane()
        self.message.tab_chosen.connect(self.tab_chosen)
        self.message.deed_chosen.connect(self.deed_chosen)
        self._band = _VerdictBand()
        self._band.deed_chosen.connect(self.deed_chosen)
        self.checks = Checks(is_chain=True)
        self._limits = Banner(rounded=True)
        self.details = Disclosure(_("Technical details"))
        self._figures = Text("", "code", Tone.QUIET, wraps=True)
        self._figures.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.details.column.addWidget(self._figures)
        self._foot = QFrame()
        self._foot.setObjectName("foot")
        self._foot_row = QHBoxLayout(self._foot)
        self._foot_row.setContentsMargins(24, 12, 24, 12)
        self._foot_row.setSpacing(8)
        self._foot_row.addStretch(1)
        self._buttons: dict[str, Button] = {}
        self._page = self._lay_out_chain()
        self.content.addWidget(self._page)

    def render_state(self, state: ProofState) -> None:
        """Draw ``state``; nothing else decides what is seen."""
        self.header.render_title(state.title)
        self.header.show_search(is_shown=False)
        self.header.render_deeds(state.deeds)
        self._chip.render_mark(state.mark)
        self.render_empty(state.start, self._page)
        if state.start is not None:
            return
        self.message.render_state(state)
        self._band.render_verdict(state.verdict, can_repeat=not state.is_busy)
        self.checks.render_checks(state.links)
        self._limits.render_notice(state.limits)
        self.details.setVisible(bool(state.details))
        self._figures.render_text("\n".join(map(_line, state.details)))
        for at, deed in enumerate(state.foot):
            if deed.key not in self._buttons:
                button = self._buttons[deed.key] = Button(deed)
                button.deed_chosen.connect(self.deed_chosen)
                self._foot_row.insertWidget(at, button)
            self._buttons[deed.key].render_deed(deed)

    def copy(self, text: str) -> None:
        """Put ``text`` on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file of this computer, and nothing else."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Have the file verified."""
        path = _dropped(event)
        if path:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def _lay_out_chain(self) -> QWidget:
        inside = QWidget()
        inside.setObjectName("content")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self.checks)
        column.addWidget(self._limits)
        column.addWidget(self.details)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        right = QFrame()
        right.setObjectName("inspector")
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self._band)
        side.addWidget(scroll, 1)
        side.addWidget(self._foot)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.message, _LEFT)
        row.addWidget(right, 100 - _LEFT)
        return page


class _VerdictBand(QFrame):
    deed_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("", Tone.QUIET, 28)
        self._bold = Text("", "title", wraps=True)
        self._plain = Text("", "body", wraps=True)
        self._again = Button(Deed("again", _("Check again"), icon="arrows-clockwise"))
        self._again.deed_chosen.connect(self.deed_chosen)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._bold)
        texts.addWidget(self._plain)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(16)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        row.addWidget(self._again)

    def render_verdict(self, verdict: Verdict, *, can_repeat: bool) -> None:
        """Say the verdict on a ground of its tone."""
        self.setProperty("tone", str(verdict.tone))
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(f"{verdict.bold}. {verdict.plain}")
        self._icon.render_icon(verdict.icon, verdict.tone)
        self._bold.render_text(verdict.bold, verdict.tone)
        self._plain.render_text(verdict.plain)
        self._again.setVisible(can_repeat)


def _line(fact: Fact) -> str:
    parts = [fact.value[at : at + 8] for at in range(0, len(fact.value), 8)]
    return f"{fact.label}: {chr(0x200B).join(parts)}"


def _dropped(event: QDropEvent) -> str:
    """Return the path of the one file that is dropped, "" for anything else."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return ""
    path = Path(urls[0].toLocalFile())
    return str(path) if path.is_file() else ""
