from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from erpdesk.domain.kinds import KINDS
from erpdesk.errors import RefusedError
from erpdesk.storage import tables as t
from erpdesk.storage.database import Database, open_database
from erpdesk.storage.founding import DAY_US, Grant, NewPerson, add_person, found_file
from tests.fakes import FakeClock
from tests.storage.books import Books, Paper, line, voucher_text

LIMIT = 10**9
ROLES = ("cashier", "accountant", "supervisor", "director", "counter")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = open_database(str(tmp_path / "firm.erpdesk"), create=True)
    with made.writing() as connection:
        found_file(connection, first_month=date(2026, 2, 14))
    yield made
    made.close()


def _owned(database: Database, clock: FakeClock, *, delay_us: int = 0) -> Books:
    """Let one person own the company alone."""
    with database.writing() as connection:
        person = NewPerson("olga", "Olga", ())
        add_person(connection, person, at_us=clock.now_us())
        mode = {"person": "olga", "valid_from": 0, "valid_to": clock.now_us() + DAY_US}
        connection.execute(insert(t.owner_mode).values(mode))
        connection.execute(
            update(t.policy).where(t.policy.c.key == "owner_delay_us").values(value=delay_us)
        )
        for role in ROLES:
            grant = Grant(role, LIMIT, 1000, LIMIT)
            connection.execute(insert(t.authority).values(**_authority(clock, "olga", grant)))
    return Books(lambda _name: database, clock)


def _authority(clock: FakeClock, person: str, grant: Grant) -> dict[str, object]:
    return {
        "id": f"{person}-{grant.role}", "person": person, "role": grant.role,
        "limit_minor": grant.limit_minor, "loss_limit_minor": grant.loss_limit_minor,
        "window_minor": grant.window_minor, "valid_from": clock.now_us(),
    }  # fmt: skip


def _own_voucher(books: Books) -> Paper:
    entry = voucher_text(books, "", 500)["entry"]
    lines = [line(1, "1002", 1, 500), line(2, "6001", -1, 500)]
    return books.submitted("olga", "voucher", {"entry": entry, "lines": lines})


def test_that_an_owner_alone_approves_his_own_work_and_it_is_marked(
    database: Database, clock: FakeClock
) -> None:
    books = _owned(database, clock)
    paper = _own_voucher(books).take("olga", "approve", "post")
    with database.reading() as connection:
        steps = select(t.step.c.verb, t.step.c.self_review).where(
            t.step.c.document_id == paper.id, t.step.c.self_review == 1
        )
        assert [tuple(row) for row in connection.execute(steps)] == [("approve", 1)]


def test_that_an_owner_waits_for_the_delay(database: Database, clock: FakeClock) -> None:
    paper = _own_voucher(_owned(database, clock, delay_us=DAY_US))
    with pytest.raises(RefusedError, match="G4 own-work"):
        paper.take("olga", "approve")


@pytest.mark.parametrize(("role", "alone"), [("cashier", False), ("auditor", True)])
def test_that_another_person_with_authority_ends_the_owner_mode(
    database: Database, clock: FakeClock, role: str, *, alone: bool
) -> None:
    books = _owned(database, clock)
    with database.writing() as connection:
        add_person(connection, NewPerson("kim", "Kim", (Grant(role),)), at_us=clock.now_us())
    paper = _own_voucher(books)
    if alone:
        paper.take("olga", "approve")
        return
    with pytest.raises(RefusedError, match="G4 own-work"):
        paper.take("olga", "approve")


def test_that_the_rules_of_every_kind_are_in_a_new_company(database: Database) -> None:
    with database.reading() as connection:
        kinds = set(connection.execute(select(t.document_kind.c.kind)).scalars())
        rules = connection.execute(select(t.transition_rule)).all()
    assert kinds == {kind.name for kind in KINDS}
    assert len(rules) == sum(len(kind.transitions) for kind in KINDS)


def test_that_periods_are_whole_months_from_the_first_on(database: Database) -> None:
    with database.reading() as connection:
        rows = connection.execute(select(t.period).order_by(t.period.c.period)).all()
    assert rows[0] == ("2026-02", date(2026, 2, 1), date(2026, 2, 28))
    assert rows[-1][0] == "2046-12"
    days = [(a.last_day, b.first_day) for a, b in pairwise(rows)]
    assert {after - before for before, after in days} == {timedelta(days=1)}


def test_that_a_person_comes_with_roles_a_chain_and_a_key(
    database: Database, clock: FakeClock
) -> None:
    grants = (Grant("accountant", loss_limit_minor=5), Grant("counter"))
    person = NewPerson("ann", "Ann", grants, public_key=bytes(32), verifier="argon2")
    with database.writing() as connection:
        add_person(connection, person, at_us=clock.now_us())
    with database.reading() as connection:
        roles = set(connection.execute(select(t.authority.c.role)).scalars())
        chain = connection.execute(select(t.chain_head)).one()
        key = connection.execute(select(t.person_key)).one()
    assert roles == {"accountant", "counter"}
    assert (chain.actor, chain.seq, bytes(chain.hash)) == ("ann", 0, bytes(32))
    assert (key.person, key.n, key.verifier) == ("ann", 1, "argon2")


def test_that_nobody_is_added_twice_or_with_roles_that_exclude_each_other(
    database: Database, clock: FakeClock
) -> None:
    both = NewPerson("kim", "Kim", (Grant("cashier"), Grant("accountant")))
    with (
        pytest.raises(RefusedError, match="G7 cash-and-books"),
        database.writing() as connection,
    ):
        add_person(connection, both, at_us=clock.now_us())
    kim = NewPerson("kim", "Kim", ())
    with database.writing() as connection:
        add_person(connection, kim, at_us=clock.now_us())
    with pytest.raises(RefusedError, match="G2 exists"), database.writing() as connection:
        add_person(connection, kim, at_us=clock.now_us())


def test_that_a_company_is_marked_as_one(database: Database) -> None:
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA application_id").scalar() == 0x45524444
