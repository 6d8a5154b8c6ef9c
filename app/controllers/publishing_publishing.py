"""Publishing: one signature, each message by itself, and what came of each."""

from collections.abc import Callable
from functools import partial
from time import sleep
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.context import Context
from app.controllers.signing import Signing
from app.tasks import Lane
from governance.changes.credentials import Credentials
from governance.errors import ExpectedError, NotVerifiedError, OperationCancelledError
from governance.names import SubjectName, TemplateId
from governance.ports import Progress
from governance.texts import _, ngettext
from sync.api.publications import PublicationRow
from sync.api.service import Operation, OperationState
from sync.client import ServiceClient
from sync.errors import LoginNeededError, ServiceRefusedError, ServiceUnavailableError
from widgets.kit.page import PageView
from widgets.kit.sign_dialog import SignState
from widgets.kit.values import Fact
from widgets.publishing.effects_state import effects_of
from widgets.publishing.shelf import TEMPLATES, Outcome, Shelf

_LOOK: Final = 0.1  # seconds between questions how work goes on


class Publishing(QObject):
    """Asks for a signature, and has the service publish.

    Signals:
        published: What came of each message.
    """

    published = Signal(object)

    def __init__(
        self, view: PageView, context: Context, shelf: Callable[[], Shelf]
    ) -> None:
        super().__init__(view)
        self._context = context
        self._shelf = shelf
        self.signing = Signing(view, context, Lane.NETWORK)
        self.signing.succeeded.connect(self._on_published)

    def ask(self, subjects: tuple[SubjectName, ...]) -> None:
        """Ask before messages are published."""
        shelf = self._shelf()
        known = tuple(one for one in subjects if one in shelf.current)
        if not known:
            return
        count = len(known)
        deed = ngettext("Publish", "Publish {count} messages", count)
        facts = tuple(
            Fact(one.mark.word, one.plain) for one in effects_of(shelf, known)
        )
        state = SignState(
            deed.format(count=count),
            ", ".join(shelf.title(one) for one in known),
            deed.format(count=count),
            icon="broadcast",
            facts=facts,
            facts_title=_("What will happen"),
            consequence=_(
                "The service verifies the signatures itself before it starts. One that "
                "fails does not undo the others."
            ),
            demo_passphrase=self._context.identity.passphrase,
        )
        self.signing.ask(state, partial(self._publish, known))

    def _publish(
        self,
        subjects: tuple[SubjectName, ...],
        who: Credentials,
        _written: str,
        progress: Progress,
    ) -> object:
        deed = partial(published, subjects)
        return self._context.service.acted(deed, who, progress)

    @Slot(object)
    def _on_published(self, outcomes: tuple[Outcome, ...]) -> None:
        self._context.desktop.toast(summary(outcomes))
        self.published.emit(outcomes)


def summary(outcomes: tuple[Outcome, ...]) -> str:
    """Say in a sentence what came of it."""
    done = [one for one in outcomes if one.is_done]
    by_hand = sum(any(row.state == "by_hand" for row in one.rows) for one in done)
    if by_hand:
        return ngettext(
            "{count} message waits to be pasted by hand.",
            "{count} messages wait to be pasted by hand.",
            by_hand,
        ).format(count=by_hand)
    if len(done) == len(outcomes):
        return _("Published, read back, and equal to what was signed.")
    return _("{done} of {total} published. The others say why in the plan.").format(
        done=len(done), total=len(outcomes)
    )


def published(
    subjects: tuple[SubjectName, ...], service: ServiceClient, progress: Progress
) -> tuple[Outcome, ...]:
    """Have the service publish each message; one that fails does not stop the others.

    Raises:
        OperationCancelledError: The person stopped before anything was done.
        LoginNeededError: This person may not.
        ServiceUnavailableError: It is away, and nothing was done.
    """
    outcomes: list[Outcome] = []
    for done, subject in enumerate(subjects):
        name = TemplateId(subject.removeprefix(TEMPLATES))
        try:
            progress.step(_("Publishing"), done=done, total=len(subjects))
            _followed(service, service.publish(name), progress)
        except OperationCancelledError:
            if not outcomes:
                raise
            outcomes += [Outcome(one, is_left=True) for one in subjects[done:]]
            break
        except (LoginNeededError, ServiceUnavailableError):
            if not outcomes:
                raise
            problem = _("the service went away")
            outcomes += [Outcome(one, problem=problem) for one in subjects[done:]]
            break
        except ExpectedError as error:
            outcomes.append(Outcome(subject, problem=str(error)))
        else:
            outcomes.append(Outcome(subject))
    return _with_rows(tuple(outcomes), service)


def looked(
    names: tuple[TemplateId, ...], service: ServiceClient, progress: Progress
) -> tuple[PublicationRow, ...]:
    """Have the service read back what lies everywhere; what fails is left as it was.

    Raises:
        ServiceUnavailableError: It is away.
    """
    for done, name in enumerate(names):
        progress.step(_("Reading back"), done=done, total=len(names))
        try:
            _followed(service, service.publish(name, is_look=True), progress)
        except ServiceUnavailableError:
            raise
        except ExpectedError:
            continue  # its release does not verify: the room says so elsewhere
    return service.publications()


def _followed(service: ServiceClient, work: Operation, progress: Progress) -> None:
    """Wait until the service has done ``work``.

    Raises:
        NotVerifiedError: It could not prove the release.
        ServiceRefusedError: It failed.
        OperationCancelledError: The person stopped; what was begun is finished there.
    """
    while work.state is OperationState.RUNNING:
        progress.step(work.label or _("Publishing"), done=work.done, total=work.total)
        sleep(_LOOK)
        work = service.operation(work.id)
    if work.state is OperationState.FAILED:
        if work.code:
            raise NotVerifiedError(work.problem, code=work.code)
        raise ServiceRefusedError(f"{work.problem} {work.remedy}".strip())


def _with_rows(
    outcomes: tuple[Outcome, ...], service: ServiceClient
) -> tuple[Outcome, ...]:
    """Add what the service read back of each message."""
    try:
        rows = service.publications()
    except ServiceUnavailableError:
        return outcomes
    return tuple(
        Outcome(
            one.subject,
            tuple(
                row
                for row in rows
                if row.key.startswith(f"{one.subject.removeprefix(TEMPLATES)}/")
            ),
            one.problem,
            one.is_left,
        )
        for one in outcomes
    )
