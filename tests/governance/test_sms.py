import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.names import Span
from governance.rendering.sms import CostlyCharacter, SmsEncoding, segments

GSM, UCS = SmsEncoding.GSM7, SmsEncoding.UCS2


# Counted once with Twilio's own algorithm (npm sms-segments-calculator 1.3.0).
@pytest.mark.parametrize(
    ("text", "encoding", "count"),
    [
        pytest.param("a" * 160, GSM, 1, id="160 letters"),
        pytest.param("a" * 161, GSM, 2, id="161 letters"),
        pytest.param("a" * 152 + "€" + "a" * 10, GSM, 2, id="152 letters, €, 10"),
        pytest.param("a" * 152 + "€" * 3 + "a" * 5, GSM, 2, id="€ on the border"),
        pytest.param("€" * 80, GSM, 1, id="80 €"),
        pytest.param("€" * 81, GSM, 2, id="81 €"),
        pytest.param("é" * 70, GSM, 1, id="70 é"),
        pytest.param("It’s", UCS, 1, id="a curly quote"),
        pytest.param("ж" * 70, UCS, 1, id="70 ж"),
        pytest.param("ж" * 71, UCS, 2, id="71 ж"),
        pytest.param("🎉" * 35, UCS, 1, id="35 emoji"),
        pytest.param("🎉" * 36, UCS, 2, id="36 emoji"),
        pytest.param("ж" * 66 + "🎉" + "ж" * 10, UCS, 2, id="an emoji on the border"),
        pytest.param("👩‍👩‍👧" * 10, UCS, 2, id="ten families"),
        pytest.param("a\r\n" * 60, GSM, 2, id="line ends"),
        pytest.param("`hi`", UCS, 1, id="backticks"),
        pytest.param("ç", UCS, 1, id="a small c with a cedilla"),
        pytest.param("Ç", GSM, 1, id="a capital one"),
        pytest.param("\t", UCS, 1, id="a tab"),
    ],
)
def test_segments_are_those_that_a_provider_bills(
    text: str, encoding: SmsEncoding, count: int
) -> None:
    found = segments(text)

    assert (found.encoding, found.count) == (encoding, count)


def test_a_character_of_two_septets_is_not_cut_apart() -> None:
    on_the_border = "a" * 152 + "€" + "a" * 152

    assert segments(on_the_border).count == 3
    assert segments("a" * 151 + "€" + "a" * 153).count == 2


def test_a_surrogate_pair_is_not_cut_apart() -> None:
    assert segments("ж" * 66 + "🎉" + "ж" * 66).count == 3
    assert segments("ж" * 65 + "🎉" + "ж" * 67).count == 2


def test_an_empty_text_costs_nothing() -> None:
    assert segments("").count == 0


def test_what_costs_is_named_with_what_says_the_same() -> None:
    assert segments("It’s – ж").costly == (
        CostlyCharacter("’", Span(2, 3), "'", forces_ucs2=True),
        CostlyCharacter("–", Span(5, 6), "-", forces_ucs2=True),
        CostlyCharacter("ж", Span(7, 8), None, forces_ucs2=True),
    )


def test_an_extension_character_costs_two_only_while_the_text_is_gsm() -> None:
    assert segments("5 €").costly == (
        CostlyCharacter("€", Span(2, 3), None, forces_ucs2=False),
    )
    assert [found.character for found in segments("5 € …").costly] == ["…"]


@given(st.text(alphabet="a€[’ж🎉`\n", max_size=400))
def test_replacing_one_character_by_one_makes_no_text_dearer(text: str) -> None:
    cheaper = "".join(
        _replacement(text, place, character) for place, character in enumerate(text)
    )

    assert segments(cheaper).count <= max(1, segments(text).count)


@given(st.text(alphabet="a€ж🎉", max_size=400))
def test_units_and_room_fill_the_segments(text: str) -> None:
    found = segments(text)
    size = {
        (GSM, True): 160,
        (GSM, False): 153,
        (UCS, True): 70,
        (UCS, False): 67,
    }[found.encoding, found.count <= 1]

    spoiled = max(found.count, 1) * size - found.units - found.room
    assert 0 <= spoiled < max(found.count, 1)


def _replacement(text: str, place: int, character: str) -> str:
    for costly in segments(text).costly:
        if costly.span.start == place and costly.replacement is not None:
            return costly.replacement
    return character
