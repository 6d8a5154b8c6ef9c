"""Answers and refusals, in HTTP's words."""

from typing import Final, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from governance.errors import (
    BadNameError,
    ExpectedError,
    LedgerBrokenError,
    LedgerUnavailableError,
    NotEntitledError,
    NotVerifiedError,
)
from governance.texts import N_, _
from sync.api.service import Refusal
from sync.errors import (
    DirectoryUnavailableError,
    ErasedError,
    LoginNeededError,
    StoreUnavailableError,
    UnknownApplicationError,
    UnknownMessageError,
    WebhookRefusedError,
)
from sync.serving.body import body

Wish = TypeVar("Wish", bound=msgspec.Struct)

JSON: Final = "application/json"

_STATUS: Final[tuple[tuple[type[ExpectedError], int], ...]] = (
    (LoginNeededError, 401),
    (WebhookRefusedError, 401),
    (NotEntitledError, 403),
    (UnknownMessageError, 404),
    (UnknownApplicationError, 404),
    (ErasedError, 410),
    (BadNameError, 422),
    (NotVerifiedError, 409),
    (LedgerUnavailableError, 503),
    (DirectoryUnavailableError, 503),
    (StoreUnavailableError, 503),
)


class NoSuchThingError(ExpectedError):
    """The request names something that there is not."""


class BusyError(ExpectedError):
    """Too much is under way; it will not take long."""

    remedy = N_("Wait a moment, then try again.")


def answered(value: msgspec.Struct, status: int = 200) -> Response:
    """Put a value into an answer."""
    return Response(msgspec.json.encode(value), status, media_type=JSON)


def refused(error: ExpectedError) -> Response:
    """Put a failure into an answer."""
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 409)
    if isinstance(error, NoSuchThingError):
        status = 404
    if isinstance(error, BusyError):
        status = 503
    is_verdict = isinstance(error, NotVerifiedError | LedgerBrokenError)
    code = error.code if is_verdict else ""
    return answered(Refusal(str(error), _(error.remedy), code), status)


def wish(request: Request, kind: type[Wish]) -> Wish:
    """Read what is asked for.

    Raises:
        BadNameError: The body is not of that form.
    """
    try:
        return msgspec.json.decode(body(request), type=kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise BadNameError(_("The request cannot be read.")) from error


def number(request: Request, name: str, default: int, most: int) -> int:
    """Read a number from the address.

    Raises:
        BadNameError: It is none.
    """
    text = request.query_params.get(name, str(default))
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        raise BadNameError(_("“{name}” must be a number.").format(name=name))
    return min(int(text), most)
