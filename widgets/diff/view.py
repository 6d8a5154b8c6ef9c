"""Two texts side by side, drawn as one page, so that both scroll together."""

from html import escape
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser

from governance.changes.compared import Kind, Stretch
from widgets.diff.state import Half, Pair
from widgets.kit.look import font, look

_PLACE: Final = "place"


class DiffView(QTextBrowser):
    """Shows pairs of lines; nothing can be written."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self._titles = ("", "")
        self._rows: tuple[Pair, ...] = ()
        self._at = -1
        look().changed.connect(self._draw)

    def render_pairs(self, before: str, after: str, rows: tuple[Pair, ...]) -> None:
        """Show ``rows`` under the names of both sides."""
        if (before, after) == self._titles and rows == self._rows:
            return
        self._titles, self._rows, self._at = (before, after), rows, -1
        self._draw()

    def step(self, step: int) -> None:
        """Go to another difference, from the last one to the first."""
        places = self._places()
        if not places:
            return
        self._at = (self._at + step) % len(places) if self._at >= 0 or step > 0 else -1
        self.scrollToAnchor(f"{_PLACE}{places[self._at]}")

    def _places(self) -> list[int]:
        return [
            at
            for at, one in enumerate(self._rows)
            if one.differs and not (at and self._rows[at - 1].differs)
        ]

    @Slot()
    def _draw(self) -> None:
        at = self.verticalScrollBar().value()
        self.setHtml(_page(self._titles, self._rows, self._places()))
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(at if self._at >= 0 else 0)


def _page(titles: tuple[str, str], rows: tuple[Pair, ...], places: list[int]) -> str:
    colors = look().tokens.colors
    code, small = font("code"), font("small")
    family = f'font-family:"{code.family()}"; font-size:{code.pixelSize()}px'
    ground = colors["sunken"][:7]
    heads = "".join(
        f'<td width="4%" bgcolor="{ground}"></td>'
        f'<td width="46%" bgcolor="{ground}" style="padding:8px; '
        f"color:{colors['text-2']}; font-family:'{small.family()}'; "
        f'font-size:{small.pixelSize()}px"><b>{escape(one)}</b></td>'
        for one in titles
    )
    lines = "".join(_row(at, one, at in places) for at, one in enumerate(rows))
    return (
        f'<table width="100%" cellspacing="0" cellpadding="0" style=\'{family}\'>'
        f"<tr>{heads}</tr>{lines}</table>"
    )


def _row(at: int, pair: Pair, is_place: bool) -> str:  # noqa: FBT001 -- private
    colors = look().tokens.colors
    if pair.is_gap:
        return (
            f'<tr><td colspan="4" bgcolor="{colors["sunken"][:7]}" '
            f'style="padding:2px 16px; color:{colors["text-3"]}">⋯</td></tr>'
        )
    anchor = f'<a name="{_PLACE}{at}"></a>' if is_place else ""
    return (
        f"<tr>{_cell(pair.before, 'diff-del', anchor)}"
        f"{_cell(pair.after, 'diff-add', '')}</tr>"
    )


def _cell(half: Half, tone: str, anchor: str) -> str:
    colors = look().tokens.colors
    if not half.number:
        ground = f' bgcolor="{colors["sunken"][:7]}"'
        return f"<td{ground}>{anchor}</td><td{ground}></td>"
    words = "".join(_word(one, tone) for one in half.words)
    return (
        f'<td align="right" style="padding:1px 8px; '
        f'color:{colors["text-3"]}">{anchor}{half.number}</td>'
        f'<td style="padding:1px 8px; color:{colors["text"]}">'
        f'<p style="white-space:pre-wrap; margin:0">{words or "&nbsp;"}</p></td>'
    )


def _word(stretch: Stretch, tone: str) -> str:
    text = escape(stretch.text)
    if stretch.kind is Kind.SAME:
        return text
    colors = look().tokens.colors
    return (
        f'<span style="background-color:{colors[tone][:7]}; '
        f'color:{colors[f"{tone}-text"][:7]}">{text}</span>'
    )
