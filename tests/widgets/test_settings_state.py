from pathlib import Path

import pytest

from governance.people.policy_file import read_policy
from governance.trust.keys import SigningKey
from widgets.settings.about_state import About, about_form, read_notice
from widgets.settings.computer_state import (
    Storage,
    Stroke,
    language_form,
    look_form,
    shortcut_table,
    size_words,
    storage_form,
)
from widgets.settings.connections_state import (
    Answer,
    Asked,
    Connections,
    connections_form,
)
from widgets.settings.form import Form, Pick, Said
from widgets.settings.key_state import MyKey, Standing, key_form
from widgets.settings.policy_state import policy_form, span_words

ROOT = Path(__file__).parents[2]


def said(form: Form) -> dict[str, Said]:
    return {
        line.label: line
        for group in form.groups
        for line in group.lines
        if isinstance(line, Said)
    }


def test_the_policy_is_told_in_words() -> None:
    text = (ROOT / "repo_templates" / "starter.policy.toml").read_text()

    lines = said(policy_form(read_policy(text)))

    assert set(lines["What a candidate reads"].value.split(", ")) == {
        "Communications",
        "Human resources",
        "Legal",
    }
    assert "12 months" in lines["What a candidate reads"].help
    assert lines["Releases"].help == "Never what they wrote themselves."
    assert lines["In an emergency"].value.startswith("Release manager together")
    assert "72 hours" in lines["In an emergency"].help


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3600, "1 hour"),
        (72 * 3600, "72 hours"),
        (7 * 86400, "7 days"),
        (31_536_000, "12 months"),
    ],
)
def test_a_span_is_said_as_people_do(seconds: int, words: str) -> None:
    assert span_words(seconds) == words


def test_a_practice_mailbox_says_that_nothing_leaves() -> None:
    them = Connections(file="/w/service.toml", sender="A <a@b.example>")

    lines = said(connections_form(them))

    assert lines["Mail server"].value.endswith("nothing leaves this computer")
    assert "Way there" not in lines


def test_a_real_server_says_its_way_and_how_a_check_went() -> None:
    bad = Asked(Answer.BAD, "It cannot be reached.", "12:41")
    them = Connections(
        file="/w/service.toml", mail="mx.example:587", tls="starttls", asked_mail=bad
    )

    groups = connections_form(them).groups
    mail = next(group for group in groups if group.title == "E-mail")

    lines = {line.label: line for line in mail.lines}
    answer = lines["Its answer"]
    assert isinstance(answer, Said)
    assert answer.mark is not None
    assert answer.mark.word == "It cannot be reached. Asked at 12:41."


def test_a_teams_service_hides_what_lies_on_its_server() -> None:
    form = connections_form(Connections(service="https://sends.example"))

    assert [group.title for group in form.groups] == ["Service"]
    assert "sends.example" in said(form)["Its settings"].value


def test_nothing_can_be_asked_twice_at_once() -> None:
    them = Connections(file="/w/x", asked_service=Asked(Answer.ASKING))

    assert said(connections_form(them))["Address"].deeds[0].why_not


def test_the_own_key_shows_words_fingerprint_and_what_to_do() -> None:
    key = SigningKey.generate().public
    mine = MyKey("Ana", "ana@example.com", key, Standing.IN_USE, is_in_keyring=False)

    lines = said(key_form(mine))

    assert lines["Four words"].value == key.words
    assert lines["Fingerprint"].value == key.fingerprint
    assert [deed.key for deed in lines["Recovery sheet"].deeds] == ["sheet", "recover"]
    assert not any(deed.why_not for deed in lines["Passphrase"].deeds)


def test_the_keys_of_the_demo_stay_as_they_are() -> None:
    key = SigningKey.generate().public
    mine = MyKey("A", "a@b.example", key, Standing.IN_USE, False, is_demo=True)  # noqa: FBT003

    assert said(key_form(mine))["Passphrase"].deeds[0].why_not


def test_who_only_reads_has_no_key() -> None:
    nobody = MyKey("", "", None, Standing.NOBODY, is_in_keyring=False)

    assert key_form(nobody).groups == ()


def test_a_new_language_says_from_when_on() -> None:
    (line,) = language_form("de", "en", ("en", "de")).groups[0].lines

    assert isinstance(line, Pick)
    assert "next start" in line.help


def test_the_text_size_goes_from_90_to_150_percent() -> None:
    size = look_form("dark", 100).groups[0].lines[1]

    assert isinstance(size, Pick)
    assert [choice.key for choice in size.choices][::6] == ["90", "150"]


def test_commands_are_found_by_word_and_by_key() -> None:
    strokes = (
        Stroke("a", "Show the library", "Rooms", "Ctrl+1"),
        Stroke("b", "Publish…", "Publishing", ""),
    )

    assert [row.key for row in shortcut_table(strokes, "ctrl+1").rows] == ["a"]
    assert shortcut_table(strokes, "publish").rows[0].cells[1].text == "in the palette"


def test_sizes_are_counted_and_said() -> None:
    counting = said(storage_form(Storage("/w", None)))
    done = said(storage_form(Storage("/w", {"texts": 2048, "other": 5})))

    assert counting["All"].value == "counting …"
    assert done["All"].value == "2.0 KB"
    assert "History, with every version" not in done
    assert size_words(5 * 1024**3) == "5.0 GB"


def test_each_library_of_the_notice_is_listed_with_its_licence() -> None:
    libraries, notes = read_notice((ROOT / "NOTICE").read_text())

    form = about_form(About("0.1.0", (("Python", "3.11"),), libraries, notes))

    listed = said(form)
    assert listed["PySide6"].value == "LGPL-3.0-only"
    assert listed["cryptography"].value == "Apache-2.0 or BSD-3-Clause"
    assert any("Inter" in note for note in notes)


def test_the_editor_of_the_studio_can_be_chosen() -> None:
    editor = look_form("dark", 100, "native").groups[0].lines[2]

    assert isinstance(editor, Pick)
    assert editor.chosen == "native"
    assert [one.key for one in editor.choices] == ["", "web", "native"]
