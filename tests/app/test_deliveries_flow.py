"""Both rooms over a real workspace and the service's own web face, on a socket."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from dataclasses import replace as altered
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.controllers.candidates import CandidatesController
from app.controllers.deliveries import DeliveriesController
from app.controllers.deliveries_outgoing import Outgoing, floor_of
from app.controllers.deliveries_sending import Sending
from app.controllers.publishing import PublishingController
from app.desktop import Desktop, build_desktop
from app.founding import Wish, found_workspace
from app.places import Place, Room
from app.preferences import Preferences
from app.service_link import ServiceStage, ServiceState
from app.settings import VaultKind
from governance.ledger.state import LedgerState
from governance.names import PersonId
from sync.client import ServiceClient
from sync.sending.decision import Reason
from sync.sending.delivery import State
from sync.sending.stops import Scope
from sync.serving.server import address, listen, serving_on
from sync.web.application import build_application
from tests.fakes.desk import LOCAL, THEN, Service, a_delivery
from tests.fakes.qt import child
from widgets.kit.controls import Button
from widgets.kit.look import Look

FOUNDER = PersonId("ana@example.com")
PASSPHRASE = "correct horse battery"
MOMENT = 20_000  # milliseconds that background work may take on a busy computer


@dataclass
class OurService(Service):
    """A service that knows the people of a workspace."""

    state: LedgerState = field(default_factory=LedgerState)

    def ledger(self) -> LedgerState:
        """Return the workspace's."""
        return self.state


@pytest.fixture
def service() -> OurService:
    doubt = altered(
        a_delivery(1, State.IN_DOUBT), reason=Reason.PERSON_DECIDES, sent_at=None
    )
    held = altered(a_delivery(2, State.HELD), reason=Reason.ZONE_UNKNOWN)
    service = OurService()
    service.deliveries.kept = [doubt, held, a_delivery(3, State.SKIPPED)]
    return service


@pytest.fixture
def desktop(tmp_path: Path, qtbot: QtBot, service: OurService) -> Iterator[Desktop]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Look(application)
    wish = Wish(tmp_path / "desk", "empty", "Test", FOUNDER, "Ana", VaultKind.FILE)
    workspace = found_workspace(wish, lambda: PASSPHRASE, service.clock)
    service.state = workspace.state()
    desktop = build_desktop(workspace, Preferences.read(tmp_path / "window.json"))
    qtbot.addWidget(desktop.window)
    context, listening = desktop.context, listen(0)
    desk = service.desk(address(listening))
    with serving_on(build_application(desk, service.ledger), listening) as where:
        context.readings.refresh()
        qtbot.waitUntil(lambda: context.readings.current is not None, timeout=MOMENT)
        client = ServiceClient.at(where.address, LOCAL)
        context.service._client = client  # noqa: SLF001 -- none is started here
        context.service._say(ServiceState(ServiceStage.ON))  # noqa: SLF001
        qtbot.waitUntil(lambda: Outgoing.of(context).box.rows is not None)
        yield desktop
        desktop.close()
        desktop.window.close()


@pytest.fixture
def deliveries(desktop: Desktop) -> DeliveriesController:
    desktop.context.navigator.open(Place(Room.DELIVERIES))
    page = desktop.controller.page(Room.DELIVERIES)
    assert isinstance(page, DeliveriesController)
    return page


def candidates(desktop: Desktop, key: str = "") -> CandidatesController:
    desktop.context.navigator.open(Place(Room.CANDIDATES, key))
    page = desktop.controller.page(Room.CANDIDATES)
    assert isinstance(page, CandidatesController)
    return page


def has_story(page: CandidatesController) -> bool:
    told = page._story.told  # noqa: SLF001
    return told is not None and told.story is not None


def badge(desktop: Desktop) -> tuple[str, bool]:
    return desktop.controller._badges.get(Room.DELIVERIES, ("", False))  # noqa: SLF001


def test_the_rail_says_what_needs_a_person_before_the_room_was_opened(
    desktop: Desktop,
) -> None:
    assert badge(desktop) == ("1", True)


def test_a_doubt_is_decided_with_a_signature_and_recorded(
    deliveries: DeliveriesController, service: OurService, qtbot: QtBot
) -> None:
    view = deliveries.widget()
    child(view.inspector, Button, "arrived").click()
    dialog = deliveries._deciding.signing.dialog  # noqa: SLF001
    assert dialog is not None
    dialog.passphrase.edit.setText(PASSPHRASE)
    dialog.deed_chosen.emit("sign")

    qtbot.waitUntil(
        lambda: service.deliveries.kept[0].state is State.SENT, timeout=MOMENT
    )

    assert service.deliveries.kept[0].provider_id == FOUNDER


def test_a_wrong_passphrase_decides_nothing(
    deliveries: DeliveriesController, service: OurService, qtbot: QtBot
) -> None:
    child(deliveries.widget().inspector, Button, "not-arrived").click()
    dialog = deliveries._deciding.signing.dialog  # noqa: SLF001
    assert dialog is not None
    dialog.passphrase.edit.setText("something else")
    dialog.deed_chosen.emit("sign")

    qtbot.waitUntil(dialog.passphrase.edit.hasFocus, timeout=MOMENT)

    assert service.deliveries.kept[0].state is State.IN_DOUBT
    dialog.reject()


def test_doubts_that_are_ticked_are_decided_one_by_one_with_one_signature(
    deliveries: DeliveriesController, service: OurService, qtbot: QtBot
) -> None:
    first = service.deliveries.kept[0]
    more = [
        altered(a_delivery(number, State.IN_DOUBT), reason=first.reason)
        for number in (7, 8, 9)
    ]
    service.deliveries.kept += more
    outgoing = deliveries._outgoing  # noqa: SLF001
    outgoing.refresh()
    qtbot.waitUntil(lambda: len(outgoing.box.rows or ()) == 5, timeout=MOMENT)
    view = deliveries.widget()
    child(view.inspector, Button, "alike").click()
    qtbot.keyClick(view.table, Qt.Key.Key_Space)  # of one of them nobody knows
    left_alone = view.table.key
    # Somebody else is faster with another.
    faster = next(one.id for one in more if one.id != left_alone)
    service.deliveries.kept = [
        altered(one, state=State.SENT) if one.id == faster else one
        for one in service.deliveries.kept
    ]
    signing = deliveries._deciding.signing  # noqa: SLF001
    child(view.inspector, Button, "not-arrived").click()
    dialog = signing.dialog
    assert dialog is not None
    dialog.passphrase.edit.setText(PASSPHRASE)
    with qtbot.waitSignal(signing.succeeded, timeout=MOMENT) as done:
        dialog.deed_chosen.emit("sign")

    assert done.args == ["2 answers are recorded. 1 message was no longer in doubt."]
    states = {str(one.id): one.state for one in service.deliveries.kept}
    assert states[left_alone] is State.IN_DOUBT
    assert sum(one.provider_id == FOUNDER for one in service.deliveries.kept) == 2
    assert deliveries._listing.ticked == frozenset()  # noqa: SLF001


def test_a_held_message_is_sent_now_with_a_reason(
    deliveries: DeliveriesController, service: OurService, qtbot: QtBot
) -> None:
    view, held = deliveries.widget(), service.deliveries.kept[1]
    view.selected.emit(held.id)
    child(view.inspector, Button, "anyway").click()
    signing = deliveries._deciding.signing  # noqa: SLF001
    dialog = signing.dialog
    assert dialog is not None
    dialog.passphrase.edit.setText(PASSPHRASE)
    assert not child(dialog, Button, "sign").isEnabled()
    dialog._reason.setPlainText("She asked for it")  # noqa: SLF001
    with qtbot.waitSignal(signing.succeeded, timeout=MOMENT):
        dialog.deed_chosen.emit("sign")

    assert service.said == [(held.id, FOUNDER, "She asked for it")]


def test_one_stop_of_two_is_lifted_by_itself(
    deliveries: DeliveriesController, service: OurService, qtbot: QtBot
) -> None:
    for subject in ("sms", "email"):
        service.stops.set(Scope.CHANNEL, subject, reason="!", by="x", now=THEN)
    outgoing = deliveries._outgoing  # noqa: SLF001
    outgoing.refresh()
    qtbot.waitUntil(lambda: len(outgoing.box.stops) == 2, timeout=MOMENT)
    deliveries.widget().deed_chosen.emit("turn-on:stop-1")
    dialog = deliveries._turning_on.dialog  # noqa: SLF001
    assert dialog is not None
    dialog.passphrase.edit.setText(PASSPHRASE)
    dialog.deed_chosen.emit("sign")

    qtbot.waitUntil(lambda: len(service.stops.kept) == 1, timeout=MOMENT)
    assert service.stops.kept["stop-2"].subject == "email"


def test_sending_is_stopped_from_any_room_without_a_passphrase(
    desktop: Desktop, service: OurService, qtbot: QtBot
) -> None:
    sending = Sending.of(desktop.context)
    (command,) = [
        one for one in desktop.context.commands.all if one.key == "stop-sending"
    ]
    assert command.shortcut == "Ctrl+Shift+X"
    command.run()
    dialog = sending.dialog
    assert dialog is not None
    dialog.reason.setPlainText("wrong salary")
    child(dialog, Button, "stop").click()

    qtbot.waitUntil(lambda: sending.dialog is None, timeout=MOMENT)

    (stop,) = service.stops.kept.values()
    assert (stop.scope, stop.reason) == (Scope.ALL, "wrong salary (Ana)")


def test_turning_on_again_says_what_goes_out_and_needs_the_passphrase(
    deliveries: DeliveriesController, service: OurService, qtbot: QtBot
) -> None:
    service.stops.set(Scope.ALL, "", reason="wrong", by="x", now=THEN)
    deliveries._outgoing.refresh()  # noqa: SLF001
    qtbot.waitUntil(lambda: bool(deliveries._outgoing.box.stops))  # noqa: SLF001
    deliveries._on_deed_chosen("turn-on")  # noqa: SLF001
    dialog = deliveries._turning_on.dialog  # noqa: SLF001
    assert dialog is not None
    dialog.passphrase.edit.setText(PASSPHRASE)
    dialog.deed_chosen.emit("sign")

    qtbot.waitUntil(lambda: not service.stops.kept, timeout=MOMENT)


def test_who_may_not_turn_on_is_told_who_may(
    desktop: Desktop,
    deliveries: DeliveriesController,
    service: OurService,
    qtbot: QtBot,
) -> None:
    service.stops.set(Scope.ALL, "", reason="wrong", by="x", now=THEN)
    deliveries._outgoing.refresh()  # noqa: SLF001
    qtbot.waitUntil(lambda: bool(deliveries._outgoing.box.stops))  # noqa: SLF001
    desktop.context.identity._person = PersonId("eve@example.com")  # noqa: SLF001
    desktop.context.events.identity_changed.emit()

    (command,) = [one for one in desktop.context.commands.all if one.key == "turn-on"]

    assert command.reason == "Only who releases may do this: Ana."
    deliveries._on_deed_chosen("turn-on")  # noqa: SLF001
    assert deliveries._turning_on.dialog is None  # noqa: SLF001


def test_news_come_in_without_moving_what_is_read(
    desktop: Desktop,
    deliveries: DeliveriesController,
    service: OurService,
    qtbot: QtBot,
) -> None:
    table = deliveries.widget().table
    before = table.key

    service.deliveries.kept.append(
        altered(a_delivery(9, State.IN_DOUBT), reason=Reason.IN_DOUBT)
    )
    desktop.context.events.news_arrived.emit()

    qtbot.waitUntil(lambda: badge(desktop) == ("2", True), timeout=MOMENT)
    assert table.key == before


def test_a_service_that_is_away_is_said(
    desktop: Desktop, deliveries: DeliveriesController
) -> None:
    desktop.context.service._say(ServiceState(ServiceStage.AWAY))  # noqa: SLF001

    counts = deliveries.widget().counts
    assert not child(counts, Button, "stop-sending").isEnabled()


def test_everything_for_a_candidate_leads_to_the_story(
    desktop: Desktop, deliveries: DeliveriesController, qtbot: QtBot
) -> None:
    deliveries.widget().deed_chosen.emit("candidate")

    assert desktop.context.navigator.place.room is Room.CANDIDATES
    assert desktop.context.navigator.place.key == "app-001"


def test_p_leads_to_the_proof(
    desktop: Desktop, deliveries: DeliveriesController
) -> None:
    deliveries.widget().deed_chosen.emit("proof")

    assert desktop.context.navigator.place.room is Room.PROOF


def test_a_story_is_found_by_an_address(desktop: Desktop, qtbot: QtBot) -> None:
    page = candidates(desktop)
    page.widget().search.setText("elena.petrova@candidate.example")
    qtbot.keyClick(page.widget().search, Qt.Key.Key_Return)

    moments = page.widget().timeline.moments
    qtbot.waitUntil(lambda: moments.rowCount() > 0, timeout=MOMENT)

    assert page.widget()._name.text() == "cand-003"  # noqa: SLF001


def test_nobody_found_is_said(desktop: Desktop, qtbot: QtBot) -> None:
    page = candidates(desktop, "who@candidate.example")

    def words() -> str:
        return page.widget().empty._bold.text()  # noqa: SLF001

    qtbot.waitUntil(lambda: words().startswith("Nobody is found"), timeout=MOMENT)


def test_a_story_is_copied_as_text(desktop: Desktop, qtbot: QtBot) -> None:
    page = candidates(desktop, "cand-003")
    moments = page.widget().timeline.moments
    qtbot.waitUntil(lambda: moments.rowCount() > 0, timeout=MOMENT)

    page.widget().deed_chosen.emit("copy")

    assert "cand-003: what was sent, and why" in QApplication.clipboard().text()


def test_candidates_are_found_by_the_palette(desktop: Desktop) -> None:
    found = [one for one in desktop.context.commands.targets if one.prefix == "@"]

    assert {one.key for one in found} == {"app-001", "app-002"}
    found[0].open(found[0].key)
    assert desktop.context.navigator.place.room is Room.CANDIDATES


def test_messages_are_asked_for_from_a_day_on() -> None:
    assert floor_of(THEN) < floor_of(THEN.replace(hour=10))
    assert len(floor_of(THEN)) == 10


def test_a_candidate_s_data_is_given_out_as_a_file_with_a_signature(
    desktop: Desktop, service: OurService, qtbot: QtBot, tmp_path: Path
) -> None:
    page = candidates(desktop, "cand-003")
    story = page._story  # noqa: SLF001
    qtbot.waitUntil(lambda: has_story(page), timeout=MOMENT)
    page.widget().deed_chosen.emit("export")
    dialog = story.data.exporting.dialog
    assert dialog is not None
    dialog.passphrase.edit.setText(PASSPHRASE)
    with qtbot.waitSignal(story.data.exporting.succeeded, timeout=MOMENT):
        dialog.deed_chosen.emit("sign")
    asked = story.data.files.dialog
    assert asked is not None
    asked.reject()
    file = tmp_path / "cand-003.zip"
    story.data.files.chosen.emit("access", str(file))

    qtbot.waitUntil(file.exists, timeout=MOMENT)

    assert service.given == {"cand-003": FOUNDER}


def test_a_candidate_is_erased_with_a_signature(
    desktop: Desktop, service: OurService, qtbot: QtBot
) -> None:
    page = candidates(desktop, "cand-003")
    story = page._story  # noqa: SLF001
    qtbot.waitUntil(lambda: has_story(page), timeout=MOMENT)
    page.widget().deed_chosen.emit("erase")
    dialog = story.data.erasing.dialog
    assert dialog is not None
    dialog.passphrase.edit.setText(PASSPHRASE)
    with qtbot.waitSignal(story.data.erased, timeout=MOMENT):
        dialog.deed_chosen.emit("sign")

    assert service.erased == {"cand-003": FOUNDER}


def test_who_may_not_erase_is_not_asked(desktop: Desktop, qtbot: QtBot) -> None:
    page = candidates(desktop, "cand-003")
    story = page._story  # noqa: SLF001
    qtbot.waitUntil(lambda: has_story(page), timeout=MOMENT)
    desktop.context.identity._person = PersonId("eve@example.com")  # noqa: SLF001

    page.widget().deed_chosen.emit("erase")

    assert story.data.erasing.dialog is None
    assert "Ana" in story.data.why_not


def test_what_is_asked_while_an_answer_is_under_way_is_asked_again(
    desktop: Desktop, service: OurService, qtbot: QtBot
) -> None:
    desktop.context.navigator.open(Place(Room.PUBLISHING))
    room = desktop.controller.page(Room.PUBLISHING)
    assert isinstance(room, PublishingController)
    qtbot.waitUntil(lambda: not room._is_asking, timeout=MOMENT)  # noqa: SLF001

    room._ask()  # noqa: SLF001 -- its answer may be older than what is asked for next
    room._ask()  # noqa: SLF001

    assert room._is_stale  # noqa: SLF001
    qtbot.waitUntil(
        lambda: not (room._is_asking or room._is_stale),  # noqa: SLF001
        timeout=MOMENT,
    )
