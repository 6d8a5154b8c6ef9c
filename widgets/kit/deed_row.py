"""Buttons in a row that come and go with what is selected."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout

from widgets.kit.controls import Button
from widgets.kit.values import Deed


class DeedRow(QObject):
    """Keeps one button for each key; those that are not offered are hidden.

    Signals:
        deed_chosen: The key of a button.
    """

    deed_chosen = Signal(str)

    def __init__(self, parent: QObject, layout: QBoxLayout) -> None:
        super().__init__(parent)
        self._layout = layout
        self._buttons: dict[str, Button] = {}

    def render_deeds(self, deeds: tuple[Deed, ...]) -> bool:
        """Offer ``deeds`` in their order; say whether any is shown."""
        offered = {deed.key for deed in deeds}
        for key, button in self._buttons.items():
            if key not in offered:
                button.hide()
                button.setShortcut("")  # a hidden button must not answer to its keys
        for place, deed in enumerate(deeds):
            button = self._buttons.get(deed.key) or self._made(deed)
            if self._layout.indexOf(button) != place:
                self._layout.removeWidget(button)
                self._layout.insertWidget(place, button)
            button.render_deed(deed)
        return any(deed.is_shown for deed in deeds)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons that were made so far, in their order."""
        return tuple(self._buttons.values())

    def can(self, key: str) -> bool:
        """Whether a deed is offered and possible."""
        button = self._buttons.get(key)
        return button is not None and not button.isHidden() and button.isEnabled()

    def _made(self, deed: Deed) -> Button:
        button = self._buttons[deed.key] = Button(deed)
        button.deed_chosen.connect(self.deed_chosen)
        self._layout.addWidget(button)
        return button
