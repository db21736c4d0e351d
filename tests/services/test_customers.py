"""Customers to those who read the books: the list page by page, the card, what happened."""

from dataclasses import replace
from operator import add
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from erpdesk.domain.customers.customer import (
    contact_from,
    missing_fields,
    record_from,
)
from erpdesk.domain.customers.customer_next import Todo
from erpdesk.errors import UserError
from erpdesk.services.customers import KINDS, Asked, CustomerLine, Customers, Owes
from erpdesk.services.customers_exporting import CELLS, CustomersExporting
from erpdesk.services.noticing import Asked as NoticeAsked
from erpdesk.storage import customer_rows, customers
from erpdesk.storage import tables as t
from erpdesk.storage.customers import NoSuchCustomerError
from tests.services.builders import CUSTOMERS, TAXED, Office, yuan


def reads(office: Office, name: str = "maker") -> Customers:
    return office.desk(name).customers


def found(office: Office, **asked: object) -> list[str]:
    rows = reads(office).listed(replace(Asked(), **asked))  # type: ignore[arg-type]
    return [one.code for one in rows]


def line(office: Office, code: str = "K1") -> CustomerLine:
    rows = reads(office).listed(Asked(code))
    return next(one for one in rows if one.code == code)


def test_that_the_list_shows_everybody_with_what_they_owe(both: Office) -> None:
    both.posted("SH1", "1,130.00")
    both.received("500.00", "K2")

    rows = {one.code: one for one in reads(both).listed(Asked())}

    assert set(rows) == {"K1", "K2", "K3"}
    assert rows["K1"].owes.unbilled == yuan("1,130.00")
    assert rows["K1"].owes.balance == yuan("1,130.00")
    assert rows["K2"].owes.unapplied == yuan("500.00")
    assert rows["K2"].owes.balance == yuan("-500.00")
    assert rows["K3"].owes.balance == yuan("0.00")
    assert rows["K3"].oldest is None


def test_that_the_list_sums_the_whole_filter_and_counts_each(both: Office) -> None:
    both.posted("SH1", "1,130.00")
    both.received("500.00", "K2")

    whole = reads(both).whole(Asked())

    assert [(one.rows, one.owes.balance) for one in whole.totals] == [(3, yuan("630.00"))]
    assert dict(whole.counts) == {
        "all": 3, "owing": 2, "unbilled": 1, "unapplied": 1, "incomplete": 1,
    }  # fmt: skip


def test_that_who_owes_in_two_currencies_is_one_customer_and_a_row_in_each(both: Office) -> None:
    both.posted("SH1", "1,130.00")
    both.foreign("967.00", rate="7.1")

    whole = reads(both).whole(Asked())

    assert [(one.rows, one.owes.balance) for one in whole.totals] == [
        (3, yuan("1,130.00")), (1, yuan("967.00", "USD")),
    ]  # fmt: skip
    assert dict(whole.counts)["all"] == 3
    assert dict(whole.counts)["owing"] == 1


def test_that_as_many_rows_are_added_up_as_are_listed_in_every_filter(both: Office) -> None:
    both.posted("SH1", "1,130.00")
    both.foreign("967.00", rate="7.1")
    both.received("2,000.00", "K3", oldest=True)
    service = reads(both)
    asked = [Asked(kind=kind, words=words) for kind in KINDS for words in ("", "K", "海河", "无人")]

    wrong = [
        one
        for one in asked
        if sum(row.rows for row in service.whole(one).totals) != len(service.keys(one))
    ]

    assert wrong == []


def test_that_what_all_customers_owe_is_what_their_balances_add_up_to(both: Office) -> None:
    assert reads(both).owed() == ()
    both.opened("55.00", "期初", "K3")
    both.received("55.00", "K3", oldest=True)
    both.posted("SH1", "1,130.00")
    both.posted("服务2", "500.00", "K2", answers=TAXED)
    both.foreign("967.00", rate="7.1")
    both.received("2,000.00", oldest=True)

    added: dict[str, list[int]] = {}
    for _, row in both.desk("maker").balances(None):
        sums = added.setdefault(row.currency, [0, 0, 0, 0])
        parts = (1, row.billed_minor, row.unbilled_minor, row.unapplied_minor)
        sums[:] = map(add, sums, parts)
    owed = {one.owes.billed.currency: [one.rows, *_minors(one.owes)] for one in reads(both).owed()}
    assert owed == added == {"CNY": [2, 0, 500_00, 870_00], "USD": [1, 0, 967_00, 0]}


def _minors(owes: Owes) -> list[int]:
    return [money.minor for money in (owes.billed, owes.unbilled, owes.unapplied)]


@pytest.mark.parametrize("sort", ["code", "name", "tax"])
def test_that_who_owes_in_two_currencies_has_two_rows_in_an_order_that_asks_no_figure(
    both: Office, sort: str
) -> None:
    both.posted("SH1", "1,130.00")
    both.foreign("967.00", rate="7.1")
    service, asked = both.desk("maker").customers, Asked(sort=sort, is_descending=True)

    keys = service.keys(asked)

    assert list(keys) == [one.key for one in service.listed(asked, most=99)]
    assert len(keys) == 3 + 1


@pytest.mark.parametrize("sort", ["balance", "oldest"])
def test_that_no_order_looks_through_all_that_is_owed_for_every_customer(
    office: Office, sort: str
) -> None:
    database = office.desk("maker").company.database
    asked: list[tuple[str, Any]] = []
    with database.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *said: asked.append(said[2:4]))
        customer_rows.keys(connection, Asked(sort=sort))
        statement, facts = asked[0]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", facts).all()

    assert any("SEARCH owed USING AUTOMATIC" in step.detail for step in plan)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("青禾", ["K1"]),
        ("qhbz", ["K1"]),
        ("qinghe", ["K1"]),
        ("k2", ["K2"]),
        ("138-0000 0002", ["K2"]),
        ("K138-0000 0002", []),
        (CUSTOMERS[0][2].lower(), ["K1"]),
        ("%", []),
        ("", ["K1", "K2", "K3"]),
    ],
)
def test_that_a_customer_is_found_by_what_people_type(
    both: Office, words: str, codes: list[str]
) -> None:
    assert found(both, words=words) == codes


def test_that_pages_follow_one_another_without_gap_or_repeat(office: Office) -> None:
    office.add_customers(*((f"M{n:03d}", f"客户{n}", "", "", "", "", "", "") for n in range(25)))
    service = reads(office)

    keys = service.keys(Asked(sort="name"))
    pages = [service.lines(keys[at : at + 10]) for at in (0, 10, 20)]

    codes = [one.code for page in pages for one in page]
    assert len(codes) == len(set(codes)) == 28
    assert [one.code for one in service.listed(Asked(sort="name"), most=10)] == codes[:10]
    assert [one.code for one in service.every(Asked(sort="name"))] == codes


def test_that_the_list_is_sorted_by_what_was_asked(both: Office) -> None:
    both.posted("SH1", "1,130.00", "K2")
    both.posted("SH2", "2,260.00", "K1")

    assert found(both, sort="balance", is_descending=True) == ["K1", "K2", "K3"]
    assert found(both, sort="balance") == ["K3", "K2", "K1"]
    assert found(both, sort="oldest") == ["K2", "K1", "K3"]
    assert found(both, sort="oldest", is_descending=True)[-1] == "K3"


@pytest.mark.parametrize("kind", ["owing", "unbilled", "unapplied", "incomplete"])
def test_that_a_filter_shows_as_many_as_it_says(both: Office, kind: str) -> None:
    both.posted("SH1", "1,130.00")
    both.received("500.00", "K2")
    asked = replace(Asked(), kind=kind)

    assert len(reads(both).listed(asked)) == dict(reads(both).whole(asked).counts)[kind] > 0


def test_that_the_database_calls_incomplete_what_the_domain_does(both: Office) -> None:
    both.add_customers(("K9", '"甲""address"":""乙"', "", "", "", "", "", ""))
    policies = [("name", "address"), ("tax_id/id_number",), ("phone/email", "bank_account")]
    with both.desk("maker").company.database.reading() as connection:
        everybody = customers.every(connection)
        for policy in policies:
            asked = t.customer.select().where(customer_rows.incomplete(connection, policy))
            by_database = {row.id for row in connection.execute(asked)}
            by_domain = {
                one.id
                for one in everybody
                if missing_fields(record_from(one.record), contact_from(one.contact), policy)
            }

            assert by_database == by_domain


def test_that_a_line_says_how_the_record_stands(office: Office) -> None:
    office.add_customers(("K9", "错号商行", "91330100MA2CFRU570", "", "", "", "", ""))

    assert line(office, "K1").tax_problem is None
    assert line(office, "K9").tax_problem == "check"
    assert line(office, "K3").missing == ("tax_id/id_number", "address", "phone/email")


def test_that_the_last_contact_is_a_notice_or_a_stated_balance(both: Office) -> None:
    before = line(both).last_contact
    campaign = both.campaign("K1")
    both.scan(campaign, "K1")
    scanned = line(both).last_contact
    both.state(campaign, "K1", "100.00")

    assert before is None
    assert scanned is None
    assert line(both).last_contact is not None
    assert reads(both, "cashier").listed(Asked("K1"))[0].last_contact is None


def test_that_the_card_says_what_to_do_next(office: Office) -> None:
    service, whose = reads(office), office.customer().id
    office.posted("SH1", "1,130.00", due=office.ago(3))
    late = service.card(whose)
    office.received("500.00")

    assert late.todo is not None
    assert (late.todo.todo, late.todo.since, late.late_days) == (Todo.CHASE, office.ago(3), 3)
    cash = service.card(whose).todo
    assert cash is not None
    assert (cash.todo, cash.amount) == (Todo.APPLY_CASH, yuan("500.00"))


def test_that_who_reads_no_books_is_told_a_name_and_no_figure(both: Office) -> None:
    both.posted("SH1", "1,130.00")

    card = reads(both, "counter").card(both.customer().id)

    assert card.withheld
    assert card.record.name == "青禾包装"
    assert (card.owes, card.items, card.todo) == ((), (), None)
    assert card.record.tax_id is None


def test_that_a_withheld_card_has_no_figure(office: Office) -> None:
    office.posted("SH1", "1,130.00")

    card = reads(office).card(office.customer().id, withheld=True)

    assert card.withheld
    assert (card.owes, card.items, card.oldest, card.todo) == ((), (), None, None)
    assert card.record.address == "杭州"


def test_that_a_count_of_a_running_blind_campaign_withholds_the_book(both: Office) -> None:
    both.posted("SH1", "1,130.00")
    campaign = both.campaign("K1", blind=True)
    both.state(campaign, "K1", "1,000.00", "address")

    counted = reads(both).history(both.customer().id).counts[0]

    assert counted.withheld
    assert (counted.stated, counted.book) == (yuan("1,000.00"), None)
    assert counted.fields == ("address",)
    assert reads(both, "cashier").history(both.customer().id).counts == ()


def test_that_the_history_has_each_document_in_its_place(both: Office) -> None:
    voucher = both.posted("SH1", "1,130.00")
    receipt = both.received("500.00")
    both.desk("maker").noticing.issue(both.customer(), NoticeAsked())

    history = reads(both).history(both.customer().id)

    assert [(one.id, one.amount_minor) for one in history.vouchers] == [(voucher.id, 1_130_00)]
    assert [(one.id, one.open_minor) for one in history.receipts] == [(receipt.id, -500_00)]
    assert [one.state for one in history.notices] == ["ready"]


def test_that_an_export_that_is_stopped_leaves_no_file_and_a_whole_one_is_recorded(
    office: Office, tmp_path: Path
) -> None:
    class StoppedError(UserError):
        """Somebody stopped it."""

    def stop(_: int) -> None:
        raise StoppedError

    office.add_customers(*((f"M{n:03d}", f"客户{n}", "", "", "", "", "", "") for n in range(60)))
    exporting = CustomersExporting(office.desk("maker").company, reads(office))
    heads = [(name, name) for name in CELLS]
    path = tmp_path / "客户.xlsx"
    with pytest.raises(StoppedError):
        exporting.write(path, Asked(), heads, progress=stop)
    is_there = path.exists()

    count = exporting.write(path, Asked(), heads)

    with office.desk("maker").company.database.reading() as connection:
        told = connection.execute(t.audit_event.select()).all()
    assert (is_there, count) == (False, 63)
    assert [(row.what, row.detail) for row in told] == [("export customers", "客户.xlsx 63")]


def test_that_amount_and_currency_belong_together_in_list_card_export_and_notice(
    office: Office, tmp_path: Path
) -> None:
    office.posted("SH1", "1,130.00")
    office.foreign("967.00", rate="7.1")
    both_owed = {yuan("1,130.00"), yuan("967.00", "USD")}

    listed = {one.owes.balance for one in reads(office).listed(Asked("K1"))}
    totals = {one.owes.balance for one in reads(office).whole(Asked("K1")).totals}
    card = {one.balance for one in reads(office).card(office.customer().id).owes}
    notice = office.desk("maker").noticing.issue(office.customer(), NoticeAsked())
    rows = notice.document.content["notice"]["rows"]
    path = tmp_path / "客户.csv"
    exporting = CustomersExporting(office.desk("maker").company, reads(office))
    exporting.write(path, Asked("K1"), [(name, name) for name in CELLS])
    written = path.read_text("utf-8-sig").splitlines()

    assert listed == totals == card == both_owed
    assert {(row["currency"], row["settle"]) for row in rows} == {
        ("CNY", 113_000), ("USD", 96_700),
    }  # fmt: skip
    assert {("CNY" in line, "1130.00" in line) for line in written[1:]} == {
        (True, True),
        (False, False),
    }
    assert {("USD" in line, "967.00" in line) for line in written[1:]} == {
        (True, True),
        (False, False),
    }


def test_that_a_document_says_whose_it_is(office: Office) -> None:
    voucher = office.posted("SH1", "1,130.00")

    assert reads(office).of_document(voucher.id) == office.customer().id


def test_that_a_counter_asking_for_nobody_is_told_so(office: Office) -> None:
    with pytest.raises(NoSuchCustomerError):
        reads(office, "counter").card(office.desk("maker").company.new_id())
