"""Another mail server: what is filled in, and what is missing."""

import re
from dataclasses import dataclass, field
from typing import Final

from governance.texts import _

_SENDER: Final = re.compile(r"(?:[^<>]+<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)")
_HOST: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[?[0-9a-f:]+\]?")
_NEAR: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS: Final = 65_535


@dataclass(frozen=True, slots=True)
class MailWish:
    """What was filled in.

    Attributes:
        is_practice: Whether mail stays in the practice mailbox.
        password: "" keeps the one that is kept.
    """

    sender: str = ""
    is_practice: bool = True
    host: str = ""
    port: str = "587"
    tls: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def why_not(self) -> str:
        """Say why it cannot be saved yet, "" if it can."""
        if not _SENDER.fullmatch(self.sender):
            return _("The sender is no address: Name <name@example.com>")
        if self.is_practice:
            return ""
        missing = (
            (not self.host, _("The mail server is missing.")),
            (not _HOST.fullmatch(self.host), _("The mail server has no such name.")),
            (not self._is_port(), _("The port is a number from 1 to 65535.")),
            (
                self.tls == "none" and self.host not in _NEAR,
                _("Mail goes unencrypted to this computer only."),
            ),
            (bool(self.password and not self.user), _("The user is missing.")),
        )
        return next((words for holds, words in missing if holds), "")

    def _is_port(self) -> bool:
        is_number = self.port.isascii() and self.port.isdecimal()
        return is_number and 0 < int(self.port) <= _PORTS
