"""The first start asks for books; whoever opened it makes them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.words import Sentence
from tests.ui.clipping import clipped
from ui.dialogs.first_start import FirstStart, NewBooks
from ui.work.wording import Wording

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> FirstStart:
    made = FirstStart(Wording("zh"), tmp_path)
    qtbot.addWidget(made)
    made.show()
    return made


def fill(dialog: FirstStart, **said: str) -> None:
    for name, text in said.items():
        dialog.fields[name].setText(text)


def test_that_the_sample_is_asked_for_at_a_place_where_nothing_is(
    dialog: FirstStart, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "样例公司.erpdesk").touch()

    with qtbot.waitSignal(dialog.sample_wanted) as asked:
        dialog.sample.click()

    assert asked.args == [str(tmp_path / "样例公司 2.erpdesk")]


def test_that_new_books_are_given_whole(dialog: FirstStart, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.new.click()
    fill(dialog, name="明湖机电", tax_id="9133", bank_account="001", person="陈静")
    fill(dialog, person_password="geheim1", second="林涛", second_password="geheim2")

    with qtbot.waitSignal(dialog.new_wanted) as asked:
        dialog.make.click()

    assert asked.args == [
        NewBooks(
            str(tmp_path / "我的公司.erpdesk"),
            {"name": "明湖机电", "tax_id": "9133", "bank_account": "001"},
            (("陈静", "geheim1"), ("林涛", "geheim2")),
        )
    ]


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"name": " "}, "name", "公司名称"),
        ({"person": ""}, "person", "第一个人"),
        ({"person_password": "short"}, "person_password", "6 个字符"),
        ({"second": "陈静"}, "second", "同名"),
        ({"second": "林涛", "second_password": ""}, "second_password", "6 个字符"),
        ({"place": ""}, "place", "位置"),
    ],
)
def test_that_what_is_missing_is_said_at_its_field(
    wrong: dict[str, str], field: str, sentence: str, dialog: FirstStart
) -> None:
    asked: list[object] = []
    dialog.new_wanted.connect(asked.append)
    dialog.new.click()
    fill(dialog, name="明湖机电", person="陈静", person_password="geheim1")
    fill(dialog, **wrong)

    dialog.make.click()

    assert asked == []
    assert sentence in dialog.problem.text()
    assert dialog.fields[field].property("wrong") is True


def test_that_enter_goes_to_the_next_field_and_makes_nothing(
    dialog: FirstStart, qtbot: QtBot
) -> None:
    asked: list[object] = []
    dialog.new_wanted.connect(asked.append)
    dialog.new.click()
    fill(dialog, name="明湖机电", person="陈静", person_password="geheim1")

    for _ in range(12):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    assert asked == []


def test_that_what_one_person_cannot_do_is_said(dialog: FirstStart) -> None:
    dialog.new.click()

    assert "自己批不了" in "".join(
        label.text() for label in dialog.findChildren(type(dialog.problem))
    )


def test_that_a_place_is_opened_and_a_refusal_comes_back_to_it(
    dialog: FirstStart, qtbot: QtBot
) -> None:
    dialog.existing.click()
    dialog.go.click()
    assert "位置" in dialog.problem.text()
    dialog.address.setText("/there/firm.erpdesk")
    with qtbot.waitSignal(dialog.open_wanted) as asked:
        dialog.go.click()

    dialog.show_progress(Sentence("在做", "Doing"), 3, 8)
    dialog.refuse(Sentence("没有账套", "No books"))

    assert asked.args == ["/there/firm.erpdesk"]
    assert dialog.pages.currentIndex() == 2
    assert dialog.problem.text() == "没有账套"
    assert dialog.address.text() == "/there/firm.erpdesk"


def test_that_esc_goes_back_one_step(dialog: FirstStart, qtbot: QtBot) -> None:
    dialog.new.click()
    fill(dialog, name="明湖机电")

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert dialog.pages.currentIndex() == 0
    assert dialog.isVisible()
    assert dialog.fields["name"].text() == "明湖机电"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", [0, 1, 2, 3])
def test_that_nothing_is_cut(language: str, page: int, dialog: FirstStart) -> None:
    dialog._wording.use("en" if language == "en" else "zh")
    dialog._go(page)

    QApplication.processEvents()
    assert clipped(dialog) == []
