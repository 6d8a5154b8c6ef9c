"""Proposing another signing policy: how many of each role sign what, for how long."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QSpinBox, QWidget

from governance.ledger.policy import CLASSES, Policy
from governance.names import Role
from governance.texts import _
from widgets.kit.dialog import Dialog
from widgets.kit.frames import Banner
from widgets.kit.marks import Text
from widgets.kit.values import Deed, Tone
from widgets.settings.policy_draft import (
    PolicyDraftState,
    months_of,
    signing_roles,
    with_rule,
)
from widgets.settings.policy_state import class_title

_MOST: int = 9


class PolicyDialog(Dialog):
    """Asks for the numbers of each kind of text.

    Signals:
        changed: What is filled in now, a ``Policy``.
        wished: The same, when it is to be signed.
    """

    changed = Signal(object)
    wished = Signal(object)

    def __init__(
        self, parent: QWidget | None, policy: Policy, titles: dict[Role, str]
    ) -> None:
        super().__init__(
            parent,
            _("Propose another signing policy"),
            under=_("How many different people of each role sign each kind of text."),
            icon="scales",
        )
        self._policy = policy
        self.seats: dict[tuple[str, Role], QSpinBox] = {}
        self.months: dict[str, QSpinBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        roles = signing_roles(policy)
        for at, role in enumerate(roles, start=1):
            grid.addWidget(Text(titles.get(role, role), "micro", Tone.QUIET), 0, at)
        grid.addWidget(
            Text(_("Holds (months)"), "micro", Tone.QUIET), 0, len(roles) + 1
        )
        for line, name in enumerate(CLASSES, start=1):
            rule, title = policy.classes[name], class_title(name)
            grid.addWidget(Text(title, "strong"), line, 0)
            for at, role in enumerate(roles, start=1):
                box = self._box(f"{title}, {titles.get(role, role)}", _MOST)
                box.setValue(rule.quorum.get(role, 0))
                box.setSpecialValueText("–")
                box.valueChanged.connect(self._on_changed)
                self.seats[name, role] = box
                grid.addWidget(box, line, at)
            months = self._box(_("{title}, months").format(title=title), 120)
            months.setValue(months_of(rule))
            months.setSpecialValueText(_("no end"))
            months.valueChanged.connect(self._on_changed)
            self.months[name] = months
            grid.addWidget(months, line, len(roles) + 1)
        self.body.addLayout(grid)
        self._notice = Banner(rounded=True)
        self.body.addWidget(self._notice)
        self.deed_chosen.connect(self._on_deed)

    @property
    def draft(self) -> Policy:
        """What is filled in."""
        draft = self._policy
        for name in CLASSES:
            quorum = {
                role: box.value()
                for (of, role), box in self.seats.items()
                if of == name
            }
            draft = with_rule(draft, name, quorum, self.months[name].value())
        return draft

    def render_state(self, state: PolicyDraftState) -> None:
        """Say how it compares, and what is missing."""
        self._notice.render_notice(state.notice)
        title = _("Propose…")
        self.render_deeds((Deed("go", title, "primary", why_not=state.why_not),))
        if self.isVisible():
            self.fit()

    def _box(self, name: str, most: int) -> QSpinBox:
        box = QSpinBox()
        box.setRange(0, most)
        box.setAccessibleName(name)
        return box

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit(self.draft)

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        self.wished.emit(self.draft)
