"""The starter repository, as a whole, by the rules of content and markup."""

from functools import cache
from pathlib import Path

from governance.adapters.folder import Folder
from governance.content.closure import closure_of
from governance.content.samples import fitting_sample, sample_names
from governance.content.sources import Sources
from governance.content.template import missing_parts, stray_files, templates
from governance.content.uses import uses_of
from governance.markup.expand import expand
from governance.markup.parse import parse
from governance.markup.serialise import serialise
from governance.markup.tree import Dialect
from governance.markup.validate import faults_of, problems_of_part

STARTER = Path(__file__).parents[2] / "repo_templates" / "starter"


@cache
def starter() -> Sources:
    return Folder(STARTER).read()


def test_every_sample_fits_the_merge_fields() -> None:
    for name in sample_names(starter()):
        assert fitting_sample(starter(), name).values


def test_every_template_is_complete_and_has_no_stray_file() -> None:
    for template in templates(starter()):
        assert missing_parts(template) == ()
        assert stray_files(template, starter()) == ()


def test_every_mail_is_written_as_it_was_read_and_is_sound() -> None:
    for template in templates(starter()):
        for (_locale, part), path in template.parts.items():
            text = expand(path, starter().read)
            if part == "email.mjml":
                assert serialise(parse(text.text, Dialect.MJML)) == text.text
                assert problems_of_part(text, Dialect.MJML, starter().read) == ()


def test_every_partial_is_written_as_it_was_read_and_is_sound() -> None:
    for path, source in starter().texts.items():
        if path.startswith("partials/") and path.endswith(".mjml"):
            assert serialise(parse(source, Dialect.MJML)) == source
            assert faults_of(source, Dialect.MJML, is_partial=True) == ()


def test_every_closure_names_what_its_template_uses_and_no_more() -> None:
    for template in templates(starter()):
        uses = uses_of(template, starter())
        used = map(len, (uses.texts, uses.fields, uses.brand, uses.assets))

        entries = closure_of(template, starter()).entries
        regions = [name for name in entries if name.startswith("countersign.toml#")]

        assert len(entries) == 1 + len(regions) + sum(used)
        assert regions in ([], [f"countersign.toml#regions.{x}" for x in ("de", "en")])
