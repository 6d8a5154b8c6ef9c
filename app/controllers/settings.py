"""The room of settings: which page is shown, and who does what a button says."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.settings_computer import ComputerPages
from app.controllers.settings_connections import ConnectionChecks
from app.controllers.settings_key import KeyDeeds
from app.controllers.settings_mail import MailDeeds
from app.controllers.settings_people import PeopleDeeds
from app.controllers.settings_policy import PolicyDeeds
from app.places import Place
from app.snapshot import Snapshot
from governance.names import Role
from governance.texts import _
from widgets.settings.about_state import about_form
from widgets.settings.connections_state import connections_form
from widgets.settings.form import Form
from widgets.settings.key_state import key_form
from widgets.settings.people import why_no_power
from widgets.settings.people_state import ANY, PeopleState, people_state
from widgets.settings.policy_state import policy_form
from widgets.settings.state import (
    ABOUT,
    CONNECTIONS,
    KEY,
    PEOPLE,
    POLICY,
    SHORTCUTS,
    STORAGE,
    SettingsState,
    Strokes,
    sections,
)
from widgets.settings.view import SettingsView


class SettingsController(QObject):
    """Remembers the page, and what is listed on it."""

    def __init__(self, view: SettingsView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._section = PEOPLE
        self._words = ""
        self._role = ANY
        self._selected = ""
        self.people = PeopleDeeds(view, context)
        self.key = KeyDeeds(view, context)
        self.connections = ConnectionChecks(view, context)
        self.mail = MailDeeds(view, context)
        self.policy = PolicyDeeds(view, context, self.people)
        self.mail.changed.connect(self.connections.come)
        self.computer = ComputerPages(view, context)
        for source in (self.key, self.connections, self.computer):
            source.changed.connect(self._draw)
        view.section_chosen.connect(self._on_section_chosen)
        view.words_changed.connect(self._on_words_changed)
        view.role_chosen.connect(self._on_role_chosen)
        view.selected.connect(self._on_selected)
        view.role_toggled.connect(self._on_role_toggled)
        view.deed_chosen.connect(self._on_deed_chosen)
        view.picked.connect(self._on_picked)
        view.switched.connect(self._on_switched)
        context.events.reading_changed.connect(self._on_reading_changed)
        context.events.identity_changed.connect(self._draw_if_seen)
        self._draw()

    def widget(self) -> SettingsView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the page that ``place`` names, with what it names selected."""
        if place.key:
            self._selected = place.key
        self._show(place.part or self._section)

    def _show(self, section: str) -> None:
        if section != self._section:
            self._section = section
            self._words = ""
            self._view.search.clear()
        if section == STORAGE:
            self.computer.measure()
        elif section == CONNECTIONS:
            self.connections.come()
        self._draw()

    @Slot(str)
    def _on_section_chosen(self, key: str) -> None:
        if key and key != self._section:
            self._show(key)

    @Slot(str)
    def _on_words_changed(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self._draw()

    @Slot(str)
    def _on_role_chosen(self, key: str) -> None:
        self._role = key
        self._draw()

    @Slot(str)
    def _on_selected(self, key: str) -> None:
        self._selected = key
        self._draw()

    @Slot(str)
    def _on_role_toggled(self, role: str) -> None:
        self.people.toggle_role(self._chosen(), Role(role))

    @Slot(str, str)
    def _on_picked(self, key: str, value: str) -> None:
        self.computer.pick(key, value)

    @Slot(str, bool)
    def _on_switched(self, key: str, is_on: bool) -> None:  # noqa: FBT001 -- a slot
        self.computer.switch(key, is_on=is_on)

    @Slot(object)
    def _on_reading_changed(self, _snapshot: Snapshot) -> None:
        self._draw_if_seen()

    @Slot()
    def _draw_if_seen(self) -> None:
        """Draw what somebody looks at; who comes later has it drawn then."""
        if self._view.isVisible():
            self._draw()

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        match key:
            case "everybody":
                self._role = ANY
                self._view.search.clear()
                self._draw()
            case "enrol" | "confirm" | "new-key" | "withdraw":
                self.people.act(key, self._chosen())
            case "copy-key" | "passphrase" | "sheet" | "recover":
                self.key.act(key, self.people.people())
            case "check" | "mail" | "policy":
                self._act(key)
            case "open-folder":
                self._open_folder(self._context.workspace.paths.root)
            case "open-service":
                self._open_folder(self._context.workspace.paths.service)
            case "versions":
                self._copy_versions()
            case "report":
                self._run("report-problem")
            case _:
                pass

    def _act(self, key: str) -> None:
        """Do what a button of the workspace's pages says."""
        match key:
            case "policy":
                self.policy.open()
            case "mail":
                self.mail.open(self.connections.now)
            case _:
                self.connections.check()

    def _chosen(self) -> str:
        page = self._page()
        return page.selected if isinstance(page, PeopleState) else ""

    def _open_folder(self, folder: Path) -> None:
        if not self._view.open_folder(str(folder)):
            self._context.desktop.toast(
                _("There is no file manager here. The folder is {folder}.").format(
                    folder=folder
                )
            )

    def _copy_versions(self) -> None:
        about = self.computer.about
        rows = (("Countersign", about.version), *about.versions)
        self._view.copy("".join(f"{name}: {value}\n" for name, value in rows))
        self._context.desktop.toast(_("The versions are copied."))

    def _run(self, key: str) -> None:
        for command in self._context.commands.all:
            if command.key == key:
                command.run()

    def _page(self) -> PeopleState | Form | Strokes:
        people = self.people.people()
        if self._section == PEOPLE:
            return people_state(people, self._words, self._role, self._selected)
        if self._section == SHORTCUTS:
            return self.computer.strokes(self._words)
        match self._section:
            case section if section == POLICY:
                form = policy_form(people.state.policy, why_no_power(people))
            case section if section == CONNECTIONS:
                form = connections_form(self.connections.now)
            case section if section == KEY:
                form = key_form(self.key.mine(people))
            case section if section == ABOUT:
                form = about_form(self.computer.about)
            case section:
                form = self.computer.form(section)
        return form

    @Slot()
    def _draw(self) -> None:
        waiting = len(self.people.people().state.waiting)
        state = SettingsState(sections(waiting), self._section, self._page())
        self._view.render_state(state)


def make(context: Context) -> SettingsController:
    """Return the room."""
    return SettingsController(SettingsView(), context)
