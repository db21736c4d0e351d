from pathlib import Path

import pytest
from sqlalchemy import exc, select

from erpdesk.domain.content import ZERO_HASH
from erpdesk.errors import BusyError, RefusedError
from erpdesk.storage import tables as t
from erpdesk.storage.database import open_database
from erpdesk.storage.unit_of_work import TRIES, Unit, fields
from tests.storage.books import Books, voucher_text


class LostRaceError(Exception):
    """What PostgreSQL says to the loser of a race."""

    sqlstate = "40001"


def _sign_ins(books: Books) -> list[str]:
    with books.database_of("alice").reading() as connection:
        rows = connection.execute(select(t.sign_in.c.person).order_by(t.sign_in.c.seq))
        return list(rows.scalars())


def test_that_a_person_signs_in_again_when_somebody_else_wrote_last(books: Books) -> None:
    before = _sign_ins(books)
    for name in ("kate", "kate", "bob", "kate"):
        books.company(name).run(lambda unit: unit.person)
    assert _sign_ins(books)[len(before) :] == ["kate", "bob", "kate"]


def test_that_a_stranger_cannot_write(books: Books) -> None:
    with pytest.raises(RefusedError, match="G2 constraint"):
        books.company("mallory").run(lambda unit: unit.person)


def test_that_nothing_of_a_failed_transaction_stays(books: Books) -> None:
    paper = books.drafted("alice", "voucher", voucher_text(books, books.customers["red"], 5))
    before = _sign_ins(books)
    with pytest.raises(RefusedError, match="G3 not-allowed"):
        paper.take("kate", "submit", "approve")
    assert _sign_ins(books) == before


def test_that_a_lost_race_is_tried_again_and_then_given_up(books: Books) -> None:
    company, pauses = books.company("alice"), list[float]()
    company.pause = pauses.append
    tries: list[int] = []

    def work(_unit: Unit) -> str:
        tries.append(1)
        if len(tries) < 3:
            raise exc.DBAPIError("x", None, LostRaceError())
        return "done"

    assert company.run(work) == "done"
    assert len(pauses) == 2

    def never(_unit: Unit) -> str:
        raise exc.DBAPIError("x", None, LostRaceError())

    with pytest.raises(BusyError):
        company.run(never)
    assert len(pauses) == 2 + TRIES


def test_that_somebody_who_writes_is_waited_for_and_then_named_busy(
    books: Books, tmp_path: Path
) -> None:
    other = open_database(str(tmp_path / "books.erpdesk"))
    waiting = Books(lambda _name: other, books.clock)
    with other.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    with books.database_of("alice").writing(), pytest.raises(BusyError):
        waiting.company("alice").run(lambda unit: unit.person)
    other.close()


def test_that_a_chain_starts_at_one_after_nothing(books: Books) -> None:
    def chain(unit: Unit) -> tuple[int, bytes]:
        return unit.chain()

    assert books.company("cody").run(chain) == (1, ZERO_HASH)
    paper = books.drafted("kate", "receipt", {"memo": "x"})
    seq, last = books.company("kate").run(chain)
    with books.database_of("kate").reading() as connection:
        step = connection.execute(select(t.step).where(t.step.c.document_id == paper.id)).one()
    assert (seq, last) == (step.actor_seq + 1, bytes(step.hash))


def test_that_a_person_without_a_chain_has_one_that_starts(books: Books) -> None:
    def work(here: Unit) -> tuple[int, bytes]:
        here.person = "nobody"  # type: ignore[assignment]
        return here.chain()

    assert books.company("alice").run(work) == (1, ZERO_HASH)


def test_that_ids_go_up_with_time(books: Books) -> None:
    first = books.company("alice").run(lambda unit: unit.new_id())
    assert first[:8] <= books.company("alice").new_id()[:8]


def test_that_fields_come_in_the_order_asked_for() -> None:
    assert fields({"a": 1, "b": 2, "c": None}, ("c", "a")) == [None, 1]
