"""Attacks on customers, their codes and the long lists they come from."""

from collections.abc import Iterator
from typing import Any

from tests.storage.books import customer_text
from tests.storage.sqlite.attacker import Attacker, Hand, attack, honest
from tests.storage.sqlite.scene import (
    delivery_row,
    imported,
    list_of_customers,
    list_of_deliveries,
    list_of_items,
    listed_customer,
)

NO_KEYS = ("foreign_keys=OFF",)
NO_REPLACE = ("recursive_triggers=OFF",)
NEITHER = ("recursive_triggers=OFF", "foreign_keys=OFF")


def _customer(w: Attacker, text: dict[str, Any]) -> Hand:
    return w.approved("customer", text)


@attack("customers", "G5 code-taken")
def main_code_of_another(w: Attacker) -> Iterator[None]:
    doc = _customer(w, customer_text(w.id(), "C1", "new"))
    yield
    w.step(doc, "post", "bob")


@attack("customers", "G5 code-taken")
def other_code_of_another(w: Attacker) -> Iterator[None]:
    doc = _customer(w, customer_text(w.facts["green"], "C1", "green", "BAR2"))
    yield
    w.step(doc, "post", "bob")


@attack("customers", "G5 code-taken")
def code_of_another_ignored(w: Attacker) -> Iterator[None]:
    doc = _customer(w, customer_text(w.facts["green"], "C1", "green", "BAR2"))
    yield
    w.step(doc, "post", "bob", "OR IGNORE")


@attack("customers", "G2 not-approved-customer")
def customer_without_a_name(w: Attacker) -> Iterator[None]:
    text = customer_text(w.facts["green"], "C1", "green", "BAR1")
    del text["record"]["name"]
    doc = _customer(w, text)
    yield
    w.step(doc, "post", "bob", "OR IGNORE")


@honest("customers")
def renamed_with_another_code(w: Attacker) -> Iterator[None]:
    yield
    w.posted("customer", customer_text(w.facts["green"], "C1", "greener", "FRESH"))
    retired = "SELECT code FROM customer_code WHERE customer_id = ? AND retired_at IS NOT NULL"
    assert w.sql(retired, w.facts["green"]) == [("BAR1",)]


# -------------------------------------------------------------------- long lists
@attack("lists", "G5 list-differs")
def list_with_a_row_missing(w: Attacker) -> Iterator[None]:
    text = list_of_deliveries(w, w.facts["green"], "D7")
    text["list"]["rows"] = 2
    doc = w.drafted("import", text)
    yield
    w.step(doc, "submit", "alice")


@attack("lists", "G5 list-differs")
def opening_lines_missing(w: Attacker) -> Iterator[None]:
    text = list_of_items(w, w.facts["green"], 500)
    text["list"]["sums"]["lines"] = 4
    doc = w.drafted("import", text)
    yield
    w.step(doc, "submit", "alice")


@attack("lists", "G5 list-differs")
def list_of_something_else(w: Attacker) -> Iterator[None]:
    text = list_of_deliveries(w, w.facts["green"], "D7")
    text["list"]["what"] = "wishes"
    doc = w.drafted("import", text)
    yield
    w.step(doc, "submit", "alice")


@attack("lists", "G5 list-differs")
def sum_of_deliveries(w: Attacker) -> Iterator[None]:
    text = list_of_deliveries(w, w.facts["green"], "D7")
    text["list"]["sums"]["CNY"] += 1
    doc = w.take(w.submitted("import", text), "alice", "load")
    yield
    w.step(doc, "post", "alice")


@attack("lists", "G5 list-differs", pragmas=NO_REPLACE)
def amount_changed_after_the_approval(w: Attacker) -> Iterator[None]:
    w.approved("import", list_of_items(w, w.facts["green"], 500))
    row = w.row("list_line", "amount_minor = 500")
    yield
    w.insert("list_line", row | {"amount_minor": 10**9, "base_minor": 10**9}, "OR REPLACE")


@attack("lists", "G5 list-differs")
def row_before_the_first(w: Attacker) -> Iterator[None]:
    w.be("alice")
    list_id = w.one("SELECT list_id FROM list_delivery")
    yield
    w.insert("list_delivery", delivery_row(w, list_id, 0, "D0", w.facts["green"]))


def _call(w: Attacker, list_id: str, n: int) -> dict[str, str | int]:
    """Return how a row of a posted list is called in again."""
    posted = (
        "SELECT s.document_id FROM step s JOIN content c ON c.hash = s.content_hash"
        " WHERE s.verb = 'post' AND c.body->>'$.list.id' = ?"
    )
    return {"document_id": w.one(posted, list_id), "list_id": list_id, "first": n, "last": n}


def _posted_customers(w: Attacker) -> str:
    """Post a list of one customer, and return its id."""
    text = list_of_customers(w, "N1")
    w.posted("import", text)
    return str(text["list"]["id"])


@attack("lists", "G2 not-approved-customer")
def customer_called_from_behind_the_list(w: Attacker) -> Iterator[None]:
    list_id = _posted_customers(w)
    w.insert("list_customer", listed_customer(w.id(), "N2") | {"list_id": list_id, "n": 2})
    yield
    w.insert("unfolding_customer", _call(w, list_id, 2))


@attack("lists", "G2 not-approved-delivery")
def delivery_called_from_behind_the_list(w: Attacker) -> Iterator[None]:
    list_id = w.one("SELECT list_id FROM list_delivery")
    w.insert("list_delivery", delivery_row(w, list_id, 4, "D4", w.facts["green"]))
    yield
    w.insert("unfolding_delivery", _call(w, list_id, 4))


@attack("lists", "G5 code-taken")
def customer_called_twice(w: Attacker) -> Iterator[None]:
    list_id = _posted_customers(w)
    yield
    w.insert("unfolding_customer", _call(w, list_id, 1))


@attack("lists", "G2 not-approved-delivery")
def row_after_the_last(w: Attacker) -> Iterator[None]:
    list_id = w.one("SELECT list_id FROM list_delivery")
    row = delivery_row(w, list_id, 4, "D4", w.facts["green"])
    w.insert("list_delivery", row)
    document = w.one("SELECT document_id FROM delivery")
    yield
    kept = {k: v for k, v in row.items() if k not in {"list_id", "n"}}
    w.insert("delivery", kept | {"document_id": document})


@attack("lists", "G2 not-approved-item")
def opening_items_without_entry(w: Attacker) -> Iterator[None]:
    text = list_of_items(w, w.facts["green"], 500)
    del text["entry"]
    doc = w.approved("import", text)
    yield
    w.step(doc, "post", "bob")


@attack("lists", "G5 code-taken")
def listed_code_of_another(w: Attacker) -> Iterator[None]:
    doc = w.approved("import", list_of_customers(w, "C1"))
    yield
    w.step(doc, "post", "bob")


@attack("customers", "G5 code-taken", pragmas=NEITHER)
def customer_pushed_out_by_the_same_code(w: Attacker) -> Iterator[None]:
    text = customer_text(w.id(), "C1", "new")
    text["record"]["codes"] = [{"code": "OTHER", "kind": "main"}]
    doc = _customer(w, text)
    yield
    w.step(doc, "post", "bob", "OR REPLACE")


@attack("customers", "G2 exists", pragmas=NEITHER)
def customer_pushed_out_by_the_same_id(w: Attacker) -> Iterator[None]:
    doc = w.approved("import", list_of_customers(w, "N1", ids={"N1": w.facts["green"]}))
    yield
    w.step(doc, "post", "bob", "OR REPLACE")


@attack("lists", "G2 exists", pragmas=NEITHER)
def delivery_pushed_out_by_the_same_id(w: Attacker) -> Iterator[None]:
    text = list_of_deliveries(w, w.facts["green"], "D7", id=w.facts["delivery D2"])
    doc = w.take(w.submitted("import", text), "alice", "load")
    yield
    w.step(doc, "post", "alice", "OR REPLACE")


@attack("lists", "G7 set-up-over")
def customers_loaded_after_the_set_up(w: Attacker) -> Iterator[None]:
    doc = w.submitted("import", list_of_customers(w, "N1"))
    yield
    w.step(doc, "load", "alice")


@attack("lists", "G7 set-up-over", setting_up=True)
def loaded_in_the_set_up_and_posted_after(w: Attacker) -> Iterator[None]:
    late = w.take(w.submitted("import", list_of_customers(w, "N1")), "alice", "load")
    w.posted("customer", customer_text(w.id(), "C1", "first"))
    w.be("alice")
    yield
    w.step(late, "post", "alice")


@honest("lists")
def deliveries_alone_and_the_rest_by_two(w: Attacker) -> Iterator[None]:
    yield
    imported(w, list_of_deliveries(w, w.facts["green"], "D7", "D8"))
    w.posted("import", list_of_customers(w, "N1", "N2"))
    text = list_of_items(w, w.facts["green"], 500, 600)
    text["entry"]["posting_date"] = w.books.today()
    w.posted("import", text)


@honest("lists", setting_up=True)
def everything_alone_in_the_set_up(w: Attacker) -> Iterator[None]:
    yield
    imported(w, list_of_customers(w, "N1", "N2"))
    imported(w, list_of_items(w, w.facts["customer N1"], 500, 600))
