"""The processes below this one, as Linux tells of them, and what memory they hold."""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

WINDOW, RENDER, BROWSER, OTHER = "window", "render process", "browser", "other"


def children(pid: int | None = None) -> Iterator[tuple[int, str]]:
    """Return the processes below one, with what they were started with."""
    parent = os.getpid() if pid is None else pid
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError, IndexError):
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(stat[1]) == parent and stat[0] != "Z":
                words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                yield int(entry.name), words
                yield from children(int(entry.name))


def kind_of(words: str) -> str:
    if "QtWebEngineProcess" in words:
        return BROWSER
    return RENDER if "render_process" in words else OTHER


def renderers() -> list[int]:
    """Return the processes that draw pages: the engine forks them off its own."""
    return [
        pid
        for engine, words in children()
        if kind_of(words) == BROWSER
        for pid, _words in children(engine)
    ]


def of_kind(kind: str) -> list[int]:
    return [pid for pid, words in children() if kind_of(words) == kind]


def memory() -> dict[str, float]:
    """Return how many megabytes each kind of process holds of its own."""
    held: defaultdict[str, float] = defaultdict(float)
    held[WINDOW] = _held(os.getpid())
    for pid, words in children():
        held[kind_of(words)] += _held(pid)
    return dict(held)


def _held(pid: int) -> float:
    """Return what a process holds that no other one shares, in megabytes."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
