"""Outside systems that behave badly, on real sockets."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

Conversation = Callable[[socket.socket, Event], None]


@contextmanager
def outside(talk: Conversation) -> Iterator[int]:
    """Listen on a port, and let ``talk`` have each connection; yields the port."""
    listening = socket.create_server(("127.0.0.1", 0))
    over = Event()

    def run() -> None:
        while True:
            try:
                connection, _address = listening.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                talk(connection, over)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        over.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def http_answer(status: str, body: bytes = b"", *headers: str) -> Conversation:
    """Answer each request alike."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    head.append("Connection: close")
    raw = "\r\n".join([*head, "", ""]).encode() + body

    def talk(connection: socket.socket, _over: Event) -> None:
        connection.recv(65536)
        connection.sendall(raw)

    return talk


def silence(connection: socket.socket, over: Event) -> None:
    """Take everything, say nothing."""
    connection.recv(65536)
    over.wait(10)


def dripping(connection: socket.socket, over: Event) -> None:
    """Answer one byte after the other, for ever."""
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not over.wait(0.02):
        connection.sendall(b" ")


def smtp(
    *,
    greeting: bytes = b"250 OK\r\n",
    mail: bytes = b"250 OK\r\n",
    rcpt: bytes = b"250 OK\r\n",
    dot: bytes = b"250 OK kept-1\r\n",
    data: bytes = b"354 go on\r\n",
    heard: list[bytes] | None = None,
    lines: list[bytes] | None = None,
) -> Conversation:
    """Speak SMTP; an empty answer ends the conversation at once."""

    def talk(connection: socket.socket, _over: Event) -> None:
        file = connection.makefile("rwb")
        with suppress(OSError), file:
            file.write(b"220 outside.example\r\n")
            file.flush()
            while line := file.readline():
                verb = line[:4].upper()
                if lines is not None:
                    lines.append(line)
                said = {b"EHLO": greeting, b"MAIL": mail, b"RCPT": rcpt, b"DATA": data}
                answer = said.get(verb, b"250 OK\r\n")
                if verb == b"QUIT":
                    return
                file.write(answer)
                file.flush()
                if verb == b"DATA" and answer.startswith(b"354"):
                    body = b""
                    while not body.endswith(b"\r\n.\r\n"):
                        body += file.readline()
                    if heard is not None:
                        heard.append(body)
                    if not dot:
                        return
                    file.write(dot)
                    file.flush()

    return talk


def smtp_silent_after_dot(connection: socket.socket, over: Event) -> None:
    """Take a message whole, and never say so."""
    file = connection.makefile("rwb")
    with suppress(OSError), file:
        file.write(b"220 outside.example\r\n")
        file.flush()
        while line := file.readline():
            if line[:4].upper() == b"DATA":
                file.write(b"354 go on\r\n")
                file.flush()
                while file.readline() != b".\r\n":
                    pass
                over.wait(10)
                return
            file.write(b"250 OK\r\n")
            file.flush()
