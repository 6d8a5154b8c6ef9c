"""What this computer remembers for its person: look, language, recent workspaces."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

_MOST: Final = 8


class Recent(msgspec.Struct, frozen=True, kw_only=True):
    """A workspace that was open before."""

    folder: str
    name: str
    at: datetime
    remote: str = ""
    is_demo: bool = False


class Values(msgspec.Struct, frozen=True, kw_only=True):
    """All that is remembered.

    Attributes:
        appearance: "system", "light" or "dark".
        percent: The size of type, 90 to 150.
        language: "en" or "de", "" for the system's.
        has_letters: Whether single letters are keys in lists.
        editor: "web" or "native", "" for the one that fits.
        preview_clients: The ids of the mail clients that previews show, () at first.
        preview_scheme: "light", "dark" or "both".
        windows: Workspace folder → its window's geometry, as Qt packs it, in base 64.
    """

    appearance: str = "system"
    percent: int = 100
    language: str = ""
    editor: str = ""
    has_letters: bool = True
    recent: tuple[Recent, ...] = ()
    windows: dict[str, str] = {}
    preview_clients: tuple[str, ...] = ()
    preview_scheme: str = "both"


@dataclass(slots=True)
class Preferences:
    """The values and the file that they lie in; a broken file is begun anew."""

    file: Path
    values: Values

    @classmethod
    def read(cls, file: Path) -> "Preferences":
        """Read ``file``; without one everything is as it is at first."""
        try:
            values = msgspec.json.decode(file.read_bytes(), type=Values)
        except (OSError, msgspec.MsgspecError):
            values = Values()
        return cls(file, values)

    def keep(self, **changed: object) -> None:
        """Remember ``changed``; a disk that cannot be written forgets it, no more."""
        self.values = msgspec.structs.replace(self.values, **changed)
        half = self.file.with_suffix(".part")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            half.write_bytes(msgspec.json.format(msgspec.json.encode(self.values)))
            half.replace(self.file)
        except OSError:
            return

    def recent(self, folder: str) -> Recent | None:
        """Return what is remembered of the workspace in ``folder``."""
        found = (one for one in self.values.recent if one.folder == folder)
        return next(found, None)

    def opened(self, recent: Recent) -> None:
        """Put ``recent`` on top of the list."""
        others = [one for one in self.values.recent if one.folder != recent.folder]
        self.keep(recent=(recent, *others)[:_MOST])


def preferences_file() -> Path:
    """Return where the preferences of this person lie."""
    return _folder("XDG_CONFIG_HOME", ".config") / "window.json"


def data_folder() -> Path:
    """Return where the demo is made."""
    return _folder("XDG_DATA_HOME", ".local/share")


def _folder(variable: str, otherwise: str) -> Path:
    if os.name == "nt":
        base = Path(os.environ.get("APPDATA", Path.home()))
    else:
        base = Path(os.environ.get(variable) or Path.home() / otherwise)
    return base / "countersign"
