"""One candidate's story: read, read again, given out, erased."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.context import Context
from app.controllers.candidates_data import CandidateData
from app.controllers.candidates_practice import Practice
from app.controllers.deliveries_deciding import Deciding
from app.controllers.deliveries_outgoing import Outgoing
from governance.ports import Progress
from sync.api.deliveries import State
from sync.api.stories import Story
from sync.client import ServiceClient
from sync.errors import ServiceRefusedError
from widgets.candidates.story_state import story_state
from widgets.candidates.timeline_state import EVERYTHING, TO_COME, Told
from widgets.kit.page import PageView


class OneStory(QObject):
    """Remembers whose story is read, and what is known of it.

    Signals:
        changed: Something else is known of it now.
    """

    changed = Signal()

    def __init__(self, view: PageView, context: Context, practice: Practice) -> None:
        super().__init__(view)
        self._context = context
        self._practice = practice
        self._outgoing = Outgoing.of(context)
        self._told: Told | None = None
        self.deciding = Deciding(view, context)
        self.deciding.decided.connect(self.ask)
        self.data = CandidateData(view, context)
        self.data.erased.connect(self._on_erased)

    @property
    def told(self) -> Told | None:
        """What is known now, None where nobody's story is read."""
        if self._told is None:
            return None
        return replace(
            self._told,
            box=self._outgoing.box,
            mails=self._practice.mails,
            why_no_data=self.data.why_not,
        )

    def open(self, key: str) -> None:
        """Read the story of somebody."""
        self._told = Told(key, self._outgoing.box)
        self.ask()

    def close(self) -> None:
        """Read nobody's any more."""
        self._told = None

    @Slot()
    def ask(self) -> None:
        """Ask the service for it."""
        if self._told is None:
            return
        task = self._context.service.ask(partial(_story, self._told.key))
        task.succeeded.connect(self._on_story)
        task.failed.connect(self._on_no_story)

    def do(self, deed: str, message: str) -> None:
        """Give out or erase what is kept of them, send a message, or read again."""
        told = self.told
        if told is None:
            return
        name = story_state(told, EVERYTHING, "").name
        rows = [one.delivery for one in told.story.chapters] if told.story else []
        match deed:
            case "anyway":
                self._send_anyway(message)
            case "export":
                self.data.ask_export(told.key, name)
            case "erase":
                to_come = sum(row.state in TO_COME for row in rows)
                sent = sum(row.state is State.SENT for row in rows)
                self.data.ask_erase(told.key, name, to_come, sent)
            case _:
                self._told = replace(told, problem="")
                self.ask()
                self.changed.emit()

    def _send_anyway(self, message: str) -> None:
        """Ask why a held message of theirs is to go now."""
        chapters = self._told.story.chapters if self._told and self._told.story else ()
        for one in chapters:
            if one.delivery.id == message:
                self.deciding.ask_anyway(one.delivery, one.rounds)

    @Slot(object)
    def _on_story(self, found: tuple[str, Story]) -> None:
        key, story = found
        if self._told is not None and key == self._told.key:
            self._told = replace(self._told, story=story, is_unknown=False, problem="")
            self.changed.emit()

    @Slot(object)
    def _on_no_story(self, error: Exception) -> None:
        if self._told is None or self._told.story is not None:
            return
        told = self.told
        if not isinstance(error, ServiceRefusedError):
            self._context.messages.log(error)
            self._told = replace(self._told, problem=str(error))
        elif told is None or told.person is None:
            self._told = replace(self._told, is_unknown=True)
        else:  # the ATS knows them; no message was planned yet
            story = Story(told.person.candidate.id, ())
            self._told = replace(self._told, story=story)
        self.changed.emit()

    @Slot(str)
    def _on_erased(self, key: str) -> None:
        """Look again; an address finds nobody any more, the number still does."""
        told = self._told
        if told is not None and told.key == key and told.story is not None:
            self.open(told.story.candidate)
        self._outgoing.refresh()
        self.changed.emit()


def _story(key: str, service: ServiceClient, _progress: Progress) -> tuple[str, Story]:
    return key, service.why(key)
