"""What the command palette finds: fuzzy on words, the best first, in groups."""

from collections.abc import Iterable
from typing import Final

from app.commands import Command, Target
from governance.texts import _

_MOST: Final = 11
_MISS: Final = -1


def matching(
    query: str, commands: Iterable[Command], targets: Iterable[Target]
) -> tuple[Command | Target, ...]:
    """Return what fits ``query``.

    ">" asks for commands alone, "@" for candidates, "#" for changes and releases, "?"
    for help. What cannot be done now comes last.
    """
    text = query.strip()
    prefix, words = (text[:1], text[1:].strip()) if text[:1] in "@#>?" else ("", text)
    found: list[tuple[int, int, Command | Target]] = []
    for number, command in enumerate(commands):
        if prefix in {"", ">"} or (prefix == "?" and command.group == _("Help")):
            score = fit(words, command.title)
            if score != _MISS:
                rank = score - (1000 if command.reason else 0)
                found.append((rank, -number, command))
    if prefix != ">" and (words or prefix):
        for number, target in enumerate(targets):
            if target.prefix == prefix or (not prefix and words):
                score = fit(words, f"{target.title} {target.second}")
                if score != _MISS:
                    found.append((score + 5, -number, target))
    found.sort(key=_order, reverse=True)
    best = [one for _rank, _place, one in found[:_MOST]]
    groups = list(dict.fromkeys(one.group for one in best))
    return tuple(sorted(best, key=lambda one: groups.index(one.group)))


def fit(query: str, text: str) -> int:
    """Return how well ``text`` fits, -1 for not at all: every word must begin one."""
    if not query:
        return 0
    words = text.casefold().split()
    score = 0
    for part in query.casefold().split():
        starts = [at for at, word in enumerate(words) if word.startswith(part)]
        inside = [at for at, word in enumerate(words) if part in word]
        if starts:
            score += 20 - min(starts[0], 10)
        elif inside:
            score += 5
        elif _is_scattered(part, text.casefold()):
            score += 1
        else:
            return _MISS
    return score


def _is_scattered(part: str, text: str) -> bool:
    signs = iter(text)
    return len(part) > 1 and all(sign in signs for sign in part)


def _order(found: tuple[int, int, Command | Target]) -> tuple[int, int]:
    return found[0], found[1]
