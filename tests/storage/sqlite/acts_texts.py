"""Attacks on texts: other spellings, other numbers, other shapes."""

from collections.abc import Iterator
from typing import Any

from tests.storage.books import entry, line, voucher_text
from tests.storage.sqlite.attacker import Attacker, attack, honest, loose, rewritten


def _text(w: Attacker, net: int = 10_000) -> dict[str, Any]:
    return voucher_text(w.books, w.facts["green"], net)


# -------------------------------------------------------------------- spelling
def _spelling(name: str, code: str, old: str, new: str) -> None:
    """List a text of which one piece is spelled in another way."""

    def play(w: Attacker) -> Iterator[None]:
        text = _text(w) | {"memo": "note", "answers": {"passed": 0}}
        text["lines"][1]["n"] = 2
        yield
        w.text(rewritten(text, old, new))

    attack("spelling", code, name=name)(play)


for _name, _code, _old, _new in (
    ("float", "G6 not-whole", '"amount":10000', '"amount":10000.0'),
    ("exponent", "G6 not-whole", '"amount":10000', '"amount":1e4'),
    ("exponent_of_base", "G6 not-whole", '"base":10000', '"base":1E4'),
    ("minus_zero", "G6 not-whole", '"passed":0', '"passed":-0'),
    ("minus_zero_in_a_list", "G6 not-whole", '"passed":0', '"passed":[1,-0]'),
    ("true", "G6 not-whole", '"passed":0', '"passed":true'),
    ("false", "G6 not-whole", '"passed":0', '"passed":false'),
    ("null", "G6 not-whole", '"memo":"note"', '"memo":null'),
    ("huge", "G6 not-whole", '"passed":0', '"passed":1000000000000000'),
    ("beyond_64_bits", "G6 not-whole", '"passed":0', '"passed":100000000000000000000'),
    ("text_amount", "G6 not-whole", '"amount":10000', '"amount":"10000"'),
    ("text_base", "G6 not-whole", '"base":10000', '"base":"10000"'),
    ("text_number", "G6 not-whole", '"n":2', '"n":"2"'),
    ("side_2", "G6 not-whole", '"side":-1', '"side":-2'),
    ("account_number", "G6 not-whole", '"account":"6001"', '"account":6001'),
    ("currency_small", "G6 not-whole", '"currency":"CNY"', '"currency":"cny"'),
    ("amount_missing", "G6 not-whole", '"amount":10000,"base"', '"base"'),
    ("leading_zero", "G5 not-canonical", '"passed":0', '"passed":00'),
    ("plus", "G5 not-canonical", '"passed":0', '"passed":+1'),
    ("infinity", "G5 not-canonical", '"passed":0', '"passed":Infinity'),
    ("hexadecimal", "G5 not-canonical", '"passed":0', '"passed":0x1'),
    ("space", "G5 not-canonical", '"passed":0', '"passed": 0'),
    ("comma_behind", "G5 not-canonical", '"passed":0', '"passed":0,'),
    ("comment", "G5 not-canonical", '"passed":0', '/**/"passed":0'),
    ("cut_off", "G5 not-canonical", '"memo":"note"', '"memo":"note'),
    ("key_twice", "G5 key-twice", '"memo":"note"', '"memo":"note","memo":"other"'),
    ("key_twice_inside", "G5 key-twice", '"amount":10000', '"amount":10000,"amount":1'),
    ("key_twice_escaped", "G5 key-twice", '"memo":"note"', '"memo":"note","mem\\u006f":"x"'),
    ("lines_as_object", "G5 not-canonical", '"memo":"note"', '"goods":{"a":{"n":1}}'),
    ("line_as_number", "G5 not-canonical", '"memo":"note"', '"goods":[1]'),
    ("entry_as_text", "G5 not-canonical", '"answers":{"passed":0}', '"answers":"yes"'),
    ("no_such_day", "G6 day", '"due":"20', '"due":"2026-02-30","x":"20'),
    ("day_of_another_age", "G6 day", '"due":"20', '"due":"2126-02-03","x":"20'),
    ("day_in_words", "G6 day", '"posting_date":"20', '"posting_date":"now","x":"20'),
):  # fmt: skip
    _spelling(_name, _code, _old, _new)


@attack("spelling", "G6 day")
def document_day_that_is_none(w: Attacker) -> Iterator[None]:
    text = _text(w)
    text["entry"]["document_date"] = "2026-13-01"
    yield
    w.text(text)


@attack("spelling", "G6 day")
def posting_day_missing(w: Attacker) -> Iterator[None]:
    text = _text(w)
    del text["entry"]["posting_date"]
    yield
    w.text(text)


@attack("spelling", "G5 not-canonical")
def array_instead_of_object(w: Attacker) -> Iterator[None]:
    yield
    w.text("[1,2]")


@attack("spelling", "G5 not-canonical")
def hash_of_two_bytes(w: Attacker) -> Iterator[None]:
    yield
    w.text(_text(w), b"ab")


@attack("spelling", "G5 too-deep")
def eight_levels(w: Attacker) -> Iterator[None]:
    value: dict[str, Any] = {"x": 1}
    for _ in range(7):
        value = {"x": value}
    yield
    w.text(loose(value))


@attack("spelling", "G5 too-deep")
def nine_hundred_levels(w: Attacker) -> Iterator[None]:
    yield
    w.text('{"a":' * 900 + "1" + "}" * 900)


@attack("spelling", "G5 not-canonical")
def three_thousand_levels(w: Attacker) -> Iterator[None]:
    yield
    w.text('{"a":' + "[" * 3000 + "]" * 3000 + "}")


@attack("spelling", "G2 exists")
def text_stored_twice(w: Attacker) -> Iterator[None]:
    row = w.row("content")
    yield
    w.insert("content", row, "OR IGNORE")


@attack("spelling", "G5 too-long")
def text_above_four_megabytes(w: Attacker) -> Iterator[None]:
    yield
    w.text({"memo": "x" * 4_000_001})


@attack("spelling", "G6 too-many-lines")
def lines_301(w: Attacker) -> Iterator[None]:
    text = _text(w)
    text["lines"] = [line(n, "6001", 1, 1) for n in range(301)]
    yield
    w.text(text)


@attack("spelling", "G6 lines-without-entry")
def lines_without_entry(w: Attacker) -> Iterator[None]:
    text = _text(w)
    del text["entry"]
    yield
    w.text(text)


@attack("spelling", "G5 other-customer")
def line_of_another_customer(w: Attacker) -> Iterator[None]:
    text = _text(w)
    text["lines"][0]["customer"] = w.facts["blue"]
    yield
    w.text(text)


@attack("spelling", "G5 other-customer")
def item_of_a_customer_without_a_header(w: Attacker) -> Iterator[None]:
    text = _text(w)
    del text["customer"]
    yield
    w.text(text)


def _section(name: str, section: str, row: dict[str, Any]) -> None:
    def play(w: Attacker) -> Iterator[None]:
        yield
        w.text({section: [row], "entry": entry(w.books, "记", "P1a/1")})

    attack("spelling", "G6 not-whole", name=name)(play)


_section(
    "item_amount_as_text",
    "items",
    {"id": "a", "amount": "5", "currency": "CNY", "due": "2026-01-01"},
)
_section("item_without_id", "items", {"amount": 5, "currency": "CNY", "due": "2026-01-01"})
_section("allocation_amount_as_text", "allocations", {"id": "a", "amount": "5"})
_section("allocation_without_id", "allocations", {"amount": 5})
_section("use_of_a_delivery_as_text", "deliveries", {"id": "a", "amount": "5"})
_section("use_of_less_than_nothing", "deliveries", {"id": "a", "amount": -5})
_section("variance_as_text", "variances", {"difference": "5x"})


@attack("spelling", "G10 number")
def entry_in_the_series_of_documents(w: Attacker) -> Iterator[None]:
    text = _text(w)
    text["entry"]["series"] = "doc:临"
    yield
    w.text(text)


@honest("spelling")
def everything_as_it_should_be(w: Attacker) -> Iterator[None]:
    yield
    text = _text(w) | {"memo": 'a "quoted" \\ memo [-0], 临时 \u0301', "answers": {"passed": 0}}
    text["items"][0]["due"] = "1996-02-29"
    w.posted("voucher", text)
    deep: dict[str, Any] = {"x": 1}
    for _ in range(6):
        deep = {"x": deep}
    w.text(loose(deep))
    w.text({"kind": "campaign", "memo": "x" * 4_000_001})
