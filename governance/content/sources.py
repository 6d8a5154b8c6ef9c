"""The template repository as a value: its texts and its assets, by path."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Self

from governance.content.paths import (
    bad_path,
    require_distinct,
)
from governance.errors import BadTextError, MissingFileError, Problem
from governance.kept import kept_texts
from governance.markup.mapped import line_and_column, problem_of_file
from governance.names import Digest, TemplateId
from governance.texts import _
from governance.trust.canonical import canonical, digest

ASSETS: Final = "assets/"


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
    # Path → digest of its file, as far as it was worked out; replaced as a whole.
    _digests: list[Mapping[str, Digest]] = field(
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
            parts = self._worked_out()
            self._digest.append(digest(canonical(parts)))
            self._digests[:] = [MappingProxyType(parts)]
        return self._digest[0]

    def _worked_out(self) -> dict[str, Digest]:
        """Return the digest of each file; only what is not known yet is looked at."""
        known = self._digests[0] if self._digests else {}
        parts = {
            path: known.get(path) or digest(text.encode())
            for path, text in self.texts.items()
        }
        for path, data in self.assets.items():
            parts[path] = known.get(path) or digest(data)
        return parts

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path, sorted."""
        return tuple(sorted([*self.texts, *self.assets]))

    def digest_of(self, path: str) -> Digest:
        """Return the digest of one file.

        Raises:
            MissingFileError: There is none.
        """
        if self._digests and path in self._digests[0]:
            return self._digests[0][path]
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
        object.__setattr__(made, "_digests", self._still_true(texts, assets))
        object.__setattr__(made, "folders", self.folders)
        return made

    def _still_true(
        self, texts: Mapping[str, str], assets: Mapping[str, bytes]
    ) -> list[Mapping[str, Digest]]:
        """Return the known digests of those files that are the very same objects."""
        if not self._digests:
            return []
        same = {
            path: one
            for path, one in self._digests[0].items()
            if (texts.get(path) is self.texts.get(path))
            and (assets.get(path) is self.assets.get(path))
        }
        return [MappingProxyType(same)]

    def with_asset(self, path: str, data: bytes) -> "Sources":
        """Return these sources with an asset at ``path``.

        Raises:
            BadPathError: The path is impossible, or not under ``assets/``.
        """
        if not is_asset(path):
            message = _("“{path}” is no asset: assets lie in “assets/”.")
            raise bad_path(message.format(path=path), path)
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


def _bad_text(message: str, path: str, text: str, at: int) -> BadTextError:
    line, column = line_and_column(text, at)
    told = message.format(path=path, line=line)
    return BadTextError(
        told, (Problem("bad-text", told, path, at, at + 1, line, column),)
    )
