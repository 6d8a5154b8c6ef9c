"""What is said to who names what is not there."""

import pytest

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
