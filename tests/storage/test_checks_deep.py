import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from erpdesk.domain.approval import Decision, Verb
from erpdesk.domain.content import canonical, content_hash, parse, record_text
from erpdesk.domain.ids import DocumentId, PersonName
from erpdesk.domain.stocktake.campaign import CampaignPlan
from erpdesk.domain.stocktake.variance import Tolerance
from erpdesk.errors import StorageError
from erpdesk.services.adding_people import AddingPeople, Grant
from erpdesk.services.approving import Approving
from erpdesk.services.keeping.verifying import Speed
from erpdesk.services.stocktake.campaigns import Campaigns
from erpdesk.services.writing import Writing
from erpdesk.storage import customers, documents
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.unit_of_work import Company, Unit
from erpdesk.words.findings import FINDINGS
from tests.fakes import FakeClock
from tests.storage.books import Books, voucher_text
from tests.storage.proof import (
    company_at,
    found,
    opened,
    proven,
    rows_of,
    signed_in,
    tampering,
    verified,
)

pytestmark = pytest.mark.slow

NAMED = "(SELECT hash FROM evidence WHERE name = '签收单.txt')"

ANOTHER = "(SELECT c.id FROM customer c WHERE c.id IS NOT document.customer_id LIMIT 1)"
DEEP = {
    "C text_hash": "UPDATE content SET body = replace(body, '\"n\":1', '\"n\":7')"
    " WHERE body LIKE '%\"n\":1%'",
    "C text_form": "UPDATE content SET body = body || ' ' WHERE body LIKE '%\"scope\"%'",
    "H other_text": f"UPDATE document SET customer_id = {ANOTHER} WHERE id = [voucher]",  # noqa: S608
    "H said_differs": """UPDATE content SET body =
        replace(body, '"variances":[]', '"variances":[{"difference":1}]')""",
    "H authority_differs": "UPDATE authority SET limit_minor = 5 WHERE document_id IS NOT NULL",
    "P entry_differ": "UPDATE journal_entry SET rule = 'P9/9' WHERE document_id = [voucher]",
    "P lines_differ": "UPDATE journal_line SET text = '别的摘要' WHERE rowid = [a line]",
    "P items_of_text_differ": "UPDATE open_item SET due_date = '2030-01-01' WHERE entry_id IN"
    " (SELECT id FROM journal_entry WHERE document_id = [voucher])",
    "P allocations_differ": "UPDATE allocation SET id = '00000000-0000-7000-8000-000000000001'"
    " WHERE id = [a link]",
    "P entry_unapproved": "UPDATE journal_entry SET step_id = (SELECT id FROM step"
    " WHERE verb = 'draft' AND document_id = [voucher]) WHERE document_id = [voucher]",
    "P lines_unapproved": "UPDATE step SET verb = 'note' WHERE verb = 'post'"
    " AND document_id = [voucher]",
    "P items_unapproved": "UPDATE step SET verb = 'note' WHERE verb = 'post'"
    " AND document_id = [voucher]",
    "P allocations_unapproved": "UPDATE step SET verb = 'note' WHERE verb = 'post'"
    " AND kind = 'receipt'",
    "L not_in_list": "UPDATE open_item SET label = '应-999' WHERE label LIKE '应-%'",
    "M customer_differs": "UPDATE customer SET contact = '{}' WHERE n = 2",
    "M customer_behind": "UPDATE customer SET document_id = (SELECT document_id FROM customer"
    " WHERE n = 1) WHERE n = 2",
    "D use_differs": "UPDATE delivery_use SET amount_minor = amount_minor - 1"
    " WHERE amount_minor > 0",
    "V10 evidence_missing": "DELETE FROM evidence WHERE name = '签收单.txt'",
    "V12 unsigned": "UPDATE step SET signature = NULL WHERE verb = 'approve'",
    "V12 bad_signature": "UPDATE step SET signature = zeroblob(64) WHERE verb = 'approve'",
    "V12 key_not_registered": "UPDATE person SET public_key = zeroblob(32) WHERE name = 'lintao'",
}
"""What is found by reading every text, and how somebody who holds the file brought it about."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return company_at(tmp_path / "books.erpdesk")


@pytest.mark.parametrize("what", DEEP)
def test_that_rows_that_are_no_approved_text_are_found(path: Path, what: str) -> None:
    with tampering(path) as hand:
        hand.do(DEEP[what])

    assert what in found(path)
    assert what.partition(" ")[2] in FINDINGS


POSTED = "(SELECT content_hash FROM step WHERE verb = 'post')"
OTHER_HEADS = {"kind": "'paper'", "customer_id": ANOTHER}


@pytest.mark.parametrize("which", ["IN", "NOT IN"])
@pytest.mark.parametrize(
    ("what", "body"),
    [("text_hash", "replace(body, 'a', 'b')"), ("text_form", "replace(body, ':', ': ')")],
)
def test_that_texts_are_read_strictly_whether_posted_or_not(
    path: Path, which: str, what: str, body: str
) -> None:
    with tampering(path) as hand:
        touched = hand.do(f"UPDATE content SET body = {body} WHERE hash {which} {POSTED}")  # noqa: S608
    checks = {check.code: check.count for check in verified(path).checks}

    assert f"C {what}" in found(path)
    assert checks["C"] >= touched


@pytest.mark.parametrize("which", ["IN", "NOT IN"])
@pytest.mark.parametrize("column", OTHER_HEADS)
def test_that_heads_are_those_of_their_texts_whether_posted_or_not(
    path: Path, which: str, column: str
) -> None:
    with tampering(path) as hand:
        hand.do(
            f"UPDATE document SET {column} = {OTHER_HEADS[column]}"  # noqa: S608
            f" WHERE content_hash {which} {POSTED} AND customer_id IS NOT NULL"
        )

    assert "H other_text" in found(path)


def test_that_a_posting_whose_text_is_gone_is_found(path: Path) -> None:
    with tampering(path) as hand:
        hand.do(f"DELETE FROM content WHERE hash IN {POSTED}")  # noqa: S608

    assert {"H other_text", "P entry_differ", "F nothing_there"} <= found(path)


def test_that_a_text_rewritten_together_with_its_hash_is_found(path: Path) -> None:
    with tampering(path) as hand:
        body = hand.one("SELECT c.body FROM document d JOIN content c ON c.hash = d.content_hash"
                        " WHERE d.id = [voucher]")  # fmt: skip
        text = parse(body)
        text["lines"][0]["amount"] += 1
        new = canonical(text)
        old = content_hash(body)
        hand.do("UPDATE content SET body = ?, hash = ? WHERE hash = ?", new, content_hash(new), old)
        for table in ("step", "document", "journal_entry"):
            hand.do(
                f"UPDATE {table} SET content_hash = ? WHERE content_hash = ?",  # noqa: S608
                content_hash(new),
                old,
            )

    assert {"V11 chain_hash", "V12 bad_signature", "P lines_differ"} <= found(path)


@pytest.mark.parametrize(
    "body",
    [
        *("[]", '"x"', '{"lines":7}', '{"lines":[7]}', '{"list":7}', "{x", '{"a"'),
        '{"evidence":[{}]}',
    ],
)
def test_that_a_text_that_is_no_document_is_a_finding_and_no_crash(path: Path, body: str) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE content SET body = ?", body)

    assert {"C text_hash", "P lines_differ", "H other_text"} <= found(path)


# ---- signatures


def _signing(
    company: Company, sign: object, *, document: str | None = None, **other: object
) -> bytes:
    assert callable(sign)
    names = "document_id, seq, kind, verb, content_hash, made_by"
    with company.database.reading() as connection:
        row = connection.exec_driver_sql(
            f"SELECT {names} FROM step WHERE verb = 'approve' AND document_id = ?",  # noqa: S608
            (document,),
        ).one()
    fields = dict(zip(names.split(", "), row, strict=True)) | other
    return bytes(sign(record_text("erpdesk.sign.1", list(fields.values())).encode()))


@pytest.mark.parametrize("forgery", ["wrong key", "other document", "old version", "none"])
def test_that_a_signature_counts_for_one_key_document_and_version(path: Path, forgery: str) -> None:
    with tampering(path) as hand:
        voucher = hand.one("SELECT [voucher]")
        other = hand.one("SELECT document_id FROM step WHERE verb = 'approve' AND made_by ="
                         " 'lintao' AND document_id <> ?", voucher)  # fmt: skip
    with opened(path) as database:
        company = signed_in(database, "lintao")
        mine = company.signer
        signature = {
            "wrong key": lambda: _signing(
                company, Ed25519PrivateKey.generate().sign, document=voucher
            ),
            "other document": lambda: _signing(company, mine, document=other),
            "old version": lambda: _signing(
                company, mine, document=voucher, content_hash=bytes(32)
            ),
            "none": lambda: _signing(company, mine, document=voucher),
        }[forgery]()
    with tampering(path) as hand:
        hand.do(
            "UPDATE step SET signature = ? WHERE verb = 'approve' AND document_id = ?",
            signature,
            voucher,
        )

    assert found(path) == (set() if forgery == "none" else {"V11 chain_hash", "V12 bad_signature"})


def _changed_customer(company: Company) -> Document:
    with company.database.reading() as connection:
        customer = customers.every(connection)[2]
    record = {**customer.record, "terms_days": "45"}
    text = {"customer": customer.id, "record": record, "contact": customer.contact}
    return Writing(company).draft("customer", text, then=("submit",)).value


def _approve(company: Company, document: Document) -> None:
    decision = Decision(DocumentId(document.id), document.seen, Verb.APPROVE)
    Approving(company, FakeClock()).decide(decision)


def test_that_old_signatures_stay_good_after_a_new_key_and_the_old_key_signs_no_more(
    path: Path,
) -> None:
    new = Ed25519PrivateKey.generate()
    key = {"person": "lintao", "public_key": new.public_key().public_bytes_raw().hex()}
    with opened(path) as database:
        supervisor, director = signed_in(database, "lintao"), signed_in(database, "zhoumin")
        accountant = signed_in(database, "chenjing")
        text = {"keys": [key], "memo": "新密钥"}
        registered = Writing(supervisor).draft("authority", text, then=("submit",)).value
        _approve(director, registered)
        after_registering = found(path)
        supervisor.signer = new.sign
        _approve(supervisor, _changed_customer(accountant))
        signed_by_new = found(path)
        _approve(signed_in(database, "lintao"), _changed_customer(accountant))

    assert (after_registering, signed_by_new) == (set(), set())
    assert found(path) == {"V12 bad_signature"}


# ---- honest detours


def _take(company: Company, document_id: str, *verbs: str, reason: str | None = None) -> None:
    def work(unit: Unit) -> None:
        for verb in verbs:
            now = documents.look(unit.connection, document_id)
            step = NextStep(unit.new_id(), now.id, now.kind, now.seen, verb, reason)
            documents.take_step(unit, step)

    company.run(work)


def test_that_a_delivery_taken_out_of_a_rejected_voucher_is_no_finding(path: Path) -> None:
    with opened(path) as database:
        accountant, supervisor = signed_in(database, "chenjing"), signed_in(database, "lintao")
        books = Books(lambda _: database, FakeClock())
        with database.reading() as connection:
            delivery, customer, amount = connection.exec_driver_sql(
                "SELECT id, customer_id, amount_minor FROM delivery"
                " WHERE id NOT IN (SELECT delivery_id FROM delivery_use)"
            ).first()  # type: ignore[misc]
        text = voucher_text(books, customer, amount)
        used = text | {"deliveries": [{"id": delivery, "amount": amount}]}
        draft = Writing(accountant).draft("voucher", used).value
        _take(accountant, draft.id, "submit")
        held = found(path)
        _take(supervisor, draft.id, "reject", reason="这张出库单不该在里面")
        with database.reading() as connection:
            rejected = documents.look(connection, draft.id)
        Writing(accountant).edit(rejected, text)
        _take(accountant, draft.id, "submit")
        _take(supervisor, draft.id, "approve", "post")

    assert (held, found(path)) == (set(), set())


def test_that_columns_and_codes_of_an_imported_customer_are_those_of_its_record(
    path: Path,
) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE customer SET name = '别的公司' WHERE n = 9")
        hand.do("UPDATE customer_code SET kind = 'old' WHERE customer_id ="
                " (SELECT id FROM customer WHERE n = 10)")  # fmt: skip

    assert found(path) == {"M customer_differs", "L not_in_list"}


def test_that_a_code_given_up_and_taken_again_is_no_finding(path: Path) -> None:
    with opened(path) as database:
        accountant, supervisor = signed_in(database, "chenjing"), signed_in(database, "lintao")
        with database.reading() as connection:
            customer = next(
                row for row in customers.every(connection) if len(row.record["codes"]) > 1
            )
        fewer = {**customer.record, "codes": customer.record["codes"][:1]}
        for record in (fewer, customer.record):
            text = {"customer": customer.id, "record": record, "contact": customer.contact}
            changed = Writing(accountant).draft("customer", text, then=("submit",)).value
            _approve(supervisor, changed)
            assert found(path) == set()


@pytest.mark.parametrize(
    "change", ["valid_from = valid_from - 1", "valid_to = NULL", "valid_to = valid_to + 1"]
)
def test_that_a_right_that_was_ended_is_no_finding_until_it_is_prolonged(
    path: Path, change: str
) -> None:
    with opened(path) as database:
        adding = AddingPeople(signed_in(database, "lintao"), FakeClock())
        ended = adding.ask_for("wangfang", (Grant("collector"),), ends=True)
        decision = Decision(DocumentId(ended.id), ended.seen, Verb.APPROVE)
        Approving(signed_in(database, "zhoumin"), FakeClock()).decide(decision)
    assert found(path) == set()

    with tampering(path) as hand:
        hand.do(f"UPDATE authority SET {change} WHERE valid_to IS NOT NULL")  # noqa: S608
    assert found(path) == {"H authority_differs"}


def test_that_a_campaign_given_up_before_it_began_is_no_finding(path: Path) -> None:
    with opened(path) as database:
        supervisor = signed_in(database, "lintao")
        plan = CampaignPlan(
            "春季盘点", FakeClock().today(), "CNY", blind=False, tolerance=Tolerance(100),
            counters=(PersonName("wangfang"),), customers=(),
        )  # fmt: skip
        planned = Campaigns(supervisor, FakeClock()).plan(plan).value
        _take(supervisor, planned.id, "cancel", reason="推迟到下个季度再盘")

    assert found(path) == set()


# ---- broken files


def test_that_a_file_broken_in_itself_is_not_looked_at_further(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE step SET reason = CAST(x'ff' AS TEXT)")  # which no driver can read
        hand.connection.commit()
        hand.ask("PRAGMA writable_schema=ON")
        hand.do("UPDATE sqlite_master SET sql = replace(sql, 'WHERE open_minor <> 0', '')"
                " WHERE name = 'ix_open_item_due'")  # fmt: skip

    said = verified(path)
    assert {one.code for one in said.findings} == {"B"}
    assert [check.code for check in said.checks] == ["B"]


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("flips", [60, pytest.param(500, marks=pytest.mark.nightly)])
def test_that_flipped_bytes_are_found_or_harmless_and_never_crash(
    tmp_path: Path, flips: int, caplog: pytest.LogCaptureFixture
) -> None:
    import random

    caplog.set_level("CRITICAL", "sqlalchemy.pool")  # it tells of cursors that do not close

    chance = random.Random(16)  # noqa: S311 - the same flips every time
    honest = rows_of(company_at(tmp_path / "honest.erpdesk"))
    outcomes, longest_s, overlooked = [], 0.0, list[int]()
    for n in range(flips):
        data = bytearray(proven())
        at = chance.randrange(len(data))
        data[at] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{n}.erpdesk"
        path.write_bytes(data)
        begun = time.process_time()
        try:
            outcomes.append(verified(path, Speed.DEEP).is_clean)
        except StorageError:
            outcomes.append(False)
        longest_s = max(longest_s, time.process_time() - begun)
        if outcomes[-1] and rows_of(path) != honest:
            overlooked.append(at)
        path.unlink()

    assert len(outcomes) == flips
    assert longest_s < 5
    assert overlooked == []
    assert outcomes.count(False) > flips / 2
