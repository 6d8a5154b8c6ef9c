"""The archive that a candidate gets: readable, whole, and about nobody else."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

from app.controllers.candidates_access import (
    DATA,
    READ_ME,
    STORY,
    access_of,
    archive_of,
    files_of,
)
from app.controllers.candidates_data import _written
from sync.api.accesses import (
    Access,
    ApplicationKept,
    DecisionMade,
    MessageKept,
    StageVisited,
)
from sync.client import ServiceClient
from sync.sending.delivery import State
from sync.serving.server import address, listen, serving_on
from sync.web.application import build_application
from tests.fakes.desk import Service, a_delivery
from tests.fakes.make import ANA, key_of
from tests.fakes.progress import Noted

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
BODY = b"From: hiring@northwind.example\r\nSubject: Hello\r\n\r\nHello Maya"


def a_message(number: int = 1, body: bytes | None = BODY) -> MessageKept:
    return MessageKept(
        id=f"01{number:024}",
        template="../interview invitation",
        version=2,
        channel="email",
        application="app-001",
        because="stage_entered interview",
        due_at=NOON,
        sent_at=NOON if body else None,
        state="sent" if body else "skipped",
        words="It was sent at 2026-11-24 12:00:00 UTC.",
        decisions=(
            DecisionMade(
                at=NOON, gate="consent", verdict="pass", reason="OK", words="Nothing."
            ),
        ),
        body=body,
    )


def an_access(*messages: MessageKept) -> Access:
    application = ApplicationKept(
        id="app-001",
        first_name="Maya",
        last_name="Okonkwo",
        email="maya@candidate.example",
        phone="",
        country="GB",
        time_zone="Europe/London",
        locale="en",
        do_not_contact=False,
        consents=(),
        job="Firmware engineer",
        stage="interview",
        status="active",
        applied_at=NOON,
        updated_at=NOON,
        stages=(StageVisited(stage="interview", entered_at=NOON),),
    )
    return Access(
        candidate="cand-001",
        is_erased=False,
        applications=(application,),
        consents=(),
        forbidden=(),
        messages=messages,
    )


def test_it_holds_the_messages_byte_for_byte_and_the_story_in_words() -> None:
    files = files_of(an_access(a_message(), a_message(2, None)), NOON)

    assert sorted(files) == [
        DATA,
        "messages/0001-2026-11-24-interviewinvitation.eml",
        READ_ME,
        STORY,
    ]
    assert files["messages/0001-2026-11-24-interviewinvitation.eml"] == BODY
    story = files[STORY].decode()
    assert "Name: Maya Okonkwo" in story
    assert "consent: pass. Nothing." in story
    assert json.loads(files[DATA])["applications"][0]["email"] == (
        "maya@candidate.example"
    )
    assert "about other people" in files[READ_ME].decode()


def test_no_name_in_it_leads_out_of_its_folder() -> None:
    with ZipFile(io.BytesIO(archive_of(an_access(a_message()), NOON))) as archive:
        names = archive.namelist()

    assert not [name for name in names if ".." in name or name.startswith("/")]


def test_it_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "maya.zip"
    file.write_bytes(b"older, and open to all")
    file.chmod(0o666)

    _written(file, archive_of(an_access(a_message()), NOON), Noted())

    assert file.stat().st_mode & 0o777 == 0o600


def test_all_pages_are_collected() -> None:
    service = Service()
    service.deliveries.kept = [a_delivery(n, State.SENT) for n in (1, 2)]
    listening = listen(0)
    desk = service.desk(address(listening))
    with serving_on(build_application(desk, service.ledger), listening) as where:
        client = ServiceClient.at(where.address)
        me = client.within(client.login(ANA, key_of(ANA)))
        access = access_of("cand-003", me, Noted())
        client.close()

    assert [one.id for one in access.messages] == [
        one.id for one in service.deliveries.kept
    ]
    assert access.next == ""
