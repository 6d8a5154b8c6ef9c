"""Refuse: what an author, a colleague or an attacker may try, on copies.

The copies keep the workspace of the tour clean: what is refused with an alarm in the
ledger would stay there for ever.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.paths import Paths
from app.tour.authoring import ENGLISH, NEW_SENTENCE, SILENT, sign_all
from app.tour.cast import (
    COMMUNICATIONS,
    HR,
    LEGAL,
    LENA,
    NOOR,
    PRIYA,
    RUTH,
    TOMAS,
    Player,
)
from app.tour.telling import Telling
from app.workspace import Workspace
from governance.changes.build import Builder
from governance.changes.desk import Desk
from governance.changes.draft import Draft
from governance.changes.release_change import ReleaseChange
from governance.content.sources import Sources
from governance.names import ChangeId, Locale, Role, TemplateId
from governance.people.grant_role import grant_role
from governance.rendering.compiled import Compiled
from governance.rendering.ports import Renderer
from governance.rendering.render import Rendered
from governance.rendering.values import RecipientValues
from governance.texts import _
from governance.trust.dsse import Envelope
from governance.trust.signer import Signer

_PARTIAL: Final = "partials/en/interview-facts.mjml"


@dataclass(frozen=True, slots=True)
class OtherCompiler:
    """A compiler that somebody tampered with: the same sources, other bytes."""

    honest: Renderer

    def compile(self, template: TemplateId, sources: Sources) -> Compiled:
        """Compile, and change a letter."""
        return _falsified(self.honest.compile(template, sources))

    def compile_many(
        self, templates: Sequence[TemplateId], sources: Sources
    ) -> tuple[Compiled, ...]:
        """Compile several, and change a letter in each."""
        return tuple(map(_falsified, self.honest.compile_many(templates, sources)))

    def render(
        self, compiled: Compiled, values: RecipientValues, locale: Locale
    ) -> Rendered:
        """Render honestly."""
        return self.honest.render(compiled, values, locale)

    def render_many(
        self, compiled: Compiled, values: Sequence[RecipientValues], locale: Locale
    ) -> tuple[Rendered, ...]:
        """Render honestly."""
        return self.honest.render_many(compiled, values, locale)


def _falsified(compiled: Compiled) -> Compiled:
    parts = {name: text.replace("e", "a", 1) for name, text in compiled.parts.items()}
    return replace(compiled, parts=parts)


@dataclass(frozen=True, slots=True)
class Refusing:
    """The fourth step."""

    telling: Telling
    workspace: Workspace
    change: ChangeId

    def attempts(self) -> None:
        """Try everything that must not work."""
        telling, workspace = self.telling, self.workspace
        self._sources()
        telling.refuse(
            _("The author approves her own change"),
            lambda: self._sign(workspace, PRIYA, COMMUNICATIONS),
            "NOT_ENTITLED",
        )
        self._on_copy(self._without_legal)
        self._on_copy(self._two_roles)
        self._on_copy(self._replayed)
        self._on_copy(self._partial_changed)
        self._on_copy(self._other_bytes)

    def _sources(self) -> None:
        """Try sources that cannot be proposed."""
        telling, workspace = self.telling, self.workspace
        sources = workspace.sources()
        text = sources.read(ENGLISH)
        unknown = text.replace(NEW_SENTENCE, "Wear {{ candidate.shoe_size }}.", 1)
        broken = text.replace("mj-column>", "mj-colum>")
        for attempt, source, code in (
            (_("A merge field that nobody declared"), unknown, "unknown-field"),
            (_("MJML with a misspelt element"), broken, "mjml-unknown-tag"),
        ):
            draft = Draft(
                attempt, attempt, sources.with_text(ENGLISH, source), workspace.base()
            )
            telling.refuse(
                attempt,
                lambda draft=draft: workspace.open_change(  # type: ignore[misc]
                    draft, PRIYA.credentials, SILENT
                ),
                code,
            )

    def _without_legal(self, copy: Workspace) -> None:
        self._sign(copy, TOMAS, HR)
        self._sign(copy, NOOR, COMMUNICATIONS)
        self.telling.refuse(
            _("Ruth releases it without legal"),
            lambda: copy.release_change(self.change, RUTH.credentials, SILENT),
            "QUORUM_MISSING",
        )

    def _two_roles(self, copy: Workspace) -> None:
        key = copy.desk.unlock(RUTH.credentials)
        reason = _("Lena is away.")
        grant_role(
            copy.reader.book, NOOR.person, LEGAL, reason, key=key, now=copy.clock()
        )
        self._sign(copy, TOMAS, HR)
        self._sign(copy, NOOR, COMMUNICATIONS)
        self._sign(copy, NOOR, LEGAL)
        self.telling.refuse(
            _("Noor signs as communications and as legal, and fills both seats"),
            lambda: copy.release_change(self.change, RUTH.credentials, SILENT),
            "QUORUM_MISSING",
        )

    def _replayed(self, copy: Workspace) -> None:
        """Put Lena's approval of this change, as signed, into another one."""
        self._sign(copy, LENA, LEGAL)
        page = copy.reader.book.open()
        approval = copy.ledger.entries(page.tip)[-1]
        sources = copy.sources()
        more = sources.read(ENGLISH).replace(NEW_SENTENCE, "Bring your contract.", 1)
        title = _("Another change")
        draft = Draft(title, title, sources.with_text(ENGLISH, more), copy.base())
        other = copy.open_change(draft, PRIYA.credentials, SILENT).change
        envelope = Envelope.from_bytes(approval)
        forged = replace_payload(envelope, self.change, other)
        mallory = Signer(
            PRIYA.person,
            PRIYA.name,
            copy.desk.unlock(PRIYA.credentials),
            copy.clock(),
        )
        tip = copy.reader.book.open().tip
        copy.ledger.append(forged, after=tip, sign=mallory)
        state = copy.state()
        ignored = state.ignored[-1]
        self.telling.note_refusal(
            _("Lena's approval is replayed onto another change"),
            ignored.code,
            ignored.reason,
            "BAD_SIGNATURE",
        )
        self.telling.prove(
            _("The forged entry is without effect, and named in the history."),
            holds=not state.changes[other].approvals,
        )

    def _partial_changed(self, copy: Workspace) -> None:
        """Release a change of a shared partial after everyone signed this one."""
        sign_all(copy, self.change)
        sources = copy.reader.sources(copy.base())
        text = sources.read(_PARTIAL)
        title = _("Another word in a shared partial")
        draft = Draft(
            title,
            title,
            sources.with_text(_PARTIAL, text.replace("When", "Time", 1)),
            copy.base(),
        )
        other = copy.open_change(draft, PRIYA.credentials, SILENT).change
        sign_all(copy, other)
        copy.release_change(other, RUTH.credentials, SILENT)
        self.telling.refuse(
            _("A word of a partial that it includes is changed after everyone signed"),
            lambda: copy.release_change(self.change, RUTH.credentials, SILENT),
            "CLOSURE_CHANGED",
        )

    def _other_bytes(self, copy: Workspace) -> None:
        sign_all(copy, self.change)
        builder = Builder(OtherCompiler(copy.renderer), copy.renderer)
        reader = replace(copy.reader, builder=builder)
        release = ReleaseChange(Desk(reader, copy.vault, copy.clock))
        self.telling.refuse(
            _("A compiled part differs, though the source does not"),
            lambda: release(self.change, RUTH.credentials, SILENT),
            "COMPILED_CHANGED",
        )

    def _sign(self, workspace: Workspace, player: Player, role: Role) -> None:
        seen = workspace.reader.look(self.change)
        workspace.approve_change(seen.proposed, player.consent(role), SILENT)

    def _on_copy(self, attempt: Callable[[Workspace], None]) -> None:
        with TemporaryDirectory() as folder:
            attempt(copy_of(self.workspace, Path(folder) / "copy"))


def copy_of(workspace: Workspace, folder: Path) -> Workspace:
    """Return a copy of a workspace, over the same render process."""
    shutil.copytree(workspace.paths.root, folder)
    return Workspace.at(Paths(folder), workspace.clock, workspace.renderer)


def replace_payload(envelope: Envelope, old: str, new: str) -> bytes:
    """Return the envelope with ``new`` in place of ``old``, under the old signature."""
    payload = envelope.payload.replace(old.encode(), new.encode())
    return Envelope(payload, envelope.payload_type, envelope.signatures).to_bytes()
