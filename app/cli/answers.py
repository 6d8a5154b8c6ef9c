"""How commands speak: tables for people, JSON for programs, progress on a terminal."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from governance.errors import FolderUnavailableError
from governance.texts import _


def say(text: str = "") -> None:
    """Print a line."""
    click.echo(text)


def say_json(value: object) -> None:
    """Print ``value`` as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print ``rows`` in columns; the last column may be as long as it likes."""
    widths = [
        max(len(row[column]) for row in (head, *rows)) for column in range(len(head))
    ]
    for number, row in enumerate((head, *rows)):
        cells = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
        line = "  ".join(cells).rstrip()
        click.echo(click.style(line, bold=True) if number == 0 else line)


def say_facts(facts: Mapping[str, str]) -> None:
    """Print named values under one another."""
    width = max(map(len, facts), default=0)
    for name, value in facts.items():
        click.echo(f"{click.style(name.ljust(width), bold=True)}  {value}")


def written(file: Path, text: str) -> None:
    """Write ``text`` into ``file``, in a folder that is made where there is none.

    Raises:
        FolderUnavailableError: It cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FolderUnavailableError(
            _("{file} cannot be written: {reason}.").format(
                file=file, reason=error.strerror or error
            )
        ) from error


class TerminalProgress:
    """Shows where long work is, on standard error and on a terminal only."""

    def __init__(self) -> None:
        self._is_seen = sys.stderr.isatty()
        self._width = 0

    def step(self, label: str, *, done: int, total: int) -> None:
        """Show the step that begins now."""
        if not self._is_seen:
            return
        text = f"[{done + 1}/{total}] {label} …"
        click.echo("\r" + text.ljust(self._width), nl=False, err=True)
        self._width = len(text)

    def end(self) -> None:
        """Take the line away again."""
        if self._width:
            click.echo("\r" + " " * self._width + "\r", nl=False, err=True)
            self._width = 0
