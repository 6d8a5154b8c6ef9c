"""``countersign sandbox``: the practice ATS and its mailbox, in the foreground."""

import click

from app.cli.options import Here, in_workspace
from governance.texts import _

_EPILOG = """\b
Examples:
  countersign sandbox
  countersign sandbox --http 8031 --smtp 8025
"""


@click.command(
    help=_(
        "Run the practice applicant tracking system and the capture mailbox until they "
        "are stopped. Where they are stands in “.countersign/sandbox/sandbox.json”."
    ),
    epilog=_EPILOG,
)
@click.option("--http", default=0, metavar="PORT", help=_("0: the system chooses."))
@click.option("--smtp", default=0, metavar="PORT", help=_("0: the system chooses."))
@in_workspace
def sandbox(here: Here, *, http: int, smtp: int) -> int:
    """Run the sandbox, and return the exit status."""
    from sync.__main__ import main

    folder = str(here.paths.sandbox)
    ports = ["--http", str(http), "--smtp", str(smtp)]
    return main(["sandbox", "--folder", folder, *ports])
