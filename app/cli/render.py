"""``countersign render``: a message as a sample candidate would get it."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from app.cli.options import Here, as_json, in_workspace
from governance.texts import _

if TYPE_CHECKING:
    from governance.rendering.render import Rendered

# A part's word → the ending of the file that it would be.
_ENDINGS: Final = {
    "subject": "subject.txt",
    "preheader": "preheader.txt",
    "email": "html",
    "text": "txt",
    "sms": "sms.txt",
    "chat": "chat.txt",
}

_EPILOG = """\b
Examples:
  countersign render interview-invitation --sample maya-fernandes
  countersign render interview-invitation --sample dewi --locale de --part text
  countersign render offer --sample sato-misaki --out /tmp/look    then open the .html
"""


@click.command(
    help=_("Show a message as a sample candidate would get it."), epilog=_EPILOG
)
@click.argument("name", metavar="TEMPLATE")
@click.option(
    "--sample",
    required=True,
    metavar="NAME",
    help=_("A sample candidate: the name of a file in “samples”."),
)
@click.option(
    "--locale", "where", metavar="L", help=_("The language; the sample's own without.")
)
@click.option(
    "--part",
    type=click.Choice(list(_ENDINGS)),
    help=_("Only this part; without it all that are there."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=_("Write files into this folder, and print their names."),
)
@as_json
@in_workspace
def render(
    here: Here,
    name: str,
    *,
    sample: str,
    where: str | None,
    part: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Compile, render, and print or write."""
    from app.cli.answers import say_json, written
    from governance.content.fields import read_fields
    from governance.content.samples import read_sample
    from governance.content.template import find_template
    from governance.errors import UnknownNameError
    from governance.names import SampleName, locale, template_id
    from governance.rendering.values import sample_values

    workspace, wanted = here.open(is_asking_team=False), template_id(name)
    sources = workspace.sources()
    told = find_template(sources, wanted)
    person = read_sample(sources, SampleName(sample))
    language = locale(where) if where else person.locale
    if language not in told.locales:
        message = _("“{name}” is not written in “{locale}”.")
        raise UnknownNameError.among(
            message.format(name=wanted, locale=language), language, told.locales
        )
    values = sample_values(person, read_fields(sources))
    compiled = workspace.renderer.compile(wanted, sources)
    rendered = workspace.renderer.render(compiled, values, language)
    parts = _parts(rendered, part)
    if out is not None:
        for ending, text in parts.items():
            file = out / f"{wanted}.{language}.{sample}.{ending}"
            written(file, text)
            click.echo(file)
    elif as_json:
        say_json(parts)
    else:
        _print(parts)


def _parts(rendered: "Rendered", part: str | None) -> dict[str, str]:
    """Return the chosen parts by the ending of the file that each would be.

    Raises:
        UnknownNameError: The message has no such part.
    """
    from governance.errors import UnknownNameError

    written = {
        "subject.txt": rendered.subject,
        "preheader.txt": rendered.preheader,
        "html": rendered.html,
        "txt": rendered.text,
        "sms.txt": rendered.sms,
        "chat.txt": rendered.chat,
    }
    found = {ending: text for ending, text in written.items() if text is not None}
    if part is None:
        return found
    if _ENDINGS[part] not in found:
        message = _("The message has no part “{part}” in this language.")
        there = [name for name, ending in _ENDINGS.items() if ending in found]
        raise UnknownNameError.among(message.format(part=part), part, there)
    return {_ENDINGS[part]: found[_ENDINGS[part]]}


def _print(parts: dict[str, str]) -> None:
    from governance.rendering.sms import segments

    if len(parts) == 1:  # for a pipe: the text and nothing else
        click.echo(next(iter(parts.values())).rstrip("\n"))
        return
    for ending, text in parts.items():
        if ending == "html":
            continue  # nobody reads it on a terminal; --part email prints it
        click.echo(click.style(f"── {ending} ", bold=True))
        click.echo(text.rstrip("\n"))
        if ending == "sms.txt":
            cost = segments(text)
            click.echo(
                click.style(
                    _("{count} messages, {encoding}").format(
                        count=cost.count, encoding=cost.encoding
                    ),
                    dim=True,
                )
            )
