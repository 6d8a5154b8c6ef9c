"""Help, drawn; without a network."""

from typing import Final

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QWidget

from governance.texts import _
from widgets.help.state import HelpState, page_of
from widgets.kit.controls import SearchField
from widgets.kit.look import color, font, look
from widgets.kit.page import PageView

_WIDEST: Final = 760  # pixels of a line that is read well
_CODE: Final = QTextFormat.Property.BlockCodeLanguage.value
_PROPORTIONAL: Final = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_STEPS: Final = {1: "display", 2: "title", 3: "strong"}


class HelpView(PageView):
    """Lists the pages and shows one.

    Signals:
        words_changed: What was typed into the filter.
        page_requested: The page that a link leads to.
    """

    words_changed = Signal(str)
    page_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__(inspector="")
        self.search = SearchField(_("Find in help"))
        self.search.setMaximumWidth(280)
        self.search.textChanged.connect(self.words_changed)
        self.toolbar.addWidget(self.search, 2)
        self.toolbar.addStretch(1)
        self.reader = Reader()
        self.reader.anchorClicked.connect(self._on_link)
        page = QWidget()
        page.setObjectName("content")
        row = QHBoxLayout(page)
        row.setContentsMargins(24, 0, 0, 0)
        row.addWidget(self.reader, 1)
        self._page = page
        self.content.addWidget(page)

    def render_state(self, state: HelpState) -> None:
        """Draw ``state``."""
        self.header.render_title(state.title, state.count)
        self.render_sections(state.sections, state.chosen)
        self.reader.render_markdown(state.markdown)
        self.render_empty(state.empty, self._page)

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        self.page_requested.emit(page_of(url.toString()))


class Reader(QTextBrowser):
    """Shows one page in our own type; nothing is loaded from anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName(_("Help page"))
        self.setStyleSheet("QTextBrowser { border: none; padding: 0; }")
        self._markdown = ""
        look().changed.connect(self._dress)

    def render_markdown(self, markdown: str) -> None:
        """Show ``markdown``."""
        if markdown != self._markdown:
            self._markdown = markdown
            self._dress()

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:  # noqa: N802
        """Load nothing: a page is words."""
        return None

    @Slot()
    def _dress(self) -> None:
        document = QTextDocument(self)
        document.setDefaultFont(font("body"))
        document.setDocumentMargin(20)
        document.setMarkdown(
            self._markdown, QTextDocument.MarkdownFeature.MarkdownNoHTML
        )
        document.setTextWidth(_WIDEST)
        _dress_blocks(document)
        self.setDocument(document)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(look().px(_WIDEST))


def _dress_blocks(document: QTextDocument) -> None:
    block = document.begin()
    before = False
    while block.isValid():
        shape = block.blockFormat()
        is_code = shape.hasProperty(_CODE)
        level = shape.headingLevel()
        shape.setTopMargin(look().px(_gap(level, is_code=is_code, before=before)))
        shape.setBottomMargin(look().px(8 if level else 6))
        if is_code:
            shape.setBackground(color("neutral-soft"))
            shape.setBottomMargin(0)
        elif not level:
            shape.setLineHeight(135, _PROPORTIONAL)
        cursor = QTextCursor(block)
        cursor.setBlockFormat(shape)
        _dress_pieces(block, cursor, "code" if is_code else _STEPS.get(level, "body"))
        before = is_code
        block = block.next()


def _gap(level: int, *, is_code: bool, before: bool) -> int:
    """Return the pixels above a block; lines of code stand close together."""
    if before:
        return 0 if is_code else 12
    return 16 if level > 1 else 4


def _dress_pieces(block: QTextBlock, cursor: QTextCursor, step: str) -> None:
    at, pieces = block.begin(), []
    while not at.atEnd():
        piece = at.fragment()
        pieces.append((piece.position(), piece.length(), piece.charFormat()))
        at += 1
    for position, length, kind in pieces:
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        is_fixed, weight = kind.fontFixedPitch(), kind.fontWeight()
        kind.setFont(font("code" if is_fixed else step))
        if step == "body" and not is_fixed:
            kind.setFontWeight(weight)
        if is_fixed and step == "body":
            kind.setBackground(color("neutral-soft"))
        kind.setForeground(color("accent-text" if kind.isAnchor() else "text"))
        kind.setFontUnderline(False)
        cursor.setCharFormat(kind)
