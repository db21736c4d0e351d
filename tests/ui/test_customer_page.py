"""The page of a customer: what happened, the form that checks while one types, the codes."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from erpdesk.domain.customers.duplicates import Likeness
from erpdesk.words import Language, Sentence
from tests.services.builders import CUSTOMERS, Office
from tests.ui.clothes import clothe
from tests.ui.customer_pages import CustomersOpened, card_of
from tests.ui.rooms import texts
from tests.ui.settling import looking, silent_buttons
from tests.ui.test_settling_pages import LOOKS, SMALLEST, cut, nameless
from ui.look import Theme
from ui.pages import DocumentWanted

Look = tuple[Theme, Language, int]


def test_that_the_page_has_every_list_of_the_customer(
    office: Office, books: CustomersOpened
) -> None:
    office.posted("SH1", "1,130.00")
    office.received("500.00")
    card = books.card()

    tables = card.tabs.tables
    assert len(tables["items"].rows_model.rows) == 2
    assert [one.state for one in tables["vouchers"].rows_model.rows] == ["posted"]
    assert [one.kind for one in tables["receipts"].rows_model.rows] == ["receipt"]
    assert [one.code for one in tables["codes"].rows_model.rows] == ["K1"]
    assert card.todo.text() == "有未核销收款 500.00，先核销"
    assert "余额 630.00" in card.card.accessibleName()


def test_that_what_stands_in_a_list_opens_the_document_behind_it(
    office: Office, books: CustomersOpened
) -> None:
    voucher = office.posted("SH1", "1,130.00")
    page = books()
    card, handed = books.card(page=page), list[object]()
    page.hands.connect(lambda *what: handed.append(what))

    for name in ("items", "vouchers"):
        card.tabs.tables[name].opened.emit(card.tabs.tables[name].rows_model.rows[0])

    assert handed == [("inbox", DocumentWanted(voucher.id))] * 2


def test_that_what_the_window_says_stands_on_the_page_that_is_shown(
    books: CustomersOpened,
) -> None:
    page = books()
    page.notify("info", Sentence("一", "one"))
    card = books.card(page=page)
    page.notify("info", Sentence("二", "two"))

    assert [one.title for one in page.listed.notices.notices] == ["一"]
    assert [one.title for one in card.notices.notices][-1:] == ["二"]
    assert page.notices.notices == ()


def test_that_a_record_is_proposed_and_waits(books: CustomersOpened) -> None:
    card = books.card()
    keys = {one.text(): one.shortcut().toString() for one in card.all_actions()}
    books.edit(card)
    books.type_in(card, bank_account="33001616")

    said = card.why.text()
    card.submit.click()
    books.idle()

    assert (keys["改资料"], keys["提交客户资料"]) == ("F2", "Ctrl+Return")
    assert said == "提交后由另一个人批准才生效"
    assert not card.is_editing
    assert "已提交，等审批" in card.notices.notices[-1].title
    assert "在等审批" in card.edit.why_not
    assert card.withdraw.isEnabled()


def test_that_the_proposer_withdraws_the_change(office: Office, books: CustomersOpened) -> None:
    office.desk("maker").customers_changing.change(office.customer().id, {"address": "宁波"})
    card = books.card()

    card.withdraw.click()
    books.idle()

    assert card.edit.isEnabled()
    assert [one.paper.state for one in card.tabs.tables["changes"].rows_model.rows] == ["draft"]


def test_that_a_contact_is_noted_at_once(office: Office, books: CustomersOpened) -> None:
    card = books.card()
    books.edit(card)
    books.type_in(card, phone="0571-8888")

    verb = card.submit.text()
    card.submit.click()
    books.idle()

    assert verb == "更新联系方式"
    assert office.customer().contact["phone"] == "0571-8888"


def test_that_fields_are_checked_while_typing(books: CustomersOpened) -> None:
    card = books.card("K3")
    books.edit(card)

    books.type_in(card, tax_id="91330100MA2CFRU570", terms_days="三十", name="青禾包妆")

    assert "校验位不对" in card.form.hints["tax_id"].text()
    assert "不是天数" in card.form.hints["terms_days"].text()
    assert card.submit.why_not == "有一项不能这样填，见红字"
    assert "K1 青禾包装" in texts(card.form)
    assert "名称差一个字" in texts(card.form)


def test_that_a_suspected_twin_is_told_on_the_page_of_a_customer(
    office: Office, books: CustomersOpened, qtbot: QtBot
) -> None:
    office.add_customers(("K9", "青禾包妆", "", "", "", "", "", ""))
    card = books.card("K9")
    books.idle()

    notice = card.notices.notices[-1]
    with qtbot.waitSignal(card.card_wanted) as heard:
        card.notices.acted.emit(notice.acts[0].name)

    assert notice.text == "K1 青禾包装 · 名称差一个字"
    assert heard.args == [office.customer().id]


def test_that_a_name_two_letters_apart_is_no_word_to_who_does_not_look_for_duplicates(
    office: Office, books: CustomersOpened
) -> None:
    office.add_customers(("K8", "杭州恒远机电设备有限公司", "", "", "", "", "", ""))
    office.add_customers(("K9", "杭州天和机电设备有限公司", "", "", "", "", "", ""))
    card = books.card("K9")
    books.idle()

    [twin] = office.desk("maker").customers_changing.check({}, customer_id=card.customer_id).twins
    assert twin.why == (Likeness.TWO_LETTERS,)
    assert card.notices.notices == ()


def test_that_a_twin_opens_its_card_beside(
    office: Office, books: CustomersOpened, qtbot: QtBot
) -> None:
    page = books()
    page.new.click()
    card = card_of(page)
    books.type_in(card, code="K9", name="别人", tax_id=CUSTOMERS[0][2])

    with qtbot.waitSignal(page.card_wanted) as heard:
        card.form.twin_wanted.emit(office.customer().id)

    assert "税号相同" in texts(card.form)
    assert heard.args == [office.customer().id]


def test_that_a_new_customer_is_submitted_and_told_on_the_list(
    office: Office, books: CustomersOpened
) -> None:
    page = books()
    card = card_of(page)
    heard: list[object] = []
    card.stored.connect(heard.append)
    page.new.click()
    lacking = card.submit.why_not
    books.type_in(card, code="K1", name="西湖茶庄")
    taken = card.form.hints["code"].text()
    books.type_in(card, code="K9")
    card.submit.click()
    books.idle()

    assert lacking == "还没有改动"
    assert "已是客户「青禾包装」的" in taken
    assert page.pages.currentWidget() is page.listed
    assert len(heard) == 1
    waiting = office.desk("chief").approving.inbox()
    assert [one.head.kind for one in waiting] == ["customer"]


def test_that_esc_keeps_what_was_typed(books: CustomersOpened) -> None:
    page = books()
    card = books.card(page=page)
    books.edit(card)
    card.form.fields["address"].setText("宁波")

    page.step_out()
    is_on_card = page.pages.currentWidget() is card and not card.is_editing
    books.edit(card)

    assert is_on_card
    assert card.form.fields["address"].text() == "宁波"
    assert "还在" in card.notices.notices[-1].title


def test_that_a_switch_of_language_keeps_what_was_typed(books: CustomersOpened) -> None:
    card = books.card()
    books.edit(card)
    card.form.fields["address"].setText("宁波")

    card.wording.use("en")

    assert card.form.fields["address"].text() == "宁波"
    assert card.submit.text() == "Submit"


def test_that_a_code_is_added_and_the_main_one_stays(
    office: Office, books: CustomersOpened
) -> None:
    card = books.card()
    card.tabs.choose("record")
    card.tabs.tables["codes"].go_to(0)
    stays = card.tabs.retire.why_not

    card.tabs.new_code.setText("690123")
    card.tabs.add.click()
    books.idle()

    waiting = office.desk("chief").approving.inbox()[0]
    codes = looking(office, "chief").document(waiting.head.id).content["record"]["codes"]
    assert stays == "主编码不能停用"
    assert {"code": "690123", "kind": "barcode"} in codes
    assert "在等审批" in card.tabs.add.why_not


def test_that_numbers_are_hidden_until_somebody_asks_and_then_it_is_kept_who(
    office: Office, books: CustomersOpened
) -> None:
    office.desk("maker").customers_changing.change(
        office.customer().id, {"phone": "13812345521", "bank_account": "33001616735053000914"}
    )
    card = books.card()
    hidden = texts(card)

    card.tabs.whole.click()
    books.idle()
    whole = texts(card)
    why_not = card.tabs.whole.why_not
    books.card("K2", page=books())
    card.open(office.customer().id)
    books.idle()

    assert "138 **** 5521" in hidden
    assert ("13812345521" in hidden, "33001616735053000914" in hidden) == (False, False)
    assert "13812345521" in whole
    assert "33001616735053000914" in whole
    assert why_not == "已全部显示，并记入审计日志"
    assert looks(office) == [("maker", office.customer().id)]
    assert "13812345521" not in texts(card)


def test_that_whoever_changes_a_record_is_kept_as_having_seen_its_numbers(
    office: Office, books: CustomersOpened
) -> None:
    office.desk("maker").customers_changing.change(office.customer().id, {"phone": "13812345521"})
    card = books.card()

    card.edit.click()
    before = card.is_editing
    books.idle()

    assert (before, card.is_editing) == (False, True)
    assert card.form.fields["phone"].text() == "13812345521"
    assert looks(office) == [("maker", office.customer().id)]


def looks(office: Office) -> list[tuple[str, str]]:
    """Return who looked at the numbers of which customer."""
    asked = text("SELECT made_by, detail FROM audit_event WHERE what = 'show numbers'")
    with office.desk("chief").company.database.reading() as connection:
        return [(row.made_by, row.detail) for row in connection.execute(asked)]


def test_that_what_is_off_says_why(books: CustomersOpened) -> None:
    page = books("auditor", writes=False)
    card = books.card(page=page)

    assert silent_buttons(page) == []
    assert page.new.why_not == "会计或催收才能建客户"
    assert card.edit.why_not == "会计或催收才能改客户"


@pytest.mark.parametrize("look", LOOKS)
def test_that_nothing_is_cut_in_the_smallest_window(
    app: QApplication, office: Office, books: CustomersOpened, look: Look
) -> None:
    theme, language, percent = look
    office.posted("SH1", "1,130.00")
    clothe(app, theme, percent)
    page = books(language=language)
    page.resize(*SMALLEST)
    card = books.card(page=page)
    for name in ("items", "record", "changes"):
        card.tabs.choose(name)
        QApplication.processEvents()
        assert cut(page) == [], name
    books.edit(card)
    books.type_in(card, name="青禾包妆")

    assert cut(page) == []
    assert nameless(page) == []
    assert (page.width(), page.height()) == SMALLEST
