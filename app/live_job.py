"""What the live loop is asked for and what comes of it: values, which load little."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from governance.content.cases import Forced
from governance.content.sources import Sources
from governance.names import Digest, Locale, SampleName, TemplateId

if TYPE_CHECKING:
    from governance.clients.previews import Previews, Wanted
    from governance.rendering.render import Rendered


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be seen.

    Attributes:
        revision: Of the document; an answer bears it.
        sample: None for the first one that fits.
        wanted: The mail clients that show it.
        closer: The one whose changes are read.
        forced: Values in place of the sample's, None for none at all.
    """

    revision: int
    sources: Sources = field(repr=False)
    template: TemplateId
    locale: Locale
    sample: SampleName | None = None
    wanted: "tuple[Wanted, ...]" = ()
    closer: "Wanted | None" = None
    forced: Forced = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """What came of a job.

    Attributes:
        mail: None where it cannot be rendered.
        problem: Why not, "" if it can.
        previews: What the clients make of it.
        pages: Digest → page, of all that ``previews`` names.
    """

    job: Job
    mail: "Rendered | None"
    problem: str = ""
    previews: "Previews | None" = field(default=None, repr=False)
    pages: Mapping[Digest, bytes] = field(default_factory=dict, repr=False)
