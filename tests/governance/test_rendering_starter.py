"""The library that every workspace begins with, compiled and rendered whole."""

from functools import cache
from html import unescape
from pathlib import Path

import pytest

from governance.content.fields import read_fields
from governance.content.samples import samples
from governance.content.sources import Sources
from governance.content.template import find_template, template_folders
from governance.names import TemplateId
from governance.rendering.compile import compile_template
from governance.rendering.render import render
from governance.rendering.values import sample_values

STARTER = Path(__file__).parents[2] / "repo_templates" / "starter"


@cache
def starter() -> Sources:
    return Sources.of_files(
        {
            file.relative_to(STARTER).as_posix(): file.read_bytes()
            for file in STARTER.rglob("*")
            if file.is_file()
        }
    )


@pytest.mark.parametrize("name", sorted(template_folders(starter())))
def test_a_template_is_written_for_every_sample_in_every_locale(
    name: TemplateId,
) -> None:
    sources = starter()
    fields = read_fields(sources)
    template = find_template(sources, name)

    compiled = compile_template(template, sources)

    assert compiled.locales == tuple(sorted(template.locales))
    assert compiled.remarks == ()
    for sample in samples(sources):
        for locale in compiled.locales:
            told = render(compiled, sample_values(sample, fields), locale)
            for part in (told.subject, told.html, told.text, told.sms, told.chat):
                assert part is None or ("{" not in part.partition("<body")[2])
            assert told.subject
            assert told.html
            assert f'lang="{locale}"' in told.html
            assert told.text
            assert "\n\n\n" not in told.text
            assert told.text == told.text.strip()
            assert unescape(told.text) == told.text
