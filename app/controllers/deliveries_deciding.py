"""A person's word about messages: doubts, one or several, and a held one sent now."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.context import Context
from app.controllers.deliveries_outgoing import Outgoing
from app.controllers.signing import Signing
from app.tasks import Lane
from governance.changes.credentials import Credentials
from governance.errors import ExpectedError, OperationCancelledError
from governance.ports import Progress
from governance.texts import _, ngettext
from sync.api.deliveries import DeliveryRow, RoundRow
from sync.client import ServiceClient
from sync.errors import ServiceRefusedError, ServiceUnavailableError
from widgets.deliveries.together_state import names, why_not
from widgets.kit.page import PageView
from widgets.kit.sign_dialog import SignState
from widgets.kit.values import Fact
from widgets.outbox.anyway_state import asks_why, holds_of
from widgets.outbox.gates_state import gate_name
from widgets.outbox.state import Outbox, why


@dataclass(frozen=True, slots=True)
class Answered:
    """How far the answers about doubts came.

    Attributes:
        recorded: How many are recorded now.
        gone: How many were no longer in doubt: somebody else, or the provider, knew.
        left: How many were not said, since the person stopped.
    """

    recorded: int
    gone: int = 0
    left: int = 0

    @property
    def words(self) -> str:
        """Say it."""
        said = [
            ngettext(
                "Your answer is recorded.",
                "{count} answers are recorded.",
                self.recorded,
            ).format(count=self.recorded)
            if self.recorded
            else _("Nothing was recorded.")
        ]
        if self.gone:
            said.append(
                ngettext(
                    "{count} message was no longer in doubt.",
                    "{count} messages were no longer in doubt.",
                    self.gone,
                ).format(count=self.gone)
            )
        if self.left:
            said.append(
                ngettext(
                    "{count} is still in doubt.",
                    "{count} are still in doubt.",
                    self.left,
                ).format(count=self.left)
            )
        return " ".join(said)


class Deciding(QObject):
    """Asks for a signature, and hands each decision to the service by itself.

    Signals:
        decided: Something was recorded.
    """

    decided = Signal()

    def __init__(self, view: PageView, context: Context) -> None:
        super().__init__(view)
        self._context = context
        self._outgoing = Outgoing.of(context)
        self.signing = Signing(view, context, Lane.NETWORK)
        self.signing.succeeded.connect(self._on_done)

    def ask_doubts(self, rows: Sequence[DeliveryRow], *, was_sent: bool) -> None:
        """Ask for a word about messages in doubt."""
        box = self._outgoing.box
        if not rows or why_not(rows):
            return
        state = doubt_question(
            tuple(rows), box, self._context.identity.passphrase, was_sent=was_sent
        )
        ids = tuple(row.id for row in rows)
        self.signing.ask(state, partial(self._decide, ids, was_sent))

    def ask_anyway(self, row: DeliveryRow, rounds: tuple[RoundRow, ...]) -> None:
        """Ask why a held message is to go now."""
        box = self._outgoing.box
        state = anyway_question(row, rounds, box, self._context.identity.passphrase)
        self.signing.ask(state, partial(self._send_anyway, row.id))

    def _decide(
        self,
        ids: tuple[str, ...],
        was_sent: bool,  # noqa: FBT001 -- bound by a partial
        who: Credentials,
        _written: str,
        progress: Progress,
    ) -> object:
        deed = partial(decided, ids, was_sent)
        return self._context.service.acted(deed, who, progress).words

    def _send_anyway(
        self, message: str, who: Credentials, written: str, progress: Progress
    ) -> object:
        self._context.service.acted(partial(_hurried, message, written), who, progress)
        return _("It goes out now, if no other gate has closed.")

    @Slot(object)
    def _on_done(self, said: object) -> None:
        self._outgoing.refresh()
        self.decided.emit()
        self._context.desktop.toast(str(said))


def doubt_question(
    rows: tuple[DeliveryRow, ...], box: Outbox, passphrase: str, *, was_sent: bool
) -> SignState:
    """Return what to ask before a word about messages in doubt is recorded."""
    one, many = rows[0], len(rows) > 1
    count = len(rows)
    if was_sent:
        deed = ngettext("Mark as sent", "Mark {count} as sent", count)
        statement = ngettext(
            "This message arrived.", "These {count} messages arrived.", count
        )
        consequence = (
            _("Each is marked as sent, with your name, and is never sent again.")
            if many
            else _("It is marked as sent, with your name, and is never sent again.")
        )
    else:
        deed = ngettext("Send again", "Send {count} again", count)
        statement = ngettext(
            "This message did not arrive.",
            "None of these {count} messages arrived.",
            count,
        )
        consequence = (
            _(
                "Every gate is asked again for each, and it is sent if they are open. "
                "Who got it after all gets it twice."
            )
            if many
            else _(
                "Every gate is asked again, and it is sent if they are open. If it did "
                "arrive after all, {name} gets it twice."
            ).format(name=box.name(one))
        )
    under = (
        box.title(one)
        if many
        else _("{message} to {name}").format(message=box.title(one), name=box.name(one))
    )
    return SignState(
        deed.format(count=count),
        under,
        deed.format(count=count),
        icon="check" if was_sent else "arrow-clockwise",
        statement=statement.format(count=count),
        facts=names(rows, box) if many else (),
        facts_title=_("About whom"),
        consequence=consequence,
        demo_passphrase=passphrase,
    )


def anyway_question(
    row: DeliveryRow, rounds: tuple[RoundRow, ...], box: Outbox, passphrase: str
) -> SignState:
    """Return what to ask before a held message is sent all the same."""
    reason, next_ = why(row, box)
    gates = ", ".join(gate_name(hold.gate) for hold in holds_of(rounds))
    facts = [Fact(_("Held"), f"{reason} {next_}".strip())]
    if gates:
        facts.append(Fact(_("You open"), gates))
    return SignState(
        _("Send now anyway"),
        _("{message} to {name}").format(message=box.title(row), name=box.name(row)),
        _("Send now anyway"),
        icon="paper-plane-right",
        facts=tuple(facts),
        facts_title=_("What holds it"),
        asks=asks_why(),
        consequence=_(
            "All other gates are asked again. Your name and the reason stand among the "
            "decisions, and the proof names that you opened this one."
        ),
        demo_passphrase=passphrase,
    )


def decided(
    ids: tuple[str, ...],
    was_sent: bool,  # noqa: FBT001 -- bound by a partial
    service: ServiceClient,
    progress: Progress,
) -> Answered:
    """Give one answer about each message; each is recorded, or refused, by itself.

    Raises:
        ServiceUnavailableError: It went away; how far it came is said.
        ServiceRefusedError: The only message is no longer in doubt.
        OperationCancelledError: The person stopped before the first.
    """
    recorded = gone = 0
    for done, id_ in enumerate(ids):
        try:
            label = _("Recording your answers") if len(ids) > 1 else _("Recording")
            progress.step(label, done=done, total=len(ids))
            service.decide(id_, was_sent=was_sent)
        except OperationCancelledError:
            if not recorded:
                raise
            return Answered(recorded, gone, len(ids) - done)
        except ServiceRefusedError:
            if len(ids) == 1:
                raise
            gone += 1
        except ExpectedError as error:
            if not recorded:
                raise
            problem = _("{done} of {total} answers are recorded. {problem}")
            raise ServiceUnavailableError(
                problem.format(done=recorded, total=len(ids), problem=error)
            ) from error
        else:
            recorded += 1
    return Answered(recorded, gone)


def _hurried(
    message: str, why: str, service: ServiceClient, progress: Progress
) -> DeliveryRow:
    progress.step(_("Recording your word"), done=0, total=0)
    return service.send_anyway(message, why)
