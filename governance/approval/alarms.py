"""What makes everything stop: a ledger that cannot be believed as a whole."""

from collections.abc import Mapping
from typing import Protocol

from governance.approval.verdict import Code, Verdict
from governance.ledger.seen import Seen
from governance.ledger.state import LedgerState
from governance.names import Commit
from governance.texts import _


class Refs(Protocol):
    """Where git's references stand, whatever the ledger says of them."""

    @property
    def main(self) -> Commit:
        """Where ``main`` ends."""

    @property
    def tags(self) -> Mapping[str, Commit]:
        """The name of a release tag → the commit that it leads to."""


def alarm(
    state: LedgerState, *, seen: Seen | None = None, refs: Refs | None = None
) -> Verdict | None:
    """Say what is wrong with the ledger as a whole, None if nothing is.

    Args:
        state: The ledger.
        seen: What was seen of it last.
        refs: Where the references stand; each is compared with what the ledger says.
    """
    if seen and not seen.is_before(state):
        return _gone_back(state, seen)
    if fault := state.fault:
        reason = _("Entry {number} stops everything: {reason}").format(
            number=fault.position, reason=fault.reason
        )
        return Verdict(Code(fault.code), reason)
    return _moved(state, refs) if refs else None


def _gone_back(state: LedgerState, seen: Seen) -> Verdict:
    if state.length < seen.length:
        reason = _("The ledger had {seen} entries and has {now} now.")
        return Verdict(
            Code.LEDGER_REWOUND, reason.format(seen=seen.length, now=state.length)
        )
    return Verdict(
        Code.LEDGER_FORKED,
        _("The ledger is not the one that was seen before."),
    )


def _moved(state: LedgerState, refs: Refs) -> Verdict | None:
    if state.main and refs.main != state.main:
        return Verdict(
            Code.REF_MOVED, _("“main” does not end where the last release put it.")
        )
    expected = {
        version.tag: version.main
        for versions in state.versions.values()
        for version in versions
    }
    for tag in sorted(expected.keys() | refs.tags.keys()):
        if tag not in refs.tags:
            reason = _("The tag “{tag}” is gone.")
        elif tag not in expected:
            reason = _("No entry of the ledger made the tag “{tag}”.")
        elif refs.tags[tag] != expected[tag]:
            reason = _("The tag “{tag}” leads to another commit.")
        else:
            continue
        return Verdict(Code.REF_MOVED, reason.format(tag=tag))
    return None
