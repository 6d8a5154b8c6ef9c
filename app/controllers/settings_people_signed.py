"""What is signed about people, in the background: each returns what to say then."""

from dataclasses import dataclass
from datetime import datetime

from app.workspace import Workspace
from governance.changes.credentials import Credentials
from governance.ledger.book import Book, Page
from governance.ledger.policy import Policy
from governance.ledger.state import Waiting
from governance.names import Fingerprint, PersonId, Role, person_id
from governance.people.change_policy import change_policy
from governance.people.confirm import confirm, just_signed
from governance.people.enrol import enrol
from governance.people.grant_role import grant_role, revoke_role
from governance.people.revoke_key import revoke_key
from governance.ports import Progress
from governance.texts import _
from governance.trust.keys import PublicKey, SigningKey
from widgets.settings.enrol_state import Newcomer


@dataclass(frozen=True, slots=True)
class Pen:
    """What somebody signs an entry with, into which book, and when."""

    book: Book
    key: SigningKey
    now: datetime


def taken_up(workspace: Workspace, who: Credentials) -> Pen:
    """Unlock a key, unless the history went back or is broken.

    Raises:
        NotVerifiedError: It did, or it is.
        WrongPassphraseError: The key cannot be unlocked.
    """
    workspace.reader.require_sound(workspace.state())
    key = workspace.desk.unlock(who)
    return Pen(workspace.reader.book, key, workspace.clock())


def policy_proposed(
    workspace: Workspace,
    policy: Policy,
    who: Credentials,
    written: str,
    _progress: Progress,
) -> str:
    """Put another policy in force, or up for a second administrator.

    Raises:
        ExpectedError: It is not allowed, or not possible now; nothing was signed.
    """
    pen = taken_up(workspace, who)
    page = change_policy(pen.book, policy, written, key=pen.key, now=pen.now)
    return _said(page, _("The new signing policy is in force."))


@dataclass(frozen=True, slots=True)
class RoleWish:
    """A role to give or to take, with its title."""

    person: PersonId
    role: Role
    title: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Which key is withdrawn, and from when on."""

    person: PersonId
    key: Fingerprint
    since: int | None


def enrolled(
    workspace: Workspace,
    one: Newcomer,
    theirs: PublicKey,
    who: Credentials,
    _written: str,
    _progress: Progress,
) -> str:
    """Let somebody take part, or put it up for a second administrator.

    Raises:
        ExpectedError: It is not allowed, or not possible now; nothing was signed.
    """
    pen = taken_up(workspace, who)
    page = enrol(
        pen.book,
        person_id(one.mail),
        one.name,
        theirs,
        *map(Role, one.roles),
        key=pen.key,
        now=pen.now,
    )
    return _said(page, _("{name} takes part now.").format(name=one.name))


def confirmed(
    workspace: Workspace,
    waiting: Waiting,
    who: Credentials,
    written: str,
    _progress: Progress,
) -> str:
    """Agree with what another administrator signed.

    Raises:
        ExpectedError: It is not allowed, or not possible now; nothing was signed.
    """
    pen = taken_up(workspace, who)
    confirm(pen.book, waiting, written, key=pen.key, now=pen.now)
    return _("Confirmed. It is in force.")


def role_given(
    workspace: Workspace,
    wish: RoleWish,
    who: Credentials,
    written: str,
    _progress: Progress,
) -> str:
    """Give a role, or put it up for a second administrator.

    Raises:
        ExpectedError: It is not allowed, or not possible now; nothing was signed.
    """
    pen = taken_up(workspace, who)
    page = grant_role(
        pen.book, wish.person, wish.role, written, key=pen.key, now=pen.now
    )
    return _said(page, _("The role “{role}” is given.").format(role=wish.title))


def role_taken(
    workspace: Workspace,
    wish: RoleWish,
    who: Credentials,
    written: str,
    _progress: Progress,
) -> str:
    """Take a role away, at once.

    Raises:
        ExpectedError: It is not allowed, or not possible now; nothing was signed.
    """
    pen = taken_up(workspace, who)
    revoke_role(pen.book, wish.person, wish.role, written, key=pen.key, now=pen.now)
    return _("The role “{role}” is taken away.").format(role=wish.title)


def withdrawn(
    workspace: Workspace,
    wish: Withdrawal,
    who: Credentials,
    written: str,
    _progress: Progress,
) -> str:
    """Withdraw a key, at once.

    Raises:
        ExpectedError: It is not allowed, or not possible now; nothing was signed.
    """
    pen = taken_up(workspace, who)
    revoke_key(
        pen.book,
        wish.person,
        wish.key,
        written,
        key=pen.key,
        now=pen.now,
        since=wish.since,
    )
    return _("The key is withdrawn. It signs nothing any more.")


def _said(page: Page, in_force: str) -> str:
    if just_signed(page) is None:
        return in_force
    return _("Signed. It waits for a second administrator.")
