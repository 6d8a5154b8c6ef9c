"""A server that counts connections: a page may connect and then ask nothing."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Listener:
    """Whoever connects is counted and sent away."""

    server: socket.socket
    connections: list[object] = field(default_factory=list)

    @property
    def address(self) -> str:
        host, port = self.server.getsockname()
        return f"http://{host}:{port}"

    def listen(self) -> None:
        while True:
            try:
                connection, peer = self.server.accept()
            except OSError:
                return
            self.connections.append(peer)
            connection.close()


@contextmanager
def listening() -> Iterator[Listener]:
    server = socket.create_server(("127.0.0.1", 0))
    listener = Listener(server)
    threading.Thread(target=listener.listen, daemon=True).start()
    try:
        yield listener
    finally:
        server.close()
