"""Building a change: what it alters, compiled on this computer, as subjects to sign."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from governance.changes.affected import (
    JOURNEY,
    MESSAGE,
    REPOSITORY,
    Affected,
    affected,
    journey_closure,
    journey_subject,
    template_subject,
)
from governance.content.sources import Sources
from governance.errors import EmptyChangeError
from governance.journeys.compiled import JOURNEY_PART
from governance.ledger.entry import SubjectEntry
from governance.ledger.state import LedgerState
from governance.names import Digest, SubjectName
from governance.rendering.ports import Renderer
from governance.standards.finding import Finding, Severity
from governance.standards.ports import Checker
from governance.standards.record import CheckRecord, record_of
from governance.texts import _
from governance.trust.canonical import canonical, digest

Parts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Build:
    """What a change amounts to on this computer.

    Attributes:
        subjects: By name; which version each had before is the ledger's to say.
        parts: Subject → its compiled parts; what is not compiled has none.
    """

    sources: Sources = field(repr=False)
    changes: Affected = field(repr=False)
    subjects: tuple[SubjectEntry, ...]
    parts: Mapping[SubjectName, Parts] = field(repr=False)

    def numbered(self, state: LedgerState) -> tuple[SubjectEntry, ...]:
        """Return the subjects with the version that each has now."""
        return tuple(
            replace(subject, version_before=len(state.versions.get(subject.name, ())))
            for subject in self.subjects
        )

    @property
    def names(self) -> tuple[SubjectName, ...]:
        """The subjects' names."""
        return tuple(subject.name for subject in self.subjects)

    def as_in(self, recorded: tuple[SubjectEntry, ...]) -> tuple[SubjectEntry, ...]:
        """Return the subjects with the version that an earlier entry names."""
        before = {subject.name: subject.version_before for subject in recorded}
        return tuple(
            replace(subject, version_before=before.get(subject.name, 0))
            for subject in self.subjects
        )


@dataclass(frozen=True, slots=True)
class Checks:
    """What the checks said.

    Attributes:
        record: What is kept of it; its digest is signed.
    """

    findings: tuple[Finding, ...]
    record: CheckRecord

    @property
    def digest(self) -> Digest:
        """What an entry names."""
        return self.record.digest

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Those that must never go out."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds changes; compile and check are somebody else's."""

    renderer: Renderer
    checker: Checker

    def build(
        self, before: Sources, after: Sources, also: Collection[SubjectName] = ()
    ) -> Build:
        """Compile what in ``after`` differs from ``before``, or is named in ``also``.

        Raises:
            EmptyChangeError: Nothing differs.
            MarkupError: A template cannot be compiled.
            ContentError: A table says something impossible.
            RendererUnavailableError: Nobody compiles.
        """
        found = affected(before, after, also)
        subjects, parts = [], {}
        made = self.renderer.compile_many(tuple(found.templates), after)
        for (template, closure), compiled in zip(
            found.templates.items(), made, strict=True
        ):
            name = template_subject(template)
            parts[name] = compiled.parts
            subjects.append(_subject(name, (MESSAGE,), closure.digest, compiled.digest))
        for journey, text in found.journeys.items():
            name = journey_subject(journey)
            parts[name] = {JOURNEY_PART: text}
            compiled_digest = digest(canonical(parts[name]))
            closure_digest = journey_closure(journey, text)
            subjects.append(_subject(name, (JOURNEY,), closure_digest, compiled_digest))
        if found.rest:
            classes = found.rest_classes
            subjects.append(
                _subject(REPOSITORY, classes, found.rest_closure, Digest(""))
            )
        if not subjects:
            raise EmptyChangeError(_("Nothing differs from what is released."))
        subjects.sort(key=_name)
        return Build(after, found, tuple(subjects), parts)

    def check(self, build: Build) -> Checks:
        """Check every template that differs, and everything where more than that does.

        Another style guide, journey or table may make a template wrong that is as it
        was.

        Raises:
            RendererUnavailableError: Nobody checks.
        """
        changes = build.changes
        is_more = bool(changes.journeys or changes.rest)
        templates = None if is_more else tuple(sorted(changes.templates))
        findings = self.checker.check(build.sources, templates)
        return Checks(findings, record_of(findings))


def _subject(
    name: SubjectName, classes: tuple[str, ...], closure: Digest, compiled: Digest
) -> SubjectEntry:
    return SubjectEntry(
        name=name,
        classes=classes,
        closure=closure,
        compiled=compiled,
        version_before=0,
    )


def _name(subject: SubjectEntry) -> SubjectName:
    return subject.name
