"""``countersign completion``: the script that completes commands in a shell."""

import click

from governance.texts import _

_EPILOG = """\b
Examples:
  countersign completion bash >> ~/.bashrc
  countersign completion zsh  >> ~/.zshrc
"""


@click.command(
    help=_("Print the completion script for a shell; put it where the shell reads it."),
    epilog=_EPILOG,
)
@click.argument("shell", type=click.Choice(["bash", "zsh"]))
def completion(shell: str) -> None:
    """Print the script."""
    from click.shell_completion import get_completion_class

    from app.cli.main import commands

    script = get_completion_class(shell)
    assert script is not None, "click knows bash and zsh"
    click.echo(script(commands(), {}, "countersign", "_COUNTERSIGN_COMPLETE").source())
