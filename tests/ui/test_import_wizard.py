"""The import wizard: nothing is stored before the last button, and then all of it or nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from erpdesk.domain.accounts import Part
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.import_fates import Fate
from erpdesk.domain.money import Money
from erpdesk.domain.opening import Opening
from erpdesk.domain.people import Role
from erpdesk.services.importing_files import Sort
from erpdesk.services.receipts import Wanted
from tests.ui import rooms
from tests.ui.clipping import clipped
from tests.ui.rooms import Here
from tests.ui.settling import drop_parts, silent_buttons
from ui.dialogs.import_wizard import Importers, ImportWizard
from ui.dialogs.import_wizard_frame import COLUMNS, DRY_RUN, FILE, IMPORT, RESULT
from ui.main_window.importing import Importing
from ui.main_window.menus import Menus
from ui.work.runner import Broken

pytestmark = pytest.mark.usefixtures("app")

CUSTOMERS = "编码,名称,信用额度\nK1,甲公司,100\nK2,乙公司,许多\nK3,丙公司,\n合计,,\n"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("firm") / "firm.erpdesk"
    rooms.make_people(place)
    return place


@pytest.fixture
def here(template: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Here]:
    del qtbot
    with rooms.room_of(rooms.copied(template, tmp_path), "maker") as found:
        yield found


@pytest.fixture
def importing(here: Here, qtbot: QtBot) -> Importing:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return Importing(here.room, window)


def opened(importing: Importing, sort: Sort | None = None, *paths: Path) -> ImportWizard:
    importing.begin(sort, [str(path) for path in paths])
    assert importing.wizard is not None
    return importing.wizard


def written(here: Here, text: str | bytes, name: str = "客户.csv") -> Path:
    path = here.place.with_name(name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def go_on(wizard: ImportWizard, here: Here, qtbot: QtBot, *, steps: int = 1) -> None:
    for _ in range(steps):
        wizard.go_on()
        here.settle(qtbot)


def codes(here: Here) -> list[str]:
    return [one.code for one in here.desk.find_customers("公司", most=50)]


def listed(wizard: ImportWizard) -> list[tuple[str, str]]:
    return [(one.fate, one.subject) for one in wizard.rows.model.rows]


def test_that_an_import_is_done_by_keys_alone(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    path, wizard = written(here, CUSTOMERS, "c.csv"), opened(importing)
    changes: list[object] = []
    here.room.runner.changed.connect(changes.append)
    wizard.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is wizard.file.path)
    alt, control = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier

    qtbot.keyClicks(wizard.file.path, str(path))
    for key, held, step in (
        (Qt.Key.Key_Right, alt, COLUMNS),
        (Qt.Key.Key_Right, alt, DRY_RUN),
        (Qt.Key.Key_Return, control, RESULT),
    ):
        assert not changes
        qtbot.keyClick(QApplication.focusWidget(), key, held)
        here.settle(qtbot)
        assert wizard.step == step
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)

    assert codes(here) == ["K1", "K3"]
    assert len(changes) == 1
    assert importing.wizard is None


def test_that_enter_goes_to_the_next_field_and_imports_nothing(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    wizard = opened(importing, Sort.CUSTOMERS, written(here, CUSTOMERS))
    for step in (FILE, COLUMNS, DRY_RUN):
        for part in wizard.findChildren(QWidget):
            if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                part.setFocus()
                qtbot.keyClick(part, Qt.Key.Key_Return)
        here.settle(qtbot)
        assert wizard.step == step
        if step < DRY_RUN:
            go_on(wizard, here, qtbot)

    assert codes(here) == []


def test_that_the_dry_run_lists_every_row_and_the_button_names_the_numbers(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    wizard = opened(importing, Sort.CUSTOMERS, written(here, CUSTOMERS))
    go_on(wizard, here, qtbot, steps=2)

    assert listed(wizard) == [("refused", "K2  乙公司")]
    assert "不是金额" in wizard.rows.model.row_sentence(wizard.rows.model.rows[0])
    assert wizard.primary.text() == "导入 2 行，跳过 2"
    wizard.rows.table.chips.choose("")
    wizard.rows.table.filter_chosen.emit("")
    assert [fate for fate, _ in listed(wizard)] == ["new", "refused", "new", "left out"]
    wizard.rows.table.search.setText("丙")
    wizard.rows.table.search_changed.emit("丙")
    assert listed(wizard) == [("new", "K3  丙公司")]
    assert codes(here) == []


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


def test_that_a_stopped_import_says_that_all_of_it_was_rolled_back(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    rows = "".join(f"K{n:04d},公司{n}\n" for n in range(900))
    wizard = opened(importing, Sort.CUSTOMERS, written(here, "编码,名称\n" + rows))
    go_on(wizard, here, qtbot, steps=2)

    wizard.go_on()
    wizard.reject()
    assert wizard.step == IMPORT
    here.settle(qtbot)

    assert wizard.isVisible()
    assert wizard.step == DRY_RUN
    assert "全部退回，什么都没写入" in wizard.said.said.text()
    assert codes(here) == []
    go_on(wizard, here, qtbot)
    assert wizard.step == RESULT


def test_that_a_stopped_dry_run_is_left_at_once_and_comes_back_no_more(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    wizard = opened(importing, Sort.CUSTOMERS, written(here, CUSTOMERS))
    go_on(wizard, here, qtbot)

    wizard.go_on()
    wizard.reject()
    assert not wizard.primary.why_not
    here.settle(qtbot)

    assert wizard.isVisible()
    assert wizard.step == COLUMNS
    assert "什么都没写入" in wizard.said.said.text()


def test_that_progress_is_told_in_rows_and_posting_is_said(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    wizard = opened(importing, Sort.CUSTOMERS, written(here, CUSTOMERS))
    go_on(wizard, here, qtbot, steps=2)
    wizard.go_on()

    assert wizard.progress.isHidden()
    wizard.show_progress(3412, 12000)
    assert wizard.progress.said.text() == "正在导入：已读 3,412 / 12,000 行"
    assert (wizard.progress.bar.value(), wizard.progress.bar.maximum()) == (3412, 12000)
    wizard.show_progress(12000, 12000)
    assert "正在入账" in wizard.progress.said.text()
    here.settle(qtbot)
    assert wizard.step == RESULT


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
    here.desk.importing_customers.load(written(here, "编码,名称\nK1,甲公司\n"))
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


def test_that_refused_rows_are_exported_to_be_mended(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    wizard = opened(importing, Sort.CUSTOMERS, written(here, CUSTOMERS))
    go_on(wizard, here, qtbot, steps=2)
    path = here.place.with_name("不收.csv")

    wizard.export_wanted.emit(wizard.dry, str(path))
    here.settle(qtbot)

    assert "乙公司" in path.read_text("utf-8-sig")
    assert "1 行已写到 不收.csv" in wizard.said.said.text()
    wizard.export_wanted.emit(wizard.dry, str(path.with_suffix(".pdf")))
    here.settle(qtbot)
    assert "不能写成这种文件" in wizard.said.said.text()


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
    desk.importing_customers.load(written(here, "编码,名称\nK1,甲厂\n", "first.csv"))
    owner, today = CustomerId(desk.customer("K1").id), desk.clock.today()
    ten = Money(1000, "CNY")
    items = [
        Opening(owner, Part.BILLED, ten, today, "应-1"),
        Opening(owner, Part.UNAPPLIED, ten, today, "预-1"),
    ]
    desk.opening_items.load(items, posting_date=today, memo="期初")
    desk.receipts.allocate(desk.customer("K1"), credit="预-1", pays=(Wanted("应-1", None),))


def test_that_what_breaks_is_said_with_its_id_and_can_be_tried_again(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    wizard = opened(importing, Sort.CUSTOMERS, written(here, CUSTOMERS))
    go_on(wizard, here, qtbot)

    wizard.go_on()
    here.room.runner.broke.emit(Broken("E-2345-6789", RuntimeError()))

    assert "E-2345-6789" in wizard.said.said.text()
    assert not wizard.primary.why_not
    here.settle(qtbot)


def test_that_who_may_not_import_is_told_why(here: Here, qtbot: QtBot) -> None:
    with rooms.room_of(here.place, "cashier") as other:
        window = QWidget()
        qtbot.addWidget(window)
        importing, menus = Importing(other.room, window), Menus(other.room.wording, window)
        importing.put_into(menus)
        importing.begin()
        [offered] = menus.every()

    assert importing.wizard is None
    assert not offered.isEnabled()
    assert "会计" in offered.toolTip()


def test_that_an_administrator_imports_customers_alone(here: Here, qtbot: QtBot) -> None:
    importers = Importers(here.desk.importing_files, {}, frozenset({Role.ADMIN}))
    wizard = ImportWizard(importers, here.room.runner, here.room.wording)
    qtbot.addWidget(wizard)

    wizard.choose(Sort.DELIVERIES)

    assert wizard.file.sort is Sort.CUSTOMERS
    assert "会计" in wizard.file.sorts[Sort.DELIVERIES].why_not


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_every_step_is_readable_named_and_gives_its_reasons(
    importing: Importing, here: Here, qtbot: QtBot, language: str
) -> None:
    here.room.wording.use("en" if language == "en" else "zh")
    wizard = opened(importing, Sort.CUSTOMERS, written(here, CUSTOMERS))
    for step in (FILE, COLUMNS, DRY_RUN, RESULT):
        assert wizard.step == step
        assert clipped(wizard) == []
        assert silent_buttons(wizard) == []
        assert nameless(wizard) == []
        if step != RESULT:
            go_on(wizard, here, qtbot)


def nameless(wizard: ImportWizard) -> list[QWidget]:
    return [
        part for part in wizard.findChildren(QWidget)
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not part.accessibleName() and not getattr(part, "text", str)()
        and "Scroll" not in type(part).__name__
    ]  # fmt: skip


def test_that_a_switch_of_language_keeps_step_and_words(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    wizard = opened(importing, Sort.CUSTOMERS, written(here, CUSTOMERS))
    go_on(wizard, here, qtbot, steps=2)

    here.room.wording.use("en")

    assert wizard.step == DRY_RUN
    assert wizard.primary.text() == "Import 2 rows, skip 2"
    assert "not an amount" in wizard.rows.model.row_sentence(wizard.rows.model.rows[0])


def test_that_a_closed_wizard_is_gone_and_hears_no_more(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    wizard = opened(importing, Sort.CUSTOMERS, written(here, CUSTOMERS))
    go_on(wizard, here, qtbot, steps=2)

    wizard.reject()
    drop_parts()
    here.room.wording.use("en")

    assert not isValid(wizard)
    assert importing.wizard is None
