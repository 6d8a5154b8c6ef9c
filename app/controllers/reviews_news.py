"""What is new in the change that is selected, read in the background."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.context import Context
from app.controllers.change_texts import looked_at, since
from app.tasks import Lane, Task
from app.workspace import Workspace
from governance.changes.compared import Kind, Stretch
from governance.changes.reading import ChangeRow
from governance.errors import ExpectedError, OperationCancelledError
from governance.names import ChangeId, Commit
from governance.ports import Progress
from governance.texts import _
from widgets.reviews.change_values import PartTexts, Texts
from widgets.reviews.inbox_values import News
from widgets.reviews.since import Since

_PAUSE: Final = 250  # milliseconds that a selection rests before it is read
_MOST: Final = 12  # parts that are shown beside the list; the page has all
_KEPT: Final = 40

_Key = tuple[ChangeId, Commit, Commit]


class NewsReader(QObject):
    """Reads the change that is selected; the latest wish wins.

    Signals:
        changed: ``news`` of the change asked for last is another one now.
    """

    changed = Signal()

    def __init__(self, parent: QObject, context: Context) -> None:
        super().__init__(parent)
        self._context = context
        self._known: dict[_Key, News] = {}
        self._wanted: _Key | None = None
        self._task: Task | None = None
        self._reads: _Key | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._on_rest)

    def of(self, row: ChangeRow, seen: Since | None) -> News:
        """Return what is new in a change, to somebody who saw ``seen`` of it."""
        before = seen.commit if seen else Commit("")
        key = (row.change.id, before, row.change.proposal.commit)
        if key != self._wanted:
            self._wanted = key
            if self._task is not None:
                self._task.cancel()
            self._timer.start()
        found = self._known.get(key)
        return found or News(is_all=seen is None, is_loading=True)

    @Slot()
    def _on_rest(self) -> None:
        key = self._wanted
        if key is None or key in self._known:
            return
        if self._task is not None:
            self._timer.start()
            return
        work = partial(_news, self._context.workspace, key)
        self._reads = key
        self._task = self._context.tasks.start(Lane.READ, work)
        self._task.succeeded.connect(self._on_read)
        self._task.failed.connect(self._on_failed)
        self._task.settled.connect(self._on_settled)

    @Slot(object)
    def _on_read(self, news: News) -> None:
        self._keep(news)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, OperationCancelledError):
            return
        self._context.messages.log(error)
        words = str(error) if isinstance(error, ExpectedError) else ""
        words = words or _("It cannot be shown here. Open it to see why.")
        self._keep(News(problem=words))

    def _keep(self, news: News) -> None:
        if self._reads is not None:
            kept = list(self._known.items())[-_KEPT:]
            self._known = {**dict(kept), self._reads: news}
            self.changed.emit()

    @Slot()
    def _on_settled(self) -> None:
        self._task = None


def _news(workspace: Workspace, key: _Key, progress: Progress) -> News:
    name, before, _proposed = key
    look, texts = looked_at(workspace, name, progress, is_checked=False)
    if before:
        texts = since(workspace, look, before)
    parts = tuple(part for one in texts.parts for part in _words(one, texts))
    others = tuple((path, _differing(words)) for path, words in texts.others)
    return News((*parts, *others)[:_MOST], is_all=not before, problem=texts.problem)


def _words(
    part: PartTexts, texts: Texts
) -> tuple[tuple[str, tuple[Stretch, ...]], ...]:
    """Return what differs in a template in one language, and where."""
    found: list[tuple[str, tuple[Stretch, ...]]] = []
    if _differs(part.subject):
        found.append((_("Subject"), part.subject))
    found += [(_("E-mail"), mark.words) for mark in part.mail.marks]
    if _differs(part.sms):
        found.append((_("SMS"), part.sms))
    is_several = len({one.template for one in texts.parts}) > 1
    title = f"{part.title}, " if is_several else ""
    return tuple((f"{title}{where} ({part.locale})", words) for where, words in found)


def _differs(stretches: tuple[Stretch, ...]) -> bool:
    return any(one.kind is not Kind.SAME for one in stretches)


def _differing(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    return tuple(one for one in stretches if one.kind is not Kind.SAME)
