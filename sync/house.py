"""The service, wired: all rooms of the house over one database and one repository."""

import os
import socket
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from functools import partial
from pathlib import Path
from secrets import token_bytes, token_urlsafe
from typing import Final

import msgspec

from governance.adapters.render_process.process import RenderProcess
from governance.adapters.render_process.renderer import ProcessRenderer
from governance.names import Channel, PersonId, Tip
from governance.ports import Clock
from governance.texts import _
from governance.trust.dsse import seal
from governance.trust.keys import SigningKey
from sync.candidates.erase import erase_candidate
from sync.candidates.facts import CandidateId
from sync.connectors.ats.clock import AtsClock
from sync.connectors.ats.practice import PracticeDirectory, PracticeTemplates
from sync.connectors.ats.practice_events import PracticeEvents
from sync.connectors.email.practice import MailboxFinder
from sync.connectors.email.smtp import SmtpAccount, SmtpMailer
from sync.connectors.http import Caller
from sync.histories.access import Access, GiveAccess
from sync.histories.why import why
from sync.publishing.notice import Notice
from sync.publishing.publish import Publish
from sync.publishing.verified import LedgerReleases
from sync.sending.attestation import attester
from sync.sending.delivery import Delivery
from sync.sending.fill import Filler
from sync.sending.mailer import Route
from sync.sending.policy import Sender, SendingPolicy
from sync.sending.ports import Wired
from sync.sending.prepare import Prepare
from sync.sending.worker import Pace, Worker
from sync.serving.chores import Chore, Chores
from sync.serving.server import address, serve
from sync.settings.files import write_private
from sync.settings.sandbox import SandboxFile
from sync.settings.secrets import Secrets
from sync.settings.service import FILE, ServiceFile, ServiceSettings, SettingsError
from sync.store.opened import Store, open_store
from sync.store.publications import SqlPublications
from sync.store.sealing import Sealer
from sync.web.application import build_application
from sync.web.desk import Desk
from sync.web.doors import names_of
from sync.web.health import LookAtHealth
from sync.web.sessions import Sessions

_SETTLE: Final = 6.0  # seconds until the practice mailbox shows what it has taken


@dataclass(frozen=True, slots=True)
class House:
    """The service, wired.

    Attributes:
        worker: Who this process is, unique for ever.
    """

    settings: ServiceSettings
    clock: Clock
    secrets: Secrets
    key: SigningKey
    releases: LedgerReleases
    box: SandboxFile
    caller: Caller
    worker: str

    def serve(self, listening: socket.socket, stack: ExitStack) -> None:
        """Answer until stopped; what is opened is closed by ``stack``."""
        settings, clock = self.settings, self.clock
        here = address(listening)
        public = settings.service.public.rstrip("/") or here
        stack.callback(self.caller.close)
        directory = PracticeDirectory(self.caller)
        ats_clock = AtsClock(partial(directory.ahead, clock))
        store = self._store(stack)
        wired = self._wired(store, directory, ats_clock, stack)
        core = Worker(
            wired,
            Pace(
                beat=min(2.0, settings.service.dead_after / 4),
                patience=timedelta(seconds=settings.service.dead_after),
                poll=timedelta(seconds=settings.service.poll_every),
            ),
            store.mark,
        )
        token = self.secrets.get("local", _text).decode()
        sessions = Sessions(
            self.releases.believed,
            clock,
            secret=self.secrets.get("session", partial(token_bytes, 32)),
            local=token,
            audiences=frozenset({here, public}),
        )
        desk = self._desk(store, core, sessions, PracticeEvents((self._hook(),)))
        chores = self._chores(store, directory, ats_clock, public)
        core.start()
        stack.callback(core.stop)
        chores.start()
        stack.callback(chores.stop)
        said = msgspec.json.encode(ServiceFile(here, token, os.getpid()))
        write_private(settings.folder / FILE, said)
        stack.callback(_leave, settings.folder / FILE, said)
        print(_("The service is at {address}.").format(address=here), flush=True)  # noqa: T201 -- the door speaks
        names = names_of(here, public)
        serve(build_application(desk, self.releases.believed, names), listening)

    def _chores(
        self,
        store: Store,
        directory: PracticeDirectory,
        ats_clock: AtsClock,
        public: str,
    ) -> Chores:
        settings = self.settings.service
        told = f"{public}/webhooks/practice"
        listen = partial(directory.listen, told, self._hook(), settings.workspace)
        notice = Notice(self._tip, partial(_recheck, store, self.clock))
        return Chores(
            (
                Chore("Asking the ATS to tell us", 60, listen),
                Chore("Comparing clocks", 60, ats_clock.measure),
                Chore("Fetching", settings.fetch_every, self.releases.fetch),
                Chore("Looking for releases", 1, notice),
                Chore("Clearing what was erased", 60, partial(_clear, store)),
            )
        )

    def _hook(self) -> str:
        return self.secrets.get("webhook", _text).decode()

    def _tip(self) -> Tip:
        return self.releases.reading().tip

    def _store(self, stack: ExitStack) -> Store:
        settings = self.settings
        store = open_store(
            settings.database,
            Sealer(self.secrets.get("kek", partial(token_bytes, 32))),
            domain=settings.mail.domain,
            worker=self.worker,
            now=self.clock(),
            marker=settings.folder / "service.seen",
            patience=settings.service.patience,
        )
        stack.callback(store.close)
        return store

    def _wired(
        self,
        store: Store,
        directory: PracticeDirectory,
        ats_clock: AtsClock,
        stack: ExitStack,
    ) -> Wired:
        policy = policy_of(self.settings)
        renderer = ProcessRenderer(RenderProcess())
        stack.callback(renderer.close)
        mailer = self._mailer()
        stack.callback(mailer.close)
        return Wired(
            worker=self.worker,
            clock=self.clock,
            policy=policy,
            candidates=store.candidates,
            inbox=store.inbox,
            docket=store.docket,
            outbox=store.outbox,
            upkeep=store.upkeep,
            stops=store.stops,
            queue=store.queue,
            directory=directory,
            releases=self.releases,
            mailers={Channel.EMAIL: mailer},
            prepare=Prepare(Filler(renderer), policy, store.sealer.inputs_digest),
            attest=attester(self.key),
            timeline=directory,
            clock_offset=ats_clock.offset,
        )

    def _mailer(self) -> SmtpMailer:
        mail = self.settings.mail
        if mail.sandbox:
            account = SmtpAccount(self.box.smtp_host, self.box.smtp_port)
            return SmtpMailer(account, MailboxFinder(self.caller).find, settle=_SETTLE)
        password = self.secrets.get("smtp", _no_password).decode() if mail.user else ""
        account = SmtpAccount(mail.host, mail.port, mail.user, password, mail.tls)
        return SmtpMailer(account)

    def _desk(
        self, store: Store, core: Worker, sessions: Sessions, events: PracticeEvents
    ) -> Desk:
        def sign(statement: bytes) -> bytes:
            return seal(statement, self.key).to_bytes()

        def erase(text: str, by: PersonId) -> CandidateId:
            return erase_candidate(
                text, store.candidates, by=by, now=self.clock(), sign=sign
            )

        def decide(delivery: Delivery, was_sent: bool, by: PersonId) -> bool:  # noqa: FBT001 -- the desk's port
            return core.resolve.decide(delivery, was_sent=was_sent, by=by)

        def anyway(delivery: Delivery, by: PersonId, why: str) -> None:
            rounds = store.deliveries.rounds(delivery.id)
            core.anyway(delivery, rounds, by=by, why=why)

        def body(delivery: Delivery) -> bytes | None:
            parcel = store.outbox.parcel(delivery)
            return parcel.body if parcel else None

        access = GiveAccess(store.candidates, store.deliveries, body)

        def give(text: str, by: PersonId, after: str) -> Access:
            return access(text, by=by, after=after)

        publish = Publish(
            self.releases,
            PracticeTemplates(self.caller, self.settings.ats.by_hand),
            SqlPublications(store.records),
            self.clock,
        )
        return Desk(
            clock=self.clock,
            sessions=sessions,
            health=LookAtHealth(
                self.settings.service.workspace,
                self.key.public,
                self.releases.reading,
                store.deliveries.counts,
                store.stops,
            ),
            publish=publish,
            look=publish.look,
            publications=publish.publications,
            deliveries=store.deliveries,
            changes=store.deliveries.changes,
            why=partial(why, candidates=store.candidates, deliveries=store.deliveries),
            give=give,
            erase=erase,
            anyway=anyway,
            decide=decide,
            reconcile=core.reconcile,
            stops=store.stops,
            inbox=store.inbox,
            sources={events.name: events},
        )


def _recheck(store: Store, clock: Clock) -> None:
    store.docket.recheck(clock())


def _clear(store: Store) -> None:
    store.clear_erased()


def _leave(file: Path, said: bytes) -> None:
    """Take back what this process said of itself, unless another has spoken since."""
    with suppress(OSError):
        if file.read_bytes() == said:
            file.unlink()


def policy_of(settings: ServiceSettings) -> SendingPolicy:
    """Return what the settings decide about sending.

    Raises:
        SettingsError: The sender is no address.
    """
    mail = settings.mail
    name, sender = parseaddr(mail.sender)
    if "@" not in sender:
        raise SettingsError(_("“[mail] sender” is no e-mail address."))
    way = "practice" if mail.sandbox else "smtp"
    return SendingPolicy(
        workspace=settings.service.workspace,
        domain=mail.domain,
        senders={Channel.EMAIL: Sender(sender, name)},
        routes={
            Channel.EMAIL: Route(f"email/{way}", Channel.EMAIL, mail.rate, mail.burst)
        },
    )


def _no_password() -> bytes:
    raise SettingsError(
        _("The mail server wants a password: keep it as the secret “smtp”.")
    )


def _text() -> bytes:
    return token_urlsafe(32).encode()
