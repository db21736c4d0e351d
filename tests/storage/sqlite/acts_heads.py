"""Attacks on heads, counters and ledger rows, which only say what the logs say."""

from collections.abc import Iterator
from typing import Any

from tests.storage.books import voucher_text
from tests.storage.sqlite.attacker import ZERO, Attacker, attack, now_us

NO_REPLACE = ("recursive_triggers=OFF",)


@attack("heads", "G2 head")
def document_state(w: Attacker) -> Iterator[None]:
    yield
    w.change("document", "id = ?", w.facts["voucher"], state="draft")


@attack("heads", "G2 head")
def document_customer(w: Attacker) -> Iterator[None]:
    yield
    w.change("document", "id = ?", w.facts["voucher"], customer_id=w.facts["blue"])


@attack("heads", "G2 head")
def document_without_step(w: Attacker) -> Iterator[None]:
    yield
    w.insert("document", w.row("document") | {"id": w.id(), "number": None, "seq": 1})


@attack("heads", "G10 number")
def document_number(w: Attacker) -> Iterator[None]:
    yield
    w.change("document", "id = ?", w.facts["voucher"], number="临-202611-9999")


@attack("heads", "G10 number")
def document_number_gone(w: Attacker) -> Iterator[None]:
    yield
    w.change("document", "id = ?", w.facts["voucher"], number=None)


@attack("heads", "G10 number")
def document_number_for_a_draft(w: Attacker) -> Iterator[None]:
    doc = w.drafted("receipt", w.facts["voucher text"] | {"deliveries": None}, "kate")
    number = w.one("SELECT number FROM document WHERE id = ?", w.facts["receipt"])
    yield
    w.change("document", "id = ?", doc.id, number=number + "1")


@attack("heads", "G2 head")
def open_amount(w: Attacker) -> Iterator[None]:
    yield
    w.change("open_item", "id = ?", w.facts["charge"], open_minor=1, version=3)


@attack("heads", "G2 head")
def open_item_original(w: Attacker) -> Iterator[None]:
    yield
    w.change("open_item", "id = ?", w.facts["charge"], original_minor=20_000)


@attack("heads", "G2 head")
def open_item_version(w: Attacker) -> Iterator[None]:
    yield
    w.change("open_item", "id = ?", w.facts["charge"], version=9)


@attack("heads", "G2 head")
def chain_head_moved(w: Attacker) -> Iterator[None]:
    yield
    w.sql("UPDATE chain_head SET seq = seq + 1, hash = zeroblob(32) WHERE actor = 'alice'")


@attack("heads", "G2 head", pragmas=NO_REPLACE)
def chain_head_back_to_nothing(w: Attacker) -> Iterator[None]:
    yield
    w.insert("chain_head", {"actor": "alice", "seq": 0, "hash": ZERO}, "OR REPLACE")


@attack("heads", "G2 head", pragmas=("foreign_keys=OFF",))
def chain_head_with_a_start(w: Attacker) -> Iterator[None]:
    yield
    w.insert("chain_head", {"actor": "mallory", "seq": 7, "hash": ZERO})


@attack("heads", "G10 number")
def counter_forward(w: Attacker) -> Iterator[None]:
    yield
    w.sql("UPDATE number_series SET last = last + 1 WHERE series = '记' AND period LIKE '2026%'")


@attack("heads", "G10 number")
def counter_back(w: Attacker) -> Iterator[None]:
    yield
    w.sql("UPDATE number_series SET last = 0 WHERE series = '记'")


@attack("heads", "G10 number")
def counter_of_documents_forward(w: Attacker) -> Iterator[None]:
    yield
    w.sql("UPDATE number_series SET last = last + 1 WHERE series = 'doc:临'")


@attack("heads", "G10 number")
def counter_renamed(w: Attacker) -> Iterator[None]:
    yield
    w.sql("UPDATE number_series SET series = '付', last = last + 1 WHERE series = '记'")


@attack("heads", "G10 number")
def counter_opened(w: Attacker) -> Iterator[None]:
    yield
    w.insert("number_series", {"series": "记", "period": "2030-01", "last": 1})


@attack("heads", "G10 number")
def counter_opened_at_seven(w: Attacker) -> Iterator[None]:
    yield
    w.insert("number_series", {"series": "记", "period": "2030-01", "last": 7})


@attack("heads", "G10 number", pragmas=NO_REPLACE)
def counter_started_again(w: Attacker) -> Iterator[None]:
    yield
    row = w.row("number_series", "series = '记'")
    w.insert("number_series", row | {"last": 1}, "OR REPLACE")


@attack("heads", "G10 number")
def counter_by_upsert(w: Attacker) -> Iterator[None]:
    yield
    w.sql(
        "INSERT INTO number_series SELECT series, period, 1 FROM number_series WHERE series = '记'"
        " ON CONFLICT DO UPDATE SET last = last + 1"
    )


@attack("heads", "G2 not-approved-customer")
def customer_renamed(w: Attacker) -> Iterator[None]:
    yield
    w.change("customer", "id = ?", w.facts["green"], name="somebody else")


@attack("heads", "G2 not-approved-customer")
def customer_as_it_once_was(w: Attacker) -> Iterator[None]:
    text = {"customer": w.facts["green"], "contact": {}}
    old = w.row("customer", "id = ?", w.facts["green"])
    record = {
        "code": "C1",
        "name": "renamed",
        "search": "",
        "codes": [{"code": "C1", "kind": "main"}],
    }
    w.posted("customer", text | {"record": record})
    yield
    columns = {
        n: old[n] for n in ("code", "name", "tax_id", "search", "record", "contact", "document_id")
    }
    w.change("customer", "id = ?", w.facts["green"], **columns)


@attack("heads", "G2 not-approved-customer")
def code_retired_by_an_older_text(w: Attacker) -> Iterator[None]:
    text = {"customer": w.facts["green"], "contact": {}}
    codes = [{"code": c, "kind": "main"} for c in ("C1", "NEW")]
    w.posted(
        "customer", text | {"record": {"code": "C1", "name": "green", "search": "", "codes": codes}}
    )
    yield
    document = w.facts["customer document green"]
    w.change("customer_code", "code = 'NEW'", retired_at=now_us(), document_id=document)


@attack("heads", "G2 not-approved-customer")
def code_moved(w: Attacker) -> Iterator[None]:
    yield
    w.change("customer_code", "code = 'BAR1'", customer_id=w.facts["blue"])


@attack("heads", "G2 not-approved-customer")
def code_added(w: Attacker) -> Iterator[None]:
    yield
    w.insert("customer_code", w.row("customer_code") | {"code": "MINE"})


@attack("heads", "G2 not-approved-customer")
def customer_added(w: Attacker) -> Iterator[None]:
    yield
    w.insert("customer", w.row("customer") | {"id": w.id(), "n": 99, "code": "C99"})


@attack("heads", "G2 exists")
def customer_number_twice(w: Attacker) -> Iterator[None]:
    yield
    w.insert("customer", w.row("customer") | {"id": w.id(), "code": "C99"})


@attack("heads", "G2 head")
def period_total_made_up(w: Attacker) -> Iterator[None]:
    yield
    row = w.row("period_total") | {"account": "1002", "currency": "USD", "debit_minor": 5}
    w.insert(
        "period_total", row | {"credit_minor": 0, "debit_base_minor": 0, "credit_base_minor": 0}
    )


@attack("heads", "G2 exists", pragmas=NO_REPLACE)
def period_total_begun_anew(w: Attacker) -> Iterator[None]:
    for amount in (500, 700):
        w.posted("voucher", voucher_text(w.books, w.facts["green"], amount))
    yield
    w.insert("period_total", _last_entry(w), "OR REPLACE")


@attack("heads", "G2 head")
def period_total_raised(w: Attacker) -> Iterator[None]:
    yield
    w.sql("UPDATE period_total SET debit_minor = debit_minor + 1 WHERE debit_minor > 0")


@attack("heads", "G2 head")
def period_total_that_counts_an_entry_twice(w: Attacker) -> Iterator[None]:
    w.posted("voucher", voucher_text(w.books, w.facts["green"], 500))
    yield
    last = _last_entry(w)
    w.sql(
        "UPDATE period_total SET debit_minor = debit_minor + ?, debit_base_minor ="
        " debit_base_minor + ? WHERE (period, series, account, currency, number) = (?, ?, ?, ?, ?)",
        last["debit_minor"], last["debit_base_minor"],
        *(last[name] for name in ("period", "series", "account", "currency", "number")),
    )  # fmt: skip


def _last_entry(w: Attacker) -> dict[str, Any]:
    """Return what the entry posted last adds to the total of its first line."""
    row = w.row("entry_total", "step_id = (SELECT max(step_id) FROM journal_entry)")
    return {name: value for name, value in row.items() if name != "step_id"}


# -------------------------------------------------------------------- ledger rows by hand
@attack("ledger rows", "G2 not-approved-line")
def line_into_a_posted_entry(w: Attacker) -> Iterator[None]:
    yield
    w.insert("journal_line", w.row("journal_line") | {"line_no": 77})


@attack("ledger rows", "G2 not-approved-entry")
def entry_without_text(w: Attacker) -> Iterator[None]:
    step = w.one("SELECT id FROM step WHERE verb = 'ready'")
    yield
    entry = w.row("journal_entry") | {"id": w.id(), "document_id": w.facts["campaign"]}
    w.insert("journal_entry", entry | {"step_id": step, "number": 55})


@attack("ledger rows", "G2 not-approved-item")
def item_without_text(w: Attacker) -> Iterator[None]:
    yield
    w.insert("open_item", w.row("open_item") | {"id": w.id()})


@attack("ledger rows", "G2 not-approved-allocation")
def allocation_without_text(w: Attacker) -> Iterator[None]:
    yield
    w.insert("allocation", w.row("allocation") | {"id": w.id()})


@attack("ledger rows", "G2 not-approved-delivery")
def delivery_without_list(w: Attacker) -> Iterator[None]:
    yield
    w.insert("delivery", w.row("delivery") | {"id": w.id(), "number": "D9"})


@attack("ledger rows", "G2 not-frozen")
def campaign_line_added(w: Attacker) -> Iterator[None]:
    yield
    w.insert("campaign_line", w.row("campaign_line") | {"customer_id": w.facts["red"], "n": 9})


@attack("ledger rows", "G9 not-a-use")
def delivery_use_made_up(w: Attacker) -> Iterator[None]:
    yield
    row = w.row("delivery_use") | {"delivery_id": w.facts["delivery D2"], "amount_minor": 5}
    w.insert("delivery_use", row)
