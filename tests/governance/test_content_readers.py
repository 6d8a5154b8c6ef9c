from datetime import UTC, date, datetime

import pytest

from governance.content.brand import read_brand
from governance.content.create import NewTemplate, new_template
from governance.content.fields import EVERYWHERE, Sensitivity, read_fields
from governance.content.format import is_repository, read_format, regions_for
from governance.content.samples import (
    fitting_sample,
    read_sample,
    sample_names,
    sample_names_for,
    samples,
)
from governance.content.shapes import SHAPES, FieldType, is_shaped, shape_of
from governance.content.sources import Sources
from governance.content.template import (
    LawfulBasis,
    MessageClass,
    find_template,
    missing_parts,
    stray_files,
    template_folders,
    templates,
)
from governance.content.toml import TomlValue
from governance.errors import (
    BadNameError,
    ContentError,
    MissingFileError,
    UnknownFormatError,
    UnknownNameError,
)
from governance.markup.tree import Dialect
from governance.markup.validate import faults_of
from governance.names import (
    Channel,
    FieldName,
    Locale,
    PersonId,
    SampleName,
    TemplateId,
)
from tests.fakes.content import INVITATION, TEXTS, WELCOME, a_repository

EN, DE = Locale("en"), Locale("de")


def test_the_format_names_the_repository_and_its_languages() -> None:
    found = read_format(a_repository())

    assert (found.format, found.name, found.default_locale) == (1, "Northwind", EN)
    assert found.locales == (EN, DE)
    assert found.zone == "Europe/Berlin"
    assert is_repository(a_repository())
    assert not is_repository(Sources())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("format = 1\n", "“name” is missing"),
        ('format = 1\nname = " "\n', "line 2: “name” is empty"),
        ('name = "a"\n', "“format” has to be a number"),
        ('format = true\nname = "a"\n', "line 1: “format” has to be a number"),
        ('format = 1\nname = "a"\nnmae = "b"\n', "line 3: “nmae” is not known"),
        ('format = 1\nname = "a"\nzone = "Mars"\n', "line 3: “Mars” is no time zone"),
        ('format = 1\nname = "a"\nlocales = ["xx-yy"]\n', "line 3: “xx-yy” is no lang"),
        (
            'format = 1\nname = "a"\ndefault_locale = "de"\nlocales = ["en"]\n',
            "line 3: The default “de”",
        ),
        (
            'format = 1\nname = "a"\n[regions]\nde = "de-AT"\n',
            "line 4: “de” is none of “locales”",
        ),
        (
            'format = 1\nname = "a"\n[regions]\nen = "de-AT"\n',
            "line 4: “de-AT” is no region of “en”",
        ),
        ('format = 1\nname = "a"\n[regions]\nen = "x"\n', "line 4: “x” is no lang"),
        ('format = 1\nname = "a"\nname = "b"\n', "line 3: this is no TOML"),
        ('format = 1\nname = "a\n', "line 2: this is no TOML"),
        ("format = " + "[" * 3000 + "\n", "countersign.toml, line 1: this is no TOML"),
    ],
)
def test_a_format_that_says_something_impossible_is_told_with_its_line(
    text: str, problem: str
) -> None:
    with pytest.raises(ContentError, match=problem):
        read_format(a_repository(countersign=text))


def test_a_language_may_follow_the_ways_of_a_region() -> None:
    text = 'format = 1\nname = "a"\nlocales = ["en", "de"]\n[regions]\nen = "en-GB"\n'
    sources = a_repository(countersign=text)

    assert read_format(sources).regions == {EN: "en-GB"}
    assert regions_for((EN, DE), sources) == {EN: "en-GB"}
    assert regions_for((DE,), sources) == {}
    assert read_format(a_repository()).regions == {}


def test_a_newer_format_is_refused_whatever_else_it_says() -> None:
    newer = 'format = 2\nsomething_new = "x"\n'

    with pytest.raises(UnknownFormatError, match="format 2") as caught:
        read_format(a_repository(countersign=newer))

    assert caught.value.remedy == "Update Countersign."


def test_a_field_says_its_type_meaning_and_what_stands_for_it() -> None:
    fields = read_fields(a_repository())
    name = fields[FieldName("candidate.first_name")]

    assert (name.type, name.sensitivity, name.optional) == (
        FieldType.PERSON_NAME,
        Sensitivity.PERSONAL,
        True,
    )
    assert (name.sample, name.fallback_in(Locale("de-AT"))) == ("Maya", "zusammen")
    assert name.fallback_in(Locale("fr")) is None
    assert len(fields) == 4


def test_one_fallback_may_serve_every_language() -> None:
    text = TEXTS["fields.toml"].replace(
        '{ en = "there", de = "zusammen" }', '"to you all"'
    )

    name = read_fields(a_repository(fields=text))[FieldName("candidate.first_name")]

    assert name.fallback == {EVERYWHERE: "to you all"}
    assert name.fallback_in(Locale("fr")) == "to you all"


def test_a_group_stands_for_all_its_fields() -> None:
    fields = read_fields(a_repository())

    assert fields.within("interview") == ("interview.mode", "interview.starts_at")
    assert fields.within("interview.mode") == ("interview.mode",)
    assert fields.within("interview.mod") == ()
    assert fields.within("interview.mode.x") == ()


FIELD = '[fields."a.b"]\nmeaning = "x"\nsensitivity = "public"\n'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f'{FIELD}type = "txt"\nsample = ""\n', "line 4: “txt” cannot be “type”"),
        (f'{FIELD}type = "date"\nsample = "x"\n', "line 5: “sample” has to be a date"),
        (f'{FIELD}type = "text"\n', "line 1: “sample” is missing"),
        (f'{FIELD}type = "text"\nsample = ""\ntpe = 1\n', "line 6: “tpe” is not known"),
        ('[fields.ab]\ntype = "text"\n', "line 1: “ab” is no merge field"),
        ('[fields."brand.x"]\ntype = "text"\n', "first word is taken"),
        ("fields = 1\n", "line 1: “fields” has to be a table"),
        ("[fields]\na = 1\n", "line 2: “a” has to be a table"),
        (
            f'{FIELD}type = "text"\nsample = ""\noptional = 1\n',
            "line 6: “optional” has to be true or false",
        ),
        (
            f'{FIELD}type = "text"\nsample = ""\nfallback = {{ xxxx = "a" }}\n',
            "line 6: “xxxx” is no language tag",
        ),
        (
            (
                f'{FIELD}type = "text"\nsample = ""\n'
                '[fields."a.b.c"]\ntype = "text"\nmeaning = "x"\nsample = ""\n'
            ),
            "“a.b.c” lies inside “a.b”",
        ),
    ],
)
def test_a_field_that_says_something_impossible_is_told_with_its_line(
    text: str, problem: str
) -> None:
    with pytest.raises(ContentError, match=problem):
        read_fields(a_repository(fields=text))


MOMENT: TomlValue = {"at": datetime(2026, 1, 1, tzinfo=UTC), "zone": "Europe/London"}


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("text", "a", 1),
        ("person_name", "a", True),
        ("date", date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)),
        ("time", datetime(2026, 1, 1, 9, tzinfo=UTC).time(), "09:00"),
        ("moment", MOMENT, {"at": datetime(2026, 1, 1), "zone": "Europe/London"}),  # noqa: DTZ001 -- the bad one
        ("moment", MOMENT, {"at": datetime(2026, 1, 1, tzinfo=UTC), "zone": "Mars"}),
        ("moment", MOMENT, datetime(2026, 1, 1, tzinfo=UTC)),
        ("duration", 45, True),
        ("duration", 0, -1),
        ("url", "https://a.example/b", "javascript:alert(1)"),
        ("email", "a@b.example", "a"),
        ("phone", "+44 20 7946 0000", "call me"),
        ("money", {"amount": "1.50", "currency": "GBP"}, {"amount": "1.50"}),
        ("money", {"amount": "1", "currency": "GBP"}, {"amount": 1, "currency": "GBP"}),
        ("number", 1.5, True),
        ("boolean", False, 0),
        ("list", ["a", "b"], ["a", 1]),
        ("list", [], "a"),
    ],
)
def test_a_value_has_the_shape_of_its_type(
    kind: str, good: TomlValue, bad: TomlValue
) -> None:
    assert is_shaped(FieldType(kind), good)
    assert not is_shaped(FieldType(kind), bad)


def test_every_type_has_a_shape_in_words() -> None:
    assert set(SHAPES) == set(FieldType)
    assert all(shape_of(kind) for kind in FieldType)


def test_the_brand_is_a_table_of_texts() -> None:
    assert read_brand(a_repository()).values["name"] == "Northwind Robotics"
    assert read_brand(Sources()).values == {}
    with pytest.raises(ContentError, match="line 2: “Name” is no name"):
        read_brand(a_repository(brand='[brand]\nName = "x"\n'))
    with pytest.raises(ContentError, match="line 2: “a” has to be a text"):
        read_brand(a_repository(brand="[brand]\na = 1\n"))


def test_a_sample_names_its_values_whole_or_as_tables() -> None:
    sample = read_sample(a_repository(), SampleName("maya"))

    assert dict(sample.values) == {
        "candidate.first_name": "Maya",
        "interview.mode": "video",
        "interview.starts_at": {
            "at": datetime(2026, 12, 3, 9, tzinfo=UTC),
            "zone": "Europe/London",
        },
    }
    assert samples(a_repository()) == (sample,)
    assert sample_names(a_repository()) == ("maya",)


def test_a_sample_may_have_no_known_time_zone() -> None:
    text = TEXTS["samples/maya.toml"].replace('zone = "Europe/London"\n\n', "\n")

    assert read_sample(a_repository(sample=text), SampleName("maya")).zone is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('title = "a"\nzone = "Mars/Base"\n', "line 2: “Mars/Base” is no time zone"),
        ('title = "a"\n[values]\nname = "b"\n', "“name” is no merge field"),
        ('title = "a"\nvalues = 1\n', "line 2: “values” has to be a table"),
        ("[values]\n", "“title” is missing"),
    ],
)
def test_a_sample_that_says_something_impossible_is_told(
    text: str, problem: str
) -> None:
    with pytest.raises(ContentError, match=problem):
        read_sample(a_repository(sample=text), SampleName("maya"))


def test_who_reads_the_language_comes_first() -> None:
    sources = Sources(
        {
            f"samples/{name}.toml": f'title = "x"\nnote = ""\nlocale = "{locale}"\n'
            for name, locale in (("anna", "de"), ("ben", "en"), ("cara", "de"))
        },
        {},
    )

    assert sample_names_for(sources, Locale("en")) == ("ben", "anna", "cara")
    assert sample_names_for(sources, Locale("de")) == ("anna", "cara", "ben")


def test_a_sample_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UnknownNameError, match="no sample “may”") as refusal:
        read_sample(a_repository(), SampleName("may"))

    assert refusal.value.remedy == "Did you mean “maya”?"


def test_values_that_no_field_can_have_are_told_each_with_its_line() -> None:
    text = 'title = "a"\n[values]\ninterview.mode = 3\ninterview.mo = "x"\n'
    name = SampleName("maya")

    with pytest.raises(ContentError, match=r"line 3: “interview\.mode” has") as caught:
        fitting_sample(a_repository(sample=text), name)

    assert [(each.message, each.line) for each in caught.value.problems] == [
        ("“interview.mode” has to be a text in quotes.", 3),
        ("“interview.mo” is no merge field of “fields.toml”.", 4),
    ]
    assert fitting_sample(a_repository(), name) == read_sample(a_repository(), name)


def test_a_template_is_found_in_whatever_stage_it_lies() -> None:
    template = find_template(a_repository(), INVITATION)

    assert (template.stage, template.folder) == (
        "interview",
        "templates/interview/interview-invitation",
    )
    assert template.locales == (DE, EN)
    assert template.path(EN, "sms.txt") == f"{template.folder}/en/sms.txt"
    assert template.path(EN, "chat.txt") is None
    assert template.message.channels == (Channel.EMAIL, Channel.SMS)
    assert template.message.message_class is MessageClass.TRANSACTIONAL
    assert template.message.lawful_basis is LawfulBasis.CONTRACT
    assert template.message.track == "all"
    assert template.record.review == date(2027, 5, 1)
    assert missing_parts(template) == ()
    assert stray_files(template, a_repository()) == ()


def test_every_template_is_listed_by_stage() -> None:
    found = templates(a_repository())

    assert [template.id for template in found] == [INVITATION, WELCOME]


def test_parts_that_are_missing_or_stray_are_named() -> None:
    home = "templates/interview/interview-invitation"
    sources = a_repository().without(f"{home}/de/sms.txt")
    sources = sources.with_text(f"{home}/de/smss.txt", "").with_text(f"{home}/a", "")

    template = find_template(sources, INVITATION)

    assert missing_parts(template) == ((DE, "sms.txt"),)
    assert stray_files(template, sources) == (f"{home}/a", f"{home}/de/smss.txt")


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('["email", "sms"]', "[]", "line 2: “channels” names no channel"),
        ('["email", "sms"]', '["fax"]', "line 2: “fax” cannot be “channels”"),
        ('["email", "sms"]', '"email"', "line 2: “channels” has to be a list"),
        ('"transactional"', '"other"', "line 4: “other” cannot be “class”"),
        ('"contract"', '"habit"', "line 6: “habit” cannot be “lawful_basis”"),
        ('owner = "priya@northwind.example"', "", "line 8: “owner” is missing"),
        ("2027-05-01", '"soon"', "line 13: “review” has to be a date"),
        ("priya@", "priya at ", "line 10: .* is no e-mail address"),
        ("goal", "gaol", "line 11: “gaol” is not known"),
        ("[record]", "[recrod]", "line 8: “recrod” is not known"),
    ],
)
def test_a_template_that_says_something_impossible_is_told_with_its_line(
    before: str, after: str, problem: str
) -> None:
    path = "templates/interview/interview-invitation/template.toml"
    text = TEXTS[path].replace(before, after, 1)

    with pytest.raises(ContentError, match=problem) as caught:
        find_template(a_repository(template=text), INVITATION)

    assert caught.value.problems[0].path == path


def test_a_template_that_lies_in_two_stages_is_refused() -> None:
    again = a_repository().with_text("templates/offer/welcome/en/chat.txt", "")

    with pytest.raises(ContentError, match="“welcome” is there twice"):
        template_folders(again)


def test_folders_that_name_no_template_or_locale_are_refused() -> None:
    for path, problem in (
        ("templates/offer/Big Offer/template.toml", "cannot name a template"),
        ("templates/start/welcome/english/chat.txt", "no language tag"),
    ):
        sources = a_repository().with_text(path, "")
        with pytest.raises(ContentError, match=problem):
            templates(sources)


def test_a_template_without_its_table_is_told() -> None:
    path = "templates/start/welcome/template.toml"

    with pytest.raises(MissingFileError, match=r"template\.toml"):
        find_template(a_repository().without(path), WELCOME)
    with pytest.raises(ContentError, match="no template “nobody”"):
        find_template(a_repository(), TemplateId("nobody"))


def an_order(id: str = "offer", *, stage: str = "offer") -> NewTemplate:  # noqa: A002
    return NewTemplate(
        TemplateId(id),
        stage,
        'The "offer"\t\x7f',
        PersonId("priya@northwind.example"),
        tuple(Channel),
        (EN, DE),
    )


def test_a_new_template_is_complete_and_sound() -> None:
    sources = new_template(a_repository(), an_order())

    template = find_template(sources, TemplateId("offer"))
    mail = sources.read(template.parts[DE, "email.mjml"])

    assert missing_parts(template) == ()
    assert template.record.title == 'The "offer"\t\x7f'
    assert template.message.purpose == "offer"
    assert faults_of(mail, Dialect.MJML) == ()
    assert '{% include "partials/header.mjml" %}' in mail
    assert "partials/head.mjml" not in mail


@pytest.mark.parametrize(
    ("order", "problem"),
    [
        (an_order("welcome"), "“welcome” already"),
        (NewTemplate(TemplateId("a"), "b", "c", PersonId("d"), (), (EN,)), "a channel"),
        (
            NewTemplate(
                TemplateId("a"),
                "b",
                "c",
                PersonId("d@e.example"),
                (Channel.SMS,),
                (Locale("fr"),),
            ),
            "“fr” is none of",
        ),
    ],
)
def test_a_template_that_cannot_be_made_is_told(
    order: NewTemplate, problem: str
) -> None:
    with pytest.raises(ContentError, match=problem):
        new_template(a_repository(), order)


def test_a_stage_is_a_folder() -> None:
    with pytest.raises(BadNameError):
        new_template(a_repository(), an_order(stage="../x"))
