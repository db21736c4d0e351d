"""Attacks on money from nobody known: claimed twice, for more, or taken without a word."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.storage.books import entry, line, receipt_text
from tests.storage.sqlite.attacker import Attacker, Hand, attack, honest

Text = dict[str, Any]
Change = Callable[[Attacker, Text], object]


def _received(w: Attacker, amount: int = 500) -> Text:
    """Post a receipt from nobody known and return its text."""
    lines = [line(1, "1002", 1, amount), line(2, "2241", -1, amount)]
    text = {"entry": entry(w.books, "收", "P3/1"), "lines": lines}
    w.posted("receipt", text, "kate")
    return text


def _claim(w: Attacker, of: Text, amount: int = 500) -> Text:
    """Return the claim of a receipt, or of something else that was posted."""
    text = receipt_text(w.books, w.facts["green"], amount)
    text["lines"][0]["account"] = "2241"
    text["entry"]["identifies"] = of["entry"]["id"]
    return text


def _red(w: Attacker, of: Text) -> Text:
    """Return the reversal of a receipt or of its claim, with what closes the item it made."""
    red = [one | {"amount": -one["amount"], "base": -one["base"]} for one in of["lines"]]
    head = entry(w.books, "记", "P6/1", reverses=of["entry"]["id"])
    closing = [
        {"id": w.id(), "credit": one["id"], "credit_version": 1, "amount": -one["amount"]}
        for one in of.get("items", ())
    ]
    text: Text = {"entry": head, "lines": red, "reason": "付款人认错了"}
    text |= {"customer": of["customer"]} if "customer" in of else {}
    return text | ({"allocations": closing} if closing else {})


def _posted(w: Attacker, text: Text) -> Text:
    kind, by = ("reversal", "alice") if "reverses" in text["entry"] else ("receipt", "kate")
    w.posted(kind, text, by)
    return text


def _ready(w: Attacker, text: Text) -> Hand:
    """Get a text as far as approved; bob is here."""
    is_red = "reverses" in text["entry"] and "identifies" not in text["entry"]
    return w.approved("reversal", text, "alice") if is_red else w.approved("receipt", text, "kate")


def _post(name: str, code: str, make: Callable[[Attacker], Text]) -> None:
    """List the posting of what ``make`` returns."""

    def play(w: Attacker) -> Iterator[None]:
        doc = _ready(w, make(w))
        yield
        w.step(doc, "post", "bob")

    attack("claim", code, name=name)(play)


def _twice(w: Attacker) -> Text:
    money = _received(w)
    _posted(w, _claim(w, money))
    return _claim(w, money)


def _after_its_reversal(w: Attacker) -> Text:
    money = _received(w)
    _posted(w, _red(w, money))
    return _claim(w, money)


def _origin_under_its_claim(w: Attacker) -> Text:
    money = _received(w)
    _posted(w, _claim(w, money))
    return _red(w, money)


def _in_another_currency(w: Attacker) -> Text:
    text = _claim(w, _received(w))
    for row in (*text["lines"], *text["items"]):
        row["currency"] = "USD"
    return text


def _of_a_claim(w: Attacker) -> Text:
    claim = _posted(w, _claim(w, _received(w)))
    return _claim(w, claim)


def _of_a_reversed_claim(w: Attacker) -> Text:
    """Its reversal gives the money back: claimed by that entry, it would be there twice."""
    red = _posted(w, _red(w, _posted(w, _claim(w, _received(w)))))
    return _claim(w, red)


def _changed(change: Change) -> Callable[[Attacker], Text]:
    def make(w: Attacker) -> Text:
        text = _claim(w, _received(w))
        change(w, text)
        return text

    return make


def _red_credit(w: Attacker) -> Text:
    """Take the money out in red, under the cover of an undone allocation."""
    _received(w)
    undo = {
        "id": w.id(), "charge": w.facts["charge"], "charge_version": 2, "amount": -2_000,
        "credit": w.facts["credit"], "credit_version": 2, "undoes": w.facts["allocation"],
    }  # fmt: skip
    mine = {"customer": w.facts["green"]}
    lines = [
        line(1, "2203", 1, -2_000, item=w.facts["credit"], **mine),
        line(2, "1122.02", -1, -2_000, item=w.facts["charge"], **mine),
        line(3, "2241", -1, -500), line(4, "1002", -1, 500),
    ]  # fmt: skip
    return {"entry": entry(w.books, "收", "P3/1"), "lines": lines, "allocations": [undo]} | mine


for _name, _code, _make in (
    ("twice", "G9 over-claimed", _twice),
    ("after_its_reversal", "G9 over-claimed", _after_its_reversal),
    ("origin_reversed_under_its_claim", "G9 over-claimed", _origin_under_its_claim),
    ("for_more", "G9 over-claimed", lambda w: _claim(w, _received(w), 501)),
    ("for_less", "G9 over-claimed", lambda w: _claim(w, _received(w), 499)),
    ("in_another_currency", "G9 over-claimed", _in_another_currency),
    ("of_another_customers_advance", "G9 over-claimed", lambda w: _claim(w, _other(w))),
    ("of_a_claim", "G9 nothing-to-claim", _of_a_claim),
    ("of_a_reversed_claim", "G9 nothing-to-claim", _of_a_reversed_claim),
    (
        "of_nothing",
        "G9 nothing-to-claim",
        _changed(lambda w, text: text["entry"].update(identifies=w.id())),
    ),
    (
        "without_naming_it",
        "G9 not-a-claim",
        _changed(lambda _w, text: text["entry"].pop("identifies")),
    ),
    (
        "that_takes_nothing",
        "G9 not-a-claim",
        _changed(lambda _w, text: text["lines"][0].update(account="1002")),
    ),
    (
        "that_is_a_reversal_too",
        "G9 not-a-claim",
        _changed(lambda w, text: text["entry"].update(reverses=_other(w)["entry"]["id"])),
    ),
    ("in_red_unnamed", "G9 not-a-claim", _red_credit),
):
    _post(_name, _code, _make)


def _other(w: Attacker) -> Text:
    text = receipt_text(w.books, w.facts["green"], 500)
    w.posted("receipt", text, "kate")
    return text


@honest("claim")
def claimed_reversed_and_claimed_again(w: Attacker) -> Iterator[None]:
    yield
    money = _received(w)
    _posted(w, _red(w, _posted(w, _claim(w, money))))
    _posted(w, _claim(w, money))
    left = "SELECT sum(side * amount_minor) FROM journal_line WHERE account = '2241'"
    assert w.one(left) == 0


@honest("claim")
def reversed_after_its_claim(w: Attacker) -> Iterator[None]:
    yield
    money = _received(w)
    _posted(w, _red(w, _posted(w, _claim(w, money))))
    _posted(w, _red(w, money))
    left = "SELECT sum(side * amount_minor) FROM journal_line WHERE account = '2241'"
    assert w.one(left) == 0


@attack("claim", "G3 only-claims")
def receipt_recorded_by_an_accountant(w: Attacker) -> Iterator[None]:
    w.here("alice")
    yield
    w.drafted("receipt", receipt_text(w.books, w.facts["green"], 500), "alice")


@attack("claim", "G3 only-claims")
def receipt_handed_on_by_an_accountant(w: Attacker) -> Iterator[None]:
    doc = w.drafted("receipt", receipt_text(w.books, w.facts["green"], 500), "kate")
    w.here("alice")
    yield
    w.step(doc, "submit", "alice")


@attack("claim", "G3 only-claims")
def claim_that_becomes_a_receipt(w: Attacker) -> Iterator[None]:
    doc = w.drafted("receipt", _claim(w, _received(w)), "alice")
    yield
    w.edited(doc, "alice", **receipt_text(w.books, w.facts["green"], 500))


@honest("claim")
def claimed_by_an_accountant(w: Attacker) -> Iterator[None]:
    yield
    w.posted("receipt", _claim(w, _received(w)), "alice")
