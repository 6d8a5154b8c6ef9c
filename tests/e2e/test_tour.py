import json
import os
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

PASSPHRASE = "a passphrase for the tour"

STEPS = [
    "library",
    "write",
    "submit",
    "refuse",
    "approve",
    "release",
    "publish",
    "send",
    "crash",
    "prove",
    "roll-back",
]


@dataclass(frozen=True)
class Taken:
    """A tour that was taken, and the workspace that it left."""

    folder: Path
    code: int
    output: str
    complaint: str

    @property
    def said(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.output)
        return told

    def ask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            cwd=self.folder,
            env={**os.environ, "COUNTERSIGN_PASSPHRASE": PASSPHRASE},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    folder = tmp_path_factory.mktemp("tour") / "desk"
    said = subprocess.run(
        [sys.executable, "-m", "app", "tour", "--json", "--keep", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    return Taken(folder, said.returncode, said.stdout, said.stderr)


def test_every_step_holds(tour: Taken) -> None:
    assert (tour.code, tour.complaint, tour.said["ok"]) == (0, "", True)
    assert [step["id"] for step in tour.said["steps"]] == STEPS
    for step in tour.said["steps"]:
        assert set(step) == {"id", "ok", "seconds", "proved"}
        assert step["ok"]
        assert step["proved"]


def test_the_answer_has_the_promised_keys(tour: Taken) -> None:
    said = tour.said

    assert set(said) == {
        "ok",
        "repository",
        "allowed_signers",
        "template",
        "releases",
        "message",
        "refusals",
        "sent",
        "steps",
    }
    assert said["template"] == "interview-invitation"
    assert [one["version"] for one in said["releases"]] == [1, 2, 3]
    for one in said["releases"]:
        assert set(one) == {"version", "tag", "commit", "closure", "compiled"}
    assert set(said["message"]) == {"id", "message_id", "eml", "sha256"}
    assert said["sent"] == {"planned": 50, "delivered": 50, "duplicates": 0}


def test_what_must_not_work_is_refused_with_its_code(tour: Taken) -> None:
    codes = [one["code"] for one in tour.said["refusals"]]

    assert codes == [
        "unknown-field",
        "mjml-unknown-tag",
        "NOT_ENTITLED",
        "QUORUM_MISSING",
        "QUORUM_MISSING",
        "BAD_SIGNATURE",
        "CLOSURE_CHANGED",
        "COMPILED_CHANGED",
        "BYTES_DIFFER",
        "LEDGER_BROKEN",
        "RECORD_DIFFERS",
    ]
    assert all(one["attempt"] and one["sentence"] for one in tour.said["refusals"])


def test_the_mail_is_byte_for_byte_the_one_that_was_sent(tour: Taken) -> None:
    message = tour.said["message"]

    raw = Path(message["eml"]).read_bytes()

    assert sha256(raw).hexdigest() == message["sha256"]
    assert message["message_id"].encode() in raw


def test_stock_git_accepts_every_release(tour: Taken) -> None:
    git = ["git", "-C", tour.said["repository"], "-c", "gpg.format=ssh"]
    trust = ["-c", f"gpg.ssh.allowedSignersFile={tour.said['allowed_signers']}"]

    for one in tour.said["releases"]:
        for deed in (["verify-commit", one["commit"]], ["verify-tag", one["tag"]]):
            said = subprocess.run(
                [*git, *trust, *deed], capture_output=True, text=True, check=False
            )
            assert said.returncode == 0, said.stderr
            assert 'Good "git" signature' in said.stderr


def test_a_rollback_has_the_bytes_of_before(tour: Taken) -> None:
    first, second, third = tour.said["releases"]

    assert (third["closure"], third["compiled"]) == (
        first["closure"],
        first["compiled"],
    )
    assert second["closure"] != first["closure"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["template", "list"], "Live, v3"),
        (["template", "show", "interview-invitation"], "interview-invitation/v2"),
        (["field", "list"], "candidate.first_name"),
        (["change", "list", "--all"], "released"),
        (["person", "list"], "lena@northwind.example"),
        (["check"], "Nothing to mend."),
        (["render", "offer", "--sample", "maya-fernandes"], "Northwind Robotics"),
        (["verify"], "VERIFIED"),
        (["verify", "ledger"], "VERIFIED"),
        (["export", "allowed-signers"], "ssh-ed25519"),
        (["deliveries", "list"], "ZONE_UNKNOWN"),
        (["why", "cand-003"], "interview-invitation"),
        (
            ["publish", "interview-invitation", "--as", "ruth@northwind.example"],
            "interview-invitation/en",
        ),
        (
            [
                "candidate",
                "erase",
                "cand-003",
                "--yes",
                "--as",
                "ruth@northwind.example",
            ],
            "Erased: cand-003.",
        ),
    ],
)
def test_every_command_works_on_what_the_tour_left(
    tour: Taken, arguments: list[str], told: str
) -> None:
    said = tour.ask(*arguments)

    assert (said.returncode, said.stderr) == (0, "")
    assert told in said.stdout


def test_a_message_is_proved_afterwards_without_any_service(tour: Taken) -> None:
    message = tour.said["message"]

    said = tour.ask(
        *("verify", "message", message["message_id"]),
        *("--eml", message["eml"], "--json"),
    )

    proof = json.loads(said.stdout)
    assert (said.returncode, proof["code"], proof["version"]) == (0, "PROVEN", 2)
    assert {one.split()[0] for one in proof["signed_by"]} == {
        "lena@northwind.example",
        "tomas@northwind.example",
        "noor@northwind.example",
    }


def test_no_candidate_is_named_where_the_service_keeps_its_rows(tour: Taken) -> None:
    service = tour.folder / ".countersign" / "service"
    kept = [path for path in service.rglob("*") if path.is_file()]

    named = [
        path.name
        for path in kept
        if b"okonkwo" in (data := path.read_bytes().lower()) or b"petrova" in data
    ]

    assert kept
    assert named == []
