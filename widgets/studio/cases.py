"""The case chooser: which way the conditions of a message go in the previews."""

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from governance.names import FieldName
from governance.texts import _
from widgets.kit.controls import Button
from widgets.kit.frames import Banner
from widgets.kit.values import Deed
from widgets.studio.cases_state import NEXT, CaseGroup, CasesState

_WIDEST = 132


class CaseChooser(QWidget):
    """A button with a menu of conditions, and the strip that says what is forced.

    It is no place of its own: whoever has one puts ``button`` and ``strip`` somewhere.

    Signals:
        chosen: A field, and the answer to what is asked of it, "" for the sample's.
        cleared: Everything as the sample says.
    """

    chosen = Signal(str, str)
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.button = Button(Deed("cases", "", icon="git-branch", is_shown=False))
        self.button.setMaximumWidth(_WIDEST)
        self.button.setAccessibleName(_("Case of the condition"))
        self.button.deed_chosen.connect(self._on_asked)
        self.strip = Banner()
        self.strip.acted.connect(self._on_strip_acted)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._groups: tuple[CaseGroup, ...] = ()
        self._parts: list[QMenu] = []

    def render_state(self, state: CasesState) -> None:
        """Draw ``state``."""
        self.button.render_deed(state.deed)
        name = _("Case of the condition")
        now = state.notice.plain if state.notice else _("As the sample says")
        self.button.setAccessibleName(f"{name}: {now}")
        self.button.setToolTip(f"{name}: {now}  {NEXT}")
        self.strip.render_notice(state.notice)
        if state.groups != self._groups:
            self._groups = state.groups
            self._fill()

    def _fill(self) -> None:
        self._menu.clear()
        for part in self._parts:
            part.deleteLater()
        self._parts.clear()
        is_forced = any(group.chosen for group in self._groups)
        first = self._menu.addAction(_("As the sample says"))
        first.setCheckable(True)
        first.setChecked(not is_forced)
        first.triggered.connect(self.cleared)
        self._menu.addSeparator()
        for group in self._groups:
            part = QMenu(group.title.replace("&", "&&"), self._menu)
            self._parts.append(part)
            self._menu.addMenu(part)
            together = QActionGroup(part)
            for choice in group.choices:
                action = QAction(choice.title.replace("&", "&&"), part)
                action.setCheckable(True)
                action.setChecked(choice.key == group.chosen)
                action.setData((str(group.field), choice.key))
                action.triggered.connect(self._on_chosen)
                together.addAction(action)
                part.addAction(action)
            if group.chosen:
                part.setTitle(f"{part.title()}: {_chosen(group)}")

    @Slot()
    def _on_asked(self) -> None:
        corner = QPoint(0, self.button.height() + 2)
        self._menu.popup(self.button.mapToGlobal(corner))

    @Slot()
    def _on_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            field, key = action.data()
            self.chosen.emit(FieldName(field), key)

    @Slot(str)
    def _on_strip_acted(self, _key: str) -> None:
        self.cleared.emit()


def _chosen(group: CaseGroup) -> str:
    titles = (one.title for one in group.choices if one.key == group.chosen)
    return next(titles, "").replace("&", "&&")
