"""Words with what was added and removed in them."""

from html import escape

from governance.changes.compared import Kind, Stretch
from widgets.kit.look import font, look


def stretches_html(parts: tuple[tuple[str, tuple[Stretch, ...]], ...]) -> str:
    """Return titled stretches for a text view, in the colours of the scheme."""
    colors = look().tokens.colors
    size = font("body").pixelSize()
    blocks = []
    for title, stretches in parts:
        inner = "".join(_one(one, colors) for one in stretches)
        blocks.append(
            f'<p style="color:{colors["text-3"]};margin:14px 0 4px 0">'
            f"{escape(title)}</p>"
            f'<p style="color:{colors["text"]};line-height:150%;white-space:pre-wrap;'
            f'margin:0 0 8px 0">{inner}</p>'
        )
    return f'<div style="font-size:{size}px">{"".join(blocks)}</div>'


def _one(stretch: Stretch, colors: object) -> str:
    assert isinstance(colors, dict)
    text = escape(stretch.text)
    match stretch.kind:
        case Kind.ADDED:
            return (
                f'<span style="background-color:{colors["diff-add"]};'
                f'color:{colors["diff-add-text"]}">{text}</span> '
            )
        case Kind.REMOVED:
            return (
                f'<span style="background-color:{colors["diff-del"]};'
                f'color:{colors["diff-del-text"]};text-decoration:line-through">'
                f"{text}</span> "
            )
        case _:
            return f"{text} "
