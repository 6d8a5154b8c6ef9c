import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.clients.colour import (
    apple_dark,
    colours_in,
    contrast,
    dark_turned,
    lab_dark,
    light_turned,
    over,
    read_colour,
    readable,
    turned,
    with_colours,
)
from governance.clients.contrasts import low_contrasts
from governance.clients.profile import Canvas, client
from governance.clients.rule import Scheme
from governance.clients.simulate import simulate
from tests.governance.clients.examples import mail

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("before", "after"),
    [("#ffffff", "#333333"), ("#000000", "#ffffff"), ("#1a73e8", "#529af7")],
)
def test_apple_s_way_gives_what_webkit_gives(before: str, after: str) -> None:
    assert apple_dark(before) == after


@pytest.mark.parametrize(
    ("before", "after"), [("#ffffff", "#333333"), ("#000000", "#ffffff")]
)
def test_microsoft_s_way_ends_where_its_code_says(before: str, after: str) -> None:
    assert lab_dark(before) == after


@given(colours)
def test_a_turned_colour_is_a_colour(colour: str) -> None:
    for way in (apple_dark, lab_dark, turned, light_turned, dark_turned):
        assert read_colour(way(colour)) is not None


@given(colours)
def test_a_partial_way_turns_a_colour_for_text_or_for_ground(colour: str) -> None:
    assert colour in (light_turned(colour), dark_turned(colour))


@given(colours, colours)
def test_contrast_has_no_order_and_known_ends(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.01


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("currentcolor", "#ffffff") == 21


@given(colours, colours)
def test_readable_text_never_becomes_less_readable(text: str, ground: str) -> None:
    changed = readable(text, ground)
    assert contrast(changed, ground) >= min(contrast(text, ground), 4.5) - 0.01


@pytest.mark.parametrize(
    ("text", "rgb"),
    [
        ("#fff", (1.0, 1.0, 1.0)),
        ("#FF0000", (1.0, 0.0, 0.0)),
        ("red", (1.0, 0.0, 0.0)),
        ("rgb(255, 0, 0)", (1.0, 0.0, 0.0)),
        ("rgb(100% 0% 0% / 50%)", (1.0, 0.0, 0.0)),
        ("#ff000080", (1.0, 0.0, 0.0)),
    ],
)
def test_colours_are_read_in_each_notation(
    text: str, rgb: tuple[float, float, float]
) -> None:
    found = read_colour(text)
    assert found is not None
    assert found[0] == rgb


@pytest.mark.parametrize("text", ["", "inherit", "#12", "#ggg", "rgb(1)", "rgb(a,b,c)"])
def test_what_is_no_colour_stays_as_it_is(text: str) -> None:
    assert read_colour(text) is None
    for way in (apple_dark, lab_dark, turned, light_turned, dark_turned):
        assert way(text) == text


def test_only_colours_in_a_value_are_changed() -> None:
    value = "1px solid #fff url(#fff) 'red' darkred-ish"
    assert colours_in(value) == ["#fff"]
    assert with_colours(value, lambda _one: "X").startswith("1px solid X url(#fff)")


def test_what_shines_through_is_mixed() -> None:
    assert over("rgba(0,0,0,.5)", "#ffffff") == "#808080"
    assert over("#123456", "#ffffff") == "#123456"


def test_text_that_is_hard_to_read_is_found_after_darkening() -> None:
    html = mail(
        body='<table bgcolor="#ffffff"><tr><td style="color:#767676">Fine</td></tr>'
        '</table><p style="background-color:#808080;color:#888888">Hard</p>'
    )
    phone = client("gmail-android")
    shown = simulate(html, phone, Scheme.DARK)
    (found,) = low_contrasts(shown.html, phone.night)
    assert found.place.excerpt == "Hard"
    assert found.ratio < found.needed == 4.5


def test_large_text_needs_less_contrast() -> None:
    paper = Canvas("#ffffff", "#000000")
    body = '<p style="color:#8a8a8a;font-size:{}">Hello</p>'
    assert low_contrasts(mail(body=body.format("16px")), paper)
    assert not low_contrasts(mail(body=body.format("24px")), paper)
    assert not low_contrasts(mail(body=body.format("150%")), paper)


def test_hidden_text_is_not_judged() -> None:
    paper = Canvas("#ffffff", "#000000")
    body = '<div style="display:none;color:#ffffff">Preheader</div>'
    assert low_contrasts(mail(body=body), paper) == ()
