import sys
from pathlib import Path
from typing import Any

import pytest

from erpdesk.domain.content import record_hash
from erpdesk.services.keeping.verifying import Speed
from erpdesk.storage.audit import AUDIT_FIELDS
from erpdesk.storage.checks_lists import CODES_LISTED
from erpdesk.words.findings import FINDINGS
from tests.storage.proof import Tampering, company_at, found, opened, tampering, verified

pytestmark = pytest.mark.slow

LAST = "SELECT max(actor_seq) FROM audit_event WHERE made_by = 'lintao'"

CHAIN = {
    "K line_differs": "UPDATE campaign_line SET book_minor = book_minor + 1 WHERE n = 2",
    "V4 period_total": "UPDATE period_total SET debit_minor = debit_minor + 1"
    " WHERE account = '4999'",
    "V11 chain_hash": "UPDATE step SET reason = '改过的原因' WHERE id = (SELECT max(id) FROM step)",
    "V11 chain_gap": "DELETE FROM audit_event WHERE detail = 'journal.csv 67'",
    "V11 chain_link": "UPDATE step SET actor_prev = zeroblob(32)"
    " WHERE id = (SELECT max(id) FROM step)",
    "V11 chain_head": "UPDATE chain_head SET seq = seq + 1 WHERE actor = 'chenjing'",
    "V11 sign_in_gap": "DELETE FROM sign_in WHERE seq = 1",
    "V11 never_signed_in": "UPDATE sign_in SET person = 'lintao'",
    "V11 document_link": "UPDATE step SET document_prev = zeroblob(32) WHERE verb = 'approve'",
    "V10 evidence_bytes": "UPDATE evidence_blob SET bytes = zeroblob(length(bytes)) WHERE n = 1",
    "L list_differs": "UPDATE list_customer SET contact = '{}' WHERE n = 3",
    "L list_not_whole": "DELETE FROM delivery"
    " WHERE id NOT IN (SELECT delivery_id FROM delivery_use)",
    "L not_in_list": "UPDATE customer SET contact = '{}' WHERE n = 9",
    "F nothing_there": "UPDATE journal_line SET account = '9999' WHERE rowid = [a line]",
    "S seal_link": "DELETE FROM seal WHERE seq = 1",
    "S seal_hash": "UPDATE seal SET made_at = made_at + 1 WHERE seq = 2",
    "S sealed_head": "UPDATE seal SET heads = 'nobody at all' || char(10) WHERE seq = 2",
}
"""What is found in the chains, and how somebody who holds the file brought it about."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return company_at(tmp_path / "books.erpdesk")


@pytest.mark.parametrize("what", CHAIN)
def test_that_a_tampered_chain_is_found(path: Path, what: str) -> None:
    with tampering(path) as hand:
        hand.do(CHAIN[what])

    assert what in found(path, Speed.CHAIN)
    assert what.partition(" ")[2] in FINDINGS


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE period_total SET {column} = {column} + 1 WHERE period = [last]"  # noqa: S608
        for column in (
            "debit_minor", "credit_minor", "debit_base_minor", "credit_base_minor", "number",
        )
    ]
    + [
        "UPDATE period_total SET series = series || '无' WHERE period = [last]",
        "DELETE FROM period_total WHERE period = [last] AND debit_minor = 0",
        "INSERT INTO period_total VALUES ([last], '无', '1002', 'CNY', 1, 5, 5, 5, 5)",
        "UPDATE journal_line SET base_minor = base_minor + 1 WHERE rowid = [a line]",
        "DELETE FROM journal_line WHERE rowid = [a line]",
    ],
)  # fmt: skip
def test_that_totals_that_are_not_those_of_the_lines_are_found_in_open_months_too(
    path: Path, statement: str
) -> None:
    last = "(SELECT max(period) FROM journal_entry)"
    with tampering(path) as hand:
        assert not hand.ask(f"SELECT 1 FROM period_lock WHERE period = {last}")  # noqa: S608
        hand.do(statement.replace("[last]", last))

    assert "V4 period_total" in found(path, Speed.CHAIN)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE campaign_line SET billed_minor = billed_minor + 1, book_minor = book_minor + 1",
        "UPDATE journal_entry SET posting_date = '2099-01-01'",
        "UPDATE journal_entry SET posted_at = 1",
    ],
)
def test_that_frozen_figures_are_those_of_the_ledger_at_the_freeze(
    path: Path, statement: str
) -> None:
    with tampering(path) as hand:
        hand.do(statement)

    assert "K line_differs" in found(path, Speed.CHAIN)


def test_that_a_count_of_nobody_is_found_though_no_key_refuses_it(path: Path) -> None:
    with tampering(path) as hand:
        hand.do(
            "INSERT INTO count_event (id, campaign_id, customer_id, raw, source, device_id,"
            " device_seq, made_by, received_at, actor_seq, actor_prev, hash)"
            " SELECT id, id, 'nobody', hash, '', id, 1, made_by, 1, 0, hash, hash"
            " FROM (SELECT id, content_hash AS hash, made_by FROM document LIMIT 1)"
        )

    assert "F nothing_there" in found(path, Speed.CHAIN)


def test_that_what_was_posted_in_the_second_of_the_freeze_may_be_in_it_or_not(path: Path) -> None:
    with tampering(path) as hand:
        frozen = (
            "(SELECT min(made_at) + 1000000 FROM step WHERE verb = 'ready' AND kind = 'campaign')"
        )
        hand.do(f"UPDATE journal_entry SET posted_at = {frozen} WHERE period = '2025-12'")  # noqa: S608

    assert "K line_differs" not in found(path, Speed.CHAIN)


def event_of(hand: Tampering, detail: str) -> dict[str, Any]:
    names = [*AUDIT_FIELDS, "hash"]
    row = hand.ask(f"SELECT {', '.join(names)} FROM audit_event WHERE detail = ?", detail)[0]  # noqa: S608
    return dict(zip(names, row, strict=True))


def put(hand: Tampering, row: dict[str, Any]) -> None:
    row = row | {"hash": record_hash("erpdesk.audit.1", [row[name] for name in AUDIT_FIELDS])}
    marks = ", ".join("?" * len(row))
    hand.do(
        f"INSERT OR REPLACE INTO audit_event ({', '.join(row)}) VALUES ({marks})",  # noqa: S608
        *row.values(),
    )


def test_that_a_changed_event_with_a_new_hash_breaks_the_link_to_the_next(path: Path) -> None:
    with tampering(path) as hand:
        put(hand, event_of(hand, "journal.csv 67") | {"detail": "journal.csv 68"})

    assert {"V11 chain_link", "S sealed_head"} <= found(path, Speed.CHAIN)


def test_that_swapped_events_are_found(path: Path) -> None:
    with tampering(path) as hand:
        one, two = event_of(hand, "journal.csv 67"), event_of(hand, "journal.csv 68")
        hand.do("DELETE FROM audit_event WHERE made_by = 'lintao'")
        put(hand, one | {"actor_seq": two["actor_seq"], "actor_prev": two["actor_prev"]})
        put(hand, two | {"actor_seq": one["actor_seq"], "actor_prev": one["actor_prev"]})

    assert {"V11 chain_link", "V11 chain_head"} <= found(path, Speed.CHAIN)


def test_that_an_inserted_event_is_found(path: Path) -> None:
    with tampering(path) as hand:
        last = event_of(hand, "journal.csv 68")
        after = {"actor_seq": last["actor_seq"] + 1, "actor_prev": last["hash"]}
        put(hand, last | after | {"id": "00000000-0000-7000-8000-000000000001"})

    assert found(path, Speed.CHAIN) == {"V11 chain_head"}


def cut_off(hand: Tampering) -> None:
    """Take the last event of a person away, with every trace of it inside."""
    last = event_of(hand, "journal.csv 68")
    hand.do("DELETE FROM audit_event WHERE id = ?", last["id"])
    head = (last["actor_seq"] - 1, last["actor_prev"])
    hand.do("UPDATE chain_head SET seq = ?, hash = ? WHERE actor = 'lintao'", *head)


def test_that_a_cut_off_end_is_found_by_the_seal_after_it(path: Path) -> None:
    with tampering(path) as hand:
        cut_off(hand)

    assert found(path, Speed.CHAIN) == {"S sealed_head"}


def test_that_a_cut_off_end_with_its_seal_is_seen_by_the_outside_seal_alone(path: Path) -> None:
    with tampering(path) as hand:
        outside = bytes(hand.one("SELECT hash FROM seal WHERE seq = 2")).hex()
        cut_off(hand)
        hand.do("DELETE FROM seal WHERE seq = 2")

    assert found(path, Speed.CHAIN) == set()
    assert found(path, Speed.CHAIN, outside[:16].upper()) == {"S outside_seal"}


def test_that_the_events_of_somebody_without_a_head_are_found(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("DELETE FROM chain_head WHERE actor = 'shenjia'")

    assert "V11 chain_head" in found(path, Speed.CHAIN)


def test_that_a_head_without_events_is_found(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE chain_head SET hash = x'01', seq = 1 WHERE actor = 'heping'")

    assert found(path, Speed.CHAIN) == {"V11 chain_head"}


def test_that_a_clock_that_went_back_is_noted(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE step SET made_at = 1 WHERE actor_seq = 2 AND made_by = 'shenjia'")
    said = verified(path, Speed.CHAIN)

    assert "clock_back" in {note.what for note in said.notes}


def test_that_only_the_first_findings_are_kept_and_all_are_counted(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE step SET risk = risk + 1")
        steps = hand.one("SELECT count(*) FROM step")
    said = verified(path, Speed.CHAIN)
    check = next(check for check in said.checks if check.code == "V11")

    assert check.count == steps > len(said.findings) == 20
    assert said.count == steps


@pytest.mark.skipif(sys.platform == "win32", reason="the measure is the system's")
def test_that_memory_stays_small_however_much_is_wrong(path: Path) -> None:
    import tracemalloc

    with tampering(path) as hand:
        hand.do(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
            " INSERT INTO audit_event SELECT printf('%036d', i), 'heping', i, 'x', 'y', i,"
            " zeroblob(32), zeroblob(32) FROM n"
        )
    verified(path, Speed.RULES)
    tracemalloc.start()
    said = verified(path, Speed.CHAIN)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert said.count > 20_000
    assert peak < 20_000_000


def test_that_codes_of_a_list_are_found_by_index_however_many_customers_it_has(path: Path) -> None:
    values = {"list": "", "rows": 1, "document": ""}
    with opened(path) as database, database.reading() as connection:
        asked = f"EXPLAIN QUERY PLAN {CODES_LISTED}"
        plan = [row[-1] for row in connection.exec_driver_sql(asked, values)]

    assert [step.split()[0] for step in plan] == ["SEARCH", "SEARCH"]
