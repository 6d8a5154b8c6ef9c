"""What the service knows that the ATS forgets: former stages, first appointments."""

from dataclasses import replace

from sync.candidates.facts import ApplicationSnapshot, Interview, Status, Visit


def remember(
    before: ApplicationSnapshot | None, now: ApplicationSnapshot
) -> ApplicationSnapshot:
    """Return ``now`` with what ``before`` knew and the ATS no longer says.

    An older reading that arrives late changes nothing.
    """
    if before is not None and now.updated_at < before.updated_at:
        return before
    status_at = now.status_at
    if status_at is None and now.status is not Status.ACTIVE:
        is_same = before is not None and before.status is now.status
        status_at = before.status_at if before and is_same else now.updated_at
    return replace(
        now,
        status_at=status_at,
        visits=_visits(before, now),
        interview=_interview(before.interview if before else None, now.interview),
    )


def _visits(
    before: ApplicationSnapshot | None, now: ApplicationSnapshot
) -> tuple[Visit, ...]:
    known = {(visit.stage, visit.entered_at): visit for visit in now.visits}
    current = (now.stage, now.stage_entered_at)
    for visit in before.visits if before else ():
        known.setdefault((visit.stage, visit.entered_at), visit)
    known.setdefault(current, Visit(*current))
    return tuple(
        visit
        if visit.left_at or key == current
        else replace(visit, left_at=now.stage_entered_at)
        for key, visit in sorted(known.items(), key=lambda item: item[1].entered_at)
    )


def _interview(before: Interview | None, now: Interview | None) -> Interview | None:
    if now is None:
        return None
    first = now.first_starts_at or now.starts_at
    if before is not None and before.id == now.id and before.first_starts_at:
        first = before.first_starts_at
    return replace(now, first_starts_at=first)
