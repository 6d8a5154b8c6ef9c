"""The window with its service: publish, send, prove, and a service that is killed."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.controllers.candidates import CandidatesController
from app.controllers.deliveries_outgoing import Outgoing
from app.controllers.proof import ProofController
from app.demo import make_demo
from app.desktop import Desktop
from app.places import Place, Room
from app.service_link import ServiceStage
from app.tour.cast import MAYA
from governance.changes.library import subject_of
from governance.names import TemplateId
from sync.sending.delivery import State
from tests.fakes.progress import Noted
from tests.fakes.window import MOMENT, RUTH, be, open_desktop, press, publishing, sign
from widgets.kit.marks import Text

INVITATION = TemplateId("interview-invitation")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo") / "desk", Noted()).root


@pytest.fixture
def desktop(made: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    desktop = open_desktop(made, tmp_path, qtbot)
    desktop.context.service.start()
    wait_for(desktop, ServiceStage.ON, qtbot)
    yield desktop
    desktop.close()
    desktop.window.close()


def wait_for(desktop: Desktop, stage: ServiceStage, qtbot: QtBot) -> None:
    service = desktop.context.service
    qtbot.waitUntil(lambda: service.state.stage is stage, timeout=3 * MOMENT)


def test_a_message_is_published_sent_and_proved(desktop: Desktop, qtbot: QtBot) -> None:
    context = desktop.context
    be(desktop, RUTH)
    context.navigator.open(Place(Room.PUBLISHING, subject_of(INVITATION)))
    room = publishing(desktop)
    press(room.widget(), qtbot, "publish")
    sign(room.publishing.signing, qtbot)
    qtbot.waitUntil(lambda: bool(room._publications), timeout=MOMENT)  # noqa: SLF001
    rows = room._publications or ()  # noqa: SLF001
    assert {row.key for row in rows} == {f"{INVITATION}/de", f"{INVITATION}/en"}
    assert {row.state for row in rows} == {"live"}

    context.navigator.open_room(Room.CANDIDATES)
    board = desktop.controller.page(Room.CANDIDATES)
    assert isinstance(board, CandidatesController)
    outgoing = Outgoing.of(context)
    qtbot.waitUntil(lambda: MAYA in outgoing.box.people, timeout=MOMENT)
    maya = outgoing.box.people[MAYA]
    board._practice.let_it_be_day(maya)  # noqa: SLF001 -- quiet hours would hold it
    qtbot.waitUntil(lambda: not board._practice.is_busy, timeout=MOMENT)  # noqa: SLF001
    board.widget().moved.emit(MAYA, "interview")

    def sent() -> list[str]:
        return [
            row.id
            for row in outgoing.box.rows or ()
            if row.application == MAYA
            and row.state is State.SENT
            and row.template == INVITATION
        ]

    qtbot.waitUntil(lambda: bool(sent()), timeout=2 * MOMENT)

    context.navigator.open(Place(Room.PROOF, sent()[0]))
    proof = desktop.controller.page(Room.PROOF)
    assert isinstance(proof, ProofController)

    def is_proven() -> None:
        said = {one.text() for one in proof.widget().findChildren(Text)}
        assert "Proven: this is exactly what was signed" in said

    qtbot.waitUntil(is_proven, timeout=2 * MOMENT)


def test_a_service_that_is_killed_is_started_again(
    desktop: Desktop, qtbot: QtBot
) -> None:
    beside = desktop.context.service._beside  # noqa: SLF001
    assert beside is not None
    service = next(child for child in beside.children if child.name == "service")
    seen: list[ServiceStage] = []
    desktop.context.events.service_changed.connect(lambda said: seen.append(said.stage))

    os.kill(service.pid, signal.SIGKILL)

    qtbot.waitUntil(lambda: ServiceStage.ON in seen[-1:], timeout=3 * MOMENT)
    started = desktop.context.service._beside  # noqa: SLF001
    assert started is not None
    assert started is not beside
    assert all(child.is_running() for child in started.children)
