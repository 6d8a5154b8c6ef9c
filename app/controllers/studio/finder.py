"""Finding and replacing in the text that is shown."""

from PySide6.QtCore import QObject, Slot

from app.commands import Command
from app.context import Context
from app.controllers.studio.desk import Desk
from governance.texts import _, ngettext
from widgets.studio.view import StudioView


class Finder(QObject):
    """The bar over the editor."""

    def __init__(self, view: StudioView, desk: Desk, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._desk = desk
        view.finder.find_requested.connect(self._on_find)
        view.finder.replace_requested.connect(self._on_replace)
        view.finder.closed.connect(self._on_closed)
        context.commands.offer(
            Command("find-text", _("Find in this text"), _("Studio"), self.show,
                    "magnifying-glass", "Ctrl+F", is_local=True),
        )  # fmt: skip

    @Slot()
    def show(self) -> None:
        """Open the bar."""
        self._view.finder.show()
        self._view.finder.words.setFocus()

    @Slot(str, bool)
    def _on_find(self, words: str, backwards: bool) -> None:  # noqa: FBT001 -- a signal
        found = self._view.editor.search(words, backwards=backwards)
        self._view.finder.render_note("" if found else _("Not in this text."))

    @Slot(str, str)
    def _on_replace(self, words: str, instead: str) -> None:
        desk = self._desk
        text = desk.document.text(desk.path)
        count = text.count(words)
        if count:
            desk.replace({desk.path: text.replace(words, instead)})
        said = ngettext("{count} place changed.", "{count} places changed.", count)
        self._view.finder.render_note(said.format(count=count))

    @Slot()
    def _on_closed(self) -> None:
        self._view.finder.hide()
        self._view.editor.setFocus()
