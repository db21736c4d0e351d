"""Customers in the window: the list by pages, the page of one, the form, the export."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.changes import Outcome
from erpdesk.services.customers_exporting import CustomersExporting
from erpdesk.services.looking import Text
from erpdesk.words import Language
from tests.services.builders import CUSTOMERS, Office
from tests.ui.rooms import texts
from tests.ui.settling import NAMES, looking, open_office, silent_buttons
from tests.ui.test_settling_pages import LOOKS, SMALLEST, cut, nameless
from ui.look import Theme, apply
from ui.pages.customer_page import CustomerPage, CustomerParts
from ui.pages.customers import CustomersPage, CustomersParts
from ui.work.runner import Runner
from ui.work.wording import Wording

Open = Callable[..., CustomersPage]


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path_factory, tmp_path) as opened:
        yield opened


@pytest.fixture
def open_page(app: QApplication, qtbot: QtBot, runner: Runner, office: Office) -> Open:
    def open_one(
        person: str = "maker", language: Language = "zh", *, writes: bool = True
    ) -> CustomersPage:
        desk = office.desk(person)

        def withdraw(document: str) -> Outcome[Text]:
            return desk.approving.withdraw(looking(office, person).document(document))

        words = Wording(language)
        parts = CustomerParts(
            desk.customers, desk.customers_changing, withdraw, office.clock, NAMES, person, writes
        )
        card = CustomerPage(parts, runner, words)
        exporting = CustomersExporting(desk.company, desk.customers)
        listed = CustomersParts(desk.customers, exporting, writes, card.open, card.begin_new)
        page = CustomersPage(listed, card, runner, words)
        qtbot.addWidget(page)
        runner.changed.connect(page.look_again)
        page.resize(1202, 680)
        page.show()
        page.entered()
        idle(qtbot, runner)
        return page

    return open_one


def idle(qtbot: QtBot, runner: Runner) -> None:
    qtbot.waitUntil(lambda: runner.is_idle)


def card_of(page: CustomersPage) -> CustomerPage:
    assert isinstance(page.card, CustomerPage)
    return page.card


def opened(
    page: CustomersPage, office: Office, qtbot: QtBot, runner: Runner, code: str = "K1"
) -> CustomerPage:
    page.open_customer(office.customer(code).id)
    idle(qtbot, runner)
    return card_of(page)


def type_in(card: CustomerPage, qtbot: QtBot, runner: Runner, **said: str) -> None:
    for name, text in said.items():
        card.form.fields[name].setText(text)
    card.form.typed.emit()
    idle(qtbot, runner)


def test_that_the_list_shows_who_owes_what_with_the_sums_pinned(
    office: Office, open_page: Open
) -> None:
    office.posted("SH1", "1,130.00")
    office.received("500.00", "K2")

    page = open_page()

    assert [one.code for one in page.model.rows] == ["K1", "K2", "K3"]
    said = page.table.totals.accessibleName()
    assert "合计 3 户" in said
    assert "余额 630.00" in said
    assert "青禾包装，K1，余额 1,130.00" in page.model.row_sentence(page.model.rows[0])


def test_that_the_list_is_searched_and_filtered_by_the_books(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    page = open_page()

    page.table.search.setText("qh")
    page.table._search_now()
    idle(qtbot, runner)
    found = [one.code for one in page.model.rows]
    page.table._clear_all()
    page.table.filter_chosen.emit("incomplete")
    idle(qtbot, runner)

    assert found == ["K1"]
    assert [one.code for one in page.model.rows] == ["K3"]


def test_that_the_next_page_is_read_when_the_end_comes_into_sight(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    rows = [(f"M{n:03d}", f"客户{n}", "", "", "", "", "", "") for n in range(230)]
    office.add_customers(*rows)
    page = open_page()
    first = len(page.model.rows)

    bar = page.table.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    idle(qtbot, runner)

    assert (first, len(page.model.rows)) == (200, 233)
    assert len({one.code for one in page.model.rows}) == 233


def test_that_ctrl_a_takes_the_whole_filter(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    office.add_customers(*((f"M{n:03d}", f"客户{n}", "", "", "", "", "", "") for n in range(230)))
    page = open_page()

    qtbot.keyClick(page.table.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, runner)

    assert len(page.table.table.selected_rows()) == 233


def test_that_enter_opens_the_page_and_esc_comes_back_to_the_row(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    page = open_page()
    page.table.table.go_to(1)

    qtbot.keyClick(page.table.table, Qt.Key.Key_Return)
    idle(qtbot, runner)
    shown = card_of(page).shown
    is_out = page.step_out()
    idle(qtbot, runner)

    assert shown is not None
    assert shown.record.code == "K2"
    assert is_out
    assert page.pages.currentWidget() is page.listed
    current = page.table.table.current_row()
    assert current is not None
    assert current.code == "K2"
    assert not page.step_out()


def test_that_shift_enter_asks_for_the_card_beside(
    office: Office, open_page: Open, qtbot: QtBot
) -> None:
    page = open_page()

    with qtbot.waitSignal(page.card_wanted) as heard:
        qtbot.keyClick(page.table.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    assert heard.args == [office.customer().id]
    assert page.customer_here() == office.customer().id


def test_that_the_page_has_every_list_of_the_customer(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    office.posted("SH1", "1,130.00")
    office.received("500.00")
    card = opened(open_page(), office, qtbot, runner)

    tables = card.tabs.tables
    assert len(tables["items"].rows_model.rows) == 2
    assert [one.state for one in tables["vouchers"].rows_model.rows] == ["posted"]
    assert [one.kind for one in tables["receipts"].rows_model.rows] == ["receipt"]
    assert [one.code for one in tables["codes"].rows_model.rows] == ["K1"]
    assert card.todo.text() == "有未核销收款 500.00，先核销"
    assert "余额 630.00" in card.card.accessibleName()


def test_that_a_record_is_proposed_with_f2_and_ctrl_enter(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    card = opened(open_page(), office, qtbot, runner)
    card.edit.click()
    type_in(card, qtbot, runner, bank_account="33001616")

    said = card.why.text()
    card.submit.click()
    idle(qtbot, runner)

    assert said == "提交后由另一个人批准才生效"
    assert not card.is_editing
    assert "已提交，等审批" in card.notices.notices[-1].title
    assert "在等审批" in card.edit.why_not
    assert card.withdraw.isEnabled()


def test_that_the_proposer_withdraws_the_change(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    office.desk("maker").customers_changing.change(office.customer().id, {"address": "宁波"})
    card = opened(open_page(), office, qtbot, runner)

    card.withdraw.click()
    idle(qtbot, runner)

    assert card.edit.isEnabled()
    assert [one.paper.state for one in card.tabs.tables["changes"].rows_model.rows] == ["draft"]


def test_that_a_contact_is_noted_at_once(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    card = opened(open_page(), office, qtbot, runner)
    card.edit.click()
    type_in(card, qtbot, runner, phone="0571-8888")

    verb = card.submit.text()
    card.submit.click()
    idle(qtbot, runner)

    assert verb == "更新联系方式"
    assert office.customer().contact["phone"] == "0571-8888"


def test_that_fields_are_checked_while_typing(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    card = opened(open_page(), office, qtbot, runner, "K3")
    card.edit.click()

    type_in(card, qtbot, runner, tax_id="91330100MA2CFRU570", terms_days="三十", name="青禾包妆")

    assert "校验位不对" in card.form.hints["tax_id"].text()
    assert "不是天数" in card.form.hints["terms_days"].text()
    assert card.submit.why_not == "有一项不能这样填，见红字"
    assert "K1 青禾包装" in texts(card.form)
    assert "名称差一个字" in texts(card.form)


def test_that_a_twin_opens_its_card_beside(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    page = open_page()
    page.new.click()
    card = card_of(page)
    type_in(card, qtbot, runner, code="K9", name="别人", tax_id=CUSTOMERS[0][2])

    with qtbot.waitSignal(page.card_wanted) as heard:
        card.form.twin_wanted.emit(office.customer().id)

    assert "税号相同" in texts(card.form)
    assert heard.args == [office.customer().id]


def test_that_a_new_customer_is_submitted_and_told_on_the_list(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    page = open_page()
    card = card_of(page)
    heard: list[object] = []
    card.stored.connect(heard.append)
    page.new.click()
    lacking = card.submit.why_not
    type_in(card, qtbot, runner, code="K1", name="西湖茶庄")
    taken = card.form.hints["code"].text()
    type_in(card, qtbot, runner, code="K9")
    card.submit.click()
    idle(qtbot, runner)

    assert lacking == "还没有改动"
    assert "已是客户「青禾包装」的" in taken
    assert page.pages.currentWidget() is page.listed
    assert len(heard) == 1
    waiting = office.desk("chief").approving.inbox()
    assert [one.head.kind for one in waiting] == ["customer"]


def test_that_esc_keeps_what_was_typed(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    page = open_page()
    card = opened(page, office, qtbot, runner)
    card.edit.click()
    card.form.fields["address"].setText("宁波")

    page.step_out()
    is_on_card = page.pages.currentWidget() is card and not card.is_editing
    card.edit.click()

    assert is_on_card
    assert card.form.fields["address"].text() == "宁波"
    assert "还在" in card.notices.notices[-1].title


def test_that_a_switch_of_language_keeps_what_was_typed(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    card = opened(open_page(), office, qtbot, runner)
    card.edit.click()
    card.form.fields["address"].setText("宁波")

    card.wording.use("en")

    assert card.form.fields["address"].text() == "宁波"
    assert card.submit.text() == "Submit"


def test_that_a_code_is_added_and_the_main_one_stays(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    card = opened(open_page(), office, qtbot, runner)
    card.tabs.choose("record")
    card.tabs.tables["codes"].go_to(0)
    stays = card.tabs.retire.why_not

    card.tabs.new_code.setText("690123")
    card.tabs.add.click()
    idle(qtbot, runner)

    waiting = office.desk("chief").approving.inbox()[0]
    codes = looking(office, "chief").document(waiting.head.id).content["record"]["codes"]
    assert stays == "主编码不能停用"
    assert {"code": "690123", "kind": "barcode"} in codes
    assert "在等审批" in card.tabs.add.why_not


def test_that_what_is_shown_is_exported(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    office.posted("SH1", "1,130.00")
    page = open_page()
    page.table.table.show_column("unapplied", is_shown=False)
    page._ask(sort="balance", is_descending=True)
    idle(qtbot, runner)

    page.export_to(tmp_path / "客户.csv")
    idle(qtbot, runner)

    lines = (tmp_path / "客户.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "编码,客户,税号,已开票,暂估,余额,逾期,资料,最近联系"
    assert lines[1].startswith("K1,青禾包装,")
    assert lines[1].split(",")[4:6] == ["1130.00", "1130.00"]
    assert len(lines) == 4


def test_that_an_export_that_cannot_be_written_says_why(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    page = open_page()

    page.export_to(tmp_path / "客户.docx")
    idle(qtbot, runner)

    assert page.listed.notices.notices[-1].tone == "attention"
    assert not page.working.isVisible()


def test_that_what_is_off_says_why(
    office: Office, open_page: Open, qtbot: QtBot, runner: Runner
) -> None:
    page = open_page("auditor", writes=False)
    card = opened(page, office, qtbot, runner)

    assert silent_buttons(page) == []
    assert page.new.why_not == "会计或催收才能建客户"
    assert card.edit.why_not == "会计或催收才能改客户"


@pytest.mark.parametrize("look", LOOKS)
def test_that_nothing_is_cut_in_the_smallest_window(
    app: QApplication,
    office: Office,
    open_page: Open,
    qtbot: QtBot,
    runner: Runner,
    look: tuple[Theme, Language, int],
) -> None:
    theme, language, percent = look
    office.posted("SH1", "1,130.00")
    apply(app, theme, percent)
    page = open_page(language=language)
    page.resize(*SMALLEST)
    card = opened(page, office, qtbot, runner)
    for name in ("items", "record", "changes"):
        card.tabs.choose(name)
        QApplication.processEvents()
        assert cut(page) == [], name
    card.edit.click()
    type_in(card, qtbot, runner, name="青禾包妆")

    assert cut(page) == []
    assert nameless(page) == []
    assert (page.width(), page.height()) == SMALLEST
