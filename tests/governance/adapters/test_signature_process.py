"""A second process may make reading a ledger quicker, and can do nothing else to it."""

import os
import sys
from pathlib import Path
from time import monotonic

import pytest

from governance.adapters.signature_process.process import SignatureProcess
from governance.adapters.signature_process.wire import framed
from governance.ledger.opened import MANY, Opened, open_all, open_entry
from governance.ledger.replay import replay
from governance.trust.claims import Claim, holds
from governance.trust.keys import SigningKey
from tests.fakes.crowd import crowd
from tests.fakes.make import key_of

_LENGTH = MANY + 100
_SPOILT = (0, 7, 63, 64, 300, 450, _LENGTH - 2, _LENGTH - 1)


@pytest.fixture(scope="module")
def sound() -> list[bytes]:
    return crowd(_LENGTH)


@pytest.fixture(scope="module")
def spoilt(sound: list[bytes]) -> list[bytes]:
    """Entries of all kinds of badness, at both ends and in between."""
    entries = list(sound)
    for at in _SPOILT[1:]:
        entries[at] = _with_another_signature(entries[at])
    entries[100] = b"junk"
    entries[200] = entries[200][:-1]
    entries[500] = entries[499]
    return entries


def _with_another_signature(entry: bytes) -> bytes:
    """Change the last letters of a signature that still is a signature's base64."""
    at = entry.rindex(b'"sig":"') + 200
    other = b"A" if entry[at : at + 1] != b"A" else b"B"
    return entry[:at] + other + entry[at + 1 :]


def _worse(tmp_path: Path, program: str) -> SignatureProcess:
    file = tmp_path / "worse.py"
    file.write_text(program)
    return SignatureProcess([sys.executable, str(file)])


_SAYS_ALWAYS = """
from socket import socket
line = socket(fileno=0)
while True:
    size = int.from_bytes(line.recv(4), "big")
    body = b""
    while len(body) < size:
        body += line.recv(size - len(body))
    count, at = 0, 0
    while at < size:
        at += 98 + int.from_bytes(body[at + 96 : at + 98], "big")
        count += 1
    line.sendall(bytes([{answer}]) * count)
"""


def test_the_answer_is_the_same_entry_by_entry(spoilt: list[bytes]) -> None:
    alone = [open_entry(data) for data in spoilt]

    helped = list(open_all(spoilt, SignatureProcess()))

    assert helped == alone
    assert sum(isinstance(one, str) for one in helped) == len(_SPOILT[1:]) + 2


def test_replay_names_the_same_entries_with_the_same_codes(
    spoilt: list[bytes],
) -> None:
    assert replay(spoilt, helper=SignatureProcess()) == replay(spoilt)


def test_a_helper_does_take_a_part_of_the_work(sound: list[bytes]) -> None:
    claims = list(map(_claim, range(64)))

    with SignatureProcess().helping() as shares:
        taken = shares.put(claims)
        deadline = monotonic() + 20
        while taken.answers is None and monotonic() < deadline:
            os.sched_yield()

    assert taken.answers == [number % 5 != 0 for number in range(64)]


def _claim(number: int) -> Claim:
    key = key_of("ana@example.com")
    signed = key.sign(b"%d" % number)
    message = b"%d" % number if number % 5 else b"another"
    return Claim(key.public.raw, signed, message)


@pytest.mark.parametrize("answer", [1, 0, 2, 255])
def test_who_always_says_the_same_is_not_believed(
    tmp_path: Path, spoilt: list[bytes], answer: int
) -> None:
    helper = _worse(tmp_path, _SAYS_ALWAYS.format(answer=answer))
    alone = [open_entry(data) for data in spoilt]

    assert list(open_all(spoilt, helper)) == alone


def test_who_says_yes_to_everything_answers_no_share(tmp_path: Path) -> None:
    helper = _worse(tmp_path, _SAYS_ALWAYS.format(answer=1))

    with helper.helping() as shares:
        taken = [shares.put([_claim(1), _claim(5)]) for _number in range(4)]
        deadline = monotonic() + 1
        while monotonic() < deadline and not any(one.answers for one in taken):
            os.sched_yield()

    assert [one.answers for one in taken] == [None] * 4
    assert [list(one.checked()) for one in taken] == [[True, False]] * 4


@pytest.mark.parametrize(
    "program", ["raise SystemExit(1)", "import time; time.sleep(60)", "print('hello')"]
)
def test_who_falls_or_sleeps_costs_nothing_but_time(
    tmp_path: Path, sound: list[bytes], program: str
) -> None:
    begun = monotonic()

    opened = list(open_all(sound, _worse(tmp_path, program)))

    assert all(isinstance(one, Opened) for one in opened)
    assert monotonic() - begun < 30


def test_a_program_that_is_not_there_costs_nothing(sound: list[bytes]) -> None:
    opened = list(open_all(sound, SignatureProcess(["/nowhere/python"])))

    assert all(isinstance(one, Opened) for one in opened)


def test_who_stops_reading_leaves_no_process_behind(tmp_path: Path) -> None:
    file = tmp_path / "alive"
    program = (
        f"import os, time; open({str(file)!r}, 'w').write(str(os.getpid()));"
        "time.sleep(60)"
    )

    with _worse(tmp_path, program).helping():
        deadline = monotonic() + 20
        while not (file.exists() and file.read_text()) and monotonic() < deadline:
            os.sched_yield()

    with pytest.raises(ProcessLookupError):
        os.kill(int(file.read_text()), 0)


def test_the_process_knows_none_of_our_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "environment"
    monkeypatch.setenv("COUNTERSIGN_PASSPHRASE", "secret")
    program = f"import os; open({str(file)!r}, 'w').write(repr(dict(os.environ)) + '.')"

    with _worse(tmp_path, program).helping():
        deadline = monotonic() + 20
        while not (file.exists() and file.read_text()) and monotonic() < deadline:
            os.sched_yield()

    assert "secret" not in file.read_text()


def test_a_claim_says_what_the_key_says() -> None:
    key = SigningKey.generate()
    claim = Claim(key.public.raw, key.sign(b"yes"), b"yes")

    assert holds(claim)
    assert not holds(claim._replace(message=b"no"))
    assert len(framed([claim])) == 4 + 32 + 64 + 2 + 3
