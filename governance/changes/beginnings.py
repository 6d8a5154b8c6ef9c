"""What a change begins with: something that was released, or nobody would read it.

A review shows what differs from the beginning. Who publishes puts a commit on ``main``,
and with a program of their own could put other texts there beside those agreed to; they
reach nobody, but the next change of them would carry them along unseen.
"""

from governance.changes.affected import journey_closure
from governance.content.closure import closure_of
from governance.content.sources import Sources
from governance.content.template import read_template, template_folders
from governance.errors import ExpectedError, NotVerifiedError
from governance.journeys.compiled import compile_journey
from governance.journeys.read import journey_path, read_journey
from governance.ledger.state import Change, LedgerState
from governance.names import Digest, JourneyId, SubjectName, TemplateId
from governance.texts import _


def require_released_beginning(
    state: LedgerState, change: Change, before: Sources
) -> None:
    """Let a change pass whose subjects were released as they are in ``before``.

    What never was released has nothing that it could be compared with.

    Raises:
        NotVerifiedError: Somebody put another text there (CLOSURE_CHANGED).
    """
    proposed_at = change.commits[-1][0]
    for subject in change.subjects:
        versions = [
            version
            for version in state.versions.get(subject.name, ())
            if version.position < proposed_at
        ]
        if not versions:
            continue
        found = _closure(subject.name, before)
        if found is not None and found not in {one.closure for one in versions}:
            reason = _(
                "The change begins with a text of {subject} that was never released; "
                "roll it back to v{number} first."
            )
            raise NotVerifiedError(
                reason.format(subject=subject.name, number=versions[-1].number),
                code="CLOSURE_CHANGED",
            )


def _closure(subject: SubjectName, sources: Sources) -> Digest | None:
    """Return the closure of ``subject``: None if it is not there, "" if broken."""
    kind, _slash, name = subject.partition("/")
    try:
        if kind == "templates":
            folder = template_folders(sources).get(TemplateId(name))
            if folder is None:
                return None
            return closure_of(read_template(sources, folder), sources).digest
        journey = JourneyId(name)
        if kind != "journeys" or journey_path(journey) not in sources.texts:
            return None
        text = compile_journey(read_journey(sources.texts, journey))
        return journey_closure(journey, text)
    except ExpectedError:
        return Digest("")
