"""The versions of a template that may come back, and what each would change back."""

from collections.abc import Mapping
from dataclasses import replace

from app.workspace import Workspace
from governance.approval.candidate import Candidate
from governance.approval.verify import verify
from governance.changes.compared import Kind, Stretch, words
from governance.changes.restore import restored
from governance.content.sources import Sources
from governance.errors import ExpectedError
from governance.ledger.state import LedgerState, Version
from governance.names import SubjectName
from governance.ports import Progress
from governance.texts import _, dated
from widgets.publishing.rollback_dialog import Earlier


def earlier_versions(
    workspace: Workspace, subject: SubjectName, progress: Progress
) -> tuple[SubjectName, int, tuple[Earlier, ...]]:
    """Return the live version's number and the earlier ones, the latest first.

    Raises:
        LedgerUnavailableError: The repository cannot be read.
    """
    reader = workspace.reader
    page = reader.book.open()
    versions = page.state.versions.get(subject, ())
    live = versions[-1]
    released = reader.sources(reader.releases.seen().main)
    now_parts = reader.releases.compiled(page.tip, subject, live.number)
    found = []
    for at, version in enumerate(reversed(versions[:-1])):
        progress.step(_("Reading the versions"), done=at, total=len(versions))
        then = reader.releases.compiled(page.tip, subject, version.number)
        found.append(
            Earlier(
                version.number,
                _life(versions, version),
                _why_not(workspace, page.state, version, released),
                _differences(now_parts, then),
            )
        )
    return subject, live.number, tuple(found)


def _why_not(
    workspace: Workspace, state: LedgerState, version: Version, released: Sources
) -> str:
    """Say why a version cannot come back now, "" if it can."""
    candidate = Candidate(
        version.subject, version.closure, version.compiled, version.number
    )
    verdict = verify(replace(state, holds={}), candidate, now=workspace.clock())
    if not verdict.is_verified:
        return verdict.reason
    if version.closure == state.versions[version.subject][-1].closure:
        return _("It is the same text as what is live.")
    try:
        restored(version.subject, workspace.reader.sources(version.main), released)
    except ExpectedError as error:
        return str(error)
    return ""


def _life(versions: tuple[Version, ...], version: Version) -> str:
    after = versions[version.number] if version.number < len(versions) else None
    begun = dated(version.at.astimezone(), "%-d %B")
    if after is None:
        return _("since {day}").format(day=begun)
    ended = dated(after.at.astimezone(), "%-d %B")
    return _("{from_} to {to}").format(from_=begun, to=ended)


def _differences(
    now: Mapping[str, str], then: Mapping[str, str]
) -> tuple[tuple[str, tuple[Stretch, ...]], ...]:
    """Return what is read otherwise, part by part."""
    found = []
    for path in sorted({*now, *then}):
        if not path.endswith(("subject.txt", "email.txt", "sms.txt", "chat.txt")):
            continue
        stretches = words(now.get(path, ""), then.get(path, ""))
        if any(one.kind is not Kind.SAME for one in stretches):
            found.append((path.replace("/", ", "), _near(stretches)))
    same = Stretch(Kind.SAME, _("Nothing that is read differs."))
    return tuple(found) or (("", (same,)),)


def _near(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Leave out what is far from a change."""
    kept = []
    for one in stretches:
        parts = one.text.split()
        if one.kind is Kind.SAME and len(parts) > 24:  # noqa: PLR2004 -- two lines
            text = " ".join([*parts[:10], "…", *parts[-10:]])
            kept.append(Stretch(Kind.SAME, text))
        else:
            kept.append(one)
    return tuple(kept)
