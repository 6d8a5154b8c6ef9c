"""``countersign template``: what the library holds, one template, a new one."""

from typing import TYPE_CHECKING

import click

from app.cli.options import Here, as_json, in_workspace
from governance.texts import _

if TYPE_CHECKING:
    from governance.changes.library import LibraryRow


@click.group(help=_("List, show and begin templates."))
def template() -> None:
    """Hold the commands about templates."""


_LIST = """\b
Examples:
  countersign template list
  countersign template list --stage interview
  countersign template list --json
"""


@template.command(
    "list",
    help=_("List the templates by hiring stage, with their state."),
    epilog=_LIST,
)
@click.option("--stage", help=_("Only those of this stage."))
@as_json
@in_workspace
def list_(here: Here, *, stage: str | None, as_json: bool) -> None:
    """List the library."""
    from app.cli.answers import say_json, say_table
    from governance.changes.library import library
    from governance.errors import UnknownNameError

    workspace = here.open()
    rows = library(workspace.sources(), workspace.state())
    if stage is not None:
        stages = {row.stage for row in rows}
        if stage not in stages:
            message = _("No template belongs to the stage “{stage}”.")
            raise UnknownNameError.among(message.format(stage=stage), stage, stages)
        rows = tuple(row for row in rows if row.stage == stage)
    if as_json:
        say_json([_as_json(row) for row in rows])
        return
    if not rows:
        click.echo(_("There is no template here. Begin one: countersign template new"))
        return
    head = (_("Stage"), _("Template"), _("State"), _("Channels"), _("Languages"))
    say_table(
        (*head, _("Owner")),
        [
            (
                row.stage,
                row.id,
                row.state,
                ", ".join(row.channels),
                ", ".join(row.locales),
                row.owner,
            )
            for row in rows
        ],
    )


@template.command(
    help=_("Show one template: what it is for, its parts, versions and merge fields."),
    epilog="\b\nExample:\n  countersign template show interview-invitation",
)
@click.argument("name", metavar="TEMPLATE")
@as_json
@in_workspace
def show(here: Here, name: str, *, as_json: bool) -> None:
    """Show one template."""
    from app.cli.answers import say, say_facts, say_json
    from governance.changes.library import library, subject_of
    from governance.content.template import find_template
    from governance.content.uses import uses_of
    from governance.names import template_id

    workspace, wanted = here.open(), template_id(name)
    sources, state = workspace.sources(), workspace.state()
    told = find_template(sources, wanted)
    (row,) = (row for row in library(sources, state) if row.id == wanted)
    fields = uses_of(told, sources).fields
    versions = state.versions.get(subject_of(wanted), ())
    if as_json:
        say_json(
            {
                **_as_json(row),
                "parts": sorted(told.parts.values()),
                "fields": list(fields),
                "closure": row.closure,
                "versions": [
                    {
                        "version": version.number,
                        "tag": version.tag,
                        "closure": version.closure,
                        "compiled": version.compiled,
                    }
                    for version in versions
                ],
            }
        )
        return
    say(click.style(row.title, bold=True))
    say_facts(
        {
            _("Template"): row.id,
            _("Stage"): row.stage,
            _("State"): row.state,
            _("Owner"): row.owner,
            _("Goal"): told.record.goal,
            _("Tone"): told.message.tone,
            _("Channels"): ", ".join(row.channels),
            _("Languages"): ", ".join(row.locales),
            _("Merge fields"): ", ".join(fields) or _("none"),
            _("Closure"): row.closure,
        }
    )
    say(click.style(_("Parts"), bold=True))
    for path in sorted(told.parts.values()):
        say(f"  {path}")
    say(click.style(_("Versions"), bold=True))
    for version in versions:
        say(f"  v{version.number}  {version.tag}")
    if not versions:
        say("  " + _("none released yet"))


_NEW = """\b
Example:
  countersign template new interview-thanks --stage interview \\
      --purpose interview_thanks --channel email --channel sms --locale en
"""


@template.command(
    help=_("Begin a template with all its files, ready to be written."), epilog=_NEW
)
@click.argument("name", metavar="TEMPLATE")
@click.option("--stage", required=True, help=_("The stage of hiring it belongs to."))
@click.option("--title", help=_("What people call it; made of its name without."))
@click.option("--purpose", help=_("What it is sent for; made of its name without."))
@click.option("--owner", help=_("The e-mail address of who looks after it."))
@click.option(
    "--channel",
    "channels",
    multiple=True,
    type=click.Choice(["email", "sms", "chat"]),
    default=["email"],
    show_default=True,
    help=_("How it reaches people; may be given several times."),
)
@click.option(
    "--locale",
    "locales",
    multiple=True,
    help=_("A language; may be given several times. The default language without."),
)
@as_json
@in_workspace
def new(
    here: Here,
    name: str,
    *,
    stage: str,
    title: str | None,
    purpose: str | None,
    owner: str | None,
    channels: tuple[str, ...],
    locales: tuple[str, ...],
    as_json: bool,
) -> None:
    """Write the files of a new template into the folder."""
    from app.cli.answers import say_json
    from governance.content.create import NewTemplate, new_template
    from governance.content.format import read_format
    from governance.names import Channel, locale, person_id, template_id

    workspace = here.open()
    sources = workspace.sources()
    default = read_format(sources).default_locale
    begun = new_template(
        sources,
        NewTemplate(
            id=template_id(name),
            stage=stage,
            title=title or name.replace("-", " ").capitalize(),
            owner=person_id(owner) if owner else workspace.me(),
            channels=tuple(map(Channel, channels)),
            locales=tuple(map(locale, locales)) or (default,),
            purpose=purpose or "",
        ),
    )
    written = workspace.folder.write(sources, begun)
    if as_json:
        say_json({"id": name, "files": list(written)})
        return
    for path in written:
        click.echo(path)


def _as_json(row: "LibraryRow") -> dict[str, object]:
    return {
        "id": row.id,
        "stage": row.stage,
        "title": row.title,
        "state": row.state,
        "standing": row.standing.value,
        "problem": row.problem,
        "change": row.change,
        "live": row.live,
        "channels": list(row.channels),
        "locales": list(row.locales),
        "owner": row.owner,
    }
