from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.content.fields import Field, Sensitivity
from governance.content.shapes import FieldType
from governance.content.toml import TomlValue
from governance.errors import BadValueError, UnknownFormatError
from governance.names import FieldName, Locale
from governance.rendering.formats import (
    FormatError,
    date_text,
    duration_text,
    list_text,
    moment_text,
    money_text,
    name_text,
    number_text,
    time_text,
    zone_text,
)
from governance.rendering.stored_values import from_json, to_json
from governance.rendering.values import (
    Duration,
    Moment,
    Money,
    PersonName,
    RecipientValues,
    Url,
    default_values,
    value_of,
)
from tests.fakes.messages import ENGLISH, GERMAN, fields, values

BRITISH = Locale("en-GB")
NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
NBSP = "\N{NO-BREAK SPACE}"


def a_field(kind: FieldType) -> Field:
    return Field(
        FieldName("a.b"),
        kind,
        "",
        Sensitivity.PERSONAL,
        "",
        {},
        optional=True,
        tokens={},
    )


def read(kind: str, given: TomlValue) -> object:
    return value_of(a_field(FieldType(kind)), given)


# -- what a value may be


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("text", " a\r\nb\x00 ", " a\nb "),
        ("person_name", "  Maya \n O\u202ek ", PersonName("Maya Ok")),
        ("date", "2026-12-03", date(2026, 12, 3)),
        ("time", time(9, 30), time(9, 30)),
        (
            "moment",
            {"at": "2026-12-03T13:00:00+01:00", "zone": "Europe/Berlin"},
            Moment(NOON, "Europe/Berlin"),
        ),
        ("duration", 75, Duration(75)),
        ("url", "https://a.example/b?c=d", Url("https://a.example/b?c=d")),
        ("url", "mailto:a@b.example", Url("mailto:a@b.example")),
        ("url", "http://127.0.0.1:8080/x", Url("http://127.0.0.1:8080/x")),
        (
            "money",
            {"amount": "10.50", "currency": "EUR"},
            Money(Decimal("10.50"), "EUR"),
        ),
        ("number", 1.5, Decimal("1.5")),
        ("boolean", False, False),
        ("list", ["a", " b\n"], ("a", "b")),
    ],
)
def test_a_value_is_read_for_what_it_means(
    kind: str, given: TomlValue, value: object
) -> None:
    assert read(kind, given) == value


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("url", "javascript:alert(1)"),
        ("url", "http://a.example"),
        ("url", "data:text/html,x"),
        ("url", "https://a.example/ onclick=x"),
        ("url", 'https://a.example/"x'),
        ("url", "//a.example"),
        ("email", "a@b.example\nBcc: c@d.example"),
        ("email", "a <a@b.example>"),
        ("phone", "call me"),
        ("date", "tomorrow"),
        ("date", True),
        ("moment", {"at": "2026-12-03T13:00:00", "zone": "Europe/Berlin"}),
        ("moment", {"at": "2026-12-03T13:00:00Z", "zone": "../../etc/passwd"}),
        ("duration", -1),
        ("duration", True),
        ("money", {"amount": "1", "currency": "euro"}),
        ("number", "1e400"),
        ("number", float("nan")),
        ("number", True),
        ("boolean", "yes"),
        ("list", "only one"),
        ("list", [1]),
        ("text", 5),
        ("text", "a" * 20_001),
    ],
)
def test_what_a_field_cannot_hold_is_refused_without_telling_it(
    kind: str, given: TomlValue
) -> None:
    with pytest.raises(BadValueError) as caught:
        read(kind, given)

    assert "a.b" in str(caught.value)
    assert str(given) not in str(caught.value) or kind == "boolean"


def test_nobody_is_in_a_log() -> None:
    shown = repr(values())

    assert shown == f"RecipientValues({len(fields())} fields)"


# -- stored, and read again

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        FieldName("a.text"): TEXTS.map(lambda x: read("text", x)),
        FieldName("a.name"): TEXTS.map(lambda x: read("person_name", x)),
        FieldName("a.day"): st.dates(),
        FieldName("a.clock"): st.times(),
        FieldName("a.moment"): st.datetimes(
            min_value=datetime(1900, 1, 1),  # noqa: DTZ001 -- made aware
            timezones=st.just(UTC),
        ).map(lambda at: Moment(at, "Asia/Kolkata")),
        FieldName("a.long"): st.integers(0, 10_000).map(Duration),
        FieldName("a.sum"): st.decimals(-(10**9), 10**9, places=2, allow_nan=False).map(
            lambda amount: Money(amount, "GBP")
        ),
        FieldName("a.number"): st.decimals(-(10**9), 10**9, places=3, allow_nan=False),
        FieldName("a.is"): st.booleans(),
        FieldName("a.list"): st.lists(TEXTS, max_size=3).map(
            lambda x: read("list", [*x])
        ),
    },
)


@given(VALUES)
def test_values_come_back_as_they_were_stored(known: dict[FieldName, object]) -> None:
    given_values = RecipientValues(known)  # type: ignore[arg-type]

    again = from_json(to_json(given_values))

    assert dict(again) == known
    assert {name: type(value) for name, value in again.items()} == {
        name: type(value) for name, value in known.items()
    }


def test_each_samples_own_values_are_stored_and_read() -> None:
    assert from_json(to_json(default_values(fields()))) == default_values(fields())


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"{}x",
        b'{"a":{"type":"text","value":"b"}}',
        b'{"a.b":{"type":"colour","value":"b"}}',
        b'{"a.b":{"type":"date","value":null}}',
        b'{"a.b":"c"}',
    ],
)
def test_stored_values_of_another_kind_are_refused(data: bytes) -> None:
    with pytest.raises(UnknownFormatError):
        from_json(data)


# -- in people's own way


def test_a_day_is_told_in_the_language() -> None:
    day = date(2026, 12, 3)

    assert date_text(day, "long", ENGLISH) == "December 3, 2026"
    assert date_text(day, "long", BRITISH) == "3 December 2026"
    assert date_text(day, "full", GERMAN) == "Donnerstag, 3. Dezember 2026"


def test_an_unknown_region_takes_its_language_and_an_unknown_language_english() -> None:
    day = date(2026, 12, 3)

    assert date_text(day, "long", Locale("de-BR")) == "3. Dezember 2026"
    assert date_text(day, "long", Locale("zz")) == "December 3, 2026"


def test_a_time_has_no_space_that_fonts_lack() -> None:
    assert time_text(time(14, 30), "short", ENGLISH) == f"2:30{NBSP}PM"
    assert time_text(time(14, 30), "short", GERMAN) == "14:30"


@pytest.mark.parametrize(
    ("zone", "short", "long", "city"),
    [
        (
            "Europe/Berlin",
            "CET",
            "Central European Standard Time",
            "Berlin Time",
        ),
        ("Asia/Kolkata", "IST", "Kolkata Time", "Kolkata Time"),
        (
            "America/Argentina/Buenos_Aires",
            "UTC-3",
            "Buenos Aires Time",
            "Buenos Aires Time",
        ),
        ("Asia/Kathmandu", "UTC+5:45", "Kathmandu Time", "Kathmandu Time"),
        ("America/New_York", "EST", "Eastern Standard Time", "New York Time"),
    ],
)
def test_a_zone_is_told_by_letters_name_or_city(
    zone: str, short: str, long: str, city: str
) -> None:
    moment = Moment(NOON, zone)

    told = [zone_text(moment, style, ENGLISH) for style in ("short", "long", "city")]

    assert told == [short, long, city]


def test_a_city_can_be_told_in_brackets_in_german() -> None:
    assert zone_text(Moment(NOON, "Asia/Tokyo"), "city", GERMAN) == "Ortszeit Tokio"


def test_a_moment_is_told_in_its_own_zone_with_the_clock_of_that_day() -> None:
    summer = Moment(datetime(2026, 7, 3, 12, tzinfo=UTC), "Europe/Berlin")

    assert moment_text(summer, "full", GERMAN) == "Freitag, 3. Juli 2026, 14:00 (MESZ)"
    assert moment_text(Moment(NOON, "Asia/Tokyo"), "full", ENGLISH) == (
        f"Thursday, December 3, 2026, 9:00{NBSP}PM (JST)"
    )


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (45, "45 minutes"),
        (60, "1 hour"),
        (75, "75 minutes"),
        (120, "2 hours"),
        (150, "2 hours, 30 minutes"),
        (2880, "2 days"),
    ],
)
def test_a_duration_is_told_as_people_do(minutes: int, told: str) -> None:
    assert duration_text(Duration(minutes), ENGLISH) == told


def test_an_amount_shows_cents_only_if_it_has_some() -> None:
    assert money_text(Money(Decimal(84000), "EUR"), ENGLISH) == "€84,000"
    assert money_text(Money(Decimal("84000.50"), "EUR"), GERMAN) == f"84.000,50{NBSP}€"
    assert money_text(Money(Decimal(84000), "GBP"), BRITISH) == "£84,000"


def test_numbers_and_lists_follow_the_language() -> None:
    assert number_text(Decimal("38.5"), GERMAN) == "38,5"
    assert list_text(("a", "b", "c"), "and", GERMAN) == "a, b und c"
    assert list_text(("a", "b"), "or", ENGLISH) == "a or b"


@pytest.mark.parametrize(
    ("name", "where", "is_isolated"),
    [
        ("Maya", ENGLISH, False),
        ("فاطمة", ENGLISH, True),
        ("فاطمة", Locale("ar"), False),
        ("Maya", Locale("ar"), True),
        ("佐藤", ENGLISH, False),
    ],
)
def test_only_a_name_that_runs_against_its_language_is_isolated(
    name: str,
    where: Locale,
    is_isolated: bool,  # noqa: FBT001 -- a parameter
) -> None:
    told = name_text(name, where)

    assert told == (f"\u2068{name}\u2069" if is_isolated else name)


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(FormatError, match="short, medium, long, full"):
        date_text(date(2026, 1, 1), "longest", ENGLISH)
