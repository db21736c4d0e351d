"""The list of customers: read by pages, searched, filtered, summed by the books, exported."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.changes import Changes
from erpdesk.domain.labels import LabelsAsked
from erpdesk.services.customers import FIRST_ROWS, Asked, Customers, Keys, Whole
from tests.services.builders import Office
from tests.ui.customer_pages import CustomersOpened, card_of
from ui.pages.customers.page import CustomersPage


def test_that_the_list_shows_who_owes_what_with_the_sums_pinned(
    office: Office, books: CustomersOpened
) -> None:
    office.posted("SH1", "1,130.00")
    office.received("500.00", "K2")

    page = books()

    assert [one.code for one in page.model.rows] == ["K1", "K2", "K3"]
    said = page.table.totals.accessibleName()
    assert "合计 3 户" in said
    assert "余额 630.00" in said
    assert "青禾包装，K1，余额 1,130.00" in page.model.row_sentence(page.model.rows[0])


def test_that_the_list_is_searched_and_filtered_by_the_books(books: CustomersOpened) -> None:
    page = books()

    page.table.search.setText("qh")
    page.table._search_now()
    books.idle()
    found = [one.code for one in page.model.rows]
    page.table._clear_all()
    page.table.filter_chosen.emit("incomplete")
    books.idle()

    assert found == ["K1"]
    assert [one.code for one in page.model.rows] == ["K3"]


def test_that_the_sums_are_asked_anew_when_what_is_listed_may_differ_and_not_for_another_order(
    office: Office, books: CustomersOpened, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, asked, sums = books(), list[str](), Customers.whole

    def whole(one: Customers, wanted: Asked) -> Whole:
        asked.append(wanted.words)
        return sums(one, wanted)

    monkeypatch.setattr(Customers, "whole", whole)

    page._ask(sort="name")
    books.idle()
    before = list(asked)
    page._ask(words="禾")
    books.idle()
    office.posted("SH1", "1,130.00")
    page.look_again(Changes(open_items=frozenset({"any"})))
    books.idle()

    assert before == []
    assert asked == ["禾", "禾"]
    assert "余额 1,130.00" in page.table.totals.accessibleName()


def test_that_which_rows_there_are_is_read_only_where_it_may_have_changed_and_is_seen(
    office: Office, books: CustomersOpened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A million rows are a second of work, and something is posted every minute."""
    page, asked, keys = books(), list[str](), Customers.keys
    page.look_again(Changes(open_items=frozenset({"any"})))
    books.idle()

    def counted(one: Customers, wanted: Asked) -> Keys:
        asked.append(wanted.sort)
        return keys(one, wanted)

    monkeypatch.setattr(Customers, "keys", counted)
    page.entered()
    books.idle()
    page.hide()
    office.posted("SH1", "1,130.00")
    page.look_again(Changes(open_items=frozenset({"any"})))
    books.idle()
    before = list(asked)
    page.show()
    page.entered()
    books.settled()

    assert before == []
    assert asked == ["code"]
    assert "余额 1,130.00" in page.model.row_sentence(page.model.rows[0])


def test_that_the_search_catches_up_with_an_import_when_the_list_is_opened(
    office: Office, books: CustomersOpened
) -> None:
    customers = office.desk("maker").customers
    page = books()
    office.add_customers(("K4", "青禾纸业", "", "", "", "", "", ""))

    page.entered()
    books.idle()
    at_entry = customers.make_findable()
    office.add_customers(("K5", "海河纸业", "", "", "", "", "", ""))
    page.look_again(Changes(customers=frozenset({"K5"})))
    books.idle()

    assert not at_entry
    assert not customers.make_findable()


@pytest.fixture
def many(office: Office, books: CustomersOpened) -> CustomersPage:
    """A list of which only the beginning is read."""
    office.add_customers(*((f"M{n:03d}", f"客户{n}", "", "", "", "", "", "") for n in range(297)))
    return books()


def test_that_the_whole_list_can_be_scrolled_and_what_is_seen_is_read(
    many: CustomersPage, books: CustomersOpened
) -> None:
    first, bar = len(many.model.rows), many.table.table.verticalScrollBar()

    bar.setValue(bar.maximum())
    books.settled()

    assert first <= 3 * many.table.table.fitting_rows < many.model.rowCount() == 300
    assert [one.code for one in many.model.rows][-1] == "M296"
    assert many.model.value_at(299, 0) == "M296"
    assert many.model.row_at(many.model.index(200, 0)) is None


def test_that_a_high_screen_is_filled_at_once(many: CustomersPage, books: CustomersOpened) -> None:
    begun: list[int] = []
    many.model.modelReset.connect(lambda: begun.append(many.model.rowCount()))
    many.resize(1200, 2000)

    many._ask(sort="name")
    books.settled()

    assert begun[0] == many.table.table.fitting_rows > FIRST_ROWS


def test_that_ctrl_a_takes_the_whole_filter_and_ctrl_c_reads_it(
    many: CustomersPage, books: CustomersOpened, qtbot: QtBot
) -> None:
    table = many.table.table

    for key in (Qt.Key.Key_A, Qt.Key.Key_C):
        qtbot.keyClick(table, key, Qt.KeyboardModifier.ControlModifier)
    books.idle()

    copied = QApplication.clipboard().text().splitlines()
    assert table.selected_count == 300
    assert len(copied) == 301
    assert copied[0].startswith("编码\t客户")
    assert copied[-1].startswith("M296\t客户296")


def test_that_another_order_begins_above_and_keeps_nobody_from_before(
    many: CustomersPage, books: CustomersOpened
) -> None:
    bar = many.table.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    books.settled()

    many._ask(sort="code", is_descending=True)
    books.settled()

    assert [one.code for one in many.model.rows][:2] == ["M296", "M295"]
    assert bar.value() == 0
    current = many.table.table.current_row()
    assert current is not None
    assert current.code == "M296"


def test_that_a_new_customer_stands_in_the_list_and_the_row_stays(
    many: CustomersPage, books: CustomersOpened, office: Office
) -> None:
    many.table.table.go_to(290)
    books.settled()

    office.add_customers(("M0000", "新来的", "", "", "", "", "", ""))
    many.look_again(Changes(customers=frozenset({"x"})))
    books.settled()

    current = many.table.table.current_row()
    assert current is not None
    assert current.code == "M287"
    assert many.model.rowCount() == 301
    assert "301" in many.table._count.text()


def test_that_enter_opens_the_page_and_esc_comes_back_to_the_row(
    books: CustomersOpened, qtbot: QtBot
) -> None:
    page = books()
    page.table.table.go_to(1)

    qtbot.keyClick(page.table.table, Qt.Key.Key_Return)
    books.idle()
    shown = card_of(page).shown
    is_out = page.step_out()
    books.idle()

    assert shown is not None
    assert shown.record.code == "K2"
    assert is_out
    assert page.pages.currentWidget() is page.listed
    current = page.table.table.current_row()
    assert current is not None
    assert current.code == "K2"
    assert not page.step_out()


def test_that_shift_enter_asks_for_the_card_beside(
    office: Office, books: CustomersOpened, qtbot: QtBot
) -> None:
    page = books()

    with qtbot.waitSignal(page.card_wanted) as heard:
        qtbot.keyClick(page.table.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    assert heard.args == [office.customer().id]
    assert page.customer_here() == office.customer().id


def test_that_what_is_shown_is_exported(
    office: Office, books: CustomersOpened, tmp_path: Path
) -> None:
    office.posted("SH1", "1,130.00")
    page = books()
    page.table.table.show_column("unapplied", is_shown=False)
    page._ask(sort="balance", is_descending=True)
    books.idle()

    page.out.export_to(tmp_path / "客户.csv")
    books.idle()

    lines = (tmp_path / "客户.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "编码,客户,税号,已开票,暂估,余额,逾期,资料,最近联系"
    assert lines[1].startswith("K1,青禾包装,")
    assert lines[1].split(",")[4:6] == ["1130.00", "1130.00"]
    assert len(lines) == 4


def test_that_labels_are_printed_for_those_listed_from_the_place_that_is_free(
    books: CustomersOpened, tmp_path: Path
) -> None:
    page = books()
    page.labels.click()
    page.out.band.first.setCurrentIndex(4)
    page.out.band.right.setText("-12")
    page._ask(words="青禾")
    books.idle()
    how = page.out.band.how

    page.out.labels_to(tmp_path / "标签.pdf", how)
    books.idle()

    assert how == LabelsAsked(first=5, right_tenths=-12)
    assert (tmp_path / "标签.pdf").read_bytes().startswith(b"%PDF")
    assert "1 张标签" in page.listed.notices.notices[-1].title
    assert not page.out.band.isVisible()


def test_that_an_export_that_cannot_be_written_says_why(
    books: CustomersOpened, tmp_path: Path
) -> None:
    page = books()

    page.out.export_to(tmp_path / "客户.docx")
    books.idle()

    assert page.listed.notices.notices[-1].tone == "attention"
    assert not page.out.working.isVisible()
