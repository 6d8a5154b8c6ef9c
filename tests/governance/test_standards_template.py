"""The families ``template`` and ``mjml``: what must not go out, at its place."""

import pytest

from governance.standards.finding import Severity
from tests.fakes.checking import (
    EMAIL,
    FIELDS,
    FOLDER,
    SMS,
    SUBJECT,
    TEMPLATE,
    a_repository,
    found,
    in_email,
    mended,
    mjml,
    rules,
    written,
)

TABLE = f"{FOLDER}/template.toml"


@pytest.mark.parametrize(
    ("body", "rule", "at"),
    [
        (
            "{{ candidate.frist_name }}",
            "template.unknown-field",
            "candidate.frist_name",
        ),
        ("{{ candidate }}", "template.unknown-field", "candidate"),
        ("{% if jobs.title %}x{% endif %}", "template.unknown-field", "jobs.title"),
        ("{{ brand.colour }}", "template.unknown-brand-value", "brand.colour"),
        ("{{ candidate.city }}", "template.may-be-missing", "candidate.city"),
        (
            "{% set x = candidate.city %}{{ x }}",
            "template.may-be-missing",
            "x",
        ),
        (
            "{% if candidate.city %}ok{% else %}{{ candidate.city }}{% endif %}",
            "template.may-be-missing",
            "candidate.city",
        ),
        (
            "{% if candidate.city or job.title %}{{ candidate.city }}{% endif %}",
            "template.may-be-missing",
            "candidate.city",
        ),
        ("{{ job.title | tilte }}", "template.unknown-filter", "tilte"),
        ("{{ job.title | date }}", "template.filter-type", "date"),
        ("{{ interview.starts_at | money }}", "template.filter-type", "money"),
        (
            '{{ interview.starts_at | date("lang") }}',
            "template.filter-style",
            "date",
        ),
        ("{% set unused = 1 %}x", "template.unused-variable", "unused"),
        ("{{CANDIDATE_NAME}}", "template.vendor-token", "{{CANDIDATE_NAME}}"),
        (
            "{{Candidate first name}}",
            "template.vendor-token",
            "{{Candidate first name}}",
        ),
        ("%CANDFIRSTNAME%", "template.vendor-token", "%CANDFIRSTNAME%"),
        ("[[Candidate Name]]", "template.vendor-token", "[[Candidate Name]]"),
        ("*|FNAME|*", "template.vendor-token", "*|FNAME|*"),
        ("{candidate_name}", "template.vendor-token", "{candidate_name}"),
        ("{% extends 'x' %}", "template.jinja-refused", "{% extends 'x' %}"),
        ("{{ job.title }", "template.jinja-syntax", None),
        ("{% if job.title %}x", "template.block-unclosed", "{% if job.title %}"),
        (
            '{% include "partials/none.mjml" %}',
            "template.include-missing",
            '{% include "partials/none.mjml" %}',
        ),
        ("{% include job.title %}", "template.include-computed", None),
        ("{{ job.title() }}", "template.jinja-call", None),
    ],
)
def test_what_is_wrong_with_the_jinja_is_found_at_its_place(
    body: str, rule: str, at: str | None
) -> None:
    sources = a_repository({EMAIL: mjml(f"<mj-text>Hello {body}</mj-text>")})

    (finding,) = found(sources)

    assert finding.rule == rule
    assert finding.file == EMAIL
    if at is not None:
        assert written(finding, sources) == at


@pytest.mark.parametrize(
    "body",
    [
        "{{ candidate.first_name }}",
        "{{ job.title }} at {{ brand.name }}",
        "{% if candidate.city %}{{ candidate.city }}{% endif %}",
        "{% if not candidate.city %}x{% else %}{{ candidate.city }}{% endif %}",
        "{% if job.title and candidate.city %}{{ candidate.city }}{% endif %}",
        "{{ candidate.city or job.title }}",
        "{{ candidate.city if candidate.city else job.title }}",
        '{{ candidate.city | default("somewhere") }}',
        '{% if candidate.city == "Oslo" %}{{ candidate.city }}{% endif %}',
        "{% set city = candidate.city %}{% if city %}{{ city }}{% endif %}",
        "{% set city = candidate.city %}{% if candidate.city %}{{ city }}{% endif %}",
        "{% for one in interview.people %}{{ one }}{{ loop.index }}{% endfor %}",
        '{{ interview.starts_at | date("long") }}, {{ interview.starts_at | zone }}',
        '{{ interview.people | list("or") }}',
        "{% raw %}{{ anything }}{% endraw %}",
        "100% of it, {not a token}, [1]",
    ],
)
def test_what_is_right_is_not_found(body: str) -> None:
    assert in_email(f"<mj-text>Hello {body}</mj-text>") == ()


def test_the_nearest_field_is_offered_as_a_fix() -> None:
    sources = a_repository(
        {EMAIL: mjml("<mj-text>{{ candidate.frist_name }}</mj-text>")}
    )

    (finding,) = found(sources)

    assert "Did you mean “candidate.first_name”?" in finding.message
    assert found(mended(finding.fixes[0], sources)) == ()


def test_a_vendor_token_is_replaced_by_the_field_that_it_means() -> None:
    body = "<mj-text>{{ candidate_first_name }}%CANDFIRSTNAME%</mj-text>"
    sources = a_repository(
        {EMAIL: mjml(body.replace("{{ candidate_first_name }}", ""))}
    )

    (finding,) = found(sources)
    after = mended(finding.fixes[0], sources)

    assert "{{ candidate.first_name }}" in after.texts[EMAIL]
    assert found(after) == ()


def test_a_fault_in_a_partial_is_told_in_the_partial() -> None:
    files = {"partials/hi.mjml": "<mj-text>\n{{ job.name }}</mj-text>\n"}

    (finding,) = in_email('{% include "partials/hi.mjml" %}', files)

    assert (finding.rule, finding.file) == (
        "template.unknown-field",
        "partials/hi.mjml",
    )
    assert (finding.line, finding.column) == (2, 4)


def test_includes_in_a_circle_are_refused_where_it_closes() -> None:
    files = {
        "partials/a.mjml": '{% include "partials/b.mjml" %}',
        "partials/b.mjml": '{% include "partials/a.mjml" %}',
    }

    (finding,) = in_email('{% include "partials/a.mjml" %}', files)

    assert (finding.rule, finding.file) == (
        "template.include-circle",
        "partials/b.mjml",
    )


@pytest.mark.parametrize(
    ("files", "rule", "severity"),
    [
        ({SUBJECT: "\n"}, "template.subject-empty", Severity.ERROR),
        ({SUBJECT: "One\ntwo\n"}, "template.subject-lines", Severity.ERROR),
        ({SUBJECT: "word " * 20}, "template.subject-length", Severity.WARNING),
        (
            {SUBJECT: "{% if candidate.city %}x{% endif %}"},
            "template.subject-empty",
            Severity.ERROR,
        ),
        (
            {f"{FOLDER}/en/preheader.txt": "word " * 40},
            "template.preheader-length",
            Severity.SUGGESTION,
        ),
        ({SMS: " \n"}, "template.sms-empty", Severity.ERROR),
        ({SMS: "a" * 400}, "template.sms-length", Severity.WARNING),
        ({SMS: "a" * 800}, "template.sms-length", Severity.ERROR),
        ({SMS: "We’ll call.\n"}, "template.sms-characters", Severity.SUGGESTION),
        ({SMS: "{{ offer.salary }}"}, "template.sms-sensitive", Severity.ERROR),
        ({SMS: "{{ candidate.nme }}"}, "template.unknown-field", Severity.ERROR),
        (
            {TABLE: TEMPLATE.replace('["email", "sms"]', '["email"]')},
            "template.channel-undeclared",
            Severity.WARNING,
        ),
        (
            {TABLE: TEMPLATE.replace('["email", "sms"]', '["email", "sms", "chat"]')},
            "template.part-missing",
            Severity.ERROR,
        ),
        (
            {f"{FOLDER}/en/email.html": "<p>Hello</p>"},
            "template.part-doubled",
            Severity.WARNING,
        ),
        ({f"{FOLDER}/notes.md": "x"}, "template.stray-file", Severity.WARNING),
        (
            {
                "countersign.toml": 'format = 1\nname = "T"\ndefault_locale = "en"\n'
                'locales = ["en", "de"]\nzone = "Europe/London"\n'
            },
            "template.locale-missing",
            Severity.SUGGESTION,
        ),
        (
            {
                "countersign.toml": 'format = 1\nname = "T"\ndefault_locale = "de"\n'
                'locales = ["en", "de"]\nzone = "Europe/London"\n'
            },
            "template.locale-missing",
            Severity.ERROR,
        ),
        ({"fields.toml": "[fields"}, "template.toml", Severity.ERROR),
        ({"countersign.toml": "format = 99"}, "template.format", Severity.ERROR),
    ],
)
def test_what_is_wrong_with_the_parts_is_found(
    files: dict[str, str], rule: str, severity: Severity
) -> None:
    findings = found(a_repository(files))

    assert [(finding.rule, finding.severity) for finding in findings] == [
        (rule, severity)
    ]


def test_a_subject_that_is_empty_in_one_branch_names_the_condition() -> None:
    (finding,) = found(a_repository({SUBJECT: "{% if candidate.city %}x{% endif %}"}))

    assert finding.branches == ("candidate.city is missing",)


def test_two_branches_with_the_same_fault_are_both_told() -> None:
    text = "{% if candidate.city %}A\nb{% elif job.title %}c{% else %}D\ne{% endif %}"

    (finding,) = found(a_repository({SUBJECT: text}))

    assert finding.rule == "template.subject-lines"
    assert len(finding.branches) == 2


def test_marks_of_a_merge_are_found_wherever_they_are_left() -> None:
    text = "One.\n<<<<<<< HEAD\nTwo.\n=======\nThree.\n>>>>>>> other\n"
    sources = a_repository({SMS: text})

    findings = found(sources)

    assert [(one.rule, one.line, written(one, sources)) for one in findings] == [
        ("template.merge-conflict", 2, "<<<<<<< HEAD"),
        ("template.merge-conflict", 6, ">>>>>>> other"),
    ]


def test_the_longest_form_of_a_text_message_is_told_once() -> None:
    text = f"{'a' * 330}{{% if candidate.city %}}{'b' * 200}{{% endif %}}"

    (finding,) = found(a_repository({SMS: text}))

    assert "About 4 text messages" in finding.message
    assert finding.branches == ()


def test_dear_characters_are_replaced_by_plain_ones() -> None:
    sources = a_repository({SMS: "We’ll “call” you.\n"})

    for _finding in found(sources):
        sources = mended(found(sources)[0].fixes[0], sources)

    assert sources.texts[SMS] == 'We\'ll "call" you.\n'
    assert found(sources) == ()


def test_a_language_that_needs_such_characters_is_left_alone() -> None:
    assert found(a_repository({SMS: "Привет, we’ll call.\n"})) == ()


@pytest.mark.parametrize(
    ("body", "rule", "at"),
    [
        ("<mj-txt>x</mj-txt>", "mjml.unknown-tag", "<mj-txt>"),
        ('<mj-text colour="red">x</mj-text>', "mjml.unknown-attribute", "colour"),
        ('<mj-text padding="wide">x</mj-text>', "mjml.bad-value", "wide"),
        ("<mj-section></mj-section>", "mjml.misplaced", "<mj-section>"),
        ("<mj-text><b>x</mj-text>", "mjml.tag-unclosed", "<b>"),
        ("<p>x</p>", "mjml.html-here", "<p>"),
        ("hello", "mjml.text-here", None),
        ("<mj-text>a < b</mj-text>", "mjml.sign-in-text", "<"),
        ('<mj-image src="https://x.example/a.png" />', "mjml.image-alt", "<mj-image"),
        (
            '<mj-text><img src="https://x.example/a.png"></mj-text>',
            "mjml.image-alt",
            "<img",
        ),
        ("<mj-button>Go</mj-button>", "mjml.no-target", "<mj-button"),
        ('<mj-text><a href="#">Go</a></mj-text>', "mjml.no-target", "href"),
        ("<mj-text> </mj-text>", "mjml.empty-text", "<mj-text"),
    ],
)
def test_what_is_wrong_with_the_markup_is_found_at_its_place(
    body: str, rule: str, at: str | None
) -> None:
    sources = a_repository({EMAIL: mjml(body)})

    finding = found(sources)[0]

    assert rules(found(sources)) == [rule]
    if at is not None:
        assert written(finding, sources) == at


def test_a_condition_between_columns_is_refused() -> None:
    text = (
        "<mjml><mj-body><mj-section>{% if candidate.city %}<mj-column><mj-text>x"
        "</mj-text></mj-column>{% endif %}</mj-section></mj-body></mjml>"
    )

    assert rules(found(a_repository({EMAIL: text}))) == [
        "mjml.condition-between-columns"
    ]


def test_a_mail_without_a_body_is_refused() -> None:
    findings = found(a_repository({EMAIL: "<mjml></mjml>"}))

    assert rules(findings) == ["mjml.incomplete"]


def test_defaults_in_the_head_need_neither_text_nor_target() -> None:
    head = "<mj-head><mj-attributes><mj-text /><mj-button /></mj-attributes></mj-head>"
    sources = a_repository({EMAIL: mjml("<mj-text>x</mj-text>", head)})

    assert found(sources) == ()


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("<mj-txt>x</mj-txt>", "<mj-text>x</mj-text>"),
        ('<mj-text colr="red">x</mj-text>', '<mj-text color="red">x</mj-text>'),
        ("<mj-text>a < b</mj-text>", "<mj-text>a &lt; b</mj-text>"),
    ],
)
def test_a_typing_mistake_in_the_markup_is_mended(body: str, after: str) -> None:
    sources = a_repository({EMAIL: mjml(body)})

    (finding,) = found(sources)

    assert mended(finding.fixes[0], sources).texts[EMAIL] == mjml(after)


def test_fields_that_cannot_be_read_are_told_once_and_not_as_unknown_names() -> None:
    broken = FIELDS.replace('type = "text"', 'type = "txet"', 1)
    body = "<mj-text>{{ job.title }}</mj-text>"

    findings = in_email(body, {"fields.toml": broken})

    assert [(one.rule, one.file) for one in findings] == [
        ("template.toml", "fields.toml")
    ]


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ('<a href="javascript:alert(1)">x</a>', "javascript:alert(1)"),
        ("<a href=' JaVaScRiPt:alert(1)'>x</a>", " JaVaScRiPt:alert(1)"),
        ('<a href="java&#115;cript:alert(1)">x</a>', "java&#115;cript:alert(1)"),
        ('<a href="java&Tab;script:x">x</a>', "java&Tab;script:x"),
        ('<a href="vbscript:x">x</a>', "vbscript:x"),
        ('<a href="data:text/html,x">x</a>', "data:text/html,x"),
        ('<a href="data:image/png;base64,x">x</a>', "data:image/png;base64,x"),
        ('<a href="file:///etc/passwd">x</a>', "file:///etc/passwd"),
        ('<img alt="" src="data:image/svg+xml,x">', "data:image/svg+xml,x"),
        (
            '<a href="{% if job.title %}#{% else %}javascript:x{% endif %}">x</a>',
            "javascript:x",
        ),
        ("<a href=\"javascript:f('{{ job.title }}')\">x</a>", None),
    ],
)
def test_a_link_that_runs_or_carries_something_is_found_at_its_place(
    body: str, at: str | None
) -> None:
    sources = a_repository({EMAIL: mjml(f"<mj-text>{body}</mj-text>")})

    (finding,) = (one for one in found(sources) if one.rule == "template.unsafe-link")

    assert finding.severity is Severity.ERROR
    assert at is None or written(finding, sources) == at


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://a.example/javascript:x">x</a>',
        '<a href="https://a.example/?q=data:x">x</a>',
        '<a href="mailto:a@b.example?subject=data: x">x</a>',
        '<a href="tel:+441">x</a>',
        '<img alt="" src="data:image/png;base64,iVBORw0KGgo=">',
        '<p title="javascript: a language">javascript: a language</p>',
    ],
)
def test_a_link_that_only_speaks_of_it_is_left_alone(body: str) -> None:
    sources = a_repository({EMAIL: mjml(f"<mj-text>{body}</mj-text>")})

    assert "template.unsafe-link" not in rules(found(sources))
