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

from governance.clients.css import (
    Block,
    one_written,
    read_blocks,
    subject_of,
    write_blocks,
    write_declarations,
)
from governance.clients.darkening import BACKGROUNDS, MARKING, Hit, darkened, was
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
from governance.clients.telling import says_nothing
from governance.rendering.sheets import Declaration, read_declarations

_KEPT: Final = 4096
_EXCERPT: Final = 60
_OTHER: Final = "*other*"
_SCHEME: Final = re.compile(
    r"\(\s*prefers-color-scheme\s*(?::\s*([\w-]+)\s*)?\)", re.IGNORECASE
)


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
            kept = darkened(kept, rule, hits)
            after = {one.name: one.value for one in kept}
            if rule.id == MARKING:
                text = was(before, after, ("color",))
                background = was(before, after, BACKGROUNDS)
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
                    if not says_nothing(declaration):
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
            kept = darkened(kept, rule, hits)
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
