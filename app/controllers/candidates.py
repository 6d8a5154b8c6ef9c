"""Candidates: one person's story; in the demo the board of the practice ATS."""

from PySide6.QtCore import QObject, Slot

from app.commands import Command
from app.context import Context
from app.controllers.candidates_practice import Practice
from app.controllers.candidates_story import OneStory
from app.controllers.deliveries_outgoing import Outgoing
from app.controllers.listing import Listing
from app.places import Place, Room
from governance.texts import _
from sync.api.deliveries import DeliveryRow
from sync.api.practice import Application
from widgets.candidates.board_state import board_state
from widgets.candidates.chosen_state import next_stage, stage_before
from widgets.candidates.people_state import people_state
from widgets.candidates.story_state import story_state
from widgets.candidates.timeline_state import EVERYTHING, Told
from widgets.candidates.view import CandidatesView


class CandidatesController(QObject):
    """Remembers whose story is read, and who is selected on the board."""

    def __init__(self, view: CandidatesView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._outgoing = Outgoing.of(context)
        self._practice = Practice(context)
        self._story = OneStory(view, context, self._practice)
        self._story.changed.connect(self._on_story_changed)
        self._listing = Listing(self, part=EVERYTHING)
        self._listing.changed.connect(self._draw)
        self._card = ""
        self._moment = ""
        self._seen: tuple[DeliveryRow, ...] = ()
        self._is_asking = False
        view.words_changed.connect(self._listing.choose_words)
        view.asked.connect(self._on_asked)
        view.selected.connect(self._on_selected)
        view.opened.connect(self._open)
        view.moved.connect(self._on_moved)
        view.stepped.connect(self._on_stepped)
        view.kind_chosen.connect(self._listing.choose_part)
        view.deed_chosen.connect(self._on_deed_chosen)
        self._outgoing.changed.connect(self._on_changed)
        self._practice.changed.connect(self._on_practised)
        self._practice.mails_changed.connect(self._draw)
        context.commands.offer(
            Command(
                "find-candidate",
                _("Find candidate…"),
                _("Candidates"),
                self._find,
                "user-focus",
            )
        )

    def widget(self) -> CandidatesView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the board or the list, or the story of ``place.key``."""
        if place.key:
            self._moment = place.part
            self._listing.part = EVERYTHING
            self._card = place.key
            self._story.open(place.key)
        else:
            self._story.close()
        self._outgoing.refresh()
        self._practice.ask_mails(self._person())
        self._draw()
        self._view.focus_first()

    # What was done -------------------------------------------------------------------

    @Slot()
    def _on_asked(self) -> None:
        """Open whom the search means: the only one found, or whom the service knows."""
        words = self._listing.words.strip()
        if not words:
            return
        box = self._outgoing.box
        if self._context.identity.is_demo:
            state = board_state(box, words, self._card)
            keys = [card.key for stage in state.stages for card in stage.cards]
            key = keys[0] if len(keys) == 1 else ""
        else:
            rows = people_state(box, words, "").table.rows
            key = rows[0].key if len(rows) == 1 else words
        if key:
            self._open(key)
        else:
            self._view.board.focus_card()

    @Slot(str)
    def _on_selected(self, key: str) -> None:
        if self._told is not None:
            if not key.startswith("event:"):
                self._moment = key
        elif key != self._card:
            self._card = key
            self._practice.ask_mails(self._person())
        self._draw()

    @Slot(str)
    def _open(self, key: str) -> None:
        self._context.navigator.open(Place(Room.CANDIDATES, key))

    @Slot(str, str)
    def _on_moved(self, key: str, stage: str) -> None:
        self._card = key
        self._practice.move(key, stage)
        self._draw()

    @Slot(str, int)
    def _on_stepped(self, key: str, step: int) -> None:
        person = self._outgoing.box.people.get(key)
        if person is None:
            return
        stage = next_stage(person.stage) if step > 0 else stage_before(person.stage)
        if stage:
            self._on_moved(key, stage)

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        deed, _colon, what = key.partition(":")
        person = self._person()
        match deed:
            case "try":
                self._on_moved("app-001", "interview")
            case "proof":
                message = what or self._moment
                self._context.navigator.open(Place(Room.PROOF, message))
            case "copy":
                self._copy()
            case "clear":
                self._listing.choose_words("")
            case "find":
                self._open(self._listing.words.strip())
            case "all":
                self._context.navigator.open(Place(Room.CANDIDATES))
            case "search":
                self._find()
            case "export" | "erase" | "again" | "anyway":
                self._story.do(deed, self._moment)
            case _:
                if person is not None:
                    self._do(deed, what, person)

    def _do(self, deed: str, what: str, person: Application) -> None:
        """Do with the candidate of the board what a recruiter does."""
        match deed:
            case "move" if what != person.stage:
                self._on_moved(person.id, what)
            case "day":
                self._practice.let_it_be_day(person)
            case "withdraw":
                self._practice.withdraw(person.id)
            case "story":
                self._open(person.id)
            case _:
                pass

    @Slot()
    def _find(self) -> None:
        if self._told is not None or (
            self._context.navigator.place.room is not Room.CANDIDATES
        ):
            self._context.navigator.open(Place(Room.CANDIDATES))
        self._view.search.setFocus()
        self._view.search.selectAll()

    def _copy(self) -> None:
        if self._told is not None:
            state = story_state(self._told, EVERYTHING, "")
            self._view.copy_text(state.text)
            self._context.desktop.toast(_("The story is copied as text."))

    # What happened -------------------------------------------------------------------

    @Slot()
    def _on_practised(self) -> None:
        self._outgoing.refresh_people()
        self._outgoing.refresh()
        self._draw()

    @Slot()
    def _on_changed(self) -> None:
        if self._context.navigator.place.room is not Room.CANDIDATES:
            return
        rows = self._rows()
        if rows != self._seen:
            self._seen = rows
            self._practice.ask_mails(self._person())
            if self._told is not None:
                self._story.ask()
        self._draw()

    @property
    def _told(self) -> Told | None:
        """The story that is read, None for the board or the list."""
        return self._story.told

    @Slot()
    def _on_story_changed(self) -> None:
        self._practice.ask_mails(self._person())
        self._draw()

    def _rows(self) -> tuple[DeliveryRow, ...]:
        """Return the messages of the candidate who is looked at."""
        key = self._told.key if self._told else self._card
        return tuple(
            row
            for row in self._outgoing.box.rows or ()
            if key in {row.application, row.candidate}
        )

    def _person(self) -> Application | None:
        people = self._outgoing.box.people
        if self._told is not None:
            return self._told.person
        return people.get(self._card)

    # Drawing -------------------------------------------------------------------------

    @Slot()
    def _draw(self) -> None:
        box = self._outgoing.box
        if self._told is not None:
            state = story_state(self._told, self._listing.part, self._moment)
            self._moment = state.selected
            self._view.render_story(state)
        elif self._context.identity.is_demo:
            board = board_state(
                box,
                self._listing.words,
                self._card,
                self._practice.mails,
                is_busy=self._practice.is_busy,
            )
            self._view.render_board(board, self._listing.words)
            if board.selected != self._card:
                self._card = board.selected
                self._practice.ask_mails(self._person())
        else:
            people = people_state(box, self._listing.words, self._card)
            self._view.render_people(people, self._listing.words)


def make(context: Context) -> CandidatesController:
    """Return the room."""
    return CandidatesController(CandidatesView(), context)
