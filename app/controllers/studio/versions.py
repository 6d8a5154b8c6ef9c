"""What a version of a template said, beside what the draft says now."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.workspace import Workspace
from governance.content.sources import Sources
from governance.content.template import find_template
from governance.ledger.state import Version
from governance.names import TemplateId
from governance.ports import Progress
from governance.texts import _, dated
from widgets.diff.state import Pair, pairs
from widgets.kit.values import Choice
from widgets.studio.state import part_title


@dataclass(frozen=True, slots=True)
class Compared:
    """A version beside the draft.

    Attributes:
        texts: Path in the draft → the version's text, of the files that differ.
        rows: The same files → both sides, line by line.
    """

    number: int
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    rows: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict, repr=False)

    @property
    def parts(self) -> tuple[Choice, ...]:
        """The files that differ, the e-mail first."""
        paths = sorted(self.rows, key=lambda one: ("email.mjml" not in one, one))
        return tuple(Choice(one, part_title(one)) for one in paths)


def compare(
    workspace: Workspace,
    version: Version,
    name: TemplateId,
    draft: Sources,
    progress: Progress,
) -> Compared:
    """Compare a version's files with those of the draft.

    A template that was moved meanwhile is compared where it stands now.

    Raises:
        ContentError: The version has no such template, or none that can be read.
        LedgerUnavailableError: The repository cannot be read.
    """
    progress.step(_("Reading the version"), done=0, total=2)
    then = workspace.reader.sources(version.main)
    there = find_template(then, name).folder
    here = find_template(draft, name).folder
    before = _below(then, there)
    after = _below(draft, here)
    progress.step(_("Comparing"), done=1, total=2)
    texts, rows = {}, {}
    for rest in sorted({*before, *after}):
        old, new = before.get(rest, ""), after.get(rest, "")
        if old != new:
            rows[f"{here}/{rest}"] = pairs(old, new)
        if old != new and rest in before:
            texts[f"{here}/{rest}"] = old
    return Compared(version.number, texts, rows)


def version_choices(versions: tuple[Version, ...]) -> tuple[Choice, ...]:
    """Offer versions to compare with, the live one first."""
    found = []
    for at, version in enumerate(reversed(versions)):
        day = dated(version.at.astimezone(), "%-d %B %Y")
        words = (
            _("Version {number}, live since {day}")
            if at == 0
            else _("Version {number}, from {day}")
        )
        found.append(
            Choice(str(version.number), words.format(number=version.number, day=day))
        )
    return tuple(found)


def _below(sources: Sources, folder: str) -> Mapping[str, str]:
    return {
        path.removeprefix(f"{folder}/"): text
        for path, text in sources.texts.items()
        if path.startswith(f"{folder}/")
    }
