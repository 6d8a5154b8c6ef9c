import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.markup.mapped import (
    MappedText,
    Place,
    line_and_column,
    problem_at,
)
from governance.names import Span

FILES = {"a": "Hello, world!\n", "b": "Größe\n💚", "c": "x"}


@st.composite
def cuts(draw: st.DrawFn) -> MappedText:
    path = draw(st.sampled_from(sorted(FILES)))
    text = FILES[path]
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    return MappedText.of(path, text)[start:end]


MAPPED = st.lists(cuts(), max_size=8).map(MappedText.joined)


@given(st.lists(cuts()))
def test_pieces_joined_are_their_texts_joined(pieces: list[MappedText]) -> None:
    whole = MappedText.joined(pieces)

    assert whole.text == "".join(piece.text for piece in pieces)
    assert "".join(
        whole.text[each.start : each.end] for each in whole.stretches
    ) == whole.text  # fmt: skip


@given(MAPPED)
def test_each_letter_is_the_letter_at_its_place(text: MappedText) -> None:
    for at, letter in enumerate(text.text):
        place = text.place(at, at + 1)

        assert place is not None
        assert FILES[place.path][place.span.start : place.span.end] == letter


@given(MAPPED, st.data())
def test_a_cut_keeps_the_places_of_its_letters(
    text: MappedText, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    cut = text[start:end]

    assert cut.text == text.text[start:end]
    assert [cut.place(at, at + 1) for at in range(len(cut))] == [
        text.place(at, at + 1) for at in range(start, end)
    ]


@given(MAPPED, st.data())
def test_a_verbatim_place_holds_that_very_text(
    text: MappedText, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    place = text.verbatim(start, end)

    if place is not None:
        written = FILES[place.path][place.span.start : place.span.end]
        assert written == text.text[start:end]


def test_a_cut_and_joined_file_is_one_stretch_again() -> None:
    whole = MappedText.of("a", FILES["a"])

    assert whole[:5] + whole[5:] == whole


def test_a_place_reaches_over_what_is_included_in_it() -> None:
    file = MappedText.of("a", "one TAG two")
    text = file[:4] + MappedText.of("b", "included") + file[7:]

    assert text.text == "one included two"
    assert text.place(0, 16) == Place("a", Span(0, 11))
    assert text.verbatim(0, 16) is None
    assert text.verbatim(4, 12) == Place("b", Span(0, 8))


def test_a_place_does_not_go_backwards_where_a_loop_repeats_its_body() -> None:
    body = MappedText.of("a", "for BODY end")[4:8]

    assert (body + body).place(2, 6) == Place("a", Span(6, 8))


def test_a_value_stands_for_the_whole_of_its_field() -> None:
    field = Place("a", Span(6, 14))
    text = MappedText.of("a", "Hello {{ x }}!")[:6]
    text += MappedText.standing_for(field, "Maya")

    assert text.place(7, 8) == field
    assert text.verbatim(7, 8) is None


def test_an_empty_stretch_is_where_it_would_be_written() -> None:
    text = MappedText.of("a", "abc")

    assert text.place(1, 1) == Place("a", Span(1, 1))
    assert text.place(3, 3) == Place("a", Span(3, 3))
    assert MappedText.joined(()).place(0, 0) is None


def test_lines_and_columns_count_code_points_from_one() -> None:
    assert line_and_column("Größe\n💚x", 7) == (2, 2)
    assert line_and_column("", 0) == (1, 1)
    assert problem_at("c", "m", "p", "a\nb", Span(2, 3)).line == 2


def test_only_whole_steps_can_be_cut() -> None:
    with pytest.raises(ValueError, match="steps of one"):
        MappedText.of("a", "abc")[::2]
