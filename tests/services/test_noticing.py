"""Notices: frozen figures, drawn once, copies that say so, and no document that cannot be drawn."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from erpdesk.domain.dispute import Ground
from erpdesk.domain.moments import TooLateDayError
from erpdesk.domain.notice_gates import Looked
from erpdesk.papers import notice as notice_paper
from erpdesk.papers.fonts import MissingCharacterError
from erpdesk.papers.notice_view import NoticeView
from erpdesk.services import noticing
from erpdesk.services.issuing import FirmUnknownError, Printed
from erpdesk.services.noticing import Asked, NothingOpenError
from erpdesk.services.writing import Writing
from erpdesk.storage import evidence, inbox, ledger, papers
from erpdesk.storage import tables as t
from erpdesk.storage.ledger import ItemRow
from tests.services.builders import CUSTOMERS, Office
from tests.services.conftest import NewFirm

pytestmark = pytest.mark.slow


def _issue(office: Office, code: str = "K1", *, fresh: bool = False, **asked: object) -> Printed:
    service = office.desk("maker").noticing
    return service.issue(office.customer(code), Asked(**asked), fresh=fresh)  # type: ignore[arg-type]


def _notices(office: Office) -> int:
    with office.desk("maker").company.database.reading() as connection:
        return len(inbox.documents(connection, kind="notice"))


def test_that_each_item_stands_with_its_own_amount(both: Office) -> None:
    one, two = both.posted("SH1", "100.00"), both.posted("SH2", "250.00")

    said = _issue(both).document.content["notice"]

    rows = {row["document"]: row["settle"] for row in said["rows"]}
    assert rows == {one.number: 10_000, two.number: 25_000}
    assert said["rows"][0]["basis"].startswith("SH1 签收单")


def test_that_a_notice_lists_the_items_of_its_customer_alone(office: Office) -> None:
    _, _, *same_party = CUSTOMERS[0]
    office.add_customers(("K8", "青禾包装二部", *same_party))
    mine, theirs = office.posted("服务1", "100.00"), office.posted("服务2", "250.00", "K8")

    rows = _issue(office).document.content["notice"]["rows"]

    assert [row["document"] for row in rows] == [mine.number]
    assert theirs.number != mine.number


def test_that_a_copy_says_why_it_was_printed(office: Office) -> None:
    office.posted("服务1", "100.00")
    first = _issue(office)

    second = office.desk("maker").noticing.copy(first.document, "客户没收到")

    with office.desk("maker").company.database.reading() as connection:
        printed = papers.papers_of(connection, first.document.id)
        stored = [evidence.bytes_of(connection, one.hash) for one in printed]
    assert [(one.copy, one.reason) for one in printed] == [(0, None), (1, "客户没收到")]
    assert stored == [first.pdf, second.pdf]


def test_that_changed_figures_are_another_notice(office: Office) -> None:
    office.posted("服务1", "100.00")
    first = _issue(office)
    office.received("40.00", oldest=True)

    second = _issue(office)

    assert (second.copy, second.document.id != first.document.id) == (0, True)
    assert second.document.content["notice"]["rows"][0]["settle"] == 6_000


def test_that_a_fresh_one_may_be_asked_for(office: Office) -> None:
    office.posted("服务1", "100.00")
    first = _issue(office)

    assert _issue(office, fresh=True).document.number != first.document.number


def test_that_a_customer_who_owes_nothing_gets_no_notice(both: Office) -> None:
    with pytest.raises(NothingOpenError):
        _issue(both)

    assert _notices(both) == 0


def test_that_a_name_the_font_cannot_draw_makes_no_document(both: Office) -> None:
    both.add_customers(
        ("K8", "缺字\U0001f9ff公司", "91330100MA2CFRU59K", "", "1380", "杭州", "0.13", "0")
    )
    both.posted("服务1", "100.00", "K8")

    with pytest.raises(MissingCharacterError):
        _issue(both, "K8")

    assert _notices(both) == 0


@pytest.mark.parametrize("few", [2000, 0])
def test_that_a_past_day_shows_what_was_open_then(
    both: Office, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "_FEW", few)
    voucher = both.posted("服务1", "100.00", posting_date=both.ago(5))
    both.received("40.00", oldest=True)
    both.posted("服务2", "250.00")

    said = _issue(both, as_of=both.ago(1)).document.content["notice"]

    assert [(row["document"], row["settle"]) for row in said["rows"]] == [(voucher.number, 10_000)]
    with pytest.raises(NothingOpenError):
        _issue(both, as_of=both.ago(6))


def test_that_what_was_paid_and_taken_back_since_is_as_it_was(office: Office) -> None:
    voucher = office.posted("服务1", "100.00", posting_date=office.ago(5))
    [link] = office.received("100.00", oldest=True).content["allocations"]
    office.approve(office.desk("maker").receipts.undo(link["id"], "核销错了一笔").value)

    then = _issue(office, as_of=office.ago(1)).document.content["notice"]["rows"]
    now = _issue(office).document.content["notice"]["rows"]

    assert [(row["document"], row["settle"]) for row in then] == [(voucher.number, 10_000)]
    assert [row["settle"] for row in now] == [-10_000, 10_000]


def test_that_unapplied_money_has_a_row_of_its_own(office: Office) -> None:
    office.posted("服务1", "100.00")
    office.received("30.00")

    rows = _issue(office).document.content["notice"]["rows"]

    assert sorted((row["category"], row["settle"]) for row in rows) == [
        ("unapplied", -3_000), ("unbilled", 10_000),
    ]  # fmt: skip


def test_that_a_notice_says_where_to_pay_or_is_none(new_firm: NewFirm) -> None:
    office = new_firm(said={"name": "明湖机电有限公司"})
    office.posted("服务1", "100.00")

    with pytest.raises(FirmUnknownError):
        _issue(office)

    assert _notices(office) == 0


def test_that_the_language_is_the_customers_or_the_one_asked_for(office: Office) -> None:
    office.posted("服务1", "100.00")

    chinese, english = _issue(office), _issue(office, language="en")

    assert chinese.document.content["notice"]["language"] == "zh"
    assert english.document.content["notice"]["language"] == "en"


def test_that_many_deliveries_are_named_in_short(office: Office) -> None:
    numbers = [f"SH{n}" for n in range(1, 4)]
    office.delivered(*((number, "K1", "10.00") for number in numbers))
    chosen = tuple(office.desk("maker").vouchers.delivery(number).id for number in numbers)
    draft = replace(office.draft("SH1"), deliveries=chosen)
    office.approve(office.desk("maker").vouchers.write(draft, submit=True).value)

    [row] = _issue(office).document.content["notice"]["rows"]

    assert row["basis"] == "SH1、SH2 等 3 笔 签收单"


def test_that_an_opening_item_rests_on_its_memo(office: Office) -> None:
    office.opened("1.00", "应-199603-0007")

    [row] = _issue(office).document.content["notice"]["rows"]

    assert (row["document"], row["category"], row["basis"]) == (
        "应-199603-0007", "billed", "期初未清项",
    )  # fmt: skip


def test_that_a_print_that_failed_is_made_up_for(office: Office) -> None:
    office.posted("服务1", "100.00")
    service = office.desk("maker").noticing
    frozen = _issue(office).document.content["notice"]
    draft = Writing(office.desk("maker").company).draft(
        "notice", {"customer": office.customer().id, "notice": frozen}, then=("ready",)
    )

    assert service.copy(draft.value, "打印机卡纸").copy == 0


def _failing(office: Office, code: str = "K1", **asked: Any) -> set[Looked]:
    service = office.desk("maker").noticing
    found = service.gates(office.customer(code), **asked)
    return {gate.what for gate in found if not gate.holds}


def test_that_the_gates_tell_what_the_books_know(both: Office) -> None:
    before = _failing(both)
    both.posted("SH1", "100.00")
    both.received("150.00", "K2")
    counted = both.campaign("K1")
    both.state(counted, "K1", None, "contact")

    known = _failing(both)
    both.received("100.00")
    _issue(both)
    after = _failing(both)

    assert before == {Looked.OPEN, Looked.FRESH, Looked.CONTACT}
    assert known == set()
    assert after == {Looked.UNAPPLIED, Looked.REPEATED}


def test_that_a_gate_names_what_cannot_be_printed(office: Office) -> None:
    office.add_customers(("K9", "喆堃𠮷商行", "", "", "", "", "0.13", ""))
    office.opened("100.00", "应-9", "K9")

    assert Looked.FONT in _failing(office, "K9")


def test_that_a_draft_page_keeps_nothing(office: Office) -> None:
    office.posted("服务1", "100.00")
    service = office.desk("maker").noticing

    page = service.draft_page(office.customer(), Asked(), 1)

    assert (page.number, page.count) == (1, 1)
    assert _notices(office) == 0


def test_that_who_sent_which_copy_to_a_printer_is_on_record(both: Office) -> None:
    both.posted("服务1", "100.00")
    issued = _issue(both)

    both.desk("maker").noticing.note_print(issued.document, copy=issued.copy)

    with both.desk("maker").company.database.reading() as connection:
        rows = connection.execute(select(t.audit_event).where(t.audit_event.c.what == "print"))
        found = [(row.made_by, row.detail) for row in rows]
    assert found == [("maker", f"{issued.document.number} 0")]


def test_that_an_item_that_is_contested_is_looked_at_until_that_is_ended(office: Office) -> None:
    label = office.posted("服务1", "1,130.00").number or ""
    service = office.desk("maker").follow_up
    dispute = service.dispute(office.customer(), label, Ground.QUALITY, "有两箱破损").value

    before = _failing(office)
    service.end(dispute.id, "补发了两箱，谈妥")

    assert Looked.DISPUTED in before
    assert Looked.DISPUTED not in _failing(office)


def test_that_no_notice_is_made_as_of_a_day_to_come(office: Office) -> None:
    office.posted("服务1", "113,000.00")

    with pytest.raises(TooLateDayError):
        _issue(office, as_of=office.ago(-1))


def test_that_what_was_cleared_before_the_day_is_not_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, item = list[str](), ledger._item

    def noted(row: Any) -> ItemRow:
        read.append(row.shown)
        return item(row)

    for number in ("SH1", "SH2"):
        office.posted(number, "100.00")
        office.received("100.00", oldest=True)
    still = office.posted("SH3", "100.00").number
    monkeypatch.setattr(ledger, "_item", noted)

    notice = _issue(office).document.content["notice"]

    assert [row["document"] for row in notice["rows"]] == [still]
    assert set(read) == {still}


def test_that_a_draft_is_drawn_once_for_all_its_pages(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, real = list[str](), notice_paper.notice

    def notice(view: NoticeView) -> bytes:
        drawn.append(view.number)
        return real(view)

    monkeypatch.setattr(notice_paper, "notice", notice)
    noticing._pdf.cache_clear()
    office.posted("服务1", "100.00")
    desk, customer = office.desk("maker"), office.customer()

    pages = [desk.noticing.draft_page(customer, Asked(), 1).number for _ in range(2)]

    assert pages == [1, 1]
    assert len(drawn) == 1
