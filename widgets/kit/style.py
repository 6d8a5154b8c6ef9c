"""The style sheet: what the palette cannot say, made of tokens."""

from string import Template
from typing import Final

from widgets.kit.tokens import Tokens

_SHEET: Final = Template(
    """
QToolTip { background: $raised; color: $text; border: 1px solid $line_strong;
  padding: 4px 8px; font-size: ${small}px; }
QPushButton, QToolButton[kind], QComboBox { min-height: ${inner}px; padding: 0 ${pad}px;
  border-radius: 6px; border: 1px solid $line_strong; background: $surface;
  color: $text; font-weight: 500; outline: none; }
QPushButton:hover, QToolButton[kind]:hover, QComboBox:hover { background: $hover; }
QPushButton:pressed, QToolButton[kind]:pressed { background: $pressed; }
QPushButton:disabled, QToolButton[kind]:disabled, QComboBox:disabled {
  color: $text_disabled; border-color: $line; background: $surface; }
QPushButton:focus, QToolButton:focus, QComboBox:focus {
  border: 2px solid $focus; padding: 0 ${pad_focus}px; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent;
  border-color: $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; }
QPushButton[kind="primary"]:disabled { background: $pressed; border-color: $pressed;
  color: $text_disabled; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="ghost"] { background: transparent; border-color: transparent; }
QPushButton[kind="ghost"]:hover { background: $hover; }
QPushButton[kind="ghost"]:focus { border: 2px solid $focus; }
QPushButton[kind="link"] { background: transparent; border: none; color: $accent_text;
  padding: 0; text-align: left; min-height: 18px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; border-radius: 4px; }
QPushButton[kind="stop"] { color: $error; border-color: $error; }
QPushButton[kind="stop"]:hover { background: $error_soft; }
QPushButton[kind="danger"] { background: $danger; color: $on_accent;
  border-color: $danger; font-weight: 600; }
QPushButton[kind="danger"]:hover { background: $danger_hover; }
QPushButton[kind="danger"]:disabled { background: $pressed; border-color: $pressed;
  color: $text_disabled; }
QPushButton[size="small"], QToolButton[kind="small"] { min-height: ${small_inner}px; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px;
  background: transparent; color: $text_2; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $pressed; }
QToolButton::menu-indicator { image: none; }
QToolButton:focus { border: 2px solid $focus; padding: 3px; }
QLineEdit, QPlainTextEdit, QTextEdit, QDateEdit, QSpinBox { border: 1px solid
  $line_strong; border-radius: 6px; background: $surface; color: $text;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QDateEdit, QSpinBox { min-height: ${inner}px; padding: 0 9px; }
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QDateEdit:focus,
QSpinBox:focus { border: 2px solid $focus; }
QLineEdit:focus { padding: 0 8px; }
QLineEdit[wrong="true"] { border-color: $error; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: $text_disabled;
  background: $sunken; border-color: $line; }
QComboBox { padding: 0 22px 0 10px; }
QComboBox:focus { padding: 0 21px 0 9px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url($arrow); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line_strong;
  outline: none; selection-background-color: $selected; selection-color: $text;
  padding: 4px; }
QMenu { background: $raised; border: 1px solid $line_strong; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 5px; }
QMenu::item:selected { background: $selected; color: $text; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QCheckBox, QRadioButton { spacing: 8px; background: transparent; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $line_contrast;
  border-radius: 4px; background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent;
  image: url(theme:check.svg); }
QCheckBox::indicator:disabled { border-color: $line; }
QCheckBox:focus { color: $accent_text; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $line_contrast; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
QProgressBar { border: none; background: $pressed; border-radius: 2px; max-height: 4px;
  min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QHeaderView { background: $sunken; border: none; }
QHeaderView::section { background: $sunken; color: $text_2; border: none;
  border-bottom: 1px solid $line; padding: 0 8px 0 12px; font-size: ${micro}px;
  font-weight: 600; text-align: left; }
QHeaderView::section:first { padding-left: 20px; }
QTreeView, QListView, QTableView { border: none; background: $surface; outline: none; }
QTabBar { background: transparent; }
QTabBar::tab { color: $text_2; padding: 0 12px; min-height: ${tab}px; border: none;
  border-bottom: 2px solid transparent; font-weight: 500; background: transparent; }
QTabBar::tab:selected { color: $accent_text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent_text; background: $selected; }
QScrollArea { border: none; background: transparent; }
QDialog { background: $surface; }
#header, #toolbar, #content, #inspector, #welcome-options { background: $surface; }
#sidebar { background: $sunken; border-right: 1px solid $line; }
#rail { background: $window; border-right: 1px solid $line; }
#status { background: $window; border-top: 1px solid $line; }
#header, #toolbar { border-bottom: 1px solid $line; }
#inspector { border-left: 1px solid $line; }
#foot { background: $surface; border-top: 1px solid $line; }
#dialog-foot { background: $sunken; border-top: 1px solid $line; }
#card { background: $surface; border: 1px solid $line; border-radius: 8px; }
#sunken-card { background: $sunken; border: 1px solid $line; border-radius: 8px; }
#toast { background: $raised; border: 1px solid $line_strong; border-radius: 8px; }
#segments { background: $neutral_soft; border-radius: 6px; }
#segments QToolButton { border: 1px solid transparent; border-radius: 6px;
  padding: 0 10px; min-height: ${segment}px; color: $text_2; font-weight: 500; }
#segments QToolButton:checked { background: $surface; border-color: $line_strong;
  color: $text; }
#segments QToolButton:focus { border: 2px solid $focus; padding: 0 9px; }
#statement { border-left: 3px solid $accent; }
#rule { background: $line; max-height: 1px; min-height: 1px; }
QFrame[tone="info"] { background: $info_soft; }
QFrame[tone="ok"] { background: $ok_soft; }
QFrame[tone="warn"] { background: $warn_soft; }
QFrame[tone="error"] { background: $error_soft; }
QFrame[tone="doubt"] { background: $doubt_soft; }
QFrame[tone="text-2"] { background: $neutral_soft; }
QFrame[rounded="true"] { border-radius: 8px; }
"""
)


def sheet(tokens: Tokens, percent: int) -> str:
    """Return the style sheet for ``tokens``, in type of ``percent``."""
    colors = {
        name.replace("-", "_"): value[:7] for name, value in tokens.colors.items()
    }

    def px(pixels: int) -> int:
        return round(pixels * percent / 100)

    return _SHEET.substitute(
        colors,
        small=px(tokens.scale["small"].size),
        micro=px(tokens.scale["micro"].size),
        inner=px(tokens.size["control"]) - 2,
        small_inner=px(tokens.size["control-small"]) - 2,
        segment=px(tokens.size["control"]) - 6,
        tab=px(tokens.size["tabs"]) - 3,
        pad=12,
        pad_focus=11,
        arrow=f"theme:arrow-{tokens.scheme}.svg",
    )
