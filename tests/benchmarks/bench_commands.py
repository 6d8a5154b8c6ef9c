"""How long a person waits for whole commands, beside a Python that does nothing.

python -m tests.benchmarks.bench_commands
"""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).parents[2]
TIMES = 9
SETUP_LIMIT, HELP_LIMIT = 1_000, 250  # milliseconds
TOUR_LIMIT = 60  # seconds


def milliseconds(*command: str) -> list[float]:
    """Return how long each of some runs of ``command`` took, after one to warm up."""
    taken = []
    for _number in range(TIMES + 1):
        start = perf_counter()
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        taken.append(1000 * (perf_counter() - start))
    return sorted(taken[1:])


def told(taken: list[float]) -> str:
    """Return a median with its spread."""
    return f"{median(taken):.0f} ms ({taken[0]:.0f}–{taken[-1]:.0f})"


def main() -> None:
    """Print one line for each measure."""
    bare = milliseconds(sys.executable, "-c", "pass")
    ready = milliseconds(sys.executable, "dev.py", "setup")
    helped = milliseconds(sys.executable, "-m", "app", "--help")
    for name, taken, limit in (
        ("set-up with nothing to do", ready, SETUP_LIMIT),
        ("countersign --help", helped, HELP_LIMIT),
    ):
        ratio = median(taken) / median(bare)
        print(
            f"{name}: {told(taken)}, limit {limit} ms; "
            f"{ratio:.1f} × a Python that does nothing"
        )
    _tour()


def _tour() -> None:
    with TemporaryDirectory() as folder:
        said = subprocess.run(
            [sys.executable, "-m", "app", "tour", "--json", "--keep", f"{folder}/desk"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
    steps = json.loads(said.stdout)["steps"]
    slowest = max(steps, key=lambda step: step["seconds"])
    seconds = sum(step["seconds"] for step in steps)
    print(
        f"tour: {seconds:.0f} s in all, limit {TOUR_LIMIT} s; the longest step is "
        f"“{slowest['id']}”, {slowest['seconds']:.0f} s"
    )


if __name__ == "__main__":
    main()
