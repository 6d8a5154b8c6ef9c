"""Who wrote a change: the signers of its branch, each with a key of their own.

An author's name in a commit costs nothing; only what a member's key signed counts.
"""

from governance.content.ports import Repository
from governance.errors import BadSignatureError, NotEntitledError
from governance.ledger.kinds import Proposal
from governance.ledger.state import Change, LedgerState, Version
from governance.names import Commit, Fingerprint, PersonId
from governance.texts import _


def authors_of(
    state: LedgerState, repository: Repository, commit: Commit, base: Commit
) -> tuple[Fingerprint, ...]:
    """Return the keys that signed what ``commit`` adds to ``base``.

    Raises:
        BadSignatureError: A commit is not signed, or by somebody else than it names.
        NotEntitledError: ``base`` was never released: it would hide authors.
        LedgerUnavailableError: The repository cannot be read.
    """
    if base and not repository.is_released(base):
        raise NotEntitledError(
            _("The change does not begin with anything that was released.")
        )
    keys: set[Fingerprint] = set()
    for signer in repository.signers(commit, base=base):
        held = state.keys.get(signer.key)
        if held is None or held.person != signer.person:
            raise BadSignatureError(
                _(
                    "The commit {commit} names {person}, but another key signed it."
                ).format(commit=signer.commit[:12], person=signer.person)
            )
        keys.add(signer.key)
    return tuple(sorted(keys))


def writers_of(
    state: LedgerState, repository: Repository, version: Version
) -> tuple[PersonId, ...]:
    """Return who signed a commit of the change that a version came from.

    Raises:
        BadSignatureError: A commit is not signed, or by somebody else than it names.
        NotEntitledError: The change begins with what was never released.
        LedgerUnavailableError: The repository cannot be read.
    """
    proposal = state.changes[version.change].proposal
    keys = authors_of(state, repository, proposal.commit, proposal.base)
    return tuple(state.keys[key].person for key in keys)


def require_known_authors(
    state: LedgerState, repository: Repository, change: Change
) -> None:
    """Let a change pass whose entry names everyone who wrote it.

    Raises:
        BadSignatureError: A commit is not signed, or by somebody else than it names.
        NotEntitledError: The entry leaves an author out, who could then approve it.
        LedgerUnavailableError: The repository cannot be read.
    """
    proposal: Proposal = change.proposal
    for key in authors_of(state, repository, proposal.commit, proposal.base):
        person = state.keys[key].person
        if person not in change.authors:
            raise NotEntitledError(
                _("The change leaves out that {person} wrote a part of it.").format(
                    person=person
                )
            )
