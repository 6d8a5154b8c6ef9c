from collections.abc import Iterator
from datetime import UTC, datetime
from gettext import NullTranslations

import pytest

from app.language import choose_language
from governance.texts import dated, speak

FORMS = ("%-d %B", "%-d %B %Y, %H:%M:%S", "%-d %b %Y", "%A %-d %B %Y", "%H:%M")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    speak(NullTranslations())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("month", range(1, 13))
def test_a_day_is_written_in_english_as_strftime_writes_it(
    form: str, month: int
) -> None:
    moment = datetime(2026, month, month, 9, 5, tzinfo=UTC)

    assert dated(moment, form) == moment.strftime(form)


def test_a_day_is_written_in_german_with_its_point_and_its_names() -> None:
    choose_language("de")
    moment = datetime(2026, 3, 5, 9, 5, tzinfo=UTC)

    assert dated(moment, "%-d %B %Y, %H:%M") == "5. März 2026, 09:05"
    assert dated(moment, "%A %-d %B") == "Donnerstag, 5. März"
    assert dated(moment, "%-d %b %Y") == "5. Mär 2026"
