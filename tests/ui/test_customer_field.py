"""The field that finds a customer: what it reads is whom it stands for."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from erpdesk.services.looking import Customer
from tests.ui.table_rows import heard_of
from ui.widgets.customer_field import CustomerField, label_of
from ui.widgets.parts import column
from ui.work.wording import Wording


def a_customer(code: str, name: str) -> Customer:
    return Customer(f"id of {code}", 1, code, name, None, {}, {}, "")


ALFKI, ANATR = a_customer("ALFKI", "青禾包装"), a_customer("ANATR", "青禾五金")


@pytest.fixture
def field(
    qtbot: QtBot, app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CustomerField]:
    monkeypatch.setattr(QCompleter, "complete", lambda *_: None)  # no popups without a screen
    around = QWidget()
    field = CustomerField(Wording("zh"))
    around.setLayout(column(field, QLineEdit()))
    qtbot.addWidget(around)
    around.show()
    around.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    yield field
    around.close()


def test_that_enter_before_the_answer_takes_the_only_one_once_it_comes(
    field: CustomerField, qtbot: QtBot
) -> None:
    asked = heard_of(field.asked)

    qtbot.keyClicks(field, "alf")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.show_found("alf", (ALFKI,))

    assert asked == ["alf"]
    assert field.customer == ALFKI
    assert field.text() == label_of(ALFKI)


def test_that_enter_before_the_answer_never_chooses_among_several(
    field: CustomerField, qtbot: QtBot
) -> None:
    field.insert("青禾")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.show_found("青禾", (ALFKI, ANATR))

    assert field.customer is None


def test_that_enter_takes_the_whole_code_among_several(field: CustomerField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "anatr")
    field.show_found("anatr", (ALFKI, ANATR))
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert field.customer == ANATR


def test_that_an_answer_to_what_it_read_before_takes_nobody(
    field: CustomerField, qtbot: QtBot
) -> None:
    qtbot.keyClicks(field, "alf")
    field.show_found("alf", (ALFKI,))
    field.setText("anatr")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.show_found("alf", (ALFKI,))

    assert field.customer is None

    field.show_found("anatr", (ANATR,))

    assert field.customer == ANATR


def test_that_another_text_stands_for_nobody_however_it_came(field: CustomerField) -> None:
    field.put_customer(ALFKI)
    chosen = heard_of(field.chosen)

    field.setText("ANATR")

    assert field.customer is None
    assert chosen == [None]


@pytest.mark.parametrize(("text", "taken"), [("ANATR", ANATR), ("ANA", None)])
def test_that_who_leaves_the_field_takes_a_whole_code_and_guesses_nobody(
    field: CustomerField, qtbot: QtBot, text: str, taken: Customer | None
) -> None:
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    field.show_found(text, (ANATR,))

    assert field.customer == taken
