"""What clients do to colours, and to dark styles of a message, in their dark scheme."""

from dataclasses import replace
from typing import Final

from governance.clients.colour import (
    apple_dark,
    dark_turned,
    lab_dark,
    light_turned,
    read_colour,
    turned,
)
from governance.clients.css import Block
from governance.clients.mail import Mail
from governance.clients.rule import (
    APPLE,
    BUGS,
    OUTLOOK,
    WORD,
    Circumstance,
    Confidence,
    OnBlock,
    OnColour,
    Rule,
    Scheme,
)
from governance.texts import N_

_RICH: Final = ("table", "img", "video", "svg")
_BLEND: Final = (
    "https://www.hteumeuleu.com/2021/fixing-gmail-dark-mode-css-blend-modes/"
)
_OUTLOOK_DARK: Final = (
    "https://www.hteumeuleu.com/2021/emails-react-outlook-com-dark-mode/"
)


def _is_simple(mail: Mail) -> bool:
    """Guess whether Apple Mail takes a message for a simple one: it tells no test."""
    if mail.declares_dark_in_css or mail.declares_dark_in_meta:
        return False
    if mail.has(*_RICH):
        return False
    styles = (style for _index, _tag, style in mail.styled)
    return "background" not in "".join(styles) and "background" not in "".join(
        mail.elements[index].text or "" for index in mail.by_tag.get("style", ())
    )


def _asks_dark(heads: tuple[str, ...]) -> bool:
    return any(
        "prefers-color-scheme" in head and "dark" in head.lower() for head in heads
    )


def _undeclared(block: Block, circumstance: Circumstance) -> Block | None:
    if circumstance.scheme is Scheme.LIGHT or circumstance.is_opted_in:
        return block
    return None if block.is_at_rule and _asks_dark((block.head,)) else block


def _no_pure_white(block: Block, circumstance: Circumstance) -> Block | None:
    if not _asks_dark(circumstance.around) or circumstance.scheme is Scheme.LIGHT:
        return block
    kept = tuple(one for one in block.declarations if read_colour(one.value) != _WHITE)
    if kept == block.declarations:
        return block
    return replace(block, declarations=kept) if kept else None


_WHITE: Final = ((1.0, 1.0, 1.0), 1.0)

RULES: Final = (
    Rule("A2", N_("Your dark styles are not used"),
         N_("This client uses the dark styles of a message only where its root says "
            "“color-scheme: light dark”."), APPLE, BUGS.format(104), "2022",
         Confidence.TESTED, OnBlock(_undeclared)),
    Rule("A2-white", N_("Pure white in dark styles is ignored"),
         N_("This client ignores #ffffff among dark styles; #fffffe works."), APPLE,
         BUGS.format(65), "2019", Confidence.TESTED, OnBlock(_no_pure_white)),
    Rule("A3", N_("The colours are turned"),
         N_("This client darkens simple messages that have no dark styles."), APPLE,
         "https://webkit.org/blog/8840/dark-mode-support-in-webkit/", "2019-05-03",
         Confidence.OURS, OnColour(apple_dark, apple_dark, when=_is_simple)),
    Rule("G16", N_("Light backgrounds and dark text are turned"),
         N_("This client turns light backgrounds dark and dark text light, and leaves "
            "the rest."), frozenset({"gmail-android", "gmail-other"}), _BLEND, "2021",
         Confidence.OURS, OnColour(dark_turned, light_turned)),
    Rule("G16-full", N_("All colours are turned"),
         N_("This client turns all colours round: what was dark already becomes "
            "light."), frozenset({"gmail-ios"}), _BLEND, "2021", Confidence.OURS,
         OnColour(turned, turned)),
    Rule("O6", N_("Colours are darkened"),
         N_("This client darkens backgrounds and lightens text until it can be read. "
            "Its own marks data-ogsc and data-ogsb let a message answer."), OUTLOOK,
         _OUTLOOK_DARK, "2021", Confidence.OURS,
         OnColour(lab_dark, lab_dark, is_readable=True)),
    Rule("W23", N_("All colours are turned"),
         N_("This client turns all colours round."), WORD,
         "https://webdesign.tutsplus.com/dark-mode-email", "2021", Confidence.ARTICLE,
         OnColour(lab_dark, lab_dark)),
)  # fmt: skip
