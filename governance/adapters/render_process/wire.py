"""What the render process and its parent say to each other.

Frames of msgpack, each after its length in four bytes. Sources and compiled messages
are named by their digest and sent once; whoever does not know one says so.
"""

import struct
from typing import BinaryIO, Final, TypeAlias

import msgspec

from governance.clients.previews import Previews, Wanted
from governance.errors import Problem
from governance.names import Digest, Locale, TemplateId
from governance.rendering.render import Rendered
from governance.standards.finding import Finding

LARGEST_FRAME: Final = 64 * 1024 * 1024

_LENGTH: Final = struct.Struct(">I")


class KeepSources(msgspec.Struct, frozen=True, tag=True):
    """Sources to keep: those of ``base`` ("" for none), with these differences."""

    digest: Digest
    base: Digest
    texts: dict[str, str]
    assets: dict[str, bytes]
    gone: list[str]


class KeepCompiled(msgspec.Struct, frozen=True, tag=True):
    """A compiled message to keep."""

    digest: Digest
    parts: dict[str, str]


class CompileJob(msgspec.Struct, frozen=True, tag=True):
    """Compile some templates."""

    sources: Digest
    templates: list[TemplateId]


class RenderJob(msgspec.Struct, frozen=True, tag=True):
    """Render one message for some recipients, whose values are JSON."""

    compiled: Digest
    values: list[bytes]
    locale: Locale


class PreviewJob(msgspec.Struct, frozen=True, tag=True):
    """Compile a template, render it for the first recipient whom it fits, and show it.

    All of it at once, so that nothing large goes to the parent and back.
    """

    sources: Digest
    template: TemplateId
    locale: Locale
    values: list[bytes]
    wanted: list[Wanted]
    known: list[Digest]
    closer: Wanted | None


class CheckJob(msgspec.Struct, frozen=True, tag=True):
    """Check some templates, or (None) everything."""

    sources: Digest
    templates: list[TemplateId] | None


Job: TypeAlias = (
    KeepSources | KeepCompiled | CompileJob | RenderJob | PreviewJob | CheckJob
)


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The process is there, or has kept what it was given."""


class Parts(msgspec.Struct, frozen=True):
    """One compiled message."""

    parts: dict[str, str]
    remarks: list[Problem]


class CompileAnswer(msgspec.Struct, frozen=True, tag=True):
    """What was compiled, in the order of the job."""

    compiled: list[Parts]


class RenderAnswer(msgspec.Struct, frozen=True, tag=True):
    """What was rendered, in the order of the job."""

    rendered: list[Rendered]


class PreviewAnswer(msgspec.Struct, frozen=True, tag=True):
    """The message for that recipient, and as the clients show it."""

    rendered: Rendered
    previews: Previews


class CheckAnswer(msgspec.Struct, frozen=True, tag=True):
    """What was found."""

    findings: list[Finding]


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """The process does not have what the job names."""


class Failure(msgspec.Struct, frozen=True, tag=True):
    """An expected error, by the name of its class."""

    error: str
    text: str
    problems: list[Problem]


class Bug(msgspec.Struct, frozen=True, tag=True):
    """A mistake of ours, with its traceback."""

    traceback: str


Answer: TypeAlias = (
    Ready
    | CompileAnswer
    | RenderAnswer
    | PreviewAnswer
    | CheckAnswer
    | Unknown
    | Failure
    | Bug
)

_encoder: Final = msgspec.msgpack.Encoder()
_jobs: Final = msgspec.msgpack.Decoder(Job)
_answers: Final = msgspec.msgpack.Decoder(Answer)


def framed(message: Job | Answer) -> bytes:
    """Return the frame of a message.

    Raises:
        OverflowError: It is larger than any frame may be.
    """
    data = _encoder.encode(message)
    if len(data) > LARGEST_FRAME:
        raise OverflowError(len(data))
    return _LENGTH.pack(len(data)) + data


def length_of(header: bytes) -> int:
    """Return how many bytes follow a header of four.

    Raises:
        ValueError: More than any frame may have.
    """
    length = int(_LENGTH.unpack(header)[0])
    if length > LARGEST_FRAME:
        raise ValueError(length)
    return length


def read_job(stream: BinaryIO) -> Job | None:
    """Wait for the next job; None once the parent has gone.

    Raises:
        ValueError: The parent says something else.
    """
    header = stream.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        return None
    data = stream.read(length_of(header))
    job: Job = _jobs.decode(data)
    return job


def read_answer(data: bytes) -> Answer:
    """Read the inside of a frame.

    Raises:
        ValueError: It is no answer.
    """
    answer: Answer = _answers.decode(data)
    return answer
