# ruff: noqa: E501 - SQL as it is sent
"""What people may do goes through: the control to every refusal."""

import hashlib
from datetime import date

import pytest

from erpdesk.domain.content import content_hash, parse, record_hash
from erpdesk.storage.counts import COUNT_FIELDS, DECISION_FIELDS
from erpdesk.storage.database import open_database
from erpdesk.storage.documents import STEP_FIELDS, NextStep, draft, look, take_step
from erpdesk.storage.unit_of_work import Company, Unit
from erpdesk.storage.variances import VARIANCE_FIELDS
from tests.storage.postgres.firm import (
    PASSWORD,
    Doc,
    Firm,
    a_count,
    a_customer,
    a_delivery,
    a_line,
    a_list,
    a_receipt,
    a_reversal,
    a_voucher,
    an_allocation,
    an_entry,
    an_id,
    imported_deliveries,
    item_of,
    now_us,
)
from tests.storage.postgres.world import World, lock_period

pytestmark = pytest.mark.postgres


def _head(firm: Firm, doc: Doc) -> tuple[str, str | None]:
    row = firm.rows("SELECT state, number FROM erp.document WHERE id = %s", doc.id)[0]
    return (row[0], row[1])


def _open(firm: Firm, doc: Doc) -> tuple[int, int]:
    row = firm.rows("SELECT open_minor, version FROM erp.open_item WHERE id = %s", item_of(doc))[0]
    return (row[0], row[1])


def test_that_a_voucher_is_posted_settled_taken_back_and_reversed(firm: Firm) -> None:
    customer = firm.posted("alice", "bob", "customer", a_customer("P1")).content["customer"]
    voucher = firm.posted("alice", "bob", "voucher", a_voucher(customer))
    receipt = firm.posted("kate", "bob", "receipt", a_receipt(customer))
    matched = an_allocation(voucher, receipt, 50_00)
    firm.made("alice", "allocation", matched, "submit", "allocate", "post")
    assert (_open(firm, voucher), _open(firm, receipt)) == ((63_00, 2), (0, 2))
    undo = an_allocation(
        voucher, receipt, -50_00, versions=(2, 2), undoes=matched["allocations"][0]["id"]
    )
    firm.posted("carol", "bob", "allocation", undo)
    assert (_open(firm, voucher), _open(firm, receipt)) == ((113_00, 3), (-50_00, 3))
    firm.posted("alice", "bob", "reversal", a_reversal(voucher, version=3))
    assert _open(firm, voucher) == (0, 4)
    sums = firm.rows(
        "SELECT account, sum(side * amount_minor) FROM erp.journal_line l"
        " WHERE customer_id = %s GROUP BY 1 ORDER BY 1", customer,
    )  # fmt: skip
    assert sums == [("1122.02", 0), ("2203", -50_00)]


def test_that_numbers_name_mark_month_and_count(firm: Firm, world: World) -> None:
    voucher = firm.made(
        "alice", "voucher", a_voucher(world.customers[7], day="2027-03-05"), "submit"
    )
    assert _head(firm, voucher) == ("submitted", "临-202703-0001")
    assert _head(firm, world.docs["campaign"]) == ("counting", "盘-0001")
    assert _head(firm, world.docs["draft"]) == ("draft", None)
    firm.does("bob", voucher, "approve", "post")
    entry = firm.rows(
        "SELECT series, period, number, posting_date FROM erp.journal_entry WHERE document_id = %s",
        voucher.id,
    )
    assert entry == [("记", "2027-03", 1, date(2027, 3, 5))]


def test_that_two_people_decide_on_a_large_sum(firm: Firm, world: World) -> None:
    doc = firm.does("dirk", world.docs["endorsed"], "approve", "post")
    assert _head(firm, doc)[0] == "posted"


def test_that_who_signs_with_a_registered_key_may_approve(firm: Firm, world: World) -> None:
    doc = firm.does("sig", world.docs["waiting"], "approve", signature=b"s" * 64)
    assert _head(firm, doc)[0] == "approved"


def test_that_a_small_difference_is_written_off_alone(firm: Firm, world: World) -> None:
    voucher = firm.posted("alice", "ben", "voucher", a_voucher(world.customers[6]))
    content = an_allocation(voucher, voucher, 10_00)
    for name in ("credit", "credit_version"):
        del content["allocations"][0][name]
    content["lines"][0] = a_line(1, "6711", 1, 10_00)
    firm.made("alice", "allocation", content, "submit", "allocate", "post")
    assert _open(firm, voucher) == (103_00, 2)


def test_that_a_customer_is_changed_by_a_second_person_and_noted_alone(firm: Firm) -> None:
    new = firm.posted("cole", "bob", "customer", a_customer("N1"))
    customer = new.content["customer"]
    changed = a_customer("N2", customer)
    firm.posted("alice", "bob", "customer", changed)
    noted = {**changed, "contact": {"phone": "021"}}
    firm.made("cole", "customer", noted, "submit", "note", "post")
    row = firm.rows("SELECT code, contact FROM erp.customer WHERE id = %s", customer)
    codes = firm.rows(
        "SELECT code, retired_at IS NULL FROM erp.customer_code WHERE customer_id = %s ORDER BY 1",
        customer,
    )
    assert row == [("N2", '{"phone":"021"}')]
    assert codes == [("N1", False), ("N2", True), ("XN1", False), ("XN2", True)]


def test_that_deliveries_are_held_freed_and_freed_again_by_a_reversal(
    firm: Firm, world: World
) -> None:
    with firm.hand("alice") as hand:
        row = a_delivery(world.customers[7], "H1")
        imported_deliveries(hand, row)
    content = a_voucher(world.customers[7], deliveries=[{"id": row["id"], "amount": 113_00}])

    def used() -> int:
        return int(
            firm.one(
                "SELECT sum(amount_minor) FROM erp.delivery_use WHERE delivery_id = %s", row["id"]
            )
        )

    doc = firm.made("alice", "voucher", content, "submit")
    assert used() == 113_00
    doc = firm.does("alice", doc, "withdraw")
    assert used() == 0
    doc = firm.does("alice", doc, "submit")
    firm.does("bob", doc, "approve", "post")
    assert used() == 113_00
    firm.posted("alice", "bob", "reversal", a_reversal(doc))
    assert used() == 0


def test_that_a_role_is_given_by_an_approved_document_at_once(firm: Firm) -> None:
    given = {
        "authority": [
            {"id": an_id(), "person": "idle", "role": "supervisor", "limit": 5, "window": 9}
        ],
        "keys": [{"person": "idle", "public_key": "ab" * 32}],
    }
    firm.posted("adam", "dora", "authority", given)
    row = firm.rows(
        "SELECT limit_minor, window_minor, document_id IS NOT NULL FROM erp.authority_last WHERE person = 'idle'"
    )
    assert row == [(5, 9, True)]
    assert (
        bytes(firm.one("SELECT public_key FROM erp.person WHERE name = 'idle'")).hex() == "ab" * 32
    )


def test_that_a_campaign_freezes_the_books_takes_counts_and_decisions(
    firm: Firm, world: World
) -> None:
    line = firm.rows(
        "SELECT unbilled_minor, unapplied_minor, book_minor, counter FROM erp.campaign_line"
        " WHERE campaign_id = %s AND n = 1", world.docs["campaign"].id,
    )  # fmt: skip
    billed = firm.one(
        "SELECT sum(side * amount_minor) FROM erp.journal_line WHERE customer_id = %s AND account = '1122.02'",
        world.customers[0],
    )
    assert line[0][0] == billed
    assert line[0][2] == line[0][0] - line[0][1]
    with firm.hand("cody") as hand:
        own = a_count(
            hand,
            world.docs["campaign"],
            supersedes=world.events["cody"],
            body="{}",
            stated_minor=5,
            currency="CNY",
        )
        hand.connection.commit()
    with firm.hand("bob") as hand:
        hand.insert(
            "line_decision", id=an_id(), campaign_id=world.docs["campaign"].id, event_id=own, verb="choose",
            reason="以第二次为准", made_by="bob", made_at=0, actor_seq=0, actor_prev=b"", hash=b"",
        )  # fmt: skip
        hand.connection.commit()
    done = firm.does("dora", world.docs["counted"], "approve")
    assert _head(firm, done)[0] == "approved"


def test_that_a_locked_month_keeps_its_sums(firm: Firm) -> None:
    totals = firm.rows(
        "SELECT account, debit_minor, credit_minor FROM erp.period_total WHERE period = '2025-01' ORDER BY 1"
    )
    assert totals == [("1122.02", 113_00, 0), ("2221.02", 0, 13_00), ("6001", 0, 100_00)]
    with firm.hand("dora") as hand:
        lock_period(hand, "2025-02")
        hand.connection.commit()


def test_that_evidence_papers_and_audit_are_kept(firm: Firm, world: World) -> None:
    data = b"%PDF-1.7 scanned"
    digest = hashlib.sha256(data).digest()
    with firm.hand("alice") as hand:
        hand.insert(
            "evidence",
            hash=digest,
            media_type="application/pdf",
            name="签收单.pdf",
            size=len(data),
            made_by="alice",
            made_at=0,
        )
        for n, piece in enumerate((data[:5], data[5:])):
            hand.insert("evidence_blob", hash=digest, n=n, bytes=piece)
        seen = [{"hash": digest.hex(), "kind": "scan"}]
        hand.made("voucher", a_voucher(world.customers[7], evidence=seen), "submit")
        for copy, reason in ((0, None), (1, "客户要一份")):
            hand.insert(
                "paper",
                id=an_id(),
                document_id=world.docs["posted"].id,
                hash=digest,
                copy=copy,
                reason=reason,
                made_by="alice",
                made_at=0,
            )
        hand.insert(
            "audit_event",
            id=an_id(),
            made_by="alice",
            made_at=0,
            what="export",
            detail="{}",
            actor_seq=0,
            actor_prev=b"",
            hash=b"",
        )
        hand.connection.commit()


def test_that_the_server_seals_what_stands_whatever_was_sent(firm: Firm) -> None:
    prev = bytes(32)
    for seq in (1, 2):
        with firm.hand("bob") as hand:
            hand.insert(
                "seal", seq=seq, made_by="bob", made_at=0, heads="bob 9 00", prev=prev, hash=b""
            )
            hand.connection.commit()
        stands = firm.rows("SELECT actor, seq, encode(hash, 'hex') FROM erp.chain_head")
        row = firm.rows("SELECT * FROM erp.seal WHERE seq = %s", seq)[0]
        assert row[3] == "".join(sorted(f"{actor} {n} {last}\n" for actor, n, last in stands))
        assert (row[4], row[5]) == (prev, record_hash("erpdesk.seal.1", row[:5]))
        prev = row[5]


def test_that_opening_items_are_loaded_as_a_second_persons_decision_after_set_up(
    firm: Firm, world: World
) -> None:
    item, customer = an_id(), world.customers[7]
    lines = [
        {
            "account": "1122.01",
            "side": 1,
            "amount_minor": 5,
            "currency": "CNY",
            "base_minor": 5,
            "customer_id": customer,
            "item_id": item,
        },
        {"account": "4999", "side": -1, "amount_minor": 5, "currency": "CNY", "base_minor": 5},
    ]
    items = [{"id": item, "customer_id": customer, "account": "1122.01", "currency": "CNY", "amount_minor": 5,
              "due_date": date(1996, 2, 29), "label": "应-0001"}]  # fmt: skip
    with firm.hand("alice") as hand:
        named = a_list(hand, "items", ("list_line", lines), ("list_item", items))
        named |= {"rows": 1, "sums": {"lines": 2}}
        doc = hand.made("import", {"entry": an_entry(rule="P0/1"), "list": named}, "submit")
    firm.does("bob", doc, "approve", "post")
    assert firm.rows(
        "SELECT open_minor, due_date, label FROM erp.open_item WHERE id = %s", item
    ) == [(5, date(1996, 2, 29), "应-0001")]


CHAINS = {
    "step": ("erpdesk.step.1", STEP_FIELDS),
    "count_event": ("erpdesk.count.1", COUNT_FIELDS),
    "line_decision": ("erpdesk.decision.1", DECISION_FIELDS),
    "line_variance": ("erpdesk.variance.1", VARIANCE_FIELDS),
    "audit_event": (
        "erpdesk.audit.1",
        ("id", "made_by", "made_at", "what", "detail", "actor_seq", "actor_prev"),
    ),
}


@pytest.mark.parametrize("table", CHAINS)
def test_that_the_servers_hashes_are_those_of_the_program(firm: Firm, table: str) -> None:
    tag, fields = CHAINS[table]
    rows = firm.rows(f"SELECT hash, {', '.join(fields)} FROM erp.{table}")  # noqa: S608 - our names
    for stored, *values in rows:
        assert record_hash(tag, values) == stored


def test_that_everybodys_chain_goes_without_a_gap_to_its_head(firm: Firm) -> None:
    links = " UNION ALL ".join(
        f"SELECT made_by, actor_seq, actor_prev, hash FROM erp.{x}"  # noqa: S608 - our names
        for x in CHAINS
    )
    before: dict[str, tuple[int, bytes]] = {}
    for person, seq, prev, digest in firm.rows(links + " ORDER BY made_by, actor_seq"):
        assert before.get(person, (0, bytes(32))) == (seq - 1, prev)
        before[person] = (seq, digest)
    heads = firm.rows("SELECT actor, seq, hash FROM erp.chain_head WHERE seq > 0")
    assert {actor: (seq, digest) for actor, seq, digest in heads} == before


def test_that_every_text_reads_back_as_its_own_canonical_form(firm: Firm) -> None:
    for digest, body in firm.rows("SELECT hash, body FROM erp.content"):
        assert parse(body)
        assert content_hash(body) == digest


class _Clock:
    def now_us(self) -> int:
        return now_us()


def test_that_the_program_itself_drafts_submits_and_posts(firm: Firm, world: World) -> None:
    place = str(firm.server.admin_url(firm.database))
    document, step_id = an_id(), an_id()
    company = {}
    for person in ("alice", "bob"):
        database = open_database(place, person=person, password=PASSWORD.format(person))
        company[person] = Company(database, person, _Clock())  # type: ignore[arg-type]

    def make(unit: Unit) -> None:
        seen = draft(
            unit, "voucher", document, a_voucher(world.customers[7]), step_id=unit.new_id()
        )
        take_step(unit, NextStep(step_id, document, "voucher", seen, "submit"))

    def decide(unit: Unit) -> None:
        seen = look(unit.connection, document).seen
        seen = take_step(unit, NextStep(unit.new_id(), document, "voucher", seen, "approve"))
        take_step(unit, NextStep(unit.new_id(), document, "voucher", seen, "post"))

    company["alice"].run(make)
    company["bob"].run(decide)
    with company["alice"].database.reading() as connection:
        posted = look(connection, document)
    for one in company.values():
        one.database.close()
    assert (posted.state, posted.seq) == ("posted", 4)


def test_that_one_payload_names_the_document_and_its_step(firm: Firm, world: World) -> None:
    with firm.superuser() as listener:
        listener.sql("LISTEN erp")
        listener.connection.commit()
        doc = firm.made("alice", "voucher", a_voucher(world.customers[7]))
        heard = next(listener.connection.notifies(timeout=5, stop_after=1))
    assert (heard.channel, heard.payload) == ("erp", f"document {doc.id} 1")
