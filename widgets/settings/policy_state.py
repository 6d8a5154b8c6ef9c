"""The page on the signing policy, in words."""

from governance.ledger.policy import CLASSES, ClassRule, Policy
from governance.ledger.role_titles import role_title
from governance.texts import _, ngettext, quoted
from widgets.kit.values import Deed
from widgets.settings.form import Form, Group, Said

_DAY = 86_400
_MONTH = 365 * _DAY // 12


def policy_form(policy: Policy | None, why_not: str = "") -> Form:
    """Describe the policy in force, in words; it changes by signed entries."""
    title = _("Signing policy")
    if policy is None:
        return Form(title, _("Reading the policy …"), ())
    propose = Deed(
        "policy", _("Propose another…"), icon="pencil-simple", why_not=why_not
    )
    kinds = tuple(
        Said(
            class_title(name),
            quorum_words(policy, rule),
            help=_age_words(rule),
        )
        for name, rule in sorted(policy.classes.items(), key=_order)
    )
    meanings = tuple(
        Said(role_title(policy, role), quoted(words))
        for role, words in policy.meanings.items()
    )
    urgent = policy.emergency
    seconds = ", ".join(role_title(policy, role) for role in urgent.seconds)
    return Form(
        title,
        _(
            "Whose signatures each kind of text needs. It changes only when "
            "administrators sign another one, which is confirmed under People and keys."
        ),
        (
            Group(_("Who must sign"), (*kinds, Said("", deeds=(propose,)))),
            Group(_("What a signature states"), meanings),
            Group(
                _("Who acts"),
                (
                    Said(
                        _("Releases"),
                        role_title(policy, policy.release.role),
                        help=_("Also what they wrote themselves.")
                        if policy.release.author_may_release
                        else _("Never what they wrote themselves."),
                    ),
                    Said(
                        _("Rolls back"),
                        role_title(policy, policy.rollback.role),
                        help=_("At once, with a reason."),
                    ),
                    Said(_("Adds people"), role_title(policy, policy.admin)),
                    Said(
                        _("In an emergency"),
                        _("{first} together with one of: {seconds}").format(
                            first=role_title(policy, urgent.role), seconds=seconds
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


def class_title(name: str) -> str:
    """Return what a class of texts is called."""
    names = {
        "message": _("What a candidate reads"),
        "journey": _("When it is sent"),
        "record": _("Titles, owners, dates"),
        "standards": _("What the checks demand"),
    }
    return names.get(name, name)


def _order(named: tuple[str, ClassRule]) -> int:
    return CLASSES.index(named[0]) if named[0] in CLASSES else len(CLASSES)


def quorum_words(policy: Policy, rule: ClassRule) -> str:
    """Say how many of which role a kind of text needs."""
    parts = []
    for role, seats in rule.quorum.items():
        if seats:
            title = role_title(policy, role)
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
