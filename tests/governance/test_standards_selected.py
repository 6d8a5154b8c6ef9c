from collections.abc import Sequence

import pytest

from governance.content.sources import Sources
from governance.errors import ContentError
from governance.standards.finding import Finding, Severity
from governance.standards.selected import selected

TEMPLATE = """
[message]
channels = ["sms"]
purpose = "reminder"
class = "transactional"
tone = "warm"
lawful_basis = "contract"
track = "all"
[record]
title = "A reminder"
owner = "ana@example.com"
goal = "Come."
retention = "1 month"
helps = "A day before."
"""

SOURCES = Sources(
    {
        "partials/name.txt": "Northwind",
        "partials/other.txt": "Other",
        "fields.toml": "",
        "brand.toml": "[brand]\n",
        "styles/Tone/Cold.yml": "",
        "templates/interview/remind/template.toml": TEMPLATE,
        "templates/interview/remind/en/sms.txt": '{% include "partials/name.txt" %}',
        "templates/offer/offer/template.toml": TEMPLATE,
        "templates/offer/offer/en/sms.txt": "Hello",
    }
)


@pytest.mark.parametrize(
    ("paths", "templates"),
    [
        ([], None),
        (["remind"], ("remind",)),
        (["templates/offer"], ("offer",)),
        (["templates"], ("offer", "remind")),
        (["templates/offer/offer/en/sms.txt"], ("offer",)),
        (["partials/name.txt"], ("remind",)),
        (["partials/other.txt"], ()),
        (["styles/Tone"], None),
        (["remind", "fields.toml"], None),
    ],
)
def test_what_is_named_decides_which_templates_are_checked(
    paths: Sequence[str], templates: tuple[str, ...] | None
) -> None:
    assert selected(SOURCES, paths).templates == templates


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        ([], {"partials/name.txt", "templates/interview/remind/en/sms.txt"}),
        (["remind"], {"partials/name.txt", "templates/interview/remind/en/sms.txt"}),
        (["partials"], {"partials/name.txt"}),
        (
            ["templates/interview"],
            {"partials/name.txt", "templates/interview/remind/en/sms.txt"},
        ),
        (["templates/offer"], set()),
    ],
)
def test_findings_are_told_of_what_was_named_and_what_it_includes(
    paths: Sequence[str], told: set[str]
) -> None:
    findings = [
        Finding("rule", Severity.ERROR, "Wrong.", file)
        for file in ("partials/name.txt", "templates/interview/remind/en/sms.txt")
    ]

    found = selected(SOURCES, paths).told(findings)

    assert {one.file for one in found} == told


@pytest.mark.parametrize("path", ["nothing", "templates/nothing", "templates/off"])
def test_a_name_of_nothing_is_refused(path: str) -> None:
    with pytest.raises(ContentError, match=f"no file, folder or template “{path}”"):
        selected(SOURCES, [path])
