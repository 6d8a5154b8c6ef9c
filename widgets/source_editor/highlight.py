"""Colours for MJML with Jinja: tags, attributes, strings, fields, blocks, comments."""

import re
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from widgets.kit.look import color, look

_IN_COMMENT: Final = 1
_IN_NOTE: Final = 2
_LONGEST: Final = 4_000  # characters of a line that is coloured; a program wrote longer

# Later ones paint over earlier ones.
_RULES: Final = (
    ("code-tag", re.compile(r"</?[A-Za-z][\w:-]*|/?>")),
    ("code-attr", re.compile(r"\b[\w:-]+(?==\")")),
    ("code-string", re.compile(r"\"[^\"]*\"")),
    ("code-block", re.compile(r"\{%-?.*?-?%\}")),
    ("code-field", re.compile(r"\{\{.*?\}\}")),
)
_NOTES: Final = (
    (_IN_COMMENT, re.compile(r"<!--"), re.compile(r"-->")),
    (_IN_NOTE, re.compile(r"\{#"), re.compile(r"#\}")),
)


class Highlighter(QSyntaxHighlighter):
    """Paints a line at a time; a note may go over several."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        look().changed.connect(self._on_look_changed)
        self._on_look_changed()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 -- Qt's
        """Paint one line; a longer one would take seconds, and nobody reads it."""
        if len(text) > _LONGEST:
            self.setCurrentBlockState(0)
            return
        for name, rule in _RULES:
            for found in rule.finditer(text):
                length = found.end() - found.start()
                self.setFormat(found.start(), length, self._formats[name])
        self._notes(text)

    def _notes(self, text: str) -> None:
        state = max(self.previousBlockState(), 0)
        at = 0
        while at <= len(text):
            if state:
                _name, _begin, end = next(one for one in _NOTES if one[0] == state)
                found = end.search(text, at)
                stop = found.end() if found else len(text)
                self.setFormat(at, stop - at, self._formats["code-comment"])
                if found is None:
                    break
                state, at = 0, stop
                continue
            begun = [(r.search(text, at), name) for name, r, _end in _NOTES]
            first = min(((m.start(), name) for m, name in begun if m), default=(-1, 0))
            if first[0] < 0:
                break
            at, state = first
        self.setCurrentBlockState(state)

    @Slot()
    def _on_look_changed(self) -> None:
        for name in (*(name for name, _rule in _RULES), "code-comment"):
            made = QTextCharFormat()
            made.setForeground(color(name))
            if name == "code-field":
                made.setBackground(color("accent-soft"))
            self._formats[name] = made
        self.rehighlight()
