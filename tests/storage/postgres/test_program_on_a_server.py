"""What the program says when the server refuses, is busy, or somebody was first."""

from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest

from erpdesk.domain.changes import Seen
from erpdesk.errors import (
    BusyError,
    RefusedError,
    StaleError,
    StorageError,
    UnknownOutcomeError,
)
from erpdesk.storage import long_lists
from erpdesk.storage import tables as t
from erpdesk.storage.database import open_database
from erpdesk.storage.documents import NextStep, take_step
from erpdesk.storage.long_lists import ListTooLongError, LongList
from erpdesk.storage.unit_of_work import Company, Unit
from tests.storage.postgres.firm import PASSWORD, Doc, Firm, a_voucher, now_us
from tests.storage.postgres.world import World

pytestmark = pytest.mark.postgres


class _Clock:
    def now_us(self) -> int:
        return now_us()


@pytest.fixture
def people(firm: Firm) -> Iterator[dict[str, Company]]:
    """Return the company as some of its people have it open."""
    place = str(firm.server.admin_url(firm.database))
    with ExitStack() as opened:
        companies = {}
        for name in ("alice", "bob", "amy"):
            database = open_database(place, person=name, password=PASSWORD.format(name))
            opened.callback(database.close)
            companies[name] = Company(database, name, _Clock())  # type: ignore[arg-type]
        yield companies


def _act(company: Company, doc: Doc, verb: str, *, seq: int | None = None) -> None:
    seen = Seen(doc.seq if seq is None else seq, doc.hash)

    def work(unit: Unit) -> None:
        take_step(unit, NextStep(unit.new_id(), doc.id, doc.kind, seen, verb))

    company.run(work)


def test_that_who_comes_second_is_told_so(
    firm: Firm, world: World, people: dict[str, Company]
) -> None:
    doc = firm.made("alice", "voucher", a_voucher(world.customers[0]), "submit")
    firm.does("ben", doc, "approve")
    with pytest.raises(StaleError) as stale:
        _act(people["bob"], doc, "approve")
    assert stale.value.facts["code"] == "G3 stale"


def test_that_ids_come_as_the_text_they_are_sent_as(
    world: World, people: dict[str, Company]
) -> None:
    one = world.customers[0]
    with people["alice"].database.reading() as connection:
        asked = connection.exec_driver_sql("SELECT id FROM customer WHERE id = %s", (one,))

        assert asked.scalar_one() == one


def test_that_a_list_longer_than_a_server_can_hash_is_refused_while_it_goes_in(
    people: dict[str, Company], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"account": "1002", "side": 1, "amount_minor": n, "currency": "CNY", "base_minor": n,
             "customer_id": None, "item_id": None, "text": None} for n in range(3)]  # fmt: skip

    def work(unit: Unit) -> int:
        listed = LongList(unit, "items")
        listed.write(t.list_line, rows)
        return int(listed.named(rows=0)["rows"])

    assert people["alice"].run(work) == 0
    monkeypatch.setattr(long_lists, "SERVER_BYTES_MAX", 100)
    with pytest.raises(ListTooLongError):
        people["alice"].run(work)


def test_that_a_refusal_carries_its_guards_code(world: World, people: dict[str, Company]) -> None:
    with pytest.raises(RefusedError) as refused:
        _act(people["amy"], world.docs["amys"], "approve")
    assert refused.value.code == "G4 own-work"


def test_that_a_held_document_is_busy(firm: Firm, world: World, people: dict[str, Company]) -> None:
    with firm.hand("ben") as holder:
        holder.step(world.docs["spare"], "approve")
        with pytest.raises(BusyError):
            _act(people["bob"], world.docs["spare"], "approve")


def test_that_a_statement_by_itself_leaves_transactions_whole(
    firm: Firm, world: World, people: dict[str, Company]
) -> None:
    doc = firm.made("alice", "voucher", a_voucher(world.customers[0]))
    alice = people["alice"]

    def break_off(unit: Unit) -> None:
        take_step(
            unit, NextStep(unit.new_id(), doc.id, doc.kind, Seen(doc.seq, doc.hash), "submit")
        )
        raise BusyError

    assert alice.run_alone("SELECT %(n)s + 1", {"n": 1}) == [(2,)]
    with pytest.raises(BusyError):
        alice.run(break_off)

    _act(alice, doc, "submit")


def test_that_a_wrong_password_opens_nothing(firm: Firm) -> None:
    place = str(firm.server.admin_url(firm.database))
    database = open_database(place, person="alice", password="wrong")
    with pytest.raises(StorageError), database.reading():
        pass
    database.close()


def test_that_a_connection_in_use_when_the_books_close_is_ended_when_it_comes_back(
    people: dict[str, Company],
) -> None:
    database = people["alice"].database
    with database.reading() as connection:
        driver = connection.connection.driver_connection
        database.close()
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1

    assert isinstance(driver, psycopg.Connection)
    assert driver.closed


def test_that_what_stands_open_ends_when_the_books_close_and_comes_back_when_asked(
    people: dict[str, Company],
) -> None:
    alice = people["alice"]
    whose = "SELECT pg_backend_pid()"
    [(before,)] = alice.run_alone(whose, {})

    alice.database.close()

    assert alice.run_alone(whose, {}) != [(before,)]


def test_that_a_line_cut_in_a_statement_by_itself_leaves_it_unknown_and_is_opened_again(
    firm: Firm, people: dict[str, Company]
) -> None:
    alice, whose = people["alice"], "SELECT pg_backend_pid()"
    [(before,)] = alice.run_alone(whose, {})
    with firm.superuser() as admin:
        admin.sql("SELECT pg_terminate_backend(%s)", before)

    with pytest.raises(UnknownOutcomeError):
        alice.run_alone(whose, {})

    assert alice.run_alone(whose, {}) != [(before,)]
