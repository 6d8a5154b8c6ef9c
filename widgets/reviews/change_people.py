"""Who must sign a change, and what was said about it."""

from governance.ledger.state import LedgerState, Said
from governance.names import Role
from governance.texts import _, dated
from widgets.kit.languages import language
from widgets.kit.values import Mark, Tone
from widgets.reviews.change_values import CommentRow, Desk, SeatSign, Texts
from widgets.reviews.inbox_values import name_of, open_roles, role_title


def seats_of(desk: Desk) -> tuple[SeatSign, ...]:
    """Return the seats of the quorum, filled and waiting."""
    signs = []
    tally, state = desk.row.tally, desk.state
    mine = open_roles(desk.row, state, desk.me)
    for role in sorted(tally.quorum):
        title = role_title(state, role)
        for person in tally.people(role):
            when = [
                one.approval.at
                for one in desk.row.change.approvals
                if one.person == person
            ]
            at = dated(when[-1].astimezone(), "%-d %B, %H:%M") if when else ""
            mark = Mark(
                _("Signed this text, {when}").format(when=at),
                "check-circle-fill",
                Tone.OK,
            )
            name = name_of(state, person)
            signs.append(SeatSign(name, title, mark, name))
        for _seat in range(tally.missing.get(role, 0)):
            is_mine = role in mine
            who = name_of(state, desk.me) if is_mine and desk.me else ""
            name = _("You") if is_mine else _who_may(state, role, desk)
            tone = Tone.ACCENT if is_mine else Tone.QUIET
            icon = "circle-dashed" if is_mine else "circle"
            words = _("Waiting")
            if is_mine and desk.since is not None and desk.since.signed_at:
                words = _("Waiting. You signed an earlier text")
            signs.append(SeatSign(name, title, Mark(words, icon, tone), who or name))
    return tuple(signs)


def _who_may(state: LedgerState, role: Role, desk: Desk) -> str:
    names = [
        member.name or str(person)
        for person, member in state.members.items()
        if role in member.roles and person not in desk.row.change.authors
    ]
    return _(" or ").join(names) or _("Nobody holds this role")


def seats_note(desk: Desk) -> str:
    """Say how many have signed."""
    needed = sum(desk.row.tally.quorum.values())
    return _("{signed} of {needed}, all different people").format(
        signed=len(desk.row.tally.seats), needed=needed
    )


def comment_row(said: Said, desk: Desk) -> CommentRow:
    """Describe what somebody said, and where."""
    open_ones = {one.position for one in desk.row.change.unanswered}
    return CommentRow(
        said.position,
        name_of(desk.state, said.person),
        dated(said.comment.at.astimezone(), "%-d %B, %H:%M"),
        said.comment.text,
        place_words(said.comment.place, desk.texts),
        said.position in open_ones,
        said.comment.answers is not None,
        said.comment.place,
    )


def place_words(place: str, texts: Texts | None) -> str:
    """Say where something was said: "Change 2, English", or a file with its line."""
    if not place:
        return ""
    for part in texts.parts if texts else ():
        if place in part.places:
            return _("Change {number}, {language}").format(
                number=part.places.index(place) + 1, language=language(part.locale)
            )
    path, _colon, line = place.rpartition(":")
    if path and line.isdecimal():
        name = "/".join(path.split("/")[-2:])
        return _("{file}, line {line}").format(file=name, line=line)
    return place
