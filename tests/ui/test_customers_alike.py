"""Customers that may be one: compared beside the window, shown with what they share, opened."""

import pytest
from PySide6.QtCore import Qt

from erpdesk.services.comparing import Comparing
from erpdesk.storage.checks import LookStoppedError
from tests.services.builders import Office
from tests.ui.customer_pages import CustomersOpened, card_of
from ui.pages.customers.alike import AlikePage
from ui.pages.customers.page import CustomersPage


def alike_of(page: CustomersPage) -> AlikePage:
    assert isinstance(page.alike, AlikePage)
    return page.alike


def comparing(books: CustomersOpened) -> CustomersPage:
    page = books()
    page.compare.click()
    books.idle()
    return page


def compared(books: CustomersOpened) -> AlikePage:
    return alike_of(comparing(books))


def add_twin(office: Office) -> None:
    office.add_customers(("K9", "青禾包装有限公司", "", "", "", "", "", ""))


def test_that_likely_twins_are_listed_with_what_they_share(
    office: Office, books: CustomersOpened
) -> None:
    add_twin(office)

    alike = compared(books)

    assert alike.isVisible()
    assert [alike.model.value_at(0, n) for n in range(5)] == [
        "名称相同", "K1", "青禾包装", "K9", "青禾包装有限公司",
    ]  # fmt: skip
    assert alike.said.text() == "比了 4 户，1 对可能是同一户"
    assert alike.again.isEnabled()


def test_that_the_first_of_a_pair_is_opened_and_the_other_shown_beside(
    office: Office, books: CustomersOpened
) -> None:
    add_twin(office)
    page, beside = comparing(books), list[str]()
    alike = alike_of(page)
    page.card_wanted.connect(beside.append)

    books.qtbot.keyClick(alike.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    books.qtbot.keyClick(alike.table, Qt.Key.Key_Return)
    books.idle()
    opened = card_of(page).customer_id
    page.step_out()
    back_at = page.pages.currentWidget()
    page.step_out()

    assert beside == [office.customer("K9").id]
    assert opened == office.customer("K1").id
    assert (back_at, page.pages.currentWidget()) == (alike, page.listed)


def test_that_a_firm_without_twins_is_told_so(books: CustomersOpened) -> None:
    alike = compared(books)

    assert alike.said.text() == "没有发现疑似重复的客户"
    assert alike.customer_here() is None
    alike.back.click()
    assert not alike.isVisible()


def test_that_it_can_be_compared_again_also_after_it_was_refused(
    office: Office, books: CustomersOpened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Comparing) -> None:
        raise LookStoppedError

    with monkeypatch.context() as patched:
        patched.setattr(Comparing, "compare", broken)
        alike = compared(books)
    before = [notice.title for notice in alike.notices.notices]
    add_twin(office)

    alike.again.click()
    books.idle()

    assert len(before) == 1
    assert alike.notices.notices == ()
    assert len(alike.model.rows) == 1
