"""One change: what it alters, who must sign, and the deeds of those who review."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.change_texts import looked_at
from app.controllers.signing import Signing
from app.places import Place, Room
from app.snapshot import Snapshot
from app.tasks import Lane, Task
from governance.changes.comment_on_change import Remark, comment_on_change
from governance.changes.credentials import Consent, Credentials
from governance.changes.reading import ChangeRow, Look
from governance.changes.reject_change import reject_change
from governance.changes.withdraw_change import withdraw_change
from governance.errors import ExpectedError
from governance.names import ChangeId, Role
from governance.ports import Progress
from governance.texts import _
from governance.trust.words import four_words
from widgets.kit.sign_dialog import SignState
from widgets.kit.values import Fact
from widgets.reviews.change_state import (
    ChangeState,
    Desk,
    Texts,
    change_state,
    sign_words,
    unread,
)
from widgets.reviews.change_view import ChangeView
from widgets.reviews.inbox_state import open_roles, role_title


class ChangeController(QObject):
    """Holds which change is shown, what this computer made of it, and what was read."""

    def __init__(self, view: ChangeView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._id = ChangeId("")
        self._look: Look | None = None
        self._texts: Texts | None = None
        self._task: Task | None = None
        self._template = ""
        self._locale = ""
        self._tab = "rendered"
        self._mark = 1
        self._read: frozenset[str] = frozenset()
        self._stale = ""
        self._signing = Signing(view, context)
        self._signing.succeeded.connect(self._on_signed)
        view.tab_chosen.connect(self._on_tab_chosen)
        view.template_chosen.connect(self._on_template_chosen)
        view.locale_chosen.connect(self._on_locale_chosen)
        view.mark_chosen.connect(self._on_mark_chosen)
        view.deed_chosen.connect(self._on_deed_chosen)
        view.commented.connect(self._on_commented)
        context.events.reading_changed.connect(self._on_reading_changed)
        context.events.identity_changed.connect(self._draw)
        context.events.place_changed.connect(self._on_place_changed)

    def widget(self) -> ChangeView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the change named ``place.key``."""
        if place.key and place.key != self._id:
            self._id = ChangeId(place.key)
            self._tab, self._mark = "rendered", 1
            self._template = self._locale = ""
            self._read = frozenset()
            self._reload()
        self._draw()

    def _reload(self) -> None:
        self._look, self._texts, self._stale = None, None, ""
        work = partial(looked_at, self._context.workspace, self._id)
        if self._task is not None:
            self._task.cancel()
        self._task = self._context.tasks.start(Lane.READ, work)
        self._task.succeeded.connect(self._on_looked)
        self._task.failed.connect(self._on_look_failed)

    @Slot(object)
    def _on_looked(self, made: tuple[Look, Texts]) -> None:
        look, texts = made
        if look.change.id != self._id:
            return
        self._look, self._texts = look, texts
        if texts.parts:
            first = next((one for one in texts.parts if one.mail.marks), texts.parts[0])
            self._template = self._template or first.template
            self._locale = self._locale or first.locale
            self._read |= {self._locale}
        else:
            self._tab = "others" if texts.others else "details"
        self._draw()

    @Slot(object)
    def _on_look_failed(self, error: Exception) -> None:
        if isinstance(error, ExpectedError):
            self._texts = Texts(problem=f"{error} {_(error.remedy)}")
            self._draw()
        self._context.messages.log(error)

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        row = snapshot.reading.changes.get(self._id)
        look = self._look
        if row and look and row.change.proposal != look.change.proposal:
            self._stale = _("The text changed. Read what is new first.")
        self._draw()

    @Slot(object)
    def _on_place_changed(self, place: Place) -> None:
        if place.room is not Room.CHANGE:
            self._context.desktop.set_status("change", "globe", "")

    def _row(self) -> ChangeRow | None:
        snapshot = self._context.readings.current
        return snapshot.reading.changes.get(self._id) if snapshot else None

    def _desk(self) -> Desk | None:
        row, snapshot = self._row(), self._context.readings.current
        if row is None or snapshot is None:
            return None
        return Desk(
            row,
            snapshot.reading.state,
            self._context.identity.person,
            self._context.workspace.clock(),
            self._texts,
            self._template,
            self._locale,
            self._tab,
            self._mark,
            self._read,
            self._stale,
        )

    @Slot()
    def _draw(self) -> None:
        desk = self._desk()
        state = change_state(desk) if desk else ChangeState(title=_("Change"))
        self._view.render_state(state)
        is_here = self._context.navigator.place.room is Room.CHANGE
        note = state.languages_note if is_here else ""
        self._context.desktop.set_status("change", "globe", note)

    @Slot(str)
    def _on_tab_chosen(self, key: str) -> None:
        self._tab = key
        self._draw()

    @Slot(str)
    def _on_template_chosen(self, key: str) -> None:
        self._template, self._mark = key, 1
        self._draw()

    @Slot(str)
    def _on_locale_chosen(self, key: str) -> None:
        self._locale, self._mark = key, 1
        self._read |= {key}
        self._draw()

    @Slot(int)
    def _on_mark_chosen(self, number: int) -> None:
        self._mark = number
        self._draw()

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        match key:
            case "sign":
                self._ask_sign()
            case "request":
                self._ask_request()
            case "withdraw":
                self._ask_withdraw()
            case "reload":
                self._reload()
                self._draw()
            case "edit" if self._template:
                self._context.navigator.open(Place(Room.STUDIO, self._template))
            case _:
                pass

    def _role(self, desk: Desk) -> Role | None:
        roles = open_roles(desk.row, desk.state, desk.me)
        return roles[0] if roles else None

    def _ask_sign(self) -> None:
        desk, look = self._desk(), self._look
        role = self._role(desk) if desk else None
        if desk is None or look is None or role is None:
            return
        texts = self._texts or Texts()
        missing = unread(texts, self._read)
        title = role_title(desk.state, role)
        state = SignState(
            _("Sign as {role}").format(role=title.lower()),
            desk.row.change.title,
            _("Sign as {role}").format(role=title.lower()),
            statement=sign_words(desk, role),
            facts=_sign_facts(desk, look, texts),
            unread=_(
                "I have read the texts in {languages} too, or someone I trust read "
                "them for me."
            ).format(languages=", ".join(missing))
            if missing
            else "",
            consequence=_(
                "Your name, role and the time go into the signed history for everyone "
                "in the workspace. It can be withdrawn later, never removed."
            ),
            technical=_technical(look),
            demo_passphrase=self._context.identity.passphrase,
        )
        work = partial(self._sign, look, role)
        self._signing.ask(state, work)

    def _sign(
        self,
        look: Look,
        role: Role,
        who: Credentials,
        _written: str,
        progress: Progress,
    ) -> object:
        seen = tuple(
            dict.fromkeys(
                part.locale
                for part in (self._texts or Texts()).parts
                if part.locale in self._read
            )
        )
        consent = Consent(who.person, who.passphrase, role, locales_seen=seen)
        return self._context.workspace.approve_change(look.proposed, consent, progress)

    def _ask_request(self) -> None:
        desk = self._desk()
        role = self._role(desk) if desk else None
        if desk is None or role is None:
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
        self._signing.ask(state, partial(self._request, role))

    def _request(
        self, role: Role, who: Credentials, written: str, _progress: Progress
    ) -> object:
        desk = self._context.workspace.desk
        return reject_change(desk, self._id, role, written, who)

    def _ask_withdraw(self) -> None:
        row = self._row()
        if row is None:
            return
        state = SignState(
            _("Withdraw this change"),
            row.change.title,
            _("Withdraw"),
            icon="prohibit",
            asks=_("Why is it withdrawn?"),
            kind="danger",
            consequence=_("It leaves the inbox of everyone. Your draft stays."),
            demo_passphrase=self._context.identity.passphrase,
        )
        self._signing.ask(state, self._withdraw)

    def _withdraw(self, who: Credentials, written: str, _progress: Progress) -> object:
        return withdraw_change(self._context.workspace.desk, self._id, written, who)

    @Slot(str, bool, int)
    def _on_commented(self, text: str, must_answer: bool, answers: int) -> None:  # noqa: FBT001 -- a signal has no keywords
        remark = Remark(text, must_answer, answers if answers >= 0 else None)
        state = SignState(
            _("Comment"),
            f"“{text}”",
            _("Comment"),
            icon="chat-circle-text",
            consequence=_("Comments are part of the signed history."),
            demo_passphrase=self._context.identity.passphrase,
        )
        self._signing.ask(state, partial(self._comment, remark))

    def _comment(
        self, remark: Remark, who: Credentials, _written: str, _progress: Progress
    ) -> object:
        desk = self._context.workspace.desk
        return comment_on_change(desk, self._id, remark, who)

    @Slot(object)
    def _on_signed(self, _result: object) -> None:
        self._view.clear_comment()
        self._context.desktop.toast(_("Signed, and in the history."))


def _sign_facts(desk: Desk, look: Look, texts: Texts) -> tuple[Fact, ...]:
    locales = ", ".join(dict.fromkeys(part.locale for part in texts.parts))
    titles = ", ".join(dict.fromkeys(part.title for part in texts.parts))
    errors = desk.row.change.proposal.errors
    words = " ".join(
        four_words(bytes.fromhex(look.proposed.subjects[0].closure)).split()[:3]
    )
    return (
        Fact(_("Messages"), titles or _("Shared files, rules or journeys")),
        Fact(_("Languages"), locales or "–"),
        Fact(_("Findings"), _("{count} errors").format(count=errors)),
        Fact(
            _("Counts as"),
            _("{signed} of {needed} signatures so far").format(
                signed=len(desk.row.tally.seats),
                needed=sum(desk.row.tally.quorum.values()),
            ),
        ),
        Fact(_("Text fingerprint"), words),
    )


def _technical(look: Look) -> tuple[Fact, ...]:
    return tuple(
        Fact(one.name, f"{one.closure[:16]}… / {one.compiled[:16]}…")
        for one in look.proposed.subjects[:8]
    )


def make(context: Context) -> ChangeController:
    """Return the room."""
    return ChangeController(ChangeView(), context)
