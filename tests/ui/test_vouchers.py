"""The list of vouchers: life-lines, filters, and every effect of a reversal before the act."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.approval import Verb
from erpdesk.domain.stocktake.counting import Source
from tests.services.builders import TAXED, Office, paid
from tests.ui.settling import NAMES, looking, silent_buttons, until_idle
from ui.pages import Page
from ui.pages.vouchers import look
from ui.pages.vouchers.page import TITLE, VouchersPage, VouchersParts
from ui.widgets.voucher_rows import life_of
from ui.work.runner import Runner
from ui.work.wording import Wording

REASON = "数量录错，应为九十四台"


def page_of(
    qtbot: QtBot, runner: Runner, office: Office, *, by: str = "maker", may_write: bool = True
) -> VouchersPage:
    desk = office.desk(by)
    parts = VouchersParts(
        desk.approving,
        desk.reversing,
        looking(office, by),
        office.clock,
        NAMES,
        may_write,
        lambda _: None,
    )
    words = Wording("zh")
    page = VouchersPage(parts, Page(words, TITLE), runner, words)
    qtbot.addWidget(page)
    runner.changed.connect(page.look_again)
    page.resize(1202, 680)
    page.show()
    page.entered()
    settle(qtbot, runner)
    return page


def settle(qtbot: QtBot, runner: Runner) -> None:
    qtbot.waitUntil(until_idle(runner))


def test_that_a_life_line_tells_how_far_a_voucher_has_come(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.submitted("SH1", "1,130.00")
    voucher = office.posted("SH2", "2,000.00", answers=TAXED)
    office.received("500.00", pays=(paid(voucher.number or "", "500.00"),))

    lines = {one.state: life_of(one) for one in looking(office, "maker").vouchers().rows}

    assert lines == {"submitted": (0, 0, 0, 0, 0), "posted": (10, 10, 0, 2, 0)}


def test_that_filters_count_and_choose(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.submitted("SH1", "1,130.00")
    office.posted("SH2", "2,000.00", "K2")
    page = page_of(qtbot, runner, office)

    everything = len(page.model.rows)
    page.table.chips.choose("review")
    page._looks.ask()
    settle(qtbot, runner)
    waiting = [one.state for one in page.model.rows]

    assert (everything, waiting) == (2, ["submitted"])


def test_that_a_reversal_shows_its_effects_and_waits_for_a_reason(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    voucher = office.posted("SH1", "1,130.00")
    page = page_of(qtbot, runner, office)

    page.reverse.click()
    settle(qtbot, runner)
    groups = page.sheet.effects.groups
    silent = page.sheet.submit.isEnabled()
    page.sheet.reason.setText(REASON)
    page.activateWindow()
    page.sheet.reason.setFocus()
    qtbot.keyClick(page.sheet.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, runner)
    settle(qtbot, runner)

    assert [group.title for group in groups] == ["会生成", "会跟着变", "不会动"]
    assert any("SH1" in line.sentence for line in groups[1].lines)
    assert silent is False
    [waiting] = office.desk("chief").approving.inbox()
    assert waiting.head.kind == "reversal"
    assert page.listed.notices.notices[-1].title == f"已提交 {waiting.head.number}，等人审批"
    assert office.look(voucher).state == "posted"


def test_that_a_reversal_pressed_twice_is_asked_for_once(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    page = page_of(qtbot, runner, office)
    page.reverse.click()
    settle(qtbot, runner)
    page.sheet.reason.setText(REASON)

    page.sheet.submit.click()
    page.sheet.submit.click()
    settle(qtbot, runner)
    settle(qtbot, runner)

    waiting = office.desk("chief").approving.inbox()
    assert [one.head.kind for one in waiting] == ["reversal"]


def test_that_changed_effects_are_marked_and_asked_again(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    voucher = office.posted("SH1", "1,130.00")
    page = page_of(qtbot, runner, office)
    page.reverse.click()
    settle(qtbot, runner)
    page.sheet.reason.setText(REASON)
    office.received("500.00", pays=(paid(voucher.number or "", "500.00"),))

    page.sheet.submit.click()
    settle(qtbot, runner)

    assert "影响变了" in page.sheet.problem.text()
    assert office.desk("chief").approving.inbox() == ()


def test_that_a_submitted_voucher_can_be_taken_back(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    voucher = office.submitted("SH1", "1,130.00")
    page = page_of(qtbot, runner, office)

    page.withdraw.click()
    settle(qtbot, runner)
    settle(qtbot, runner)

    assert office.look(voucher).state == "draft"
    assert page.edit.isEnabled()


def test_that_a_rejected_voucher_is_handed_in_again_as_it_is(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    voucher = office.decide(office.submitted("SH1", "1,130.00"), Verb.REJECT, reason=REASON)
    page = page_of(qtbot, runner, office)

    page.submit.click()
    settle(qtbot, runner)

    assert office.look(voucher).state == "submitted"


@pytest.mark.parametrize("may_write", [True, False])
def test_that_what_is_off_says_why(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, *, may_write: bool
) -> None:
    office.posted("SH1", "1,130.00")

    page = page_of(qtbot, runner, office, may_write=may_write)

    assert silent_buttons(page) == []
    assert page.reverse.isEnabled() is may_write


def test_that_a_draft_is_voided_with_a_reason(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    voucher = office.desk("maker").approving.withdraw(office.submitted("SH1", "500.00")).value
    page = page_of(qtbot, runner, office)

    page.void.click()
    page.sheet.reason.setText("客户取消了订单")
    page.sheet.submit.click()
    settle(qtbot, runner)
    settle(qtbot, runner)

    assert office.look(voucher).state == "voided"
    assert page.beside.currentWidget() is page.shown


def test_that_a_draft_is_edited_in_the_form_and_left_again(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.desk("maker").approving.withdraw(office.submitted("SH1", "500.00"))
    page = page_of(qtbot, runner, office)

    page.edit.click()
    in_form = page.pages.currentWidget() is page.form
    left = page.step_out()
    settle(qtbot, runner)

    assert (in_form, left) == (True, True)
    assert page.pages.currentWidget() is not page.form
    assert page.step_out() is False


def test_that_ctrl_e_copies_every_row_and_says_how_many(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "700.00")
    office.posted("SH2", "500.00", "K2")
    page = page_of(qtbot, runner, office)

    qtbot.keyClick(page.table.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    assert len(QApplication.clipboard().text().splitlines()) == 1 + 2
    assert page.listed.notices.notices[-1].title == "已复制 2 行，可粘贴到表格"


def test_that_of_many_the_first_are_listed_and_every_one_is_copied(
    app: QApplication,
    qtbot: QtBot,
    runner: Runner,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(look, "LISTED_MOST", 1)
    office.posted("SH1", "700.00")
    first = office.posted("SH2", "500.00", "K2")
    page = page_of(qtbot, runner, office)

    page.table.copy_all()
    settle(qtbot, runner)

    assert [one.id for one in page.model.rows] == [first.id]
    assert page.table._count.text() == "2 行，列出前 1 行，选中 0"
    assert len(QApplication.clipboard().text().splitlines()) == 1 + 2


def test_that_nothing_is_said_of_another_list_before_it_is_counted(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "700.00")
    page = page_of(qtbot, runner, office)
    said = [(page.table._count.isHidden(), page.table.totals.accessibleName())]
    rows = page.model.rows

    page._show_first(rows)
    page.table.table.go_to(0)
    said.append((page.table._count.isHidden(), page.table.totals.accessibleName()))
    with qtbot.waitSignal(page.table.every_wanted):  # what is shown may not be all of it
        page.table.copy_all()
    settle(qtbot, runner)

    assert "700.00" in said[0][1]
    assert [is_hidden for is_hidden, _ in said] == [False, True]
    assert "700.00" not in said[1][1]


def test_that_rows_are_sorted_and_what_has_no_value_stands_last(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "700.00")
    office.posted("SH2", "500.00", "K2")
    page = page_of(qtbot, runner, office)

    page.table.table.sort_asked.emit("amount", False)  # noqa: FBT003 - a signal's
    settle(qtbot, runner)
    rising = [one.amount.plain() for one in page.model.rows if one.amount]
    page.table.table.sort_asked.emit("amount", True)  # noqa: FBT003 - a signal's
    settle(qtbot, runner)
    falling = [one.amount.plain() for one in page.model.rows if one.amount]

    assert (rising, falling) == (["500.00", "700.00"], ["700.00", "500.00"])


def test_that_a_scan_searches_the_customer(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "700.00")
    office.posted("SH2", "500.00", "K2")
    page = page_of(qtbot, runner, office)

    page.scan(b"K2", Source.WEDGE)
    settle(qtbot, runner)
    page._looks.ask()
    settle(qtbot, runner)

    assert [one.customer for one in page.model.rows] == ["海河五金"]


def test_that_what_the_form_asks_of_the_window_reaches_it(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = page_of(qtbot, runner, office)

    with qtbot.waitSignals([page.card_wanted, page.unknown_code]):
        page.form.card_wanted.emit("id of a customer")
        page.form.unknown_code.emit("KH0001")


def test_that_what_was_handed_in_is_named_and_chosen_in_the_list(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "700.00")
    page = page_of(qtbot, runner, office)
    page.open_form(None)
    made = office.submitted("SH2", "500.00", "K2")

    page.form.hands.emit("vouchers", made)
    settle(qtbot, runner)

    current = page.table.table.current_row()
    assert current is not None
    assert current.id == made.id
    assert page.listed.notices.notices[-1].title == f"已提交 {made.number}，等人审批"
    assert page.pages.currentWidget() is page.listed


def test_that_what_is_beside_the_list_is_always_one_of_it(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    first = office.posted("SH1", "700.00")
    office.posted("SH2", "500.00", "K2")
    page = page_of(qtbot, runner, office)
    shown = []

    for words in ("海河", first.number or "", "没有的"):
        page.table.search.setText(words)
        page._looks.ask()
        settle(qtbot, runner)
        settle(qtbot, runner)
        chosen = [one.customer for one in page.table.table.selected_rows()]
        shown.append((chosen, page.shown.customer.text(), page.shown.nothing.isHidden()))

    assert shown == [
        (["海河五金"], "海河五金", True), (["青禾包装"], "青禾包装", True), ([], "青禾包装", False),
    ]  # fmt: skip
