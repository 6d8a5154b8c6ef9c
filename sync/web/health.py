"""How the service is, for anyone who asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version

from governance.errors import ExpectedError
from governance.trust.keys import PublicKey
from sync.api.service import Health
from sync.publishing.verified import Reading
from sync.sending.delivery import State
from sync.sending.stops import Scope, Stops


@dataclass(frozen=True, slots=True)
class LookAtHealth:
    """Looks at what the service stands on; what is ill is said, not raised."""

    workspace: str
    key: PublicKey
    reading: Callable[[], Reading]
    counts: Callable[[], Mapping[State, int]]
    stops: Stops

    def __call__(self) -> Health:
        """Return how the service is."""
        problem, tip, length = "", "", 0
        counts: dict[str, int] = {}
        is_sending = False
        try:
            counts = {state.value: count for state, count in self.counts().items()}
            is_sending = all(s.scope is not Scope.ALL for s in self.stops.list())
            reading = self.reading()
            tip, length = reading.tip, reading.state.length
            if reading.state.fault:
                problem = reading.state.fault.reason
        except ExpectedError as error:
            problem, is_sending = str(error), False
        return Health(
            version=version("countersign"),
            workspace=self.workspace,
            is_sending=is_sending,
            counts=counts,
            tip=tip,
            length=length,
            problem=problem,
            key=self.key.fingerprint,
            openssh=self.key.openssh,
        )
