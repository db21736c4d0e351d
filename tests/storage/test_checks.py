import re
from pathlib import Path

import pytest
from sqlalchemy import event, text

from erpdesk.services.keeping.verifying import ORDER, Speed
from erpdesk.storage.checks import beside, looking
from erpdesk.storage.checks_sql import LABELS, questions, spelled
from erpdesk.words.findings import CHECKS, FINDINGS
from tests.storage.proof import company_at, found, opened, tampering, verified

RULES = {
    "V1 unbalanced": "UPDATE journal_line SET amount_minor = amount_minor + 1,"
    " base_minor = base_minor + 1 WHERE rowid = [a line]",
    "V1 without_lines": "DELETE FROM journal_line WHERE entry_id = [reversal]",
    "V1 base_differs": "UPDATE journal_line SET base_minor = 7 WHERE rowid = [a line]",
    "V2 items_differ": "UPDATE open_item SET open_minor = open_minor - 1 WHERE id = [an item]",
    "V2 nobodys_line": "UPDATE journal_line SET customer_id = NULL WHERE rowid = [a line]",
    "V2 left_in_base": "UPDATE journal_line SET currency = 'USD' WHERE side = -1 AND item_id IN"
    " (SELECT id FROM open_item WHERE open_minor = 0)",
    "V3 open_differs": "UPDATE open_item SET version = version + 1 WHERE id = [an item]",
    "V3 over_allocated": "UPDATE open_item SET open_minor = -1 WHERE id = [an item]",
    "V3 not_an_undo": "UPDATE allocation SET amount_minor = amount_minor - 1 WHERE id = [undoing]",
    "V3 not_a_match": "UPDATE allocation SET charge_id = (SELECT i.id FROM open_item i"
    " WHERE i.original_minor > 0 AND i.customer_id <> (SELECT c.customer_id FROM open_item c"
    " WHERE c.id = credit_id)) WHERE id = [a link]",
    "V4 totals_differ": "DELETE FROM open_item WHERE id = [an item]",
    "V5 not_approved": "UPDATE step SET content_hash = (SELECT content_hash FROM step"
    " WHERE kind = 'receipt') WHERE verb = 'approve' AND document_id = [voucher]",
    "V5 entry_not_posted": "UPDATE journal_entry SET content_hash = (SELECT max(hash) FROM content"
    " WHERE hash <> content_hash) WHERE document_id = [voucher]",
    "V6 own_work": "UPDATE step SET made_by = 'chenjing', actor_seq = 9999"
    " WHERE verb = 'approve' AND document_id = [voucher]",
    "V6 no_owner_mode": "UPDATE step SET self_review = 1 WHERE verb = 'approve'"
    " AND document_id = [voucher]",
    "V7 gap": "UPDATE journal_entry SET number = 50 WHERE number = 2 AND series = '记'",
    "V7 series_differs": "UPDATE number_series SET last = last + 1 WHERE series = '记'",
    "V7 series_missing": "DELETE FROM number_series WHERE series = '收'",
    "V7 document_gap": "UPDATE document SET number = '临-202611-0009' WHERE id = [voucher]",
    "V7 strange_number": "UPDATE document SET number = '临-202611-IX' WHERE id = [voucher]",
    "V7 without_number": "UPDATE document SET number = NULL WHERE id = [voucher]",
    "V7 wrong_mark": "UPDATE document SET number = '收-202611-0099' WHERE id = [voucher]",
    "V8 posted_after_lock": "UPDATE period_lock SET made_at = 1",
    "V8 out_of_period": "UPDATE journal_entry SET posting_date = '2024-01-31'"
    " WHERE document_id = [voucher]",
    "V9 over_reversed": "UPDATE journal_line SET amount_minor = 2 * amount_minor,"
    " base_minor = 2 * base_minor WHERE entry_id = [reversal]",
    "V9 no_origin": "UPDATE journal_entry SET reverses = id WHERE id = [reversal]",
    "V9 red_without_origin": "UPDATE journal_entry SET reverses = NULL WHERE id = [reversal]",
    "V9 over_claimed": "UPDATE journal_line SET amount_minor = 2 * amount_minor,"
    " base_minor = 2 * base_minor WHERE account = '2241' AND side = 1",
    "V9 not_a_claim": "UPDATE journal_entry SET identifies = NULL WHERE identifies IS NOT NULL",
    "V10 evidence_size": "UPDATE evidence SET size = size + 1 WHERE name = '大文件.txt'",
    "V10 paper_copies": "UPDATE paper SET copy = 1",
    "V10 paper_missing": "DELETE FROM evidence WHERE hash IN (SELECT hash FROM paper)",
    "H document_head": "UPDATE document SET state = 'approved' WHERE id = [voucher]",
    "H step_without_document": "DELETE FROM document WHERE id = [voucher]",
    "H illegal_step": "UPDATE step SET from_state = 'draft' WHERE verb = 'approve'"
    " AND document_id = [voucher]",
    "H authority_not_approved": "INSERT INTO authority (id, person, role, valid_from)"
    " VALUES ('00000000-0000-7000-8000-000000000001', 'wangfang', 'director', 9000000000000000)",
    "D over_used": "UPDATE delivery SET amount_minor = 1 WHERE id IN (SELECT delivery_id"
    " FROM delivery_use GROUP BY delivery_id HAVING sum(amount_minor) > 0)",
    "D use_not_freed": "UPDATE document SET state = 'voided' WHERE id IN (SELECT document_id"
    " FROM delivery_use GROUP BY document_id HAVING sum(amount_minor) > 0)",
}
"""What is found, and how somebody who holds the file brought it about."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return company_at(tmp_path / "books.erpdesk")


@pytest.mark.parametrize("speed", list(Speed))
def test_that_honest_books_are_clean_at_every_speed(path: Path, speed: Speed) -> None:
    said = verified(path, speed)

    assert (said.findings, said.count, said.is_clean) == ((), 0, True)


def test_that_verifying_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    verified(path)

    assert path.read_bytes() == before


@pytest.mark.parametrize("what", RULES)
def test_that_tampered_books_break_the_rule(path: Path, what: str) -> None:
    with tampering(path) as hand:
        hand.do(RULES[what])

    assert what in found(path, Speed.RULES)


def test_that_taking_a_guard_out_is_found(path: Path) -> None:
    with opened(path) as database, database.writing() as connection:
        connection.execute(text("DROP TRIGGER step_judge"))

    assert found(path, Speed.RULES) == {"G guard_missing"}


def test_that_a_weaker_guard_is_found(path: Path) -> None:
    with opened(path) as database, database.writing() as connection:
        connection.execute(text("DROP TRIGGER step_no_delete"))
        connection.execute(
            text("CREATE TRIGGER step_no_delete BEFORE DELETE ON step BEGIN SELECT 1; END")
        )

    assert found(path, Speed.RULES) == {"G guard_changed"}


def test_that_a_trigger_that_is_not_ours_is_found(path: Path) -> None:
    with opened(path) as database, database.writing() as connection:
        connection.execute(
            text("CREATE TRIGGER quiet AFTER INSERT ON step BEGIN DELETE FROM sign_in; END")
        )

    assert found(path, Speed.RULES) == {"G guard_strange"}


def test_that_an_approver_who_endorsed_or_counted_is_found(path: Path) -> None:
    with tampering(path) as hand:
        campaign = hand.one("SELECT id FROM document WHERE kind = 'campaign' AND state = 'closed'")
        hand.do("UPDATE count_event SET made_by = 'zhoumin' WHERE campaign_id = ?", campaign)

    assert "V6 own_work" in found(path, Speed.RULES)


def test_that_an_approver_who_explained_a_difference_is_found(path: Path) -> None:
    with tampering(path) as hand:
        campaign = hand.one("SELECT id FROM document WHERE kind = 'campaign' AND state = 'closed'")
        hand.do(
            "INSERT INTO line_variance SELECT id, campaign_id, customer_id, 'CNY', 1, '{}',"
            " 'zhoumin', received_at, 0, actor_prev, hash FROM count_event"
            " WHERE campaign_id = ? LIMIT 1",
            campaign,
        )

    assert "V6 own_work" in found(path, Speed.RULES)


def test_that_a_self_review_in_owner_mode_is_noted_and_breaks_no_rule(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("INSERT INTO owner_mode VALUES ('lintao', 0, 9000000000000000)")
        hand.do(RULES["V6 no_owner_mode"])
    said = verified(path, Speed.RULES)

    assert [note.what for note in said.notes] == ["self_review"]
    assert {one.where for one in said.findings} == {"lintao"}


def test_that_a_finding_says_where(path: Path) -> None:
    with tampering(path) as hand:
        number = hand.one("SELECT number FROM document WHERE id = [voucher]")
        hand.do(RULES["H document_head"])

    assert [one.where for one in verified(path, Speed.RULES).findings] == [number]


def test_that_a_wrong_sum_says_by_how_much(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE open_item SET open_minor = open_minor + 1234"
                " WHERE id = (SELECT min(id) FROM open_item WHERE open_minor > 0)")  # fmt: skip
    off = {
        f"{one.code} {one.what}": (one.off_minor, one.currency)
        for one in verified(path, Speed.RULES).findings
    }

    assert off["V2 items_differ"] == (-1234, "CNY")
    assert off["V3 open_differs"] == (1234, "CNY")
    assert off["V4 totals_differ"] == (-1234, "CNY")


def test_that_every_rule_is_tried_and_has_its_words() -> None:
    asked = {f"{code} {what}" for code, rules in questions().items() for what in rules}

    assert {name for name in asked if not name.startswith("Q ")} <= RULES.keys()
    assert {name.partition(" ")[2] for name in RULES} <= FINDINGS.keys()
    assert CHECKS.keys() == set(ORDER)


@pytest.mark.parametrize("what", sorted(FINDINGS))
def test_that_a_finding_says_where_in_both_languages(what: str) -> None:
    chinese, english = (FINDINGS[what].said(spoken, {"where": "临-1"}) for spoken in ("zh", "en"))

    assert "临-1" in chinese
    assert "临-1" in english
    assert re.search(r"[\u4e00-\u9fff]", chinese.replace("临-1", ""))
    assert not re.search(r"[\u4e00-\u9fff]", english.replace("临-1", ""))


def test_that_no_question_keeps_an_abbreviation() -> None:
    rules = questions()
    whole = [spelled(statement) for code in rules.values() for statement in code.values()]

    assert whole
    assert not [one for one in whole if any(short in one for short in LABELS)]


def test_that_a_second_look_sees_the_same_or_there_is_none(tmp_path: Path) -> None:
    tables = "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
    with opened(company_at(tmp_path / "books")) as database:

        def store(name: str) -> None:
            with database.writing() as connection:
                connection.exec_driver_sql(f"CREATE TABLE {name} (n)")

        def between(_: object, __: object, statement: str, *___: object) -> None:
            if statement == "ROLLBACK":
                store("another")

        with looking(database, lambda *_: True) as one, beside(one, database) as other:
            assert other is not None
            store("one")
            both = [books.all(tables) for books in (one, other)]
        event.listen(database.engine, "before_cursor_execute", between)
        with looking(database, lambda *_: True) as one, beside(one, database) as other:
            assert other is None

    assert both[0] == both[1]
