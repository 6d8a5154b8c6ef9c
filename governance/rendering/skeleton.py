"""A document as premailer needs it: its elements, without words and their own styles.

Which rule holds for which element is seen from names, order and the few attributes
that selectors look at, a tenth of a mail. Where lxml would repair, move or add
something, what comes back is not what was given: such a document takes the long way.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeAlias

from governance.rendering.bones import (
    CALM,
    IGNORED,
    Bone,
    Bones,
    OddError,
    Texts,
    is_odd,
)
from governance.rendering.cascade import Dresser
from governance.rendering.html_text import INSIDE, root_of

MOST_ANSWERS: Final = 16

_MARKUP: Final = re.compile(rf"({INSIDE}-->|<[^>]*>)")
# lxml leaves out the end of an item without words.
_EMPTY_ITEM: Final = re.compile(r"<li(?:\s[^<>]*)?></li", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+")

# The elements for which rules hold, by their number among all tags, with the rules'.
_Answer: TypeAlias = Sequence[tuple[int, tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Skeletons:
    """Makes skeletons for one set of rules, and dresses what stands for their bones.

    Attributes:
        sheet: The rules as premailer sees them, each with a mark ``qdr7:v``.
        bones: What is known of tags and comments.
        answers: What premailer said of the last skeletons: other words change none.
    """

    sheet: str
    dresser: Dresser
    bones: Mapping[str, Bone]
    texts: Mapping[str, str] = field(default_factory=Texts)
    answers: "OrderedDict[str, _Answer | None]" = field(default_factory=OrderedDict)

    @classmethod
    def of(cls, sheet: str, looked_at: frozenset[str], dresser: Dresser) -> "Skeletons":
        """Make skeletons with nothing but what selectors look at."""
        return cls(sheet, dresser, Bones(looked_at))

    def inlined(self, html: str, run: Callable[[str], str]) -> str | None:
        """Return ``html`` as premailer would make it, or none where that is not sure.

        Args:
            html: A whole document.
            run: Premailer.
        """
        begin, end = root_of(html)
        outside = html[:begin] + html[end:]
        if is_odd(outside) or "<style" in outside.lower():
            return None
        pieces = _MARKUP.split(html[begin:end])
        try:
            bones = [self.bones[markup] for markup in pieces[1::2]]
            shown = self._shown(pieces, bones)
        except OddError:
            return None
        if "<li" in shown and _EMPTY_ITEM.search(html):
            return None
        answer = self._answer(shown, run)
        if answer is None:
            return None
        pieces[1::2] = [bone.text for bone in bones]
        places = [place for place, bone in enumerate(bones) if bone.shown]
        for number, marks in answer:
            place = places[number]
            text, tag = bones[place].text, bones[place].tag
            if tag is None:
                return None
            pieces[2 * place + 1] = self.dresser.dressed(text, tag, marks)
        return html[:begin] + "".join(pieces) + html[end:]

    def _shown(self, pieces: list[str], bones: Sequence[Bone]) -> str:
        """Return the skeleton; also write the texts of ``pieces`` as lxml does.

        Above and below the body texts are shown, since lxml would move them.
        """
        tags = pieces[1::2]
        body = _first(tags, "<body", range(len(tags)))
        last = _first(tags, "</body", range(len(tags) - 1, body, -1))
        texts = slice(2 * body + 2, 2 * last + 1, 2)
        pieces[texts] = self._told(pieces[texts])
        above = self._head(pieces, bones[: body + 1])
        inner = "".join([bone.shown for bone in bones[body + 1 : last]])
        below = "".join(
            bone.shown + text
            for bone, text in zip(bones[last:], pieces[2 * last + 2 :: 2], strict=True)
        )
        if "<style" in inner or "<title" in inner or above.count("</head>") != 1:
            raise OddError(inner)
        return above + inner + below

    def _head(self, pieces: list[str], bones: Sequence[Bone]) -> str:
        shown = [pieces[0]]
        for number, bone in enumerate(bones[:-1]):
            at = 2 * number + 2
            shown.append(bone.shown)
            name = bone.tag.name if bone.tag else ""
            is_raw = name in {"style", "title"}
            if is_raw and bones[number + 1].shown != f"</{name}>":
                raise OddError(name)
            if name == "style":
                if is_odd(pieces[at]):
                    raise OddError(pieces[at])
            else:
                pieces[at] = self.texts[pieces[at]]
                if not is_raw:
                    shown.append(pieces[at])
        return "".join([*shown, bones[-1].shown])

    def _told(self, texts: list[str]) -> list[str]:
        joined = "\n".join(texts)
        if CALM.fullmatch(joined) and not is_odd(joined):
            return texts
        return [self.texts[text] for text in texts]

    def _answer(self, shown: str, run: Callable[[str], str]) -> _Answer | None:
        if shown in self.answers:
            self.answers.move_to_end(shown)
            return self.answers[shown]
        sheet = f"<style>{self.sheet}</style></head>"
        answer = _compared(shown, run(shown.replace("</head>", sheet, 1)))
        self.answers[shown] = answer
        while len(self.answers) > MOST_ANSWERS:
            self.answers.popitem(last=False)
        return answer


def _compared(shown: str, done: str) -> _Answer | None:
    """Find the elements that got a style; none where anything else has changed."""
    given = shown.replace(IGNORED, "").split("<")
    made = done.replace(IGNORED, "").split("<")
    if len(given) != len(made):
        return None
    changed = [place for place, text in enumerate(given) if text != made[place]]
    found = [(place - 1, _marks(given[place], made[place])) for place in changed]
    return found if all(marks for _place, marks in found) else None


def _first(markup: Sequence[str], begin: str, places: range) -> int:
    for place in places:
        if markup[place].startswith(begin):
            return place
    raise OddError(begin)


@lru_cache(maxsize=4096)
def _marks(before: str, after: str) -> tuple[int, ...]:
    """Return the rules that hold for an element: all that its tag may have got."""
    name, bracket, text = before.rpartition(">")
    begin, end = f'{name} style="', f'"{bracket}{text}'
    if not (bracket and after.startswith(begin) and after.endswith(end)):
        return ()
    return tuple(map(int, _NUMBER.findall(after[len(begin) : -len(end)])))
