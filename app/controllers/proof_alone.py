"""Verifying a message where no workspace is open: from the welcome window."""

from PySide6.QtCore import QObject, Signal, Slot

from app.controllers.proof_desk import ProofDesk
from app.tasks import Tasks
from governance.errors import ExpectedError
from governance.texts import _
from widgets.proof.window import ProofWindow


class ProofAlone(QObject):
    """Judges what proof files bring along, and says what cannot be checked here.

    Signals:
        closed: Its window is closed.
    """

    closed = Signal()

    def __init__(self, window: ProofWindow, tasks: Tasks) -> None:
        super().__init__(window)
        self.window = window
        self.desk = ProofDesk(window.view, tasks)
        self.desk.said.connect(self._on_said)
        self.desk.failed.connect(self._on_failed)
        window.closed.connect(self.closed)

    @Slot(str)
    def _on_said(self, words: str) -> None:
        self.window.say(words)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        remedy = _(error.remedy) if isinstance(error, ExpectedError) else ""
        self.window.say(f"{error} {remedy}".strip(), is_problem=True)
