"""The allowed-signers file: with it, stock git and ssh-keygen check what we signed."""

from typing import Final

from governance.ledger.state import LedgerState
from governance.trust.dsse import NAMESPACE

GIT: Final = "git"


def allowed_signers(state: LedgerState) -> str:
    """Return a line for each key that ever was somebody's and was not stolen.

    A key that was put away stays: what it signed before is good. Which key might sign
    what at which place only replay knows; a signature of a stolen key is left to it.
    """
    lines = []
    for held in sorted(state.keys.values(), key=lambda held: held.since):
        if held.stolen_at is not None:
            continue
        is_service = state.members[held.person].is_service
        namespaces = (NAMESPACE,) if is_service else (GIT, NAMESPACE)
        lines.append(held.key.allowed(held.person, *namespaces))
    return "".join(f"{line}\n" for line in lines)
