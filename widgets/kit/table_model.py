"""A table's rows as Qt's model; who gives them has filtered and sorted them."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from widgets.kit.tips import plain_tip
from widgets.kit.values import Cell, Row, Table

Index: TypeAlias = QModelIndex | QPersistentModelIndex

ROW: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Group:
    """The title that rows stand under.

    Attributes:
        count: How many rows stand under it, shown or not.
        note: What stands faintly beside it.
    """

    title: str
    count: int
    note: str


class TableModel(QAbstractTableModel):
    """Holds one ``Table`` at a time, flat: a group is a line like a row.

    A tree would be asked for each of its rows before one of them is shown, which takes
    seconds for ten thousand.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = Table(())
        self._folded: set[str] = set()
        self._lines: list[Row | Group] = []
        self._places: dict[str, int] | None = {}  # None until somebody asks
        self._groups: tuple[int, ...] = ()

    @property
    def table(self) -> Table:
        """What is shown."""
        return self._table

    def set_table(self, table: Table) -> None:
        """Show ``table``, all of it anew; folded groups stay folded."""
        self.beginResetModel()
        self._table = table
        self._lay_out()
        self.endResetModel()

    def fold(self, title: str, *, is_folded: bool) -> None:
        """Hide the rows of a group, or show them again."""
        self.beginResetModel()
        if is_folded:
            self._folded.add(title)
        else:
            self._folded.discard(title)
        self._lay_out()
        self.endResetModel()

    def is_folded(self, title: str) -> bool:
        """Whether the rows of a group are hidden."""
        return title in self._folded

    @property
    def is_grouped(self) -> bool:
        """Whether rows stand under titles."""
        return bool(self._groups)

    @property
    def groups(self) -> tuple[int, ...]:
        """The lines that are groups."""
        return self._groups

    def place(self, key: str) -> QModelIndex:
        """Return where the row called ``key`` is, an invalid index for nowhere."""
        if self._places is None:
            self._places = {
                line.key: at for at, line in enumerate(self._lines) if type(line) is Row
            }
        found = self._places.get(key)
        return QModelIndex() if found is None else self.index(found, 0)

    def line_at(self, index: Index) -> Row | Group | None:
        """Return what stands at ``index``."""
        return self._line(index)

    def row_at(self, index: Index) -> Row | None:
        """Return the row at ``index``, None for a group."""
        line = self._line(index)
        return line if isinstance(line, Row) else None

    def group_at(self, index: Index) -> Group | None:
        """Return the group at ``index``, None for a row."""
        line = self._line(index)
        return line if isinstance(line, Group) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the columns."""
        return 0 if parent.isValid() else max(len(self._table.columns), 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Say what a delegate paints and a screen reader reads."""
        line = self._line(index)
        if isinstance(line, Group):
            return _group_data(line, index.column(), role)
        if line is None:
            return None
        at = index.column()
        cell = line.cells[at] if at < len(line.cells) else Cell()
        return line if role == ROW else _cell_data(line, cell, at, role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Say a column's title."""
        if (
            orientation is Qt.Orientation.Horizontal
            and role == Qt.ItemDataRole.DisplayRole
            and section < len(self._table.columns)
        ):
            return self._table.columns[section].title
        return None

    def _line(self, index: Index) -> Row | Group | None:
        at = index.row() if index.isValid() else -1
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _lay_out(self) -> None:
        """Put the lines in their order: each group, then its rows unless folded."""
        groups = _grouped(self._table.rows)
        notes = dict(self._table.notes)
        lines: list[Row | Group] = []
        heads: list[int] = []
        for title, rows in groups.items():
            if any(groups):
                heads.append(len(lines))
                lines.append(Group(title, len(rows), notes.get(title, "")))
            if title not in self._folded or not heads:
                lines += rows
        self._lines, self._groups = lines, tuple(heads)
        self._places = None


def _grouped(rows: tuple[Row, ...]) -> dict[str, list[Row]]:
    """Return the rows of each group; those that stand together are taken together."""
    groups: dict[str, list[Row]] = {}
    begun, last = 0, rows[0].group if rows else ""
    for at, row in enumerate(rows):
        if row.group != last:
            groups.setdefault(last, []).extend(rows[begun:at])
            begun, last = at, row.group
    if rows:
        groups.setdefault(last, []).extend(rows[begun:])
    return groups


def _cell_data(line: Row, cell: Cell, column: int, role: int) -> object:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return cell.text
        case Qt.ItemDataRole.AccessibleTextRole:
            return line.sentence if column == 0 else cell.said
        case Qt.ItemDataRole.ToolTipRole:
            return plain_tip(line.tooltip or cell.said) or None
        case _:
            return None


def _group_data(group: Group, column: int, role: int) -> object:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return group.title if column == 0 else None
        case Qt.ItemDataRole.AccessibleTextRole:
            return f"{group.title}, {group.count}"
        case _:
            return None
