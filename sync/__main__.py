"""The service's door: ``python -m sync serve --settings FILE``.

``python -m sync sandbox --folder DIR`` runs the practice systems instead.
"""

import argparse
import logging
import os
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import Final, NoReturn

from governance.adapters.last_seen import FileLastSeen
from governance.adapters.signature_process.process import helper
from governance.errors import ExpectedError
from governance.texts import _
from sync.connectors.http import Caller
from sync.errors import PortInUseError
from sync.git_source import GitSource
from sync.house import House
from sync.publishing.verified import LedgerReleases
from sync.serving.logs import log_to
from sync.serving.server import listen
from sync.settings.files import write_private
from sync.settings.keys import secrets_of, service_key
from sync.settings.sandbox import FILE as SANDBOX
from sync.settings.sandbox import SandboxFile, read_sandbox
from sync.settings.service import ServiceSettings, SettingsError, read_settings

_ENVIRONMENT: Final = 3  # the exit status for what the computer lacks
_BLINK: Final = 0.2  # seconds for which a tip is believed
_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the first word asks: ``serve`` or ``sandbox``."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["sandbox"]:
        from sync.sandbox.__main__ import main as sandbox  # noqa: PLC0415 -- slow to load

        return sandbox(given[1:])
    parser = argparse.ArgumentParser("countersign serve", description=__doc__)
    parser.add_argument("verb", choices=["serve", "sandbox"])
    parser.add_argument("--settings", type=Path, required=True, metavar="FILE")
    options = parser.parse_args(given)
    os.umask(0o077)  # database, log and secrets are the owner's alone
    try:
        settings = read_settings(options.settings)
        log_to(settings.folder / "service.log")
        run(settings)
    except ExpectedError as error:
        _log.error("%s", error)
        print(f"{error} {_(error.remedy)}", file=sys.stderr)  # noqa: T201 -- the door speaks
        return _ENVIRONMENT
    return 0


def run(settings: ServiceSettings) -> None:
    """Serve until stopped.

    Raises:
        ExpectedError: Something that the service needs cannot be used.
    """
    clock = partial(datetime.now, UTC)
    with ExitStack() as stack:
        listening = _listen(settings)
        stack.callback(listening.close)
        secrets, box = secrets_of(settings), _sandbox_of(settings)
        last = FileLastSeen(settings.folder / "last-seen.json")
        house = House(
            settings=settings,
            clock=clock,
            secrets=secrets,
            key=service_key(secrets),
            releases=LedgerReleases(
                GitSource.of(settings), last, clock, blink=_BLINK, helper=helper()
            ),
            box=box,
            caller=Caller.at(box.http, box.token),
            worker=f"{socket.gethostname()}-{os.getpid()}-{token_hex(4)}",
        )
        house.serve(listening, stack)


def _sandbox_of(settings: ServiceSettings) -> SandboxFile:
    path = settings.path(settings.ats.sandbox) / SANDBOX
    box = read_sandbox(path)
    if box is None:
        raise SettingsError(
            _("The practice ATS has not said where it is: {path} is missing.").format(
                path=path
            )
        )
    return box


def _listen(settings: ServiceSettings) -> socket.socket:
    """Take the port that is wanted; else that of the last time, if it is free.

    Raises:
        PortInUseError: The port that is wanted is taken.
    """
    port, host = settings.service.port, settings.service.host
    last = settings.folder / "last-port"
    try:
        listening = listen(port or int(last.read_text()), host)
    except (OSError, ValueError):
        listening = listen(port, host)
    except PortInUseError:
        if port:
            raise
        listening = listen(0, host)
    write_private(last, str(listening.getsockname()[1]).encode())
    return listening


def end(status: int) -> NoReturn:
    """End the process now: all is closed, and taking Python apart takes a second."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    end(main())
