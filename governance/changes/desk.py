"""The desk at which people act: unlock a key, compose an entry, sign it, read anew."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from governance.changes.credentials import Credentials
from governance.changes.reading import Reader, Reading
from governance.errors import NotEntitledError, StaleChangeError
from governance.ledger.entry import Entry
from governance.ledger.ports import Append
from governance.ledger.state import Change, LedgerState, Stage
from governance.names import ChangeId
from governance.ports import Clock
from governance.texts import _
from governance.trust.keys import SigningKey
from governance.trust.ports import KeyVault
from governance.trust.signer import Signer


@dataclass(frozen=True, slots=True)
class Desk:
    """What every act needs."""

    reader: Reader
    vault: KeyVault
    clock: Clock

    def unlock(self, who: Credentials) -> SigningKey:
        """Return the key of ``who``.

        Raises:
            WrongPassphraseError: The passphrase does not fit, or there is no key here.
        """
        return self.vault.unlock(who.person, who.passphrase)

    def write(
        self,
        compose: Callable[[LedgerState, datetime], Entry],
        key: SigningKey,
        *,
        append: Append | None = None,
    ) -> Reading:
        """Sign and append what ``compose`` makes of the state as it is now.

        Raises:
            NotVerifiedError: The ledger went back, forked or is broken.
            NotEntitledError: Replay would let the entry be without effect.
            LedgerUnavailableError: The repository cannot be read or written.
            ExpectedError: Whatever ``compose`` refuses with.
        """
        now = self.clock()

        def sound(state: LedgerState) -> Entry:
            self.reader.require_sound(state)
            return compose(state, now)

        self.reader.book.write(sound, key, append=append)
        return self.reader.read()

    def signer(self, state: LedgerState, key: SigningKey, now: datetime) -> Signer:
        """Return who signs commits with ``key``.

        Raises:
            NotEntitledError: The key is nobody's here.
        """
        held = state.keys.get(key.public.fingerprint)
        if held is None or held.until is not None:
            raise NotEntitledError(_("This key is no member's."))
        return Signer(held.person, state.members[held.person].name, key, now)


def change_in(state: LedgerState, name: ChangeId) -> Change:
    """Return a change.

    Raises:
        StaleChangeError: There is none.
    """
    change = state.changes.get(name)
    if change is None:
        raise StaleChangeError(
            _("There is no change {change}.").format(change=name),
            code="NO_SUCH_CHANGE",
            remedy=_("Take its name from the list of changes."),
        )
    return change


def require_open(change: Change) -> None:
    """Let a change pass that can still be decided about.

    Raises:
        StaleChangeError: It was released, or its author gave it up.
    """
    if change.stage in {Stage.RELEASED, Stage.WITHDRAWN}:
        raise StaleChangeError(_("The change is no longer under review."))
