"""The process itself: it answers on the socket that it was given, until that closes."""

import sys
from contextlib import suppress
from socket import socket

from governance.adapters.signature_process.wire import GoneError, read_claims
from governance.trust.claims import holds


def main() -> None:
    """Answer."""
    with socket(fileno=sys.stdin.fileno()) as line, suppress(GoneError, OSError):
        while True:
            line.sendall(bytes(map(holds, read_claims(line))))


if __name__ == "__main__":
    main()
