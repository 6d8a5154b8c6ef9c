"""The pages of this computer: look, language, keys of the keyboard, storage, about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from governance.texts import _
from widgets.kit.values import Cell, Choice, Column, Deed, Row, Table, Tone
from widgets.settings.form import Form, Group, Pick, Said, Switch

SIZES: Final = tuple(range(90, 151, 10))
_KB: Final = 1024


def look_form(appearance: str, percent: int, editor: str = "") -> Form:
    """Describe the page on how the window looks, and which editor it has."""
    sizes = sorted({*SIZES, percent})
    return Form(
        _("Appearance"),
        _("Changes at once, in every window."),
        (
            Group(
                "",
                (
                    Pick(
                        "appearance",
                        _("Colours"),
                        (
                            Choice("light", _("Light")),
                            Choice("dark", _("Dark")),
                            Choice("system", _("Like the system")),
                        ),
                        appearance,
                        _("Mails keep their own colours in the previews."),
                        is_wide=True,
                    ),
                    Pick(
                        "percent",
                        _("Text size"),
                        tuple(Choice(str(one), f"{one} %") for one in sizes),
                        str(percent),
                        _("Ctrl++ and Ctrl+- change it anywhere."),
                    ),
                    Pick(
                        "editor",
                        _("Editor of the studio"),
                        (
                            Choice("", _("What fits this computer")),
                            Choice("web", _("With folding and hints in place")),
                            Choice("native", _("Plain, for screen readers")),
                        ),
                        editor,
                        _("You get it when the workspace is opened again."),
                    ),
                ),
            ),
        ),
    )


def language_form(language: str, started_with: str, spoken: tuple[str, ...]) -> Form:
    """Describe the page on the language of the window, which speaks ``spoken``."""
    names = {"en": "English", "de": "Deutsch"}
    later = _("You read it from the next start on.")
    return Form(
        _("Language"),
        _("The language of the window. The languages of messages are the workspace’s."),
        (
            Group(
                "",
                (
                    Pick(
                        "language",
                        _("Language"),
                        (
                            Choice("", _("Like the system")),
                            *(Choice(one, names.get(one, one)) for one in spoken),
                        ),
                        language,
                        later if language != started_with else "",
                    ),
                ),
            ),
        ),
    )


# Keys of the keyboard -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stroke:
    """What a key does.

    Attributes:
        keys: As the system writes them, "" for none.
    """

    key: str
    title: str
    group: str
    keys: str


def shortcut_table(strokes: tuple[Stroke, ...], words: str) -> Table:
    """List ``strokes``; those with a key first in each group."""
    wanted = words.casefold().split()
    shown = [
        one
        for one in strokes
        if all(
            word in f"{one.title} {one.group} {one.keys}".casefold() for word in wanted
        )
    ]
    shown.sort(key=lambda one: (one.group, not one.keys))
    return Table(
        (Column(_("Command")), Column(_("Shortcuts"), 220)),
        tuple(
            Row(
                one.key,
                (
                    Cell(one.title),
                    Cell(
                        one.keys or _("in the palette"),
                        tone=Tone.PLAIN if one.keys else Tone.FAINT,
                    ),
                ),
                one.group,
            )
            for one in shown
        ),
    )


def letters_switch(*, has_letters: bool) -> Switch:
    """Describe the switch for single letters."""
    words = _("J, K, P and other single letters are keys in lists")
    return Switch("letters", _("Single letters"), words, has_letters)


# Storage ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Storage:
    """Where the workspace lies.

    Attributes:
        sizes: Which part → its bytes; None while they are counted.
        remote: The team's repository, "" for none.
    """

    folder: str
    sizes: Mapping[str, int] | None
    remote: str = ""


def storage_form(storage: Storage) -> Form:
    """Describe the page on disks."""
    titles = {
        "texts": _("Templates and texts"),
        "history": _("History, with every version"),
        "service": _("The service and its messages"),
        "sandbox": _("Practice system and its mailbox"),
        "other": _("Logs, keys and the rest"),
    }
    sizes = storage.sizes
    lines = tuple(
        Said(title, size_words(sizes[key]) if sizes is not None else _("counting …"))
        for key, title in titles.items()
        if sizes is None or sizes.get(key)
    )
    total = sum(sizes.values()) if sizes is not None else None
    return Form(
        _("Storage"),
        _("Everything of this workspace lies in one folder of this computer."),
        (
            Group(
                "",
                (
                    Said(
                        _("Folder"),
                        storage.folder,
                        is_code=True,
                        deeds=(Deed("open-folder", _("Open folder"), icon="folder"),),
                    ),
                    Said(
                        _("Team’s repository"),
                        storage.remote or _("none: this workspace is on its own"),
                        help=_("What is signed is kept there too.")
                        if storage.remote
                        else _(
                            "Make a copy of the folder now and then, or share it with "
                            "a team."
                        ),
                    ),
                ),
            ),
            Group(
                _("Size"),
                (
                    *lines,
                    Said(
                        _("All"),
                        size_words(total) if total is not None else _("counting …"),
                    ),
                ),
            ),
        ),
    )


def size_words(count: int) -> str:
    """Say a number of bytes as people do."""
    if count < _KB:
        return _("{count} bytes").format(count=count)
    amount, unit = count / _KB, "KB"
    if amount >= _KB:
        amount, unit = amount / _KB, "MB"
    if amount >= _KB:
        amount, unit = amount / _KB, "GB"
    return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:.0f} {unit}"  # noqa: PLR2004
