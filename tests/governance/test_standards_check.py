"""Checking as a whole: its form for machines, paths, records, and broken input."""

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.content.sources import Sources
from governance.content.template import find_template
from governance.standards.check import check_repository, check_template
from governance.standards.finding import Finding, Severity, findings_json
from governance.standards.record import record_of
from tests.fakes.checking import (
    EMAIL,
    FOLDER,
    ID,
    SMS,
    a_repository,
    found,
    in_email,
    mended,
    mjml,
)

STARTER = Path(__file__).parents[2] / "repo_templates" / "starter"
STYLE = {
    ".vale.ini": "[*]\nBasedOnStyles = House\n",
    "styles/House/Word.yml": "extends: substitution\nmessage: 'Say %s.'\n"
    "action: {name: replace}\nswap: {bad: good}\n",
}


def the_starter() -> Sources:
    return Sources.of_files(
        {
            file.relative_to(STARTER).as_posix(): file.read_bytes()
            for file in STARTER.rglob("*")
            if file.is_file()
        }
    )


@cache
def starter_findings() -> tuple[Finding, ...]:
    return check_repository(the_starter())


def test_findings_are_printed_for_machines_as_promised() -> None:
    body = "<mj-text>{% if candidate.city %}bad{% endif %} day</mj-text>"
    sources = a_repository({EMAIL: mjml(body), **STYLE})
    start = sources.texts[EMAIL].index("bad")

    printed = json.loads(findings_json(found(sources)))

    assert printed == {
        "findings": [
            {
                "rule": "House.Word",
                "severity": "warning",
                "message": "Say 'good'.",
                "file": EMAIL,
                "line": 2,
                "column": 33,
                "end_line": 2,
                "end_column": 36,
                "match": "bad",
                "part": "email.mjml",
                "locale": "en",
                "branches": ["candidate.city is there"],
                "fixes": [
                    {
                        "title": "Write “good”",
                        "edits": [
                            {
                                "file": EMAIL,
                                "start": start,
                                "end": start + 3,
                                "text": "good",
                            }
                        ],
                    }
                ],
            }
        ]
    }


def test_the_starter_has_no_error_and_hardly_a_warning() -> None:
    findings = starter_findings()

    told = [f"{one.file}:{one.line} {one.rule} {one.message}" for one in findings]
    severities = [one.severity for one in findings]
    errors = [
        text
        for text, severity in zip(told, severities, strict=True)
        if severity is Severity.ERROR
    ]
    assert errors == []
    assert "template.compile" not in {one.rule for one in findings}
    assert severities.count(Severity.WARNING) <= 10, told


def test_checking_twice_says_the_same() -> None:
    again = check_repository(the_starter())

    assert findings_json(again) == findings_json(starter_findings())


def test_a_partial_of_many_templates_is_told_once() -> None:
    include = mjml('{% include "partials/p.mjml" %}')
    sources = a_repository({EMAIL: include, "partials/p.mjml": "<mj-txt>x</mj-txt>"})
    for path in [path for path in sources.texts if path.startswith(FOLDER)]:
        other = path.replace(FOLDER, "templates/offer/other")
        sources = sources.with_text(other, sources.texts[path])

    findings = check_repository(sources)

    assert [(one.rule, one.file) for one in findings] == [
        ("mjml.unknown-tag", "partials/p.mjml")
    ]


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        (None, {EMAIL, SMS, "partials/p.mjml", "styles/House/Bad.yml"}),
        (["."], {EMAIL, SMS, "partials/p.mjml", "styles/House/Bad.yml"}),
        ([FOLDER], {EMAIL, SMS, "partials/p.mjml", "styles/House/Bad.yml"}),
        (["templates"], {EMAIL, SMS, "partials/p.mjml", "styles/House/Bad.yml"}),
        (["partials/p.mjml"], {"partials/p.mjml"}),
        (["styles/"], {"styles/House/Bad.yml"}),
        (["templates/interv"], set()),
    ],
)
def test_only_what_was_asked_for_is_checked(
    paths: list[str] | None, files: set[str]
) -> None:
    sources = a_repository(
        {
            **STYLE,
            "styles/House/Bad.yml": "extends: existence",
            "partials/p.mjml": "<mj-text>bad</mj-text>",
            EMAIL: mjml('<mj-text>bad</mj-text>{% include "partials/p.mjml" %}'),
            SMS: "bad\n",
        }
    )

    findings = check_repository(sources, paths)

    assert {finding.file for finding in findings} == files


def test_what_cannot_be_read_is_a_finding_and_the_rest_is_checked() -> None:
    sources = a_repository(
        {
            **STYLE,
            "templates/offer/broken/template.toml": "[message",
            "samples/odd.toml": "title = 3",
            "styles/House/Later.yml": "extends: metric\nmessage: x",
            "styles/House/Case.yml": "extends: existence\nmessage: x\ntokens: [a]\n"
            "tests: [{name: never, input: b, want: 'x'}]",
            SMS: "bad\n",
        }
    )

    findings = check_repository(sources)

    assert {(one.file, one.rule, one.severity) for one in findings} == {
        ("templates/offer/broken/template.toml", "template.toml", Severity.ERROR),
        ("samples/odd.toml", "template.toml", Severity.ERROR),
        ("styles/House/Later.yml", "vale.unsupported", Severity.SUGGESTION),
        ("styles/House/Case.yml", "vale.case", Severity.WARNING),
        (SMS, "House.Word", Severity.WARNING),
    }


def test_a_rule_that_cannot_be_read_is_an_error_of_every_template() -> None:
    sources = a_repository({**STYLE, "styles/House/Bad.yml": "extends: existence"})

    (finding,) = found(sources)

    assert (finding.rule, finding.severity) == ("vale.rule", Severity.ERROR)
    assert finding.file == "styles/House/Bad.yml"


JOURNEY = """
[journey]
title = "Way"
purpose = "way"

[[steps]]
id = "fine"
template = "hello"
channel = "email"
on = { event = "application_received" }

[[steps]]
id = "odd"
template = "helo"
channel = "chat"
on = { event = "application_received" }
when = [ { field = "interview.mod", is = "video" } ]
at = { field = "job.title", offset = "-PT2H" }

[[steps]]
id = "mute"
template = "hello"
channel = "chat"
on = { event = "application_received" }
"""


def test_a_step_that_could_never_send_is_found_at_its_place() -> None:
    sources = a_repository({"journeys/way.toml": JOURNEY})

    findings = check_repository(sources)

    assert [(one.rule, one.line, one.match) for one in findings] == [
        ("journey.unknown-template", 14, "helo"),
        ("journey.unknown-field", 17, "interview.mod"),
        ("journey.no-moment", 18, "job.title"),
        ("journey.no-such-channel", 23, "chat"),
    ]
    assert mended(findings[0].fixes[0], sources).texts["journeys/way.toml"] == (
        JOURNEY.replace('"helo"', '"hello"')
    )


def test_a_journey_that_cannot_be_read_is_a_finding() -> None:
    (finding,) = check_repository(a_repository({"journeys/way.toml": "[journey"}))

    assert (finding.file, finding.severity) == ("journeys/way.toml", Severity.ERROR)
    assert finding.rule.startswith("journey.")


def test_a_record_counts_and_names_what_was_found() -> None:
    clean = record_of(found(a_repository()))
    dirty = record_of(in_email("<mj-text>bad {{ nothing.here }}</mj-text>", STYLE))

    assert (clean.errors, clean.warnings, clean.suggestions) == (0, 0, 0)
    assert (dirty.errors, dirty.warnings, dirty.suggestions) == (1, 1, 0)
    assert clean.digest != dirty.digest
    assert clean.engine == dirty.engine
    assert clean.engine.startswith("countersign-check 1 (")


PIECES = st.sampled_from(
    [
        *(
            "<mj-text>",
            "</mj-text>",
            "<mj-column>",
            "</mj-section>",
            "<b>",
            "</b",
            "<a ",
        ),
        *('href="', '"', "'", ">", "/>", "&amp;", "&", "&#x110000;", "<!--", "-->"),
        *("{{ job.title }}", "{{ x", "{% if job.title %}", "{% endif %}", "{% else %}"),
        *("{% for a in interview.people %}", "{% endfor %}", "{% set q = 1 %}", "{#"),
        *('{% include "partials/p.mjml" %}', "%}", "}}", "bad", " ", "\n", "ü", "😀"),
        *(
            "{{ candidate.city | date }}",
            "{% raw %}",
            "{% endraw %}",
            "\u2028",
            "[[x]]",
        ),
        *("<mj-image />", "<style>", "</style>", "<![CDATA[", "<code>", "vale off"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(PIECES, max_size=14), bare=st.booleans())
def test_no_source_is_too_broken_to_be_checked(
    pieces: list[str], *, bare: bool
) -> None:
    text = "".join(pieces)
    sources = a_repository(
        {
            **STYLE,
            EMAIL: text if bare else mjml(text),
            SMS: text,
            "partials/p.mjml": "<mj-text>bad</mj-text>",
        }
    )

    for finding in check_template(find_template(sources, ID), sources):
        source = sources.texts[finding.file]
        assert 0 <= finding.span.start <= finding.span.end <= len(source)
        lines = source.split("\n")
        at = sum(len(line) + 1 for line in lines[: finding.line - 1])
        assert at + finding.column - 1 == finding.span.start
        for fix in finding.fixes:
            for edit in fix.edits:
                assert edit.start <= edit.end <= len(sources.texts[edit.file])


@settings(max_examples=60, deadline=None)
@given(
    before=st.text("ab ü😀&<\n", max_size=12).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    tag=st.sampled_from(
        ["", "<b>", "<i>x</i> ", "{% if candidate.city %}", "{# no #}"]
    ),
    after=st.text(" ü😀\n.", max_size=6),
)
def test_a_planted_word_is_found_exactly_where_it_was_planted(
    before: str, tag: str, after: str
) -> None:
    end = {"<b>": "</b>", "{% if candidate.city %}": "{% endif %}"}.get(tag, "")
    body = f"<mj-text>{before} {tag}bad{end} {after}</mj-text>"
    sources = a_repository({EMAIL: mjml(body), **STYLE})

    (finding,) = [one for one in found(sources) if one.rule == "House.Word"]

    assert finding.span.start == sources.texts[EMAIL].rindex("bad")
    assert finding.match == "bad"
