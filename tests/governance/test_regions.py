"""A language that follows the ways of a region: what is compiled, what is printed."""

import json

import pytest

from governance.content.fields import read_fields
from governance.content.template import find_template
from governance.names import Locale
from governance.rendering.compile import compile_template
from governance.rendering.compiled import Compiled
from governance.rendering.render import render
from governance.rendering.used_fields import FIELDS_PART
from governance.rendering.values import default_values
from tests.fakes.content import INVITATION, TEXTS, a_repository

SUBJECT = (
    "{{ candidate.first_name }}: {{ interview.starts_at | date }}, "
    "{{ interview.starts_at | time }}\n"
)


def compiled(region: str = "") -> Compiled:
    table = f'[regions]\nen = "{region}"\n' if region else ""
    sources = a_repository(
        subject=SUBJECT, countersign=TEXTS["countersign.toml"] + table
    )
    return compile_template(find_template(sources, INVITATION), sources)


@pytest.mark.parametrize(
    ("region", "printed"),
    [
        ("", "Maya: December 3, 2026, 9:00\N{NO-BREAK SPACE}AM"),
        ("en-US", "Maya: December 3, 2026, 9:00\N{NO-BREAK SPACE}AM"),
        ("en-GB", "Maya: 3 December 2026, 09:00"),
    ],
)
def test_dates_and_times_are_written_as_in_the_region(
    region: str, printed: str
) -> None:
    values = default_values(read_fields(a_repository()))

    assert render(compiled(region), values, Locale("en")).subject == (
        printed.replace("\N{NO-BREAK SPACE}", " ")
    )


def test_the_region_is_compiled_in_with_the_fields_that_it_writes() -> None:
    fields = json.loads(compiled("en-GB").parts[FIELDS_PART])

    assert fields["interview.starts_at"]["regions"] == {"en": "en-GB"}
    assert "regions" not in fields["candidate.first_name"]


def test_without_a_region_nothing_of_it_is_compiled() -> None:
    assert "regions" not in compiled().parts[FIELDS_PART]
    assert compiled().digest != compiled("en-US").digest
