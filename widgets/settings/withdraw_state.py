"""Withdrawing a key: from when on, and what becomes void by it."""

from dataclasses import dataclass
from typing import Final

from governance.ledger.state import Member
from governance.texts import _
from widgets.kit.values import Choice
from widgets.settings.people import People, day, last_roles, moments, nobody_left

NOW: Final = "now"


@dataclass(frozen=True, slots=True)
class WithdrawState:
    """What the dialog draws.

    Attributes:
        choices: From when on it signs nothing: now, or something that it signed.
        void: What becomes void by the choice, in words.
        stays: What stays as it is.
        why_not: Why it cannot be done in this way.
    """

    name: str
    choices: tuple[Choice, ...]
    chosen: str
    void: tuple[str, ...]
    stays: str
    why_not: str = ""


def withdraw_state(people: People, member: Member, chosen: str) -> WithdrawState:
    """Describe the dialog; ``chosen`` is NOW or the position of something signed."""
    key = member.key.fingerprint if member.key else None
    signed = tuple(one for one in moments(people, member.person) if one.key == key)
    choices = [
        Choice(NOW, _("From now on: they left, or have another key")),
        *(
            Choice(
                str(one.position),
                _("Lost before “{what}”, {day}").format(
                    what=one.what, day=day(one.at, people.now)
                ),
            )
            for one in signed
        ),
    ]
    if key is not None:
        since = people.state.keys[key].since
        choices.append(Choice(str(since), _("Never theirs: all that it signed")))
    if chosen == NOW:
        needed = last_roles(people, member)
        why_not = nobody_left(people, needed)
        if why_not:
            why_not += " " + _(
                "A key that is lost or stolen is withdrawn all the same."
            )
        return WithdrawState(
            people.name(member.person),
            tuple(choices),
            chosen,
            (),
            _("What it signed until now stays valid."),
            why_not,
        )
    void = tuple(one.what for one in signed if one.position >= int(chosen))
    stays = _("What it signed before stays valid.") if len(void) < len(signed) else ""
    return WithdrawState(
        people.name(member.person), tuple(choices), chosen, void, stays
    )


def since_of(chosen: str) -> int | None:
    """Return the position from which on nothing counts, None for from now on."""
    return None if chosen == NOW else int(chosen)
