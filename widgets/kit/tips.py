"""Tooltips: Qt reads as HTML what looks like it, and others write what stands there."""

from html import escape


def plain_tip(text: str) -> str:
    """Return a tooltip that shows ``text`` letter for letter."""
    if "<" not in text:
        return text
    return f'<span style="white-space:pre-wrap">{escape(text)}</span>'
