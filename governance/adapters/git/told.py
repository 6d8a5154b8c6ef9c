"""What a process says, up to a limit: a few objects can list a billion files."""

from contextlib import suppress
from subprocess import Popen
from threading import Thread
from time import monotonic
from typing import IO, Final

_CHUNK: Final = 1 << 20
_MOST_COMPLAINTS: Final = 100_000  # bytes; the rest is read and forgotten


def told(
    process: "Popen[bytes]", data: bytes, *, most: int, seconds: float
) -> tuple[bytes, bytes]:
    """Give ``data`` to ``process``, and return its output and its complaints.

    Raises:
        TimeoutError: It did not end in time; it was ended.
        OverflowError: It said more than ``most`` bytes; it was ended.
    """
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    deadline = monotonic() + seconds
    output, complaint = _Listener(process.stdout, most), _Listener(process.stderr, 0)
    writer = Thread(target=_say, args=(process.stdin, data), daemon=True)
    threads = [writer, output, complaint]
    for thread in threads:
        thread.start()
    try:
        # Who says too much stops listening; git then cannot go on writing.
        output.join(max(0.0, deadline - monotonic()))
        if output.is_alive():
            raise TimeoutError
        if output.has_too_much:
            raise OverflowError
        complaint.join(max(0.0, deadline - monotonic()))
        writer.join(max(0.0, deadline - monotonic()))
        if complaint.is_alive() or writer.is_alive():
            raise TimeoutError
        process.wait()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        for thread in threads:
            thread.join(1.0)
        for stream in (process.stdin, process.stdout, process.stderr):
            with suppress(OSError):
                stream.close()
    return output.heard(), complaint.heard()


class _Listener(Thread):
    """Reads one stream to its end, or to its limit; 0 forgets what is too much."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        super().__init__(daemon=True)
        self.has_too_much = False
        self._stream, self._most = stream, most
        self._heard: list[bytes] = []

    def heard(self) -> bytes:
        """Return all of it."""
        return b"".join(self._heard)

    def run(self) -> None:
        """Read."""
        length = 0
        with suppress(OSError, ValueError):  # closed meanwhile
            while data := self._stream.read(_CHUNK):
                length += len(data)
                if self._most and length > self._most:
                    self._heard.clear()
                    self.has_too_much = True
                    return
                if self._most or length <= _MOST_COMPLAINTS:
                    self._heard.append(data)


def _say(stream: IO[bytes], data: bytes) -> None:
    with suppress(OSError):  # git needs no more of it
        stream.write(data)
        stream.close()
