"""What stands beside the library's list: one template, or one other thing."""

from datetime import date

from app.controllers.library_files import Listing
from app.controllers.library_picture import Picture
from app.identity import name_of
from app.snapshot import Snapshot
from governance.changes.library import LibraryRow, Standing, subject_of
from governance.ledger.state import LedgerState, Version
from governance.names import TemplateId
from governance.texts import _, dated, ngettext
from widgets.kit.values import Deed, Fact, Mark, Tone
from widgets.library.line_state import is_due
from widgets.library.marks_state import standing_mark
from widgets.library.shelf_state import GoneTemplate, InspectorState, LibraryFile


def template_inspector(
    row: LibraryRow,
    snapshot: Snapshot,
    listing: Listing,
    made: Picture | None,
    drifted: str,
) -> InspectorState:
    """Describe a template: its text rendered, its facts, what can be done."""
    state = snapshot.reading.state
    live = state.current(subject_of(row.id))
    marks = [standing_mark(row, snapshot.reading.changes, drifted)]
    if live is not None and row.standing is not Standing.LIVE:
        words = _("Version {number} live").format(number=live.number)
        marks.append(Mark(words, "broadcast", Tone.OK))
    return InspectorState(
        row.title,
        tuple(marks),
        made.html if made else "",
        is_waiting=made is None and not row.problem,
        facts=_facts(row, snapshot, listing, live),
        deeds=_deeds(row),
        note=row.problem or (made.problem if made else ""),
        more=template_deeds(row),
    )


def file_inspector(one: LibraryFile) -> InspectorState:
    """Describe something that is no template: what it is, and who uses it."""
    kinds = {
        "journeys": Mark(_("Journey"), "path", Tone.QUIET),
        "partials": Mark(_("Partial"), "puzzle-piece", Tone.QUIET),
        "fields": Mark(_("Merge field"), "brackets-curly", Tone.QUIET),
        "styles": Mark(_("Rule of style"), "book-open", Tone.QUIET),
        "samples": Mark(_("Sample"), "users", Tone.QUIET),
    }
    return InspectorState(
        one.title,
        (kinds[one.kind],),
        facts=one.facts,
        note=one.what if one.kind in {"fields", "samples"} else "",
        deeds=(Deed("open", _("Open"), "primary", "pencil-simple"),),
    )


def gone_inspector(one: GoneTemplate) -> InspectorState:
    """Describe a template that was archived and not reviewed yet."""
    return InspectorState(
        one.title,
        (Mark(_("Archived, not reviewed yet"), "archive", Tone.QUIET),),
        note=_(
            "Candidates get it until somebody else has reviewed that it is archived, "
            "and that was released. Its history stays."
        ),
        deeds=(
            Deed(
                "submit-gone", _("Submit for review…"), "primary", "paper-plane-right"
            ),
            Deed("put-back", _("Put back"), icon="arrow-u-up-left"),
        ),
    )


def template_deeds(row: LibraryRow) -> tuple[Deed, ...]:
    """Return what can be done with a template besides opening it."""
    busy = _("It is under review. Withdraw or release that change first.")
    why_not = busy if row.change else ""
    torn = _("It cannot be read. Open it and mend it first.")
    unread = torn if row.standing is Standing.BROKEN else ""
    return (
        Deed("duplicate", _("Duplicate…"), icon="copy", why_not=unread),
        Deed(
            "rename",
            _("Rename…"),
            icon="text-aa",
            shortcut="F2",
            why_not=unread or why_not,
        ),
        Deed("move", _("Move to another stage…"), icon="folder", why_not=why_not),
        Deed(
            "archive",
            _("Archive…"),
            "stop",
            icon="archive",
            shortcut="Del",
            why_not=why_not,
        ),
    )


def _facts(
    row: LibraryRow, snapshot: Snapshot, listing: Listing, live: Version | None
) -> tuple[Fact, ...]:
    state = snapshot.reading.state
    if row.problem:
        return ()
    facts = [Fact(_("Owner"), name_of(state, row.owner))]
    if row.goal:
        facts.append(Fact(_("Purpose"), row.goal))
    if row.helps:
        facts.append(Fact(_("Sent when"), row.helps))
    if live is not None:
        facts.append(Fact(_("Signed by"), _signers(state, live)))
    if row.change and row.change in snapshot.reading.changes:
        title = snapshot.reading.changes[row.change].change.title
        facts.append(Fact(_("Under review"), title, link=f"change:{row.change}"))
    facts.append(Fact(_("Used by"), _journeys(row.id, listing)))
    if row.review is not None:
        facts.append(_review(row.review, snapshot.at.date()))
    return tuple(facts)


def _review(day: date, today: date) -> Fact:
    said = dated(day, "%-d %B %Y")
    if not is_due(day, today):
        return Fact(_("Look again"), said)
    words = _("{day}, overdue").format(day=said) if day < today else said
    return Fact(_("Look again"), said, Mark(words, "calendar-blank", Tone.WARN))


def _journeys(template: TemplateId, listing: Listing) -> str:
    found = listing.journeys.get(template, ())
    if not found:
        return _("No journey; sent by hand")
    if len(found) == 1:
        return _("The journey “{title}”").format(title=found[0])
    words = ngettext("{count} journey", "{count} journeys", len(found))
    return f"{words.format(count=len(found))}: {', '.join(found)}"


def _signers(state: LedgerState, live: Version) -> str:
    change = state.changes.get(live.change)
    signed = change.approvals if change else ()
    people = dict.fromkeys(name_of(state, one.person) for one in signed)
    day = dated(live.at.astimezone(), "%-d %B")
    return _("{people} on {day}").format(people=", ".join(people) or "–", day=day)


def _deeds(row: LibraryRow) -> tuple[Deed, ...]:
    is_begun = row.standing in {Standing.EDITED, Standing.DRAFT}
    words = _("Continue draft") if is_begun else _("Open")
    deeds = [Deed("open", words, "primary", "pencil-simple")]
    if row.change:
        deeds.append(Deed("review", _("Review"), icon="eye"))
    deeds.append(Deed("versions", _("Versions"), icon="clock-counter-clockwise"))
    return tuple(deeds)
