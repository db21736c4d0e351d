"""The import wizard: nothing is stored before the last button, and then all of it or nothing."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from erpdesk.domain.people import Role
from erpdesk.services.importing.sorts import Sort, next_sort
from erpdesk.storage.refusals import NotSyncedError
from tests.ui import rooms
from tests.ui.clipping import clipped
from tests.ui.rooms import Here
from tests.ui.settling import drop_parts, silent_buttons
from tests.ui.wizards import CUSTOMERS, codes, go_on, listed, opened, written
from ui.dialogs.import_wizard import Importers, ImportWizard
from ui.dialogs.import_wizard_frame import COLUMNS, DRY_RUN, FILE, IMPORT, RESULT
from ui.main_window.importing import Importing
from ui.main_window.menus import Menus
from ui.work.runner import Broken

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def template(people_template: Path) -> Path:
    return people_template


@pytest.fixture
def person() -> str:
    return "maker"


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


@pytest.mark.parametrize(
    ("fault", "told"), [(RuntimeError(), "E-2345-6789"), (NotSyncedError(), "不知道这一步存上没有")]
)
def test_that_what_breaks_is_said_and_can_be_tried_again(
    importing: Importing, here: Here, qtbot: QtBot, fault: Exception, told: str
) -> None:
    wizard = opened(importing, Sort.CUSTOMERS, written(here, CUSTOMERS))
    go_on(wizard, here, qtbot)

    wizard.go_on()
    here.room.runner.broke.emit(Broken("E-2345-6789", fault))

    assert told in wizard.said.said.text()
    assert not wizard.primary.why_not
    here.settle(qtbot)


def test_that_who_may_not_import_is_told_why(here: Here, qtbot: QtBot) -> None:
    with rooms.room_of(here.place, "counter") as other:
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


def test_that_the_result_says_what_is_imported_next_and_begins_it(
    importing: Importing, here: Here, qtbot: QtBot
) -> None:
    wizard = opened(importing, Sort.CUSTOMERS, written(here, CUSTOMERS))
    go_on(wizard, here, qtbot, steps=3)
    said, shown = wizard.outcome.next_said.text(), wizard.outcome.next.isVisible()

    wizard.outcome.next.click()

    assert (said, shown) == ("接下来：未开票出库单", True)
    wizard.outcome._say_next(Sort.STATEMENTS, is_waiting=False)
    assert wizard.outcome.next_said.text() == "接下来：银行流水，请有权的人来导"
    assert wizard.outcome.next.isHidden()
    assert (wizard.step, wizard.file.sort, wizard.file.path.text()) == (0, Sort.DELIVERIES, "")


def test_that_nothing_is_imported_after_what_came_in() -> None:
    assert [next_sort(sort) for sort in Sort] == [
        Sort.DELIVERIES, Sort.OPENINGS, Sort.STATEMENTS, None
    ]  # fmt: skip
