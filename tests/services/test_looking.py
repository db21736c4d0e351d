"""What pages show: lists read in one go, files with their hash checked again."""

from typing import Any

import pytest
from sqlalchemy import event, text

from erpdesk.domain.approval import Verb
from erpdesk.domain.money import Money
from erpdesk.services.approving import Reach
from erpdesk.services.looking import DamagedFileError, Looking
from erpdesk.services.noticing import Asked
from erpdesk.services.vouchers import Draft, Entered
from erpdesk.services.writing import Writing
from erpdesk.storage import customers
from erpdesk.storage.evidence import NoSuchEvidenceError
from tests.services.builders import PASSED, TAXED, Office, paid, yuan


def _looking(office: Office, name: str = "maker") -> Looking:
    return Looking(office.desk(name).company, office.clock)


def test_that_a_customer_is_found_by_any_of_their_words(both: Office) -> None:
    look = _looking(both)

    for words in ("K2", "海河", "haihe", "91330100MA2CFRU58"):
        assert [row.code for row in look.customers(words, most=9)][:1] == ["K2"]
    assert len(look.customers("", most=2)) == 2
    assert look.customer(both.customer().id).name == "青禾包装"
    assert look.people()["chief"] == "林涛"


@pytest.mark.parametrize("first", [0, 9])
def test_that_among_many_the_same_customers_are_found(
    both: Office, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    monkeypatch.setattr(customers, "FIRST", first)
    both.add_customers(("K-4", "青禾（苏州）ABC", "", "", "", "", "", ""))
    said = "K k1 海 海河五 海河五金 haihe 91330100 （苏州） K-4 ABC - 无此客户 ( 青禾 qinghe"
    look, words = _looking(both), said.split()

    found = {one: [row.code for row in look.customers(one, most=9)] for one in words}

    assert found == {
        "K": ["K1", "K2", "K3", "K-4"], "k1": ["K1"], "海": ["K2"], "海河五": ["K2"],
        "海河五金": ["K2"], "haihe": ["K2"], "91330100": ["K1", "K2"], "（苏州）": ["K-4"],
        "K-4": ["K-4"], "ABC": ["K-4"], "-": ["K-4"], "无此客户": [], "(": [],
        "青禾": ["K1", "K-4"], "qinghe": ["K1", "K-4"],
    }  # fmt: skip


def test_that_a_word_of_three_letters_is_looked_up_and_not_looked_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customers, "FIRST", 0)
    asked: list[tuple[str, Any]] = []
    with office.desk("maker").company.database.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *said: asked.append(said[2:4]))
        customers.search(connection, "海河五")
        query, values = asked[-1]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()

    assert any("VIRTUAL TABLE" in step.detail for step in plan)


def test_that_a_code_is_that_of_whoever_has_the_whole_of_it(both: Office) -> None:
    look = _looking(both)

    assert [one and one.code for one in map(look.whose, ("K2", "K", "K22", "海河"))] == [
        "K2", None, None, None,
    ]  # fmt: skip


def test_that_vouchers_are_listed_with_what_is_left_of_them(both: Office) -> None:
    posted = both.posted("服务1", "113.00", answers=TAXED)
    both.received("13.00", oldest=True)
    waiting = both.submitted("服务2", "226.00")
    customer = both.customer()
    vouchers = both.desk("maker").vouchers
    kept = vouchers.write(Draft(customer, entered=(Entered("服务", yuan("9.00")),))).value
    bare = vouchers.write(Draft(customer, PASSED)).value

    lines = {line.id: line for line in _looking(both).vouchers().rows}

    first = lines[posted.id]
    assert (first.amount, first.left, first.is_taxed) == (yuan("113.00"), yuan("100.00"), True)
    assert (lines[waiting.id].amount, lines[waiting.id].day) == (yuan("226.00"), both.today)
    assert (lines[kept.id].amount, lines[kept.id].left) == (yuan("9.00"), None)
    assert lines[bare.id].customer == "青禾包装"


def test_that_a_draft_without_anything_has_no_amount(office: Office) -> None:
    customer = office.customer().id
    writing = Writing(office.desk("maker").company)
    said = {"n": 1, "text": "x", "net": 100, "tax": 13, "gross": 113, "rate": "0.13"}
    empty = writing.draft("voucher", {"customer": customer}).value
    goods = writing.draft("voucher", {"customer": customer, "goods": [said]}).value

    lines = {line.id: line for line in _looking(office).vouchers().rows}

    assert (lines[empty.id].amount, lines[empty.id].day) == (None, None)
    assert lines[goods.id].amount == Money(113, "CNY")


def test_that_cash_that_is_left_is_listed(both: Office) -> None:
    both.posted("服务1", "100.00")
    both.received("130.00", oldest=True)

    [cash] = _looking(both).unapplied().rows

    assert (cash.customer_code, cash.left_minor) == ("K1", 3_000)


def test_that_notices_are_listed_with_their_prints(both: Office) -> None:
    both.posted("服务1", "100.00")
    service = both.desk("maker").noticing
    for _ in range(2):
        service.issue(both.customer(), Asked())

    [line] = _looking(both).notices().rows

    assert (line.asked, [paper.copy for paper in line.papers]) == (yuan("100.00"), [0, 1])


def test_that_a_list_of_notices_asks_as_often_however_many_they_are(office: Office) -> None:
    asked: list[str] = []
    engine = office.desk("maker").company.database.engine
    event.listen(engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    times = []

    for number, code in (("SH1", "K1"), ("SH2", "K2")):
        office.posted(number, "100.00", code)
        office.desk("maker").noticing.issue(office.customer(code), Asked())
        asked.clear()
        rows = _looking(office).notices().rows
        times.append((len(rows), len(asked)))

    assert times == [(1, times[0][1]), (2, times[0][1])]


def test_that_currencies_are_never_added_up(both: Office) -> None:
    both.foreign("1,000.00", rate="7.10")
    both.posted("服务1", "113.00")
    both.desk("maker").noticing.issue(both.customer(), Asked())

    [notice] = _looking(both).notices().rows
    owing = {one.balance.currency: one.balance for one in _looking(both).owing().rows}

    assert notice.asked in {yuan("113.00"), yuan("1,000.00", "USD")}
    assert owing == {"CNY": yuan("113.00"), "USD": yuan("1,000.00", "USD")}
    campaign = both.campaign("K1")
    lines = both.desk("chief").campaigns.status(campaign).lines
    assert [(line.frozen.currency, line.frozen.book_minor) for line in lines] == [
        ("CNY", 11_300), ("USD", 100_000),
    ]  # fmt: skip


def test_that_a_foreign_claim_is_at_risk_by_its_worth_here(office: Office) -> None:
    document = office.foreign("1,000.00", rate="7.10")

    shown = office.desk("chief").approving.show(document.id)

    assert shown.risk_minor == 710_000


def _damage_files(office: Office) -> None:
    """Change kept files behind the guards' back."""
    with office.desk("maker").company.database.writing() as connection:
        for trigger in (
            connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :t"),
                {"t": "evidence_blob"},
            )
            .scalars()
            .all()
        ):
            connection.exec_driver_sql(f'DROP TRIGGER "{trigger}"')
        connection.execute(text("UPDATE evidence_blob SET bytes = x'00'"))


def test_that_a_kept_file_is_hashed_again(office: Office) -> None:
    proof = office.proof()
    look = _looking(office)
    assert look.file(proof.hash).is_intact

    _damage_files(office)

    damaged = look.file(proof.hash)
    assert (damaged.is_intact, damaged.data) == (False, b"\x00")


def test_that_a_file_that_is_not_kept_is_said_so(office: Office) -> None:
    with pytest.raises(NoSuchEvidenceError):
        _looking(office).file("ab" * 32)


def test_that_single_things_are_looked_at(office: Office) -> None:
    voucher = office.posted("SH1", "100.00")
    office.received("40.00", oldest=True)
    look = _looking(office)
    use = voucher.content["deliveries"][0]["id"]
    item = voucher.content["items"][0]["id"]

    assert look.document(voucher.id).number == voucher.number
    assert [row.number for row in look.deliveries((use,))] == ["SH1"]
    assert [link.amount for link in look.links(item)] == [yuan("40.00")]


def test_that_a_document_shows_how_far_the_reader_reaches(office: Office) -> None:
    office.approve(office.submitted("服务1", "40,000.00"), by="deputy")
    voucher = office.submitted("服务2", "100.00")

    shown = {name: office.desk(name).approving.show(voucher.id) for name in ("deputy", "maker")}

    assert shown["deputy"].reach == Reach(5_000_000, 6_000_000, 4_000_000)
    assert shown["deputy"].why_not_reject is None
    assert shown["maker"].reach is None
    assert shown["maker"].why_not_reject is not None


def test_that_the_links_of_a_customer_are_listed_newest_first(office: Office) -> None:
    voucher = office.posted("SH1", "100.00")
    for amount in ("40.00", "30.00"):
        office.received(amount, pays=(paid(voucher.number or "", amount),))
    look = _looking(office)

    links = look.allocations(office.customer().id).rows

    assert [link.amount for link in links] == [yuan("30.00"), yuan("40.00")]
    assert look.allocations(office.customer("K2").id).rows == ()


def test_that_new_books_show_nothing(office: Office) -> None:
    assert _looking(office).vouchers().rows == ()
    assert _looking(office).owing().rows == ()


@pytest.mark.slow
def test_that_a_page_of_a_kept_paper_is_shown_finer_for_the_printer(office: Office) -> None:
    office.posted("SH1", "1,130.00")
    printed = office.desk("maker").noticing.issue(office.customer(), Asked())
    look = _looking(office)
    digest = look.notices().rows[0].papers[0].hash.hex()

    screen, fine = (look.page(digest, 1, for_print=said) for said in (False, True))

    assert printed.pdf == look.file(digest).data
    assert (screen.number, screen.count) == (1, 1)
    assert screen.height < fine.height


def test_that_no_page_is_shown_of_a_paper_that_is_not_as_it_was(office: Office) -> None:
    office.posted("SH1", "1,130.00")
    office.desk("maker").noticing.issue(office.customer(), Asked())
    look = _looking(office)
    digest = look.notices().rows[0].papers[0].hash.hex()

    _damage_files(office)

    with pytest.raises(DamagedFileError) as refused:
        look.page(digest, 1)
    assert refused.value.facts["name"] == look.file(digest).name


def test_that_everybody_sees_what_they_decided_the_newest_first(both: Office) -> None:
    first = both.posted("SH1", "1,130.00")
    second = both.decide(both.submitted("SH2", "2,260.00"), Verb.REJECT, reason="数量与签收单不符")
    both.approve(both.submitted("SH3", "3,390.00"), by="director")

    rows = _looking(both, "chief").decided()

    assert [(row.id, row.verb, row.state) for row in rows] == [
        (second.id, "reject", "rejected"),
        (first.id, "approve", "posted"),
    ]
    assert (rows[0].reason, rows[0].customer_name) == ("数量与签收单不符", "青禾包装")
    assert rows[1].risk_minor == 1_130_00
    assert _looking(both, "maker").decided() == ()
