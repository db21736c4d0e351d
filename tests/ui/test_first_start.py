"""The first start asks for books; whoever opened it makes them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from erpdesk.words import Sentence
from tests.ui.clipping import clipped
from ui.dialogs.first_start import CHOICES, NEW_BOOKS, PROGRESS, THERE, FirstStart
from ui.dialogs.new_books import NewBooks
from ui.widgets.parts import Label
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
        dialog.form.fields[name].setText(text)


def test_that_the_sample_is_asked_for_at_a_place_where_nothing_is(
    dialog: FirstStart, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "样例公司.erpdesk").touch()

    with qtbot.waitSignal(dialog.sample_wanted) as asked:
        dialog.sample.click()

    assert asked.args == [str(tmp_path / "样例公司 2.erpdesk")]


def test_that_the_file_is_called_as_the_firm_until_somebody_chooses_a_place(
    dialog: FirstStart, tmp_path: Path
) -> None:
    dialog.new.click()
    (tmp_path / "甲乙 上海.erpdesk").touch()
    fill(dialog, name="甲/乙 上海. ")
    named = dialog.form.said("place")
    fill(dialog, place="/srv/a.erpdesk", name="丙")
    dialog.form.fields["bank_account"].setFocus()

    QTest.keyClick(dialog.form.fields["bank_account"], Qt.Key.Key_Tab)

    assert named == str(tmp_path / "甲乙 上海 2.erpdesk")
    assert dialog.form.said("place") == "/srv/a.erpdesk"
    assert dialog.focusWidget() is dialog.form.fields["person"]


def test_that_new_books_are_given_whole(dialog: FirstStart, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.new.click()
    fill(dialog, name="明湖机电", tax_id="9133", bank_account="001", person="陈静")
    fill(dialog, person_password="geheim1", second="林涛", second_password="geheim2")
    fill(dialog, cashier="沈佳", cashier_password="geheim3")

    with qtbot.waitSignal(dialog.new_wanted) as asked:
        dialog.make.click()

    assert asked.args == [
        NewBooks(
            str(tmp_path / "明湖机电.erpdesk"),
            {"name": "明湖机电", "tax_id": "9133", "bank_account": "001"},
            (("陈静", "geheim1"), ("林涛", "geheim2")),
            cashier=("沈佳", "geheim3"),
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
        ({"cashier": "陈静", "cashier_password": "geheim3"}, "cashier", "同名"),
        ({"cashier": "沈佳"}, "cashier_password", "6 个字符"),
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
    assert dialog.form.fields[field].property("wrong") is True


def test_that_what_is_said_under_the_form_stays_on_the_screen(dialog: FirstStart) -> None:
    room = dialog.screen().availableGeometry()
    dialog.new.click()
    dialog.fit()
    dialog.move(40, room.bottom() - dialog.frameGeometry().height())
    low, height = dialog.frameGeometry().bottom(), dialog.height()

    dialog.make.click()
    dialog.fit()

    assert low <= room.bottom()
    assert dialog.height() > height
    assert dialog.frameGeometry().bottom() <= room.bottom()


def test_that_a_field_that_is_changed_is_wrong_no_more(dialog: FirstStart) -> None:
    dialog.new.click()
    dialog.make.click()
    assert dialog.form.fields["name"].property("wrong") is True

    fill(dialog, name="明湖机电")

    assert dialog.form.fields["name"].property("wrong") is False


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

    said = "".join(label.text() for label in dialog.findChildren(Label))
    assert "自己做的自己批不了" in said
    assert "不能兼会计和审批" in said


def test_that_ctrl_enter_makes_the_books_and_opens_those_that_are_there(
    dialog: FirstStart, qtbot: QtBot
) -> None:
    dialog.new.click()
    fill(dialog, name="明湖机电", person="陈静", person_password="geheim1")
    control = Qt.KeyboardModifier.ControlModifier

    with qtbot.waitSignal(dialog.new_wanted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, control)
    dialog.existing.click()
    dialog.address.setText("/there/firm.erpdesk")
    with qtbot.waitSignal(dialog.open_wanted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, control)


def test_that_all_passwords_are_shown_and_hidden_together(dialog: FirstStart) -> None:
    dialog.new.click()
    secrets = [dialog.form.fields[f"{who}_password"] for who in ("person", "second", "cashier")]
    modes = [{one.echoMode() for one in secrets}]

    for _ in range(2):
        dialog.form.reveal.click()
        modes.append({one.echoMode() for one in secrets})

    hidden, shown = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal
    assert modes == [{hidden}, {shown}, {hidden}]
    assert dialog.form.reveal.accessibleName() == "显示密码"


def test_that_caps_lock_is_said_while_a_new_password_is_typed(dialog: FirstStart) -> None:
    dialog.new.click()

    QTest.keyClicks(dialog.form.fields["person_password"], "A")  # without Shift

    shown = [one.text() for one in dialog.findChildren(Label)]
    assert ("密码（至少 6 个字符）" in shown, "大写锁定开着" in shown) == (False, True)


def test_that_a_refusal_about_a_field_goes_to_the_field(dialog: FirstStart) -> None:
    dialog.new.click()
    dialog.show_progress(Sentence("在建", "Making"), 0, 0)

    dialog.refuse(Sentence("税号不对", "Wrong"), field="tax_id")

    assert dialog.focusWidget() is dialog.form.fields["tax_id"]
    assert dialog.form.fields["tax_id"].property("wrong") is True
    assert dialog.problem.text() == "税号不对"


def test_that_books_opened_lately_are_offered_first(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = FirstStart(Wording("zh"), tmp_path, ["/books/明湖.erpdesk", "postgresql://office/erp"])
    qtbot.addWidget(dialog)
    dialog.show()

    with qtbot.waitSignal(dialog.open_wanted) as asked:
        dialog.recent[0].click()

    assert asked.args == ["/books/明湖.erpdesk"]
    assert [one.text() for one in dialog.recent] == ["明湖", "postgresql://office/erp"]
    assert dialog.focusWidget() is dialog.recent[0]


def test_that_it_is_as_high_as_what_it_shows(dialog: FirstStart) -> None:
    heights = {}
    for page in (PROGRESS, CHOICES, NEW_BOOKS):
        dialog._go(page)
        QApplication.processEvents()
        heights[page] = dialog.height()

    assert heights[PROGRESS] < heights[CHOICES] < heights[NEW_BOOKS]


def test_that_esc_leaves_work_that_is_under_way_alone(dialog: FirstStart, qtbot: QtBot) -> None:
    dialog.show_progress(Sentence("在建", "Making"), 0, 0)

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert dialog.isVisible()
    assert dialog.shown == PROGRESS


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
    assert dialog.shown == THERE
    assert dialog.problem.text() == "没有账套"
    assert dialog.address.text() == "/there/firm.erpdesk"


def test_that_esc_goes_back_one_step(dialog: FirstStart, qtbot: QtBot) -> None:
    dialog.new.click()
    fill(dialog, name="明湖机电")

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert dialog.shown == CHOICES
    assert dialog.isVisible()
    assert dialog.form.fields["name"].text() == "明湖机电"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", [0, 1, 2, 3])
def test_that_nothing_is_cut(language: str, page: int, dialog: FirstStart) -> None:
    dialog._wording.use("en" if language == "en" else "zh")
    dialog._go(page)

    QApplication.processEvents()
    assert clipped(dialog) == []


def test_that_its_title_says_what_it_asks_about(dialog: FirstStart, qtbot: QtBot) -> None:
    titles = [title_of(dialog)]
    dialog.new.click()
    titles.append(title_of(dialog))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    titles.append(title_of(dialog))
    dialog.existing.click()
    titles.append(title_of(dialog))

    assert titles == ["打开账套", "新建账套", "打开账套", "打开已有的账套"]


def title_of(dialog: FirstStart) -> str:
    labels = dialog.findChildren(Label)
    head = next(one.text() for one in labels if one.property("type") == "title")
    assert dialog.windowTitle() == head
    return head
