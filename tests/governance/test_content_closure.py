from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.changes.affected import affected
from governance.content.closure import Closure, closure_of
from governance.content.sources import Sources
from governance.content.template import find_template
from governance.content.uses import uses_of
from governance.errors import ContentError, MarkupError, MissingFileError
from tests.fakes.content import ASSETS, INVITATION, TEXTS, a_repository

HOME = "templates/interview/interview-invitation"

# What the invitation is made of, told by hand.
PARTS = sorted(path for path in TEXTS if path.startswith(HOME) and "toml" not in path)
USED_TEXTS = [*PARTS, "partials/header.mjml"]
USED_ASSETS = ["assets/logo.png", "assets/map.png"]
USED_ENTRIES = [
    "brand.toml#logo",
    "brand.toml#name",
    "fields.toml#candidate.first_name",
    "fields.toml#interview.mode",
    "template.toml#message",
]
UNUSED_TEXTS = [
    "countersign.toml",
    "partials/unused.mjml",
    "samples/maya.toml",
    "templates/start/welcome/en/chat.txt",
    "templates/start/welcome/template.toml",
]
UNUSED_ASSETS = sorted(set(ASSETS) - set(USED_ASSETS))


def the_closure(sources: Sources) -> Closure:
    return closure_of(find_template(sources, INVITATION), sources)


def test_a_closure_names_all_that_is_used_and_nothing_else() -> None:
    entries = the_closure(a_repository()).entries

    assert sorted(entries) == sorted([*USED_TEXTS, *USED_ASSETS, *USED_ENTRIES])


@given(st.sampled_from(USED_TEXTS), st.data())
def test_it_changes_with_any_byte_of_a_text_that_is_used(
    path: str, data: st.DataObject
) -> None:
    text = TEXTS[path]
    at = data.draw(st.integers(0, len(text)))
    letter = data.draw(st.sampled_from(["x", " ", "\n", "ä", "💚"]))
    edited = a_repository().with_text(path, f"{text[:at]}{letter}{text[at:]}")

    try:
        closure = the_closure(edited)
    except (MarkupError, ContentError):  # torn: then nothing can be signed at all
        return

    assert closure.digest != the_closure(a_repository()).digest


@given(st.sampled_from(USED_ASSETS), st.binary(min_size=1))
def test_it_changes_with_any_byte_of_an_asset_that_is_used(
    path: str, data: bytes
) -> None:
    edited = a_repository().with_asset(path, ASSETS[path] + data)

    assert the_closure(edited).digest != the_closure(a_repository()).digest


@given(st.sampled_from([*UNUSED_TEXTS, "anything/else.txt"]), st.text("# a\n"))
def test_it_does_not_change_with_a_text_that_is_not_used(path: str, text: str) -> None:
    sources = a_repository()
    if path.endswith((".toml", ".txt", ".mjml")) and path in TEXTS:
        comment = "" if not path.endswith(".toml") else "# "
        text = TEXTS[path] + comment + text.replace("\n", "")

    edited = sources.with_text(path, text)

    assert the_closure(edited) == the_closure(sources)


@given(st.sampled_from([*UNUSED_ASSETS, "assets/new.png"]), st.binary())
def test_it_does_not_change_with_an_asset_that_is_not_used(
    path: str, data: bytes
) -> None:
    edited = a_repository().with_asset(path, data)

    assert the_closure(edited) == the_closure(a_repository())


@pytest.mark.parametrize(
    ("path", "before", "after", "entry"),
    [
        ("fields.toml", 'de = "zusammen"', 'de = "du"', "candidate.first_name"),
        ("fields.toml", "optional = true", "optional = false", "candidate.first_name"),
        ("fields.toml", '"How we meet."', '"How?"', "interview.mode"),
        ("brand.toml", "Northwind Robotics", "Southwind", "name"),
        (f"{HOME}/template.toml", '"warm"', '"cold"', "message"),
        (f"{HOME}/template.toml", '["email", "sms"]', '["email"]', "message"),
    ],
)
def test_it_changes_in_the_one_entry_that_was_changed(
    path: str, before: str, after: str, entry: str
) -> None:
    edited = a_repository().with_text(path, TEXTS[path].replace(before, after))

    assert changed_entries(a_repository(), edited) == [
        f"{path.rpartition('/')[2]}#{entry}"
    ]


def changed_entries(one: Sources, other: Sources) -> list[str]:
    before, after = the_closure(one).entries, the_closure(other).entries
    return sorted(
        name for name in {*before, *after} if before.get(name) != after.get(name)
    )


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("fields.toml", "# Merge fields.", "# Other words.\n\n\n"),
        ("fields.toml", '"When it starts."', '"Then."'),
        ("fields.toml", '"What we pay."', '"Money."'),
        ("brand.toml", '"nobody asks for it"', '"still nobody"'),
        ("brand.toml", '"#0b5cad"', '"#000000"'),
        (f"{HOME}/template.toml", '"They come."', '"All of them come."'),
        (f"{HOME}/template.toml", "2027-05-01", "2028-05-01"),
        (
            f"{HOME}/template.toml",
            'tone = "warm"\nlawful_basis = "contract"',
            'lawful_basis = "contract"\ntone = "warm"  # as ever',
        ),
    ],
)
def test_it_does_not_change_with_entries_comments_or_order_that_do_not_matter(
    path: str, before: str, after: str
) -> None:
    assert before in TEXTS[path]

    edited = a_repository().with_text(path, TEXTS[path].replace(before, after))

    assert the_closure(edited) == the_closure(a_repository())


@pytest.mark.parametrize(
    ("sms", "entry"),
    [
        ("{{ offer.salary }}", "fields.toml#offer.salary"),
        ("{% if offer.salary %}a{% endif %}", "fields.toml#offer.salary"),
        ("{{ offer }}", "fields.toml#offer.salary"),
        ("{% set o = offer %}{{ o.salary }}", "fields.toml#offer.salary"),
        ("{% for x in [1] if offer.salary %}{% endfor %}", "fields.toml#offer.salary"),
        ("{{ brand.unused }}", "brand.toml#unused"),
        ("{{ brand }}", "brand.toml#unused"),
        ("assets/unused.png.", "assets/unused.png"),
        ("(assets/unused.png)", "assets/unused.png"),
        ("assets/{{ brand.x }}", "assets/unused.png"),
        ("assets/un{{ brand.x }}", "assets/unused.png"),
        ("{% include 'partials/unused.mjml' %}", "partials/unused.mjml"),
        (
            "{% if 0 %}{% include 'partials/unused.mjml' %}{% endif %}",
            "partials/unused.mjml",
        ),
    ],
)
def test_what_is_used_in_any_part_in_any_way_is_in_it(sms: str, entry: str) -> None:
    assert entry not in the_closure(a_repository()).entries

    assert entry in the_closure(a_repository(sms=sms)).entries


@pytest.mark.parametrize(
    "sms",
    [
        "{# offer.salary #}",
        "offer.salary",
        "{{ 'offer.salary' }}",
        "{% raw %}{{ offer.salary }}{% endraw %}",
        "{% set offer = interview %}{{ offer.salary }}",
        "assets/unused.pngs assets/unused.png.orig",
    ],
)
def test_what_only_looks_used_is_not_in_it(sms: str) -> None:
    entries = the_closure(a_repository(sms=sms)).entries

    assert "fields.toml#offer.salary" not in entries
    assert "assets/unused.png" not in entries


def test_an_unknown_field_enters_when_it_is_declared() -> None:
    sources = a_repository(sms="{{ offer.bonus }}")
    declared = TEXTS["fields.toml"] + (
        '[fields."offer.bonus"]\ntype = "text"\nmeaning = "x"\nsample = "y"\n'
    )

    assert "fields.toml#offer.bonus" not in the_closure(sources).entries
    assert changed_entries(sources, sources.with_text("fields.toml", declared)) == [
        "fields.toml#offer.bonus"
    ]


def test_uses_tell_what_a_template_uses() -> None:
    sources = a_repository()

    uses = uses_of(find_template(sources, INVITATION), sources)

    assert uses.fields == ("candidate.first_name", "interview.mode")
    assert uses.brand == ("logo", "name")
    assert uses.assets == ("assets/logo.png", "assets/map.png")
    assert sorted(uses.texts) == sorted(USED_TEXTS)


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        ({"sms": "a\n{% include 'partials/no.txt' %}"}, "sms.txt, line 2: .*missing"),
        ({"sms": "{% include interview.mode %}"}, "sms.txt, line 1: name the included"),
        ({"header": "\n{{ a"}, "partials/header.mjml, line 2: "),
    ],
)
def test_a_closure_that_cannot_be_told_is_refused_with_its_place(
    texts: Mapping[str, str], problem: str
) -> None:
    with pytest.raises(MarkupError, match=problem):
        the_closure(a_repository(**texts))


def test_a_circle_of_includes_has_a_closure() -> None:
    sources = a_repository(header="{% include 'partials/header.mjml' %}")

    assert "partials/header.mjml" in the_closure(sources).entries


def test_a_missing_include_has_an_error_of_its_own() -> None:
    with pytest.raises(MissingFileError):
        the_closure(a_repository(sms="{% include 'a' %}"))


BRITISH = TEXTS["countersign.toml"] + '[regions]\nen = "en-GB"\n'
WITH_A_DATE = "Your interview on {{ interview.starts_at | date }}\n"


def test_the_region_of_a_language_is_signed_by_whoever_prints_what_it_writes() -> None:
    plain, dated = a_repository(), a_repository(subject=WITH_A_DATE)

    assert the_closure(plain.with_text("countersign.toml", BRITISH)) == (
        the_closure(plain)
    )
    regional = the_closure(dated.with_text("countersign.toml", BRITISH))
    american = the_closure(
        dated.with_text("countersign.toml", BRITISH.replace("GB", "US"))
    )
    assert regional.entries.keys() - the_closure(dated).entries.keys() == {
        "countersign.toml#regions.en"
    }
    assert regional.digest != american.digest


def test_a_region_alters_every_message_that_it_writes_in() -> None:
    dated = a_repository(subject=WITH_A_DATE)

    found = affected(dated, dated.with_text("countersign.toml", BRITISH))

    assert INVITATION in found.templates
    assert set(found.rest) == {"countersign.toml"}
