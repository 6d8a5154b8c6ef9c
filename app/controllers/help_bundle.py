"""What a report of a problem holds: only words that the program itself writes.

Names and addresses cannot be told from other words, so nothing is taken out: what is
known to be ours is let in. Of a log that is the time, the level, who spoke, which line
of our code, and the words of the messages that stand in our code. Of settings it is
which are set, and those values that are one of a few.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec

from app.controllers.help_scrub import Vocabulary, scrubbed
from app.paths import Paths
from app.preferences import Preferences
from governance.texts import _

_TAIL: Final = 200_000  # bytes of each log
_LOGS: Final = ("logs/window.log", "service/service.log", "service/output.log")
_SANDBOX_LOG: Final = "sandbox/sandbox.log"
_WORDS: Final = {  # values that are one of a few, and tell nothing of anybody
    "vault": {"keyring", "file"},
    "kind": {"files", "keyring", "environment"},
    "tls": {"none", "starttls", "tls"},
    "appearance": {"system", "light", "dark"},
    "language": {"", "en", "de"},
    "editor": {"", "native"},
}
_TABLES: Final = frozenset({"service", "secrets", "mail", "ats"})
_NUMBERS: Final = frozenset(
    {
        "burst",
        "dead_after",
        "fetch_every",
        "has_letters",
        "patience",
        "percent",
        "poll_every",
        "rate",
    }
)
_SET: Final = frozenset(  # of these it is told whether they are set, no more
    {
        "database",
        "domain",
        "folder",
        "host",
        "id",
        "me",
        "port",
        "public",
        "recent",
        "remote",
        "repository",
        "sandbox",
        "sender",
        "service",
        "user",
        "windows",
        "workspace",
    }
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of the report."""

    name: str
    text: str


def report(
    paths: Paths,
    preferences: Preferences,
    versions: Iterable[tuple[str, str]],
    counts: Mapping[str, int],
    vocabulary: Vocabulary,
) -> tuple[Piece, ...]:
    """Collect everything; nothing of it is personal.

    ``counts`` says how much there is: templates, signed entries.
    """
    about = [*versions, *((name, str(count)) for name, count in counts.items())]
    pieces = [Piece("versions.txt", "".join(f"{name}: {one}\n" for name, one in about))]
    said = {
        "settings of this computer": _toml(paths.settings),
        "settings of the service": _toml(paths.service / "service.toml"),
        "preferences": msgspec.to_builtins(preferences.values),
    }
    lines: list[str] = []
    for title, table in said.items():
        lines += [title, *(f"  {line}" for line in told(table))]
    text = "".join(f"{line}\n" for line in lines)
    pieces.append(Piece("settings.txt", text))
    for name in (*_LOGS, _SANDBOX_LOG):
        for file in _with_older(paths.ours / name):
            log = scrubbed(_tail(file), vocabulary)
            pieces.append(Piece(f"logs/{file.name}", log))
    return tuple(pieces)


def told(table: Mapping[str, object]) -> tuple[str, ...]:
    """Say which settings are set, and the values that tell nothing of anybody."""
    lines = []
    others = 0
    for name, value in sorted(table.items()):
        if isinstance(value, Mapping) and name in _TABLES:
            lines += [f"{name}.{line}" for line in told(value)]
        elif name in _WORDS:
            known = isinstance(value, str) and value in _WORDS[name]
            lines.append(f"{name} = {value or 'not set'}" if known else f"{name}: odd")
        elif name in _NUMBERS and isinstance(value, bool | int | float):
            lines.append(f"{name} = {value}")
        elif name in _SET:
            lines.append(f"{name}: {'set' if value else 'not set'}")
        else:
            others += 1
    if others:
        lines.append(f"{others} more")
    return tuple(lines)


def packed(pieces: Iterable[Piece]) -> bytes:
    """Return the pieces as one zip file."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for piece in pieces:
            archive.writestr(piece.name, piece.text)
    return target.getvalue()


def in_words(name: str) -> str:
    """Say what a piece is."""
    if name.startswith("logs/"):
        return _("Log, in the program’s own words only")
    return {
        "versions.txt": _("Versions, and how much there is"),
        "settings.txt": _("Which settings are set"),
    }.get(name, name)


def _with_older(file: Path) -> tuple[Path, ...]:
    older = (file.with_name(f"{file.name}.{number}") for number in range(1, 4))
    return tuple(one for one in (file, *older) if one.is_file())


def _tail(file: Path) -> str:
    try:
        with file.open("rb") as log:
            log.seek(0, 2)
            log.seek(max(0, log.tell() - _TAIL))
            return log.read().decode("utf-8", "replace")
    except OSError:
        return ""


def _toml(file: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
