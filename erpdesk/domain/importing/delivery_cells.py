"""The head of a delivery: number, customer, day and whether it is still without an invoice."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from erpdesk.domain.currencies import currency_of
from erpdesk.domain.importing import cells
from erpdesk.domain.importing.cells import NO_HABITS, AmbiguousDayError, Habits, NotADayError
from erpdesk.domain.importing.checked_cells import Check, Checked, Flag, Read, key, label, prose
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.delivery_lines import number_said
from erpdesk.domain.importing.rows import Reason

_REMEMBERED: Final = 4096

MISSING_NUMBER: Final = Reason("缺少单号", "the number is missing")
MISSING_CUSTOMER: Final = Reason("缺少客户", "the customer is missing")
NOT_A_DAY: Final = Reason("不是日期", "not a day")
DAY_TWO_WAYS: Final = Reason("日和月分不清", "day and month cannot be told apart")
SERIAL_DAY: Final = Reason(
    "按表格软件的日期序号读取", "read as the number a spreadsheet counts days by"
)
NO_CURRENCY: Final = Reason("不认识的币种", "unknown currency")
NOT_YES_OR_NO: Final = Reason("看不懂，按未填处理", "not understood: taken as not said")
NOT_SHIPPED: Final = Reason(
    "没有出库日期：尚未出库，不是出库单", "no delivery date: not shipped yet"
)
INVOICED: Final = Reason("已开票，不是未开票出库", "already invoiced")
PARTLY_INVOICED: Final = Reason(
    "部分开票：请填未开票的金额", "partly invoiced: state the amount without an invoice"
)
CANCELLED: Final = Reason(
    "作废、草稿或未审核的单据，未导入", "cancelled, a draft or not approved: left out"
)


def unknown_customer(ref: str) -> Reason:
    """Return why a delivery has nobody who owes."""
    return Reason(f"没有这个客户「{ref}」", f"no such customer: {ref}")


def several_customers(ref: str) -> Reason:
    """Return why a name does not say who owes."""
    return Reason(
        f"「{ref}」有多个客户，请用客户编码", f"several customers are called {ref}: use the code"
    )


@dataclass(frozen=True, slots=True)
class DeliveryRules:
    """What deliveries are checked by: ``find_customer`` gives the ids behind a code or name.

    ``look_up`` is told before which codes and names there are in the next rows.
    """

    find_customer: Callable[[str], Sequence[str]]
    look_up: Callable[[Collection[str]], object] = len
    currency: str = "CNY"
    habits: Habits = NO_HABITS


def delivery_checks(habits: Habits) -> dict[str, Check]:
    """Return how each field of a delivery's head is checked."""
    return {
        "number": key(64),
        "customer": label(200),
        "customer_name": label(200),
        "day": day_check(habits),
        "currency": Check(lambda text: currency_of(text) or Flag(NO_CURRENCY, wrong=True)),
        "freight": number_check(habits),
        "total": number_check(habits),
        "tax_included": Check(_yes_or_no),
        "text": prose(500),
        "state": prose(60),
        "invoice": prose(500),
        "invoice_state": prose(60),
    }


def day_check(habits: Habits) -> Check:
    """Return the check of a day; many rows say the same."""

    @lru_cache(_REMEMBERED)
    def check(text: str) -> date | Flag:
        try:
            found = cells.day(text, habits)
        except AmbiguousDayError:
            return Flag(DAY_TWO_WAYS, wrong=True)
        except NotADayError:
            return Flag(NOT_A_DAY, wrong=True)
        return Flag(SERIAL_DAY, found) if cells.is_serial(text) else found

    return Check(check)


def number_check(habits: Habits) -> Check:
    """Return the check of a number."""

    def check(text: str) -> Decimal | Flag:
        found = number_said(text, habits)
        return Flag(found, wrong=True) if isinstance(found, Reason) else found

    return Check(check)


_YES: Final = frozenset({"是", "含税", "y", "yes", "true", "1", "1.0", "√", "✓", "t"})
_NO: Final = frozenset({"否", "不含税", "未税", "n", "no", "false", "0", "0.0", "×", "f"})


def _yes_or_no(text: str) -> bool | Flag:
    word = cells.plain(text).casefold()
    return word in _YES if word in _YES | _NO else Flag(NOT_YES_OR_NO)


_INVOICED: Final = _YES - {"含税"} | {
    "已开票", "已开", "全部开票", "完全开票", "已全部开票", "开票完成", "fullyinvoiced", "invoiced",
    "fullybilled", "billed", "nothingtoinvoice", "无需开票", "completed",
}  # fmt: skip
_PARTLY: Final = ("部分", "partly", "partial")
_DEAD: Final = (
    "取消",
    "作废",
    "cancel",
    "void",
    "草稿",
    "draft",
    "暂存",
    "未审",
    "待审",
    "审核中",
    "驳回",
)


def why_left_out(read: Read) -> Reason | None:
    """Return why a row is no delivery without an invoice, though nothing is wrong with it."""
    state, invoice, billed = map(read.values.get, ("state", "invoice", "invoice_state"))
    if state and any(word in cells.plain(state).casefold() for word in _DEAD):
        return CANCELLED
    if invoice or billed:
        said = "".join(cells.plain(billed or "").casefold().split())
        if said in _INVOICED or (invoice and not _is_partly(said)):
            return INVOICED
    return None if "day" in read.values else NOT_SHIPPED


def _is_partly(billed: str) -> bool:
    return any(word in billed for word in _PARTLY)


def lacking(read: Read, columns: Columns) -> list[tuple[str, Reason]]:
    """Return what a delivery's head must say and does not."""
    wrong = list(read.wrong)
    if "number" not in read.values:
        wrong.append((columns.title("number"), MISSING_NUMBER))
    if "customer" not in read.values and "customer_name" not in read.values:
        who = columns.title("customer") or columns.title("customer_name")
        wrong.append((who, MISSING_CUSTOMER))
    billed = read.values.get("invoice_state")
    is_partly = billed and _is_partly(cells.plain(billed).casefold())
    if is_partly and "未开票" not in columns.title("amount"):
        wrong.append((columns.title("invoice_state"), PARTLY_INVOICED))
    return wrong


def customers_in(read: Read) -> list[str]:
    """Return what a table calls the customer: a code, a name, or first one and then the other."""
    said = [ref for ref in map(read.values.get, ("customer", "customer_name")) if ref]
    return list(dict.fromkeys([way for ref in said for way in (ref, cells.plain(ref))]))


def all_customers_in(block: Checked) -> set[str]:
    """Return what some rows of a table call their customers."""
    columns = map(block.columns.get, ("customer", "customer_name"))
    said = {ref for column in columns for ref in column or () if ref}
    return said | {cells.plain(ref) for ref in said}


def customer_of(read: Read, rules: DeliveryRules) -> tuple[str, str] | Reason:
    """Return (customer id, what the table called it), or why it is nobody."""
    refs = customers_in(read)
    for ref in refs:
        found = rules.find_customer(ref)
        if len(found) == 1:
            return found[0], ref
        if found:
            return several_customers(ref)
    return unknown_customer(refs[0])
