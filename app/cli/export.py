"""``countersign export``: what others need to verify without Countersign."""

from pathlib import Path

import click

from app.cli.options import Here, as_json, in_workspace
from governance.texts import _


@click.group(help=_("Write what others need to verify without Countersign."))
def export() -> None:
    """Hold the exports."""


_SIGNERS = """\b
Example:
  countersign export allowed-signers --out allowed_signers
  git -C .countersign/repository.git -c gpg.format=ssh \\
      -c gpg.ssh.allowedSignersFile=$PWD/allowed_signers verify-commit main
"""


@export.command(
    "allowed-signers",
    help=_("Write the file with which stock git and ssh-keygen check signatures."),
    epilog=_SIGNERS,
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=_("Where to; standard output without."),
)
@as_json
@in_workspace
def allowed_signers_(here: Here, *, out: Path | None, as_json: bool) -> None:
    """Write the allowed-signers file."""
    from app.cli.answers import say_json, written
    from governance.people.allowed_signers import allowed_signers

    text = allowed_signers(here.open().state())
    if out is not None:
        written(out, text)
    if as_json:
        lines = text.splitlines()
        say_json({"file": str(out) if out else None, "allowed_signers": lines})
    elif out is None:
        click.echo(text, nl=False)
    else:
        click.echo(out)
