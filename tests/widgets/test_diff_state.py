from hypothesis import given
from hypothesis import strategies as st

from governance.changes.compared import Kind, Stretch
from widgets.diff.state import Half, Pair, count_of, pairs

TEXTS = st.text("ab <\n", max_size=60)


def test_a_word_that_differs_is_marked_and_nothing_else() -> None:
    (row,) = pairs("Dear Maya Fernandes,", "Dear Maya Ferreira,")

    assert row == Pair(
        Half(
            1,
            (
                Stretch(Kind.SAME, "Dear Maya "),
                Stretch(Kind.REMOVED, "Fernandes"),
                Stretch(Kind.SAME, ","),
            ),
        ),
        Half(
            1,
            (
                Stretch(Kind.SAME, "Dear Maya "),
                Stretch(Kind.ADDED, "Ferreira"),
                Stretch(Kind.SAME, ","),
            ),
        ),
    )


def test_a_line_that_one_side_lacks_stands_beside_nothing() -> None:
    rows = pairs("one\nthree", "one\ntwo\nthree")

    assert [(one.before.number, one.after.number) for one in rows] == [
        (1, 1),
        (0, 2),
        (2, 3),
    ]
    assert count_of(rows) == 1


def test_equal_lines_far_from_a_difference_are_left_out() -> None:
    text = "\n".join("abcdefghijklmnop")

    rows = pairs(text, text.replace("h", "H"))

    assert [one.is_gap for one in rows] == [True, *[False] * 7, True]


def test_equal_texts_have_nothing_to_show_but_a_gap() -> None:
    assert count_of(pairs("a\nb", "a\nb")) == 0


@given(TEXTS, TEXTS)
def test_each_side_is_the_whole_of_its_text(before: str, after: str) -> None:
    rows = pairs(before, after, near=None)

    for side, text in (("before", before), ("after", after)):
        halves = [getattr(one, side) for one in rows]
        lines = [
            "".join(word.text for word in half.words) for half in halves if half.number
        ]
        assert lines == text.splitlines()
