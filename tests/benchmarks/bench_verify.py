"""How fast a ledger is replayed and every version in it verified.

As the program does it: with a second process that checks signatures from the other end.
Wall time depends on whether another processor is idle, so the processor time of both is
told too, and what one process alone takes. The peer, ``ssh-keygen -Y verify``, checks
one signature and knows nothing of roles, quorums or the chain; stock tools take one
call an entry.
"""

import os
import subprocess
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from governance.adapters.git.ledger import GitLedger, entry_path
from governance.adapters.git.store import LEDGER, GitStore
from governance.adapters.signature_process.process import SignatureProcess
from governance.approval.candidate import Candidate
from governance.approval.verify import verify
from governance.ledger.replay import replay
from governance.trust import sshsig
from governance.trust.ports import Helper
from tests.fakes.crowd import crowd
from tests.fakes.make import ANA, NOON, key_of

LENGTHS = ((1_000, 5, 0.2), (10_000, 3, 1.5))  # entries, rounds, seconds allowed
PEER_CALLS = 30


def main() -> None:
    """Print a line for each length, with its spread and the ratio to the peer."""
    theirs = _seconds_of_ssh_keygen() / PEER_CALLS
    entries = crowd(LENGTHS[-1][0])
    for length, rounds, allowed in LENGTHS:
        some, helper = entries[:length], SignatureProcess()
        used = _processor_seconds()
        times = [_seconds(some, helper) for _round in range(rounds)]
        used = (_processor_seconds() - used) / rounds
        alone = process_time()
        _seconds(some, None)
        alone = process_time() - alone
        middle = median(times)
        print(
            f"verify a ledger of {length:6,} entries  {middle * 1000:7.0f} ms "
            f"({min(times) * 1000:.0f} to {max(times) * 1000:.0f}; "
            f"allowed {allowed * 1000:.0f}); processor {used * 1000:.0f} ms for both, "
            f"{alone * 1000:.0f} for one alone; ssh-keygen one by one takes "
            f"{theirs * length / middle:.0f} times as long"
        )
    with TemporaryDirectory() as name:
        ledger = _in_git(Path(name, "ledger.git"), entries)
        begun, used = perf_counter(), _processor_seconds()
        read = ledger.entries(ledger.tip())
        taken, used = perf_counter() - begun, _processor_seconds() - used
        assert list(read) == entries
        print(
            f"read {len(read):,} entries from git      {taken * 1000:7.0f} ms "
            f"(processor {used * 1000:.0f} ms, git's too)"
        )


def _in_git(path: Path, entries: list[bytes]) -> GitLedger:
    """Put a ledger into a repository, by the quickest way there is."""
    store = GitStore.make(path)
    lines: list[bytes] = []
    for number, entry in enumerate(entries):
        file, parent = entry_path(number).encode(), b"from :%d\n" % number
        lines += [
            b"commit %b\nmark :%d\n" % (LEDGER.encode(), number + 1),
            b"committer A <a@example.com> %d +0000\ndata 0\n" % number,
            parent if number else b"",
            b"M 100644 inline %b\ndata %d\n%b\n" % (file, len(entry), entry),
        ]
    store.git.run("fast-import", "--quiet", data=b"".join(lines))
    return GitLedger(store)


def _processor_seconds() -> float:
    """Return what we and the processes that we ended have used."""
    return sum(os.times()[:4])


def _seconds(entries: list[bytes], helper: Helper | None) -> float:
    begun = perf_counter()
    state = replay(entries, helper=helper)
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
