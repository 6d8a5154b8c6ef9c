"""Accepting a finding from the studio, with a real key and the demo's open change."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.demo import make_demo
from app.desktop import Desktop
from app.places import Place, Room
from governance.changes.waivers import match_of
from governance.standards.finding import Finding, Severity
from tests.fakes.progress import Noted
from tests.fakes.window import MOMENT, be, open_desktop, sign, studio


@pytest.fixture
def desktop(tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    made = make_demo(tmp_path / "demo" / "desk", Noted()).root
    desktop = open_desktop(made, tmp_path, qtbot)
    yield desktop
    desktop.close()
    desktop.window.close()


def is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR


def test_a_reviewer_accepts_a_finding_and_its_author_cannot(
    desktop: Desktop, qtbot: QtBot
) -> None:
    current = desktop.context.readings.current
    assert current is not None
    reading = current.reading
    row = next(one for one in current.rows if one.change is not None)
    assert row.change is not None
    shown = reading.changes[row.change]
    reviewer = next(
        person
        for person, member in reading.state.members.items()
        if person not in shown.change.authors and member.roles & set(shown.tally.quorum)
    )
    desktop.context.navigator.open(Place(Room.STUDIO, row.id))
    room = studio(desktop)
    mail = room.desk.path
    text = room.desk.document.text(mail)
    room.desk.replace({mail: text.replace("</mj-text>", " {{ no.such }}</mj-text>", 1)})
    qtbot.waitUntil(
        lambda: any(map(is_error, room.findings.all or ())),
        timeout=MOMENT,
    )
    assert room.accepting.why_not() == "Choose a finding first."
    key = next(
        str(at)
        for at in range(len(room.findings.all or ()))
        if (one := room.findings.one(str(at))) and is_error(one)
    )

    be(desktop, shown.change.author)
    room.widget().problems.accept_requested.emit(key)
    assert room.accepting.signing.dialog is None
    assert room.accepting.why_not().startswith("You wrote this change")
    be(desktop, reviewer)
    room.widget().problems.accept_requested.emit(key)
    sign(room.accepting.signing, qtbot, "The works council's own words.")

    finding = room.findings.chosen
    assert finding is not None
    (waived,) = desktop.context.workspace.state().changes[row.change].waivers
    assert waived.person == reviewer
    assert waived.waiver.reason == "The works council's own words."
    assert (waived.waiver.rule, waived.waiver.match) == (
        finding.rule,
        match_of(finding),
    )
