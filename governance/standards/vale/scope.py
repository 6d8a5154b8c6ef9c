"""Where a rule looks: Vale's scope selectors, and ours beside them.

Vale's are text, heading, list, table, blockquote, paragraph, sentence, alt, raw and
summary; ours are subject, preheader, cta (the text of a button), link-text, sms, chat.
"""

from dataclasses import dataclass
from typing import Final

from governance.errors import ContentError
from governance.texts import _

# Vale refuses them too: their text is part of the paragraph around it.
_REFUSED: Final = frozenset(["link", "code", "strong", "emphasis"])
# A block of these is a whole file, of which nothing can be left out.
_WHOLE: Final = frozenset(["raw", "summary"])


@dataclass(frozen=True, slots=True)
class _Part:
    sections: frozenset[str]
    is_negated: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """What blocks a rule is for; one of its alternatives must fit."""

    alternatives: tuple[tuple[_Part, ...], ...]

    def fits(self, sections: frozenset[str], parent: frozenset[str]) -> bool:
        """Tell whether a block of ``sections`` within ``parent`` is meant."""
        return any(
            all(_fits(part, sections, parent) for part in parts)
            for parts in self.alternatives
        )

    @property
    def sections(self) -> frozenset[str]:
        """The sections of a block that surely fits, for a rule's own tests."""
        for parts in self.alternatives:
            asked = [part.sections for part in parts if not part.is_negated]
            return frozenset[str]().union(*asked) or frozenset(["text"])
        return frozenset(["text"])


def read_scope(texts: tuple[str, ...]) -> Scope:
    """Read the selectors of a rule; none means every text.

    Raises:
        ContentError: A selector names what Vale cannot look at.
    """
    return Scope(tuple(_parts(text) for text in texts or ("text",)))


ANY_TEXT: Final = Scope(((_Part(frozenset(["text"]), is_negated=False),),))


def _parts(text: str) -> tuple[_Part, ...]:
    parts: list[_Part] = []
    for piece in text.split("&"):
        selector = piece.strip()
        is_negated = selector.startswith("~")
        sections = frozenset(
            section.strip() for section in selector.removeprefix("~").split(".")
        )
        if refused := sections & _REFUSED:
            raise ContentError(
                _("“{scope}” is no scope: use “raw” instead.").format(
                    scope=min(refused)
                )
            )
        parts.append(_Part(sections, is_negated))
    return tuple(parts)


def _fits(part: _Part, sections: frozenset[str], parent: frozenset[str]) -> bool:
    if not part.is_negated:
        return part.sections <= sections
    return not part.sections <= parent and not sections & _WHOLE
