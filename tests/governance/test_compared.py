from hypothesis import given
from hypothesis import strategies as st

from governance.changes.compared import Kind, Stretch, compared, words

SAME, ADDED, REMOVED = Kind.SAME, Kind.ADDED, Kind.REMOVED


def a_mail(*paragraphs: str) -> str:
    rows = "".join(f"<tr><td><div>{one}</div></td></tr>" for one in paragraphs)
    return f"<!doctype html><html><body><table>{rows}</table></body></html>"


def test_a_paragraph_more_bears_a_number_on_the_later_side_alone() -> None:
    made = compared(a_mail("Hello", "Bye"), a_mail("Hello", "New here", "Bye"))

    (mark,) = made.marks
    assert mark.words == (Stretch(ADDED, "New here"),)
    assert mark.is_added
    assert 'data-change="1"' in made.after
    assert "data-change" not in made.before


def test_a_paragraph_in_other_words_bears_the_same_number_on_both_sides() -> None:
    made = compared(a_mail("Reply by tomorrow."), a_mail("Reply before Wednesday."))

    (mark,) = made.marks
    assert mark.words == (
        Stretch(SAME, "Reply"),
        Stretch(REMOVED, "by tomorrow."),
        Stretch(ADDED, "before Wednesday."),
    )
    assert made.before.count('data-change="1"') == made.after.count('data-change="1"')


def test_words_beside_a_heading_are_a_paragraph_too() -> None:
    before, after = "<div><h1>Hi</h1></div>", "<div>Please read.<h1>Hi</h1></div>"

    (mark,) = compared(a_mail(before), a_mail(after)).marks

    assert mark.words == (Stretch(ADDED, "Please read."),)


def test_other_markup_around_the_same_words_is_no_change() -> None:
    assert compared(a_mail("<b>Hello</b> you"), a_mail("Hello you")).marks == ()


def test_what_is_hidden_is_told_but_not_painted() -> None:
    hidden = '<div style="display: none">{}</div>'
    made = compared(a_mail(hidden.format("one")), a_mail(hidden.format("two")))

    assert len(made.marks) == 1
    assert "data-change" not in made.after


def test_a_first_version_is_all_new() -> None:
    made = compared("", a_mail("Hello"))

    assert made.before == ""
    assert [mark.is_added for mark in made.marks] == [True]


@given(st.lists(st.sampled_from(["a", "b", "c"])), st.lists(st.sampled_from("abc")))
def test_kept_and_added_words_are_the_later_text(
    old: list[str], new: list[str]
) -> None:
    made = words(" ".join(old), " ".join(new))

    later = " ".join(one.text for one in made if one.kind is not REMOVED)
    earlier = " ".join(one.text for one in made if one.kind is not ADDED)
    assert later.split() == new
    assert earlier.split() == old
