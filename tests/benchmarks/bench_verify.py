"""How fast a ledger is replayed and every version in it verified.

The peer, ``ssh-keygen -Y verify``, checks one signature and knows nothing of roles,
quorums or the chain; stock tools take one call an entry.
"""

import subprocess
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from governance.approval.candidate import Candidate
from governance.approval.verify import verify
from governance.ledger.replay import replay
from governance.trust import sshsig
from tests.fakes.crowd import crowd
from tests.fakes.make import ANA, NOON, key_of

LENGTHS = ((1_000, 5, 0.2), (10_000, 3, 1.5))  # entries, rounds, seconds allowed
PEER_CALLS = 30


def main() -> None:
    """Print a line for each length, with its spread and the ratio to the peer."""
    theirs = _seconds_of_ssh_keygen() / PEER_CALLS
    entries = crowd(LENGTHS[-1][0])
    for length, rounds, allowed in LENGTHS:
        times = [_seconds(entries[:length]) for _round in range(rounds)]
        middle = median(times)
        print(
            f"verify a ledger of {length:6,} entries  {middle * 1000:7.0f} ms "
            f"({min(times) * 1000:.0f} to {max(times) * 1000:.0f}; "
            f"allowed {allowed * 1000:.0f}); ssh-keygen one by one takes "
            f"{theirs * length / middle:.0f} times as long"
        )


def _seconds(entries: list[bytes]) -> float:
    begun = perf_counter()
    state = replay(entries)
    for subject, versions in state.versions.items():
        last = versions[-1]
        candidate = Candidate(subject, last.closure, last.compiled)
        verdict = verify(state, candidate, now=NOON)
        assert verdict.is_verified, verdict
    taken = perf_counter() - begun
    assert state.length == len(entries), "all were read"
    assert not state.ignored, state.ignored[0]
    return taken


def _seconds_of_ssh_keygen() -> float:
    with TemporaryDirectory() as name:
        signature, allowed = Path(name, "signature"), Path(name, "allowed")
        raw = sshsig.sign(b"yes", key_of(ANA), namespace="a")
        signature.write_text(sshsig.armour(raw))
        allowed.write_text(f"{key_of(ANA).public.allowed(ANA, 'a')}\n")
        verify_one = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", ANA]
        begun = perf_counter()
        for _call in range(PEER_CALLS):
            subprocess.run(
                [*verify_one, "-n", "a", "-s", str(signature)],
                input=b"yes",
                capture_output=True,
                check=True,
            )
        return perf_counter() - begun


if __name__ == "__main__":
    main()
