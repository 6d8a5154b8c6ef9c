"""The tour's way to the practice ATS and the capture mailbox: a recruiter's hands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

import msgspec

from governance.texts import _
from sync.api import practice
from sync.calling import call, new_http
from sync.errors import ServiceUnavailableError
from sync.settings.sandbox import FILE, read_sandbox

if TYPE_CHECKING:
    import httpx

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, repr=False)
class PracticeClient:
    """The practice systems at one address.

    Every verb raises ``ServiceRefusedError`` for what they do not do, and
    ``ServiceUnavailableError`` where they are away.
    """

    http: "httpx.Client"
    token: str

    def __repr__(self) -> str:
        return f"PracticeClient({self.http.base_url})"

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Return a client of the sandbox that runs on ``folder``.

        Raises:
            ServiceUnavailableError: None has said where it is.
        """
        where = read_sandbox(folder / FILE)
        if where is None:
            raise ServiceUnavailableError(_("The sandbox is not running."))
        return cls(new_http(where.http), where.token)

    def close(self) -> None:
        """Let go of connections."""
        self.http.close()

    def identity(self) -> practice.Identity:
        """Ask whether it is there."""
        return self._ask("GET", practice.IDENTITY, practice.Identity)

    def application(self, id_: str) -> practice.Application:
        """Read an application."""
        path = practice.APPLICATION.format(id=id_)
        return self._ask("GET", path, practice.Application)

    def applications(self, stage: str = "") -> tuple[practice.Application, ...]:
        """Read up to 200 applications, of one stage if one is named."""
        path, query = practice.APPLICATIONS, {"stage": stage}
        return self._ask("GET", path, practice.Applications, query=query).applications

    def apply(self, wish: practice.NewApplication) -> practice.Application:
        """Let somebody apply."""
        return self._ask("POST", practice.APPLICATIONS, practice.Application, wish=wish)

    def move(
        self, id_: str, stage: str, interview: practice.Appointment | None = None
    ) -> practice.Application:
        """Move an application, with an appointment if there is one."""
        wish = practice.Move(stage, interview)
        path = practice.MOVE.format(id=id_)
        return self._ask("POST", path, practice.Application, wish=wish)

    def move_many(
        self,
        ids: Sequence[str],
        stage: str,
        interview: practice.Appointment | None = None,
    ) -> tuple[practice.Application, ...]:
        """Move many applications at once, all or none."""
        wish = practice.Moves(stage, tuple(ids), interview)
        answer = self._ask("POST", practice.MOVES, practice.Applications, wish=wish)
        return answer.applications

    def withdraw(self, id_: str) -> practice.Application:
        """The candidate withdraws."""
        path = practice.WITHDRAW.format(id=id_)
        return self._ask("POST", path, practice.Application)

    def ask_erasure(self, candidate: str) -> practice.Candidate:
        """The candidate asks to be erased."""
        path = practice.ERASURE.format(id=candidate)
        return self._ask("POST", path, practice.Candidate)

    def schedule(
        self, id_: str, interview: practice.Appointment
    ) -> practice.Application:
        """Make an appointment, or change it."""
        path = practice.INTERVIEW.format(id=id_)
        return self._ask("PUT", path, practice.Application, wish=interview)

    def cancel(self, id_: str) -> practice.Application:
        """Call the interview off."""
        path = practice.INTERVIEW.format(id=id_)
        return self._ask("DELETE", path, practice.Application)

    def fill(
        self, id_: str, fields: dict[str, practice.FieldValue]
    ) -> practice.Application:
        """Fill custom fields of an application."""
        path = practice.FIELDS.format(id=id_)
        return self._ask(
            "PUT", path, practice.Application, wish=practice.Fields(fields)
        )

    def change(self, candidate: practice.Candidate) -> practice.Candidate:
        """Correct what is known of a candidate."""
        path = practice.CANDIDATE.format(id=candidate.id)
        return self._ask("PUT", path, practice.Candidate, wish=candidate)

    def templates(self) -> tuple[practice.Template, ...]:
        """List the ATS's templates, without their texts."""
        return self._ask("GET", practice.TEMPLATES, practice.Templates).templates

    def template(self, id_: str) -> practice.Template:
        """Read one of the ATS's templates."""
        path = practice.TEMPLATE.format(id=id_)
        return self._ask("GET", path, practice.Template)

    def edit(self, template: practice.Template) -> practice.Template:
        """Change a template behind Countersign's back, to practise drift."""
        wish = practice.NewTemplate(template.key, template.title, template.parts or {})
        path = practice.TEMPLATE.format(id=template.id)
        headers = {"If-Match": template.etag}
        import httpx  # noqa: PLC0415 -- slow to load; the window starts without it

        with httpx.Client(
            base_url=self.http.base_url, headers=headers, trust_env=False
        ) as http:
            return call(http, self.token, "PUT", path, practice.Template, wish=wish)

    def timeline(self, id_: str) -> tuple[practice.TimelineEntry, ...]:
        """Read an application's timeline."""
        path = practice.TIMELINE.format(id=id_)
        return self._ask("GET", path, practice.Timeline).entries

    def listen(self, wish: practice.NewWebhook) -> practice.Webhook:
        """Have an address told what happens."""
        return self._ask("POST", practice.WEBHOOKS, practice.Webhook, wish=wish)

    def webhooks(self) -> tuple[practice.Webhook, ...]:
        """List who is told, and how much waits."""
        return self._ask("GET", practice.WEBHOOKS, practice.Webhooks).webhooks

    def messages(
        self, *, to: str = "", message_id: str = ""
    ) -> tuple[practice.Mail, ...]:
        """List all captured mail, or what was sent to or is named so."""
        query = {"to": to, "message_id": message_id}
        found: list[practice.Mail] = []
        while True:
            answer = self._ask("GET", practice.MESSAGES, practice.Mails, query=query)
            found += answer.messages
            if not answer.next:
                return tuple(found)
            query["after"] = answer.next

    def mail(self, id_: str) -> practice.Mail:
        """Describe one captured mail."""
        return self._ask("GET", practice.MESSAGE.format(id=id_), practice.Mail)

    def raw(self, id_: str) -> bytes:
        """Read one captured mail, byte for byte."""
        headers = {"Authorization": f"Bearer {self.token}"}
        path = practice.RAW.format(id=id_)
        import httpx  # noqa: PLC0415 -- as above

        try:
            answer = self.http.get(path, headers=headers).raise_for_status()
        except httpx.HTTPError as error:
            raise ServiceUnavailableError(_("The mail cannot be read.")) from error
        return answer.content

    def behave(self, *, delay: float = 0.0, refused: Sequence[str] = ()) -> None:
        """Make the mailbox slow, or refuse addresses, to practise bad days."""
        wish = practice.Behaviour(delay, tuple(refused))
        self._ask("PUT", practice.BEHAVIOUR, practice.Behaviour, wish=wish)

    def _ask(
        self,
        method: str,
        path: str,
        kind: type[Answer],
        *,
        query: Mapping[str, str] | None = None,
        wish: msgspec.Struct | None = None,
    ) -> Answer:
        return call(self.http, self.token, method, path, kind, query=query, wish=wish)
