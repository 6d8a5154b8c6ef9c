"""Comparing the draft with what is live, and with earlier versions."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.commands import Command
from app.context import Context
from app.controllers.studio.desk import Desk
from app.controllers.studio.versions import Compared, compare, version_choices
from app.tasks import Lane, Task
from governance.changes.library import subject_of
from governance.errors import ExpectedError
from governance.ledger.state import Version
from governance.texts import _
from widgets.studio.comparison import ComparisonState
from widgets.studio.view import StudioView


class Comparing(QObject):
    """Shows a version beside the draft, and takes it into the draft where wanted."""

    def __init__(self, view: StudioView, desk: Desk, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._desk = desk
        self._context = context
        self._version = 0
        self._part = ""
        self._compared: Compared | None = None
        self._problem = ""
        self._task: Task | None = None
        view.comparison.version_chosen.connect(self._on_version_chosen)
        view.comparison.part_chosen.connect(self._on_part_chosen)
        view.comparison.taken.connect(self._on_taken)
        view.comparison.closed.connect(self.close)
        desk.opened.connect(self.close)
        context.commands.offer(
            Command("compare", _("Compare with what is live"), _("Studio"),
                    self.compare, "git-diff", "Ctrl+D", self.why_not, is_local=True),
            Command("versions", _("Compare with an earlier version"), _("Studio"),
                    self.versions, "clock-counter-clockwise", "Ctrl+Shift+H",
                    self.why_not, is_local=True),
        )  # fmt: skip

    def why_not(self) -> str:
        """Return why nothing can be compared, "" if something can."""
        if self._desk.template is None:
            return _("Only messages have versions of their own.")
        return "" if self._versions() else _("No version of it was released yet.")

    @property
    def is_open(self) -> bool:
        """Whether a version is shown."""
        return self._version > 0

    @Slot()
    def compare(self) -> None:
        """Show what is live beside the draft; once more, and it is closed."""
        versions = self._versions()
        if self.is_open:
            self.close()
        elif versions:
            self._look_at(versions[-1])
        else:
            self._context.desktop.toast(self.why_not())

    @Slot()
    def versions(self) -> None:
        """Show the version before the one that is live beside the draft."""
        versions = self._versions()
        if versions:
            self._look_at(versions[-2] if len(versions) > 1 else versions[-1])
        else:
            self._context.desktop.toast(self.why_not())

    @Slot()
    def close(self) -> None:
        """Go back to the editor."""
        if self._version:
            self._version, self._compared = 0, None
            self._view.show_comparison(is_shown=False)
            self._view.editor.setFocus()

    def _versions(self) -> tuple[Version, ...]:
        template, snapshot = self._desk.template, self._context.readings.current
        if template is None or snapshot is None:
            return ()
        return snapshot.reading.state.versions.get(subject_of(template.id), ())

    def _look_at(self, version: Version) -> None:
        template = self._desk.template
        if template is None:
            return
        self._version = version.number
        self._compared, self._problem = None, ""
        if self._task is not None:
            self._task.cancel()
        work = partial(
            compare,
            self._context.workspace,
            version,
            template.id,
            self._desk.document.sources,
        )
        self._task = self._context.tasks.start(Lane.READ, work)
        self._task.succeeded.connect(self._on_compared)
        self._task.failed.connect(self._on_failed)
        self._view.show_comparison(is_shown=True)
        self._view.comparison.setFocus()
        self._draw()

    @Slot(object)
    def _on_compared(self, compared: Compared) -> None:
        if compared.number == self._version:
            self._compared = compared
            if self._part not in compared.rows:
                wanted = self._desk.path
                parts = compared.parts
                first = parts[0].key if parts else ""
                self._part = wanted if wanted in compared.rows else first
            self._draw()
            self._view.comparison.diff.setFocus()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, ExpectedError):
            self._problem = f"{error} {_(error.remedy)}"
            self._draw()
        self._context.messages.log(error)

    def _draw(self) -> None:
        compared = self._compared
        self._view.comparison.render_state(
            ComparisonState(
                version_choices(self._versions()),
                str(self._version),
                compared.parts if compared else (),
                self._part,
                compared.rows.get(self._part, ()) if compared else (),
                is_reading=compared is None,
                problem=self._problem,
            )
        )

    @Slot(str)
    def _on_version_chosen(self, key: str) -> None:
        for version in self._versions():
            if str(version.number) == key:
                self._look_at(version)

    @Slot(str)
    def _on_part_chosen(self, key: str) -> None:
        self._part = key
        self._draw()

    @Slot()
    def _on_taken(self) -> None:
        compared = self._compared
        if compared is None:
            return
        self.close()
        if self._desk.replace(compared.texts):
            said = _("Version {number} is in the draft.")
            self._context.desktop.toast(
                said.format(number=compared.number), _("Undo"), "take-back"
            )
