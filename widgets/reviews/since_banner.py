"""The banner about what is new to who reads, with the switch in it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from governance.texts import _
from widgets.kit.controls import Segments
from widgets.kit.frames import Banner
from widgets.kit.values import Notice, Tone
from widgets.reviews.change_values import SinceState


class SinceBanner(Banner):
    """Says what changed since one signed, and shows only that or everything.

    Signals:
        chosen: "news" or "all".
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        self._switch = Segments(_("What is shown of the change"))
        super().__init__()
        self._switch.chosen.connect(self.chosen)
        row = self.layout()
        assert isinstance(row, QHBoxLayout), "a banner is a row"
        row.addWidget(self._switch)

    def render_since(self, since: SinceState | None) -> None:
        """Show ``since``, or nothing."""
        if since is None:
            self.render_notice(None)
            return
        bold, plain = since.bold, since.plain
        self.render_notice(Notice("", bold, plain, Tone.WARN, "arrows-clockwise"))
        self._switch.render_choices(since.choices, since.chosen)
