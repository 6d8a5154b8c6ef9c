"""What the service leaves lying about: nothing that others can read."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.processes import Town, wait

OPEN_TO_ALL = 0o022  # a usual mask; the service does not rely on it


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    before = os.umask(OPEN_TO_ALL)
    town = Town.at(tmp_path)
    yield town
    town.stop()
    os.umask(before)


def test_files_are_their_owners_and_no_secret_is_in_a_process_list(
    town: Town,
) -> None:
    ats = town.start_sandbox()
    service = town.start_service()
    wait(lambda: bool(ats.webhooks()))
    folder = town.folder / "service"

    ours = [path for path in folder.rglob("*") if path != town.settings]
    modes = {path.name: path.stat().st_mode & 0o777 for path in ours}
    assert {"service.sqlite", "service.sqlite-wal", "service.sqlite-shm"} <= set(modes)
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}

    secrets = [path.read_bytes() for path in (folder / "secrets").iterdir()]
    assert len(secrets) >= 5
    for process in family(service.pid):
        for told in ("cmdline", "environ"):
            words = Path(f"/proc/{process}/{told}").read_bytes()
            assert not any(secret in words for secret in secrets)
    logs = b"".join(path.read_bytes() for path in folder.glob("*.log"))
    assert not any(secret in logs for secret in secrets)
    ats.close()


def family(process: int) -> list[int]:
    """Return a process and its children."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *map(int, children)]
