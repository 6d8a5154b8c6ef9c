"""Work that goes on after the answer, and how it is followed.

Everything here can be done again without harm, so an operation that a restart forgot is
simply asked for once more.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from secrets import token_hex
from threading import Lock, Thread
from typing import Final

from msgspec.structs import replace

from governance.errors import ExpectedError
from governance.ports import Clock, Progress
from governance.texts import _
from sync.api.service import Operation, OperationState
from sync.errors import log_unexpected
from sync.web.answers import BusyError, NoSuchThingError

_log = logging.getLogger(__name__)
_KEPT: Final = 200

Work = Callable[[Progress], object]


@dataclass(slots=True)
class Operations:
    """The work under way, and the last that ended; any thread may ask.

    Attributes:
        most: How much may be under way at once.
    """

    clock: Clock
    most: int = 4
    _all: OrderedDict[str, Operation] = field(default_factory=OrderedDict)
    _running: dict[str, str] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def start(self, kind: str, work: Work) -> Operation:
        """Begin ``work`` in a thread of its own, and return its operation.

        Where work of this ``kind`` is under way, that is the operation: it looks at
        what is in force, so doing it twice at once tells nobody more.

        Raises:
            BusyError: As much is under way as may be.
        """
        with self._lock:
            if running := self._running.get(kind):
                return self._all[running]
            if len(self._running) >= self.most:
                raise BusyError(_("The service has its hands full."))
            operation = Operation(
                id=f"op-{token_hex(8)}",
                state=OperationState.RUNNING,
                started_at=self.clock(),
            )
            self._running[kind] = operation.id
            self._keep(operation)
        follower = _Follower(self, operation)
        run = partial(self._run, kind, work, follower)
        Thread(target=run, name=operation.id, daemon=True).start()
        return operation

    def find(self, id_: str) -> Operation:
        """Return how work goes on.

        Raises:
            NoSuchThingError: There is none of that id.
        """
        with self._lock:
            operation = self._all.get(id_)
        if operation is None:
            raise NoSuchThingError(
                _("The service knows no such work. If it was started anew, ask again.")
            )
        return operation

    def _run(self, kind: str, work: Work, follower: "_Follower") -> None:
        try:
            self._do(work, follower)
        finally:
            with self._lock:
                del self._running[kind]

    def _do(self, work: Work, follower: "_Follower") -> None:
        try:
            work(follower)
        except ExpectedError as error:
            follower.end(
                OperationState.FAILED,
                problem=str(error),
                remedy=_(error.remedy),
                code=error.code,
            )
        except Exception as error:  # noqa: BLE001 -- the only net of this thread
            log_unexpected(_log, "An operation failed", error)
            follower.end(
                OperationState.FAILED,
                problem=_("Something went wrong that we did not foresee."),
                remedy=_("The service's log says more."),
            )
        else:
            follower.end(OperationState.DONE)

    def note(self, operation: Operation) -> None:
        """Write down where work is."""
        with self._lock:
            self._keep(operation)

    def _keep(self, operation: Operation) -> None:
        self._all[operation.id] = operation
        running = set(self._running.values())
        ended = [id_ for id_ in self._all if id_ not in running]
        for id_ in ended[: max(0, len(self._all) - _KEPT)]:
            del self._all[id_]


class _Follower:
    """Writes down where the work is."""

    def __init__(self, operations: Operations, operation: Operation) -> None:
        self._operations, self._operation = operations, operation

    def step(self, label: str, *, done: int, total: int) -> None:
        """Note the step that begins now."""
        self._note(replace(self._operation, label=label, done=done, total=total))

    def end(
        self,
        state: OperationState,
        *,
        problem: str = "",
        remedy: str = "",
        code: str = "",
    ) -> None:
        """Note the end."""
        self._note(
            replace(
                self._operation,
                state=state,
                done=self._operation.total,
                problem=problem,
                remedy=remedy,
                code=code,
            )
        )

    def _note(self, operation: Operation) -> None:
        self._operation = operation
        self._operations.note(operation)
