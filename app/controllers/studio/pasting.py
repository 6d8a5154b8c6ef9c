"""Pasting formatted text into a part: cleaned, with plain text as the other choice."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Slot

from app.commands import Command
from app.context import Context
from app.controllers.studio.desk import Desk
from app.tasks import Lane, Task
from governance.content.pasted import Kind, Pasted
from governance.content.pasted_html import pasted
from governance.content.pasted_into import written_into
from governance.errors import ExpectedError
from governance.ports import Progress
from governance.texts import _, ngettext
from widgets.studio.pasting import PasteWatch
from widgets.studio.view import StudioView

PLAIN: Final = "paste-plain"


@dataclass(frozen=True, slots=True)
class _Last:
    """What was pasted last, so that it can become plain text."""

    path: str
    start: int
    written: str
    plain: str


class Pasting(QObject):
    """Writes what is on the clipboard at the caret, without where it came from."""

    def __init__(self, view: StudioView, desk: Desk, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._desk = desk
        self._context = context
        self._task: Task | None = None
        self._plain = ""
        self._last: _Last | None = None
        self.watch = PasteWatch(view.editor)
        self.watch.html_pasted.connect(self._on_html_pasted)
        self.watch.plain_pasted.connect(self._on_plain_pasted)
        context.commands.offer(
            Command(
                PLAIN,
                _("Make what was pasted plain text"),
                _("Studio"),
                self._make_plain,
                "text-t",
                why_not=self._why_not_plain,
            )
        )

    @Slot(str, str)
    def _on_html_pasted(self, html: str, plain: str) -> None:
        """Have it read in the background: whole books are copied too."""
        if self._task is not None:
            return
        self._plain = plain
        self._task = self._context.tasks.start(Lane.READ, partial(_read, html))
        self._task.succeeded.connect(self._on_read)
        self._task.failed.connect(self._on_not_read)
        self._task.settled.connect(self._on_settled)

    @Slot(object)
    def _on_read(self, found: Pasted) -> None:
        if not found.is_rich:
            self._on_plain_pasted(self._plain)
            return
        editor, path = self._view.editor, self._desk.path
        text = written_into(found, path, editor.text(), editor.caret())
        editor.insert(text)
        start = max(0, editor.caret() - len(text))
        plain = _clean(self._plain) or found.plain()
        self._last = _Last(path, start, text, plain)
        self._context.commands.changed.emit()
        self._context.desktop.toast(_told(found), _("As plain text"), PLAIN)

    @Slot(object)
    def _on_not_read(self, error: Exception) -> None:
        """Say why, and paste the letters alone: nothing that was copied is lost."""
        if isinstance(error, ExpectedError):
            self._on_plain_pasted(self._plain)
        self._context.messages.tell(error)

    @Slot()
    def _on_settled(self) -> None:
        self._task = None

    @Slot(str)
    def _on_plain_pasted(self, text: str) -> None:
        if text:
            self._view.editor.insert(_clean(text))

    def _why_not_plain(self) -> str:
        last = self._last
        if last is None:
            return _("Nothing formatted was pasted.")
        now = self._desk.document.text(last.path)
        if not now.startswith(last.written, last.start):
            return _("What was pasted was edited since.")
        return ""

    @Slot()
    def _make_plain(self) -> None:
        last = self._last
        if last is None or self._why_not_plain():
            return
        now = self._desk.document.text(last.path)
        end = last.start + len(last.written)
        text = now[: last.start] + last.plain + now[end:]
        self._last = None
        self._desk.replace({last.path: text}, last.start + len(last.plain))


def _read(html: str, _progress: Progress) -> Pasted:
    return pasted(html)


def _clean(text: str) -> str:
    """Return a text with the line ends that files have."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _told(found: Pasted) -> str:
    """Say what came through, and what did not."""
    items = sum(one.kind is Kind.ITEM for one in found.blocks)
    texts, links = len(found.blocks) - items, found.links
    counted = [
        words.format(count=count)
        for count, words in (
            (texts, ngettext("{count} paragraph", "{count} paragraphs", texts)),
            (items, ngettext("{count} list item", "{count} list items", items)),
            (links, ngettext("{count} link", "{count} links", links)),
        )
        if count
    ]
    told = _("Pasted without fonts and colours: {what}.").format(
        what=", ".join(counted)
    )
    if found.pictures:
        words = ngettext(
            "{count} picture was left out; drop it here as a file.",
            "{count} pictures were left out; drop them here as files.",
            found.pictures,
        )
        told = f"{told} {words.format(count=found.pictures)}"
    if found.tables:
        told = f"{told} {_('Tables became paragraphs.')}"
    return told
