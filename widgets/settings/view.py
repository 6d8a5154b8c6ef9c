"""The room of settings, drawn."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QCheckBox, QFileDialog

from governance.texts import _
from widgets.kit.controls import DropDown, SearchField, native
from widgets.kit.page import PageView
from widgets.kit.table_view import TableView
from widgets.settings.form import Form
from widgets.settings.form_view import FormView
from widgets.settings.people_state import PeopleState
from widgets.settings.person_view import PersonView
from widgets.settings.state import SettingsState, Strokes


class SettingsView(PageView):
    """One page at a time; the person selected stands beside the table of people.

    Signals:
        words_changed: What was typed into the filter.
        role_chosen: The role that people are listed of.
        selected: The row that a person came to.
        role_toggled: The role of the one selected that was ticked or unticked.
        picked: The key of a choice, and what was chosen.
        switched: The key of a switch, and whether it is on.
    """

    words_changed = Signal(str)
    role_chosen = Signal(str)
    selected = Signal(str)
    role_toggled = Signal(str)
    picked = Signal(str, str)
    switched = Signal(str, bool)

    def __init__(self) -> None:
        self._has_person, self._has_search = False, True
        super().__init__(inspector="inspector-wide")
        self.search = SearchField(_("Filter people"))
        self.search.setMaximumWidth(220)
        self.search.textChanged.connect(self.words_changed)
        self._roles = DropDown(_("Role"))
        self._roles.chosen.connect(self.role_chosen)
        self.toolbar.addWidget(self.search, 2)
        self.toolbar.addWidget(self._roles)
        self.toolbar.addStretch(1)
        self.table = TableView(_("People"), two_lines=True)
        self.table.selected.connect(self.selected)
        self.form = self._form()
        self.strokes = TableView(_("Shortcuts"))
        self.letters = QCheckBox()
        self.letters.clicked.connect(self._on_letters)
        self.toolbar.addWidget(self.letters)
        for page in (self.table, self.form, self.strokes):
            self.content.addWidget(page)
        self.person = PersonView(self.inspector)
        self.person.deed_chosen.connect(self.deed_chosen)
        self.person.role_toggled.connect(self.role_toggled)

    def render_state(self, state: SettingsState) -> None:
        """Draw ``state``."""
        self.render_sections(state.sections, state.section)
        page = state.page
        is_people = isinstance(page, PeopleState)
        has_search = not isinstance(page, Form)
        if (is_people, has_search) != (self._has_person, self._has_search):
            self._has_person, self._has_search = is_people, has_search
            self.set_compact(is_compact=not self.sidebar.isVisibleTo(self))
        self.search.setVisible(has_search)
        self._roles.setVisible(is_people)
        self.letters.setVisible(isinstance(page, Strokes))
        match page:
            case PeopleState():
                self._render_people(page)
            case Form():
                self.header.render_title(_("Settings"))
                self.header.render_deeds(())
                self.render_notices(())
                self.form.render_form(page)
                self.content.setCurrentWidget(self.form)
            case Strokes():
                self.header.render_title(_("Settings"))
                self.header.render_deeds(())
                self.render_notices(())
                self.search.setPlaceholderText(_("Filter commands"))
                self.search.setAccessibleName(_("Filter commands"))
                self.letters.setText(page.letters.words)
                self.letters.setChecked(page.letters.is_on)
                self.strokes.render_table(page.table)
                self.content.setCurrentWidget(self.strokes)

    def set_compact(self, *, is_compact: bool) -> None:
        """Fold what has no room; only people have an inspector."""
        super().set_compact(is_compact=is_compact)
        if not self._has_person:
            self.inspector.hide()
        self.bar.setVisible(is_compact or self._has_search)

    # What only a window can do -------------------------------------------------------

    def copy(self, text: str) -> None:
        """Put ``text`` into the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def open_folder(self, folder: str) -> bool:
        """Show a folder in the system's file manager; say whether there is one."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(folder))

    def ask_where(self, title: str, name: str) -> Path | None:
        """Ask where a file is to be saved, None for nowhere."""
        suggested = str(Path.home() / name)
        chosen, _kind = QFileDialog.getSaveFileName(self, title, suggested)
        return Path(chosen) if chosen else None

    def ask_which(self, title: str) -> Path | None:
        """Ask for a file, None for none."""
        chosen, _kind = QFileDialog.getOpenFileName(self, title, str(Path.home()))
        return Path(chosen) if chosen else None

    @Slot(bool)
    def _on_letters(self, is_on: bool) -> None:  # noqa: FBT001 -- Qt's signal
        self.switched.emit("letters", is_on)

    def _form(self) -> FormView:
        form = FormView()
        form.deed_chosen.connect(self.deed_chosen)
        form.picked.connect(self.picked)
        form.switched.connect(self.switched)
        return form

    def _render_people(self, page: PeopleState) -> None:
        self.header.render_title(_("Settings"), page.count)
        self.header.render_deeds(page.deeds)
        self.render_notices(page.notices)
        self.search.setPlaceholderText(_("Filter people"))
        self.search.setAccessibleName(_("Filter people"))
        self._roles.render_choices(page.choices, page.role)
        self.table.render_table(page.table, page.selected)
        self.render_empty(page.empty, self.table)
        self.person.render_detail(page.detail)


def keys_in_words(shortcut: str) -> str:
    """Return a shortcut as this computer writes it, "" for none."""
    if not shortcut or "," in shortcut.replace("Ctrl+,", ""):
        return shortcut
    return native(QKeySequence(shortcut))
