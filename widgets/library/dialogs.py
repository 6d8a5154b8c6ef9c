"""What the library asks: a new template, another title, another stage, archiving."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from governance.names import Channel
from governance.texts import _
from widgets.kit.controls import DropDown, Field
from widgets.kit.dialog import Dialog
from widgets.kit.marks import Text
from widgets.kit.values import Choice, Deed, Tone
from widgets.library.new_state import (
    EMPTY,
    OTHER,
    Known,
    NewWish,
    channels,
    stage_name,
    stages,
    starts,
    why_not,
)


class NewDialog(Dialog):
    """Asks what a new template, or a copy, shall be.

    Signals:
        wished: A ``NewWish``.
    """

    wished = Signal(object)

    def __init__(self, parent: QWidget | None, known: Known) -> None:
        is_copy = bool(known.source)
        super().__init__(
            parent,
            _("Duplicate a template") if is_copy else _("New template"),
            under=_("A draft in your folder. Candidates get it when it is released."),
            icon="copy" if is_copy else "plus",
        )
        self._known = known
        self.name = Field(_("Title"), _("Your team reads it; candidates do not."))
        self.goal = Field(
            _("Purpose"), _("What it should bring about, for those who review it.")
        )
        self.stage = DropDown(_("Stage"))
        self.other = Field(_("Name of the new stage"))
        self.start = DropDown(_("Start from"))
        self.ways = _ticks(channels(), (Channel.EMAIL,))
        self.locales = _ticks(
            (Choice(one, one) for one in known.locales), (known.locale,)
        )
        self._lay_out()
        first = known.stage or "application"
        self.stage.render_choices(stages(known), first)
        self.start.render_choices(starts(known, first), known.source)
        for field in (self.name, self.goal, self.other):
            field.edit.textChanged.connect(self._draw)
        self.stage.chosen.connect(self._on_stage_chosen)
        self.start.chosen.connect(self._draw)
        for box in (*self.ways, *self.locales):
            box.toggled.connect(self._draw)
        self.deed_chosen.connect(self._on_deed)
        self._draw()
        self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def wish(self) -> NewWish:
        """What is asked for now."""
        stage = self.stage.key
        if stage == OTHER:
            stage = stage_name(self.other.edit.text())
        return NewWish(
            self.name.edit.text().strip(),
            stage,
            self.goal.edit.text().strip(),
            _ticked(self.ways),
            _ticked(self.locales),
            self.start.key,
        )

    def _lay_out(self) -> None:
        self.body.addWidget(self.name)
        self.body.addWidget(self.goal)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(_labelled(_("Stage"), self.stage), 2)
        row.addLayout(_labelled(_("Start from"), self.start), 3)
        self.body.addLayout(row)
        self.body.addWidget(self.other)
        self._only_new = QWidget()
        ticks = QHBoxLayout(self._only_new)
        ticks.setContentsMargins(0, 0, 0, 0)
        ticks.setSpacing(32)
        ticks.addLayout(_boxes(_("Channels"), self.ways))
        ticks.addLayout(_boxes(_("Languages"), self.locales))
        ticks.addStretch(1)
        self.body.addWidget(self._only_new)

    @Slot(str)
    def _on_stage_chosen(self, stage: str) -> None:
        self.start.render_choices(starts(self._known, stage), EMPTY)
        self._draw()
        if stage == OTHER:
            self.other.edit.setFocus()

    @Slot()
    def _draw(self) -> None:
        wish = self.wish
        self.other.setVisible(self.stage.key == OTHER)
        self._only_new.setVisible(not wish.source)
        title = _("Create the copy") if wish.source else _("Create the template")
        self.render_deeds((Deed("go", title, "primary", why_not=why_not(wish)),))
        if self.isVisible():
            self.fit()

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        if not why_not(self.wish):
            self.wished.emit(self.wish)
            self.accept()


class TitleDialog(Dialog):
    """Asks for another title.

    Signals:
        titled: What it shall be called.
    """

    titled = Signal(str)

    def __init__(self, parent: QWidget | None, title: str) -> None:
        super().__init__(
            parent,
            _("Rename the template"),
            under=_("What candidates get stays as it is."),
            icon="text-aa",
            size="dialog-small",
        )
        self._before = title
        self.name = Field(_("Title"))
        self.name.edit.setText(title)
        self.name.edit.selectAll()
        self.name.edit.textChanged.connect(self._draw)
        self.body.addWidget(self.name)
        self.deed_chosen.connect(self._on_deed)
        self._draw()
        self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _draw(self) -> None:
        text = self.name.edit.text().strip()
        reason = _("The title is missing.") if not text else ""
        if text == self._before:
            reason = _("It is called that already.")
        self.render_deeds((Deed("go", _("Rename"), "primary", why_not=reason),))

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        self.titled.emit(self.name.edit.text().strip())
        self.accept()


class StageDialog(Dialog):
    """Asks for another stage.

    Signals:
        moved: The folder's name.
    """

    moved = Signal(str)

    def __init__(self, parent: QWidget | None, title: str, known: Known) -> None:
        super().__init__(
            parent,
            _("Move to another stage"),
            under=title,
            icon="folder",
            size="dialog-small",
        )
        self._before = known.stage
        self.stage = DropDown(_("Stage"))
        self.stage.render_choices(stages(known), known.stage)
        self.other = Field(_("Name of the new stage"))
        self.stage.chosen.connect(self._draw)
        self.other.edit.textChanged.connect(self._draw)
        self.body.addLayout(_labelled(_("Stage"), self.stage))
        self.body.addWidget(self.other)
        self.deed_chosen.connect(self._on_deed)
        self._draw()
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def wish(self) -> str:
        """The stage that is asked for now."""
        stage = self.stage.key
        return stage_name(self.other.edit.text()) if stage == OTHER else stage

    @Slot()
    def _draw(self) -> None:
        self.other.setVisible(self.stage.key == OTHER)
        reason = ""
        if not self.wish:
            reason = _("The stage is missing. Use plain letters.")
        elif self.wish == self._before:
            reason = _("It is there already.")
        self.render_deeds((Deed("go", _("Move"), "primary", why_not=reason),))
        if self.isVisible():
            self.fit()

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        self.moved.emit(self.wish)
        self.accept()


class ArchiveDialog(Dialog):
    """Asks whether a template shall be archived.

    Signals:
        agreed: It shall.
    """

    agreed = Signal()

    def __init__(
        self, parent: QWidget | None, title: str, words: str, reason: str
    ) -> None:
        super().__init__(
            parent,
            _("Archive “{title}”").format(title=title),
            icon="archive",
            size="dialog-small",
            tone=Tone.ERROR,
        )
        self.body.addWidget(Text(words, wraps=True))
        if reason:
            self.body.addWidget(Text(reason, "strong", Tone.WARN, wraps=True))
        self.render_deeds((Deed("go", _("Archive"), "danger", why_not=reason),))
        self.deed_chosen.connect(self._on_deed)

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        self.agreed.emit()
        self.accept()


def _labelled(label: str, drop: DropDown) -> QVBoxLayout:
    drop.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    column = QVBoxLayout()
    column.setSpacing(6)
    column.addWidget(Text(label, "strong"))
    column.addWidget(drop)
    return column


def _ticks(choices: Iterable[Choice], ticked: Iterable[str]) -> tuple[QCheckBox, ...]:
    boxes = []
    for one in choices:
        box = QCheckBox(one.title)
        box.setObjectName(one.key)
        box.setChecked(one.key in ticked)
        boxes.append(box)
    return tuple(boxes)


def _boxes(label: str, boxes: Iterable[QCheckBox]) -> QVBoxLayout:
    column, row = QVBoxLayout(), QHBoxLayout()
    column.setSpacing(8)
    row.setSpacing(16)
    for box in boxes:
        row.addWidget(box)
    column.addWidget(Text(label, "strong"))
    column.addLayout(row)
    return column


def _ticked(boxes: Iterable[QCheckBox]) -> tuple[str, ...]:
    return tuple(box.objectName() for box in boxes if box.isChecked())
