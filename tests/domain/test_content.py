from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.content import (
    NUMBER_MAX,
    NotCanonicalError,
    canonical,
    canonical_rows,
    content_hash,
    parse,
    record_hash,
    record_hashes,
    record_text,
    record_texts,
)

RECEIPT = (
    '{"customer":"00000000-0000-0000-0000-000000001001",'
    '"document":"01a210c4-88db-78c8-b0c2-6983b9c46f30",'
    '"entry":{"id":"01a210c4-88db-71f4-bfeb-d705035610c4","posting_date":"2026-11-20",'
    '"series":"收"},"items":[{"account":"2203","amount":-11300000,"currency":"CNY",'
    '"customer":"00000000-0000-0000-0000-000000001001","due":"2026-11-20",'
    '"id":"01a210c4-890d-77c4-b5e3-66877989ee37"}],"kind":"receipt","lines":['
    '{"account":"1002","amount":11300000,"base":11300000,"currency":"CNY","n":1,"side":1},'
    '{"account":"2203","amount":11300000,"base":11300000,"currency":"CNY",'
    '"customer":"00000000-0000-0000-0000-000000001001",'
    '"item":"01a210c4-890d-77c4-b5e3-66877989ee37","n":2,"side":-1}]}'
)
RECEIPT_HASH = "ad04ea7cf4a6aaa2e21aae93969b61ce5d399fcd75de6c5f0a22599ae708005b"

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
VALUES = st.recursive(
    st.integers(-NUMBER_MAX, NUMBER_MAX) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def test_that_a_text_has_the_hash_that_everybody_computes() -> None:
    assert content_hash(canonical(parse(RECEIPT))).hex() == RECEIPT_HASH


def test_that_a_step_has_the_hash_that_everybody_computes() -> None:
    fields = (
        "01a210c4-8986-7204-a14c-357ccd9af2c7", "01a210c4-88db-78c8-b0c2-6983b9c46f30", 3,
        "receipt", "reject", "submitted", "rejected", bytes.fromhex(RECEIPT_HASH),
        "付款人\\不明\n第二行", None, "dora", 1795577329052539, 0, 11300000, 8, bytes(32),
        bytes(range(32)),
    )  # fmt: skip

    assert len(record_text("erpdesk.step.1", fields).encode()) == 402
    assert record_hash("erpdesk.step.1", fields).hex() == (
        "8836b1fa11bb1f0d1246c80ad1bfb08d614865ec396a5e74a267707a5e28aa28"
    )


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_that_what_is_written_is_read_back_and_written_the_same(value: dict[str, object]) -> None:
    body = canonical(value)

    assert canonical(parse(body)) == body


@pytest.mark.parametrize(
    "body",
    [
        '{"a": 1}',
        '{"b":1,"a":2}',
        '{"a":1,"a":1}',
        '{"a":1.0}',
        '{"a":1e3}',
        '{"a":-0}',
        '{"a":null}',
        '{"a":true}',
        '{"a":NaN}',
        '{"a":"e\u0301"}',
        '{"a":"\\u4e00"}',
        '{"a":1000000000000000}',
        '{"a":[null]}',
        '{"a":"\\u0000"}',
        '{"a":"\\ud800"}',
        '{"a":"\ud800"}',
        '{"a":[[[[[[[1]]]]]]]}',
        "[1]",
        '"a"',
        "",
        "{",
        "[" * 5000,
    ],
)
def test_that_a_second_spelling_is_refused(body: str) -> None:
    with pytest.raises(NotCanonicalError):
        parse(body)


@pytest.mark.parametrize("text", ["\n\u0303", "\\u0000", '"\u0338', "\u4e00", ""])
def test_that_texts_with_marks_of_their_own_are_read_as_they_were_written(text: str) -> None:
    body = canonical({"a": text, text: "a"})

    assert parse(body) == {"a": text, text: "a"}


@pytest.mark.parametrize("value", [1.5, True, object(), "\x00", "\ud800", NUMBER_MAX + 1])
def test_that_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonicalError):
        canonical({"a": value})


def test_that_what_is_nested_too_deep_is_refused() -> None:
    deep: object = 1
    for _ in range(8):
        deep = {"a": deep}

    with pytest.raises(NotCanonicalError):
        canonical({"a": deep})
    with pytest.raises(NotCanonicalError):
        canonical({"a": [[[[[[[1]]]]]]]})


def test_that_days_and_hashes_are_texts_and_what_is_none_is_absent() -> None:
    written = canonical({"day": date(2026, 11, 25), "hash": b"\x01\xff", "none": None})

    assert written == '{"day":"2026-11-25","hash":"01ff"}'


ROWS = st.lists(st.tuples(TEXTS | st.none(), st.integers(-3, 3) | st.none(), VALUES), max_size=5)
REFUSED = (True, 1.5, NUMBER_MAX + 1, -NUMBER_MAX - 1, "\x00", "好\x00", "\ud800", "好\ud800")


@given(ROWS)
def test_that_many_values_have_the_texts_that_each_has_alone(
    rows: list[tuple[str | None, int | None, object]],
) -> None:
    names, numbers, further = zip(*rows, strict=True) if rows else ((), (), ())
    columns = {"name": names, "a\u0301": numbers, "n": [NUMBER_MAX] * len(rows), "b": further}

    texts = canonical_rows(columns, {"made": ["[]"] * len(rows)})

    each = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    assert texts == [canonical({**one, "made": []}) for one in each]


@pytest.mark.parametrize("refused", REFUSED)
def test_that_what_one_value_may_not_hold_many_may_not_either(refused: object) -> None:
    with pytest.raises(NotCanonicalError):
        canonical({"a": refused})
    with pytest.raises(NotCanonicalError):
        canonical_rows({"a": ["fine", refused]})


@pytest.mark.parametrize("settled", ["\\u0000", "\b\u0301", '"\u0338', "null", "a\nb", "\u2028"])
def test_that_signs_which_are_written_with_others_stay_what_they_are(settled: str) -> None:
    assert canonical_rows({"a": [settled, "e\u0301"]}) == [
        canonical({"a": settled}),
        canonical({"a": "é"}),
    ]


@given(st.lists(st.tuples(TEXTS, TEXTS | st.none(), st.integers(), st.binary()), max_size=5))
def test_that_many_rows_have_the_records_that_each_has_alone(
    rows: list[tuple[object, ...]],
) -> None:
    columns = list(zip(*rows, strict=True))

    assert record_texts("tag", columns) == "".join(record_text("tag", row) for row in rows)
    assert record_hashes("tag", columns) == [record_hash("tag", row) for row in rows]


@given(st.lists(st.tuples(st.text(max_size=5), st.integers(), st.binary(), st.none(), st.uuids())))
def test_that_columns_of_one_kind_are_hashed_as_their_rows_are(
    rows: list[tuple[str, int, bytes, None, UUID]],
) -> None:
    columns = list(zip(*rows, strict=True))

    assert record_hashes("tag", columns) == [record_hash("tag", row) for row in rows]
