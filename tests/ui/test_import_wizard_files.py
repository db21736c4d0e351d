"""Files in the import wizard: what is asked about them, what is refused, what is known again."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from erpdesk.domain.accounts import Part
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.importing.fates import Fate
from erpdesk.domain.money import Money
from erpdesk.domain.opening import Opening
from erpdesk.services.importing.sorts import Sort
from erpdesk.services.importing.tables import ImportSource
from erpdesk.services.receipts import Wanted
from tests.ui.rooms import Here
from tests.ui.wizards import CUSTOMERS, codes, go_on, listed, opened, written
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.import_wizard_frame import COLUMNS, DRY_RUN, FILE
from ui.main_window.importing import Importing
from ui.widgets.combo import Combo

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def template(people_template: Path) -> Path:
    return people_template


@pytest.fixture
def person() -> str:
    return "maker"


def test_that_columns_nobody_knows_are_asked_for(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    path = written(here, "代号X,谁,谁\nK1,甲公司,1\nK2,乙公司,2\n")
    wizard = opened(importing, Sort.CUSTOMERS, path)
    go_on(wizard, here, qtbot)
    [table] = wizard.columns.tables
    first, second, twin = table.choices

    assert wizard.primary.why_not == "还缺：客户编码、客户名称"
    assert not twin.isEnabled()
    assert "分不清" in twin.accessibleDescription()
    second.setCurrentIndex(second.findData("code"))
    first.setCurrentIndex(first.findData("code"))
    assert second.currentData() == ""
    second.setCurrentIndex(second.findData("name"))
    go_on(wizard, here, qtbot)

    assert wizard.primary.text() == "导入 2 行，跳过 0"


def test_that_what_was_said_of_columns_is_kept_and_can_be_found_anew(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    path = written(here, "编码,名称,电话\nK1,甲公司,138\n")
    wizard = opened(importing, Sort.CUSTOMERS, path)
    go_on(wizard, here, qtbot)
    wizard.columns.tables[0].choices[2].setCurrentIndex(0)
    go_on(wizard, here, qtbot)
    wizard.go_back()
    wizard.go_back()

    go_on(wizard, here, qtbot)
    assert wizard.columns.bar.isVisible()
    assert wizard.columns.tables[0].choices[2].currentData() == ""
    wizard.columns.forget.click()
    here.settle(qtbot)

    assert wizard.columns.tables[0].choices[2].currentData() == "phone"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 nothing like a table", "PDF"),
        (b"", "空"),
        (b"\x00" * 60, "空"),
        (b"<html><body>1</body></html>", "HTML"),
        (b"PK\x03\x04 no workbook", "坏"),
        (b'"K1,\xbc\xd7', "没有"),
    ],
    ids=["PDF", "empty", "zeros", "web page", "broken workbook", "open quote"],
)
def test_that_a_file_that_is_no_table_is_refused_in_words(
    importing: Importing, here: Here, qtbot: QtBot, content: bytes, said: str
) -> None:
    wizard = opened(importing, Sort.CUSTOMERS, written(here, content))

    go_on(wizard, here, qtbot)

    assert wizard.step == FILE
    assert said in wizard.said.said.text()
    assert wizard.file.path.selectedText() == wizard.file.path.text()
    assert codes(here) == []


def test_that_a_file_without_headings_is_asked_about_and_not_guessed(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    wizard = opened(importing, Sort.CUSTOMERS, written(here, "K1,甲公司\nK2,乙公司\n"))

    go_on(wizard, here, qtbot)

    assert wizard.step == COLUMNS
    assert "还缺" in wizard.primary.why_not
    wizard.go_on()
    assert wizard.step == COLUMNS


def test_that_a_file_that_is_gone_since_is_refused(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    path = written(here, CUSTOMERS)
    wizard = opened(importing, Sort.CUSTOMERS, path)
    go_on(wizard, here, qtbot, steps=2)
    path.unlink()

    go_on(wizard, here, qtbot)

    assert wizard.step == DRY_RUN
    assert "文件不在" in wizard.said.said.text()


def test_that_the_same_file_is_known_again_and_has_nothing_to_import(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    path = written(here, "编码,名称\nK1,甲公司\n")
    wizard = opened(importing, Sort.CUSTOMERS, path)
    go_on(wizard, here, qtbot, steps=3)
    assert "入-" in wizard.outcome.text.text()
    wizard.outcome.another.click()
    wizard.choose(Sort.CUSTOMERS, [str(path)])

    go_on(wizard, here, qtbot, steps=2)

    assert "陈静 导入过" in wizard.said.said.text()
    assert listed(wizard) == [(Fate.SAME, "K1  甲公司")]
    assert wizard.primary.why_not == "没有可以导入的行"


def test_that_deliveries_come_with_their_lines_in_a_second_file(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    here.desk.importing_customers.load(ImportSource(written(here, "编码,名称\nK1,甲公司\n")))
    heads = written(here, "出库单号,客户编码,日期\nSH1,K1,2026-11-01\nSH2,K9,2026-11-01\n", "h.csv")
    lines = written(here, "出库单号,品名,数量,单价\nSH1,纸箱,3,1.10\nSH1,胶带,1,0.70\n", "l.csv")
    wizard = opened(importing, Sort.DELIVERIES)

    drop(wizard, heads, lines)
    go_on(wizard, here, qtbot)
    assert len(wizard.columns.tables) == 2
    go_on(wizard, here, qtbot)
    assert "1 张单，合计 4.00 CNY" in wizard.rows.makes.text()
    go_on(wizard, here, qtbot)

    assert "有 1 行不收" in wizard.outcome.left.text()
    assert here.desk.vouchers.delivery("SH1").amount_minor == 400


def drop(wizard: ImportWizard, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    wizard.dropEvent(
        QDropEvent(
            QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip


def test_that_a_list_that_will_wait_for_a_second_person_says_so_before_and_after(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    end_set_up(here)
    wizard = opened(importing, Sort.CUSTOMERS, written(here, "编码,名称\nK7,庚公司\n"))

    go_on(wizard, here, qtbot, steps=2)
    assert "第二个人审批" in wizard.said.said.text()
    go_on(wizard, here, qtbot)

    assert wizard.outcome.title.text() == "已提交，等第二个人审批"
    assert codes(here) == []


def end_set_up(here: Here) -> None:
    """Post something that is no import."""
    desk = here.desk
    desk.importing_customers.load(ImportSource(written(here, "编码,名称\nK1,甲厂\n", "first.csv")))
    owner, today = CustomerId(desk.customer("K1").id), desk.clock.today()
    ten = Money(1000, "CNY")
    items = [
        Opening(owner, Part.BILLED, ten, today, "应-1"),
        Opening(owner, Part.UNAPPLIED, ten, today, "预-1"),
    ]
    desk.opening_items.load(items, posting_date=today, memo="期初")
    desk.receipts.allocate(desk.customer("K1"), credit="预-1", pays=(Wanted("应-1", None),))


def choice_of(wizard: ImportWizard, name: str) -> Combo:
    return next(one for one in wizard.findChildren(Combo) if one.accessibleName() == name)


def choose(wizard: ImportWizard, name: str, wanted: str, here: Here, qtbot: QtBot) -> None:
    choice = choice_of(wizard, name)
    choice.setCurrentIndex(choice.findData(wanted))
    choice.activated.emit(choice.currentIndex())
    here.settle(qtbot)


def test_that_of_several_sheets_another_one_can_be_chosen(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    book, path = openpyxl.Workbook(), here.place.with_name("两张.xlsx")
    for name, code in (("去年", "K1"), ("今年", "K2")):
        sheet = book.create_sheet(name)
        for row in (("编码", "名称"), (code, f"{name}公司")):
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(path)
    wizard = opened(importing, Sort.CUSTOMERS, path)
    go_on(wizard, here, qtbot)
    first = choice_of(wizard, "工作表").currentText()

    choose(wizard, "工作表", "今年", here, qtbot)
    go_on(wizard, here, qtbot, steps=2)

    assert (first, codes(here)) == ("去年", ["K2"])


def test_that_a_text_of_an_unclear_encoding_can_be_read_in_another_one(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    path = written(here, "编码,名称\nK1,甲公司\n".encode("gb18030"))
    wizard = opened(importing, Sort.CUSTOMERS, path)
    go_on(wizard, here, qtbot)

    choose(wizard, "文字编码", "utf-8", here, qtbot)
    refused, back = wizard.said.said.text(), choice_of(wizard, "文字编码").currentData()
    choose(wizard, "文字编码", "big5", here, qtbot)

    assert ("utf-8" in refused, back) == (True, "gb18030")
    assert wizard.columns.tables[0].sheet.read_as.encoding == "big5"
    assert wizard.columns.tables[0].sheet.header != ("编码", "名称")


def test_that_a_text_refused_for_its_encoding_is_read_in_the_one_that_is_chosen_there(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    path = written(here, "編碼,名稱\nK1,台北電子有限公司\nK2,高雄貿易有限公司\n".encode("big5"))
    wizard = opened(importing, Sort.CUSTOMERS, path)
    go_on(wizard, here, qtbot)
    asked = wizard.step, wizard.file.encoding.isVisible(), wizard.file.encoding.hasFocus()

    wizard.file.encoding.setCurrentIndex(wizard.file.encoding.findData("big5"))
    go_on(wizard, here, qtbot)

    assert asked == (0, True, True)
    assert wizard.columns.tables[0].sheet.header == ("編碼", "名稱")


def test_that_new_rows_with_a_warning_are_shown_first_where_none_is_refused(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    text = "编码,名称,邮箱\nK1,甲公司,\nK2,乙公司,不是邮箱\n"
    wizard = opened(importing, Sort.CUSTOMERS, written(here, text))

    go_on(wizard, here, qtbot, steps=2)
    first = listed(wizard)
    wizard.rows.table.chips.choose("new")
    wizard.rows.table.filter_chosen.emit("new")

    assert [who for _, who in first] == ["K2  乙公司"]
    assert [who for _, who in listed(wizard)] == ["K1  甲公司", "K2  乙公司"]
