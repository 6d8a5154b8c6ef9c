"""Who else is at the same message, over the demo's real changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.controllers.studio.others import OPEN, others
from app.demo import make_demo
from app.desktop import Desktop
from app.places import Place, Room
from governance.names import ChangeId, TemplateId
from tests.fakes.progress import Noted
from tests.fakes.window import be, open_desktop, studio
from widgets.kit.frames import Banner


@pytest.fixture
def desktop(tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    made = make_demo(tmp_path / "demo" / "desk", Noted()).root
    desktop = open_desktop(made, tmp_path, qtbot)
    yield desktop
    desktop.close()
    desktop.window.close()


def test_who_opens_a_message_reads_that_somebody_else_has_a_change_of_it(
    desktop: Desktop, qtbot: QtBot
) -> None:
    current = desktop.context.readings.current
    assert current is not None
    reading = current.reading
    row = next(one for one in current.rows if one.change is not None)
    assert row.change is not None
    change = reading.changes[row.change].change
    stranger = next(
        person for person in reading.state.members if person not in change.authors
    )
    (said,) = others(reading, row.id, stranger)
    name = reading.state.members[change.author].name
    assert said.bold.startswith(f"{name} has an open change of this message since ")
    assert others(reading, row.id, change.author) == ()
    assert others(reading, TemplateId("none-such"), stranger) == ()

    be(desktop, stranger)
    desktop.context.navigator.open(Place(Room.STUDIO, row.id))
    view = studio(desktop).widget()
    shown = [one for one in view.findChildren(Banner) if one.isVisible()]
    assert said.bold in shown[0].accessibleName()
    view.deed_chosen.emit(f"{OPEN}{change.id}")

    place = desktop.context.navigator.place
    assert (place.room, ChangeId(place.key)) == (Room.CHANGE, change.id)
