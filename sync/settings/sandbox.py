"""The file in which a running sandbox says where it is."""

from pathlib import Path
from typing import Final

import msgspec

FILE: Final = "sandbox.json"


class SandboxFile(msgspec.Struct, frozen=True):
    """Where the practice ATS and the capture mailbox are.

    Attributes:
        http: The address of both, without a path.
        pid: The process.
    """

    http: str
    token: str
    smtp_host: str
    smtp_port: int
    pid: int

    def __repr__(self) -> str:
        return f"SandboxFile({self.http})"


def read_sandbox(path: Path) -> SandboxFile | None:
    """Return what the file says, ``None`` where there is none that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=SandboxFile)
    except (OSError, msgspec.MsgspecError):
        return None
