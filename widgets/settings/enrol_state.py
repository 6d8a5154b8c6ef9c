"""Adding a person: what is missing, and the words to compare."""

from dataclasses import dataclass

from governance.errors import BadNameError, UnknownFormatError
from governance.names import PersonId, person_id
from governance.texts import _
from governance.trust.keys import PublicKey
from widgets.settings.people import People


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What was filled in.

    Attributes:
        line: Their public key, as ``ssh-ed25519 …``.
        is_compared: Whether the four words were compared.
        old_mail: Who gets a new key, "" for somebody new.
    """

    mail: str = ""
    name: str = ""
    line: str = ""
    roles: tuple[str, ...] = ()
    is_compared: bool = False
    old_mail: str = ""


@dataclass(frozen=True, slots=True)
class EnrolState:
    """What the dialog draws beside the fields.

    Attributes:
        problem: What is wrong with the key, "" for nothing.
        words: The four words of the key, "" without one.
        why_not: Why it cannot be signed yet.
    """

    problem: str = ""
    words: str = ""
    fingerprint: str = ""
    mail_problem: str = ""
    why_not: str = ""


def enrol_state(people: People, one: Newcomer) -> EnrolState:
    """Say what is missing."""
    key, problem = _key(people, one)
    mail_problem = _mail_problem(people, one)
    missing = (
        (not one.mail.strip(), _("The e-mail address is missing.")),
        (bool(mail_problem), mail_problem),
        (not one.name.strip(), _("The name is missing.")),
        (not one.line.strip(), _("The public key is missing.")),
        (key is None, problem),
        (not one.roles, _("Choose at least one role.")),
        (not one.is_compared, _("Compare the four words first.")),
    )
    return EnrolState(
        problem,
        key.words if key else "",
        str(key.fingerprint) if key else "",
        mail_problem,
        next((words for is_so, words in missing if is_so), ""),
    )


def key_of(line: str) -> PublicKey | None:
    """Return the key that somebody pasted, None for none."""
    try:
        return PublicKey.from_file(line.strip())
    except UnknownFormatError:
        return None


def _key(people: People, one: Newcomer) -> tuple[PublicKey | None, str]:
    if not one.line.strip():
        return None, ""
    key = key_of(one.line)
    if key is None:
        return None, _("This is no public key. It begins with ssh-ed25519.")
    held = people.state.keys.get(key.fingerprint)
    if held is not None:
        return None, _(
            "This key is or was {name}’s already; it takes a new one."
        ).format(name=people.name(held.person))
    return key, ""


def _mail_problem(people: People, one: Newcomer) -> str:
    mail = one.mail.strip()
    if not mail or one.old_mail:
        return ""
    try:
        person = person_id(mail)
    except BadNameError:
        return _("This is no e-mail address.")
    if PersonId(person) in people.state.members:
        return _("They take part already: select them and give them a new key.")
    return ""
