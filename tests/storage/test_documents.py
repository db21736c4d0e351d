from datetime import date
from typing import Any

import pytest

from erpdesk.domain.changes import Seen
from erpdesk.domain.content import NotCanonicalError, canonical, content_hash
from erpdesk.errors import RefusedError, StaleError
from erpdesk.storage import long_lists
from erpdesk.storage import tables as t
from erpdesk.storage.documents import (
    DamagedTextError,
    Document,
    IdReusedError,
    NextStep,
    NoSuchDocumentError,
    draft,
    edit,
    find,
    look,
    put_content,
    steps_of,
    take_step,
    text_to_sign,
)
from erpdesk.storage.guards import drop_guards
from erpdesk.storage.long_lists import LongList
from erpdesk.storage.unit_of_work import Unit
from tests.storage.books import (
    KEY_OF_BEN,
    Books,
    Match,
    Paper,
    allocation_text,
    entry,
    receipt_text,
    reversal_text,
    voucher_text,
)

REASON = "金额和合同不一致"
TWO_PERSON = 50_000_000


def _document(books: Books, paper: Paper) -> Document:
    with books.database_of("alice").reading() as connection:
        return look(connection, paper.id)


def _balances(books: Books, *accounts: str) -> dict[str, int]:
    """Return the balance of accounts, debits positive."""
    query = "SELECT coalesce(sum(side * base_minor), 0) FROM journal_line WHERE account = ?"
    with books.database_of("alice").reading() as connection:
        return {a: connection.exec_driver_sql(query, (a,)).scalar_one() for a in accounts}


def _open(books: Books, item: str) -> tuple[int, int]:
    """Return what is open of an item, and its version."""
    query = "SELECT open_minor, version FROM open_item WHERE id = ?"
    with books.database_of("alice").reading() as connection:
        open_minor, version = connection.exec_driver_sql(query, (item,)).one()
        return open_minor, version


def _numbers(books: Books, query: str) -> list[Any]:
    with books.database_of("alice").reading() as connection:
        return list(connection.exec_driver_sql(query).scalars())


def test_that_a_voucher_is_paid_allocated_freed_and_reversed(books: Books) -> None:
    green = books.customers["green"]
    origin = voucher_text(books, green, 10_000, 1_300)
    voucher = books.posted("alice", "voucher", origin)
    charge = origin["items"][0]["id"]
    assert _document(books, voucher).state == "posted"
    assert _balances(books, "1122.02", "6001", "2221.02") == {
        "1122.02": 11_300, "6001": -10_000, "2221.02": -1_300,
    }  # fmt: skip

    paid = receipt_text(books, green, 5_000)
    books.posted("kate", "receipt", paid)
    credit = paid["items"][0]["id"]
    text = allocation_text(books, green, Match(charge, credit), 5_000)
    books.drafted("alice", "allocation", text).take("alice", "submit", "allocate", "post")
    assert (_open(books, charge), _open(books, credit)) == ((6_300, 2), (0, 2))
    assert _balances(books, "1122.02", "2203") == {"1122.02": 6_300, "2203": 0}

    link = text["allocations"][0]["id"]
    undo = allocation_text(books, green, Match(charge, credit, 2, 2), -5_000, undoes=link)
    books.posted("alice", "allocation", undo)
    assert (_open(books, charge), _open(books, credit)) == ((11_300, 3), (-5_000, 3))

    books.posted("alice", "reversal", reversal_text(books, origin, version=3))
    assert _open(books, charge) == (0, 4)
    accounts = ("1122.02", "6001", "2221.02", "1002", "2203")
    assert _balances(books, *accounts) == {
        "1122.02": 0, "6001": 0, "2221.02": 0, "1002": 5_000, "2203": -5_000,
    }  # fmt: skip


def test_that_numbers_of_documents_and_entries_have_no_gap(books: Books) -> None:
    for n in range(4):
        paper = books.submitted(
            "alice", "voucher", voucher_text(books, books.customers["red"], 100)
        )
        paper.take("bob", "return", reason=REASON).take("alice", "submit")
        with pytest.raises(RefusedError):
            paper.take("alice", "approve")
        if n != 1:
            paper.take("bob", "approve", "post")
    month = books.today()[:7].replace("-", "")
    query = "SELECT number FROM document WHERE kind = 'voucher' ORDER BY number"
    assert _numbers(books, query) == [f"临-{month}-{n:04d}" for n in range(1, 5)]
    query = "SELECT number FROM journal_entry WHERE series = '记' ORDER BY number"
    assert _numbers(books, query) == [1, 2, 3]


def test_that_much_is_endorsed_by_one_and_approved_by_another(books: Books) -> None:
    text = voucher_text(books, books.customers["green"], TWO_PERSON + 1)
    paper = books.submitted("alice", "voucher", text)
    with pytest.raises(RefusedError, match="G7 two-persons"):
        paper.take("bob", "approve")
    paper.take("bob", "endorse")
    with pytest.raises(RefusedError, match="G4 own-work"):
        paper.take("bob", "approve")
    paper.take("dora", "approve", "post")
    assert _document(books, paper).state == "posted"


def test_that_an_edit_starts_a_new_round_for_which_old_approvals_do_not_count(
    books: Books,
) -> None:
    customer = books.customers["green"]
    paper = books.submitted("alice", "voucher", voucher_text(books, customer, TWO_PERSON + 1))
    paper.take("bob", "endorse").take("dora", "approve").take("ben", "reject", reason=REASON)
    document = _document(books, paper)
    assert document.state == "rejected"
    again = voucher_text(books, customer, TWO_PERSON + 2)

    def change(unit: Unit) -> Seen:
        return edit(unit, document, again, seen=paper.seen, step_id=unit.new_id())

    paper.seen = books.company("carol").run(change)
    paper.take("carol", "submit")
    for verbs, code in ((("approve",), "G7 two-persons"), (("post",), "G3 not-allowed")):
        with pytest.raises(RefusedError, match=code):
            paper.take("dora", *verbs)


def test_that_a_draft_is_withdrawn_returned_rejected_and_voided(books: Books) -> None:
    paper = books.submitted("alice", "voucher", voucher_text(books, books.customers["green"], 9))
    number = _document(books, paper).number
    paper.take("alice", "withdraw", "submit").take("bob", "return", reason=REASON)
    paper.take("alice", "submit").take("bob", "reject", reason=REASON)
    with pytest.raises(RefusedError, match="G3 reason"):
        paper.take("alice", "void", reason="不要了")
    paper.take("alice", "void", reason=REASON)
    document = _document(books, paper)
    assert (document.state, document.number) == ("voided", number)
    with books.database_of("alice").reading() as connection:
        steps = steps_of(connection, paper.id)
    assert [(s.seq, s.verb, s.to_state) for s in steps] == [
        (1, "draft", "draft"), (2, "submit", "submitted"), (3, "withdraw", "draft"),
        (4, "submit", "submitted"), (5, "return", "draft"), (6, "submit", "submitted"),
        (7, "reject", "rejected"), (8, "void", "voided"),
    ]  # fmt: skip
    assert steps[-1].reason == REASON


def test_that_a_step_sent_twice_is_one_step(books: Books) -> None:
    paper = books.drafted("alice", "voucher", voucher_text(books, books.customers["green"], 9))
    step = NextStep(books.new_id(), paper.id, "voucher", paper.seen, "submit")
    seen = {books.company("alice").run(lambda unit: take_step(unit, step)) for _ in range(3)}
    assert seen == {Seen(2, paper.seen.content_hash)}
    assert (
        len(_numbers(books, "SELECT 1 FROM step WHERE verb = 'submit' AND kind = 'voucher'")) == 1
    )


def test_that_a_step_id_is_not_used_for_another_thing(books: Books) -> None:
    paper = books.drafted("alice", "voucher", voucher_text(books, books.customers["green"], 9))
    step = NextStep(books.new_id(), paper.id, "voucher", paper.seen, "submit")
    books.company("alice").run(lambda unit: take_step(unit, step))
    other = NextStep(step.id, paper.id, "voucher", Seen(2, paper.seen.content_hash), "withdraw")
    with pytest.raises(IdReusedError):
        books.company("alice").run(lambda unit: take_step(unit, other))
    with pytest.raises(IdReusedError):
        books.company("carol").run(lambda unit: take_step(unit, step))


def test_that_a_decision_on_what_was_seen_before_is_stale(books: Books) -> None:
    paper = books.submitted("alice", "voucher", voucher_text(books, books.customers["green"], 9))
    seen = paper.seen
    paper.take("bob", "approve")
    paper.seen = seen
    with pytest.raises(StaleError):
        paper.take("dora", "approve")


def test_that_a_text_is_stored_once(books: Books) -> None:
    content = {"document": books.new_id(), "kind": "voucher", "memo": "临时"}
    names = {books.company("alice").run(lambda unit: put_content(unit, content)) for _ in range(2)}
    assert names == {content_hash(canonical(content))}


def test_that_a_document_is_found_by_id_and_by_number(books: Books) -> None:
    paper = books.submitted("alice", "voucher", voucher_text(books, books.customers["green"], 9))
    number = _document(books, paper).number
    assert number is not None
    with books.database_of("alice").reading() as connection:
        assert find(connection, paper.id) == find(connection, number) == paper.id
        for nothing in ("临-000000-0001", books.new_id()):
            with pytest.raises(NoSuchDocumentError):
                find(connection, nothing)
        with pytest.raises(NoSuchDocumentError):
            look(connection, books.new_id())


def _tamper(books: Books, paper: Paper, body: str, *, rename: bool) -> None:
    """Change a stored text behind the guards; with ``rename`` under a fitting hash."""
    name = content_hash(body) if rename else paper.seen.content_hash
    with books.database_of("alice").writing() as connection:
        drop_guards(connection)
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        old = paper.seen.content_hash
        connection.exec_driver_sql(
            "UPDATE content SET body = ?, hash = ? WHERE hash = ?", (body, name, old)
        )
        for change in (
            "UPDATE document SET content_hash = ? WHERE content_hash = ?",
            "UPDATE step SET content_hash = ? WHERE content_hash = ?",
        ):
            connection.exec_driver_sql(change, (name, old))


def test_that_a_text_changed_behind_our_back_is_not_shown(books: Books) -> None:
    paper = books.drafted("alice", "voucher", {"memo": "one"})
    _tamper(books, paper, canonical({"memo": "two"}), rename=False)
    with pytest.raises(DamagedTextError):
        _document(books, paper)


def test_that_a_text_with_two_readings_is_not_shown(books: Books) -> None:
    paper = books.drafted("alice", "voucher", {"memo": "one"})
    _tamper(books, paper, '{"memo":"one","memo":"two"}', rename=True)
    with pytest.raises(NotCanonicalError):
        _document(books, paper)


def test_that_an_approval_is_signed_with_the_approvers_key(books: Books) -> None:
    paper = books.submitted("alice", "voucher", voucher_text(books, books.customers["green"], 9))
    paper.take("ben", "approve", "post")
    query = "SELECT * FROM step WHERE made_by = 'ben' ORDER BY seq"
    with books.database_of("ben").reading() as connection:
        approve, post = connection.exec_driver_sql(query).mappings().all()
    KEY_OF_BEN.public_key().verify(approve["signature"], text_to_sign(dict(approve)))
    assert post["signature"] is None


def test_that_a_draft_belongs_to_its_kind(books: Books) -> None:
    def work(unit: Unit) -> Seen:
        return draft(unit, "voucher", books.new_id(), {"authority": []}, step_id=unit.new_id())

    with pytest.raises(RefusedError, match="G5 no-such-section"):
        books.company("alice").run(work)


def _opening(books: Books, amount: int) -> dict[str, Any]:
    """Store opening items as a long list, with a line too many, and return the text."""
    item, green = books.new_id(), books.customers["green"]
    charge = {
        "id": item, "customer_id": green, "account": "1122.02", "currency": "CNY",
        "amount_minor": amount, "due_date": date(2026, 1, 31), "label": "应-1",
    }  # fmt: skip
    both = {"amount_minor": amount, "base_minor": amount, "currency": "CNY", "text": None}
    debit = {"account": "1122.02", "side": 1, "customer_id": green, "item_id": item} | both
    other = {"customer_id": None, "item_id": None} | both
    lines = [debit, *({"account": "4999", "side": -1} | other for _ in range(2))]

    def work(unit: Unit) -> dict[str, Any]:
        listed = LongList(unit, "items")
        listed.write(t.list_item, [charge])
        listed.write(t.list_line, lines)
        return listed.named(rows=1, sums={"lines": 2})

    section = books.company("alice").run(work)
    return {"entry": entry(books, "记", "P0/1"), "list": section}


def test_that_a_long_list_counts_by_the_rows_that_its_text_names(books: Books) -> None:
    books.posted("alice", "import", _opening(books, 20_000_000), by="ben")
    assert _balances(books, "1122.02", "4999") == {"1122.02": 20_000_000, "4999": -20_000_000}
    paper = books.submitted("alice", "import", _opening(books, 20_000_001))
    with pytest.raises(RefusedError, match="G7 over-limit"):
        paper.take("ben", "approve")


def test_that_a_file_takes_a_list_however_long_it_is(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_lists, "SERVER_BYTES_MAX", 1)
    assert _opening(books, 20_000_000)["list"]["rows"] == 1


def test_that_a_list_of_something_else_is_no_risk(books: Books) -> None:
    def work(unit: Unit) -> dict[str, Any]:
        return LongList(unit, "deliveries").named(rows=0)

    text = {"list": books.company("alice").run(work)}
    paper = books.submitted("alice", "import", text)
    with books.database_of("alice").reading() as connection:
        assert [step.risk for step in steps_of(connection, paper.id)] == [0, 0]
