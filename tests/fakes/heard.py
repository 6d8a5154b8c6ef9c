"""What a signal said, as it said it."""

from typing import Protocol


class _Signal(Protocol):
    def connect(self, slot: object, /) -> object: ...


class Heard:
    """Keeps the arguments of each time that a signal was emitted."""

    def __init__(self, signal: _Signal) -> None:
        self.all: list[tuple[object, ...]] = []
        signal.connect(self._on_emitted)

    def _on_emitted(self, *arguments: object) -> None:
        self.all.append(arguments)
