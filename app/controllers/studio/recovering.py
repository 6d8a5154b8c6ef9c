"""After a window that was killed: its draft is opened again, and said to be there."""

from functools import partial
from threading import Lock

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.studio.desk import Desk
from app.controllers.studio.keeping import Keeping
from app.controllers.studio.sitting import (
    Sitting,
    forget_sitting,
    read_sitting,
    write_sitting,
)
from app.paths import Paths
from app.tasks import Lane
from governance.ports import Progress
from governance.texts import _
from widgets.studio.view import StudioView


class Recovering(QObject):
    """Notes what is written while it is, and asks about a note that was left."""

    def __init__(
        self, view: StudioView, desk: Desk, keeping: Keeping, context: Context
    ) -> None:
        super().__init__(view)
        self._view = view
        self._desk = desk
        self._context = context
        self._paths = context.workspace.paths
        self._pen = _Pen()
        self._before: dict[str, str | None] = {}
        self._left = read_sitting(self._paths)  # a small file, once
        view.recovered.kept.connect(self._on_kept)
        view.recovered.discarded.connect(self._on_discarded)
        desk.opened.connect(self._on_opened)
        desk.edited.connect(self._on_edited)
        keeping.saved.connect(self._note)
        closed = getattr(context.owner, "closed", None)
        if closed is not None:
            closed.connect(self._on_closed)

    @Slot()
    def _on_opened(self) -> None:
        left = self._left
        is_it = left is not None and left.key == self._desk.key and self._differs(left)
        if left is None or not is_it:
            self._view.recovered.hide()
            return
        words = _("We kept your draft of {time}.")
        self._view.recovered.render_words(
            words.format(time=left.at.astimezone().strftime("%H:%M")),
            _("Countersign ended while you were writing. What you typed is here."),
        )

    def _differs(self, left: Sitting) -> bool:
        text = self._desk.document.text
        return any(text(path) != (old or "") for path, old in left.before.items())

    @Slot()
    def _on_kept(self) -> None:
        self._decide()
        self._view.editor.setFocus()

    @Slot()
    def _on_discarded(self) -> None:
        left = self._left
        self._decide()
        if left is None:
            return
        self._desk.replace({path: old or "" for path, old in left.before.items()})
        self._context.desktop.toast(
            _("The text is as it was before."), _("Undo"), "take-back"
        )

    def _decide(self) -> None:
        self._left = None
        self._view.recovered.hide()
        if not self._before:
            forget_sitting(self._paths)

    @Slot()
    def _on_edited(self) -> None:
        if self._left is not None and self._left.key == self._desk.key:
            self._decide()  # who types goes on
        saved = self._desk.document.saved.texts
        fresh = [one for one in self._desk.document.unsaved if one not in self._before]
        self._before |= {path: saved.get(path) for path in fresh}
        if fresh:
            self._note()

    @Slot()
    def _note(self) -> None:
        if self._before:
            now = Sitting(
                key=self._desk.key, at=self._desk.now, before=dict(self._before)
            )
            work = partial(self._pen.write, self._paths, now)
            self._context.tasks.start(Lane.DRAFTS, work)

    @Slot()
    def _on_closed(self) -> None:
        """Leave no note: this window ends as it should."""
        self._pen.put_down(self._paths)


class _Pen:
    """Writes the note from a thread, and never after the window closed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._is_down = False

    def write(self, paths: Paths, sitting: Sitting, _progress: Progress) -> None:
        with self._lock:
            if not self._is_down:
                write_sitting(paths, sitting)

    def put_down(self, paths: Paths) -> None:
        with self._lock:
            self._is_down = True
            forget_sitting(paths)
