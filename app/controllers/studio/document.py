"""A draft being edited: its texts, one history over all of them, and what is saved.

Pure of Qt and of the disk; the controller writes what ``unsaved`` names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from governance.content.sources import Sources
from governance.standards.finding import Edit

_MOST: Final = 2_000  # steps that can be taken back
_TOGETHER: Final = timedelta(seconds=1.2)  # typing so close is one step


@dataclass(frozen=True, slots=True)
class Change:
    """One replacement in one file.

    Attributes:
        start: The first code point that differs.
        gone: What stood there.
        come: What stands there now.
    """

    path: str
    start: int
    gone: str
    come: str

    def undone(self, text: str) -> str:
        """Return ``text`` as it was before."""
        end = self.start + len(self.come)
        return text[: self.start] + self.gone + text[end:]

    def done(self, text: str) -> str:
        """Return ``text`` as it is after."""
        end = self.start + len(self.gone)
        return text[: self.start] + self.come + text[end:]


@dataclass(frozen=True, slots=True)
class Step:
    """What is taken back at once: one stretch of typing, or one fix."""

    changes: tuple[Change, ...]
    at: datetime
    is_typing: bool


@dataclass(slots=True)
class Document:
    """The texts of the repository as they are being edited.

    Attributes:
        saved: What is on the disk.
        revision: Grows with every change, so that answers can be told apart.
    """

    saved: Sources
    revision: int = 0
    _texts: dict[str, str] = field(default_factory=dict)
    _done: list[Step] = field(default_factory=list)
    _undone: list[Step] = field(default_factory=list)

    @property
    def sources(self) -> Sources:
        """Everything as it is now, saved or not."""
        sources = self.saved
        for path, text in self._texts.items():
            sources = sources.with_text(path, text)
        return sources

    @property
    def unsaved(self) -> Mapping[str, str]:
        """Path → text of what is not on the disk yet."""
        return dict(self._texts)

    def text(self, path: str) -> str:
        """Return a file's text, "" for one that is not there."""
        return self._texts.get(path, self.saved.texts.get(path, ""))

    def has(self, path: str) -> bool:
        """Whether a file is there."""
        return path in self._texts or path in self.saved.texts

    def type(self, path: str, text: str, now: datetime) -> bool:
        """Take over what a person typed; say whether anything changed."""
        change = _change(path, self.text(path), text)
        if change is None:
            return False
        last = self._done[-1] if self._done else None
        if last and _continues(last, change, now):
            merged = _change(path, last.changes[0].undone(self.text(path)), text)
            self._done[-1] = Step((merged,) if merged else (), now, is_typing=True)
        else:
            self._push(Step((change,), now, is_typing=True))
        self._put(path, text)
        self._undone.clear()
        return True

    def apply(self, edits: tuple[Edit, ...], now: datetime) -> tuple[str, ...]:
        """Make edits that belong together, as one step; return the files."""
        texts: dict[str, str] = {}
        for edit in sorted(edits, key=_backwards):
            text = texts.get(edit.file, self.text(edit.file))
            texts[edit.file] = text[: edit.start] + edit.text + text[edit.end :]
        return self.replace(texts, now)

    def replace(self, texts: Mapping[str, str], now: datetime) -> tuple[str, ...]:
        """Give files other texts, as one step; return those that changed."""
        changes = [_change(path, self.text(path), text) for path, text in texts.items()]
        made = tuple(change for change in changes if change is not None)
        if made:
            self._push(Step(made, now, is_typing=False))
            self._undone.clear()
            for change in made:
                self._put(change.path, texts[change.path])
        return tuple(change.path for change in made)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._undone)

    def undo(self) -> Change | None:
        """Take the last step back; return where, None if there is none."""
        if not self._done:
            return None
        step = self._done.pop()
        for change in reversed(step.changes):
            self._put(change.path, change.undone(self.text(change.path)))
        self._undone.append(step)
        return step.changes[0] if step.changes else None

    def redo(self) -> Change | None:
        """Do a step again; return where, None if there is none."""
        if not self._undone:
            return None
        step = self._undone.pop()
        for change in step.changes:
            self._put(change.path, change.done(self.text(change.path)))
        self._done.append(step)
        return step.changes[-1] if step.changes else None

    def mark_saved(self, saved: Sources) -> None:
        """Take over what is on the disk now; what was typed since stays unsaved."""
        self.saved = saved
        self._texts = {
            path: text
            for path, text in self._texts.items()
            if saved.texts.get(path) != text
        }

    def reload(self, saved: Sources) -> tuple[str, ...]:
        """Take over what others changed on the disk; return the files that clash.

        A file that was edited here too keeps the text from here; it clashes.
        """
        clashes = tuple(
            path
            for path in self._texts
            if saved.texts.get(path) != self.saved.texts.get(path)
        )
        if saved.digest != self.saved.digest:
            self.revision += 1
        self.mark_saved(saved)
        return clashes

    def _put(self, path: str, text: str) -> None:
        self.revision += 1
        if self.saved.texts.get(path) == text:
            self._texts.pop(path, None)
        else:
            self._texts[path] = text

    def _push(self, step: Step) -> None:
        self._done.append(step)
        del self._done[:-_MOST]


def _change(path: str, old: str, new: str) -> Change | None:
    """Return what differs, as narrow as can be."""
    if old == new:
        return None
    start, most = 0, min(len(old), len(new))
    while start < most and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < most - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Change(
        path, start, old[start : len(old) - tail], new[start : len(new) - tail]
    )


def _continues(step: Step, change: Change, now: datetime) -> bool:
    """Whether a change belongs to the stretch of typing before it."""
    if not step.is_typing or not step.changes or now - step.at > _TOGETHER:
        return False
    before = step.changes[0]
    end = before.start + len(before.come)
    is_near = before.start <= change.start <= end or change.start + len(
        change.gone
    ) in {before.start, end}
    return before.path == change.path and is_near and "\n" not in change.come


def _backwards(edit: Edit) -> tuple[str, int]:
    return edit.file, -edit.start
