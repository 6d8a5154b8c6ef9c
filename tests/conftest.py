"""Shared by every test: no way out of this computer, and no clock over laws."""

import socket

import pytest
from hypothesis import settings

# A law is no slower for being asked on a busy computer.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def refuse_far(self: socket.socket, address: tuple[str, int] | str) -> None:
        is_near = isinstance(address, str) or address[0] in {"127.0.0.1", "::1"}
        assert is_near, f"tests talk to this computer only, not to {address}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse_far)
