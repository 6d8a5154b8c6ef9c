"""The record of a check: what is kept of it, and what an approval names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version

from governance.names import Digest
from governance.standards.finding import Finding, Severity, findings_json
from governance.trust.canonical import digest


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """What is kept of a check: an approval names it.

    Attributes:
        engine: Another one may say something else.
        digest: Of all findings, as they are printed for machines.
    """

    engine: str
    errors: int
    warnings: int
    suggestions: int
    digest: Digest


def record_of(findings: Sequence[Finding]) -> CheckRecord:
    """Return what is kept of a check."""
    counts = {
        severity: sum(finding.severity is severity for finding in findings)
        for severity in Severity
    }
    return CheckRecord(
        _engine(),
        counts[Severity.ERROR],
        counts[Severity.WARNING],
        counts[Severity.SUGGESTION],
        digest(findings_json(findings)),
    )


@lru_cache(maxsize=1)
def _engine() -> str:
    """Name the engine; the library that decides what a pattern finds is part of it."""
    return f"countersign-check 1 (regex {version('regex')})"
