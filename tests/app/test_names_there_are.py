"""What is said to who names what is not there."""

from pathlib import Path

import pytest

from app.cli.main import main
from tests.fakes.command_line import CommandLine

LOOK = ("render", "interview-invitation", "--sample", "maya-fernandes")


@pytest.mark.parametrize(
    ("arguments", "said", "remedy"),
    [
        (("template", "show", "offer-remind"), "no template", "“offer-reminder”"),
        (("template", "show", "zzz"), "no template", "“application-delayed”"),
        (("render", "offer", "--sample", "dewy"), "no sample", "“dewi”"),
        ((*LOOK, "--locale", "fr"), "not written in “fr”", "“de”, “en”"),
        ((*LOOK, "--part", "chat"), "no part “chat”", "“email”"),
        (("check", "offer-remind"), "no file, folder or", "“offer-reminder”"),
        (("template", "list", "--stage", "ofer"), "to the stage", "“offer”"),
        (("field", "list", "kandidate"), "No merge field", "“candidate."),
        (("change", "show", "01KBJ4Q9ZV6W2E4YVQ2M1T8N3C"), "no change", "the list of"),
        (("rollback", "offer", "--reason", "x"), "never released", "Use one of the"),
        (("deliveries", "show", "zzz"), "no message “zzz”", "List the deliveries"),
        (("why", "nobody@example.com"), "no such candidate", "Copy the id"),
        (("verify", "message", "zzz"), "no message “zzz”", "List the deliveries"),
    ],
)
def test_a_wrong_name_is_answered_with_a_sentence_and_what_to_do(
    desk: CommandLine, arguments: tuple[str, ...], said: str, remedy: str
) -> None:
    code, out, err = desk.run(*arguments)

    sentence, advice = err.strip().splitlines()
    assert (code, out) == (1, "")
    assert said in sentence
    assert remedy in advice


@pytest.mark.parametrize(
    ("name", "advice"), [("templat", "“template”"), ("xyzzy", "“init”")]
)
def test_a_command_that_is_none_is_answered_with_those_that_are(
    capsys: pytest.CaptureFixture[str], name: str, advice: str
) -> None:
    assert main([name]) == 2

    said = capsys.readouterr().err
    assert f"There is no command “{name}”." in said
    assert advice in said


@pytest.mark.parametrize("command", ["init", "join file:///nowhere"])
def test_who_cannot_be_asked_is_told_what_to_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([*command.split(), str(tmp_path / "desk")]) == 2

    assert "Use --as E-MAIL." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [("deliveries", "list"), ("why", "nobody@example.com"), ("publish",)],
)
def test_looking_at_what_was_sent_starts_and_makes_nothing(
    desk: CommandLine, arguments: tuple[str, ...]
) -> None:
    desk.run(*arguments)

    ours = desk.folder / ".countersign"
    assert not (ours / "sandbox").exists()
    assert {path.name for path in (ours / "service").iterdir()} == {"service.toml"}
