"""How the inboxes of the chosen clients cut subject and preheader."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from governance.clients.inbox import InboxLine, inbox_line
from governance.clients.profile import Client, client
from governance.texts import _
from widgets.kit.frames import cleared
from widgets.kit.marks import Text
from widgets.kit.values import Tone


class InboxLines(QWidget):
    """One line a client: its name, the subject as far as it is shown, the rest."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[str, InboxLine], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnMinimumWidth(0, 136)
        self._grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def render_lines(
        self, subject: str, preheader: str, clients: Sequence[str]
    ) -> None:
        """Show what each of ``clients`` shows."""
        lines = tuple(
            (_(one.name), inbox_line("", subject, preheader, one))
            for one in map(client, clients)
            if one.reads_html
        )
        if lines == self._shown:
            return
        self._shown = lines
        cleared(self._grid)
        for row, (name, line) in enumerate(lines):
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(Text(name, "small", Tone.FAINT), 2 * row, 0, top)
            shown = Text(line.subject, "strong", wraps=True)
            words = _("{client} shows: {subject}. {preheader}")
            shown.setAccessibleName(
                words.format(
                    client=name, subject=line.subject, preheader=line.preheader
                )
            )
            self._grid.addWidget(shown, 2 * row, 1)
            if line.preheader:
                rest = Text(line.preheader, "body", Tone.QUIET, wraps=True)
                self._grid.addWidget(rest, 2 * row + 1, 1)


def line_of(subject: str, preheader: str, one: Client) -> InboxLine:
    """Return the line above a mail: as its client cuts it."""
    return inbox_line("", subject, preheader, one)
