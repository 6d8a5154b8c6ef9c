"""What an SMTP server's answers mean, in our words; its own may repeat an address."""

from typing import Final

from governance.texts import _
from sync.errors import (
    MailerBusyError,
    MailerInDoubtError,
    MailerRefusedError,
    MailerUnavailableError,
)

TEMPORARY, _PERMANENT = 400, 500  # SMTP: 4xx is for now, 5xx for ever
CLOSING: Final = 421  # the server ends the connection
# What is wrong with our account or our connection, and not with the recipient.
_OURS: Final = frozenset({503, 530, 534, 535, 538})


def doubt() -> MailerInDoubtError:
    """Nobody knows whether the server has taken the message."""
    problem = _("The connection broke while a message was handed over.")
    return MailerInDoubtError(problem)


def away() -> MailerUnavailableError:
    """The server takes nothing from us now."""
    return MailerUnavailableError(_("The mail server takes nothing from us now."))


def unspeakable() -> MailerRefusedError:
    """No server could take such an address."""
    return MailerRefusedError(_("The mail server cannot write such an address."))


def refusal(code: int) -> MailerRefusedError | MailerUnavailableError:
    """Say no in our words; the server's own may repeat an address."""
    if code >= _PERMANENT and code not in _OURS:
        text = _("The mail server refused the message ({code}).")
        return MailerRefusedError(text.format(code=code))
    problem = _("The mail server does not take the message now ({code}).").format(
        code=code
    )
    if code in _OURS | {CLOSING}:
        return MailerUnavailableError(problem)
    return MailerBusyError(problem)


def provider_id(answer: bytes) -> str:
    """Return the server's own name for the message, where it tells one ("OK name")."""
    words = answer.decode("ascii", "replace").split()
    return words[-1] if len(words) > 1 else ""
