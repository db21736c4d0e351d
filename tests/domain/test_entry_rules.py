from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.allocation import Match, allocate, undo
from erpdesk.domain.entry_moves import ItemsAndLedgerError, UnknownItemError
from erpdesk.domain.entry_rules import (
    AnswersDifferError,
    CustomerMissingError,
    GoodsDifferError,
    NoSuchSectionError,
    NothingToPostError,
    RedWithoutOriginError,
    TooManyLinesError,
    UnknownRuleError,
    broken_rules,
    check_content,
    risk_minor,
)
from erpdesk.domain.entry_shapes import MisshapenError, is_day
from erpdesk.domain.links import Link
from erpdesk.domain.money import AmountTooLargeError
from erpdesk.domain.open_item import OtherCustomerError, OverAllocatedError
from erpdesk.domain.posting import EmptyLineError, TooFewLinesError, UnbalancedError
from erpdesk.domain.receipt import Paid, matched
from erpdesk.domain.voucher import content
from erpdesk.errors import StaleError, UserError
from tests.domain.builders import (
    HAIHE,
    a_charge,
    a_credit,
    a_heading,
    a_receipt,
    a_voucher,
    an_evidence,
    an_id,
    ids,
    known,
    yuan,
)

VOUCHER = content(a_voucher(evidence=(an_evidence("order"),)), make_id=ids(11))
CHARGE, CREDIT = a_charge(), a_credit()
ALLOCATION = allocate(a_heading(), [Match(CHARGE, CREDIT, yuan(113_000))], make_id=ids(11))
UNDO = undo(
    a_heading(),
    [Link(an_id(77), yuan(113_000), a_charge(open=yuan(0)), a_credit(open=yuan(0)))],
    make_id=ids(11),
)


def changed(content: Mapping[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return a text with one value put in, or taken out where it is None."""
    copy = deepcopy(dict(content))
    place: Any = copy
    *way, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return copy


def kinds(errors: tuple[UserError, ...]) -> set[type[UserError]]:
    return set(map(type, errors))


def test_that_a_text_as_it_is_stored_keeps_every_rule() -> None:
    stored = {**VOUCHER, "document": an_id(1), "kind": "voucher"}

    assert broken_rules("voucher", stored) == ()
    check_content("allocation", ALLOCATION)
    check_content("allocation", UNDO, known(a_charge(open=yuan(0)), a_credit(open=yuan(0))))


@pytest.mark.parametrize("kind", ["customer", "authority", "campaign", "notice"])
def test_that_what_posts_nothing_has_no_entry_to_be_judged(kind: str) -> None:
    assert broken_rules(kind, {"memo": "x"} if kind != "campaign" else {"scope": {}}) == ()


@pytest.mark.parametrize(
    ("path", "value", "refusal"),
    [
        ("lines.0.amount", 11_299_999, UnbalancedError),
        ("lines.0.base", 11_299_999, UnbalancedError),
        ("lines.2.currency", "USD", UnbalancedError),
        ("lines", [], TooFewLinesError),
        ("lines", None, TooFewLinesError),
        ("lines.0.customer", HAIHE, OtherCustomerError),
        ("lines.0.customer", None, CustomerMissingError),
        ("items.0.customer", HAIHE, OtherCustomerError),
        ("customer", HAIHE, OtherCustomerError),
        ("customer", None, OtherCustomerError),
        ("items.0.amount", 11_299_999, ItemsAndLedgerError),
        ("items.0.account", "1122.01", ItemsAndLedgerError),
        ("items", [], ItemsAndLedgerError),
        ("entry.rule", "P1a/99", UnknownRuleError),
        ("entry", None, NothingToPostError),
        ("list", {}, NoSuchSectionError),
        ("goods.0.net", 9_999_999, GoodsDifferError),
        ("items.0.amount", 1, GoodsDifferError),
        ("answers.tax_point", 1, AnswersDifferError),
        ("answers.passed", 0, AnswersDifferError),
        ("lines.0.n", 2, MisshapenError),
        ("lines.0.amount", 10**13 + 1, AmountTooLargeError),
        ("goods.0.gross", -(10**13) - 1, AmountTooLargeError),
    ],
)
def test_that_a_broken_rule_is_found(path: str, value: object, refusal: type[UserError]) -> None:
    text = changed(VOUCHER, path, value)

    assert refusal in kinds(broken_rules("voucher", text))
    with pytest.raises(UserError):
        check_content("voucher", text)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("lines.0.amount", "1"), ("lines.0.amount", 1.0), ("lines.0.amount", True),
        ("lines.0.side", 2), ("lines.0.currency", "XYZ"), ("lines.0.base", None),
        ("lines.0.hidden", 1), ("lines.0", "x"), ("lines", {}), ("entry", []), ("entry", "x"),
        ("entry.id", "x"), ("entry.id", an_id(1).upper().replace("0000-7", "0000-A")),
        ("entry.posting_date", "1899-12-31"), ("entry.posting_date", "2100-01-01"),
        ("entry.posting_date", "2026-02-29"), ("entry.posting_date", "20261125"),
        ("entry.posting_date", 20261125), ("items.0.due", "2026-1-5"), ("items.0.amount", 0),
        ("evidence.0.hash", "ab"), ("evidence.0.hash", 7), ("goods.0.rate", "13%"),
        ("goods.0.rate", 13), ("answers.passed", 2), ("answers.passed", True),
        ("customer", "C1"), ("entry.rule", 1),
    ],
)  # fmt: skip
def test_that_a_misshapen_text_is_judged_no_further(path: str, value: object) -> None:
    assert kinds(broken_rules("voucher", changed(VOUCHER, path, value))) == {MisshapenError}


@pytest.mark.parametrize("day", ["1900-01-01", "1996-05-01", "2099-12-31", "2024-02-29"])
def test_that_days_of_two_centuries_are_days(day: str) -> None:
    assert is_day(day)


def test_that_every_broken_rule_is_named_at_once() -> None:
    text = changed(changed(VOUCHER, "entry.rule", "P9/9"), "lines.0.customer", HAIHE)

    assert {OtherCustomerError, UnknownRuleError} <= kinds(broken_rules("voucher", text))


def test_that_a_line_without_any_amount_is_refused() -> None:
    empty = {**VOUCHER["lines"][1], "n": 4, "amount": 0, "base": 0}

    text = changed(VOUCHER, "lines", [*VOUCHER["lines"], empty])

    assert kinds(broken_rules("voucher", text)) == {EmptyLineError}


def test_that_an_entry_has_at_most_300_lines() -> None:
    pair = [{**VOUCHER["lines"][1], "side": side, "amount": 1, "base": 1} for side in (1, -1)]

    def text(pairs: int) -> dict[str, Any]:
        lines = [{**line, "n": n} for n, line in enumerate(pair * pairs, 1)]
        entry = {**VOUCHER["entry"], "rule": "P6/1"}
        return {"entry": entry, "lines": lines}

    assert broken_rules("reversal", text(150)) == ()
    assert kinds(broken_rules("reversal", text(151))) == {TooManyLinesError}


def test_that_lines_without_an_entry_are_refused() -> None:
    text = changed(ALLOCATION, "entry", None)

    assert NothingToPostError in kinds(broken_rules("allocation", text))


def test_that_a_link_within_one_account_needs_no_entry() -> None:
    credit = a_credit(account="1122.02")
    text = changed(changed(ALLOCATION, "entry", None), "lines", None)

    assert broken_rules("allocation", text, known(CHARGE, credit)) == ()
    assert kinds(broken_rules("allocation", text, known(CHARGE, CREDIT))) == {ItemsAndLedgerError}


def test_that_a_red_line_needs_what_it_takes_back() -> None:
    lines = [{**x, "amount": -x["amount"], "base": -x["base"]} for x in ALLOCATION["lines"]]
    text = changed(changed(ALLOCATION, "lines", lines), "allocations", [])

    assert RedWithoutOriginError in kinds(broken_rules("allocation", text, {}))
    text["entry"] = {**text["entry"], "reverses": an_id(5)}
    assert RedWithoutOriginError not in kinds(broken_rules("allocation", text, {}))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("allocations.0.amount", -11_300_000),
        ("allocations.0.undoes", an_id(5)),
        ("allocations.0.charge_version", None),
        ("allocations.0.credit", None),
    ],
)
def test_that_an_allocation_says_its_sense_and_the_versions_seen(path: str, value: object) -> None:
    text = changed(ALLOCATION, path, value)

    assert MisshapenError in kinds(broken_rules("allocation", text))


def test_that_an_allocation_of_no_item_is_refused() -> None:
    text = changed(ALLOCATION, "allocations", [{"id": an_id(1), "amount": 1}])

    assert MisshapenError in kinds(broken_rules("allocation", text))


@pytest.mark.parametrize(
    ("items", "refusal"),
    [
        ({}, UnknownItemError),
        (known(CHARGE), UnknownItemError),
        (known(a_charge(version=4), CREDIT), StaleError),
        (known(a_charge(open=yuan(5)), CREDIT), OverAllocatedError),
        (known(CHARGE, a_credit(open=yuan(-5))), OverAllocatedError),
        (known(CHARGE, a_credit(customer=HAIHE)), OtherCustomerError),
        (known(a_charge(account="1122.01"), CREDIT), ItemsAndLedgerError),
        (known(CHARGE, a_charge(113_000, 601, version=1)), UnknownItemError),
    ],
)
def test_that_an_allocation_is_judged_by_the_items_it_names(
    items: Any, refusal: type[UserError]
) -> None:
    assert refusal in kinds(broken_rules("allocation", ALLOCATION, items))


def test_that_more_is_never_undone_than_was_allocated() -> None:
    half = known(a_charge(open=yuan(56_500)), a_credit(open=yuan(0)))

    assert OverAllocatedError in kinds(broken_rules("allocation", UNDO, half))


def test_that_without_the_items_only_what_a_text_makes_itself_is_judged() -> None:
    text = changed(ALLOCATION, "lines.1.account", "1122.01")

    assert broken_rules("allocation", text) == ()


def test_that_an_account_of_the_firms_own_is_no_customers_account() -> None:
    text = changed(VOUCHER, "lines.1.account", "6001.07")

    assert broken_rules("voucher", text, {}) == ()


def test_that_the_amount_at_risk_is_half_of_the_lines() -> None:
    assert risk_minor(VOUCHER) == yuan(113_000).minor


def test_that_the_amount_at_risk_is_never_net() -> None:
    variances = [{"difference": 3_000_000}, {"difference": -3_000_000}, {"text": "地址"}]

    assert risk_minor({"variances": variances}) == 6_000_000


def test_that_allocations_count_where_they_are_more() -> None:
    made = matched(a_receipt(), [Paid(CHARGE, yuan(113_000))], make_id=ids())
    links = [{"amount": 7}, {"amount": -8}]

    assert risk_minor(made) == 11_300_000
    assert risk_minor({"lines": [{"base": 3}], "allocations": links}) == 15
    assert risk_minor({"lines": [{"base": 3}]}) == 2


def test_that_a_long_list_counts_with_its_own_lines() -> None:
    assert risk_minor({}) == 0
    assert risk_minor({}, list_base_minor=22_600_001) == 11_300_001


@given(st.integers(-20, 20).filter(bool), st.integers(0, 2))
def test_that_a_voucher_changed_by_a_cent_anywhere_is_refused(cents: int, line: int) -> None:
    amount = VOUCHER["lines"][line]["amount"]

    text = changed(VOUCHER, f"lines.{line}.amount", amount + cents)

    assert UnbalancedError in kinds(broken_rules("voucher", text))
