"""The practice systems' HTTP face: all addresses in one table."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from governance.ports import Clock
from sync.api import practice as said
from sync.sandbox.ats import PracticeAts
from sync.sandbox.errors import PracticeError
from sync.sandbox.history import History
from sync.sandbox.mailbox import Mailbox
from sync.sandbox.templates import PracticeTemplates
from sync.sandbox.webhooks import PracticeWebhooks
from sync.serving.body import WholeBody, body

Wish = TypeVar("Wish", bound=msgspec.Struct)

_JSON: Final = "application/json"
_MOST: Final = 200  # things in one answer
_LARGEST: Final = 2_000_000  # bytes of a request: a template may be long


@dataclass(frozen=True, slots=True)
class Face:
    """Answers requests for the practice systems."""

    ats: PracticeAts
    history: History
    templates: PracticeTemplates
    webhooks: PracticeWebhooks
    mailbox: Mailbox
    clock: Clock

    def identity(self, _request: Request) -> Response:
        """Say whose account this is."""
        return _answer(said.Identity("Northwind Robotics", "1", self.clock()))

    def jobs(self, _request: Request) -> Response:
        """List the vacancies."""
        return _json(msgspec.json.encode(self.ats.jobs()))

    def stages(self, _request: Request) -> Response:
        """List the stages, in order."""
        return _json(msgspec.json.encode(said.STAGE_NAMES))

    def candidate(self, request: Request) -> Response:
        """Read a candidate, or correct what is known of one."""
        id_ = _id(request)
        if request.method == "GET":
            return _answer(self.ats.candidate(id_))
        wish = _wish(request, said.Candidate)
        if wish.id != id_:
            raise PracticeError(422, "The ids differ.")
        return _answer(self.ats.change_candidate(wish))

    def erasure(self, request: Request) -> Response:
        """Note that a candidate asks to be erased."""
        return _answer(self.ats.ask_erasure(_id(request)))

    def applications(self, request: Request) -> Response:
        """List applications, or take a new one."""
        if request.method == "POST":
            apply = partial(self.ats.apply, _wish(request, said.NewApplication))
            return _answer(self.ats.once(_key(request), said.Application, apply), 201)
        asked = request.query_params
        stage, after = asked.get("stage", ""), asked.get("after", "")
        return _answer(self.ats.applications(stage, after, _limit(request)))

    def application(self, request: Request) -> Response:
        """Read one application."""
        return _answer(self.ats.application(_id(request)))

    def fields(self, request: Request) -> Response:
        """Fill custom fields of one application."""
        return _answer(self.ats.fill(_id(request), _wish(request, said.Fields)))

    def fill(self, request: Request) -> Response:
        """Close a vacancy."""
        return _answer(self.ats.close(_id(request)))

    def move(self, request: Request) -> Response:
        """Move one application."""
        wish = _wish(request, said.Move)
        return _answer(self.ats.move(_id(request), wish.stage, wish.interview))

    def move_many(self, request: Request) -> Response:
        """Move many applications at once."""
        return _answer(self.ats.move_many(_wish(request, said.Moves)))

    def withdraw(self, request: Request) -> Response:
        """Withdraw one application."""
        return _answer(self.ats.withdraw(_id(request)))

    def interview(self, request: Request) -> Response:
        """Make, change or call off an appointment."""
        if request.method == "DELETE":
            return _answer(self.ats.cancel(_id(request)))
        return _answer(
            self.ats.schedule(_id(request), _wish(request, said.Appointment))
        )

    def timeline(self, request: Request) -> Response:
        """Read an application's timeline, or add to it."""
        id_ = _id(request)
        if request.method == "GET":
            return _answer(self.history.timeline(id_))
        note = partial(self.history.note, id_, _wish(request, said.NewTimelineEntry))
        return _answer(self.ats.once(_key(request), said.TimelineEntry, note), 201)

    def changes(self, request: Request) -> Response:
        """List what happened after a position."""
        return _answer(
            self.history.changes(_number(request, "after", 0), _limit(request))
        )

    def all_templates(self, request: Request) -> Response:
        """List the templates, or take a new one."""
        if request.method == "GET":
            return _answer(self.templates.all())
        create = partial(self.templates.create, _wish(request, said.NewTemplate))
        return _answer(self.ats.once(_key(request), said.Template, create), 201)

    def template(self, request: Request) -> Response:
        """Read, write or put away one template."""
        id_ = _id(request)
        if request.method == "GET":
            return _answer(self.templates.read(id_))
        if request.method == "DELETE":
            return _answer(self.templates.archive(id_))
        etag = request.headers.get("if-match", "")
        wish = _wish(request, said.NewTemplate)
        return _answer(self.templates.update(id_, wish, etag))

    def all_webhooks(self, request: Request) -> Response:
        """List who is told, or tell one more."""
        if request.method == "GET":
            return _answer(self.webhooks.all())
        return _answer(self.webhooks.register(_wish(request, said.NewWebhook)), 201)

    def webhook(self, request: Request) -> Response:
        """Tell one less."""
        self.webhooks.drop(_id(request))
        return Response(status_code=204)

    def messages(self, request: Request) -> Response:
        """List captured mail."""
        asked = request.query_params
        return _answer(
            self.mailbox.messages(
                asked.get("to", ""),
                asked.get("message_id", ""),
                asked.get("after", ""),
                _limit(request),
            )
        )

    def message(self, request: Request) -> Response:
        """Describe one captured mail."""
        return _answer(self.mailbox.read(_id(request)))

    def raw(self, request: Request) -> Response:
        """Give one captured mail, byte for byte."""
        raw = self.mailbox.raw(_id(request))
        return Response(raw, media_type="message/rfc822")

    def behaviour(self, request: Request) -> Response:
        """Say how mail is treated, or change it."""
        if request.method == "GET":
            return _answer(self.mailbox.behaviour())
        return _answer(self.mailbox.behave(_wish(request, said.Behaviour)))


def build_sandbox(face: Face, token: str) -> Starlette:
    """Assemble the practice systems' web application, open to ``token`` only."""
    table: list[tuple[str, Callable[[Request], Response], list[str]]] = [
        (said.IDENTITY, face.identity, ["GET"]),
        (said.JOBS, face.jobs, ["GET"]),
        (said.STAGES, face.stages, ["GET"]),
        (said.CANDIDATE, face.candidate, ["GET", "PUT"]),
        (said.APPLICATIONS, face.applications, ["GET", "POST"]),
        (said.APPLICATION, face.application, ["GET"]),
        (said.FIELDS, face.fields, ["PUT"]),
        (said.FILL, face.fill, ["POST"]),
        (said.MOVE, face.move, ["POST"]),
        (said.MOVES, face.move_many, ["POST"]),
        (said.WITHDRAW, face.withdraw, ["POST"]),
        (said.ERASURE, face.erasure, ["POST"]),
        (said.INTERVIEW, face.interview, ["PUT", "DELETE"]),
        (said.TIMELINE, face.timeline, ["GET", "POST"]),
        (said.CHANGES, face.changes, ["GET"]),
        (said.TEMPLATES, face.all_templates, ["GET", "POST"]),
        (said.TEMPLATE, face.template, ["GET", "PUT", "DELETE"]),
        (said.WEBHOOKS, face.all_webhooks, ["GET", "POST"]),
        (said.WEBHOOK, face.webhook, ["DELETE"]),
        (said.MESSAGES, face.messages, ["GET"]),
        (said.MESSAGE, face.message, ["GET"]),
        (said.RAW, face.raw, ["GET"]),
        (said.BEHAVIOUR, face.behaviour, ["GET", "PUT"]),
    ]
    return Starlette(
        routes=[
            Route(path, _Guarded(handler, token).answer, methods=methods)
            for path, handler, methods in table
        ],
        middleware=[Middleware(WholeBody, largest=_LARGEST)],
    )


@dataclass(frozen=True, slots=True)
class _Guarded:
    """One handler behind the token, with its refusals put into HTTP's words."""

    handler: Callable[[Request], Response]
    token: str

    def answer(self, request: Request) -> Response:
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self.token}".encode()):
            return _answer(said.Problem("The token is not valid."), 401)
        try:
            return self.handler(request)
        except PracticeError as error:
            return _answer(said.Problem(str(error)), error.status)


def _answer(value: msgspec.Struct, status: int = 200) -> Response:
    return _json(msgspec.json.encode(value), status)


def _json(raw: bytes, status: int = 200) -> Response:
    return Response(raw, status, media_type=_JSON)


def _wish(request: Request, kind: type[Wish]) -> Wish:
    try:
        return msgspec.json.decode(body(request), type=kind)
    except msgspec.MsgspecError as error:
        raise PracticeError(422, "The request cannot be read.") from error


def _id(request: Request) -> str:
    return str(request.path_params["id"])


def _key(request: Request) -> str:
    return request.headers.get(said.ONCE, "")


def _limit(request: Request) -> int:
    return max(1, min(_MOST, _number(request, "limit", _MOST)))


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise PracticeError(422, "A number is expected.")
    return int(text)
