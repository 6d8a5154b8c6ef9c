"""Work that goes on after the answer, and how it is followed.

Everything here can be done again without harm, so an operation that a restart forgot is
simply asked for once more.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_hex
from threading import Lock, Thread
from typing import Final

from msgspec.structs import replace

from governance.errors import ExpectedError
from governance.ports import Clock, Progress
from governance.texts import _
from sync.api.service import Operation, OperationState
from sync.serving.mistakes import unforeseen
from sync.web.answers import NoSuchThingError

_log = logging.getLogger(__name__)
_KEPT: Final = 200

Work = Callable[[Progress], object]


@dataclass(slots=True)
class Operations:
    """The work under way, and the last that ended; any thread may ask."""

    clock: Clock
    _all: OrderedDict[str, Operation] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def start(self, work: Work) -> Operation:
        """Begin ``work`` in a thread of its own, and return its operation."""
        operation = Operation(
            id=f"op-{token_hex(8)}",
            state=OperationState.RUNNING,
            started_at=self.clock(),
        )
        self._keep(operation)
        follower = _Follower(self, operation)
        Thread(target=self._run, args=(work, follower), daemon=True).start()
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

    def _run(self, work: Work, follower: "_Follower") -> None:
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
            _log.error("An operation failed: %s", unforeseen(error))
            follower.end(
                OperationState.FAILED,
                problem=_("Something went wrong that we did not foresee."),
                remedy=_("The service's log says more."),
            )
        else:
            follower.end(OperationState.DONE)

    def _keep(self, operation: Operation) -> None:
        with self._lock:
            self._all[operation.id] = operation
            while len(self._all) > _KEPT:
                self._all.popitem(last=False)


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
        self._operations._keep(operation)  # noqa: SLF001 -- its other half
