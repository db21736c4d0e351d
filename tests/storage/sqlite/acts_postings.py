"""Attacks on postings: an approved text whose rows must not reach the ledger."""

from collections.abc import Iterator
from typing import Any

from tests.storage.books import Match, allocation_text, item, line, receipt_text, voucher_text
from tests.storage.sqlite.attacker import Attacker, Hand, attack, honest

NO_KEYS = ("foreign_keys=OFF",)


def _text(w: Attacker, net: int = 10_000) -> dict[str, Any]:
    return voucher_text(w.books, w.facts["green"], net)


def _posting(w: Attacker, text: dict[str, Any], kind: str = "voucher") -> Hand:
    """Get a text as far as approved; bob is here."""
    return w.approved(kind, text, "kate" if kind == "receipt" else "alice")


def _post(
    name: str, code: str, change: Any, pragmas: tuple[str, ...] = (), kind: str = "voucher"
) -> None:
    """List the posting of a voucher whose approved text was changed."""

    def play(w: Attacker) -> Iterator[None]:
        text = _text(w) if kind == "voucher" else receipt_text(w.books, w.facts["green"], 900)
        change(w, text)
        doc = _posting(w, text, kind)
        yield
        w.step(doc, "post", "bob")

    attack("posting", code, name=name, pragmas=pragmas)(play)


def _set(section: str, at: int, **columns: Any) -> Any:
    return lambda _w, text: text[section][at].update(columns)


def _drop(section: str, *columns: str) -> Any:
    def change(_w: Attacker, text: dict[str, Any]) -> None:
        for column in columns:
            del text[section][0][column]

    return change


def _day(day: str) -> Any:
    return lambda _w, text: text["entry"].update(posting_date=day)


def _uneven(_w: Attacker, text: dict[str, Any]) -> None:
    _recoin(text, "USD")
    text["lines"][1]["base"] -= 1


def _one_line(_w: Attacker, text: dict[str, Any]) -> None:
    text["lines"] = [line(1, "6001", 1, 0) | {"base": 0}]
    del text["items"]


def _two_currencies(_w: Attacker, text: dict[str, Any]) -> None:
    text["lines"][1].update(currency="USD")


def _same_entry(w: Attacker, text: dict[str, Any]) -> None:
    text["entry"]["id"] = w.facts["voucher text"]["entry"]["id"]


def _same_item(w: Attacker, text: dict[str, Any]) -> None:
    text["items"][0]["id"] = text["lines"][0]["item"] = w.facts["charge"]


def _items_twice(w: Attacker, text: dict[str, Any]) -> None:
    text["items"].append(item(w.books, w.facts["green"], "1122.02", 10_000))


def _red(_w: Attacker, text: dict[str, Any]) -> None:
    for one in text["lines"]:
        one.update(amount=-one["amount"], base=-one["base"])
    text["items"][0]["amount"] *= -1


def _small_base(_w: Attacker, text: dict[str, Any]) -> None:
    for one in text["lines"]:
        one["base"] = 1


def _recoin(text: dict[str, Any], currency: str) -> None:
    for one in (*text["lines"], *text["items"]):
        one["currency"] = currency


def _resize(text: dict[str, Any], amount: int) -> None:
    for one in (*text["lines"], *text["items"]):
        one["amount"] = amount


for _name, _code, _change in (
    ("locked_month", "G8 period", _day("2025-01-20")),
    ("month_before_the_books", "G8 period", _day("2024-12-31")),
    ("not_balanced", "G6 no-balance", _set("lines", 1, amount=9_999, base=9_999)),
    ("base_not_balanced", "G6 no-balance", _set("lines", 0, amount=0, base=5)),
    ("base_not_balanced_in_another_currency", "G6 no-balance", _uneven),
    ("two_currencies", "G6 no-balance", _two_currencies),
    ("one_line", "G6 no-balance", _one_line),
    ("no_lines", "G6 no-balance", lambda _w, text: text.pop("lines") and text.pop("items")),
    ("base_below_the_amount", "G6 no-balance", _small_base),
    ("items_without_ledger", "G6 items-and-ledger", _items_twice),
    (
        "ledger_without_items",
        "G6 items-and-ledger",
        lambda _w, text: (text.pop("items"), text["lines"][0].pop("item")),
    ),
    ("item_smaller_than_ledger", "G6 items-and-ledger", _set("items", 0, amount=9_000)),
    ("item_on_another_account", "G6 items-and-ledger", _set("items", 0, account="1122.01")),
    ("ledger_without_customer", "G6 items-and-ledger", _drop("lines", "customer")),
    ("line_twice", "G2 exists", _set("lines", 1, n=1)),
    ("entry_id_twice", "G2 exists", _same_entry),
    ("item_id_twice", "G2 exists", _same_item),
    ("red_without_origin", "G9 red-without-origin", _red),
    (
        "reverses_nothing",
        "G9 nothing-to-reverse",
        lambda w, text: text["entry"].update(reverses=w.id()),
    ),
    ("unknown_account", "G6 unknown-account", _set("lines", 1, account="9999")),
    ("rule_missing", "G2 not-approved-entry", lambda _w, text: text["entry"].pop("rule")),
    ("currency_unknown", "G2 constraint", lambda _w, text: _recoin(text, "XXX")),
):
    _post(_name, _code, _change)
_post(
    "unknown_account_without_keys", "G6 unknown-account", _set("lines", 1, account="9999"), NO_KEYS
)


@attack("posting", "G2 constraint")
def amount_beyond_all(w: Attacker) -> Iterator[None]:
    text = _text(w, 100)
    _recoin(text, "JPY")
    _resize(text, 10**13 + 1)
    doc = _posting(w, text)
    yield
    w.step(doc, "post", "bob")


@attack("posting", "G2 not-approved-item")
def item_of_nobody(w: Attacker) -> Iterator[None]:
    text = _text(w)
    del text["items"][0]["customer"]
    doc = _posting(w, text)
    yield
    w.step(doc, "post", "bob")


@attack("posting", "G6 half-an-entry")
def zero_line_ignored(w: Attacker) -> Iterator[None]:
    """An outer OR IGNORE reaches the inner inserts and would drop what a CHECK refuses."""
    text = _text(w)
    text["lines"].append(line(3, "6001", 1, 0))
    doc = _posting(w, text)
    yield
    w.step(doc, "post", "bob", "OR IGNORE")


@attack("posting", "G2 constraint")
def zero_line(w: Attacker) -> Iterator[None]:
    text = _text(w)
    text["lines"].append(line(3, "6001", 1, 0))
    doc = _posting(w, text)
    yield
    w.step(doc, "post", "bob")


@attack("posting", "G6 half-an-entry")
def allocation_of_nothing_ignored(w: Attacker) -> Iterator[None]:
    text = receipt_text(w.books, w.facts["green"], 900)
    text["allocations"] = [{"id": w.id(), "amount": 5}]
    doc = _posting(w, text, "receipt")
    yield
    w.step(doc, "post", "bob", "OR IGNORE")


def _conflict(clause: str) -> None:
    """List an outer conflict clause, which reaches the inner inserts: nothing may come of it."""

    def play(w: Attacker) -> Iterator[None]:
        docs = [_posting(w, _text(w)) for _ in range(2)]
        match = Match(w.facts["charge"], w.facts["credit"], 2, 2)
        doc = w.submitted("allocation", allocation_text(w.books, w.facts["green"], match, 500))
        last = w.one(
            "SELECT max(number) FROM journal_entry WHERE series = '记' AND period LIKE '2026%'"
        )
        yield
        for one in docs:
            w.step(one, "post", "bob", clause)
        w.step(doc, "allocate", "alice", clause)
        w.step(doc, "post", "alice", clause)
        numbers = "SELECT number FROM journal_entry WHERE document_id IN (?, ?) ORDER BY number"
        assert w.sql(numbers, docs[0].id, docs[1].id) == [(last + 1,), (last + 2,)]
        assert w.one("SELECT open_minor FROM open_item WHERE id = ?", w.facts["charge"]) == 7_500

    name = "posted_" + clause.lower().replace(" ", "_")
    honest("posting", name=name, pragmas=("recursive_triggers=OFF",))(play)


for _clause in ("OR REPLACE", "OR IGNORE", "OR FAIL", "OR ROLLBACK", "OR ABORT"):
    _conflict(_clause)


@honest("posting")
def a_receipt_that_is_allocated_at_once(w: Attacker) -> Iterator[None]:
    yield
    text = receipt_text(w.books, w.facts["green"], 900)
    credit = text["items"][0]["id"]
    link = allocation_text(w.books, w.facts["green"], Match(w.facts["charge"], credit, 2, 1), 900)
    lines = [one | {"n": one["n"] + 2} for one in link["lines"]]
    doc = w.posted(
        "receipt",
        text | {"allocations": link["allocations"], "lines": text["lines"] + lines},
        "kate",
    )
    assert w.one("SELECT state FROM document WHERE id = ?", doc.id) == "posted"


@honest("posting")
def three_hundred_lines(w: Attacker) -> Iterator[None]:
    yield
    text = _text(w, 299)
    text["lines"] = [text["lines"][0], *(line(n, "6001", -1, 1) for n in range(2, 301))]
    w.posted("voucher", text)


@honest("posting")
def a_gain_on_exchange(w: Attacker) -> Iterator[None]:
    """What only the base currency feels has the amount 0."""
    yield
    text = _text(w)
    usd = {"currency": "USD"}
    rows = [(1, 100, 730), (-1, 100, 720)]
    lines = [line(n + 3, "1002", side, a, base=b, **usd) for n, (side, a, b) in enumerate(rows)]
    w.posted("voucher", text | {"lines": text["lines"] + lines + [line(6, "6603", -1, 0, base=10)]})
