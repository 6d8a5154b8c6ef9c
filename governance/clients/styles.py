"""How the rules of one client change styles; what was changed once is remembered.

Most styles of a message are there many times, and most stay the same from one keystroke
to the next. So each is looked at once for each client, which is what makes twelve
previews of a long mail cheap.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from html import escape
from typing import Final, NamedTuple

from governance.clients import colour
from governance.clients.css import (
    Block,
    one_written,
    read_blocks,
    subject_of,
    write_blocks,
    write_declarations,
)
from governance.clients.harmless import tame_sheet
from governance.clients.rule import (
    Circumstance,
    OnBlock,
    OnColour,
    OnDeclaration,
    OnSheet,
    OnText,
    Rule,
    Scheme,
)
from governance.rendering.sheets import Declaration, read_declarations

_KEPT: Final = 4096
_EXCERPT: Final = 60
_OTHER: Final = "*other*"
_BACKGROUNDS: Final = ("background", "background-color", "background-image")
_LINES: Final = (
    "color", "border", "border-*", "outline", "outline-color", "text-decoration-color",
    "fill", "stroke", "caret-color", "column-rule-color",
)  # fmt: skip
_SCHEME: Final = re.compile(
    r"\(\s*prefers-color-scheme\s*(?::\s*([\w-]+)\s*)?\)", re.IGNORECASE
)
_AS_IT_IS: Final = frozenset(
    {"normal", "static", "visible", "inherit", "initial", "unset", "revert"}
)
_ZEROS: Final = frozenset({"0", "0px", "0em", "0%", "0pt"})
_FROM_ZERO: Final = (
    "margin", "padding", "text-indent", "border-radius", "border-top-", "letter-",
    "border-bottom-", "word-spacing", "outline", "top", "left", "right", "bottom",
    "gap",
)  # fmt: skip
_GROUND: Final = "#333333"
MARKING: Final = "O6"  # the rule of the client that leaves its marks in a message


class Hit(NamedTuple):
    """What a rule changed in a style."""

    rule: Rule
    before: str
    after: str


class Restyled(NamedTuple):
    """A style attribute after the rules, written as it stands between its quotes."""

    written: str
    hits: tuple[Hit, ...]


@dataclass(slots=True)
class Styler:
    """The rules of a client for styles."""

    rules: tuple[Rule, ...]
    darkens: bool
    _by_name: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    _inline: dict[tuple[str, str], Restyled] = field(default_factory=dict)
    _sheets: dict[tuple[str, Circumstance], tuple[str, tuple[Hit, ...]]] = field(
        default_factory=dict
    )

    def inline(self, tag: str, style: str) -> Restyled:
        """Change a style attribute of an element named ``tag``."""
        found = self._inline.get((tag, style))
        if found is None:
            if len(self._inline) >= _KEPT:
                self._inline.clear()
            found = self._inline[tag, style] = self._changed(tag, style)
        return found

    def sheet(
        self, text: str, circumstance: Circumstance
    ) -> tuple[str, tuple[Hit, ...]]:
        """Change a style sheet."""
        found = self._sheets.get((text, circumstance))
        if found is None:
            if len(self._sheets) >= _KEPT // 64:
                self._sheets.clear()
            found = self._sheets[text, circumstance] = self._read(text, circumstance)
        return found

    @property
    def colours(self) -> Rule | None:
        """The rule for colours in the dark scheme, where there is one."""
        return next((one for one in self.rules if isinstance(one.work, OnColour)), None)

    def _lost(self, text: str) -> Rule | None:
        for rule in self.rules:
            if isinstance(rule.work, OnText) and rule.work.is_lost(text):
                return rule
        return None

    def _changed(self, tag: str, style: str) -> Restyled:
        if lost := self._lost(style):
            return Restyled("", (Hit(lost, style[:_EXCERPT], ""),))
        hits: list[Hit] = []
        declarations = read_declarations(style)
        kept = self._declarations(declarations, tag, hits, is_inline=True)
        is_hidden = any(one.name == "display" and one.value == "none" for one in kept)
        text, background = "", ""
        if self.darkens and (rule := self.colours):
            before = {one.name: one.value for one in kept}
            kept = _darkened(kept, rule, hits)
            after = {one.name: one.value for one in kept}
            if rule.id == MARKING:
                text = _was(before, after, ("color",))
                background = _was(before, after, _BACKGROUNDS)
        if tuple(kept) == declarations:
            return Restyled(escape(style), ())
        if is_hidden:
            hits.clear()  # nobody sees it
        shown = escape(write_declarations(kept))
        if text:
            shown += f'" data-ogsc="{escape(text)}'
        if background:
            shown += f'" data-ogsb="{escape(background)}'
        return Restyled(shown, tuple(hits))

    def _for(self, name: str) -> tuple[Rule, ...]:
        found = self._by_name.get(name)
        if found is None:
            found = self._by_name[name] = tuple(
                rule
                for rule in self.rules
                if isinstance(rule.work, OnDeclaration) and _names(rule.work, name)
            )
        return found

    def _declarations(
        self,
        declarations: Iterable[Declaration],
        tag: str,
        hits: list[Hit],
        *,
        is_inline: bool,
    ) -> list[Declaration]:
        kept: list[Declaration] = []
        for declaration in declarations:
            current: Sequence[Declaration] = (declaration,)
            for rule in self._for(declaration.name):
                work = rule.work
                assert isinstance(work, OnDeclaration)
                if not work.is_for(tag) or (work.where == "inline" and not is_inline):
                    continue
                changed = [after for one in current for after in work.change(one)]
                if changed != list(current):
                    if not _says_nothing(declaration):
                        before = one_written(current[0])
                        hits.append(Hit(rule, before, write_declarations(changed)))
                    current = changed
                if not current:
                    break
            kept += current
        return kept

    def _read(
        self, text: str, circumstance: Circumstance
    ) -> tuple[str, tuple[Hit, ...]]:
        if lost := self._lost(text):
            return "", (Hit(lost, text[:_EXCERPT], ""),)
        hits: list[Hit] = []
        blocks = read_blocks(text)
        for rule in self.rules:
            if isinstance(rule.work, OnSheet):
                kept = rule.work.change(blocks)
                hits += [
                    Hit(rule, block.head, "") for block in blocks if block not in kept
                ]
                blocks = kept
        changed = tuple(self._blocks(blocks, circumstance, hits))
        return tame_sheet(write_blocks(changed)), tuple(hits)

    def _blocks(
        self, blocks: Iterable[Block], circumstance: Circumstance, hits: list[Hit]
    ) -> Iterable[Block]:
        for block in blocks:
            changed = self._block(block, circumstance, hits)
            if changed is None:
                continue
            if changed.holds_blocks:
                head = _resolved(changed.head, circumstance)
                if not head:
                    continue
                around = (*circumstance.around, changed.head)
                inside = replace(circumstance, around=around)
                kept = tuple(self._blocks(changed.blocks, inside, hits))
                if kept:
                    yield replace(changed, head=head, blocks=kept)
            elif changed.is_at_rule:
                yield changed
            else:
                yield from self._rule(changed, circumstance, hits)

    def _block(
        self, block: Block, circumstance: Circumstance, hits: list[Hit]
    ) -> Block | None:
        for rule in self.rules:
            if not isinstance(rule.work, OnBlock):
                continue
            changed = rule.work.change(block, circumstance)
            if changed is block:
                continue
            hits.append(Hit(rule, _shown(block), _shown(changed) if changed else ""))
            if changed is None:
                return None
            block = changed
        return block

    def _rule(
        self, block: Block, circumstance: Circumstance, hits: list[Hit]
    ) -> Iterable[Block]:
        """Change the declarations of a rule, for each kind of element by itself."""
        told: list[Hit] = []
        written = list(self._each(block, circumstance, told))
        hits += dict.fromkeys(told)  # the same for each kind of element
        return written

    def _each(
        self, block: Block, circumstance: Circumstance, hits: list[Hit]
    ) -> Iterable[Block]:
        tags = self._tags(block.declarations)
        by_subject: dict[str, list[str]] = {}
        for selector in block.selectors:
            by_subject.setdefault(subject_of(selector) if tags else "", []).append(
                selector
            )
        for subject, selectors in by_subject.items():
            if subject or not tags:
                yield from self._written(block, selectors, subject, circumstance, hits)
                continue
            for tag in sorted(tags):
                only = [f"{one}:where({tag})" for one in selectors]
                yield from self._written(block, only, tag, circumstance, hits)
            others = ",".join(sorted(tags))
            rest = [f"{one}:not(:where({others}))" for one in selectors]
            yield from self._written(block, rest, _OTHER, circumstance, hits)

    def _written(
        self,
        block: Block,
        selectors: list[str],
        tag: str,
        circumstance: Circumstance,
        hits: list[Hit],
    ) -> Iterable[Block]:
        kept = self._declarations(block.declarations, tag, hits, is_inline=False)
        is_own = "data-og" in block.head or any(
            _SCHEME.search(head) for head in circumstance.around
        )
        if self.darkens and not is_own and (rule := self.colours):
            kept = _darkened(kept, rule, hits)
        if kept:
            yield replace(block, head=",".join(selectors), declarations=tuple(kept))

    def _tags(self, declarations: Iterable[Declaration]) -> frozenset[str]:
        """Return the elements that some rule for these declarations tells apart."""
        tags: set[str] = set()
        for declaration in declarations:
            for rule in self._for(declaration.name):
                work = rule.work
                if isinstance(work, OnDeclaration) and work.where == "both":
                    tags |= work.only | work.unless
        return frozenset(tags)


def _says_nothing(found: Declaration) -> bool:
    """Tell a declaration that only says what is so without it."""
    name = found.name
    for word in found.value.lower().split():
        if word in _AS_IT_IS:
            continue
        if word in _ZEROS and name.startswith(_FROM_ZERO):
            continue
        if word == "none" and not name.startswith(("display", "list-", "text-dec")):
            continue
        return False
    return True


def darkened_attribute(rule: Rule, name: str, value: str) -> str:
    """Return what becomes of a colour in an attribute of an element."""
    work = rule.work
    assert isinstance(work, OnColour)
    known = value if colour.read_colour(value) else f"#{value}"
    if colour.read_colour(known) is None:
        return value
    return work.background(known) if name == "bgcolor" else work.text(known)


def _darkened(
    declarations: Iterable[Declaration], rule: Rule, hits: list[Hit]
) -> list[Declaration]:
    work = rule.work
    assert isinstance(work, OnColour)
    kept, ground, text = [], "", -1
    for one in declarations:
        is_ground = one.name in _BACKGROUNDS
        if not is_ground and not any(fnmatchcase(one.name, name) for name in _LINES):
            kept.append(one)
            continue
        change = work.background if is_ground else work.text
        value = colour.with_colours(one.value, change)
        if is_ground:
            ground = colour.first_colour(value) or ground
        elif one.name == "color":
            text = len(kept)
        kept.append(one if value == one.value else replace(one, value=value))
        if value != one.value:
            hits.append(Hit(rule, one_written(one), one_written(kept[-1])))
    if work.is_readable and text >= 0:
        shown = kept[text]
        value = colour.readable(shown.value, ground or _GROUND)
        if value != shown.value:
            kept[text] = replace(shown, value=value)
            hits.append(Hit(rule, one_written(shown), one_written(kept[text])))
    return kept


def _was(before: dict[str, str], after: dict[str, str], names: tuple[str, ...]) -> str:
    for name in names:
        if name in before and before[name] != after.get(name):
            return colour.first_colour(before[name])
    return ""


def _names(work: OnDeclaration, name: str) -> bool:
    return not work.names or any(
        name == one or ("*" in one and fnmatchcase(name, one)) for one in work.names
    )


def _shown(block: Block) -> str:
    if block.is_at_rule or not block.declarations:
        return block.head
    return f"{block.head}{{{write_declarations(block.declarations)[:_EXCERPT]}}}"


def _resolved(head: str, circumstance: Circumstance) -> str:
    """Answer what a message asks about the scheme; "" where nothing is left."""
    if not _SCHEME.search(head):
        return head

    def answer(found: re.Match[str]) -> str:
        asked = (found.group(1) or circumstance.scheme).lower()
        return "(min-width:0)" if asked == circumstance.scheme else "(max-width:0)"

    answered = _SCHEME.sub(answer, head)
    only_asks = re.fullmatch(r"@media\s*\(max-width:0\)", answered)
    is_other = circumstance.scheme is Scheme.LIGHT and only_asks
    return "" if is_other else answered
