"""Merge tokens of other systems, which would be sent as they stand.

Tokens that ``fields.toml`` knows of an ATS name the field that they mean; the usual
forms of others are only recognised.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from governance.content.fields import Fields
from governance.errors import MarkupError
from governance.markup.lex import Kind, lex
from governance.names import FieldName, Span

# Inside Jinja's brackets: {{CANDIDATE_NAME}}, {{Candidate first name}}.
_IN_BRACKETS: Final = re.compile(
    r"\{\{-?\s*(?:[A-Z][A-Z0-9_]{2,}|[A-Z][A-Za-z]*(?: [A-Za-z]+)+)\s*-?\}\}"
)
_IN_TEXT: Final = re.compile(
    r"%[A-Z][A-Z0-9_]{3,}%"  # iCIMS, Taleo
    r"|%%[\w .]+%%"  # Salesforce Marketing Cloud
    r"|\*\|[A-Z0-9_:]+\|\*"  # Mailchimp
    r"|\{!\s*[\w.]+\s*\}"  # Salesforce
    r"|\[\[\s*[\w .]+\s*\]\]"  # Workday, SmartRecruiters
    r"|<<\s*[\w .]+\s*>>"
    r"|\$\{\s*[\w.]+\s*\}"
    r"|(?<![{%#\w$!])\{(?:candidate|applicant|first|last|job|recruiter|company)[\w.]*\}"
)


@dataclass(frozen=True, slots=True)
class VendorToken:
    """A token of another system in a file.

    Attributes:
        means: The merge field that it stands for, or None where nobody says.
    """

    text: str
    span: Span
    means: FieldName | None


def tokens_in(source: str, fields: Fields) -> tuple[VendorToken, ...]:
    """Return the tokens of other systems in ``source``, in order."""
    known = tuple(
        (token, name)
        for name, field in fields.items()
        for token in field.tokens.values()
        if not token.isidentifier() and "." not in token
    )
    return _tokens(source, known)


@lru_cache(maxsize=512)
def _tokens(
    source: str, known: tuple[tuple[str, FieldName], ...]
) -> tuple[VendorToken, ...]:
    meant = {_squeezed(token): name for token, name in known}
    found: list[VendorToken] = []
    try:
        pieces = lex(source)
    except MarkupError:
        return ()
    for piece in pieces:
        if piece.kind is Kind.JINJA:
            key = _squeezed(piece.text)
            if key in meant or _IN_BRACKETS.fullmatch(piece.text):
                found.append(VendorToken(piece.text, piece.span, meant.get(key)))
            continue
        for match in _IN_TEXT.finditer(piece.text):
            start = piece.span.start + match.start()
            span = Span(start, start + len(match.group()))
            name = meant.get(_squeezed(match.group()))
            found.append(VendorToken(match.group(), span, name))
    return tuple(found)


def _squeezed(token: str) -> str:
    return "".join(token.split()).lower()
