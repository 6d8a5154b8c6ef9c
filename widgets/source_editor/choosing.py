"""Which of the two editors a person gets."""

from governance.texts import _
from widgets.source_editor.native import NativeEditor
from widgets.source_editor.port import SourceEditor


def make_editor(preference: str = "") -> SourceEditor:
    """Return the native editor, or with "web" the one that a browser draws.

    Screen readers are known to read the native one alone, so it is what one gets.
    """
    if preference == "web":
        from widgets.source_editor.web import WebEditor  # noqa: PLC0415 -- the engine

        return WebEditor(_("Source of this part"))
    return NativeEditor(_("Source of this part"))
