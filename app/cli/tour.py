"""``countersign tour``: the whole path of a message, told step by step."""

from pathlib import Path

import click

from governance.texts import _

_FAILED = 1

_EPILOG = """\b
Examples:
  countersign tour
  countersign tour --keep desk        then: cd desk && countersign template list
  countersign tour --json --keep desk
"""


@click.command(
    help=_(
        "Live through the whole path of a message in a fresh workspace: write, check, "
        "refuse, approve, release, publish, send, crash, prove, roll back."
    ),
    epilog=_EPILOG,
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=_("Make the workspace in DIR and keep it; it must not exist yet."),
)
@click.option(
    "--json", "as_json", is_flag=True, help=_("Print one JSON object and nothing else.")
)
def tour(*, keep: Path | None, as_json: bool) -> int:
    """Take the tour, and return 0 only if every step held."""
    from tempfile import TemporaryDirectory

    if keep is not None:
        return _take(keep, as_json=as_json)
    with TemporaryDirectory(prefix="countersign-tour-") as folder:
        return _take(Path(folder) / "desk", as_json=as_json)


def _take(folder: Path, *, as_json: bool) -> int:
    from app.cli.answers import say_json
    from app.cli.main import tell
    from app.tour.tour import Tour

    story = Tour.take(folder, _to_nobody if as_json else click.echo)
    if as_json:
        say_json(story.as_json())
    if story.error is not None:
        tell(story.error)
    elif not as_json:
        seconds = sum(step.seconds for step in story.telling.steps)
        click.echo(
            "\n"
            + _("Every step held, in {seconds} seconds.").format(seconds=round(seconds))
        )
    return 0 if story.is_ok else _FAILED


def _to_nobody(_line: str) -> None:
    """Say nothing: programs read only the JSON."""
