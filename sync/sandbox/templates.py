"""The practice ATS's message templates: listed, read, written, put away."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import msgspec
from msgspec.structs import replace

from governance.ports import Clock
from sync.api.practice import EventKind, NewTemplate, Template, Templates
from sync.sandbox.errors import PracticeError
from sync.sandbox.history import tell
from sync.sandbox.records import Records


@dataclass(frozen=True, slots=True)
class PracticeTemplates:
    """Templates by an id that the ATS gives."""

    records: Records
    clock: Clock
    told: Callable[[], None]

    def all(self) -> Templates:
        """Return all templates, without their texts."""
        found = self.records.all(Template)
        return Templates(tuple(replace(template, parts=None) for template in found))

    def read(self, id_: str) -> Template:
        """Return a template with its texts.

        Raises:
            PracticeError: There is none.
        """
        template = self.records.get(Template, id_)
        if template is None:
            raise PracticeError(404, "There is no such template.")
        return template

    def create(self, wish: NewTemplate) -> Template:
        """Keep a new template.

        Raises:
            PracticeError: One of that key is there.
        """
        with self.records.transaction():
            all_ = self.records.all(Template)
            if any(one.key == wish.key for one in all_):
                raise PracticeError(409, "A template of that key is there.")
            template = self._keep(f"tpl-{len(all_) + 1:03}", wish)
        self.told()
        return template

    def update(self, id_: str, wish: NewTemplate, etag: str) -> Template:
        """Write a template anew.

        Raises:
            PracticeError: There is none, or it was edited after ``etag``.
        """
        with self.records.transaction():
            before = self.read(id_)
            if before.etag != etag:
                raise PracticeError(412, "The template was edited meanwhile.")
            template = self._keep(id_, wish)
        self.told()
        return template

    def archive(self, id_: str) -> Template:
        """Put a template away; it can still be read.

        Raises:
            PracticeError: There is none.
        """
        with self.records.transaction():
            gone = replace(self.read(id_), is_archived=True)
            self.records.put(id_, gone)
        return gone

    def _keep(self, id_: str, wish: NewTemplate) -> Template:
        now = self.clock()
        stamp = msgspec.json.encode([now, wish])
        template = Template(
            id=id_,
            key=wish.key,
            title=wish.title,
            etag=sha256(stamp).hexdigest()[:16],
            updated_at=now,
            parts=wish.parts,
        )
        self.records.put(id_, template)
        tell(self.records, EventKind.TEMPLATE_CHANGED, id_, now)
        return template
