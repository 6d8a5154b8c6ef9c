"""How the inboxes of the chosen clients cut subject and preheader."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from governance.clients.inbox import inbox_line
from governance.clients.profile import client
from governance.texts import _
from widgets.kit.frames import cleared
from widgets.kit.marks import Text
from widgets.kit.values import Tone
from widgets.preview.hugging import Hugging


class InboxLines(Hugging):
    """The line of each client; those that cut alike stand together."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[tuple[str, str], list[str]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def render_lines(
        self, subject: str, preheader: str, clients: Sequence[str]
    ) -> None:
        """Show what each of ``clients`` shows."""
        lines: dict[tuple[str, str], list[str]] = {}
        for one in map(client, clients):
            if one.reads_html:
                line = inbox_line("", subject, preheader, one)
                lines.setdefault((line.subject, line.preheader), []).append(_(one.name))
        if lines == self._shown:
            return
        self._shown = lines
        cleared(self._column)
        for (subject_shown, rest), names in lines.items():
            who = " · ".join(names)
            shown = Text(subject_shown, "strong", wraps=True)
            words = _("{client} shows: {subject}. {preheader}")
            shown.setAccessibleName(
                words.format(client=who, subject=subject_shown, preheader=rest)
            )
            self._column.addWidget(Text(who, "small", Tone.FAINT, wraps=True))
            self._column.addWidget(shown)
            if rest:
                self._column.addWidget(Text(rest, "body", Tone.QUIET, wraps=True))
            self._column.addSpacing(10)
