# ruff: noqa: E501 - one act a row
"""Texts with two meanings, money that is no money, days that are none, what belongs to others."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from erpdesk.domain.content import canonical
from tests.storage.postgres.attack import Attack, Scene, approve_and_post, names, prove_denied
from tests.storage.postgres.firm import (
    Doc,
    Firm,
    a_line,
    a_voucher,
    an_entry,
    an_id,
)
from tests.storage.postgres.world import World

pytestmark = pytest.mark.postgres


def _body(**change: object) -> dict[str, Any]:
    return {**a_voucher(an_id()), "document": an_id(), "kind": "voucher"} | change


def _stores(make: Callable[[], str]) -> Callable[[Scene], object]:
    return lambda s: s.hand.text(make())


def _spelled(old: str, new: str) -> Callable[[Scene], object]:
    """Store a voucher's text with one spelling changed."""

    def act(s: Scene) -> None:
        body = canonical(_body())
        assert old in body
        s.hand.text(body.replace(old, new, 1))

    return act


def _with(section: str, field: str, value: object) -> Callable[[Scene], object]:
    def act(s: Scene) -> None:
        body = _body()
        target = body[section][0] if isinstance(body[section], list) else body[section]
        target[field] = value
        if value is None:
            del target[field]
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        s.hand.text(text)

    return act


def _nested(depth: int) -> str:
    return '{"a":' * (depth - 1) + "{}" + "}" * (depth - 1)


def _sorted(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


FORMS = [
    Attack("a hash of something else", "alice", lambda s: s.hand.text("{}", bytes(32)), "G5 hash"),
    Attack("no hash", "alice", lambda s: s.hand.insert("content", hash=None, body="{}"), "G5 hash"),
    Attack("no body", "alice", lambda s: s.hand.insert("content", hash=bytes(32), body=None), "G5 not-canonical"),
    Attack("text that is no value", "alice", _stores(lambda: "hello"), "G5 not-canonical"),
    Attack("a list", "alice", _stores(lambda: "[1]"), "G5 not-canonical"),
    Attack("an unfinished value", "alice", _stores(lambda: '{"a":1'), "G5 not-canonical"),
    Attack("a space", "alice", _spelled('"kind":', '"kind": '), "G5 not-canonical"),
    Attack("a line end", "alice", _spelled("{", "{\n"), "G5 not-canonical"),
    Attack("keys out of order", "alice", _stores(lambda: '{"b":1,"a":2}'), "G5 not-canonical"),
    Attack("a key twice", "alice", _spelled('"kind":"voucher"', '"kind":"voucher","kind":"receipt"'), "G5 key-twice"),
    Attack("an amount twice", "alice", _spelled('"amount":11300', '"amount":1,"amount":11300'), "G5 key-twice"),
    Attack("an escaped letter", "alice", _spelled("voucher", "\\u0076oucher"), "G5 not-canonical"),
    Attack("an escaped slash", "alice", _stores(lambda: '{"memo":"a\\/b"}'), "G5 not-canonical"),
    Attack("capital hex", "alice", _stores(lambda: '{"memo":"\\u001F"}'), "G5 not-canonical"),
    Attack("NUL", "alice", _stores(lambda: '{"memo":"a\\u0000"}'), "G5 not-canonical"),
    Attack("half a surrogate pair", "alice", _stores(lambda: '{"memo":"\\ud800"}'), "G5 not-canonical"),
    Attack("not NFC", "alice", _stores(lambda: '{"memo":"e\u0301"}'), "G5 not-canonical"),
    Attack("eight levels", "alice", _stores(lambda: _nested(8)), "G5 too-deep"),
    Attack("three thousand levels", "alice", _stores(lambda: _nested(3000)), "G5 too-deep"),
    Attack("a million levels", "alice", _stores(lambda: _nested(1_000_000)), "G5 not-canonical"),
    Attack("over four million characters", "alice",
           _stores(lambda: '{"memo":"' + "x" * 4_000_000 + '"}'), "G5 too-long"),
    Attack("the same text twice", "alice",
           lambda s: s.hand.text(s.hand.one("SELECT body FROM erp.content LIMIT 1")), "G2 exists"),
]  # fmt: skip

NUMBERS = [
    Attack(f"an amount of {value}", "alice", _spelled('"amount":11300', f'"amount":{value}'), refusal)
    for value, refusal in (
        ("1.0", "G6 not-whole"), ("1e3", "G6 not-whole"), ("-0", "G6 not-whole"), ("true", "G6 not-whole"),
        ("null", "G6 not-whole"), ("1" + "0" * 30, "G6 not-whole"), ("1" + "0" * 15, "G6 not-whole"),
        ("NaN", "G5 not-canonical"), ("Infinity", "G5 not-canonical"), ("+1", "G5 not-canonical"),
        ("01", "G5 not-canonical"), ('"11300"', "G6 not-whole"), ("[11300]", "G6 not-whole"),
        ("{}", "G6 not-whole"), ('"NaN"', "G6 not-whole"),
    )
]  # fmt: skip

NOBODY = "01a211d7-e2d5-7a11-8a7a-312f77c87cb5"

FIELDS = [
    Attack(f"{section} {field} is {value!r}", "alice", _with(section, field, value), refusal)
    for section, field, value, refusal in (
        ("lines", "base", None, "G6 not-whole"), ("lines", "n", None, "G6 not-whole"),
        ("lines", "side", 2, "G6 not-whole"), ("lines", "side", 0, "G6 not-whole"),
        ("lines", "account", None, "G6 not-whole"), ("lines", "account", 1122, "G6 not-whole"),
        ("lines", "currency", "cny", "G6 not-whole"), ("lines", "currency", "CNY ", "G6 not-whole"),
        ("lines", "customer", NOBODY, "G5 other-customer"), ("lines", "customer", "me", "G5 not-canonical"),
        ("lines", "item", "x", "G5 not-canonical"), ("lines", "text", 7, "G6 not-whole"),
        ("items", "customer", NOBODY, "G5 other-customer"), ("items", "id", NOBODY.upper(), "G5 not-canonical"),
        ("items", "due", "2026-02-30", "G6 day"), ("items", "due", "1899-12-31", "G6 day"),
        ("items", "due", "tomorrow", "G6 day"), ("items", "due", None, "G6 day"),
        ("entry", "posting_date", "20261120", "G6 day"), ("entry", "posting_date", "infinity", "G6 day"),
        ("entry", "posting_date", "2026-13-01", "G6 day"), ("entry", "document_date", "now", "G6 day"),
        ("entry", "series", None, "G6 not-whole"), ("entry", "series", "doc:临", "G10 number"),
        ("entry", "series", "", "G10 number"), ("entry", "series", "很长很长的凭证字系列", "G10 number"), ("entry", "id", "1", "G5 not-canonical"),
    )
]  # fmt: skip

SHAPES = [
    Attack("lines that are no list", "alice", _stores(lambda: _sorted(_body(lines={}))), "G5 not-canonical"),
    Attack("an entry that is a list", "alice", _stores(lambda: _sorted(_body(entry=[]))), "G5 not-canonical"),
    Attack("lines without an entry", "alice",
           _stores(lambda: _sorted({k: v for k, v in _body().items() if k != "entry"})), "G6 lines-without-entry"),
    Attack("more than a thousand lines", "alice",
           _stores(lambda: _sorted(_body(lines=[a_line(n, "6001", 1, 1) for n in range(1, 1002)]))),
           "G6 too-many-lines"),
    Attack("an element that is no object", "alice", _stores(lambda: _sorted(_body(goods=["box"]))), "G5 not-canonical"),
    Attack("a variance that is no number", "alice",
           _stores(lambda: _sorted(_body(variances=[{"difference": "5"}]))), "G6 not-whole"),
    Attack("a delivery of nothing", "alice",
           _stores(lambda: _sorted(_body(deliveries=[{"id": an_id(), "amount": 0}]))), "G6 not-whole"),
    Attack("a section of another kind", "alice",
           lambda s: s.hand.draft("voucher", {**a_voucher(s.world.customers[0]), "authority": []}),
           "G5 no-such-section"),
    Attack("a section nobody knows", "alice",
           lambda s: s.hand.draft("voucher", {**a_voucher(s.world.customers[0]), "extra": 1}), "G5 no-such-section"),
    Attack("a text of another kind", "alice",
           lambda s: s.hand.step(Doc(s.world.docs["draft"].id, "voucher", 1, s.world.docs["credit"].hash), "edit"),
           "G5 other-document"),
]  # fmt: skip


@pytest.mark.parametrize("attack", [*FORMS, *NUMBERS, *FIELDS, *SHAPES], ids=names)
def test_that_the_text_is_refused(firm: Firm, world: World, attack: Attack) -> None:
    prove_denied(firm, world, attack)


def _posts(change: Callable[[dict[str, Any], World], object]) -> Callable[[Firm, World], Doc]:
    """Submit a voucher of the first customer with a change; a second person will post it."""

    def prepare(firm: Firm, world: World) -> Doc:
        content = a_voucher(world.customers[0])
        change(content, world)
        return firm.made("alice", "voucher", content, "submit")

    return prepare


def _lines(*change: tuple[int, str, object]) -> Callable[[Firm, World], Doc]:
    def apply(content: dict[str, Any], _: World) -> None:
        for at, field, value in change:
            content["lines"][at][field] = value

    return _posts(apply)


def _same_number(content: dict[str, Any], _: World) -> None:
    content["lines"][2]["n"] = 2


ENTRIES = [
    Attack(name, "ben", approve_and_post, refusal, before)
    for name, refusal, before in (
        ("an entry that does not balance", "G6 no-balance", _lines((1, "amount", 1), (1, "base", 1))),
        ("a base that does not balance", "G6 no-balance", _lines((1, "base", 1))),
        ("a base that is not the amount", "G6 no-balance", _lines(*[(n, "base", 1 if n else 2) for n in range(3)])),
        ("a foreign base that does not balance", "G6 no-balance", _posts(lambda c, _: [
            *(x.update(currency="USD") for x in [*c["lines"], *c["items"]]), c["lines"][1].update(base=1)])),
        ("two currencies that balance together", "G6 no-balance", _lines((2, "currency", "USD"))),
        ("an unknown account", "G6 unknown-account", _lines((1, "account", "9999"))),
        ("an unknown currency", "23503", _posts(
            lambda c, _: [x.update(currency="XXX") for x in [*c["lines"], *c["items"]]])),
        ("a line twice", "23505", _posts(_same_number)),
        ("one line", "G6 no-balance", _posts(lambda c, _: c.update(lines=c["lines"][:1]))),
        ("an entry without lines", "G6 no-balance", _posts(lambda c, _: c.update(lines=[], items=[]))),
        ("a receivable without item", "G6 items-and-ledger", _posts(
            lambda c, _: (c.update(items=[]), c["lines"][0].pop("item")))),
        ("an item without line", "G6 items-and-ledger", _lines((0, "account", "1002"))),
        ("an item smaller than its line", "G6 items-and-ledger", _posts(lambda c, _: c["items"][0].update(amount=1))),
        ("an item id used before", "23505", _posts(
            lambda c, w: (c["items"][0].update(id=w.docs["posted"].content["items"][0]["id"]),
                          c["lines"][0].update(item=w.docs["posted"].content["items"][0]["id"])))),
        ("an entry id used before", "23505", _posts(
            lambda c, w: c["entry"].update(id=w.docs["posted"].content["entry"]["id"]))),
        ("a negative line", "G9 red-without-origin", _posts(lambda c, _: c.update(
            items=[], lines=[a_line(1, "1002", 1, -5), a_line(2, "6001", -1, -5)]))),
        ("a line of nothing", "23514", _posts(lambda c, _: c["lines"].append(a_line(9, "6001", 1, 0)))),
        ("a day in no period", "G8 period", _posts(lambda c, _: c.update(entry=an_entry(day="2099-01-01")))),
        ("an unknown customer", "23503", _posts(lambda c, _: c.update(a_voucher(an_id())))),
        ("too much money", "G7 over-limit", _posts(lambda c, w: c.update(a_voucher(w.customers[0], 10**14)))),
    )
]  # fmt: skip


@pytest.mark.parametrize("attack", ENTRIES, ids=names)
def test_that_the_approved_text_is_not_posted(firm: Firm, world: World, attack: Attack) -> None:
    prove_denied(firm, world, attack)


def test_that_every_canonical_text_is_taken(firm: Firm) -> None:
    body = canonical({
        "memo": 'a\\b"c/\u00e9\u4e34\U0001f600\x01\x0b\x1f\x7f\n\r\t\b\f \\u0000', "document": an_id(),
        "z": [{"a": 0, "b": -1, "c": 10**15 - 1, "d": {}, "e": [], "f": ""}], "é": {"a": 0, "B": 1, "中": 2, "\U0001f600": 3, "\uffee": 4},
    })  # fmt: skip
    with firm.hand("alice") as hand:
        digest = hand.text(body)
        assert hand.one("SELECT body FROM erp.content WHERE hash = %s", digest) == body
    assert digest == hashlib.sha256(body.encode()).digest()


def test_that_settings_of_the_session_change_no_judgement(firm: Firm) -> None:
    with firm.hand("alice") as hand:
        for setting in (
            "standard_conforming_strings = off", "search_path = public", "timezone = 'Asia/Tokyo'",
            "datestyle = 'German, DMY'", "bytea_output = 'escape'", "quote_all_identifiers = on",
            "transform_null_equals = on", "intervalstyle = 'iso_8601'", "extra_float_digits = -10",
        ):  # fmt: skip
            hand.sql(f"SET {setting}")
        hand.text(canonical({"memo": "a\\b\n"}))
        hand.connection.execute("SAVEPOINT s")
        with pytest.raises(Exception, match="G5 not-canonical"):
            hand.text('{"memo":"\\u0041"}')
