"""What a client makes of a message, and each thing that it changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256
from html import escape
from typing import Final

from governance.clients.darkening import MARKING, Hit, darkened_attribute
from governance.clients.mail import Place, parsed
from governance.clients.profile import Canvas, Client, Dark
from governance.clients.rewording import reworded
from governance.clients.rule import (
    Circumstance,
    OnColour,
    OnPage,
    OnSource,
    Rule,
    Scheme,
    Told,
)
from governance.clients.rules.all import rules_of
from governance.clients.structure import (
    GROUND,
    SHEET,
    STYLE,
    Slot,
    Structure,
    structured,
)
from governance.clients.styles import Styler
from governance.clients.text_view import text_page
from governance.names import Digest

_IN_META: Final = frozenset({"apple-mail-mac", "thunderbird"})
_OWN_DARK: Final = frozenset({Dark.AUTHORED, Dark.SIMPLE})


@dataclass(frozen=True, slots=True)
class Change:
    """What a rule changed in a message, at all places where it changed it alike.

    Attributes:
        rule: Its id; ``rules.all.rule`` knows title, sentence, source and date.
        before: What the author wrote, as text; "" where the client added something.
        after: What the client makes of it; "" where it drops it.
    """

    rule: str
    before: str
    after: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Simulated:
    """A message as a client shows it.

    Attributes:
        html: A whole document without anything that acts; the same for the same input.
        digest: Of ``html``, so that equal ones are kept and sent once.
    """

    html: str
    digest: Digest
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """All that decides how a client shows a message; equal ones show it alike."""

    rules: tuple[Rule, ...]
    scheme: Scheme
    dark: Dark
    light: Canvas
    night: Canvas
    reads_meta: bool


def simulate(
    html: str,
    client: Client,
    scheme: Scheme = Scheme.LIGHT,
    text: str = "",
    *,
    located: bool = True,
) -> Simulated:
    """Return what ``client`` makes of a rendered message, and what it changed.

    Args:
        html: The HTML part for one recipient.
        client: Who shows it.
        scheme: The scheme of the reader; one that ``client`` does not know is light.
        text: The plain text part, for a client that shows only that.
        located: Whether the changes say where they are in words, or by number only.
    """
    shown = scheme if scheme in client.schemes else Scheme.LIGHT
    if not client.reads_html:
        page = text_page(text, client.night if shown is Scheme.DARK else client.light)
        return Simulated(page, _digest(page), ())
    frame = frame_of(client, shown)
    return _simulated(html, frame, located=True) if located else _shown(html, frame)


def simulate_all(
    html: str, wanted: Iterable[tuple[Client, Scheme]], text: str = ""
) -> Mapping[tuple[str, Scheme], Simulated]:
    """Return what each client makes of a message, by its id and the scheme.

    For previews while someone types: the changes name their elements by number only;
    ask ``simulate`` for the one client whose changes are read.
    """
    return {
        (client.id, scheme): simulate(html, client, scheme, text, located=False)
        for client, scheme in wanted
    }


def by_rule(changes: Iterable[Change]) -> Mapping[str, tuple[Change, ...]]:
    """Put the changes of each rule together, in the order of the first of each."""
    found: dict[str, tuple[Change, ...]] = {}
    for change in changes:
        found[change.rule] = (*found.get(change.rule, ()), change)
    return found


@cache
def frame_of(client: Client, scheme: Scheme) -> Frame:
    """Return what decides how ``client`` shows messages; the same object each time."""
    rules = rules_of(client.id)
    if scheme is Scheme.LIGHT:
        rules = tuple(one for one in rules if not isinstance(one.work, OnColour))
        return Frame(
            rules, scheme, Dark.NONE, client.light, client.light, reads_meta=False
        )
    reads_meta = client.id in _IN_META
    return Frame(rules, scheme, client.dark, client.light, client.night, reads_meta)


_reworded: Final = lru_cache(maxsize=2)(reworded)  # asked for each client
_latest: Final[dict[Frame, tuple[str, Simulated]]] = {}


def _shown(html: str, frame: Frame) -> Simulated:
    """Show a message; where the last one had other words only, give it the new ones."""
    shown = _from_latest(html, frame) or _simulated(html, frame, located=False)
    _latest[frame] = (html, shown)
    return shown


def _from_latest(html: str, frame: Frame) -> Simulated | None:
    last, made = _latest.get(frame, ("", None))
    if made is None or last == html:
        return made
    words = _reworded(last, html)
    page = words.applied(made.html) if words is not None else None
    return None if page is None else Simulated(page, _digest(page), made.changes)


@lru_cache(maxsize=64)
def _simulated(html: str, frame: Frame, *, located: bool) -> Simulated:
    changes = _Changes()
    for rule in frame.rules:
        if isinstance(rule.work, OnSource):
            html, told = rule.work.change(html)
            changes.tell(rule, told)
    mail = parsed(html)
    is_dark = frame.scheme is Scheme.DARK
    is_opted_in = mail.declares_dark_in_css or (
        frame.reads_meta and mail.declares_dark_in_meta
    )
    darkens = is_dark and any(
        isinstance(rule.work, OnColour) and rule.work.when(mail) for rule in frame.rules
    )
    elements = tuple(
        rule
        for rule in frame.rules
        if isinstance(rule.work, OnPage) and rule.work.when(mail)
    )
    structure = structured(mail, elements)
    place = mail.place if located else mail.number
    for rule, before, after, index in structure.notes:
        changes.add(Hit(rule, before, after), [place(index)])
    is_night = is_dark and (darkens or (frame.dark in _OWN_DARK and is_opted_in))
    writer = _Writer(
        place,
        _styler(frame.rules, darkens),
        Circumstance(frame.scheme, is_opted_in),
        _ground(frame.night if is_night else frame.light, is_night=is_night),
        changes,
    )
    shown = writer.write(structure)
    return Simulated(shown, _digest(shown), changes.all())


@lru_cache(maxsize=64)
def _styler(rules: tuple[Rule, ...], darkens: bool) -> Styler:  # noqa: FBT001 -- a key
    return Styler(rules, darkens)


class _Changes:
    """What was changed so far, alike things together."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], list[Place]] = {}

    def add(self, hit: Hit, places: Iterable[Place]) -> None:
        """Keep what was changed alike in some places."""
        key = (hit.rule.id, hit.before, hit.after)
        self._found.setdefault(key, []).extend(places)

    def tell(self, rule: Rule, told: Sequence[Told]) -> None:
        """Keep what was changed before there were elements."""
        for one in told:
            self.add(Hit(rule, one.before, one.after), [Place(-1, "", one.excerpt)])

    def all(self) -> tuple[Change, ...]:
        """Return the changes in the order in which they were made."""
        return tuple(
            Change(*change, tuple(sorted(places, key=_number)))
            for change, places in self._found.items()
        )


def _number(place: Place) -> int:
    return place.number


@dataclass(frozen=True, slots=True)
class _Writer:
    """Fills the slots of a structure with what one client writes there."""

    place: Callable[[int], Place]
    styler: Styler
    circumstance: Circumstance
    ground: str
    changes: _Changes

    def write(self, structure: Structure) -> str:
        """Return the whole document."""
        parts = list(structure.parts)
        for slot in structure.slots:
            if slot.kind == STYLE:
                text = self._style(slot)
            elif slot.kind == SHEET:
                text = self._sheet(slot)
            elif slot.kind == GROUND:
                text = self.ground
            else:
                text = self._colour(slot)
            for place in slot.parts:
                parts[place] = text
        return "".join(parts)

    def _style(self, slot: Slot) -> str:
        found = self.styler.inline(slot.tag, slot.value)
        for hit in found.hits:
            self.changes.add(hit, map(self.place, slot.at))
        return found.written

    def _sheet(self, slot: Slot) -> str:
        text, hits = self.styler.sheet(slot.value, self.circumstance)
        for hit in hits:
            excerpt = hit.before.partition("{")[0]
            places = (replace(self.place(one), excerpt=excerpt) for one in slot.at)
            self.changes.add(hit, places)
        return text

    def _colour(self, slot: Slot) -> str:
        rule = self.styler.colours if self.styler.darkens else None
        if rule is None:
            return escape(slot.value)
        changed = darkened_attribute(rule, slot.kind, slot.value)
        if changed == slot.value:
            return escape(slot.value)
        hit = Hit(rule, f"{slot.kind}={slot.value}", f"{slot.kind}={changed}")
        self.changes.add(hit, map(self.place, slot.at))
        if rule.id == MARKING:
            name = "data-ogab" if slot.kind == "bgcolor" else "data-ogac"
            return f'{escape(changed)}" {name}="{escape(slot.value)}'
        return escape(changed)


def _ground(canvas: Canvas, *, is_night: bool) -> str:
    """Return a style sheet for what is below all that the message says itself."""
    scheme = "dark" if is_night else "light"
    return (
        f":root{{color-scheme:{scheme} !important}}\n"
        f":where(html){{background:{canvas.background}}}\n"
        f":where(body){{margin:0;color:{canvas.text}}}"
    )


def _digest(text: str) -> Digest:
    return Digest(sha256(text.encode("utf-8", "replace")).hexdigest())
