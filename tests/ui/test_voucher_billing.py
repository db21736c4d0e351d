"""An invoice registered beside the list: red and blue while it is typed, then one document."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.services.voucher_list import VoucherLine
from tests.services.builders import Office
from tests.ui.settling import NAMES, looking, silent_buttons, until_idle
from ui.pages import Page
from ui.pages.vouchers.billing import Billing
from ui.pages.vouchers.page import TITLE, VouchersPage, VouchersParts
from ui.widgets.invoice_sheet import InvoiceSheet
from ui.widgets.voucher_rows import chip_of, life_of
from ui.work.runner import Runner
from ui.work.wording import Wording

NUMBER = "26322000010211"


def page_of(qtbot: QtBot, runner: Runner, office: Office) -> tuple[VouchersPage, InvoiceSheet]:
    desk, look, words = office.desk("maker"), looking(office, "maker"), Wording("zh")
    billing = Billing((desk.invoicing, look, desk.evidence), runner, words)
    parts = VouchersParts(
        desk.approving, desk.reversing, look, office.clock, NAMES,
        may_write=True, begin=lambda _: None, billing=billing,
    )  # fmt: skip
    page = VouchersPage(parts, Page(words, TITLE), runner, words)
    qtbot.addWidget(page)
    runner.changed.connect(page.look_again)
    page.resize(1202, 680)
    page.show()
    page.entered()
    qtbot.waitUntil(until_idle(runner))
    return page, billing.sheet


def fill(qtbot: QtBot, runner: Runner, sheet: InvoiceSheet, net: str, tax: str) -> None:
    sheet.number.setText(NUMBER)
    sheet.net.setText(net)
    sheet.tax.setText(tax)
    qtbot.waitUntil(until_idle(runner))


def click(qtbot: QtBot, runner: Runner, button: object) -> None:
    button.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(until_idle(runner))


def line(office: Office, number: str) -> VoucherLine:
    return next(one for one in looking(office, "maker").vouchers().rows if one.number == number)


def test_that_red_and_blue_are_shown_and_one_document_is_submitted(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    page, sheet = page_of(qtbot, runner, office)
    click(qtbot, runner, page.bill)
    fill(qtbot, runner, sheet, "1,000.00", "130.00")
    lines = [(row["account"], row["amount"]) for row in sheet.entry._lines]
    facts = [(fact.text, fact.value) for fact in sheet.facts.facts]

    click(qtbot, runner, sheet.submit)

    assert ("1122.01", 1_130_00) in lines
    assert ("1122.02", -1_130_00) in lines
    assert facts[0] == ("Σ 红字 = Σ 冲回的暂估", "−1,130.00")
    [waiting] = office.desk("chief").approving.inbox()
    assert waiting.head.kind == "invoice"
    assert page.beside.currentWidget() is page.shown
    assert page.listed.notices.notices[-1].title == f"已提交 {waiting.head.number}，等人审批"


def test_that_an_invoice_pressed_twice_is_registered_once(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    page, sheet = page_of(qtbot, runner, office)
    click(qtbot, runner, page.bill)
    fill(qtbot, runner, sheet, "1,000.00", "130.00")

    sheet.submit.click()
    click(qtbot, runner, sheet.submit)

    waiting = office.desk("chief").approving.inbox()
    assert [one.head.kind for one in waiting] == ["invoice"]
    assert len(page.listed.notices.notices) == 1


def test_that_the_voucher_it_began_from_is_ticked_and_others_may_be(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    first, second = office.posted("SH1", "1,130.00"), office.posted("SH2", "2,260.00")
    page, sheet = page_of(qtbot, runner, office)
    page.table.table.go_to(next(n for n, x in enumerate(page.model.rows) if x.id == second.id))
    qtbot.waitUntil(until_idle(runner))
    click(qtbot, runner, page.bill)
    ticked = {name: box.isChecked() for name, box in sheet.boxes.items()}

    sheet.boxes[first.id].setChecked(True)
    fill(qtbot, runner, sheet, "3,000.00", "390.00")

    assert list(ticked.items()) == [(second.id, True), (first.id, False)]
    assert sheet.submit.isEnabled()
    assert sheet.facts.facts[0].value == "−3,390.00"


def test_that_a_difference_asks_why(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    page, sheet = page_of(qtbot, runner, office)
    click(qtbot, runner, page.bill)
    fill(qtbot, runner, sheet, "1,100.00", "143.00")
    before = (sheet.submit.isEnabled(), sheet.reason.isVisible(), sheet.why.text())

    sheet.reason.setText("运费补开发票")
    qtbot.waitUntil(until_idle(runner))

    assert before == (False, True, "和暂估差 113.00，为什么")
    assert sheet.submit.isEnabled()


def test_that_the_file_of_an_invoice_goes_with_it(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, tmp_path: Path
) -> None:
    office.posted("SH1", "1,130.00")
    paper = tmp_path / "发票.pdf"
    paper.write_bytes(b"%PDF-1.7")
    page, sheet = page_of(qtbot, runner, office)
    click(qtbot, runner, page.bill)
    sheet.take_files([paper])
    fill(qtbot, runner, sheet, "1,000.00", "130.00")

    click(qtbot, runner, sheet.submit)

    (waiting,) = office.desk("chief").approving.inbox()
    content = office.desk("chief").document(waiting.head.id).content
    assert looking(office, "chief").file(content["evidence"][0]["hash"]).name == "发票.pdf"


def test_that_what_is_missing_is_said_step_by_step(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    page, sheet = page_of(qtbot, runner, office)
    click(qtbot, runner, page.bill)
    said = [sheet.problem.text()]
    for field, text in ((sheet.number, "1"), (sheet.net, "1000"), (sheet.tax, "130")):
        field.setText(text)
        qtbot.waitUntil(until_idle(runner))
        said.append(sheet.problem.text())

    assert said[:3] == ["先填发票号", "先填净额", "先填税额（没有填 0）"]
    assert "不像发票号" in said[3]
    assert silent_buttons(page) == []


def test_that_an_invoiced_voucher_says_so(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    voucher = office.posted("SH1", "1,130.00")
    page, sheet = page_of(qtbot, runner, office)
    click(qtbot, runner, page.bill)
    fill(qtbot, runner, sheet, "1,000.00", "130.00")
    click(qtbot, runner, sheet.submit)

    (waiting,) = office.desk("chief").approving.inbox()
    office.approve(office.look(office.desk("chief").document(waiting.head.id)))

    one = line(office, voucher.number or "")
    assert life_of(one) == (10, 0, 10, 0, 0)
    assert chip_of(one, Wording("zh")).word == "已开票"


def test_that_a_voucher_that_is_not_posted_has_no_invoice(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.submitted("SH1", "1,130.00")
    page, _ = page_of(qtbot, runner, office)

    assert not page.bill.isEnabled()
    assert "没过账" in page.bill.why_not


def test_that_the_file_of_an_invoice_is_attached_by_the_key_of_every_page(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    page, sheet = page_of(qtbot, runner, office)
    click(qtbot, runner, page.bill)
    asked: list[bool] = []
    sheet.attach.clicked.disconnect()
    sheet.attach.clicked.connect(lambda: asked.append(True))
    page.activateWindow()
    sheet.number.setFocus()

    qtbot.keyClick(sheet.number, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)

    assert asked == [True]
