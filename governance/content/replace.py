"""Words replaced at the places that a person chose."""

from collections.abc import Iterable
from typing import Final

import regex

from governance.content.format import FORMAT_FILE, read_format
from governance.content.measure import require_small
from governance.content.search import TIMEOUT, BadQueryError, Pattern
from governance.content.sources import Sources
from governance.content.tables import read_table
from governance.content.template import TEMPLATE_FILE, TEMPLATES, read_template
from governance.errors import ContentError, ExpectedError
from governance.names import Span
from governance.texts import _

_TABLE: Final = ".toml"


def replaced(
    text: str,
    places: Iterable[Span],
    pattern: Pattern,
    instead: str,
    *,
    is_pattern: bool,
) -> str:
    r"""Return ``text`` with something else at ``places``.

    Of a regular expression ``instead`` may take groups over: ``\1``, ``\g<name>``.

    Raises:
        BadQueryError: It takes over a group that there is none of.
        ContentError: The words no longer stand at one of the places.
    """
    pieces: list[str] = []
    at = 0
    for place in sorted(places):
        match = _match(pattern, text, place)
        pieces += (
            text[at : place.start],
            _expanded(match, instead) if is_pattern else instead,
        )
        at = place.end
    return "".join([*pieces, text[at:]])


def _match(pattern: Pattern, text: str, place: Span) -> regex.Match[str]:
    try:
        match = pattern.match(text, place.start, timeout=TIMEOUT)
    except TimeoutError:
        match = None
    if match is None or match.span() != tuple(place):
        raise ContentError(_("The text changed since it was searched."))
    return match


def _expanded(match: regex.Match[str], instead: str) -> str:
    try:
        return match.expand(instead)
    except (regex.error, IndexError) as error:
        message = _("“{instead}” cannot stand instead: {reason}.")
        raise BadQueryError(message.format(instead=instead, reason=error)) from error


def require_readable(path: str, before: Sources, after: Sources) -> None:
    """Let a file pass that can be read after it was changed, or could not before.

    Raises:
        ExpectedError: It is a table that says something impossible now, or too large.
    """
    require_small(path, len(after.read(path).encode()))
    if not path.endswith(_TABLE):
        return
    try:
        _read(path, before)
    except ExpectedError:
        return
    _read(path, after)


def _read(path: str, sources: Sources) -> None:
    if path == FORMAT_FILE:
        read_format(sources)
    elif path.startswith(TEMPLATES) and path.endswith(f"/{TEMPLATE_FILE}"):
        read_template(sources, path.removesuffix(f"/{TEMPLATE_FILE}"), (path,))
    else:
        read_table(sources, path)
