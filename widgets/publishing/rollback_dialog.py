"""Rolling back: which version, and whether it can come back."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from governance.changes.compared import Stretch
from governance.texts import _
from widgets.kit.controls import Button
from widgets.kit.dialog import Dialog
from widgets.kit.marks import StateText, Text
from widgets.kit.stretches import stretches_html
from widgets.kit.table_view import TableView
from widgets.kit.values import Cell, Column, Deed, Mark, Row, Table, Tone
from widgets.publishing.effects_state import Effect


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version that may come back.

    Attributes:
        why_not: Why it cannot, "" if it can.
        words: What changes back, part by part.
    """

    number: int
    life: str
    why_not: str = ""
    words: tuple[tuple[str, tuple[Stretch, ...]], ...] = ()


class RollbackDialog(Dialog):
    """Asks for the version; the reason and the passphrase come next.

    Signals:
        version_chosen: Its number.
        stop_wanted: Nothing is to come back; sending is to stop.
    """

    version_chosen = Signal(int)
    stop_wanted = Signal()

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        live: int,
        earlier: tuple[Earlier, ...],
        effects: tuple[Effect, ...] = (),
    ) -> None:
        super().__init__(
            parent,
            _("Roll back: {title}").format(title=title),
            under=_(
                "Version {number} is live. What comes back is what was signed then, "
                "to the letter, under a new number."
            ).format(number=live),
            icon="clock-counter-clockwise",
            size="dialog-wide",
        )
        self._earlier = {str(one.number): one for one in earlier}
        self._list = TableView(_("Earlier versions"), two_lines=True)
        self._list.setFixedWidth(360)
        self._list.setMinimumHeight(320)
        self._words = QTextBrowser()
        self._words.setAccessibleName(_("What changes back"))
        right = QVBoxLayout()
        right.addWidget(Text(_("What changes back"), "micro", Tone.QUIET))
        right.addWidget(self._words, 1)
        if effects:
            right.addWidget(
                Text(_("What will change, and for whom"), "micro", Tone.QUIET)
            )
        for effect in effects:
            words = f"{effect.mark.word}. {effect.plain}".strip()
            right.addWidget(StateText(replace(effect.mark, word=words), wraps=True))
        instead = Button(Deed("stop", _("Stop sending instead…"), "stop", "hand"))
        instead.clicked.connect(self._on_instead)
        self.left.addWidget(instead)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._list)
        row.addLayout(right, 1)
        self.body.addLayout(row)
        first = next((one for one in earlier if not one.why_not), None)
        self._list.selected.connect(self._on_selected)
        self._list.render_table(
            Table((Column(""),), tuple(map(_row, earlier))),
            str(first.number) if first else "",
        )
        self.deed_chosen.connect(self._on_deed)
        self._on_selected(self._list.key)
        self._list.setFocus()

    @Slot(str)
    def _on_selected(self, key: str) -> None:
        one = self._earlier.get(key)
        self._words.setHtml(stretches_html(one.words) if one else "")
        title = (
            _("Roll back to version {number}…").format(number=one.number)
            if one
            else _("Roll back…")
        )
        why_not = one.why_not if one else _("Choose a version.")
        self.render_deeds(
            (
                Deed(
                    "rollback",
                    title,
                    "primary",
                    "clock-counter-clockwise",
                    why_not=why_not,
                ),
            )
        )

    @Slot()
    def _on_instead(self) -> None:
        self.reject()
        self.stop_wanted.emit()

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        one = self._earlier.get(self._list.key)
        if one is not None and not one.why_not:
            self.version_chosen.emit(one.number)
            self.accept()


def _row(one: Earlier) -> Row:
    mark = (
        Mark(one.why_not, "prohibit", Tone.WARN)
        if one.why_not
        else Mark(_("Can be restored now"), "check-circle-fill", Tone.OK)
    )
    title = _("Version {number}").format(number=one.number)
    return Row(
        str(one.number),
        (Cell(f"{title} · {one.life}", mark=mark),),
        said=f"{title}, {one.life}, {mark.word}",
    )
