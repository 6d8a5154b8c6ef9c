"""Logs without anybody in them: what is known to be ours is let in, all else is not."""

import builtins
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_HIDDEN: Final = "…"
_PACKAGES: Final = ("app", "widgets", "governance", "sync")
_MESSAGE: Final = re.compile(
    r"\blog(?:ger)?\.(?:debug|info|warning|error|exception|critical)\(\s*\"([^\"]*)\""
)
_ERROR: Final = re.compile(r"^class (\w+Error)\b", re.MULTILINE)
# Loggers of libraries; what they say is hidden, who spoke is not.
_LOGGERS: Final = frozenset({*_PACKAGES, "root", "uvicorn", "dbos", "alembic", "py"})
_LEVELS: Final = frozenset({"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"})
_LINE: Final = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?:(?P<level>[A-Z]+) )?"
    r"(?P<logger>[a-z_.]+): (?P<message>.*)"
)
_PLACE: Final = re.compile(r'\s*File "(?P<path>[^"]*)", line (?P<line>\d+), in .*')
_RAISED: Final = re.compile(r"(?P<kind>[A-Za-z_.]+)(?:: (?P<message>.*))?")
_WORD: Final = re.compile(r"[A-Za-z]{2,}(?:['’][a-z]+)?")
_TRACE: Final = "Traceback (most recent call last):"
_LONGEST: Final = 2_000  # characters of a line


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the program writes by itself.

    Attributes:
        words: The words of the messages in our code.
        errors: The names of errors, ours and Python's.
        files: Our modules: "app/logs.py".
    """

    words: frozenset[str]
    errors: frozenset[str]
    files: frozenset[str]

    @classmethod
    def of(cls, root: Path) -> "Vocabulary":
        """Read it out of our own code, below ``root``."""
        words: set[str] = set()
        errors = {
            name
            for name, one in vars(builtins).items()
            if isinstance(one, type) and issubclass(one, BaseException)
        }
        files = set()
        for package in _PACKAGES:
            for file in sorted((root / package).rglob("*.py")):
                files.add(file.relative_to(root).as_posix())
                text = file.read_text(encoding="utf-8")
                errors.update(_ERROR.findall(text))
                for message in _MESSAGE.findall(text):
                    words.update(_WORD.findall(message))
        return cls(frozenset(words), frozenset(errors), frozenset(files))


def scrubbed(log: str, vocabulary: Vocabulary) -> str:
    """Return ``log`` with nothing in it that is not known to be ours."""
    lines = (line[:_LONGEST] for line in log.splitlines())
    kept = (_line(line, vocabulary) for line in lines)
    return "".join(f"{line}\n" for line in kept if line)


def _line(line: str, vocabulary: Vocabulary) -> str:
    if line.strip() == _TRACE:
        return _TRACE
    if place := _PLACE.fullmatch(line):
        file = _ours(place["path"], vocabulary)
        return f"  File {file}, line {place['line']}" if file else f"  File {_HIDDEN}"
    if spoken := _LINE.fullmatch(line):
        level = spoken["level"] or ""
        logger = spoken["logger"]
        who = logger if logger.partition(".")[0] in _LOGGERS else _HIDDEN
        known = who if _is_module(who, vocabulary) else who.partition(".")[0]
        said = _words(spoken["message"], vocabulary)
        level = f" {level}" if level in _LEVELS else ""
        return f"{spoken['time']}{level} {known}: {said}"
    if raised := _RAISED.fullmatch(line.strip()):
        kind = raised["kind"].rpartition(".")[2]
        if kind in vocabulary.errors:
            return f"{kind}: {_words(raised['message'] or '', vocabulary)}"
    return _words(line, vocabulary)


def _words(message: str, vocabulary: Vocabulary) -> str:
    """Return the words of ``message`` that stand in our code, and marks for others."""
    said: list[str] = []
    for piece in message.split():
        bare = piece.strip(".,:;!?()“”\"'")
        is_known = bare in vocabulary.words or bare in vocabulary.errors
        word = bare if is_known else _HIDDEN
        if word != _HIDDEN or not said or said[-1] != _HIDDEN:
            said.append(word)
    return " ".join(said)


def _ours(path: str, vocabulary: Vocabulary) -> str:
    parts = Path(path).parts
    for start in range(len(parts)):
        name = "/".join(parts[start:])
        if name in vocabulary.files:
            return name
    return ""


def _is_module(logger: str, vocabulary: Vocabulary) -> bool:
    name = logger.replace(".", "/")
    return f"{name}.py" in vocabulary.files or f"{name}/__init__.py" in vocabulary.files
