"""Reading what a service did from its database, while none runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.errors import ServiceRefusedError, UnknownMessageError
from sync.evidence import Records, records_of
from sync.sending.delivery import State
from sync.settings.secrets import FileSecrets, SecretsError
from tests.fakes.service import KEY, a_service, an_application, withdrawn

SETTINGS = """
[service]
workspace = "Desk"
repository = "repository.git"
folder = "."

[secrets]
kind = "files"

[mail]
sender = "Desk <desk@example.com>"
domain = "example.com"
sandbox = "sandbox"

[ats]
sandbox = "sandbox"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """The settings of a service that sent one message, skipped another, and ended."""
    file = tmp_path / "service.toml"
    file.write_text(SETTINGS)
    service = a_service(tmp_path)
    service.tell(an_application(1))
    service.tell(withdrawn(an_application(2)))
    service.run()
    service.store.close()
    FileSecrets(tmp_path / "secrets").get("kek", lambda: KEY)
    return file


@pytest.fixture
def records(settings: Path) -> Iterator[Records]:
    with records_of(settings) as found:
        yield found


def test_messages_are_listed_by_their_state(records: Records) -> None:
    (sent,) = records.deliveries(state=State.SENT).deliveries
    everything = records.deliveries()

    assert sent in everything.deliveries
    assert {row.state for row in everything.deliveries} == {State.SENT, State.SKIPPED}
    assert everything.next == ""


def test_a_message_is_shown_with_its_gates_and_tries(records: Records) -> None:
    (sent,) = records.deliveries(state=State.SENT).deliveries

    told = records.delivery(sent.message_id)

    assert told.delivery == sent
    assert [attempt.outcome for attempt in told.attempts] == ["sent"]
    assert told.rounds
    assert told.is_attested


def test_a_candidate_is_found_by_their_address(records: Records) -> None:
    (sent,) = records.deliveries(state=State.SENT).deliveries
    by_id = records.why(sent.candidate)

    assert [chapter.delivery for chapter in by_id.chapters] == [sent]


def test_what_was_not_sent_has_no_proof_and_says_where_to_look(
    records: Records,
) -> None:
    (skipped,) = records.deliveries(state=State.SKIPPED).deliveries

    with pytest.raises(ServiceRefusedError, match="Nothing was sent") as refusal:
        records.evidence(skipped.id)

    assert skipped.id in refusal.value.remedy


def test_without_the_key_nobody_can_be_looked_for(settings: Path) -> None:
    (settings.parent / "secrets" / "kek").unlink()

    with (
        records_of(settings) as records,
        pytest.raises(SecretsError, match="key that the service finds"),
    ):
        records.why("c1")

    assert not (settings.parent / "secrets" / "kek").exists()


def test_where_no_service_ever_ran_nothing_was_planned_and_nothing_is_made(
    tmp_path: Path,
) -> None:
    (tmp_path / "service.toml").write_text(SETTINGS)

    with records_of(tmp_path / "service.toml") as records:
        assert records.deliveries().deliveries == ()
        assert records.publications() == ()
        with pytest.raises(UnknownMessageError):
            records.delivery("x")

    assert [path.name for path in tmp_path.iterdir()] == ["service.toml"]
