"""Shared by every test: Qt without a screen, no way out, no widget left behind."""

import os
import socket
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported
os.environ["LANGUAGE"] = "en"  # what is asserted is English, on every computer

import pytest
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from widgets.web.engine import prepare_engine

# A law is no slower for being asked on a busy computer.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """Prepare the browser engine, which must come before the application."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    prepare_engine()
    return QApplication


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def refuse_far(self: socket.socket, address: tuple[str, int] | str) -> None:
        is_near = isinstance(address, str) or address[0] in {"127.0.0.1", "::1"}
        assert is_near, f"tests talk to this computer only, not to {address}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse_far)


@pytest.fixture(autouse=True)
def _no_widget_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "qapp" not in request.fixturenames:
        return
    # close() only hides, deleteLater() only posts an event, and processEvents() does
    # not deliver that one; a widget that stays crashes some other test.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert not left, f"still on screen: {left}; give them to qtbot.addWidget()"
