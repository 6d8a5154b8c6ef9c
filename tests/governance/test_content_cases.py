"""The cases of a message, and the values that lead into them."""

import pytest

from governance.content.cases import Condition, conditions_of
from governance.content.fields import Fields, read_fields
from governance.content.samples import Sample
from governance.content.sources import Sources
from governance.names import FieldName, Locale, SampleName

FIELDS = read_fields(
    Sources(
        {
            "fields.toml": """
[fields."interview.mode"]
type = "text"
meaning = "How we meet: “video”, “phone” or “on_site”. For conditions."
sample = "video"
[fields."feedback.offered"]
type = "boolean"
meaning = "Whether a call is offered."
sample = true
[fields."interview.host"]
type = "person_name"
meaning = "Who waits at the door."
sample = "Ana"
optional = true
[fields."job.title"]
type = "text"
meaning = "The title."
sample = "Engineer"
[fields."first_day.bring"]
type = "list"
meaning = "What to bring."
sample = ["a pen"]
[fields."waiting.days"]
type = "number"
meaning = "How long."
sample = 3
"""
        }
    )
)


def cases(text: str, fields: Fields = FIELDS) -> dict[str, list[tuple[str, object]]]:
    return {
        one.title: [(option.title, option.value) for option in one.options]
        for one in conditions_of([text], fields, ())
    }


def test_each_way_that_a_value_leads_is_a_case() -> None:
    text = (
        '{% if interview.mode == "on_site" %}a{% elif interview.mode == "phone" %}b'
        "{% else %}c{% endif %}"
    )

    assert cases(text) == {
        "How we meet": [
            ("on site", "on_site"),
            ("phone", "phone"),
            ("video", "video"),
        ]
    }


def test_a_boolean_is_yes_or_no() -> None:
    assert cases("{% if not feedback.offered %}a{% endif %}") == {
        "Whether a call is offered": [("yes", True), ("no", False)]
    }


def test_what_may_be_missing_is_known_or_not() -> None:
    assert cases("{% if interview.host %}a{% endif %}") == {
        "Who waits at the door": [("known", "Ana"), ("not known", None)]
    }


def test_what_is_never_missing_has_one_case_and_is_not_asked() -> None:
    assert cases("{% if job.title %}a{% endif %}") == {}


def test_a_loop_has_one_several_or_none() -> None:
    (options,) = cases("{% for a in first_day.bring %}{{ a }}{% endfor %}").values()

    assert [title for title, _value in options] == ["one", "several", "none"]


def test_numbers_are_themselves_or_another() -> None:
    assert cases("{% if waiting.days == 1 %}a{% endif %}") == {
        "How long": [("1", 1), ("3", 3)]
    }


def test_another_value_is_one_that_a_sample_has() -> None:
    maya = Sample(
        SampleName("maya"),
        "Maya",
        "",
        Locale("en"),
        None,
        {FieldName("interview.mode"): "chat"},
    )
    text = '{% if interview.mode == "video" %}a{% endif %}'

    (one,) = conditions_of([text], FIELDS, [maya])

    assert [option.value for option in one.options] == ["video", "chat"]


@pytest.mark.parametrize(
    "text",
    [
        "{% if waiting.days > 3 %}a{% endif %}",
        "{% if unknown.field %}a{% endif %}",
        "{% if brand.name %}a{% endif %}",
        "Hello {{ job.title }}",
    ],
)
def test_what_no_single_value_answers_is_no_case(text: str) -> None:
    assert cases(text) == {}


def test_parts_are_asked_together_and_each_field_once() -> None:
    found = conditions_of(
        [
            '{% if interview.mode == "video" %}a{% endif %}',
            '{% if interview.mode == "phone" %}b{% endif %}',
        ],
        FIELDS,
        (),
    )

    assert len(found) == 1
    assert isinstance(found[0], Condition)
    assert [one.value for one in found[0].options] == ["video", "phone"]
