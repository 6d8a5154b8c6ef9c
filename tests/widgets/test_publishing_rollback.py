"""Rolling back says for whom, and offers to stop instead."""

from pytestqt.qtbot import QtBot

from governance.ledger.state import LedgerState
from governance.names import SubjectName
from tests.fakes.qt import child
from widgets.kit.controls import Button
from widgets.publishing.effects_state import rollback_effects
from widgets.publishing.rollback_dialog import Earlier, RollbackDialog
from widgets.publishing.shelf import Shelf

OFFER = SubjectName("templates/offer")


def test_it_says_how_many_messages_use_it() -> None:
    shelf = Shelf(LedgerState(), {}, {}, (), planned={"offer": 2})

    words = [one.mark.word for one in rollback_effects(shelf, OFFER)]

    assert words == ["2 messages to come use it", "Drafts stay"]


def test_sending_can_be_stopped_instead(qtbot: QtBot) -> None:
    shelf = Shelf(LedgerState(), {}, {}, ())
    effects = rollback_effects(shelf, OFFER)
    dialog = RollbackDialog(None, "Offer", 2, (Earlier(1, "since May"),), effects)
    qtbot.addWidget(dialog)
    dialog.show()

    with qtbot.waitSignals([dialog.stop_wanted, dialog.rejected]):
        child(dialog, Button, "stop").click()
