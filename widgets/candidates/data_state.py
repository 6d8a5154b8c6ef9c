"""What is asked before a candidate's data is given out, or erased."""

from governance.texts import _, ngettext
from widgets.kit.sign_dialog import SignState
from widgets.kit.values import Deed, Fact


def data_deeds(why_not: str, *, is_erased: bool, is_known: bool) -> tuple[Deed, ...]:
    """Offer both; who may not is told who may."""
    if not is_known:
        return ()
    erased = _("Nothing of the person is kept any more.") if is_erased else ""
    return (
        Deed(
            "export",
            _("Export for an access request…"),
            icon="export",
            why_not=why_not,
        ),
        Deed("erase", _("Erase…"), "stop", "trash", why_not=why_not or erased),
    )


def export_question(name: str, passphrase: str) -> SignState:
    """Return what to confirm before all that is kept is collected."""
    return SignState(
        _("Export for an access request"),
        name,
        _("Collect the data"),
        icon="export",
        facts=(
            Fact(
                _("In it"),
                _(
                    "What the ATS told us, consents, every message, exactly as it was "
                    "sent, and each decision about it."
                ),
            ),
            Fact(
                _("Left out"),
                _(
                    "Recruiters, interviewers and who of the team decided: they are "
                    "other people. What the ATS keeps itself."
                ),
            ),
        ),
        facts_title=_("What is collected"),
        consequence=_(
            "That you exported it stands in the service's log. The file is personal: "
            "give it to the candidate alone, and delete it then."
        ),
        demo_passphrase=passphrase,
    )


def erase_question(name: str, passphrase: str, *, to_come: int, sent: int) -> SignState:
    """Return what to confirm before a candidate is erased."""
    waiting = ngettext(
        "{count} message to come is not sent any more.",
        "{count} messages to come are not sent any more.",
        to_come,
    ).format(count=to_come)
    proofs = ngettext(
        "The proof of {count} message: when, which signed version, and which gates. "
        "Without it nobody could show later that nothing wrong was sent. To whom, and "
        "what it said, cannot be read any more.",
        "The proofs of {count} messages: when, which signed version, and which gates. "
        "Without them nobody could show later that nothing wrong was sent. To whom, "
        "and what they said, cannot be read any more.",
        sent,
    ).format(count=sent)
    return SignState(
        _("Erase this candidate"),
        name,
        _("Erase for good"),
        icon="trash",
        kind="danger",
        facts=(
            Fact(
                _("Goes"),
                _(
                    "Name, addresses, all that the ATS told us, the text of every "
                    "message. Nothing brings it back."
                ),
            ),
            Fact(_("Also"), waiting),
            Fact(_("Stays"), proofs),
            Fact(
                _("Not here"),
                _("Your ATS keeps its own data: erase the person there too."),
            ),
        ),
        facts_title=_("What goes, and what stays and why"),
        consequence=_(
            "Nobody who was erased is taken in again by the service. That you did it "
            "is kept, signed."
        ),
        demo_passphrase=passphrase,
    )
