"""``countersign check``: what a careful colleague would find, at its exact place."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from app.cli.options import Here, as_json, in_workspace
from governance.texts import _, ngettext

if TYPE_CHECKING:
    from governance.standards.finding import Finding

_FOUND: Final = 1

_EPILOG = """\b
Examples:
  countersign check
  countersign check templates/interview interview-reminder
  countersign check --format json           each finding with its place and fixes
  countersign check --fail-on warning       for a build that wants no warnings
"""


@click.command(
    help=_(
        "Check everything, or what PATHS name: files, folders or templates. The exit "
        "status is 1 if there is an error."
    ),
    epilog=_EPILOG,
)
@click.argument("paths", nargs=-1)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "suggestion"]),
    default="error",
    show_default=True,
    help=_("How bad a finding must be for the exit status 1."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=_("Lines for people, or one JSON object for programs."),
)
@as_json
@in_workspace
def check(
    here: Here, paths: tuple[str, ...], *, fail_on: str, form: str, as_json: bool
) -> int:
    """Print the findings, and return the exit status."""
    from governance.standards.finding import Severity, findings_json

    findings = _findings(here, paths)
    if as_json or form == "json":
        click.echo(findings_json(findings).decode())
    else:
        tell(findings)
    least = Severity(fail_on).rank
    return _FOUND if any(one.severity.rank >= least for one in findings) else 0


def _findings(here: Here, paths: tuple[str, ...]) -> "tuple[Finding, ...]":
    from app.cli.answers import TerminalProgress

    workspace, progress = here.open(is_asking_team=False), TerminalProgress()
    sources = workspace.sources()
    chosen = [_as_path(workspace.paths.root, path) for path in paths]
    progress.step(_("Checking"), done=0, total=1)
    try:
        return workspace.check(sources, chosen)
    finally:
        progress.end()


def _as_path(root: Path, text: str) -> str:
    """Return what ``text`` names, as a path inside of the workspace or as it is."""
    for candidate in (Path(text).absolute(), root / text):
        if candidate.exists() and candidate.is_relative_to(root):
            return candidate.relative_to(root).as_posix()
    return text


def tell(findings: "tuple[Finding, ...]") -> None:
    """Print findings by file, and how many there are."""
    colours = {"error": "red", "warning": "yellow", "suggestion": "blue"}
    file = ""
    for one in findings:
        if one.file != file:
            file = one.file
            click.echo(click.style(file, bold=True))
        place = f"{one.line}:{one.column}".rjust(7)
        severity = click.style(one.severity.ljust(10), fg=colours[one.severity])
        click.echo(f"{place}  {severity}  {one.message}  ({one.rule})")
        if one.branches:
            click.echo(" " * 21 + _("only if ") + _(" and ").join(one.branches))
        for fix in one.fixes:
            click.echo(" " * 21 + "→ " + fix.title)
    errors = sum(one.severity == "error" for one in findings)
    if not findings:
        click.echo(_("Nothing to mend."))
        return
    click.echo(
        ngettext("{count} finding", "{count} findings", len(findings)).format(
            count=len(findings)
        )
        + ", "
        + ngettext("{count} error.", "{count} errors.", errors).format(count=errors)
    )
