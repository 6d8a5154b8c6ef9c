"""The demo: a workspace with a team whose keys are real, and something to do in it."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from app.demo_people import MARK, is_demo
from app.embedded import Beside
from app.paths import Paths
from app.tour.authoring import FOLDER, found, sign_all
from app.tour.cast import HR, PRIYA, RUTH, SERVICE, TOMAS
from app.workspace import Workspace
from governance.changes.draft import Draft
from governance.changes.narrowed import narrowed
from governance.content.sources import Sources
from governance.names import ChangeId, SubjectName, TemplateId
from governance.people.enrol import enrol_service
from governance.ports import Progress
from governance.texts import _
from governance.trust.keys import PublicKey
from sync.client import ServiceClient

_STEPS: Final = 7


def make_demo(folder: Path, progress: Progress) -> Paths:
    """Make the demo in ``folder``, or return the one that is there.

    Raises:
        OperationCancelledError: The person stopped; nothing is left.
        LedgerUnavailableError: The disk cannot be written.
    """
    paths = Paths(folder.absolute())
    if is_demo(paths):
        return paths
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    half = folder.with_name(f".{folder.name}.making")
    shutil.rmtree(half, ignore_errors=True)
    try:
        _fill(half, progress)
        half.rename(folder)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return paths


def _fill(folder: Path, progress: Progress) -> None:
    progress.step(_("Preparing the templates"), done=0, total=_STEPS)
    workspace = found(folder)
    beside = ThreadPoolExecutor(1)  # the service takes its time to start
    try:
        service = beside.submit(_service_key, workspace)
        everything = workspace.sources()
        progress.step(_("Checking all of them"), done=1, total=_STEPS)
        opened = _open(
            workspace,
            _("Adopt the starter library"),
            _("A first version of every message."),
            everything,
        )
        progress.step(_("Three people sign"), done=2, total=_STEPS)
        sign_all(workspace, opened)
        progress.step(_("Releasing version 1"), done=3, total=_STEPS)
        _release(workspace, opened)
        progress.step(_("A second version of the invitation"), done=4, total=_STEPS)
        _second_version(workspace)
        progress.step(_("A change that waits for you"), done=5, total=_STEPS)
        _waiting(workspace)
        progress.step(_("The practice systems"), done=6, total=_STEPS)
        _enrol(workspace, service.result())
        (workspace.paths.ours / MARK).write_text("1")
    finally:
        beside.shutdown()
        workspace.close()


def _service_key(workspace: Workspace) -> PublicKey:
    """Start the service once, which makes its key and its database."""
    with Beside.of(workspace.paths, workspace.state().workspace) as beside:
        client = ServiceClient.at(beside.address, beside.token)
        try:
            return PublicKey.from_openssh(client.health().openssh)
        finally:
            client.close()


def _enrol(workspace: Workspace, public: PublicKey) -> None:
    """Let Ruth enrol the service's key: what it sends can then be proved."""
    key = workspace.desk.unlock(RUTH.credentials)
    book, now = workspace.reader.book, workspace.clock()
    name = _("The service that publishes and sends")
    enrol_service(book, SERVICE, name, public, key=key, now=now)


def _second_version(workspace: Workspace) -> None:
    """Release another invitation, so that there is something to roll back to."""
    path = f"{FOLDER}/en/email.mjml"
    mended = _with_more(
        workspace.sources(),
        path,
        "Bring whatever helps you think: notes, sketches, your own laptop.",
    )
    before = workspace.sources()
    workspace.folder.write(before, mended)
    change = _open(
        workspace,
        _("Invite people to bring what helps them"),
        _("Candidates asked whether notes are allowed."),
        mended,
    )
    sign_all(workspace, change)
    _release(workspace, change)


def _waiting(workspace: Workspace) -> None:
    """Open a change that legal and communications have not signed yet."""
    before = workspace.sources()
    path = next(
        path
        for path in before.texts
        if path.endswith("/en/email.mjml")
        and path.split("/")[-3].startswith("interview-reminder")
    )
    template = TemplateId(path.split("/")[-3])
    after = _with_more(
        before,
        path,
        "Do you need captions, more time or a different format? Reply to this "
        "message. It won’t affect how we assess you.",
    )
    change = _open(
        workspace,
        _("Offer adjustments in the reminder"),
        _("Four candidates asked in October whether adjustments are possible."),
        narrowed(before, after, (template,)),
        also=(SubjectName(f"templates/{template}"),),
    )
    seen = workspace.reader.look(change)
    workspace.approve_change(seen.proposed, TOMAS.consent(HR), _Silent())
    workspace.folder.write(before, after)


def _with_more(sources: Sources, path: str, sentence: str) -> Sources:
    """Return ``sources`` with a paragraph more in the mail at ``path``."""
    text = sources.read(path)
    at = text.rfind("</mj-text>")
    start = text.rfind("\n", 0, text.rfind("<mj-text", 0, at)) + 1
    indent = text[start : text.index("<", start)]
    more = f"{indent}<mj-text>\n{indent}  {sentence}\n{indent}</mj-text>\n"
    return sources.with_text(path, text[:start] + more + text[start:])


def _open(
    workspace: Workspace,
    title: str,
    reason: str,
    sources: Sources,
    also: tuple[SubjectName, ...] = (),
) -> ChangeId:
    draft = Draft(title, reason, sources, workspace.base(), also=also)
    return workspace.open_change(draft, PRIYA.credentials, _Silent()).change


def _release(workspace: Workspace, change: ChangeId) -> None:
    workspace.release_change(change, RUTH.credentials, _Silent())
    workspace.bring_up()


class _Silent:
    """Follows a step that is told as one."""

    def step(self, label: str, *, done: int, total: int) -> None:
        """Say nothing, stop nothing."""
