"""One's own key: another passphrase, a sheet to recover it from, and recovering it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from governance.errors import UnknownFormatError
from governance.names import PersonId
from governance.texts import _, dated
from governance.trust.keys import PublicKey, SigningKey
from governance.trust.ports import KeyVault

_LINE: Final = re.compile(r"^countersign-key/v\d+ \S+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose key it is.

    Attributes:
        workspace: The name of the workspace that it signs in.
    """

    person: PersonId
    name: str
    workspace: str


def change_passphrase(vault: KeyVault, person: PersonId, old: str, new: str) -> None:
    """Lock the key of ``person`` with another passphrase; the key stays the same.

    Raises:
        WrongPassphraseError: ``old`` does not fit, or there is no key here.
        VaultUnavailableError: It cannot be kept; the old passphrase still fits.
    """
    vault.keep(person, vault.unlock(person, old).lock(new))


def recovery_sheet(
    vault: KeyVault, holder: Holder, passphrase: str, *, now: datetime
) -> str:
    """Return what to print and lock away: the key, still locked with its passphrase.

    Raises:
        WrongPassphraseError: It does not fit, so the sheet would be of no use.
    """
    locked = vault.locked(holder.person)
    public = SigningKey.unlock(locked, passphrase).public
    return _sheet(holder, public, locked.decode("ascii").strip(), now)


def recover_key(
    vault: KeyVault,
    person: PersonId,
    sheet: str,
    passphrase: str,
    *,
    wanted: PublicKey | None,
) -> PublicKey:
    """Keep the key that a sheet holds, and return its public half.

    ``wanted`` is the one in use, which no other may replace; None where there is none.

    Raises:
        UnknownFormatError: The text holds no key, more than one, or another one.
        WrongPassphraseError: The passphrase is not the one that the key had then.
        VaultUnavailableError: It cannot be kept.
    """
    lines = _LINE.findall(sheet)
    if len(lines) != 1:
        raise UnknownFormatError(_("This is no recovery sheet."))
    locked = str(lines[0]).encode()
    public = SigningKey.unlock(locked, passphrase).public
    if wanted is not None and public != wanted:
        raise UnknownFormatError(
            _("The sheet holds another key than yours in this workspace.")
        )
    vault.keep(person, locked)
    return public


def _sheet(holder: Holder, public: PublicKey, locked: str, now: datetime) -> str:
    title = _("Countersign: recovery sheet")
    rows = (
        title,
        "=" * len(title),
        "",
        _("Key of {name} ({person})").format(name=holder.name, person=holder.person),
        _("Workspace: {name}").format(name=holder.workspace),
        _("Made on {day}").format(day=dated(now.astimezone(), "%-d %B %Y")),
        "",
        _("The four words of the key: {words}").format(words=public.words),
        _("Its fingerprint: {name}").format(name=public.fingerprint),
        public.openssh,
        "",
        _("The key itself, locked with the passphrase of that day:"),
        "",
        locked,
        "",
        _(
            "Print this page and lock it away; then delete the file. To recover the "
            "key on another computer: Settings, My key, “Recover from a sheet…”. "
            "The passphrase is not on this page. Without it the page is of no use."
        ),
    )
    return "".join(f"{row}\n" for row in rows)
