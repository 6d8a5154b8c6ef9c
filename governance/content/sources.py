"""The template repository as a value: its texts and its assets, by path."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Self

from governance.errors import BadPathError, BadTextError, MissingFileError, Problem
from governance.kept import kept_texts
from governance.markup.mapped import line_and_column, problem_of_file
from governance.names import Digest, TemplateId
from governance.texts import _
from governance.trust.canonical import canonical, digest

ASSETS: Final = "assets/"

LONGEST_PATH: Final = 240  # what every file system and every zip program can keep

_FORBIDDEN: Final = re.compile(r'[\\:*?"<>|\x00-\x1f\x7f]')
# Names that Windows keeps for its devices, whatever their ending.
_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE
)
# Folders that other programs believe: what lies there may be run, or is a secret. The
# names with a tilde are the short ones that Windows gives the first two.
NOT_OURS: Final = frozenset(
    {".countersign", ".git", ".hg", ".svn", ".idea", ".vscode", "__MACOSX"}
)
_BELIEVED: Final = re.compile(
    "|".join([*map(re.escape, sorted(NOT_OURS)), "git~[0-9]+", "counte~[0-9]+"]),
    re.IGNORECASE,
)
# What most paths are made of, and what a path of it can still be refused for.
_PLAIN: Final = re.compile(
    r"(?:[a-z0-9_][a-z0-9_-]*/)*[a-z0-9_][a-z0-9_-]*(?:\.[a-z0-9_-]+)*"
)
_TAKEN: Final = re.compile(
    r"(?:^|/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|__macosx)(?:[./]|$)"
)


@dataclass(frozen=True, slots=True)
class Sources:
    """Every file of the template repository at one moment.

    Attributes:
        texts: Path → text, with LF line ends.
        assets: Path under ``assets/`` → bytes.
        folders: Where each template lies, once somebody looked for them.
    """

    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    assets: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    # What was worked out once; of the folders, for all sources of the same paths.
    _digest: list[Digest] = field(
        default_factory=list, init=False, repr=False, compare=False
    )
    folders: list[Mapping[TemplateId, str]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Refuse paths that not every computer can keep.

        Raises:
            BadPathError: A path is impossible, or two differ only in case.
        """
        require_distinct([*self.texts, *self.assets])
        object.__setattr__(self, "texts", MappingProxyType(dict(self.texts)))
        object.__setattr__(self, "assets", MappingProxyType(dict(self.assets)))

    def __reduce__(self) -> "tuple[type[Sources], tuple[object, object]]":
        return Sources, (dict(self.texts), dict(self.assets))

    @classmethod
    def of_files(cls, files: Mapping[str, bytes]) -> Self:
        """Return what ``files`` hold: bytes under ``assets/``, else texts.

        Raises:
            BadPathError: A path is impossible, or two differ only in case.
            BadTextError: A file that should be a text is none.
        """
        assets = {path: data for path, data in files.items() if is_asset(path)}
        texts = {
            path: decoded(path, data)
            for path, data in files.items()
            if not is_asset(path)
        }
        return cls(texts, assets)

    def files(self) -> Mapping[str, bytes]:
        """Return every file as bytes, as git and folders keep them."""
        texts = {path: text.encode() for path, text in self.texts.items()}
        return {**texts, **self.assets}

    @property
    def digest(self) -> Digest:
        """The digest of everything: paths, texts and assets."""
        if not self._digest:
            parts = {path: self.digest_of(path) for path in self.paths}
            self._digest.append(digest(canonical(parts)))
        return self._digest[0]

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path, sorted."""
        return tuple(sorted([*self.texts, *self.assets]))

    def digest_of(self, path: str) -> Digest:
        """Return the digest of one file.

        Raises:
            MissingFileError: There is none.
        """
        if path in self.assets:
            return digest(self.assets[path])
        return text_digest(self.read(path))

    def read(self, path: str) -> str:
        """Return the text at ``path``.

        Raises:
            MissingFileError: There is none.
        """
        if path not in self.texts:
            message = _("The file “{path}” is missing.").format(path=path)
            problem = problem_of_file("file-missing", message, path)
            raise MissingFileError(message, (problem,))
        return self.texts[path]

    def with_text(self, path: str, text: str) -> "Sources":
        """Return these sources with ``text`` at ``path``.

        Raises:
            BadPathError: The path is impossible, or another differs only in case.
            BadTextError: The text is none that a file may hold.
        """
        require_text(path, text)
        return self.alike({**self.texts, path: text}, self.assets)

    def alike(self, texts: Mapping[str, str], assets: Mapping[str, bytes]) -> "Sources":
        """Return sources of other contents.

        Where they have the paths of these, which were looked at already, nobody looks
        at them again: among tens of thousands that takes longer than all else.

        Raises:
            BadPathError: A path is impossible, or two differ only in case.
        """
        if texts.keys() != self.texts.keys() or assets.keys() != self.assets.keys():
            return Sources(texts, assets)
        made = object.__new__(Sources)
        object.__setattr__(made, "texts", MappingProxyType(dict(texts)))
        object.__setattr__(made, "assets", MappingProxyType(dict(assets)))
        object.__setattr__(made, "_digest", [])
        object.__setattr__(made, "folders", self.folders)
        return made

    def with_asset(self, path: str, data: bytes) -> "Sources":
        """Return these sources with an asset at ``path``.

        Raises:
            BadPathError: The path is impossible, or not under ``assets/``.
        """
        if not is_asset(path):
            message = _("“{path}” is no asset: assets lie in “assets/”.")
            raise _bad_path(message.format(path=path), path)
        return Sources(self.texts, {**self.assets, path: data})

    def without(self, path: str) -> "Sources":
        """Return these sources less the file at ``path``; it need not be there."""
        texts = {name: text for name, text in self.texts.items() if name != path}
        assets = {name: data for name, data in self.assets.items() if name != path}
        return Sources(texts, assets)


def changed(before: Sources, after: Sources) -> tuple[str, ...]:
    """Return the paths whose file is new, gone or different, sorted."""
    paths = {*before.texts, *after.texts, *before.assets, *after.assets}
    return tuple(
        sorted(
            path
            for path in paths
            if before.texts.get(path) != after.texts.get(path)
            or before.assets.get(path) != after.assets.get(path)
        )
    )


def is_asset(path: str) -> bool:
    """Tell whether the file at ``path`` is kept as bytes."""
    return path.startswith(ASSETS)


@lru_cache(maxsize=65_536)  # a path is looked at with each reading of a folder
def clean_path(text: str) -> str:
    """Read a path from outside: with "/", relative, possible on every computer.

    Raises:
        BadPathError: It is absolute, leads out, has odd characters or is not NFC.
    """
    if reason := _why_not(text):
        message = _("The path “{path}” cannot be used: {reason}.").format(
            path=_shown(text), reason=reason
        )
        raise _bad_path(message, text)
    return text


def require_distinct(paths: Iterable[str]) -> None:
    """Refuse paths that some computers cannot tell apart, or cannot keep.

    Raises:
        BadPathError: A path is impossible, two paths or their folders differ only in
            case, or one is a file and a folder.
    """
    seen: dict[str, str] = {}
    folders: set[str] = set()
    names = list(paths)
    for path in names:
        folder = clean_path(path).rpartition("/")[0]
        parts = (path,) if folder in folders else _prefixes(path)
        for part in parts:
            other = seen.setdefault(_folded(part), part)
            if other != part:
                message = _(
                    "“{one}” and “{other}” differ only in upper and lower case; not "
                    "every computer can keep both."
                )
                raise _bad_path(message.format(one=other, other=part), path)
        folders.update(parts[:-1])
    for path in names:
        if path in folders:
            message = _("“{path}” is a file and a folder at once.")
            raise _bad_path(message.format(path=path), path)


def decoded(path: str, data: bytes) -> str:
    """Return the text that the bytes of the file ``path`` hold.

    Raises:
        BadTextError: No UTF-8, a byte order mark, CR line ends or NUL characters.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        message = _(
            "{path}, line {line}: this is no UTF-8 text. Pictures belong in “assets/”."
        )
        raise _bad_text(message, path, before, len(before)) from error
    require_text(path, text)
    return text


def require_text(path: str, text: str) -> None:
    """Refuse a text that would not look alike on every computer.

    Raises:
        BadTextError: A byte order mark, CR line ends, NUL or half a character.
    """
    for character, message in (
        ("\r", _("{path}, line {line}: the line ends with CR LF; only LF is kept.")),
        ("\0", _("{path}, line {line}: the file holds a NUL character.")),
    ):
        at = text.find(character)
        if at >= 0:
            raise _bad_text(message, path, text, at)
    if text.startswith("\ufeff"):
        message = _("{path}: the file begins with a byte order mark.")
        raise _bad_text(message, path, text, 0)
    try:
        text.encode()
    except UnicodeEncodeError as error:  # a lone surrogate
        message = _("{path}, line {line}: half a character stands here.")
        raise _bad_text(message, path, text, error.start) from error


@kept_texts(8_000_000)
def text_digest(text: str) -> Digest:
    """Return the digest of a text as it lies in a file."""
    return digest(text.encode())


def _prefixes(path: str) -> tuple[str, ...]:
    """Return the path's folders, the outermost first, and the path itself."""
    parts = path.split("/")
    return tuple("/".join(parts[:count]) for count in range(1, len(parts) + 1))


def _folded(path: str) -> str:
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", path.casefold())


def _why_not(path: str) -> str:
    is_plain = len(path) <= LONGEST_PATH and _PLAIN.fullmatch(path) is not None
    if is_plain and not _TAKEN.search(path):
        return ""
    parts = path.split("/")
    has_device = any(
        _DEVICE.fullmatch(part) or part[-1:] in {".", " "} for part in parts
    )
    for is_wrong, reason in (
        (not path or len(path) > LONGEST_PATH, _("it is empty or too long")),
        (path.startswith("/"), _("it is absolute")),
        (
            bool(_FORBIDDEN.search(path)) or not path.isprintable(),
            _("it holds a character that not every computer can keep"),
        ),
        (".." in parts, _("it leads out of the repository")),
        ("" in parts or "." in parts, _("a folder in it has no name")),
        (has_device, _("Windows cannot keep it")),
        (
            any(_BELIEVED.fullmatch(part) for part in parts),
            _("another program keeps its own files there"),
        ),
        (
            unicodedata.normalize("NFC", path) != path,
            _("its letters are composed in the old way of macOS (NFD)"),
        ),
    ):
        if is_wrong:
            return reason
    return ""


def _shown(path: str) -> str:
    return path.encode("unicode_escape").decode() if not path.isprintable() else path


def _bad_path(message: str, path: str) -> BadPathError:
    return BadPathError(message, (problem_of_file("bad-path", message, _shown(path)),))


def _bad_text(message: str, path: str, text: str, at: int) -> BadTextError:
    line, column = line_and_column(text, at)
    told = message.format(path=path, line=line)
    return BadTextError(
        told, (Problem("bad-text", told, path, at, at + 1, line, column),)
    )
