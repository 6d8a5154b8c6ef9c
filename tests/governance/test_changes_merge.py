import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.changes.affected import Affected, affected
from governance.changes.merge import merged
from governance.content.sources import Sources, changed
from governance.errors import ConflictError
from tests.fakes.library import OFFER, OFFER_TEXT, a_library

NAMES = st.sampled_from(["a", "b", "c/d", "assets/e"])
FILES = st.dictionaries(NAMES, st.sampled_from(["1", "2", "3"]), max_size=4)


def sources(files: dict[str, str]) -> Sources:
    return Sources.of_files({name: text.encode() for name, text in files.items()})


def test_a_files_two_authors_are_told_of_each_other() -> None:
    base, ours, theirs = ({"a": text, "b": "x"} for text in ("1", "2", "3"))

    with pytest.raises(ConflictError, match="a"):
        merged(sources(base), sources(ours), sources(theirs))


@given(base=FILES, ours=FILES, theirs=FILES)
def test_a_merge_holds_what_each_side_did_and_nothing_else(
    base: dict[str, str], ours: dict[str, str], theirs: dict[str, str]
) -> None:
    b, o, t = map(sources, (base, ours, theirs))
    mine, yours = set(changed(b, o)), set(changed(b, t))
    clash = {path for path in mine & yours if path in changed(o, t)}

    if clash:
        with pytest.raises(ConflictError):
            merged(b, o, t)
        return
    result = merged(b, o, t)

    assert not mine & set(changed(o, result))
    assert not yours & set(changed(t, result))
    assert set(changed(b, result)) == mine | yours


@given(base=FILES, side=FILES)
def test_a_side_that_did_nothing_leaves_the_other(
    base: dict[str, str], side: dict[str, str]
) -> None:
    b, s = sources(base), sources(side)

    assert merged(b, s, b) == s
    assert merged(b, b, s) == s


def test_every_changed_byte_is_of_some_subject() -> None:
    before = a_library()

    for path in before.texts:
        if path.endswith(("footer.html", ".txt", ".yml", "maya.toml", ".mjml")):
            after = before.with_text(path, before.read(path) + "x\n")
            found = affected(before, after)
            assert found.templates or found.journeys or found.rest, path


def test_nothing_changed_affects_nothing() -> None:
    found = affected(a_library(), a_library())

    assert found == Affected({}, {}, (), {})


def test_a_message_that_moved_to_another_stage_is_the_same_message() -> None:
    before = a_library()
    after = before
    for path in before.paths:
        if path.startswith("templates/offer/"):
            moved = path.replace("templates/offer/", "templates/hired/")
            after = after.without(path).with_text(moved, before.read(path))

    found = affected(before, after)

    assert set(found.templates) == {OFFER}
    assert found.gone == ()
    assert OFFER_TEXT in found.rest
