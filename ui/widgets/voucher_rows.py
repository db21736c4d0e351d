"""Vouchers in a list: their columns, filters, life-lines and sums."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from erpdesk.domain.money import Money
from erpdesk.services.looking import VoucherLine
from erpdesk.words import STATES, Sentence
from ui.look import Tone
from ui.models.cells import Chip, LifeLine, Lines
from ui.models.row_model import Column
from ui.widgets.currency_field import with_code
from ui.work.wording import Wording

S = Sentence
FILTERS: Final = {
    "all": (S("全部", "All"), "list"),
    "draft": (S("草稿", "Drafts"), "pencil"),
    "review": (S("审核中", "In review"), "hourglass"),
    "open": (S("未结清", "Open"), "file-clock"),
    "taxed": (S("税期已到", "Tax due"), "triangle-alert"),
    "closed": (S("已关闭", "Closed"), "lock"),
}
STATE_CHIPS: Final[dict[str, tuple[Tone, str]]] = {
    "draft": ("neutral", "pencil"),
    "submitted": ("info", "hourglass"),
    "in_review": ("info", "hourglass"),
    "posted": ("ok", "check"),
    "rejected": ("error", "circle-x"),
    "voided": ("neutral", "ban"),
}
PARTS: Final = (
    S("确认", "booked"), S("税期", "tax point"), S("开票", "invoiced"), S("收款", "paid"),
    S("清", "cleared"),
)  # fmt: skip
CUSTOMER = S("客户、单号", "Customer, number")
AMOUNT = S("金额", "Amount")
LEFT_SAID = S("未清 {left}", "open {left}")
LIFE, STATE = S("确认 税期 开票 收款 清", "Booked to cleared"), S("状态", "State")
REVERSED, BILLED = S("已冲销", "reversed"), S("已开票", "invoiced")
EDITABLE: Final = frozenset({"draft", "rejected"})
SENT: Final = frozenset({"submitted", "in_review"})
TOTAL = S("合计 {count} 行", "{count} rows")
WORDS: Final = {
    "table": S("临时凭证", "Temporary vouchers"), "search": S("单号、客户", "Number, customer"),
    "columns": S("列", "Columns"),
    "copy": S("复制", "Copy"), "export": S("复制全部", "Copy all"), "filters": S("筛选", "Filter"),
    "nothing_yet": S("这里列出临时凭证；用「新建」写第一张", "Vouchers stand here; begin with New"),
    "nothing_fits": S("没有符合的行", "Nothing fits"), "clear": S("清除筛选", "Clear"),
}  # fmt: skip
COUNT = S("{rows} 行，选中 {selected}", "{rows} rows, {selected} selected")


def fits(one: VoucherLine, name: str) -> bool:
    """Say whether a voucher belongs to a filter."""
    is_open = one.state == "posted" and one.left is not None and one.left.minor > 0
    return {
        "all": True,
        "draft": one.state in EDITABLE,
        "review": one.state in SENT,
        "open": is_open,
        "taxed": is_open and one.is_taxed,
        "closed": one.state == "voided" or (one.state == "posted" and not is_open),
    }[name]


def life_of(one: VoucherLine) -> tuple[int, ...]:
    """Return how far a voucher has come in each part of its life, in tenths."""
    if one.state != "posted" or one.reversed_by or one.amount is None or one.left is None:
        return (0, 0, 0, 0, 0)
    whole, billed, left = one.amount.minor, one.billed.minor, one.left.minor
    part = _tenths(whole - billed - left, whole)
    is_clear = left == 0 and billed < whole
    return (10, 10 if one.is_taxed else 0, _tenths(billed, whole), part, 10 if is_clear else 0)


def _tenths(part: int, whole: int) -> int:
    """Return how many tenths a part is; what is begun is at least one."""
    return max(1, 10 * part // max(1, whole)) if part > 0 else 0


def listed(rows: Iterable[VoucherLine], name: str, words: str) -> list[VoucherLine]:
    """Return the vouchers of a filter whose number or customer holds the words."""
    return [
        one
        for one in rows
        if fits(one, name) and words in f"{one.number or ''} {one.customer or ''}".lower()
    ]


def totals(rows: list[VoucherLine], words: Wording) -> dict[str, Lines]:
    """Return the sums of a list in one currency; several have none."""
    amounts = [one.amount for one in rows if one.amount is not None]
    if len({money.currency for money in amounts}) != 1:
        return {}
    currency = amounts[0].currency
    left = Money(sum(one.left.minor for one in rows if one.left is not None), currency)
    total = Money(sum(money.minor for money in amounts), currency)
    return {"amount": Lines(total, words.say(LEFT_SAID, left=with_code(left)))}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which vouchers are asked for, and in which order: the words are in small letters."""

    filter: str
    words: str
    column: Column[VoucherLine] | None
    is_descending: bool


@dataclass(frozen=True, slots=True)
class Arranged:
    """Every voucher that is asked for in its order, their sums, and how many each filter has."""

    rows: list[VoucherLine]
    totals: Mapping[str, Lines]
    counts: Mapping[str, int]


def arranged(rows: tuple[VoucherLine, ...], asked: Asked, words: Wording) -> Arranged:
    """Arrange vouchers; of many that takes a while, so it is done beside the window."""
    found = in_order(
        listed(rows, asked.filter, asked.words), asked.column, is_descending=asked.is_descending
    )
    counts = {name: sum(fits(one, name) for one in rows) for name in FILTERS}
    return Arranged(found, totals(found, words), counts)


def _rank(value: Any) -> Any:
    match value:
        case Lines():
            return _rank(value.first)
        case Money():
            return value.minor
        case Chip():
            return value.word
        case _:
            return value


def in_order(
    rows: list[VoucherLine], column: Column[VoucherLine] | None, *, is_descending: bool
) -> list[VoucherLine]:
    """Return rows by a column; what has no value there stands last."""
    if column is None:
        return rows
    keyed = [(column.value(one), one) for one in rows]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=lambda pair: _rank(pair[0]), reverse=is_descending)
    return [one for _, one in known] + [one for value, one in keyed if value is None]


def name_of(one: VoucherLine, words: Wording) -> str:
    """Return what a voucher is called: its number, or that it is a draft."""
    return one.number or words.say(STATES["draft"])


def chip_of(one: VoucherLine, words: Wording) -> Chip:
    """Return the state of a voucher."""
    if one.reversed_by:
        return Chip(words.say(REVERSED), "neutral", "undo-2")
    if one.amount is not None and 0 < one.amount.minor == one.billed.minor:
        return Chip(words.say(BILLED), "ok", "file-check")
    tone, icon = STATE_CHIPS.get(one.state, ("neutral", "circle-dashed"))
    return Chip(words.say(STATES[one.state]), tone, icon)


def columns(words: Wording) -> tuple[Column[VoucherLine], ...]:
    """Return the columns of the list."""

    def life(one: VoucherLine) -> LifeLine:
        return LifeLine(tuple(words.say(part) for part in PARTS), life_of(one))

    def customer(one: VoucherLine) -> Lines:
        day = f" · {one.day.isoformat()}" if one.day else ""
        return Lines(one.customer, f"{name_of(one, words)}{day}", "text2")

    def amount(one: VoucherLine) -> Lines:
        left = with_code(one.left) if one.left else "—"
        return Lines(one.amount, words.say(LEFT_SAID, left=left))

    return (
        Column("customer", CUSTOMER, customer),
        Column("amount", AMOUNT, amount, "amount", 136),
        Column("life", LIFE, life, "life", 140, is_sortable=False),
        Column("state", STATE, lambda one: chip_of(one, words), "chip", 122),
    )
