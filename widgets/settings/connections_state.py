"""The page on what the service is connected to."""

from dataclasses import dataclass
from enum import StrEnum

from governance.texts import _
from widgets.kit.values import Deed, Mark, Tone
from widgets.settings.form import Form, Group, Said


class Answer(StrEnum):
    """How a check went."""

    NOT_ASKED = "not asked"
    ASKING = "asking"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Asked:
    """What one of the outside systems answered.

    Attributes:
        words: What it said, or why it could not.
        at: The time of day, "" for never.
    """

    answer: Answer = Answer.NOT_ASKED
    words: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Connections:
    """What the service is connected to, as its settings say.

    Attributes:
        service: The address of a team's service, "" for the one beside us.
        file: Where its settings lie, "" where they lie on a server.
        problem: Why they cannot be read, "" if they can.
        host: The mail server, "" for the practice mailbox.
        mail: Host and port, "" for the practice mailbox.
        secrets: What keeps the secrets: "files", "keyring", "environment".
    """

    service: str = ""
    file: str = ""
    problem: str = ""
    sender: str = ""
    host: str = ""
    port: int = 25
    mail: str = ""
    user: str = ""
    tls: str = ""
    ats: str = ""
    secrets: str = ""
    asked_service: Asked = Asked()
    asked_mail: Asked = Asked()
    asked_ats: Asked = Asked()


def connections_form(them: Connections) -> Form:
    """Describe the page."""
    check = Deed(
        "check",
        _("Check now"),
        icon="arrows-clockwise",
        why_not=_("They are being asked.")
        if Answer.ASKING in {them.asked_service.answer, them.asked_mail.answer}
        else "",
    )
    where = them.file or _("on the computer of the service, {address}").format(
        address=them.service
    )
    service = Group(
        _("Service"),
        (
            Said(
                _("Address"),
                them.service or _("beside this window, on this computer"),
                deeds=(check,),
            ),
            Said(_("Its answer"), mark=answer_mark(them.asked_service)),
            Said(
                _("Its settings"),
                where,
                is_code=bool(them.file),
                help=_(
                    "What cannot be changed here is changed with a text editor, and "
                    "holds when the service starts again. What each line means: "
                    "countersign serve --help"
                ),
                deeds=(Deed("open-service", _("Open folder"), icon="folder"),)
                if them.file
                else (),
            ),
        ),
    )
    intro = _("Where messages go out, and where candidates come from.")
    title = _("Connections")
    if them.problem:
        trouble = Mark(them.problem, "warning-octagon", Tone.ERROR)
        return Form(
            title, intro, (service, Group("", (Said(_("Problem"), mark=trouble),)))
        )
    if not them.file:
        return Form(title, intro, (service,))
    return Form(title, intro, (service, _mail(them), _ats(them), _secrets(them)))


def _mail(them: Connections) -> Group:
    locks = {
        "none": _("not encrypted"),
        "starttls": _("encrypted (STARTTLS)"),
        "tls": _("encrypted (TLS)"),
    }
    practice = _("Practice mailbox: nothing leaves this computer")
    change = Deed("mail", _("Change…"), icon="pencil-simple")
    lines = [
        Said(_("Sender"), them.sender, deeds=(change,)),
        Said(_("Mail server"), them.mail or practice),
    ]
    if them.mail:
        lines.append(Said(_("Way there"), locks.get(them.tls, them.tls)))
        lines.append(Said(_("User"), them.user or _("none")))
    lines.append(Said(_("Its answer"), mark=answer_mark(them.asked_mail)))
    return Group(_("E-mail"), tuple(lines))


def _ats(them: Connections) -> Group:
    practice = _("Practice ATS: its candidates are made up")
    return Group(
        _("Applicant tracking system"),
        (
            Said(
                _("System"),
                them.ats or practice,
                help=_("This version of Countersign speaks to the practice ATS alone."),
            ),
            Said(_("Its answer"), mark=answer_mark(them.asked_ats)),
        ),
    )


def _secrets(them: Connections) -> Group:
    kinds = {
        "files": _("In files of their own that only you can read"),
        "keyring": _("In the keyring of this computer"),
        "environment": _("In the environment that the service is started in"),
    }
    return Group(
        _("Passwords and keys"),
        (
            Said(
                _("Kept"),
                kinds.get(them.secrets, them.secrets),
                help=_("They are never shown here, and never stand in the settings."),
            ),
        ),
    )


def answer_mark(asked: Asked) -> Mark:
    """Say how a check went."""
    match asked.answer:
        case Answer.NOT_ASKED:
            return Mark(_("Not asked yet"), "circle-dashed", Tone.FAINT)
        case Answer.ASKING:
            return Mark(_("Asking …"), "circle-dashed", Tone.QUIET)
        case Answer.GOOD:
            words = _("{words} Asked at {time}.").format(
                words=asked.words, time=asked.at
            )
            return Mark(words, "check-circle-fill", Tone.OK)
        case Answer.BAD:
            words = _("{words} Asked at {time}.").format(
                words=asked.words, time=asked.at
            )
            return Mark(words, "x-circle-fill", Tone.ERROR)
