"""How much time and memory a job may take."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

try:
    import resource
except ImportError:  # Windows: the parent's clock alone has to do
    resource = None  # type: ignore[assignment]

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a job may take.

    Attributes:
        seconds: On the wall's clock; the parent ends the process after that.
        processor_seconds: Of the processor's time; the system ends the process.
        megabytes: Of address space, with the libraries, which take about 300.
    """

    seconds: float = 20.0
    processor_seconds: int = 20
    megabytes: int = 1024

    @classmethod
    def from_arguments(cls, arguments: Sequence[str]) -> Self:
        """Read what ``arguments`` wrote."""
        processor_seconds, megabytes = (int(text) for text in arguments)
        return cls(processor_seconds=processor_seconds, megabytes=megabytes)

    @property
    def arguments(self) -> tuple[str, ...]:
        """What the child is told; the wall's clock is the parent's business."""
        return str(self.processor_seconds), str(self.megabytes)

    def limit_memory(self) -> None:
        """Let this process never have more memory."""
        if resource is not None:
            size = self.megabytes * _MEGABYTE
            _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
            if hard != resource.RLIM_INFINITY:
                size = min(size, hard)
            resource.setrlimit(resource.RLIMIT_AS, (size, hard))

    def limit_time(self) -> None:
        """Let this process end by itself if the job that begins now takes too long."""
        if resource is not None:
            usage = resource.getrusage(resource.RUSAGE_SELF)
            used = int(usage.ru_utime + usage.ru_stime) + 1
            _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
            wanted = used + self.processor_seconds
            if hard != resource.RLIM_INFINITY:
                wanted = min(wanted, hard)
            resource.setrlimit(resource.RLIMIT_CPU, (wanted, hard))
