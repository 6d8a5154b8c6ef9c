"""Which of the two editors a person gets."""

from typing import Final

from PySide6.QtGui import QAccessible

from governance.texts import _
from widgets.source_editor.native import NativeEditor
from widgets.source_editor.port import SourceEditor

NATIVE: Final = "native"
WEB: Final = "web"


def fitting_editor(preference: str, *, is_read_aloud: bool) -> str:
    """Return the one that a person wants.

    Who wants none in particular gets the one that a browser draws, or the native one
    while a screen reader is on: that one alone is known to be read well.
    """
    if preference in {NATIVE, WEB}:
        return preference
    return NATIVE if is_read_aloud else WEB


def make_editor(preference: str = "") -> SourceEditor:
    """Return the editor of ``preference``, "" for the one that fits.

    Where there is no browser engine it is the native one.
    """
    name = _("Source of this part")
    if fitting_editor(preference, is_read_aloud=QAccessible.isActive()) == WEB:
        try:
            from widgets.source_editor.web import WebEditor  # noqa: PLC0415 -- see above
        except ImportError:
            return NativeEditor(name)
        return WebEditor(name)
    return NativeEditor(name)
