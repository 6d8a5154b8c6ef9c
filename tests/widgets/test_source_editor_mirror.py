from hypothesis import given
from hypothesis import strategies as st

from widgets.source_editor.edits import applied, difference
from widgets.source_editor.mirror import Mirror, Told, Wish
from widgets.source_editor.positions import points, units

ALPHABET = "ab \n😀é\u00a0"


class Page:
    """A page that keeps the rules, and whose messages may be slow."""

    def __init__(self) -> None:
        self.text, self.version = "", 0
        self.says: list[Told] = []

    def type(self, at: int, sign: str) -> None:
        at = min(at, len(self.text))
        unit = units(self.text, at)
        self.text = self.text[:at] + sign + self.text[at:]
        self.version += 1
        place = unit + units(sign, len(sign))
        edits = ((unit, unit, sign),)
        self.says.append(Told(v=self.version, a=place, h=place, edits=edits))

    def take(self, wish: Wish) -> None:
        if wish.base != self.version:
            return
        if wish.whole is not None:
            self.text = wish.whole
        elif wish.edit is not None:
            start, end, text = wish.edit
            first, last = points(self.text, start), points(self.text, end)
            self.text = self.text[:first] + text + self.text[last:]
        self.version += 1
        self.says.append(Told(v=self.version, a=0, h=0, took=wish.id))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["type", "set", "to page", "to us"]),
        st.integers(0, 12),
        st.text(ALPHABET, min_size=1, max_size=3),
    ),
    max_size=40,
)


@given(STEPS)
def test_page_and_program_agree_in_the_end_and_nothing_typed_is_lost(
    steps: list[tuple[str, int, str]],
) -> None:
    mirror, page = Mirror(), Page()
    wishes: list[Wish] = []
    written: list[str] = []

    def hear() -> None:
        if page.says:
            mirror.take(page.says.pop(0))
        if wish := mirror.wish():
            wishes.append(wish)

    mirror.show("begin", "one", 0)
    for what, at, text in steps:
        match what:
            case "type" if page.version:
                page.type(at, text)
                written.append(text)
            case "set":
                here = min(at, len(mirror.text))
                mirror.show(mirror.text[:here] + text + mirror.text[here:], "one", None)
                written.append(text)
            case "to page" if wishes:
                page.take(wishes.pop(0))
            case _:
                hear()
    for _turn in range(200):
        hear()
        if wishes:
            page.take(wishes.pop(0))

    assert mirror.is_settled
    assert page.text == mirror.text
    assert sorted(mirror.text) == sorted("begin" + "".join(written))


@given(st.text(ALPHABET), st.text(ALPHABET))
def test_a_difference_makes_the_one_text_of_the_other(old: str, new: str) -> None:
    edit = difference(old, new)

    assert applied(old, () if edit is None else (edit,)) == new


@given(st.text(ALPHABET), st.integers(0, 20))
def test_units_and_code_points_lead_back(text: str, at: int) -> None:
    at = min(at, len(text))

    assert points(text, units(text, at)) == at


def test_a_late_key_goes_to_the_text_that_it_was_typed_in() -> None:
    mirror = Mirror()
    mirror.show("one", "a", 0)
    first = mirror.wish()
    assert first is not None
    mirror.take(Told(v=1, a=0, h=0, took=first.id))

    mirror.show("two", "b", 0)
    left = mirror.take(Told(v=2, a=4, h=4, edits=((3, 3, "!"),)))

    assert left is not None
    assert (left.name, left.text) == ("a", "one!")
    assert mirror.text == "two"
