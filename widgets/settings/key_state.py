"""The page about one's own key."""

from dataclasses import dataclass
from enum import StrEnum

from governance.texts import _
from governance.trust.keys import PublicKey
from widgets.kit.values import Deed, Mark, Tone
from widgets.settings.form import Form, Group, Said


class Standing(StrEnum):
    """What the history says of a key."""

    NOBODY = "nobody"  # no one acts on this computer
    STRANGER = "stranger"
    WAITING = "waiting"
    IN_USE = "in use"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class MyKey:
    """Whose key this is and how it stands.

    Attributes:
        key: The one in use, None where the history knows none.
        is_in_keyring: Whether it lies in the keyring; in a file otherwise.
    """

    name: str
    mail: str
    key: PublicKey | None
    standing: Standing
    is_in_keyring: bool
    is_demo: bool = False


def key_form(mine: MyKey) -> Form:
    """Describe the page."""
    title = _("My key")
    if mine.standing is Standing.NOBODY:
        words = _("Nobody acts on this computer: you read, and sign nothing.")
        return Form(title, words, ())
    marks = {
        Standing.STRANGER: Mark(
            _("Nobody has added you yet. Send your public key to an administrator."),
            "hourglass",
            Tone.WARN,
        ),
        Standing.WAITING: Mark(
            _("Waits for a second administrator"), "hourglass", Tone.WARN
        ),
        Standing.IN_USE: Mark(_("In use"), "check-circle-fill", Tone.OK),
        Standing.WITHDRAWN: Mark(_("Withdrawn"), "prohibit", Tone.ERROR),
    }
    place = (
        _("In the keyring of this computer, locked with your passphrase")
        if mine.is_in_keyring
        else _("In a file that only you can read, locked with your passphrase")
    )
    return Form(
        title,
        _("What you sign with. It is unlocked for one signature, then forgotten."),
        (
            Group(
                "",
                (
                    Said(_("Person"), f"{mine.name} · {mine.mail}"),
                    Said(_("State"), mark=marks[mine.standing]),
                    Said(_("Kept"), place),
                ),
            ),
            *(_numbers(mine.key) if mine.key else ()),
            Group(_("Passphrase and recovery"), _safety(mine)),
        ),
    )


def _numbers(key: PublicKey) -> tuple[Group, ...]:
    return (
        Group(
            _("So that others know it"),
            (
                Said(
                    _("Four words"),
                    key.words,
                    help=_("Say them by phone when somebody confirms your key."),
                ),
                Said(_("Fingerprint"), str(key.fingerprint), is_code=True),
                Said(
                    _("Public key"),
                    key.openssh,
                    is_code=True,
                    help=_("Anybody may have it."),
                    deeds=(Deed("copy-key", _("Copy public key"), icon="copy"),),
                ),
            ),
        ),
    )


def _safety(mine: MyKey) -> tuple[Said, ...]:
    demo = _("The demo’s keys protect nothing, and stay as they are.")
    why_not = demo if mine.is_demo else ""
    return (
        Said(
            _("Passphrase"),
            _("Nobody can restore it."),
            deeds=(
                Deed(
                    "passphrase",
                    _("Change passphrase…"),
                    icon="lock-key",
                    why_not=why_not,
                ),
            ),
        ),
        Said(
            _("Recovery sheet"),
            _("Your key on paper, still locked with its passphrase."),
            help=_("Print it and lock it away. It helps when this computer is lost."),
            deeds=(
                Deed("sheet", _("Save a recovery sheet…"), icon="file-arrow-down"),
                Deed(
                    "recover",
                    _("Recover from a sheet…"),
                    icon="file-arrow-up",
                    why_not=why_not,
                ),
            ),
        ),
    )
