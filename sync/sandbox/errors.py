"""How the practice systems say no."""


class PracticeError(Exception):
    """The practice ATS says no, as HTTP does.

    Attributes:
        status: HTTP's number for it.
    """

    def __init__(self, status: int, problem: str) -> None:
        super().__init__(problem)
        self.status = status
