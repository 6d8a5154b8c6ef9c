"""What compiling makes: the parts that are signed, kept and rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Final

from governance.errors import Problem
from governance.names import Digest, Locale
from governance.trust.canonical import canonical, digest

# Named when two computers compile to other bytes.
COMPILER: Final = (
    f"countersign-compile 1 (mrml {version('mjml-python')}, "
    f"premailer {version('premailer')})"
)


@dataclass(frozen=True, slots=True)
class Compiled:
    """The parts as they leave for any recipient, merge fields still open.

    Attributes:
        parts: "en/email.html" → its text; "fields.json" and "message.json" for all.
        remarks: What compiling could not do as well as the author may wish; they are
            no part of what is signed.
    """

    parts: Mapping[str, str]
    remarks: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def digest(self) -> Digest:
        """The digest that an approval names."""
        return digest(canonical(self.parts))

    @property
    def locales(self) -> tuple[Locale, ...]:
        """The languages that the message is written in, sorted."""
        return tuple(
            sorted({Locale(p.partition("/")[0]) for p in self.parts if "/" in p})
        )
