import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from widgets.kit.table_model import TableModel
from widgets.kit.table_view import TableView
from widgets.kit.values import Cell, Column, Mark, Row, Table

COLUMNS = (Column("Template"), Column("State", 120, drop=1), Column("Live", 90, drop=2))


def a_row(key: str, group: str = "") -> Row:
    return Row(key, (Cell(key.title()), Cell(mark=Mark("Live", "broadcast"))), group)


@pytest.mark.parametrize("groups", [("", "", ""), ("Interview", "Offer", "Interview")])
def test_the_model_keeps_qts_promises(groups: tuple[str, ...], qtbot: QtBot) -> None:
    model = TableModel()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Warning
    )

    rows = tuple(a_row(f"r{at}", group) for at, group in enumerate(groups))
    model.set_table(Table(COLUMNS, rows))

    assert tester.model() is model
    assert [model.row_at(model.place(row.key)) for row in rows] == list(rows)


def test_rows_stand_under_their_groups() -> None:
    model = TableModel()

    model.set_table(Table(COLUMNS, (a_row("a", "X"), a_row("b", "Y"), a_row("c", "X"))))

    assert titles_of(model) == ["X", "A", "C", "Y", "B"]


def test_the_rows_of_a_folded_group_are_gone_until_it_is_opened(qtbot: QtBot) -> None:
    view = TableView("Templates")
    qtbot.addWidget(view)
    table = Table(COLUMNS, (a_row("a", "X"), a_row("b", "Y"), a_row("c", "X")))
    view.render_table(table, "a")

    qtbot.keyClick(view, Qt.Key.Key_Left)
    folded = titles_of(view.rows)
    view.render_table(Table(COLUMNS, (*table.rows, a_row("d", "X"))))
    still = titles_of(view.rows)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Right)

    assert folded == still == ["X", "Y", "B"]
    assert titles_of(view.rows) == ["X", "A", "C", "D", "Y", "B"]


def titles_of(model: TableModel) -> list[object]:
    return [model.index(at, 0).data() for at in range(model.rowCount())]


def test_a_row_reads_as_one_sentence() -> None:
    model = TableModel()
    model.set_table(Table(COLUMNS, (a_row("offer"),)))

    said = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == "Offer, Live"


def test_the_selection_stays_when_rows_arrive_above(qtbot: QtBot) -> None:
    view = TableView("Templates")
    qtbot.addWidget(view)
    view.render_table(Table(COLUMNS, (a_row("a"), a_row("b"))), "b")
    told: list[str] = []
    view.selected.connect(told.append)

    view.render_table(Table(COLUMNS, (a_row("new"), a_row("a"), a_row("b"))))

    assert view.key == "b"
    assert view.currentIndex().row() == 2
    assert told == []


def test_enter_opens_and_j_goes_down(qtbot: QtBot) -> None:
    view = TableView("Templates")
    qtbot.addWidget(view)
    view.render_table(Table(COLUMNS, (a_row("a", "X"), a_row("b", "Y"))), "a")

    qtbot.keyClick(view, Qt.Key.Key_J)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)

    assert opened.args == ["b"]


def test_a_small_window_lets_columns_go_in_their_order(qtbot: QtBot) -> None:
    view = TableView("Templates")
    qtbot.addWidget(view)
    view.render_table(Table(COLUMNS, (a_row("a"),)))

    view.show()
    shown = {}
    for width in (800, 330, 240):
        view.resize(width, 200)
        shown[width] = [not view.isColumnHidden(at) for at in range(3)]

    assert shown[800] == [True, True, True]
    assert shown[330] == [True, False, True]
    assert shown[240] == [True, False, False]


def test_an_index_of_nothing_is_no_row(qtbot: QtBot) -> None:
    assert TableModel().row_at(QModelIndex()) is None


def test_a_row_where_a_group_stood_before_is_as_high_as_all_rows(qtbot: QtBot) -> None:
    view = TableView("Templates")
    qtbot.addWidget(view)
    view.render_table(Table(COLUMNS, (a_row("a", "X"), a_row("b", "Y"))))

    view.render_table(Table(COLUMNS, (a_row("a", "X"), a_row("b", "X"))))

    assert view.rowHeight(2) == view.rowHeight(1)
