import pickle
from collections.abc import Callable, Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.content.paths import clean_path, require_apart, require_distinct
from governance.content.sources import Sources, changed, decoded, text_digest
from governance.errors import BadPathError, BadTextError, MissingFileError

NAMES = st.sampled_from(["a", "b/c", "assets/d", "B2", "é"])
FILES = st.dictionaries(NAMES, st.text(alphabet="aä\n").map(str.encode), max_size=4)


@given(FILES)
def test_files_come_back_as_they_were(files: dict[str, bytes]) -> None:
    sources = Sources.of_files(files)

    assert sources.files() == files
    assert pickle.loads(pickle.dumps(sources)) == sources  # noqa: S301 -- our own


@given(FILES, FILES)
def test_sources_have_equal_digests_only_if_they_are_equal(
    one: dict[str, bytes], other: dict[str, bytes]
) -> None:
    before, after = Sources.of_files(one), Sources.of_files(other)

    assert (before.digest == after.digest) is (one == other)
    assert (before == after) is (one == other)


@given(FILES, FILES)
def test_what_changed_is_every_path_that_differs(
    one: dict[str, bytes], other: dict[str, bytes]
) -> None:
    paths = changed(Sources.of_files(one), Sources.of_files(other))

    assert paths == tuple(
        sorted(p for p in {*one, *other} if one.get(p) != other.get(p))
    )


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../a",
        "a/../b",
        "a/./b",
        "a//b",
        "a/",
        "a\\b",
        "C:a",
        "a\nb",
        "a\0b",
        "a\u202eb",
        "a\ud800b",
        "con",
        "a/NUL.txt",
        "a.",
        "a ",
        "u\u0308ber",
        "a" * 300,
    ],
)
def test_a_path_that_not_every_computer_can_keep_is_refused(path: str) -> None:
    with pytest.raises(BadPathError) as caught:
        clean_path(path)

    assert caught.value.problems[0].code == "bad-path"
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("path", ["a", "a b/c-d_e.f", ".vale.ini", "über/ä", "con1"])
def test_an_ordinary_path_is_kept(path: str) -> None:
    assert clean_path(path) == path


@pytest.mark.parametrize(
    ("one", "other"),
    [("a/B.txt", "a/b.txt"), ("A/b", "a/c"), ("Straße", "STRASSE"), ("É", "é")],
)
def test_paths_that_differ_only_in_case_are_refused(one: str, other: str) -> None:
    with pytest.raises(BadPathError, match="only in upper and lower case"):
        Sources({one: "", other: ""})


def test_a_path_is_a_file_or_a_folder() -> None:
    with pytest.raises(BadPathError, match="“a” is a file and a folder"):
        Sources({"a/b": "", "a": ""})


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        (b"a\nb\xff", 2, "no UTF-8"),
        (b"a\nb\r\nc", 2, "CR LF"),
        (b"a\rb", 1, "CR LF"),
        (b"a\n\nb\0", 3, "NUL"),
        (b"\xef\xbb\xbfa", 1, "byte order mark"),
        (b"\xed\xa0\x80", 1, "no UTF-8"),
    ],
)
def test_bytes_that_are_no_plain_text_are_refused_with_their_line(
    data: bytes, line: int, problem: str
) -> None:
    with pytest.raises(BadTextError, match=problem) as caught:
        decoded("a.txt", data)

    assert [(each.path, each.line) for each in caught.value.problems] == [
        ("a.txt", line)
    ]


def test_a_text_that_no_file_may_hold_is_not_put_in() -> None:
    for text in ("a\r\n", "a\0", "\ufeffa", "\ud800"):
        with pytest.raises(BadTextError):
            Sources().with_text("a", text)


def test_files_are_put_in_and_taken_out_without_touching_the_rest() -> None:
    before = Sources({"a": "1"}, {"assets/b": b"2"})

    after = before.with_text("c", "3").with_asset("assets/d", b"4").without("a")

    assert after == Sources({"c": "3"}, {"assets/b": b"2", "assets/d": b"4"})
    assert before == Sources({"a": "1"}, {"assets/b": b"2"})
    assert after.paths == ("assets/b", "assets/d", "c")


def test_what_is_not_there_cannot_be_read() -> None:
    with pytest.raises(MissingFileError, match="“a” is missing"):
        Sources().read("a")


def test_an_asset_lies_among_the_assets() -> None:
    with pytest.raises(BadPathError):
        Sources().with_asset("a.png", b"")


parts = st.sampled_from(("a", "b", "A", "con", "x.txt", "X.txt", "templates", "é", ""))
odd_paths = st.lists(parts, min_size=1, max_size=4).map("/".join)


@given(st.sets(odd_paths, max_size=6))
def test_plain_paths_pass_only_where_each_folder_of_each_would(
    paths: set[str],
) -> None:
    def refusal(judge: Callable[[Collection[str]], None]) -> str:
        try:
            judge(paths)
        except BadPathError:
            return "refused"
        return ""

    assert refusal(require_distinct) == refusal(require_apart)


@given(
    st.lists(
        st.tuples(st.sampled_from(("a", "b/c", "d")), st.text("xy", max_size=2)),
        max_size=6,
    )
)
def test_a_digest_after_edits_is_that_of_fresh_sources(
    edits: list[tuple[str, str]],
) -> None:
    sources = Sources({"a": "1", "b/c": "2"}, {"assets/p": b"3"})
    for path, text in edits:
        sources = sources.with_text(path, text)

        assert sources.digest == Sources(sources.texts, sources.assets).digest
        assert sources.digest_of(path) == text_digest(text)


def test_only_the_file_that_changed_is_digested_again() -> None:
    sources = Sources({"a": "1", "b": "2"})
    assert sources.digest
    edited = sources.with_text("a", "other")

    assert edited._digests == [{"b": text_digest("2")}]  # noqa: SLF001 -- what is known
