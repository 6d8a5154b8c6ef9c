"""A report of a problem: a name, an address and a passphrase are put everywhere."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.controllers.help_bundle import Piece, packed, report, told
from app.controllers.help_scrub import Vocabulary, scrubbed
from app.paths import Paths
from app.preferences import Preferences, Recent, Values
from app.workspace import resource
from tests.fakes.make import NOON

NAME, SURNAME = "Maya", "Fernandes"
ADDRESS = "maya.fernandes@example.com"
PASSPHRASE = "correct-horse"
PHONE = "+49 151 2345678"
SECRETS = (
    NAME,
    SURNAME,
    ADDRESS,
    "maya",
    "example.com",
    PASSPHRASE,
    "horse",
    "2345678",
)
SPOILED = f"{NAME} {SURNAME} <{ADDRESS}> {PASSPHRASE} {PHONE}"

LOG = f"""\
2026-11-24 10:00:00,123 WARNING app.messages: Background work failed
Traceback (most recent call last):
  File "/home/{NAME}/main/app/messages.py", line 32, in {NAME}
    open("{SPOILED}")
  File "/home/{SURNAME}/lib/{PASSPHRASE}.py", line 7, in x
governance.errors.WrongPassphraseError: {SPOILED}
2026-11-24 10:00:01,001 ERROR sync.sending.worker: {SPOILED}: KeyError
2026-11-24 10:00:02,001 {NAME}: {SPOILED}
2026-11-24 10:00:03,001 uvicorn.{PASSPHRASE}: {SPOILED}
2026-11-24 10:00:04,001 ERROR {ADDRESS}: {SPOILED}
{NAME}: {SPOILED}
{SPOILED}
ValueError: {SPOILED}
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.of(resource("."))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A workspace in which every source is spoiled."""
    paths = Paths(tmp_path / NAME)
    for name in (
        "logs/window.log",
        "logs/window.log.1",
        "service/service.log",
        "service/output.log",
        "sandbox/sandbox.log",
    ):
        file = paths.ours / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(LOG)
    paths.settings.write_text(
        f'id = "{PASSPHRASE}"\nme = "{ADDRESS}"\nvault = "file"\n'
        f'remote = "ssh://{NAME}@{ADDRESS}/x"\n"{SURNAME}" = 1\n'
    )
    (paths.service / "service.toml").write_text(
        f'[service]\nworkspace = "{NAME}"\nfetch_every = 60\n{NAME} = "{SURNAME}"\n'
        f'[secrets]\nkind = "{PASSPHRASE}"\n'
        f'[mail]\nsender = "{NAME} <{ADDRESS}>"\nuser = "{SURNAME}"\ntls = "tls"\n'
        f'password = "{PASSPHRASE}"\n[{SURNAME}]\nx = "{PASSPHRASE}"\n'
    )
    return paths


def collect(paths: Paths, vocabulary: Vocabulary) -> tuple[Piece, ...]:
    recent = Recent(folder=f"/home/{NAME}", name=SURNAME, at=NOON, remote=ADDRESS)
    values = Values(
        language=NAME, recent=(recent,), windows={f"/home/{NAME}": PASSPHRASE}
    )
    preferences = Preferences(paths.ours / "window.json", values)
    versions = (("Countersign", "0.1.0"),)
    return report(paths, preferences, versions, {"templates": 33}, vocabulary)


def test_nothing_personal_and_no_secret_is_in_the_report(
    paths: Paths, vocabulary: Vocabulary
) -> None:
    pieces = collect(paths, vocabulary)

    with ZipFile(BytesIO(packed(pieces))) as archive:
        whole = "\n".join(
            f"{name}\n{archive.read(name).decode()}" for name in archive.namelist()
        ).casefold()
    assert not [one for one in SECRETS if one.casefold() in whole]
    assert len(pieces) == 7


def test_what_helps_to_find_a_fault_is_in_it(
    paths: Paths, vocabulary: Vocabulary
) -> None:
    pieces = {one.name: one.text for one in collect(paths, vocabulary)}

    log = pieces["logs/window.log"]
    assert "2026-11-24 10:00:00,123 WARNING app.messages: Background work failed" in log
    assert "File app/messages.py, line 32" in log
    assert "WrongPassphraseError: …" in log
    assert "ERROR sync.sending.worker: … KeyError" in log
    assert "templates: 33" in pieces["versions.txt"]
    settings = pieces["settings.txt"]
    assert "vault = file" in settings
    assert "me: set" in settings
    assert "service.fetch_every = 60" in settings
    assert "mail.tls = tls" in settings


def test_a_line_that_nobody_of_us_wrote_is_hidden_whole(
    vocabulary: Vocabulary,
) -> None:
    assert scrubbed("Dear Anna, your salary 85000 EUR\n", vocabulary) == "…\n"


def test_a_setting_of_an_unknown_name_is_only_counted() -> None:
    assert told({"Maya": 1, "me": "", "percent": 100}) == (
        "me: not set",
        "percent = 100",
        "1 more",
    )
