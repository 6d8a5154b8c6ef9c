"""What the publishing room shows."""

from dataclasses import dataclass, field

from governance.names import SubjectName
from governance.texts import _, ngettext
from sync.publishing.publication import State
from widgets.kit.values import Choice, Deed, Empty, Notice, Table
from widgets.publishing.listed_state import by_destination, by_template, releases
from widgets.publishing.plan_state import Plan, plan_of
from widgets.publishing.shelf import (
    BY_DESTINATION,
    BY_TEMPLATE,
    RELEASES,
    Shelf,
    is_ready,
)


@dataclass(frozen=True, slots=True)
class PublishingState:
    """Everything that the room draws."""

    title: str
    count: str
    views: tuple[Choice, ...]
    view: str
    table: Table
    selected: str
    plan: Plan
    notices: tuple[Notice, ...] = ()
    empty: Empty | None = None
    deeds: tuple[Deed, ...] = field(default=())
    ticked: tuple[str, ...] = ()


def publishing_state(
    shelf: Shelf,
    view: str,
    words: str,
    selected: str,
    ticked: frozenset[str] = frozenset(),
) -> PublishingState:
    """Describe the room; ``ticked`` messages are published at once."""
    ready = tuple(row for row in shelf.changes.values() if is_ready(row))
    if view == RELEASES:
        table = releases(shelf, words)
    elif view == BY_DESTINATION:
        table = by_destination(shelf, words)
    else:
        table = by_template(shelf, ready, words, ticked)
    keys = {row.key for row in table.rows}
    chosen = selected if selected in keys else (table.rows[0].key if table.rows else "")
    marked = tuple(
        SubjectName(key)
        for key in sorted(ticked)
        if view == BY_TEMPLATE and key in shelf.current
    )
    return PublishingState(
        _("Publishing"),
        _count(shelf, len(ready)),
        (
            Choice(BY_TEMPLATE, _("By template")),
            Choice(BY_DESTINATION, _("By destination")),
            Choice(RELEASES, _("Releases")),
        ),
        view,
        table,
        chosen,
        plan_of(shelf, chosen, marked),
        empty=None if table.rows else _empty(shelf, view, words),
        ticked=tuple(map(str, marked)),
    )


def _count(shelf: Shelf, ready: int) -> str:
    """Say what is to be done, or that nothing is."""
    current = shelf.current
    rows = [(one, row) for one in current for row in shelf.there(one)]
    differ = sum(row.state in {State.DRIFTED, State.MISSING} for _one, row in rows)
    paste = len({one for one, row in rows if row.state is State.BY_HAND})
    behind = len({one for one, row in rows if row.version < current[one].number})
    released = ngettext(
        "{count} change to release", "{count} changes to release", ready
    )
    publish = ngettext(
        "{count} message to publish", "{count} messages to publish", behind
    )
    pasted = ngettext("{count} message to paste", "{count} messages to paste", paste)
    differs = ngettext("{count} text differs", "{count} texts differ", differ)
    parts = [
        words.format(count=count)
        for words, count in (
            (released, ready),
            (publish, behind),
            (pasted, paste),
            (differs, differ),
        )
        if count
    ]
    if parts:
        return ", ".join(parts)
    if shelf.publications is None:
        return _("asking what is live …") if shelf.is_service_there else ""
    if not rows:
        return _("nothing is published to another system yet")
    return _("all that was published is as signed")


def _empty(shelf: Shelf, view: str, words: str) -> Empty:
    if words:
        return Empty(
            "magnifying-glass", _("Nothing matches “{words}”.").format(words=words)
        )
    if view == BY_DESTINATION and shelf.current:
        return Empty(
            "broadcast",
            _("Nothing is published to another system yet."),
            _(
                "Our own mail and SMS use every release at once. Publish a message to "
                "put it into your applicant tracking system too."
            ),
        )
    return Empty(
        "broadcast",
        _("Nothing is released yet."),
        _("When everyone has signed a change, it is released here."),
    )


def check_deed() -> Deed:
    """Return the deed of asking every destination what it holds."""
    return Deed("check", _("Check now"), icon="arrows-clockwise", shortcut="F5")
