"""A change from the command line: proposed, asked about, waived, revised, given up."""

import re
import shutil
from pathlib import Path

import pytest

from app.cli.main import main
from tests.fakes.command_line import FOUNDER, PASSPHRASE, CommandLine

LENA = "lena@northwind.example"
OPEN = ("change", "open", "feedback-request", "--title", "Begin", "--reason", "New")
SUBJECT = "templates/relationship/feedback-request/en/subject.txt"
STYLE = {
    ".vale.ini": "StylesPath = styles\n[*]\nBasedOnStyles = House\n",
    "styles/House/Words.yml": "extends: existence\nmessage: Avoid '%s'.\n"
    "level: error\ntokens: [Unfortunately]\n",
}


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one template, under review, and two people."""
    folder = tmp_path_factory.mktemp("proposed") / "desk"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTERSIGN_PASSPHRASE", PASSPHRASE)
        here = ["--workspace", str(folder)]
        assert (
            main(
                [
                    *("init", str(folder), "--from", "empty"),
                    *("--as", FOUNDER, "--vault", "file"),
                ]
            )
            == 0
        )
        new = ["template", "new", "feedback-request", "--stage", "relationship"]
        assert main([*new, *here]) == 0
        (folder.parent / "lena").write_text(PASSPHRASE)
        enrol = ["person", "add", LENA, "--name", "Lena Vogt", "--role", "legal"]
        theirs = ["--their-passphrase-file", str(folder.parent / "lena")]
        assert main([*enrol, *theirs, *here]) == 0
        assert main([*OPEN, *here]) == 0
    return folder


@pytest.fixture
def case(
    proposed: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[CommandLine, str]:
    """A copy of it, and the change's name."""
    monkeypatch.setenv("COUNTERSIGN_PASSPHRASE", PASSPHRASE)
    shutil.copytree(proposed, tmp_path / "desk", symlinks=True)
    desk = CommandLine(tmp_path / "desk", capsys)
    (row,) = desk.json("change", "list")
    return desk, row["change"]


def test_a_question_is_open_until_it_is_answered(case: tuple[CommandLine, str]) -> None:
    desk, change = case
    asked = desk.json(
        *("change", "comment", change, "Who is “we”?", "--must-answer", "--as", LENA)
    )
    (question,) = asked["comments"]
    number = str(question["position"])

    answered = desk.json("change", "comment", change, "The team.", "--answers", number)

    assert question["is_open"]
    assert [one["is_open"] for one in answered["comments"]] == [False, False]
    code, shown, _err = desk.run("change", "show", change)
    assert code == 0
    assert f"#{number}  {LENA}: Who is “we”?\n" in shown
    assert f"→ #{number}  {FOUNDER}: The team.\n" in shown


def test_an_answer_to_nothing_is_refused(case: tuple[CommandLine, str]) -> None:
    desk, change = case

    code, _out, err = desk.run("change", "comment", change, "Yes.", "--answers", "99")

    assert code == 1
    assert "There is no such comment to answer." in err


def test_a_change_that_was_rejected_can_be_revised_and_taken_back(
    case: tuple[CommandLine, str],
) -> None:
    desk, change = case
    no = ("change", "reject", change, "--role", "legal", "--reason", "Too short")
    rejected = desk.json(*no, "--as", LENA)
    desk.edit(SUBJECT, lambda _old: b"May we ask you something?\n")
    revised = desk.json("change", "revise", change)
    withdrawn = desk.json("change", "withdraw", change, "--reason", "Superseded")

    assert rejected["stage"] == "rejected"
    assert (revised["stage"], revised["title"]) == ("open", "Begin")
    assert revised["subjects"] != rejected["subjects"]
    assert withdrawn["stage"] == "withdrawn"


def test_an_error_is_waived_by_its_rule_and_place_until_a_day(
    case: tuple[CommandLine, str],
) -> None:
    desk, change = case
    for path, text in STYLE.items():
        (desk.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (desk.folder / path).write_text(text)
    desk.edit(SUBJECT, lambda _old: b"Unfortunately, a question\n")
    refused, _out, err = desk.run("change", "revise", change)
    revised = desk.json("change", "revise", change, "--accept-errors")
    found, told, _err = desk.run("change", "check", change)
    waived = desk.json(
        *("change", "waive", change, "--rule", "House.Words", "--at", f"{SUBJECT}:1"),
        *("--role", "legal", "--reason", "As agreed", "--until", "2027-01-31"),
        *("--as", LENA),
    )

    assert (refused, "CHECKS_FAILED" in err) == (1, True)
    assert revised["errors"] == 1
    assert (found, "House.Words" in told) == (1, True)
    assert [
        (one["person"], one["rule"], one["until"]) for one in waived["waivers"]
    ] == [(LENA, "House.Words", "2027-02-01T00:00:00+00:00")]


def test_what_is_waived_must_have_been_found(case: tuple[CommandLine, str]) -> None:
    desk, change = case

    code, _out, err = desk.run(
        *("change", "waive", change, "--rule", "Tone.No", "--role", "legal"),
        *("--reason", "x", "--until", "2027-01-31", "--as", LENA),
    )

    assert code == 1
    assert "found no such error: Tone.No" in err


def test_a_proposed_change_is_checked_as_it_was_proposed(
    case: tuple[CommandLine, str],
) -> None:
    desk, change = case
    desk.edit(SUBJECT, lambda _old: b"{{ nobody.here }}\n")

    code, out, _err = desk.run("change", "check", change)

    assert "nobody" not in out
    assert code in {0, 1}
    assert re.search(r"finding|Nothing to mend", out)
