"""What can be done with a change, and why something cannot."""

from governance.names import Role
from governance.texts import _, dated, language
from widgets.kit.values import Deed, Notice, Tone
from widgets.reviews.change_values import Desk, Texts
from widgets.reviews.inbox_values import is_open, name_of, open_roles, role_title


def sign_words(desk: Desk, role: Role) -> str:
    """Return what a signature in ``role`` states."""
    policy = desk.state.policy
    own = policy.meanings.get(role, "") if policy else ""
    return own or _("I have read this and agree with it.")


def deeds_of(desk: Desk) -> tuple[Deed, ...]:
    """Return what ``desk.me`` may do, and why not what they may not."""
    change = desk.row.change
    is_author = desk.me in change.authors
    roles = open_roles(desk.row, desk.state, desk.me)
    if not is_open(change):
        return ()
    if is_author:
        return (
            Deed("withdraw", _("Withdraw…"), "ghost", "prohibit"),
            Deed("edit", _("Edit again"), "default", "pencil-simple"),
        )
    others = tuple(
        Deed(f"sign:{role}", _as_words(desk, role), "default", "pen-nib")
        for role in roles[1:]
        if not desk.stale
    )
    return (
        Deed(
            "request",
            _("Request changes…"),
            "default",
            "arrow-u-up-left",
            "Ctrl+Shift+R",
            why_not="" if roles else why_not_sign(desk),
        ),
        *others,
        Deed(
            "sign",
            _as_words(desk, roles[0] if roles else None),
            "primary",
            "pen-nib",
            "Ctrl+Return",
            why_not=desk.stale or ("" if roles else why_not_sign(desk)),
        ),
    )


def _as_words(desk: Desk, role: Role | None) -> str:
    title = role_title(desk.state, role) if role else _("reviewer")
    if language() == "en":  # where a role within a sentence is written small
        title = title.lower()
    return _("Sign as {role}…").format(role=title)


def why_not_sign(desk: Desk) -> str:
    """Say why ``desk.me`` cannot sign, "" if they can."""
    change, tally = desk.row.change, desk.row.tally
    reasons = (
        (not is_open(change), _("It is decided already.")),
        (
            desk.me in change.authors,
            _("You wrote this change, so someone else signs."),
        ),
        (
            change.rejection is not None,
            _("Changes were requested; its author puts it up again first."),
        ),
        (desk.me in tally.seats, _("You have signed this text.")),
        (
            desk.me not in desk.state.members,
            _("You are no member of this workspace."),
        ),
        (not tally.missing, _("Everyone who must has signed.")),
        (True, _("None of your roles is asked for here.")),
    )
    return next(words for holds, words in reasons if holds)


def notices_of(desk: Desk, texts: Texts) -> tuple[Notice, ...]:
    """Return the banners; what is new has one of its own."""
    found = []
    change = desk.row.change
    if desk.stale:
        found.append(
            Notice(
                "reload",
                _("The text changed while you were reading it."),
                _("Nothing was signed. Read what is new, then sign."),
                Tone.WARN,
                "arrows-clockwise",
                _("Show what is new"),
            )
        )
    if change.rejection is not None:
        name = name_of(desk.state, change.rejection.person)
        found.append(
            Notice(
                "",
                _("{name} requested changes.").format(name=name),
                change.rejection.rejection.reason,
                Tone.WARN,
                "arrow-u-up-left",
            )
        )
    earlier = [one for one in change.approvals if one.person == desk.me]
    is_told = desk.since is not None and desk.news is not None
    if earlier and desk.me not in desk.row.tally.seats and not is_told:
        day = dated(earlier[-1].approval.at.astimezone(), "%-d %B")
        found.append(
            Notice(
                "",
                _("Changed since you signed on {day}.").format(day=day),
                _("Your signature no longer counts."),
                Tone.WARN,
                "arrows-clockwise",
            )
        )
    if texts.problem:
        found.append(Notice("", _("It cannot be rendered."), texts.problem, Tone.ERROR))
    return tuple(found)
