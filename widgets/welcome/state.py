"""What the welcome window shows."""

from dataclasses import dataclass

from governance.texts import _


@dataclass(frozen=True, slots=True)
class RecentRow:
    """A workspace that was open before."""

    folder: str
    name: str
    when: str


@dataclass(frozen=True, slots=True)
class WelcomeState:
    """Everything that the window draws.

    Attributes:
        job: What is being prepared, "" for nothing.
        problem: What went wrong, with what to do; "" for nothing.
    """

    version: str
    recent: tuple[RecentRow, ...] = ()
    job: str = ""
    done: int = 0
    total: int = 0
    problem: str = ""


def demo_words(state: WelcomeState) -> str:
    """Return what stands under “Open the demo”."""
    if state.job:
        return _("{what}, {done} of {total}").format(
            what=state.job, done=state.done + 1, total=state.total
        )
    return _(
        "Northwind Robotics, with 33 templates, a practice applicant tracking system "
        "and a mailbox that catches everything. Ready in about 10 seconds; needs no "
        "account."
    )
