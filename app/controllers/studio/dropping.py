"""Dropping pictures on the studio: looked at, kept with the draft, and shown."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.studio.desk import Desk
from app.tasks import Lane, Task
from app.workspace import Workspace
from governance.content.measure import LARGEST_FILE, require_few
from governance.content.pictures import (
    BadPictureError,
    Picture,
    asset_path,
    picture_of,
    require_small_picture,
)
from governance.content.sources import Sources
from governance.content.template import EMAIL_HTML, EMAIL_MJML
from governance.ports import Progress
from governance.texts import _
from widgets.studio.pasting import DropWatch
from widgets.studio.state import EMAIL
from widgets.studio.view import StudioView

_MOST: Final = 10  # files at once


@dataclass(frozen=True, slots=True)
class _Kept:
    """A picture that lies beside the draft now."""

    path: str
    picture: Picture


class Dropping(QObject):
    """Takes one file after the other; what is no picture is said in a sentence."""

    def __init__(self, view: StudioView, desk: Desk, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._desk = desk
        self._context = context
        self._waiting: list[str] = []
        self._task: Task | None = None
        self.watch = DropWatch(view)
        self.watch.dropped.connect(self.take)

    @Slot(list)
    def take(self, files: list[str]) -> None:
        """Take over the pictures at ``files``."""
        desk = self._desk
        if desk.template is None or desk.tab != EMAIL:
            message = _("Pictures belong into an e-mail: open its part first.")
            self._context.messages.tell(BadPictureError(message))
            return
        self._waiting += files[:_MOST]
        self._go_on()

    def _go_on(self) -> None:
        if self._task is None and self._waiting:
            file = Path(self._waiting.pop(0))
            work = partial(_keep, self._context.workspace, file)
            self._task = self._context.tasks.start(Lane.DRAFTS, work)
            self._task.succeeded.connect(self._on_kept)
            self._task.failed.connect(self._context.messages.tell)
            self._task.settled.connect(self._on_settled)

    @Slot(object)
    def _on_kept(self, kept: _Kept) -> None:
        name = self._desk.path.rpartition("/")[2]
        if name in {EMAIL_MJML, EMAIL_HTML}:
            self._view.editor.insert(_element(name, kept))
        told = _("“{path}” is part of your draft. Say in “alt” what it shows.")
        self._context.desktop.toast(told.format(path=kept.path))
        self._context.readings.refresh()

    @Slot()
    def _on_settled(self) -> None:
        self._task = None
        self._go_on()


def _keep(workspace: Workspace, file: Path, _progress: Progress) -> _Kept:
    """Keep a picture among the assets; the same one is kept once.

    Raises:
        BadPictureError: It is none that a message can have, or cannot be read.
        ExpectedError: The folder cannot be read or written, or is full.
    """
    name = file.name
    try:
        if not file.is_file():
            raise BadPictureError(_("“{name}” is no file.").format(name=name))
        require_small_picture(name, file.stat().st_size)
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)  # it may grow meanwhile
    except OSError as error:
        message = _("“{name}” cannot be read: {reason}.")
        raise BadPictureError(
            message.format(name=name, reason=error.strerror or str(error))
        ) from error
    picture = picture_of(name, data)
    now = workspace.kept_folder.read()
    for path, known in now.assets.items():
        if known == data:
            return _Kept(path, picture)
    held = sum(map(len, now.assets.values())) + sum(map(len, now.texts.values()))
    require_few(len(now.assets) + len(now.texts) + 1, held + len(data))
    path = asset_path(name, picture.ending, now.assets)
    workspace.folder.write(Sources(), Sources({}, {path: data}))
    return _Kept(path, picture)


def _element(name: str, kept: _Kept) -> str:
    width = kept.picture.shown
    if name == EMAIL_MJML:
        return f'<mj-image src="{kept.path}" alt="" width="{width}px" />'
    return f'<img src="{kept.path}" alt="" width="{width}" />'
