"""What is kept of a check never outlives what it was made of."""

from functools import partial

import pytest

from governance.kept import Kept
from tests.fakes.checking import EMAIL, a_repository, found, mjml

STYLE = {
    ".vale.ini": "[*]\nBasedOnStyles = House\n",
    "styles/House/Word.yml": "extends: existence\nmessage: 'Not %s.'\n"
    "tokens: [bad, good bad]\n",
}
MAIL = {
    EMAIL: mjml(
        '<mj-text>{{ brand.name }} {% include "partials/a.mjml" %}'
        ' {% include "partials/b.mjml" %} {% include "partials/c.mjml" %}</mj-text>'
    ),
    "partials/a.mjml": "bad",
    "partials/b.mjml": "good",
    "partials/c.mjml": '{% include "partials/b.mjml" %}',
}


def test_what_is_kept_is_made_once_and_the_oldest_goes() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    kept = Kept[str, str](2)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert kept.get(key, partial(make, key)) == key.upper()

    assert made == ["a", "b", "c", "b"]


@pytest.mark.parametrize(
    "change",
    [
        {"partials/a.mjml": "a bad"},
        {"partials/a.mjml": "fine"},
        {"partials/b.mjml": "bad bad"},
        {"partials/c.mjml": '{% include "partials/a.mjml" %}'},  # no text of its own
        {"brand.toml": '[brand]\nname = "good"\ncolor = "#0b5cad"\n'},
        {"styles/House/Word.yml": "extends: existence\nmessage: 'No.'\ntokens: [g]\n"},
        {".vale.ini": ""},
    ],
)
def test_whatever_changes_is_seen_although_parts_are_kept(
    change: dict[str, str],
) -> None:
    before = found(a_repository({**STYLE, **MAIL}))
    after = found(a_repository({**STYLE, **MAIL, **change}))

    assert len([one for one in before if one.rule == "House.Word"]) == 1
    assert after != before
    assert found(a_repository({**STYLE, **MAIL})) == before
