"""Having what is open rendered, and showing what came of it."""

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.studio.cases import Cases
from app.controllers.studio.desk import Desk
from app.controllers.studio.previewing import Previewing, place_of_words
from app.live import Frame, Job
from governance.content.samples import samples
from governance.errors import ExpectedError
from governance.names import SampleName
from governance.rendering.render import Rendered
from governance.texts import _
from widgets.kit.values import Choice
from widgets.studio.state import EMAIL
from widgets.studio.view import StudioView


class Seeing(QObject):
    """Offers the document to the live loop whenever something else is to be seen.

    Attributes:
        sample: The name of the person whose mail is shown, "" for the first that fits.
        cases: Which way its conditions go.
    """

    def __init__(self, view: StudioView, desk: Desk, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._desk = desk
        self._context = context
        self._previewing = Previewing(view, context)
        self.cases = Cases(view, desk, context)
        self._frame: Frame | None = None
        self.sample = ""
        self.cases.changed.connect(self.offer)
        view.sample_chosen.connect(self._on_sample_chosen)
        self._previewing.wanted_changed.connect(self.offer)
        self._previewing.words_clicked.connect(self._on_words_clicked)
        context.live.rendered.connect(self._on_rendered)
        desk.opened.connect(self._on_opened)
        desk.edited.connect(self.offer)

    @property
    def mail(self) -> Rendered | None:
        """The last one that could be rendered."""
        return self._frame.mail if self._frame else None

    def samples(self) -> tuple[Choice, ...]:
        """Return whose mail can be shown."""
        try:
            known = samples(self._desk.document.saved)
        except ExpectedError:
            known = ()
        fitting = Choice("", _("First that fits"), "user")
        return (fitting, *(Choice(one.name, one.title, "user") for one in known))

    @Slot()
    def offer(self) -> None:
        """Have it rendered as it is now."""
        desk = self._desk
        if desk.template is None:
            return
        self._previewing.begin()
        self._context.live.offer(
            Job(
                desk.document.revision,
                desk.document.sources,
                desk.template.id,
                desk.locale,
                SampleName(self.sample) if self.sample else None,
                self._previewing.wanted(),
                self._previewing.closer(),
                self.cases.forced,
            )
        )

    @Slot()
    def _on_opened(self) -> None:
        self._frame = None
        self._previewing.forget()
        self.offer()

    @Slot(object)
    def _on_rendered(self, frame: Frame) -> None:
        desk = self._desk
        if desk.template is None or frame.job.template != desk.template.id:
            return
        desk.problem = frame.problem
        self._previewing.take(frame)
        if frame.mail is not None:
            self._frame = frame
            self._view.subject.render_inbox(
                frame.mail.subject or "",
                frame.mail.preheader or "",
                self._previewing.clients,
            )
        desk.changed.emit()

    @Slot(str)
    def _on_sample_chosen(self, key: str) -> None:
        self.sample = key
        self.offer()
        self._desk.changed.emit()

    @Slot(str)
    def _on_words_clicked(self, words: str) -> None:
        desk = self._desk
        place = place_of_words(desk.document.text(desk.path), words)
        if desk.tab == EMAIL and place is not None:
            self._view.editor.go_to(*place)
