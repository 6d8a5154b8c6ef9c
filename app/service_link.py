"""The service beside the window: started, watched, asked for news."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QTimer, Slot

from app.embedded import Beside
from app.events import Events
from app.tasks import Lane, Task, Tasks
from app.workspace import Workspace
from governance.changes.credentials import Credentials
from governance.errors import ExpectedError, OperationCancelledError
from governance.ports import Progress
from governance.texts import _
from sync.api.stops import Scope
from sync.client import ServiceClient
from sync.errors import ServiceUnavailableError

Answer = TypeVar("Answer")

_START: Final = 10.0  # seconds that a service may take to start
_LOOK: Final = 1000  # milliseconds between looks for news


class ServiceStage(StrEnum):
    """How the service is."""

    STARTING = "starting"
    ON = "on"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class ServiceState:
    """What the window knows of the service.

    Attributes:
        problem: Why it is away, "" when it is not.
        is_sending: Whether anything is sent; what is stopped in part is.
        stops: What holds it back, in words.
    """

    stage: ServiceStage
    problem: str = ""
    is_sending: bool = True
    stops: tuple[str, ...] = ()


class ServiceLink(QObject):
    """Keeps the service running and the window informed.

    All calls are made in the NETWORK lane: hand ``asked`` a function of the client.
    """

    def __init__(self, workspace: Workspace, tasks: Tasks, events: Events) -> None:
        super().__init__(events)
        self._workspace = workspace
        self._tasks = tasks
        self._events = events
        self._stack = ExitStack()
        self._beside: Beside | None = None
        self._client: ServiceClient | None = None
        self._seen = 0
        self._task: Task | None = None
        self._is_closed = False
        self._is_lost = False
        self.state = ServiceState(ServiceStage.STARTING)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        """Have the service run, and look for news from now on."""
        self._timer.start()
        self._on_time()

    @property
    def is_ours(self) -> bool:
        """Whether this window started the service, and can start it again."""
        return self._beside is not None and bool(self._beside.children)

    def restart(self) -> None:
        """Start the service anew: its settings are others now."""
        self._is_lost = True
        self._say(ServiceState(ServiceStage.STARTING))
        self._on_time()

    def ask(self, question: Callable[[ServiceClient, Progress], Answer]) -> Task:
        """Ask the service something in the background, with the rights of a reader."""
        return self._tasks.start(Lane.NETWORK, partial(self._asked, question))

    def close(self) -> None:
        """End what was started here; called when no task runs any more."""
        self._is_closed = True
        self._timer.stop()
        if self._task is not None:  # it may be starting the service just now
            self._task.ended.wait(_START)
        if self._client is not None:
            self._client.close()
        self._stack.close()

    def _asked(
        self,
        question: Callable[[ServiceClient, Progress], Answer],
        progress: Progress,
    ) -> Answer:
        client = self._client
        if client is None:
            raise ServiceUnavailableError(_("The service is still starting."))
        return question(client, progress)

    def acted(
        self,
        deed: Callable[[ServiceClient, Progress], Answer],
        who: Credentials,
        progress: Progress,
    ) -> Answer:
        """Do something there that needs a person: it logs in first, by signature.

        Called in a lane, never in the window's own thread.

        Raises:
            WrongPassphraseError: The key cannot be unlocked.
            LoginNeededError: The service does not let this person do it.
            ServiceUnavailableError: It is away.
        """
        client = self._client
        if client is None:
            raise ServiceUnavailableError(_("The service is still starting."))
        progress.step(_("Unlocking your key"), done=0, total=0)
        key = self._workspace.desk.unlock(who)
        return deed(client.within(client.login(who.person, key)), progress)

    @Slot()
    def _on_time(self) -> None:
        if self._task is None and not self._is_closed:
            self._task = self._tasks.start(Lane.NETWORK, self._look)
            self._task.progressed.connect(self._on_starting)
            self._task.succeeded.connect(self._on_looked)
            self._task.failed.connect(self._on_failed)
            self._task.settled.connect(self._on_settled)

    def _look(self, progress: Progress) -> tuple[int, ServiceState]:
        """Start the service where it does not run, and ask it for news."""
        if self._client is None or self._is_lost or not _lives(self._beside):
            progress.step(_("Starting the service"), done=0, total=0)
            self._start()
            self._is_lost = False
        assert self._client is not None
        news = self._client.changes(self._seen)
        stops = self._client.stops()
        state = ServiceState(
            ServiceStage.ON,
            is_sending=not any(stop.scope is Scope.ALL for stop in stops),
            stops=tuple(stop.reason for stop in stops),
        )
        return news.last, state

    def _start(self) -> None:
        settings = self._workspace.settings
        if self._client is not None:
            self._client.close()
            self._client = None
        if settings.service:
            self._client = ServiceClient.at(settings.service)
            return
        self._stack.close()
        paths = self._workspace.paths
        name = self._workspace.state().workspace
        beside = self._stack.enter_context(Beside.of(paths, name))
        if self._is_closed:  # the window went while it started
            self._stack.close()
            raise OperationCancelledError
        self._beside = beside
        self._client = ServiceClient.at(beside.address, beside.token)

    @Slot(str, int, int)
    def _on_starting(self, _label: str, _done: int, _total: int) -> None:
        self._say(ServiceState(ServiceStage.STARTING))

    @Slot(object)
    def _on_looked(self, looked: tuple[int, ServiceState]) -> None:
        seen, state = looked
        is_news = seen != self._seen
        self._seen = seen
        self._say(state)
        if is_news:
            self._events.news_arrived.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, OperationCancelledError):
            return
        self._is_lost = True  # it may run no more: the next look starts it where not
        words = str(error) if isinstance(error, ExpectedError) else type(error).__name__
        self._say(ServiceState(ServiceStage.AWAY, words))

    def _say(self, state: ServiceState) -> None:
        if state != self.state:
            self.state = state
            self._events.service_changed.emit(state)

    @Slot()
    def _on_settled(self) -> None:
        self._task = None


def _lives(beside: Beside | None) -> bool:
    return beside is None or all(child.is_running() for child in beside.children)
