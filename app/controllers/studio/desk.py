"""What is open in the studio, and which part of it is before the eyes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.context import Context
from app.controllers.studio.details import details
from app.controllers.studio.document import Document
from app.controllers.studio.offers import offers
from governance.changes.library import LibraryRow
from governance.content.sources import Sources
from governance.content.template import Template, find_template, template_folders
from governance.errors import ExpectedError
from governance.names import Locale, TemplateId
from widgets.studio.state import DETAILS, EMAIL, PART_FILES, SOURCE, SUBJECT
from widgets.studio.view import StudioView

_NO_LOCALE: Final = Locale("")
_ENGLISH: Final = Locale("en")


class Desk(QObject):
    """The document of the window, and where in it a person is.

    Everything in the studio works on one desk; what it does to it is heard by all.

    Signals:
        opened: Something else is open.
        shown: A text was put into the editor.
        edited: A text changed.
        changed: Something else is to be said of what is open.

    Attributes:
        key: Of what is open: a template's id or a file's path, "" for nothing.
        template: None for what is no template.
        path: Of the file that the part before the eyes is.
        in_editor: Of the file whose text the editor holds, which stays there while
            a form is shown.
        problem: Why it cannot be read or shown, "" if it can.
    """

    opened = Signal()
    shown = Signal()
    edited = Signal()
    changed = Signal()

    def __init__(self, view: StudioView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        snapshot = context.readings.current
        self.document = Document(snapshot.sources if snapshot else Sources())
        self.key = ""
        self.template: Template | None = None
        self.path = ""
        self.in_editor = ""
        self.locale = _NO_LOCALE
        self.tab = EMAIL
        self.problem = ""
        self._carets: dict[str, int] = {}

    @property
    def now(self) -> datetime:
        """What time it is."""
        return self._context.workspace.clock()

    @property
    def row(self) -> LibraryRow | None:
        """What the library says of what is open, None if it is no template of it."""
        snapshot = self._context.readings.current
        rows = snapshot.rows if snapshot else ()
        return next((row for row in rows if row.id == self.key), None)

    @property
    def title(self) -> str:
        """What people call what is open."""
        return self.template.record.title if self.template else self.path

    @property
    def folder(self) -> str:
        """Where everything that is open lies."""
        return self.template.folder if self.template else self.path

    def holds(self, path: str) -> bool:
        """Whether a file is part of the template that is open."""
        return self.template is not None and path.startswith(f"{self.folder}/")

    # Opening -------------------------------------------------------------------------

    def open(self, key: str) -> None:
        """Open a template by its id, or a file by its path; ``#`` names a place."""
        self.remember_caret()
        self.key, self.problem = key, ""
        path, _hash, name = key.partition("#")
        sources = self.document.sources
        if key in template_folders(sources):
            self.template = self._read(TemplateId(key))
            locales = self.template.locales if self.template else ()
            if _ENGLISH in locales:
                self.locale = _ENGLISH
            elif self.locale not in locales:
                self.locale = locales[0] if locales else _NO_LOCALE
            self.tab = EMAIL if self.path_of(EMAIL) else DETAILS
        else:
            self.template, self.tab = None, SOURCE
        self.path = path if self.template is None else self.path_of(self.tab)
        self._view.editor.set_offers(offers(sources))
        self.show()
        if name:
            at = max(self.document.text(self.path).find(f'"{name}"'), 0)
            self._view.editor.go_to(at, at + len(name) + 2)
        self.opened.emit()

    def read_again(self) -> None:
        """Take over what the texts say of the template now."""
        if self.template is not None:
            self.template = self._read(self.template.id)

    def path_of(self, tab: str) -> str:
        """Return the file of a part, the one that it would get if there is none."""
        template = self.template
        if template is None or tab == SOURCE:
            return self.path
        if tab == DETAILS:
            return f"{template.folder}/template.toml"
        for name in PART_FILES[tab]:
            if path := template.path(self.locale, name):
                return path
        return f"{template.folder}/{self.locale}/{PART_FILES[tab][0]}"

    def _read(self, name: TemplateId) -> Template | None:
        try:
            return find_template(self.document.sources, name)
        except ExpectedError as error:
            self.problem = str(error)
            return self.template if self.template and self.template.id == name else None

    # Going somewhere -----------------------------------------------------------------

    def choose(self, *, tab: str | None = None, locale: Locale | None = None) -> None:
        """Show another part, or another language."""
        self.remember_caret()
        self.tab = self.tab if tab is None else tab
        self.locale = self.locale if locale is None else locale
        self.path = self.path_of(self.tab)
        self.show()

    def go_to_file(self, path: str) -> None:
        """Make the part that a file is the one shown, if it is one of what is open."""
        if not self.holds(path):
            return
        rest = path.removeprefix(f"{self.folder}/").split("/")
        if len(rest) > 1:
            self.locale = Locale(rest[0])
        for tab, names in PART_FILES.items():
            if rest[-1] in names:
                self.tab = tab
        self.path = self.path_of(self.tab)

    def go_to_line(self, part: str) -> None:
        """Show a line: "path:12", or "12" of the part that is shown."""
        name, _colon, line = part.rpartition(":")
        if line.isdigit():
            if name:
                self.go_to_file(name)
                self.show()
            lines = self.document.text(self.path).split("\n")
            at = sum(len(one) + 1 for one in lines[: int(line) - 1])
            self._view.editor.go_to(at, at)

    def show(self, caret: int | None = None) -> None:
        """Put the text of the part into its editor."""
        document = self.document
        if self.tab == SUBJECT and self.template is not None:
            folder = f"{self.folder}/{self.locale}"
            self._view.subject.render_texts(
                document.text(f"{folder}/subject.txt").rstrip("\n"),
                document.text(f"{folder}/preheader.txt").rstrip("\n"),
            )
            return
        if self.tab == DETAILS:
            texts = dict(details(document.text(self.path_of(DETAILS))))
            self._view.details.render_texts(texts)
            return
        if caret is None and self.path != self.in_editor:
            caret = self._carets.get(self.path, 0)
        self.in_editor = self.path
        self._view.editor.set_text(document.text(self.path), caret, self.path)
        self.shown.emit()

    def remember_caret(self) -> None:
        """Come back to where the caret is, when the part is shown again."""
        if self.in_editor:
            self._carets[self.in_editor] = self._view.editor.caret()

    # Changing texts ------------------------------------------------------------------

    def type(self, path: str, text: str) -> None:
        """Take over what a person typed."""
        if self.document.type(path, text, self.now):
            self.after_edit()

    def replace(self, texts: Mapping[str, str], caret: int | None = None) -> bool:
        """Give files other texts, as one step; say whether anything changed."""
        paths = self.document.replace(texts, self.now)
        if paths:
            if self.path in paths:
                self.show(caret)
            self.after_edit()
        return bool(paths)

    def after_edit(self) -> None:
        """Let everybody know that the document changed."""
        self.read_again()
        self.edited.emit()
