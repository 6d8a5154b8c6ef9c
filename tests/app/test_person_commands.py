"""Who takes part, from the command line: two administrators sign, one after another."""

import shutil
import subprocess
from pathlib import Path

import pytest

from app.cli.main import main
from app.cli.person_confirm import in_words
from governance.ledger.kinds import PolicyChange, RoleGrant
from governance.trust.keys import SigningKey
from tests.fakes.command_line import FOUNDER, PASSPHRASE, CommandLine
from tests.fakes.make import ANA, BEN, LEGAL, NOON, a_policy

KEYS = [SigningKey.generate(), SigningKey.generate()]
OMAR, LENA = "omar@northwind.example", "lena@northwind.example"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that its founder and Omar administer."""
    folder = tmp_path_factory.mktemp("founded") / "desk"
    begin = ["init", str(folder), "--from", "empty", "--as", FOUNDER, "--vault", "file"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTERSIGN_PASSPHRASE", PASSPHRASE)
        assert main(begin) == 0
        (folder.parent / "passphrase").write_text(PASSPHRASE)
        theirs = ["--their-passphrase-file", str(folder.parent / "passphrase")]
        omar = ["person", "add", OMAR, "--name", "Omar Said", "--role", "admin"]
        assert main([*omar, *theirs, "--workspace", str(folder)]) == 0
    return folder


@pytest.fixture
def desk(
    founded: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> CommandLine:
    """A copy of it."""
    monkeypatch.setenv("COUNTERSIGN_PASSPHRASE", PASSPHRASE)
    shutil.copytree(founded, tmp_path / "desk", symlinks=True)
    return CommandLine(tmp_path / "desk", capsys)


def enrolled(desk: CommandLine, role: str = "legal", number: int = 0) -> str:
    """Enrol Lena, with one of two keys, as the founder; return what was said."""
    public = desk.folder.parent / "lena.pub"
    public.write_text(KEYS[number].public.openssh)
    code, out, err = desk.run(
        *("person", "add", LENA, "--name", "Lena Vogt", "--role", role),
        *("--key", str(public)),
    )
    assert code == 0, err
    return out


def people(desk: CommandLine) -> set[str]:
    return {row["person"] for row in desk.json("person", "list")}


def test_the_second_administrator_is_enrolled_at_once_and_it_is_told(
    desk: CommandLine,
) -> None:
    _code, said, _err = desk.run("verify", "ledger")

    assert people(desk) == {FOUNDER, OMAR}
    assert "signed alone who takes part, or the policy: entries 1" in said
    assert desk.json("verify", "ledger")["alone"] == [1]


def test_from_then_on_the_other_one_confirms(desk: CommandLine) -> None:
    said = enrolled(desk)
    between = people(desk)
    _code, listed, _err = desk.run("person", "list")
    own, _out, refused = desk.run("person", "confirm", LENA)

    code, told, err = desk.run("person", "confirm", LENA, "--as", OMAR)

    assert "countersign person confirm 2" in said
    assert between == {FOUNDER, OMAR}
    assert f"Entry 2 waits for a second administrator: {FOUNDER} enrols {LENA}" in (
        listed
    )
    assert own == 1
    assert "second administrator" in refused
    assert code == 0, err
    assert f"In force now: {FOUNDER} enrols {LENA} (Lena Vogt) as legal" in told
    assert people(desk) == {FOUNDER, OMAR, LENA}


def test_what_waits_is_listed_and_named_by_its_number(desk: CommandLine) -> None:
    _code, nothing, _err = desk.run("person", "confirm")
    enrolled(desk)
    _code, listed, _err = desk.run("person", "confirm")
    none, _out, unknown = desk.run("person", "confirm", "9", "--as", OMAR)
    code, _told, err = desk.run("person", "confirm", "2", "--as", OMAR)

    assert nothing == "Nothing waits for a second administrator.\n"
    assert listed.startswith("Entry 2 waits")
    assert none != 0
    assert "“9”" in unknown
    assert code == 0, err
    assert desk.json("verify", "ledger")["waiting"] == []


def test_of_several_entries_about_a_person_one_is_named(desk: CommandLine) -> None:
    enrolled(desk)
    enrolled(desk, "hr", 1)

    code, _out, refused = desk.run("person", "confirm", LENA, "--as", OMAR)

    assert code != 0
    assert "name one: 2, 3" in refused


def test_a_role_and_a_policy_that_wait_are_told_in_words() -> None:
    role = RoleGrant(at=NOON, person=BEN, role=LEGAL, reason="Helps out.")
    policy = PolicyChange(at=NOON, policy=a_policy(), reason="Less.")

    assert in_words(ANA, role) == f"{ANA} gives {BEN} the role “legal”"
    assert in_words(ANA, policy) == f"{ANA} changes the policy: Less."


def test_what_is_done_with_people_is_told_to_programs_too(desk: CommandLine) -> None:
    public = desk.folder.parent / "lena.pub"
    public.write_text(KEYS[0].public.openssh)
    key = KEYS[0].public.fingerprint

    added = desk.json(
        *("person", "add", LENA, "--name", "Lena Vogt", "--role", "legal"),
        *("--key", str(public)),
    )
    (waits,) = desk.json("person", "confirm")
    confirmed = desk.json("person", "confirm", LENA, "--as", OMAR)
    gone = desk.json("person", "withdraw", LENA, "--reason", "Has left")

    number = added["entry"]
    assert added == {
        "person": LENA,
        "name": "Lena Vogt",
        "roles": ["legal"],
        "key": key,
        "entry": number,
        "is_waiting": True,
    }
    assert waits == {
        "entry": number,
        "kind": waits["kind"],
        "by": FOUNDER,
        "person": LENA,
        "what": f"{FOUNDER} enrols {LENA} (Lena Vogt) as legal, key {key}",
    }
    assert confirmed == {**waits, "confirmed": number + 1}
    assert gone == {
        "person": LENA,
        "key": key,
        "reason": "Has left",
        "entry": number + 2,
    }
    assert desk.json("person", "confirm") == []


def test_exports_and_sharing_are_told_to_programs_too(desk: CommandLine) -> None:
    file = desk.folder.parent / "allowed"
    team = desk.folder.parent / "team.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(team)], check=True)

    written = desk.json("export", "allowed-signers", "--out", str(file))
    said = desk.json("export", "allowed-signers")
    shared = desk.json("share", f"file://{team}")

    lines = file.read_text().splitlines()
    assert written == {"file": str(file), "allowed_signers": lines}
    assert said == {"file": None, "allowed_signers": lines}
    assert shared == {
        "address": f"file://{team}",
        "join": ["countersign", "join", f"file://{team}", "DIR"],
    }
