"""Shared by every test: no way out of this computer."""

import socket

import pytest


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def refuse_far(self: socket.socket, address: tuple[str, int] | str) -> None:
        is_near = isinstance(address, str) or address[0] in {"127.0.0.1", "::1"}
        assert is_near, f"tests talk to this computer only, not to {address}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse_far)
