"""A web server on this computer: its port, its threads, its end."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from governance.texts import _
from sync.errors import PortInUseError

LOOPBACK: Final = "127.0.0.1"
_WAITING: Final = 256  # connections that wait to be accepted
_PATIENCE: Final = 3  # seconds that requests under way get at the end


def listen(port: int, host: str = LOOPBACK) -> socket.socket:
    """Take ``port``; 0 lets the system choose.

    Raises:
        PortInUseError: Another program has it, or this one may not.
    """
    # asyncio turns Nagle's algorithm off, which costs 40 ms an answer, only for sockets
    # that say that they are TCP; ``socket.create_server`` makes some that do not.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_WAITING)
    except (OSError, OverflowError) as error:
        listening.close()
        raise PortInUseError(
            _("Port {port} cannot be used: {reason}.").format(
                port=port, reason=getattr(error, "strerror", error)
            )
        ) from error
    return listening


def address(listening: socket.socket) -> str:
    """Return where ``listening`` is reached."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(application: ASGIApp, listening: socket.socket) -> None:
    """Answer requests until the process is asked to end (Ctrl+C, SIGTERM)."""
    # uvicorn raises the signal again when it is done, and the process still has to
    # put its other things away.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _remember)
    _server(application).run([listening])


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs beside other work."""

    address: str


@contextmanager
def serving(application: ASGIApp, port: int = 0) -> Iterator[Served]:
    """Answer requests in a thread for as long as the block lasts.

    Raises:
        PortInUseError: ``port`` is taken.
    """
    with serving_on(application, listen(port)) as served:
        yield served


@contextmanager
def serving_on(application: ASGIApp, listening: socket.socket) -> Iterator[Served]:
    """Answer requests in a thread, on a port that was taken before."""
    server = _server(application)
    thread = Thread(target=server.run, args=([listening],), name="web", daemon=True)
    thread.start()
    try:
        yield Served(address(listening))
    finally:
        server.should_exit = True
        thread.join(_PATIENCE + 2)
        listening.close()


def _server(application: ASGIApp) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            application,
            log_config=None,
            access_log=False,  # addresses may name a candidate
            lifespan="off",
            timeout_graceful_shutdown=_PATIENCE,
            server_header=False,
        )
    )


def _remember(_number: int, _frame: object) -> None:
    """Do nothing: uvicorn has ended, and what is wired goes on to close."""
