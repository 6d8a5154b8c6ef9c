"""The cases of the message that is open: worked out in the background, and forced."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.commands import Command
from app.context import Context
from app.controllers.studio.desk import Desk
from app.places import Room
from app.tasks import Lane, Task
from governance.content.cases import Condition, Forced, conditions_of
from governance.content.fields import read_fields
from governance.content.samples import read_sample, sample_names
from governance.content.sources import Sources
from governance.content.template import Template
from governance.errors import ExpectedError
from governance.markup.expand import expand
from governance.names import FieldName, Locale
from governance.ports import Progress
from governance.texts import _
from widgets.studio.cases import CaseChooser
from widgets.studio.cases_state import AS_SAMPLE, NEXT, cases_state, following
from widgets.studio.view import StudioView

_PAUSE: Final = 300  # milliseconds after a key


class Cases(QObject):
    """Knows what the message asks, and which answers a person wants to see.

    Signals:
        changed: Another case is to be shown.
    """

    changed = Signal()

    def __init__(self, view: StudioView, desk: Desk, context: Context) -> None:
        super().__init__(view)
        self._desk = desk
        self._context = context
        self._conditions: tuple[Condition, ...] = ()
        self._chosen: dict[FieldName, str] = {}
        self._task: Task | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._look)
        self.chooser = CaseChooser(view)
        view.previews.beside.addWidget(self.chooser.button)
        view.previews.strips.addWidget(self.chooser.strip)
        self.chooser.chosen.connect(self._on_chosen)
        self.chooser.cleared.connect(self._on_cleared)
        view.locale_chosen.connect(self._look_soon)
        desk.opened.connect(self._on_opened)
        desk.edited.connect(self._look_soon)
        context.commands.offer(
            Command(
                "next-case",
                _("Next case of the condition"),
                _("Studio"),
                self._next,
                "git-branch",
                NEXT,
                self._why_not,
            )
        )

    @property
    def forced(self) -> Forced:
        """The values that stand in place of the sample's."""
        return {
            condition.field: option.value
            for condition in self._conditions
            for option in condition.options
            if self._chosen.get(condition.field, AS_SAMPLE) == option.key
        }

    @Slot()
    def _on_opened(self) -> None:
        self._conditions, self._chosen = (), {}
        self._draw()
        self._look()

    @Slot()
    def _look_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _look(self) -> None:
        """Work out what the message asks, unless that is being done."""
        template = self._desk.template
        if self._task is not None:
            self._timer.start()
            return
        if template is None:
            return
        work = partial(
            _conditions, self._desk.document.sources, template, self._desk.locale
        )
        self._task = self._context.tasks.start(Lane.READ, work)
        self._task.succeeded.connect(self._on_known)
        self._task.failed.connect(self._context.messages.log)
        self._task.settled.connect(self._on_settled)

    @Slot(object)
    def _on_known(self, found: tuple[Template, tuple[Condition, ...] | None]) -> None:
        template, conditions = found
        if self._desk.template is None or template.id != self._desk.template.id:
            return
        if conditions is None or conditions == self._conditions:
            return  # while the text cannot be read, what was known stays
        before = self.forced
        self._conditions = conditions
        self._draw()
        if self.forced != before:
            self.changed.emit()

    @Slot()
    def _on_settled(self) -> None:
        self._task = None

    @Slot(str, str)
    def _on_chosen(self, field: FieldName, key: str) -> None:
        self._chosen.pop(field, None)
        if key != AS_SAMPLE:
            self._chosen[field] = key
        self._tell()

    @Slot()
    def _on_cleared(self) -> None:
        self._chosen.clear()
        self._tell()

    @Slot()
    def _next(self) -> None:
        self._chosen = following(self._conditions, self._chosen)
        self._tell()

    def _tell(self) -> None:
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        self.chooser.render_state(cases_state(self._conditions, self._chosen))

    def _why_not(self) -> str:
        if self._context.navigator.place.room is not Room.STUDIO:
            return _("Open a template first.")
        if not self._conditions:
            return _("This message asks for nothing: it is the same for everyone.")
        return ""


def _conditions(
    sources: Sources, template: Template, where: Locale, _progress: Progress
) -> tuple[Template, tuple[Condition, ...] | None]:
    """Return the conditions, None where a text or a table cannot be read."""
    known = []
    for name in sample_names(sources):
        try:
            known.append(read_sample(sources, name))
        except ExpectedError:
            continue  # whoever renders it says why
    try:
        texts = [
            expand(path, sources.read).text
            for (locale, _part), path in sorted(template.parts.items())
            if locale == where
        ]
        return template, conditions_of(texts, read_fields(sources), known)
    except ExpectedError:
        return template, None
