"""The deeds of those who review a change: sign, request changes, comment, withdraw."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.context import Context
from app.controllers.signing import Signing
from governance.changes.comment_on_change import Remark, comment_on_change
from governance.changes.credentials import Consent, Credentials
from governance.changes.reading import Look
from governance.changes.reject_change import reject_change
from governance.changes.withdraw_change import withdraw_change
from governance.names import ChangeId, Role
from governance.ports import Progress
from governance.texts import _, ngettext, quoted
from governance.texts import language as spoken
from governance.trust.words import four_words
from widgets.kit.languages import language
from widgets.kit.page import PageView
from widgets.kit.sign_dialog import SignState
from widgets.kit.values import Fact, Mark, Tone
from widgets.reviews.change_deeds import sign_words
from widgets.reviews.change_state import unread
from widgets.reviews.change_values import Desk, Texts
from widgets.reviews.inbox_values import open_roles, role_title


@dataclass(frozen=True, slots=True)
class Done:
    """What was signed.

    Attributes:
        deed: "sign", "request", "comment" or "withdraw".
    """

    deed: str
    change: ChangeId


class ChangeDeeds(QObject):
    """Asks for a signature, and signs.

    Signals:
        done: What was signed, a ``Done``.
    """

    done = Signal(object)

    def __init__(self, view: PageView, context: Context) -> None:
        super().__init__(view)
        self._context = context
        self.signing = Signing(view, context)
        self.signing.succeeded.connect(self._on_signed)
        self._deed = Done("", ChangeId(""))

    def ask_sign(self, desk: Desk, look: Look, wanted: str = "") -> None:
        """Ask to sign as ``wanted``, or as the first role that is asked for."""
        roles = open_roles(desk.row, desk.state, desk.me)
        if not roles:
            return
        role = next((one for one in roles if one == wanted), roles[0])
        texts = desk.texts or Texts()
        missing = ", ".join(language(one) for one in unread(texts, desk.read))
        title = role_title(desk.state, role)
        if spoken() == "en":  # where a role within a sentence is written small
            title = title.lower()
        deed = _("Sign as {role}").format(role=title)
        state = SignState(
            deed,
            desk.row.change.title,
            deed,
            statement=sign_words(desk, role),
            facts=_sign_facts(desk, look, texts, role),
            unread=_(
                "I have read the texts in {languages} too, or someone I trust read "
                "them for me."
            ).format(languages=missing)
            if missing
            else "",
            consequence=_(
                "Your name, role and the time go into the signed history for everyone "
                "in the workspace. It can be withdrawn later, never removed."
            ),
            technical=_technical(look),
            demo_passphrase=self._context.identity.passphrase,
        )
        seen = tuple(
            dict.fromkeys(one.locale for one in texts.parts if one.locale in desk.read)
        )

        def sign(who: Credentials, _written: str, progress: Progress) -> object:
            consent = Consent(who.person, who.passphrase, role, locales_seen=seen)
            workspace = self._context.workspace
            return workspace.approve_change(look.proposed, consent, progress)

        self._deed = Done("sign", desk.row.change.id)
        self.signing.ask(state, sign)

    def ask_request(self, desk: Desk) -> None:
        """Ask what must change."""
        roles = open_roles(desk.row, desk.state, desk.me)
        if not roles:
            return
        state = SignState(
            _("Request changes"),
            desk.row.change.title,
            _("Request changes"),
            icon="arrow-u-up-left",
            asks=_("What must change?"),
            consequence=_(
                "Signatures that were given are void, and the author is told why."
            ),
            demo_passphrase=self._context.identity.passphrase,
        )
        self._deed = Done("request", desk.row.change.id)
        self.signing.ask(state, partial(self._request, desk.row.change.id, roles[0]))

    def ask_withdraw(self, desk: Desk) -> None:
        """Ask why a change is given up."""
        change = desk.row.change
        state = SignState(
            _("Withdraw this change"),
            change.title,
            _("Withdraw"),
            icon="prohibit",
            asks=_("Why is it withdrawn?"),
            kind="danger",
            consequence=_("It leaves the inbox of everyone. Your draft stays."),
            demo_passphrase=self._context.identity.passphrase,
        )
        self._deed = Done("withdraw", change.id)
        self.signing.ask(state, partial(self._withdraw, change.id))

    def ask_comment(self, change: ChangeId, remark: Remark, where: str) -> None:
        """Ask to sign what somebody says."""
        facts = (Fact(_("About"), where),) if where else ()
        state = SignState(
            _("Comment"),
            quoted(remark.text),
            _("Comment"),
            icon="chat-circle-text",
            facts=facts,
            facts_title=_("Where it stands"),
            consequence=_("Comments are part of the signed history."),
            demo_passphrase=self._context.identity.passphrase,
        )
        self._deed = Done("comment", change)
        self.signing.ask(state, partial(self._comment, change, remark))

    def _request(
        self,
        change: ChangeId,
        role: Role,
        who: Credentials,
        written: str,
        _progress: Progress,
    ) -> object:
        desk = self._context.workspace.desk
        return reject_change(desk, change, role, written, who)

    def _withdraw(
        self, change: ChangeId, who: Credentials, written: str, _progress: Progress
    ) -> object:
        return withdraw_change(self._context.workspace.desk, change, written, who)

    def _comment(
        self,
        change: ChangeId,
        remark: Remark,
        who: Credentials,
        _written: str,
        _progress: Progress,
    ) -> object:
        return comment_on_change(self._context.workspace.desk, change, remark, who)

    @Slot(object)
    def _on_signed(self, _result: object) -> None:
        self.done.emit(self._deed)


def said(done: Done, desk: Desk | None) -> str:
    """Say what was done, and who is still missing."""
    words = {
        "comment": _("Said, and in the history."),
        "request": _("Changes are requested. The author is told why."),
        "withdraw": _("Withdrawn. The draft stays."),
    }
    if done.deed in words or desk is None:
        return words.get(done.deed) or _("Signed, and in the history.")
    mine = open_roles(desk.row, desk.state, desk.me)
    left = [role for role in sorted(desk.row.tally.missing) if role not in mine[:1]]
    if not left:
        return _("Signed. Everyone who must has signed.")
    titles = ", ".join(role_title(desk.state, role) for role in left)
    return _("Signed. Still missing: {roles}.").format(roles=titles)


def _sign_facts(desk: Desk, look: Look, texts: Texts, role: Role) -> tuple[Fact, ...]:
    locales = dict.fromkeys(language(part.locale) for part in texts.parts)
    titles = ", ".join(dict.fromkeys(part.title for part in texts.parts))
    errors = desk.row.change.proposal.errors
    words = " ".join(
        four_words(bytes.fromhex(look.proposed.subjects[0].closure)).split()[:3]
    )
    found = Mark(_("No errors"), "check-circle-fill", Tone.OK)
    if errors:
        count = ngettext("{count} error", "{count} errors", errors)
        found = Mark(count.format(count=errors), "x-circle-fill", Tone.ERROR)
    rule = _("{title}, as {number} of {needed} signatures").format(
        title=role_title(desk.state, role),
        number=len(desk.row.tally.seats) + 1,
        needed=sum(desk.row.tally.quorum.values()),
    )
    return (
        Fact(_("Messages"), titles or _("Shared files, rules or journeys")),
        Fact(_("Languages"), ", ".join(locales) or "–"),
        Fact(_("Findings"), found.word, found),
        Fact(_("Counts as"), rule),
        Fact(_("Text fingerprint"), words),
    )


def _technical(look: Look) -> tuple[Fact, ...]:
    return tuple(
        Fact(one.name, f"{one.closure[:16]}… / {one.compiled[:16]}…")
        for one in look.proposed.subjects[:8]
    )
