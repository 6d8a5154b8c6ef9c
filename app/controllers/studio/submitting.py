"""Submitting a draft: what is proposed, in words and as sources."""

from dataclasses import dataclass

from app.workspace import Workspace
from governance.changes.credentials import Credentials
from governance.changes.draft import Draft, Opened
from governance.changes.narrowed import narrowed
from governance.content.sources import Sources, changed
from governance.names import ChangeId, TemplateId
from governance.ports import Progress
from governance.texts import _


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody puts up for review.

    Attributes:
        template: None where one file of another kind is meant.
        path: That file, "" for a template.
        change: The change that is put up again, None for a new one.
    """

    sources: Sources
    template: TemplateId | None
    path: str = ""
    change: ChangeId | None = None


def submit(
    workspace: Workspace,
    proposal: Proposal,
    who: Credentials,
    written: str,
    progress: Progress,
) -> Opened:
    """Open a change, or put one up again; ``written`` is its title and its reason.

    Raises:
        ExpectedError: As ``OpenChange`` and ``ReviseChange``.
    """
    title, _line, reason = written.partition("\n")
    base = workspace.base()
    before = workspace.reader.sources(base)
    if proposal.template is not None:
        sources = narrowed(before, proposal.sources, (proposal.template,))
    else:
        text = proposal.sources.read(proposal.path)
        sources = before.with_text(proposal.path, text)
    draft = Draft(title, reason, sources, base)
    if proposal.change is not None:
        return workspace.revise_change(proposal.change, draft, who, progress)
    return workspace.open_change(draft, who, progress)


def what_changed(before: Sources, after: Sources, title: str, folder: str) -> str:
    """Say in a line what differs, for its author to say better."""
    names = {
        "email.mjml": _("e-mail"),
        "email.html": _("e-mail"),
        "email.txt": _("plain text"),
        "sms.txt": _("SMS"),
        "subject.txt": _("subject"),
        "preheader.txt": _("preheader"),
        "template.toml": _("details"),
    }
    found: dict[str, list[str]] = {}
    for path in changed(before, after):
        if not path.startswith(f"{folder}/"):
            continue
        rest = path.removeprefix(f"{folder}/").split("/")
        part = names.get(rest[-1], rest[-1])
        found.setdefault(part, [])
        if len(rest) > 1:
            found[part].append(rest[0])
    parts = [
        f"{part} ({', '.join(sorted(set(locales)))})" if locales else part
        for part, locales in found.items()
    ]
    if not parts:
        return title
    return _("{title}: {parts}").format(title=title, parts=", ".join(parts))
