"""The practice systems' door: ``python -m sync.sandbox --folder DIR``.

Writes ``DIR/sandbox.json`` once everything listens: where, and with what token. The
file can be read by its owner only.
"""

import argparse
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from typing import Final

import msgspec

from governance.errors import ExpectedError
from governance.texts import _
from sync.errors import PortInUseError
from sync.sandbox.application import Face, build_sandbox
from sync.sandbox.ats import PracticeAts
from sync.sandbox.history import History
from sync.sandbox.mailbox import Mailbox, SmtpServer
from sync.sandbox.records import Records
from sync.sandbox.seeds import sow
from sync.sandbox.templates import PracticeTemplates
from sync.sandbox.webhooks import Courier, PracticeWebhooks
from sync.serving.logs import hush
from sync.serving.server import LOOPBACK, address, listen, serve, serving
from sync.settings.files import write_private
from sync.settings.sandbox import FILE, SandboxFile

_ENVIRONMENT: Final = 3  # the exit status for what the computer lacks


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped."""
    parser = argparse.ArgumentParser("countersign sandbox", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, metavar="DIR")
    parser.add_argument("--http", type=int, default=0, metavar="PORT")
    parser.add_argument("--smtp", type=int, default=0, metavar="PORT")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    hush()
    os.umask(0o077)
    try:
        _run(options.folder, options.http, options.smtp)
    except ExpectedError as error:
        print(f"{error} {_(error.remedy)}", file=sys.stderr)  # noqa: T201 -- the door speaks
        return _ENVIRONMENT
    return 0


class Door(msgspec.Struct, frozen=True):
    """How the sandbox was reached the last time."""

    token: str
    http: int = 0
    smtp: int = 0

    def __repr__(self) -> str:
        return "Door()"


@dataclass(frozen=True, slots=True)
class _Wired:
    """The practice systems, put together."""

    records: Records
    courier: Courier
    mailbox: Mailbox
    face: Face


@contextmanager
def sandbox(folder: Path) -> Iterator[SandboxFile]:
    """Run the practice systems in this process for as long as the block lasts.

    Raises:
        ExpectedError: A port or the folder cannot be used.
    """
    with _wired(folder) as wired, _smtp(wired.mailbox, 0) as smtp:
        token = _door(wired.records).token
        with serving(build_sandbox(wired.face, token)) as web:
            yield SandboxFile(web.address, token, LOOPBACK, smtp.port, os.getpid())


def _run(folder: Path, http: int, smtp: int) -> None:
    with _wired(folder) as wired:
        before = _door(wired.records)
        listening = listen(http or _free(before.http))
        with _smtp(wired.mailbox, smtp or _free(before.smtp)) as mail:
            port = listening.getsockname()[1]
            wired.records.put("door", Door(before.token, port, mail.port))
            where = SandboxFile(
                address(listening), before.token, LOOPBACK, mail.port, os.getpid()
            )
            write_private(folder / FILE, msgspec.json.encode(where))
            text = _(
                "The practice ATS is at {http}, its mailbox takes mail at port {smtp}."
            )
            print(text.format(http=where.http, smtp=where.smtp_port), flush=True)  # noqa: T201 -- the door speaks
            serve(build_sandbox(wired.face, before.token), listening)


@contextmanager
def _wired(folder: Path) -> Iterator[_Wired]:
    records = Records(folder / "sandbox.sqlite")
    clock = partial(datetime.now, UTC)
    sow(records, clock())
    courier = Courier(records)
    mailbox = Mailbox(records, clock)
    ats = PracticeAts(records, clock, courier.wake)
    templates = PracticeTemplates(records, clock, courier.wake)
    face = Face(
        ats,
        History(records),
        templates,
        PracticeWebhooks(records, courier.wake),
        mailbox,
        clock,
    )
    courier.start()
    try:
        yield _Wired(records, courier, mailbox, face)
    finally:
        courier.stop()
        records.close()


@contextmanager
def _smtp(mailbox: Mailbox, port: int) -> Iterator[SmtpServer]:
    server = SmtpServer(mailbox, port)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _free(port: int) -> int:
    """Return ``port``, that of the last time, if it is still free; else 0."""
    try:
        listen(port).close()
    except PortInUseError:
        return 0
    return port


def _door(records: Records) -> Door:
    """Return token and ports of the last time, so that a restart disturbs nobody."""
    with records.transaction():
        door = records.get(Door, "door") or Door(token_urlsafe(24))
        records.put("door", door)
    return door


if __name__ == "__main__":
    raise SystemExit(main())
