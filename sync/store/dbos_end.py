"""Ending DBOS soon: its own way sleeps whole seconds, and a restart waits for it."""

from time import monotonic, sleep
from typing import Final

from dbos import DBOS
from dbos import _dbos as inside

_LOOK: Final = 0.01  # seconds between two looks


def end_dbos(patience: float) -> None:
    """End DBOS as soon as no job is under way, at the latest after ``patience``.

    A job that is cut off is found at the next start: handlers may be run again.
    """
    engine = inside._get_dbos_instance()  # noqa: SLF001 -- there is no public way
    for event in engine.background_thread_stop_events:
        event.set()
    under_way = engine._active_workflows_set  # noqa: SLF001
    until = monotonic() + patience
    while under_way.activeList() and monotonic() < until:
        sleep(_LOOK)
    DBOS.destroy(workflow_completion_timeout_sec=0)
