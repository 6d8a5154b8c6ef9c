"""An ATS's templates in memory, and a memory of publications."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from governance.texts import _
from sync.errors import AtsRefusedError, RemoteChangedError
from sync.publishing.capabilities import Ability, Capabilities
from sync.publishing.ports import RemoteTemplate
from sync.publishing.publication import Publication

_THEN = datetime(2026, 11, 24, 9, tzinfo=UTC)
ALL = frozenset(Ability)


class InMemoryTemplates:
    """Keeps what it is given.

    Attributes:
        rewrite: What this ATS does to every text that it is given.
        before_update: Called when an update begins, to let somebody else be faster.
    """

    def __init__(self, abilities: frozenset[Ability] = ALL) -> None:
        self._abilities = abilities
        self._kept: dict[str, RemoteTemplate] = {}
        self._edits = 0
        self.rewrite: Callable[[str], str] = str
        self.before_update: Callable[[], None] | None = None

    @property
    def name(self) -> str:
        """Which one it is."""
        return "practice"

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        return Capabilities(self._abilities)

    def templates(self) -> Sequence[RemoteTemplate]:
        """Return all, without texts."""
        return tuple(replace(each, parts=None) for each in self._kept.values())

    def read(self, id_: str) -> RemoteTemplate:
        """Return one."""
        if id_ not in self._kept:
            raise AtsRefusedError(_("There is no such template."))
        return self._kept[id_]

    def create(self, key: str, title: str, parts: Mapping[str, str]) -> RemoteTemplate:
        """Keep a new one."""
        for kept in self._kept.values():
            if kept.key == key:
                if kept.parts == self._written(parts):
                    return kept
                raise RemoteChangedError(_("A template of that key is there."))
        return self._keep(f"tpl-{len(self._kept) + 1:03}", key, title, parts)

    def update(
        self, id_: str, key: str, title: str, parts: Mapping[str, str], *, seen: str
    ) -> RemoteTemplate:
        """Write one anew."""
        if self.before_update:
            self.before_update()
        if self.read(id_).etag != seen:
            raise RemoteChangedError(_("It was edited meanwhile."))
        return self._keep(id_, key, title, parts)

    def archive(self, id_: str) -> None:
        """Put one away."""
        self.read(id_)
        del self._kept[id_]

    def _keep(
        self, id_: str, key: str, title: str, parts: Mapping[str, str]
    ) -> RemoteTemplate:
        self._edits += 1
        kept = RemoteTemplate(
            id_, key, title, str(self._edits), _THEN, self._written(parts)
        )
        self._kept[id_] = kept
        return kept

    def _written(self, parts: Mapping[str, str]) -> Mapping[str, str]:
        return {name: self.rewrite(text) for name, text in parts.items()}


class InMemoryPublications:
    """Remembers publications."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Publication] = {}

    def record(self, publication: Publication) -> None:
        """Keep one."""
        self._kept[publication.ats, publication.key] = publication

    def all(self) -> Sequence[Publication]:
        """Return all."""
        return tuple(self._kept[key] for key in sorted(self._kept))
