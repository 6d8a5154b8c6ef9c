"""The pages of the workspace: whose signatures count, and what it is connected to."""

from dataclasses import dataclass
from enum import StrEnum

from governance.ledger.policy import CLASSES, ClassRule, Policy
from governance.names import Role
from governance.texts import _, ngettext, quoted
from widgets.kit.values import Deed, Mark, Tone
from widgets.settings.form import Form, Group, Said

_DAY = 86_400
_MONTH = 365 * _DAY // 12


def policy_form(policy: Policy | None) -> Form:
    """Describe the policy in force, in words; it changes by signed entries."""
    title = _("Signing policy")
    if policy is None:
        return Form(title, _("Reading the policy …"), ())
    names = {
        "message": _("What a candidate reads"),
        "journey": _("When it is sent"),
        "record": _("Titles, owners, dates"),
        "standards": _("What the checks demand"),
    }
    kinds = tuple(
        Said(
            names.get(name, name),
            quorum_words(policy, rule),
            help=_age_words(rule),
        )
        for name, rule in sorted(policy.classes.items(), key=_order)
    )
    meanings = tuple(
        Said(_title(policy, role), quoted(words))
        for role, words in policy.meanings.items()
    )
    urgent = policy.emergency
    seconds = ", ".join(_title(policy, role) for role in urgent.seconds)
    return Form(
        title,
        _(
            "Whose signatures each kind of text needs. It changes only when "
            "administrators sign another one, which is confirmed under People and "
            "keys; here it is read."
        ),
        (
            Group(_("Who must sign"), kinds),
            Group(_("What a signature states"), meanings),
            Group(
                _("Who acts"),
                (
                    Said(
                        _("Releases"),
                        _title(policy, policy.release.role),
                        help=_("Also what they wrote themselves.")
                        if policy.release.author_may_release
                        else _("Never what they wrote themselves."),
                    ),
                    Said(
                        _("Rolls back"),
                        _title(policy, policy.rollback.role),
                        help=_("At once, with a reason."),
                    ),
                    Said(_("Adds people"), _title(policy, policy.admin)),
                    Said(
                        _("In an emergency"),
                        _("{first} together with one of: {seconds}").format(
                            first=_title(policy, urgent.role), seconds=seconds
                        ),
                        help=_(
                            "The request holds for {wait}. Everyone else signs within "
                            "{review}."
                        ).format(
                            wait=span_words(urgent.lasts),
                            review=span_words(urgent.review_within),
                        ),
                    ),
                ),
            ),
        ),
    )


def _order(named: tuple[str, ClassRule]) -> int:
    return CLASSES.index(named[0]) if named[0] in CLASSES else len(CLASSES)


def quorum_words(policy: Policy, rule: ClassRule) -> str:
    """Say how many of which role a kind of text needs."""
    parts = []
    for role, seats in rule.quorum.items():
        if seats:
            title = _title(policy, role)
            parts.append(title if seats == 1 else f"{seats} × {title}")
    return ", ".join(parts)


def span_words(seconds: int) -> str:
    """Say a duration: 72 hours, 7 days, 12 months."""
    if seconds >= 2 * _MONTH:
        count = round(seconds / _MONTH)
        return ngettext("{count} month", "{count} months", count).format(count=count)
    if seconds >= 4 * _DAY:
        count = round(seconds / _DAY)
        return ngettext("{count} day", "{count} days", count).format(count=count)
    count = round(seconds / 3600)
    return ngettext("{count} hour", "{count} hours", count).format(count=count)


def _age_words(rule: ClassRule) -> str:
    if not rule.max_age:
        return _("Different people; a signature holds until the text changes.")
    return _("Different people; a signature holds for {span}.").format(
        span=span_words(rule.max_age)
    )


def _title(policy: Policy, role: Role) -> str:
    return policy.roles.get(role, str(role))


# Connections --------------------------------------------------------------------------


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
        mail: Host and port, "" for the practice mailbox.
        secrets: What keeps the secrets: "files", "keyring", "environment".
    """

    service: str = ""
    file: str = ""
    problem: str = ""
    sender: str = ""
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
            Said(_("Answer"), mark=answer_mark(them.asked_service)),
            Said(
                _("Its settings"),
                where,
                is_code=bool(them.file),
                help=_(
                    "They are changed with a text editor, and hold after the service "
                    "has started anew. What each line means: countersign serve --help"
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
    lines = [
        Said(_("Sender"), them.sender),
        Said(_("Mail server"), them.mail or practice),
    ]
    if them.mail:
        lines.append(Said(_("Way there"), locks.get(them.tls, them.tls)))
        lines.append(Said(_("User"), them.user or _("none")))
    lines.append(Said(_("Answer"), mark=answer_mark(them.asked_mail)))
    return Group(_("E-mail"), tuple(lines))


def _ats(them: Connections) -> Group:
    practice = _("Practice ATS: its candidates are made up")
    return Group(
        _("Applicant tracking system"),
        (
            Said(_("System"), them.ats or practice),
            Said(_("Answer"), mark=answer_mark(them.asked_ats)),
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
