"""The library: every template with where it stands, for lists."""

from collections.abc import Mapping

from governance.changes.library_look import Known, Look
from governance.changes.library_row import LibraryRow, Standing
from governance.content.sources import Sources
from governance.content.template import (
    template_folders,
)
from governance.errors import ExpectedError
from governance.ledger.state import LedgerState, Stage, Version
from governance.names import (
    ChangeId,
    Digest,
    PersonId,
    SubjectName,
    TemplateId,
)

__all__ = ["LibraryRow", "Standing", "library", "subject_of"]


def subject_of(template: TemplateId) -> SubjectName:
    """Return what the ledger calls ``template``."""
    return SubjectName(f"templates/{template}")


def library(
    sources: Sources, state: LedgerState, known: Known | None = None
) -> tuple[LibraryRow, ...]:
    """Return every template of ``sources``, in order of stage and id.

    One that cannot be read has a row that says why, and hides no other. What ``known``
    holds of files that are still the same is believed, and it holds the rest after it.

    Raises:
        ContentError: A folder's name names no template, or two have the same id.
    """
    folders = template_folders(sources)
    look = Look(sources, known or Known())
    reviewed = _reviewed(state)
    rows = tuple(
        _row(look, state, name, folder, reviewed) for name, folder in folders.items()
    )
    look.known.forget(look.known.worked.keys() - folders.keys())
    return rows


def _row(
    look: Look,
    state: LedgerState,
    name: TemplateId,
    folder: str,
    reviewed: Mapping[SubjectName, ChangeId],
) -> LibraryRow:
    subject = subject_of(name)
    live = state.current(subject)
    number = live.number if live else None
    try:
        worked = look.worked(name, folder)
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
        standing = _standing(live, worked.closure)
    before = look.known.shown.get(name)
    said = standing, number, change
    if before is not None and before[:2] == (worked, said):
        return before[2]
    row = LibraryRow(
        name,
        worked.stage,
        worked.title,
        standing,
        worked.channels,
        worked.locales,
        worked.owner,
        worked.closure,
        number,
        change,
        review=worked.review,
        goal=worked.goal,
        helps=worked.helps,
    )
    look.known.shown[name] = worked, said, row
    return row


def _standing(live: Version | None, closure: Digest) -> Standing:
    if live is None:
        return Standing.DRAFT
    return Standing.LIVE if live.closure == closure else Standing.EDITED


def _reviewed(state: LedgerState) -> Mapping[SubjectName, ChangeId]:
    """Return which subject is proposed by which open change."""
    return {
        subject.name: change.id
        for change in state.changes.values()
        if change.stage is Stage.OPEN
        for subject in change.subjects
    }
