"""The service's door and wiring: ``python -m sync serve --settings FILE``.

``python -m sync sandbox --folder DIR`` runs the practice systems instead.
"""

import argparse
import logging
import os
import socket
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from functools import partial
from pathlib import Path
from secrets import token_bytes, token_hex, token_urlsafe
from typing import Final, Self

import msgspec

from governance.adapters.git.ledger import GitLedger
from governance.adapters.git.releases import GitReleases
from governance.adapters.git.remote import Remote
from governance.adapters.git.shared import fetch
from governance.adapters.git.store import GitStore
from governance.adapters.last_seen import FileLastSeen
from governance.adapters.render_process.process import RenderProcess
from governance.adapters.render_process.renderer import ProcessRenderer
from governance.approval.alarms import Refs
from governance.errors import ExpectedError
from governance.names import Channel, PersonId, SubjectName, Tip
from governance.ports import Clock
from governance.texts import _
from governance.trust.keys import SigningKey
from sync.connectors.ats.clock import AtsClock
from sync.connectors.ats.practice import PracticeDirectory, PracticeTemplates
from sync.connectors.ats.practice_events import PracticeEvents
from sync.connectors.email.practice import MailboxFinder
from sync.connectors.email.smtp import SmtpAccount, SmtpMailer
from sync.connectors.http import Caller
from sync.errors import PortInUseError
from sync.histories.why import why
from sync.publishing.notice import Notice
from sync.publishing.publish import Publish
from sync.publishing.verified import LedgerReleases
from sync.sandbox.__main__ import main as sandbox
from sync.sending.attestation import attester
from sync.sending.delivery import Delivery
from sync.sending.fill import Filler
from sync.sending.mailer import Route
from sync.sending.policy import Sender, SendingPolicy
from sync.sending.ports import Wired
from sync.sending.prepare import Prepare
from sync.sending.worker import Pace, Worker
from sync.serving.chores import Chore, Chores
from sync.serving.logs import log_to
from sync.serving.server import address, listen, serve
from sync.settings.files import write_private
from sync.settings.keys import secrets_of, service_key
from sync.settings.sandbox import FILE as SANDBOX
from sync.settings.sandbox import SandboxFile, read_sandbox
from sync.settings.secrets import Secrets
from sync.settings.service import (
    FILE,
    ServiceFile,
    ServiceSettings,
    SettingsError,
    read_settings,
)
from sync.store.opened import Store, open_store
from sync.store.publications import SqlPublications
from sync.store.sealing import Sealer
from sync.web.application import build_application
from sync.web.desk import Desk
from sync.web.health import LookAtHealth
from sync.web.sessions import Sessions

_ENVIRONMENT: Final = 3  # the exit status for what the computer lacks
_SETTLE: Final = 2.0  # seconds until the practice mailbox shows what it has taken
_BLINK: Final = 0.2  # seconds for which a tip is believed
_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the first word asks: ``serve`` or ``sandbox``."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["sandbox"]:
        return sandbox(given[1:])
    parser = argparse.ArgumentParser("countersign serve", description=__doc__)
    parser.add_argument("verb", choices=["serve", "sandbox"])
    parser.add_argument("--settings", type=Path, required=True, metavar="FILE")
    options = parser.parse_args(given)
    os.umask(0o077)  # database, log and secrets are the owner's alone
    try:
        settings = read_settings(options.settings)
        log_to(settings.folder / "service.log")
        run(settings)
    except ExpectedError as error:
        _log.error("%s", error)
        print(f"{error} {_(error.remedy)}", file=sys.stderr)  # noqa: T201 -- the door speaks
        return _ENVIRONMENT
    return 0


def run(settings: ServiceSettings) -> None:
    """Serve until stopped.

    Raises:
        ExpectedError: Something that the service needs cannot be used.
    """
    clock = partial(datetime.now, UTC)
    with ExitStack() as stack:
        listening = _listen(settings)
        stack.callback(listening.close)
        secrets, box = secrets_of(settings), _sandbox_of(settings)
        last = FileLastSeen(settings.folder / "last-seen.json")
        house = House(
            settings=settings,
            clock=clock,
            secrets=secrets,
            key=service_key(secrets),
            releases=LedgerReleases(GitSource.of(settings), last, clock, blink=_BLINK),
            box=box,
            caller=Caller.at(box.http, box.token),
            worker=f"{socket.gethostname()}-{os.getpid()}-{token_hex(4)}",
        )
        house.serve(listening, stack)


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
        hook = self.secrets.get("webhook", _text).decode()
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
            self.releases.state,
            clock,
            secret=self.secrets.get("session", partial(token_bytes, 32)),
            local=token,
            audiences=frozenset({here, public}),
        )
        desk = self._desk(store, core, sessions, PracticeEvents((hook,)))
        grown = partial(_recheck, store, clock)
        chores = Chores(
            (
                Chore(
                    "Asking the ATS to tell us",
                    60,
                    partial(
                        directory.listen,
                        f"{public}/webhooks/practice",
                        hook,
                        settings.service.workspace,
                    ),
                ),
                Chore("Comparing clocks", 60, ats_clock.measure),
                Chore("Fetching", settings.service.fetch_every, self.releases.fetch),
                Chore("Looking for releases", 1, Notice(self._tip, grown)),
            )
        )
        core.start()
        stack.callback(core.stop)
        chores.start()
        stack.callback(chores.stop)
        said = msgspec.json.encode(ServiceFile(here, token, os.getpid()))
        write_private(settings.folder / FILE, said)
        stack.callback(_leave, settings.folder / FILE, said)
        print(_("The service is at {address}.").format(address=here), flush=True)  # noqa: T201 -- the door speaks
        serve(build_application(desk, self.releases.state), listening)

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
        def decide(delivery: Delivery, was_sent: bool, by: PersonId) -> bool:  # noqa: FBT001 -- the desk's port
            return core.resolve.decide(delivery, was_sent=was_sent, by=by)

        publish = Publish(
            self.releases,
            PracticeTemplates(self.caller),
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
            decide=decide,
            reconcile=core.reconcile,
            stops=store.stops,
            inbox=store.inbox,
            sources={events.name: events},
        )


@dataclass(frozen=True, slots=True)
class GitSource:
    """Keeps the promises of ``ReleaseSource`` over a bare repository."""

    store: GitStore

    @classmethod
    def of(cls, settings: ServiceSettings) -> Self:
        """Open the repository that the settings name; a remote's copy may be new.

        Raises:
            NotARepositoryError: There is none.
            LedgerUnavailableError: A copy cannot be made there.
            BadNameError: The remote's address is none.
        """
        path = settings.path(settings.service.repository)
        if not settings.service.remote:
            return cls(GitStore.at(path))
        remote = Remote.parse(settings.service.remote)
        open_it = GitStore.at if path.exists() else GitStore.make
        return cls(open_it(path, remote))

    @property
    def has_remote(self) -> bool:
        """Whether there is a repository elsewhere that decides."""
        return self.store.remote is not None

    def fetch(self) -> None:
        """Get what is new."""
        fetch(self.store)

    def tip(self) -> Tip:
        """Return where the ledger ends."""
        return GitLedger(self.store).tip()

    def entries(self, tip: Tip) -> Sequence[bytes]:
        """Return all entries."""
        return GitLedger(self.store).entries(tip)

    def compiled(
        self, tip: Tip, subject: SubjectName, version: int
    ) -> Mapping[str, str]:
        """Return the compiled parts of a version."""
        return GitReleases(self.store).compiled(tip, subject, version)

    def refs(self) -> Refs:
        """Return where ``main`` and the tags stand."""
        return GitReleases(self.store).seen()


def _recheck(store: Store, clock: Clock) -> None:
    store.docket.recheck(clock())


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


def _sandbox_of(settings: ServiceSettings) -> SandboxFile:
    path = settings.path(settings.ats.sandbox) / SANDBOX
    box = read_sandbox(path)
    if box is None:
        raise SettingsError(
            _("The practice ATS has not said where it is: {path} is missing.").format(
                path=path
            )
        )
    return box


def _leave(file: Path, said: bytes) -> None:
    """Take back what this process said of itself, unless another has spoken since."""
    with suppress(OSError):
        if file.read_bytes() == said:
            file.unlink()


def _listen(settings: ServiceSettings) -> socket.socket:
    """Take the port that is wanted; else that of the last time, if it is free.

    Raises:
        PortInUseError: The port that is wanted is taken.
    """
    port, host = settings.service.port, settings.service.host
    last = settings.folder / "last-port"
    try:
        listening = listen(port or int(last.read_text()), host)
    except (OSError, ValueError):
        listening = listen(port, host)
    except PortInUseError:
        if port:
            raise
        listening = listen(0, host)
    write_private(last, str(listening.getsockname()[1]).encode())
    return listening


def _no_password() -> bytes:
    raise SettingsError(
        _("The mail server wants a password: keep it as the secret “smtp”.")
    )


def _text() -> bytes:
    return token_urlsafe(32).encode()


if __name__ == "__main__":
    raise SystemExit(main())
