"""Preparing: from a release and an application to the exact bytes that are sent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import assert_never

from governance.errors import MarkupError
from governance.names import Channel, Digest
from governance.rendering.sms import segments
from governance.texts import _
from sync.candidates.facts import ApplicationSnapshot
from sync.planning.intent import Intent
from sync.publishing.releases import VerifiedRelease
from sync.sending.about import About, about, best_locale
from sync.sending.addresses import one_line, shown_name, wire_address
from sync.sending.fill import Filled, Filler
from sync.sending.mime import Letter, assemble
from sync.sending.outbox import Parcel
from sync.sending.policy import Sender, SendingPolicy


@dataclass(frozen=True, slots=True)
class Prepare:
    """Makes parcels.

    Attributes:
        inputs_digest: The HMAC of what a message was rendered with.
    """

    filler: Filler
    policy: SendingPolicy
    inputs_digest: Callable[[bytes], Digest]

    def __call__(
        self,
        intent: Intent,
        message_id: str,
        release: VerifiedRelease,
        snapshot: ApplicationSnapshot,
        now: datetime,
    ) -> Parcel:
        """Make the message of ``intent``.

        Raises:
            MarkupError: A value or a part is missing, or an address is impossible.
            BadValueError: The ATS says something that does not fit a field's type.
            UnknownFormatError: A newer program compiled the message.
            RendererUnavailableError: The render process is gone; worth trying again.
        """
        locale = best_locale(release, snapshot.candidate.locale)
        if locale is None:
            raise MarkupError(_("The message is in no language that can be sent."))
        said = about(release)
        filled = self.filler.fill(release, snapshot, locale)
        sender = self.policy.senders[intent.channel]
        recipient = _recipient(intent, snapshot, said)
        count = 0
        match intent.channel:
            case Channel.EMAIL:
                letter = replace(
                    _letter(filled, sender, snapshot, said),
                    message_id=message_id,
                    date=now.replace(microsecond=0),
                    language=str(locale),
                    unsubscribe=_ways_out(sender, said, message_id),
                )
                body = _bytes_of(letter)
            case Channel.SMS:
                text = _required(filled.rendered.sms)
                body, count = text.encode(), segments(text).count
            case Channel.CHAT:
                body = _required(filled.rendered.chat).encode()
            case _:
                assert_never(intent.channel)
        return Parcel(
            recipient=recipient,
            sender=sender.address,
            body=body,
            sha256=Digest(sha256(body).hexdigest()),
            inputs=self.inputs_digest(filled.inputs),
            segments=count,
        )


def _letter(
    filled: Filled, sender: Sender, snapshot: ApplicationSnapshot, said: About
) -> Letter:
    candidate, owner, rendered = snapshot.candidate, snapshot.owner, filled.rendered
    name = f"{candidate.first_name} {candidate.last_name}".strip()
    return Letter(
        sender=sender.address,
        sender_name=sender.name,
        to=_address(owner.email if said.is_internal else candidate.email),
        to_name=shown_name(owner.name if said.is_internal else name),
        reply_to=_address(sender.reply_to or owner.email),
        subject=one_line(_required(rendered.subject)),
        text=_required(rendered.text),
        html=rendered.html,
    )


def _ways_out(sender: Sender, said: About, message_id: str) -> tuple[str, ...]:
    """Return the addresses that end such messages, where the class needs them."""
    if said.kind not in {"relationship", "commercial"}:
        return ()
    token = message_id.strip("<>").split("@")[0]
    return tuple(link.replace("{token}", token) for link in sender.unsubscribe)


def _address(text: str) -> str:
    try:
        return wire_address(text)
    except ValueError as error:  # the library's words name the address
        raise MarkupError(_("An address is impossible.")) from error


def _bytes_of(letter: Letter) -> bytes:
    try:
        return assemble(letter)
    except (ValueError, IndexError) as error:  # the library's words name the address
        raise MarkupError(_("The message cannot be made into an e-mail.")) from error


def _recipient(intent: Intent, snapshot: ApplicationSnapshot, said: About) -> str:
    if said.is_internal:
        return _address(snapshot.owner.email)
    match intent.channel:
        case Channel.EMAIL:
            return _address(snapshot.candidate.email)
        case Channel.SMS:
            return snapshot.candidate.phone
        case Channel.CHAT:
            return ""


def _required(text: str | None) -> str:
    if text is None:
        raise MarkupError(_("The release lacks a part that is to be sent."))
    return text
