"""What a version's sources come to, computed anew: nothing said of them counts."""

from collections.abc import Callable
from typing import Final

from governance.changes.affected import journey_closure
from governance.content.closure import closure_of
from governance.content.sources import Sources
from governance.content.template import find_template
from governance.ledger.state import Version
from governance.names import Commit, Digest, JourneyId, TemplateId

_TEMPLATES: Final = "templates/"
_JOURNEYS: Final = "journeys/"


def recomputed_closure(
    version: Version, journey: str, sources: Callable[[Commit], Sources]
) -> Digest:
    """Return the digest of the sources of ``version``.

    Args:
        version: Which one; of the ledger's words on it only the commit is used.
        journey: The compiled text of a journey.
        sources: Returns the sources at a commit.

    Raises:
        ExpectedError: The sources cannot be read, or make no message.
    """
    subject = version.subject
    if subject.startswith(_TEMPLATES):
        found = sources(version.main)
        name = TemplateId(subject.removeprefix(_TEMPLATES))
        return closure_of(find_template(found, name), found).digest
    if subject.startswith(_JOURNEYS):
        return journey_closure(JourneyId(subject.removeprefix(_JOURNEYS)), journey)
    return version.closure  # what is in no closure is bound by the commit alone
