from pathlib import Path

import pytest
from sqlalchemy import text

from erpdesk.domain.content import ZERO_HASH, record_hash
from erpdesk.errors import RefusedError
from erpdesk.services.keeping.verifying import Speed
from erpdesk.storage.audit import record_audit
from erpdesk.storage.papers import last_seal
from erpdesk.storage.seals import NotASealError, heads_text, make_seal
from tests.storage.proof import company_at, found, opened, signed_in, tampering


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return company_at(tmp_path / "books.erpdesk")


def test_that_a_seal_is_a_line_a_person_sorted_and_chained_to_the_seal_before(path: Path) -> None:
    with opened(path) as database:
        company = signed_in(database, "zhoumin")
        made = company.run(make_seal)
        with database.reading() as connection:
            rows = connection.execute(text("SELECT * FROM seal ORDER BY seq DESC LIMIT 2")).all()
            heads = connection.execute(text("SELECT actor, seq, hash FROM chain_head")).all()
    new, old = rows

    assert new.heads == "".join(sorted(f"{a} {n} {bytes(h).hex()}\n" for a, n, h in heads))
    assert bytes(new.prev) == bytes(old.hash)
    assert bytes(new.hash) == made.hash
    assert made.hash == record_hash(
        "erpdesk.seal.1", [new.seq, "zhoumin", new.made_at, new.heads, bytes(old.hash)]
    )


def test_that_the_first_seal_follows_on_nothing(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("DELETE FROM seal")
    with opened(path) as database:
        with database.reading() as connection:
            assert last_seal(connection) is None
        made = signed_in(database, "lintao").run(make_seal)
        with database.reading() as connection:
            row = connection.execute(text("SELECT seq, prev FROM seal")).one()
            assert last_seal(connection) == made.hash

    assert (row.seq, bytes(row.prev)) == (1, ZERO_HASH)
    assert found(path, Speed.CHAIN) == set()


def test_that_seals_hold_while_the_books_go_on(path: Path) -> None:
    with opened(path) as database:
        company = signed_in(database, "lintao")
        seal = company.run(make_seal)
        company.run(lambda unit: record_audit(unit, "export journal", "more.csv 1"))
        with database.reading() as connection:
            now = heads_text(connection)

    assert found(path, Speed.CHAIN, seal.hash.hex()[:16]) == set()
    assert "lintao" in now


@pytest.mark.parametrize("digits", ["", "12345", "z" * 16, "0" * 65])
def test_that_what_is_no_seal_is_refused(path: Path, digits: str) -> None:
    with pytest.raises(NotASealError):
        found(path, Speed.RULES, digits)


def test_that_an_outside_seal_is_looked_for_at_every_speed(path: Path) -> None:
    assert found(path, Speed.RULES, "0" * 16) == {"S outside_seal"}


@pytest.mark.parametrize(
    "line",
    ["", "lintao 1", "lintao 1 " + "0" * 64, "nobody 3 " + "0" * 64, "lintao 0 " + "1" * 64],
)
def test_that_a_sealed_head_that_is_nobodys_is_found(path: Path, line: str) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE seal SET heads = heads || ? WHERE seq = 2", f"{line}\n")

    assert found(path, Speed.CHAIN) == {"S seal_hash", "S sealed_head"}


def test_that_a_seal_is_never_changed(path: Path) -> None:
    with opened(path) as database:
        company = signed_in(database, "lintao")
        with pytest.raises(RefusedError, match="G2 log"):
            company.run(lambda unit: unit.connection.execute(text("UPDATE seal SET made_at = 0")))
