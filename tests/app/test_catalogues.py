"""Each text that people read is said in each language, with what is filled in."""

import re
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from app.language import choose_language
from governance.texts import _, ngettext, speak

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("app", "governance", "sync", "widgets")  # as dev.py texts gathers them
MARKS = {"_": None, "N_": None, "ngettext": (1, 2)}
CATALOGUES = sorted((ROOT / "resources" / "locale").glob("*/countersign.po"))
FILLED = re.compile(r"\{[a-z0-9_.!:]*\}|%(?:\([a-z_]+\))?[sd]")

Texts = tuple[str, ...]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    speak(NullTranslations())


@pytest.fixture(scope="module")
def marked() -> set[Texts]:
    """Return every text that the code marks, with its plural where it has one."""
    found: set[Texts] = set()
    for room in ROOMS:
        for _file, _line, text, _notes, _where in extract_from_dir(
            str(ROOT / room), method_map=[("**.py", "python")], keywords=MARKS
        ):
            found.add(_both(text))
    return found


def by_language(path: Path) -> str:
    return path.parent.name


@pytest.fixture(params=CATALOGUES, ids=by_language)
def catalogue(request: pytest.FixtureRequest) -> tuple[Path, Catalog]:
    path: Path = request.param
    with path.open("rb") as file:
        return path, read_po(file, locale=path.parent.name)


def test_every_text_that_the_code_marks_is_said(
    catalogue: tuple[Path, Catalog], marked: set[Texts]
) -> None:
    said = {_both(one.id) for one in catalogue[1] if one.id and all(_both(one.string))}
    said |= {text[:1] for text in said}  # the first form of a plural stands alone too

    assert not sorted(marked - said)


def test_nothing_is_said_that_the_code_no_longer_marks(
    catalogue: tuple[Path, Catalog], marked: set[Texts]
) -> None:
    known = {_both(one.id) for one in catalogue[1] if one.id}

    assert not sorted(known - marked)
    assert not catalogue[1].obsolete


def test_what_is_filled_into_a_text_is_filled_into_its_translation(
    catalogue: tuple[Path, Catalog],
) -> None:
    wrong = [one.id for one in catalogue[1] if one.id and not _fills_the_same(one)]

    assert not wrong


def test_a_translation_keeps_the_edges_that_join_it_to_what_stands_beside_it(
    catalogue: tuple[Path, Catalog],
) -> None:
    wrong = [
        one.id
        for one in catalogue[1]
        for text, other in zip(_both(one.id), _both(one.string), strict=False)
        if one.id
        and (_edges(text) != _edges(other) or ("\n" in text) != ("\n" in other))
    ]

    assert not wrong


def test_what_the_program_reads_is_what_the_catalogue_compiles_to(
    catalogue: tuple[Path, Catalog],
) -> None:
    path, source = catalogue
    with path.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)

    assert _words(compiled) == _words(source)


def test_the_head_says_which_language_it_is_and_how_it_counts(
    catalogue: tuple[Path, Catalog],
) -> None:
    path, source = catalogue
    head = dict(source.mime_headers)

    assert head["Language"] == path.parent.name
    assert "charset=utf-8" in head["Content-Type"].lower()
    assert head["Plural-Forms"]
    assert head["Project-Id-Version"].startswith("Countersign")
    assert "@" not in "".join(head.values())


def test_german_comes_out_with_its_umlauts_and_its_plurals() -> None:
    assert choose_language("de") == "de"

    assert _("Open folder") == "Ordner öffnen"
    words = [
        ngettext("{count} change", "{count} changes", count).format(count=count)
        for count in (1, 2)
    ]
    assert words == ["1 Änderung", "2 Änderungen"]


def _both(text: str | tuple[str, ...] | list[str] | None) -> Texts:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _edges(text: str) -> tuple[bool, bool]:
    return text.startswith(" "), text.endswith(" ")


def _fills_the_same(message: Message) -> bool:
    """Compare the last form, which counts; a singular may leave its number out."""
    texts, others = _both(message.id), _both(message.string)
    wanted = set(FILLED.findall(texts[-1]))
    return set(FILLED.findall(others[-1])) == wanted and all(
        set(FILLED.findall(one)) <= wanted for one in others
    )


def _words(catalogue: Catalog) -> dict[Texts, Texts]:
    pairs = ((_both(one.id), _both(one.string)) for one in catalogue if one.id)
    return {text: said for text, said in pairs if all(said)}
