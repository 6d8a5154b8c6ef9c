"""The studio's controller: what works on its desk, and what the room says of it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.studio.accepting import Accepting
from app.controllers.studio.comparing import Comparing
from app.controllers.studio.desk import Desk
from app.controllers.studio.dropping import Dropping
from app.controllers.studio.finder import Finder
from app.controllers.studio.findings import Findings
from app.controllers.studio.keeping import Keeping
from app.controllers.studio.others import OPEN
from app.controllers.studio.pasting import Pasting
from app.controllers.studio.proposing import Proposing
from app.controllers.studio.recovering import Recovering
from app.controllers.studio.seeing import Seeing
from app.controllers.studio.writing import Writing
from app.places import Place, Room
from governance.names import Locale
from widgets.library.state import standing_mark
from widgets.studio.state import Bench, StudioState, studio_state
from widgets.studio.view import StudioView


class StudioController(QObject):
    """Puts the desk and those who work on it together, and draws what they know.

    Attributes:
        desk: What is open.
        findings: What the checks say of it.
        proposing: Submitting it for review.
        pasting: Formatted text that is pasted into it.
        dropping: Pictures that are dropped on it.
    """

    def __init__(self, view: StudioView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._place = (1, 1)
        desk = self.desk = Desk(view, context)
        self._keeping = Keeping(view, desk, context)
        self._writing = Writing(view, desk, context)
        self._seeing = Seeing(view, desk, context)
        self.findings = Findings(view, desk, context)
        self._finder = Finder(view, desk, context)
        self._comparing = Comparing(view, desk, context)
        self._recovering = Recovering(view, desk, self._keeping, context)
        self.proposing = Proposing(view, desk, self.findings, context)
        self.accepting = Accepting(view, desk, self.findings, context)
        self.pasting = Pasting(view, desk, context)
        self.dropping = Dropping(view, desk, context)
        self._deeds: dict[str, Callable[[], None]] = {
            "submit": self.proposing.ask,
            "undo": self._writing.undo,
            "redo": self._writing.redo,
            "find-text": self._finder.show,
            "compare": self._comparing.compare,
            "versions": self._comparing.versions,
            "save": self._keeping.save,
            "fix": self.findings.fix_next,
            "next-finding": partial(self._step, 1),
            "finding-before": partial(self._step, -1),
        }
        view.tab_chosen.connect(self._on_tab_chosen)
        view.locale_chosen.connect(self._on_locale_chosen)
        view.deed_chosen.connect(self._on_deed_chosen)
        view.editor.caret_moved.connect(self._on_caret_moved)
        desk.edited.connect(self._draw)
        desk.changed.connect(self._draw)
        self._keeping.taken.connect(self._seeing.offer)
        context.events.identity_changed.connect(self._draw)
        context.events.place_changed.connect(self._on_place_changed)

    def widget(self) -> StudioView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Open the draft named ``place.key``: a template's id, or a file's path."""
        if place.key and place.key != self.desk.key:
            self._keeping.catch_up()
            self.desk.open(place.key)
        if place.part:
            self.desk.go_to_line(place.part)
        self._draw()
        self._view.editor.setFocus()

    @Slot(str)
    def _on_tab_chosen(self, key: str) -> None:
        self.desk.choose(tab=key)
        self._draw()

    @Slot(str)
    def _on_locale_chosen(self, key: str) -> None:
        self.desk.choose(locale=Locale(key))
        self._seeing.offer()
        self._draw()

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        if key.startswith(OPEN):
            change = key.removeprefix(OPEN)
            self._context.navigator.open(Place(Room.CHANGE, change))
        elif key in self._deeds:
            self._deeds[key]()

    def _step(self, step: int) -> None:
        """Go to another finding, or another difference while one compares."""
        if self._comparing.is_open:
            self._view.comparison.diff.step(step)
        else:
            self.findings.step(step)

    @Slot(int, int, int)
    def _on_caret_moved(self, line: int, column: int, _at: int) -> None:
        self._place = (line, column)
        self._tell_place(studio_state(self._bench()))

    @Slot(object)
    def _on_place_changed(self, place: Place) -> None:
        if place.room is not Room.STUDIO:
            self._context.desktop.set_status("studio", "text-aa", "")
            self._context.desktop.set_status("previews", "lightning", "")

    @Slot()
    def _draw(self) -> None:
        if not self.desk.key:
            return
        state = studio_state(self._bench())
        self._view.render_state(state)
        self.findings.draw()
        self._tell_place(state)

    def _bench(self) -> Bench:
        desk, seeing = self.desk, self._seeing
        row, snapshot = desk.row, self._context.readings.current
        changes = snapshot.reading.changes if snapshot else {}
        mail = seeing.mail
        line, column = self._place
        return Bench(
            template=desk.template,
            path=desk.path,
            locale=desk.locale,
            tab=desk.tab,
            findings=self.findings.all,
            mark=standing_mark(row, changes) if row else None,
            saved_at=self._keeping.saved_at,
            samples=seeing.samples(),
            sample=seeing.sample,
            problem=desk.problem,
            notices=(*self._keeping.notices(), *self.proposing.notices()),
            mail=len((mail.html or "").encode()) if mail else 0,
            sms=(mail.sms or "") if mail else "",
            can_undo=desk.document.can_undo,
            can_redo=desk.document.can_redo,
            why_not_submit=self.proposing.why_not(),
            line=line,
            column=column,
        )

    def _tell_place(self, state: StudioState) -> None:
        is_here = self._context.navigator.place.room is Room.STUDIO
        note = state.note if is_here and self.desk.template else ""
        self._context.desktop.set_status("studio", "text-aa", note)


def make(context: Context) -> StudioController:
    """Return the room."""
    return StudioController(StudioView(context.preferences.values.editor), context)
