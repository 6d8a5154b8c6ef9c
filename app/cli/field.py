"""``countersign field``: the merge fields that templates may use."""

import click

from app.cli.options import Here, as_json, in_workspace
from governance.texts import _


@click.group(help=_("List the merge fields."))
def field() -> None:
    """Hold the commands about merge fields."""


@field.command(
    "list",
    help=_("List the merge fields with their type, sensitivity, sample and meaning."),
    epilog="\b\nExamples:\n  countersign field list\n  countersign field list offer",
)
@click.argument("beginning", default="")
@as_json
@in_workspace
def list_(here: Here, beginning: str, *, as_json: bool) -> None:
    """List those whose names begin with ``beginning``."""
    from app.cli.answers import say_json, say_table
    from governance.content.fields import read_fields
    from governance.content.tables import as_json as plain
    from governance.errors import UnknownNameError

    known = read_fields(here.open(is_asking_team=False).sources())
    fields = [
        field for name, field in sorted(known.items()) if name.startswith(beginning)
    ]
    if not fields and beginning:
        message = _("No merge field begins with “{beginning}”.")
        raise UnknownNameError.among(
            message.format(beginning=beginning), beginning, known
        )
    if as_json:
        say_json(
            [
                {
                    "name": field.name,
                    "type": field.type,
                    "meaning": field.meaning,
                    "sensitivity": field.sensitivity,
                    "sample": plain(field.sample),
                    "optional": field.optional,
                    "fallback": dict(field.fallback),
                }
                for field in fields
            ]
        )
        return
    say_table(
        (_("Field"), _("Type"), _("Sensitivity"), _("May be missing"), _("Meaning")),
        [
            (
                field.name,
                field.type,
                field.sensitivity,
                _("yes") if field.optional else "",
                field.meaning,
            )
            for field in fields
        ],
    )
