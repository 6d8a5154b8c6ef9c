"""The proof of a message, as a room of the window."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.proof_case import Ground, found_there
from app.controllers.proof_desk import ProofDesk
from app.places import Place
from app.snapshot import Snapshot
from governance.changes.library import subject_of
from widgets.proof.view import ProofView


class ProofController(QObject):
    """Says which message to look at, and on what ground."""

    def __init__(self, view: ProofView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._key = ""
        self._ground = Ground(context.workspace)
        self.desk = ProofDesk(view, context.tasks)
        self.desk.said.connect(self._on_said)
        self.desk.failed.connect(context.messages.tell)
        context.events.reading_changed.connect(self._on_reading_changed)
        self._stand(context.readings.current)

    def widget(self) -> ProofView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the message ``place.key``, or ask which one."""
        if not place.key:
            self._key = ""
            self.desk.forget()
        elif place.key != self._key:
            self._key = place.key
            self.desk.forget()
            if self._context.workspace.settings.service:
                question = partial(found_there, self._ground, place.key)
                self.desk.look(partial(self._context.service.ask, question))
            else:
                self.desk.verify(place.key)

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        self._stand(snapshot)

    def _stand(self, snapshot: Snapshot | None) -> None:
        rows = snapshot.rows if snapshot else ()
        titles = {subject_of(row.id): row.title for row in rows}
        self._ground = Ground(self._context.workspace, titles)
        self.desk.stand_on(self._ground)

    @Slot(str)
    def _on_said(self, words: str) -> None:
        self._context.desktop.toast(words)


def make(context: Context) -> ProofController:
    """Return the room."""
    return ProofController(ProofView(), context)
