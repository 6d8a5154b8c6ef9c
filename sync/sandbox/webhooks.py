"""Telling others what happened: signed, again and again until they answer 200.

The signature is HMAC-SHA256 over time, event and body, and is made anew for each
attempt, so that whoever receives it can refuse an old one.
"""

import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex
from threading import Event, Thread
from time import time

import httpx
import msgspec

from sync.api.practice import (
    EVENT_ID,
    SIGNATURE,
    TIMESTAMP,
    Change,
    NewWebhook,
    Webhook,
    Webhooks,
)
from sync.sandbox.errors import PracticeError
from sync.sandbox.history import numbered
from sync.sandbox.records import Records

_log = logging.getLogger(__name__)
_PATIENCE = 5.0  # seconds for an answer
_LONGEST = 30.0  # seconds between two attempts
_SOON = 0.2  # seconds before the second attempt


class Hook(msgspec.Struct, frozen=True):
    """A webhook as it is kept, with its secret."""

    id: str
    url: str
    secret: str
    owner: str = ""

    def __repr__(self) -> str:
        return f"Hook({self.id})"


def signature(secret: str, timestamp: str, event: str, body: bytes) -> str:
    """Return the value of the signature's header."""
    signed = f"{timestamp}.{event}.".encode() + body
    return f"v1={hmac.new(secret.encode(), signed, sha256).hexdigest()}"


@dataclass(frozen=True, slots=True)
class PracticeWebhooks:
    """Who wants to be told."""

    records: Records
    told: Callable[[], None]

    def register(self, wish: NewWebhook) -> Webhook:
        """Keep an address; who is known already has a new one, or a new secret."""
        with self.records.transaction():
            hooks = self.records.all(Hook)
            same = [
                hook.id
                for hook in hooks
                if (wish.owner and hook.owner == wish.owner) or hook.url == wish.url
            ]
            id_ = same[0] if same else f"hook-{token_hex(4)}"
            self.records.put(id_, Hook(id_, wish.url, wish.secret, wish.owner))
            self.records.execute("UPDATE delivery SET due = 0 WHERE webhook = ?", id_)
        self.told()
        return Webhook(id=id_, url=wish.url)

    def all(self) -> Webhooks:
        """Return all, with how much waits for each."""
        statement = "SELECT webhook, count(*) FROM delivery GROUP BY webhook"
        waiting = {row[0]: row[1] for row in self.records.execute(statement)}
        return Webhooks(
            tuple(
                Webhook(id=hook.id, url=hook.url, waiting=_number(waiting, hook.id))
                for hook in self.records.all(Hook)
            )
        )

    def drop(self, id_: str) -> None:
        """Tell nobody there any more.

        Raises:
            PracticeError: There is none.
        """
        with self.records.transaction():
            if self.records.get(Hook, id_) is None:
                raise PracticeError(404, "There is no such webhook.")
            self.records.drop(Hook, id_)
            self.records.execute("DELETE FROM delivery WHERE webhook = ?", id_)


class Courier:
    """Delivers in a thread of its own, in order for each webhook's first attempt."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._wake, self._is_over = Event(), False
        self._thread = Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Something happened."""
        self._wake.set()

    def stop(self) -> None:
        """End, after the delivery under way."""
        self._is_over = True
        self._wake.set()
        self._thread.join(_PATIENCE + 1)

    def _run(self) -> None:
        with httpx.Client(timeout=_PATIENCE, trust_env=False) as http:
            while not self._is_over:
                self._wake.clear()
                pause = self._deliver(http)
                self._wake.wait(pause)

    def _deliver(self, http: httpx.Client) -> float:
        """Try all that is due; return how long nothing will be."""
        statement = (
            "SELECT webhook, sequence, attempts FROM delivery WHERE due <= ? "
            "ORDER BY sequence LIMIT 100"
        )
        rows = self._records.execute(statement, time())
        for webhook, sequence, attempts in rows:
            if self._is_over:
                break
            self._attempt(http, str(webhook), _whole(sequence), _whole(attempts))
        due = self._records.execute("SELECT min(due) FROM delivery")[0][0]
        if not isinstance(due, float | int):
            return _LONGEST
        return max(0.0, min(_LONGEST, due - time()))

    def _attempt(
        self, http: httpx.Client, webhook: str, sequence: int, attempts: int
    ) -> None:
        hook = self._records.get(Hook, webhook)
        rows = self._records.execute(
            "SELECT sequence, body FROM change WHERE sequence = ?", sequence
        )
        if hook is None or _is_told(http, hook, numbered(*rows[0])):
            self._records.execute(
                "DELETE FROM delivery WHERE webhook = ? AND sequence = ?",
                webhook,
                sequence,
            )
            return
        pause = min(_LONGEST, _SOON * 2**attempts)
        self._records.execute(
            "UPDATE delivery SET attempts = attempts + 1, due = ? "
            "WHERE webhook = ? AND sequence = ?",
            time() + pause,
            webhook,
            sequence,
        )


def _is_told(http: httpx.Client, hook: Hook, change: Change) -> bool:
    body, now = msgspec.json.encode(change), str(int(time()))
    headers = {
        TIMESTAMP: now,
        EVENT_ID: change.id,
        SIGNATURE: signature(hook.secret, now, change.id, body),
        "Content-Type": "application/json",
    }
    try:
        answer = http.post(hook.url, content=body, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        _log.info("Webhook %s: %s", hook.id, type(error).__name__)
        return False
    _log.info("Webhook %s: %s", hook.id, answer.status_code)
    return answer.status_code == httpx.codes.OK


def _number(counts: dict[object, object], id_: str) -> int:
    return _whole(counts.get(id_, 0))


def _whole(value: object) -> int:
    assert isinstance(value, int), "the column is an integer"
    return value
