"""One change: what it alters, what is new in it, and what was read of it."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.commands import Command
from app.context import Context
from app.controllers.change_deeds import ChangeDeeds, Done, said
from app.controllers.change_texts import looked_at_since
from app.controllers.reviews_notes import InboxNotes
from app.places import Place, Room
from app.snapshot import Snapshot
from app.tasks import Lane, Task
from governance.changes.comment_on_change import Remark
from governance.changes.reading import ChangeRow, Look
from governance.errors import ExpectedError
from governance.names import ChangeId
from governance.texts import _
from widgets.reviews.change_people import place_words
from widgets.reviews.change_state import change_state, place_now
from widgets.reviews.change_values import ChangeState, Desk, Texts
from widgets.reviews.change_view import ChangeView
from widgets.reviews.since import Since, since_of

_Made = tuple[Look, Texts, Texts | None]


class ChangeController(QObject):
    """Holds which change is shown, what this computer made of it, and what was read."""

    def __init__(self, view: ChangeView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._notes = InboxNotes.of(context)
        self._id = ChangeId("")
        self._look: Look | None = None
        self._texts: Texts | None = None
        self._since: Since | None = None
        self._news: Texts | None = None
        self._only_news = False
        self._task: Task | None = None
        self._template = ""
        self._locale = ""
        self._tab = "rendered"
        self._mark = 1
        self._read: frozenset[str] = frozenset()
        self._stale = ""
        self._wanted = ""
        self._deeds = ChangeDeeds(view, context)
        self._deeds.done.connect(self._on_done)
        self.signing = self._deeds.signing
        view.tab_chosen.connect(self._on_tab_chosen)
        view.template_chosen.connect(self._on_template_chosen)
        view.locale_chosen.connect(self._on_locale_chosen)
        view.mark_chosen.connect(self._on_mark_chosen)
        view.since_chosen.connect(self._on_since_chosen)
        view.deed_chosen.connect(self._on_deed_chosen)
        view.commented.connect(self._on_commented)
        view.place_chosen.connect(self._on_place_chosen)
        context.events.reading_changed.connect(self._on_reading_changed)
        context.events.identity_changed.connect(self._on_identity_changed)
        context.events.place_changed.connect(self._on_place_changed)
        context.commands.offer(
            Command(
                "comment",
                _("Comment on what is selected…"),
                _("Reviews"),
                view.ask_comment,
                "chat-circle-text",
                "Ctrl+M",
                self._why_no_comment,
            )
        )

    @property
    def look(self) -> Look | None:
        """What this computer made of the change, None until it has."""
        return self._look

    def widget(self) -> ChangeView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the change named ``place.key``; ``place.part`` is a deed to ask for."""
        self._wanted = place.part
        if place.key and place.key != self._id:
            self._id = ChangeId(place.key)
            self._tab, self._mark = "rendered", 1
            self._template = self._locale = ""
            self._read = frozenset()
            self._reload()
        self._draw()
        self._ask_wanted()

    def _reload(self) -> None:
        self._look, self._texts, self._stale = None, None, ""
        self._news, self._only_news, self._since = None, False, None
        row = self._row()
        if row is not None:
            me = self._context.identity.person
            self._since = since_of(row.change, me, self._notes.now)
        work = partial(looked_at_since, self._context.workspace, self._id, self._since)
        if self._task is not None:
            self._task.cancel()
        self._task = self._context.tasks.start(Lane.READ, work)
        self._task.succeeded.connect(self._on_looked)
        self._task.failed.connect(self._on_look_failed)

    @Slot(object)
    def _on_looked(self, made: _Made) -> None:
        look, texts, news = made
        if look.change.id != self._id:
            return
        self._look, self._texts, self._news = look, texts, news
        if texts.parts:
            first = next((one for one in texts.parts if one.mail.marks), texts.parts[0])
            self._template = self._template or first.template
            self._locale = self._locale or first.locale
            self._read |= {self._locale}
        else:
            self._tab = "others" if texts.others else "details"
        self._note_read()
        self._draw()

    @Slot(object)
    def _on_look_failed(self, error: Exception) -> None:
        if isinstance(error, ExpectedError):
            self._texts = Texts(problem=f"{error} {_(error.remedy)}")
            self._draw()
        self._context.messages.log(error)

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        row = snapshot.reading.changes.get(self._id)
        look = self._look
        if row and look and row.change.proposal != look.change.proposal:
            self._stale = _("The text changed. Read what is new first.")
        self._note_read()
        self._draw()
        self._ask_wanted()

    def _note_read(self) -> None:
        """Remember how far it was read, while somebody looks at it as it is."""
        row = self._row()
        if row and self._look and not self._stale and self._view.isVisible():
            self._notes.read(row.change)

    @Slot()
    def _on_identity_changed(self) -> None:
        """Read it anew for somebody who saw another text of it."""
        self._read = frozenset({self._locale} if self._locale else ())
        row = self._row()
        notes, me = self._notes.now, self._context.identity.person
        if row is not None and since_of(row.change, me, notes) != self._since:
            self._reload()
        self._note_read()
        self._draw()

    @Slot(object)
    def _on_place_changed(self, place: Place) -> None:
        if place.room is not Room.CHANGE:
            self._context.desktop.set_status("change", "globe", "")

    def _row(self) -> ChangeRow | None:
        snapshot = self._context.readings.current
        return snapshot.reading.changes.get(self._id) if snapshot else None

    def _desk(self) -> Desk | None:
        row, snapshot = self._row(), self._context.readings.current
        if row is None or snapshot is None:
            return None
        return Desk(
            row,
            snapshot.reading.state,
            self._context.identity.person,
            self._context.workspace.clock(),
            self._texts,
            self._template,
            self._locale,
            self._tab,
            self._mark,
            self._read,
            self._stale,
            self._since,
            self._news,
            self._only_news,
        )

    @Slot()
    def _draw(self) -> None:
        desk = self._desk()
        state = change_state(desk) if desk else ChangeState(title=_("Change"))
        self._view.render_state(state)
        is_here = self._context.navigator.place.room is Room.CHANGE
        note = state.languages_note if is_here else ""
        self._context.desktop.set_status("change", "globe", note)

    # What a person does --------------------------------------------------------------

    @Slot(str)
    def _on_tab_chosen(self, key: str) -> None:
        self._tab = key
        self._draw()

    @Slot(str)
    def _on_template_chosen(self, key: str) -> None:
        self._template, self._mark = key, 1
        self._draw()

    @Slot(str)
    def _on_locale_chosen(self, key: str) -> None:
        self._locale, self._mark = key, 1
        self._read |= {key}
        self._draw()

    @Slot(int)
    def _on_mark_chosen(self, number: int) -> None:
        self._mark = number
        self._draw()

    @Slot(str)
    def _on_since_chosen(self, key: str) -> None:
        self._only_news, self._mark = key == "news", 1
        self._draw()

    @Slot(str)
    def _on_place_chosen(self, place: str) -> None:
        """Show where a comment was made: its change of the mail, or its source."""
        texts = self._texts or Texts()
        for part in texts.parts:
            if place in part.places:
                self._only_news = False
                self._template, self._locale = part.template, part.locale
                self._tab, self._mark = "rendered", part.places.index(place) + 1
                self._read |= {part.locale}
                self._draw()
                self._view.go_to(self._mark)
                return

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        desk, look = self._desk(), self._look
        if desk is None:
            return
        match key:
            case key if key.partition(":")[0] == "sign" and look is not None:
                self._deeds.ask_sign(desk, look, key.partition(":")[2])
            case "request":
                self._deeds.ask_request(desk)
            case "withdraw":
                self._deeds.ask_withdraw(desk)
            case "reload":
                self._reload()
                self._draw()
            case "edit" if self._template:
                self._context.navigator.open(Place(Room.STUDIO, self._template))
            case _:
                pass

    @Slot(str, bool, int)
    def _on_commented(self, text: str, must_answer: bool, answers: int) -> None:  # noqa: FBT001 -- a signal has no keywords
        desk = self._desk()
        if desk is None:
            return
        answered = answers if answers >= 0 else None
        place = "" if answered is not None else place_now(desk)
        remark = Remark(text, must_answer, answered, place)
        where = place_words(place, desk.texts)
        self._deeds.ask_comment(self._id, remark, where)

    def _ask_wanted(self) -> None:
        """Open the dialog that was asked for elsewhere, once it can be answered."""
        if self._wanted == "request" and self._row() is not None:
            self._wanted = ""
            self._on_deed_chosen("request")

    def _why_no_comment(self) -> str:
        if self._context.navigator.place.room is not Room.CHANGE:
            return _("Open a change in Reviews first.")
        desk = self._desk()
        if desk is None or desk.me not in desk.state.members:
            return _("You are no member of this workspace.")
        return ""

    @Slot(object)
    def _on_done(self, done: Done) -> None:
        if done.deed == "comment":
            self._view.clear_comment()
        self._context.desktop.toast(said(done, self._desk()))


def make(context: Context) -> ChangeController:
    """Return the room."""
    return ChangeController(ChangeView(), context)
