"""A table's rows as Qt's model; who gives them has filtered and sorted them."""

from typing import Final, TypeAlias

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from widgets.kit.values import Cell, Row, Table

Index: TypeAlias = QModelIndex | QPersistentModelIndex

CELL: Final = Qt.ItemDataRole.UserRole
ROW: Final = Qt.ItemDataRole.UserRole + 1
GROUP: Final = Qt.ItemDataRole.UserRole + 2

_TOP: Final = 0  # the internal id of groups, and of rows where there are none


class TableModel(QAbstractItemModel):
    """Holds one ``Table`` at a time.

    A row's internal id is its group's number and one, so an index needs no object.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = Table(())
        self._groups: list[tuple[str, list[Row]]] = []
        self._notes: dict[str, str] = {}
        self._places: dict[str, tuple[int, int]] = {}

    @property
    def table(self) -> Table:
        """What is shown."""
        return self._table

    def set_table(self, table: Table) -> None:
        """Show ``table``, all of it anew."""
        self.beginResetModel()
        self._table = table
        self._notes = dict(table.notes)
        groups: dict[str, list[Row]] = {}
        for row in table.rows:
            groups.setdefault(row.group, []).append(row)
        self._groups = list(groups.items())
        self._places = {
            row.key: (group, number)
            for group, (_title, rows) in enumerate(self._groups)
            for number, row in enumerate(rows)
        }
        self.endResetModel()

    @property
    def is_grouped(self) -> bool:
        """Whether rows stand under titles."""
        return bool(self._groups) and any(title for title, _rows in self._groups)

    def place(self, key: str) -> QModelIndex:
        """Return where the row called ``key`` is, an invalid index for nowhere."""
        found = self._places.get(key)
        if found is None:
            return QModelIndex()
        group, number = found
        return self.createIndex(number, 0, group + 1 if self.is_grouped else _TOP)

    def row_at(self, index: Index) -> Row | None:
        """Return the row at ``index``, None for a group."""
        if not index.isValid():
            return None
        if not self.is_grouped:
            return self._groups[0][1][index.row()]
        if index.internalId() == _TOP:
            return None
        return self._groups[index.internalId() - 1][1][index.row()]

    def index(
        self,
        row: int,
        column: int,
        parent: Index = QModelIndex(),  # noqa: B008
    ) -> QModelIndex:
        """Return the index of a child."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        if parent.isValid():
            return self.createIndex(row, column, parent.row() + 1)
        return self.createIndex(row, column, _TOP)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008 -- Qt overloads it
        """Return the group of a row."""
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _TOP)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count groups, or the rows of one."""
        if not parent.isValid():
            if self.is_grouped:
                return len(self._groups)
            return len(self._groups[0][1]) if self._groups else 0
        if not self.is_grouped or parent.internalId() != _TOP or parent.column() > 0:
            return 0
        return len(self._groups[parent.row()][1])

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the columns."""
        return max(len(self._table.columns), 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Say what a delegate paints and a screen reader reads."""
        row = self.row_at(index)
        if row is None:
            return self._group_data(index, role)
        cell = row.cells[index.column()] if index.column() < len(row.cells) else Cell()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.sentence if index.column() == 0 else cell.said
            case Qt.ItemDataRole.ToolTipRole:
                return row.tooltip or cell.said or None
            case _:
                return {CELL: cell, ROW: row}.get(Qt.ItemDataRole(role))

    def _group_data(self, index: Index, role: int) -> object:
        title, rows = self._groups[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title if index.column() == 0 else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{title}, {len(rows)}"
            case _ if role == GROUP:
                return (title, len(rows), self._notes.get(title, ""))
        return None

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
