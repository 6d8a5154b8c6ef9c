"""``countersign serve``: the service that publishes and sends, in the foreground."""

from pathlib import Path
from typing import NoReturn

import click

from app.cli.options import Here, in_workspace
from governance.texts import _

_EPILOG = """\b
Examples:
  countersign sandbox &
  countersign serve
  countersign serve --settings /etc/countersign/service.toml

\b
The settings name addresses and folders, and never a secret:
  [service]  workspace, repository, remote, folder, database, host, port, public
  [secrets]  kind = "files" (readable by their owner only), "keyring", "environment"
  [mail]     sender, domain, and host, port, user, tls, or the sandbox's folder
  [ats]      the sandbox's folder
"""


@click.command(
    help=_(
        "Run the service of this workspace until it is stopped. It verifies what is "
        "released by itself, publishes it, and sends what the journeys ask for."
    ),
    epilog=_EPILOG,
)
@click.option(
    "--settings",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=_("The settings of a service without a workspace, as on a server."),
)
@in_workspace
def serve(here: Here, *, settings: Path | None) -> NoReturn:
    """Serve, and end the process as the service itself does: at once."""
    from app.embedded import service_settings
    from sync.__main__ import end, main

    if settings is None:
        workspace = here.open()
        settings = service_settings(workspace.paths, workspace.state().workspace)
        workspace.close()
    end(main(["serve", "--settings", str(settings)]))
