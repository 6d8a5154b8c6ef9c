"""Style rules over messages: what is text, where it stands, what mends it."""

import pytest

from governance.standards.finding import Severity
from tests.fakes.checking import (
    EMAIL,
    FOLDER,
    SMS,
    SUBJECT,
    a_repository,
    found,
    in_email,
    mended,
    mjml,
    rules,
    written,
)

INI = ".vale.ini"
RULE = "styles/House/Word.yml"
STYLE = {
    INI: "[*]\nBasedOnStyles = House\n",
    RULE: "extends: existence\nmessage: 'Not “%s”.'\nignorecase: true\n"
    "tokens: [bad, very bad, 'r&d', 'a bad']\n",
}


def styled(yaml: str) -> dict[str, str]:
    return {INI: STYLE[INI], RULE: yaml}


def test_a_clean_template_has_no_finding() -> None:
    assert found(a_repository(STYLE)) == ()


def test_a_word_is_found_at_its_line_and_column() -> None:
    (finding,) = in_email("<mj-text>\n  Hallå, this is\n  bad.\n</mj-text>", STYLE)

    assert finding.rule == "House.Word"
    assert finding.severity is Severity.WARNING
    assert finding.message == "Not “bad”."
    assert (finding.file, finding.part, finding.locale) == (EMAIL, "email.mjml", "en")
    assert (finding.line, finding.column) == (4, 3)
    assert (finding.end_line, finding.end_column) == (4, 6)
    assert finding.branches == ()


def test_tags_styles_comments_and_jinja_are_no_text() -> None:
    body = (
        '<mj-text css-class="bad">{# bad #}<!-- bad --><b style="bad: bad">ok</b>'
        '{% set bad = "bad" %}{% if bad == "bad" %}ok{% endif %}'
        '<a href="https://bad.example/bad">ok</a></mj-text>'
    )
    head = "<mj-head><mj-style>.bad { bad: bad }</mj-style></mj-head>"
    sources = a_repository({EMAIL: mjml(body, head), **STYLE})

    assert "House.Word" not in rules(found(sources))


def test_a_match_may_run_over_tags_entities_and_lines() -> None:
    body = "<mj-text>It is <b>very\n   </b>bad, says R&amp;D.</mj-text>"
    sources = a_repository({EMAIL: mjml(body), **STYLE})

    first, second = found(sources)

    assert (first.match, written(first, sources)) == (
        "very bad",
        "very\n   </b>bad",
    )
    assert (second.match, written(second, sources)) == ("R&D", "R&amp;D")


def test_what_stands_in_a_partial_is_found_in_the_partial() -> None:
    partial = {"partials/foot.mjml": "<mj-text>\n  A bad foot.\n</mj-text>\n"}
    body = '<mj-text>Head</mj-text>\n{% include "partials/foot.mjml" %}'

    (finding,) = in_email(body, {**STYLE, **partial})

    assert (finding.file, finding.line, finding.column) == ("partials/foot.mjml", 2, 3)


def test_every_branch_is_read_and_its_condition_told() -> None:
    body = (
        '<mj-text>{% if interview.mode == "video" %}fine{% elif candidate.city %}bad'
        "{% else %}fine{% endif %} and bad</mj-text>"
    )

    first, second = in_email(body, STYLE)

    assert first.match == "bad"
    assert len(first.branches) == 2
    assert "candidate.city" in first.branches[1]
    assert second.branches == ()


def test_a_phrase_that_only_one_branch_makes_is_found() -> None:
    body = "<mj-text>{% if candidate.city %}very {% endif %}bad</mj-text>"
    sources = a_repository({EMAIL: mjml(body), **STYLE})

    told = {
        (finding.match, written(finding, sources), finding.branches)
        for finding in found(sources)
    }

    assert told == {
        ("very bad", "very {% endif %}bad", ("candidate.city is there",)),
        ("bad", "bad", ("candidate.city is missing",)),
    }


def test_a_value_of_a_merge_field_is_nobodys_mistake() -> None:
    fields = a_repository().texts["fields.toml"].replace('"Oslo"', '"Bad Ems"')
    body = "<mj-text>{% if candidate.city %}{{ candidate.city }}{% endif %}</mj-text>"

    assert in_email(body, {**STYLE, "fields.toml": fields}) == ()


def test_a_match_around_a_merge_field_covers_it_and_offers_no_edit() -> None:
    yaml = (
        "extends: existence\nmessage: x\nnonword: true\naction: {name: remove}\n"
        "tokens: ['Dear [^,]+,']\n"
    )
    body = "<mj-text>Dear {{ job.title }}, hello</mj-text>"
    sources = a_repository({EMAIL: mjml(body), **styled(yaml)})

    (finding,) = found(sources)

    assert written(finding, sources) == "Dear {{ job.title }},"
    assert finding.fixes == ()


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("text", ["alt", "cta", "head", "item", "link para", "sms", "subject"]),
        ("heading", ["head"]),
        ("heading.h1", ["head"]),
        ("list", ["item"]),
        ("cta", ["cta"]),
        ("alt", ["alt"]),
        ("link-text", ["link"]),
        ("subject", ["subject"]),
        ("sms", ["sms"]),
        ("sentence & ~list", ["link para", "sms"]),
        ("~sms & text & ~heading & ~alt", ["cta", "item", "link para", "subject"]),
    ],
)
def test_a_scope_chooses_what_is_looked_at(scope: str, expected: list[str]) -> None:
    yaml = (
        f"extends: existence\nmessage: '%s'\nscope: '{scope}'\n"
        "tokens: [head, item, cta, alt, link para, link, subject, sms]\n"
    )
    body = (
        '<mj-text><h1>head</h1><ul><li>item</li></ul><p><a href="https://x.example">'
        'link</a> para</p></mj-text><mj-button href="https://x.example">cta</mj-button>'
        '<mj-image src="https://x.example/a.png" alt="alt" />'
    )
    files = {EMAIL: mjml(body), SUBJECT: "subject\n", SMS: "sms\n"}

    findings = found(a_repository({**files, **styled(yaml)}))

    assert sorted(finding.match for finding in findings) == expected


def test_raw_sees_the_source_itself() -> None:
    yaml = "extends: existence\nmessage: x\nscope: raw\ntokens: ['css-class=.x']\n"
    body = '<mj-text css-class="x">Hello</mj-text>'
    sources = a_repository({EMAIL: mjml(body), **styled(yaml)})

    (finding,) = found(sources)

    assert written(finding, sources) == 'css-class="x'


def test_the_words_of_a_sentence_are_counted_with_its_values() -> None:
    yaml = (
        "extends: occurrence\nmessage: '%s words'\nscope: sentence\nmax: 5\n"
        "token: '\\w+'\n"
    )
    body = "<mj-text>One two three. You are {{ job.title }} now, &amp; ok.</mj-text>"

    (finding,) = in_email(body, styled(yaml))

    assert finding.message == "6 words"
    assert finding.match == "You"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We will utilise   it.", "We will use   it."),
        ("We will in\n  order to go.", "We will to go."),
        ("Utilise it.", "Use it."),
        ("Say R&amp;D now.", "Say Q&amp;A now."),
    ],
)
def test_a_fix_changes_exactly_what_was_written(before: str, after: str) -> None:
    yaml = (
        "extends: substitution\nmessage: x\nignorecase: true\ncapitalize: true\n"
        "action: {name: replace}\nswap: {utilise: use, in order to: to, 'r&d': 'Q&A'}\n"
    )
    sources = a_repository(
        {EMAIL: mjml(f"<mj-text>{before}</mj-text>"), **styled(yaml)}
    )

    (finding,) = found(sources)
    mended_sources = mended(finding.fixes[0], sources)

    assert mended_sources.texts[EMAIL] == mjml(f"<mj-text>{after}</mj-text>")
    assert found(mended_sources) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Unfortunately, we chose.", "We chose."),
        ("We, sadly, chose.", "We chose."),
        ("We sadly chose.", "We chose."),
        ("Fine. Sadly we chose.", "Fine. We chose."),
        ("We chose sadly.", "We chose."),
        ("Sadly", ""),
    ],
)
def test_a_word_taken_out_leaves_no_gap(before: str, after: str) -> None:
    yaml = (
        "extends: existence\nmessage: x\nignorecase: true\naction: {name: remove}\n"
        "tokens: [unfortunately, sadly]\n"
    )
    sources = a_repository(
        {EMAIL: mjml(f"<mj-text>{before}</mj-text>"), **styled(yaml)}
    )

    finding = next(one for one in found(sources) if one.rule == "House.Word")

    text = mended(finding.fixes[0], sources).texts[EMAIL]
    assert text == mjml(f"<mj-text>{after}</mj-text>")


def test_several_words_that_could_stand_there_are_several_fixes() -> None:
    yaml = (
        "extends: substitution\nmessage: 'Say “%s”, not “%s”.'\n"
        "action: {name: replace}\nswap: {bad: good|fair}\n"
    )

    (finding,) = in_email("<mj-text>bad</mj-text>", styled(yaml))

    assert finding.message == "Say “good / fair”, not “bad”."
    assert [fix.title for fix in finding.fixes] == ["Write “good”", "Write “fair”"]


def test_a_rule_runs_on_the_files_that_its_glob_fits() -> None:
    files = {
        **STYLE,
        INI: f"[{FOLDER}/en/sms.txt]\nBasedOnStyles = House\nHouse.Word = error\n",
        SMS: "bad\n",
        SUBJECT: "bad\n",
    }

    (finding,) = in_email("<mj-text>bad</mj-text>", files)

    assert (finding.file, finding.severity) == (SMS, Severity.ERROR)


def test_a_limit_holds_for_each_file() -> None:
    yaml = "extends: existence\nmessage: '%s'\nlimit: 2\ntokens: [bad]\n"

    findings = in_email("<mj-text>bad bad bad bad</mj-text>", styled(yaml))

    assert len(findings) == 2


def test_an_abbreviation_is_explained_once_for_the_whole_part() -> None:
    yaml = (
        "extends: conditional\nmessage: '%s'\nfirst: '\\b([A-Z]{3})\\b'\n"
        "second: '\\(([A-Z]{3})\\)'\n"
    )
    body = "<mj-text>The team (SCM).</mj-text><mj-text>SCM and ABC.</mj-text>"

    (finding,) = in_email(body, styled(yaml))

    assert finding.match == "ABC"


def test_a_comment_silences_warnings_is_told_and_never_silences_errors() -> None:
    files = {
        INI: "[*]\nBasedOnStyles = House\nHouse.Worse = error\n",
        RULE: "extends: existence\nmessage: '%s'\ntokens: [bad]\n",
        "styles/House/Worse.yml": "extends: existence\nmessage: x\ntokens: [worse]\n",
    }
    body = (
        "<mj-text><!-- vale off --><p>bad and worse</p><!-- vale on --><p>bad</p>"
        "</mj-text>"
    )
    sources = a_repository({EMAIL: mjml(body), **files})

    findings = found(sources)

    assert rules(findings) == ["vale.inline-control", "House.Worse", "House.Word"]
    assert written(findings[0], sources) == "<!-- vale off -->"
    assert findings[0].severity is Severity.SUGGESTION


@pytest.mark.parametrize(
    ("control", "expected"),
    [
        ("House.Word = NO", 0),
        ("House.Other = NO", 1),
        ('House.Word["bad"] = NO', 0),
        ('House.Word["worse"] = NO', 1),
    ],
)
def test_a_comment_may_name_the_rule_and_the_match(control: str, expected: int) -> None:
    body = f"<mj-text><!-- vale {control} --><p>is bad</p></mj-text>"

    findings = in_email(body, STYLE)

    assert rules(findings).count("House.Word") == expected
    assert "vale.inline-control" in rules(findings)


def test_a_rule_that_takes_too_long_is_told_and_the_others_run() -> None:
    files = {
        **STYLE,
        "styles/House/Slow.yml": "extends: existence\nmessage: x\nnonword: true\n"
        "tokens: ['(?:a|aa)+x?[^a]z']\n",
    }
    body = f"<mj-text>bad {'a' * 60}bb</mj-text>"

    findings = in_email(body, files)

    assert rules(findings) == ["vale.slow", "House.Word"]
    assert findings[0].file == "styles/House/Slow.yml"


def test_code_is_a_word_that_no_rule_knows() -> None:
    assert in_email("<mj-text>Type <code>bad</code> here.</mj-text>", STYLE) == ()


def test_plain_text_is_read_by_paragraphs_and_items() -> None:
    yaml = "extends: existence\nmessage: '%s'\nscope: list\ntokens: [bad]\n"
    text = "Hello bad,\n\n- bad item\n\nbad end\n"

    (finding,) = found(a_repository({f"{FOLDER}/en/email.txt": text, **styled(yaml)}))

    assert (finding.line, finding.column) == (3, 3)
