"""The library: every template with where it stands, for lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from governance.content.closure import closure_of
from governance.content.sources import Sources
from governance.content.template import Template, read_template, template_folders
from governance.errors import ExpectedError
from governance.ledger.state import LedgerState, Stage, Version
from governance.names import (
    ChangeId,
    Channel,
    Digest,
    Locale,
    PersonId,
    SubjectName,
    TemplateId,
)
from governance.texts import _


class Standing(StrEnum):
    """Where a template stands, the most pressing first."""

    BROKEN = "broken"  # it cannot be read
    IN_REVIEW = "in review"
    HELD = "held"
    DRAFT = "draft"  # never released
    EDITED = "edited"  # other than the version that candidates get
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """One template.

    Attributes:
        live: The N of the version that candidates get, None before the first.
        problem: Why it cannot be read, "" if it can.
        change: The change that proposes it, if one is open.
    """

    id: TemplateId
    stage: str
    title: str
    standing: Standing
    channels: tuple[Channel, ...]
    locales: tuple[Locale, ...]
    owner: PersonId
    closure: Digest
    live: int | None
    change: ChangeId | None = None
    problem: str = ""

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        words = {
            Standing.BROKEN: _("Cannot be read"),
            Standing.IN_REVIEW: _("In review"),
            Standing.HELD: _("Held"),
            Standing.DRAFT: _("Draft"),
            Standing.EDITED: _("Edited since v{version}"),
            Standing.LIVE: _("Live, v{version}"),
        }
        return words[self.standing].format(version=self.live)


def subject_of(template: TemplateId) -> SubjectName:
    """Return what the ledger calls ``template``."""
    return SubjectName(f"templates/{template}")


def library(sources: Sources, state: LedgerState) -> tuple[LibraryRow, ...]:
    """Return every template of ``sources``, in order of stage and id.

    One that cannot be read has a row that says why, and hides no other.

    Raises:
        ContentError: A folder's name names no template, or two have the same id.
    """
    reviewed = _reviewed(state)
    return tuple(
        _row(sources, state, name, folder, reviewed)
        for name, folder in template_folders(sources).items()
    )


def _row(
    sources: Sources,
    state: LedgerState,
    name: TemplateId,
    folder: str,
    reviewed: Mapping[SubjectName, ChangeId],
) -> LibraryRow:
    subject = subject_of(name)
    live = state.current(subject)
    number = live.number if live else None
    try:
        template = read_template(sources, folder)
        closure = closure_of(template, sources).digest
    except ExpectedError as error:
        return LibraryRow(
            name,
            folder.split("/")[1],
            name,
            Standing.BROKEN,
            (),
            (),
            PersonId(""),
            Digest(""),
            number,
            problem=str(error),
        )
    change = reviewed.get(subject)
    if change:
        standing = Standing.IN_REVIEW
    elif state.holds.get(subject):
        standing = Standing.HELD
    else:
        standing = _standing(live, closure)
    return _readable(template, standing, closure, number, change)


def _standing(live: Version | None, closure: Digest) -> Standing:
    if live is None:
        return Standing.DRAFT
    return Standing.LIVE if live.closure == closure else Standing.EDITED


def _readable(
    template: Template,
    standing: Standing,
    closure: Digest,
    live: int | None,
    change: ChangeId | None,
) -> LibraryRow:
    return LibraryRow(
        template.id,
        template.stage,
        template.record.title,
        standing,
        template.message.channels,
        template.locales,
        template.record.owner,
        closure,
        live,
        change,
    )


def _reviewed(state: LedgerState) -> Mapping[SubjectName, ChangeId]:
    """Return which subject is proposed by which open change."""
    return {
        subject.name: change.id
        for change in state.changes.values()
        if change.stage is Stage.OPEN
        for subject in change.subjects
    }
