"""Vouchers in a list: their columns, filters, life-lines and sums."""

from typing import Final

from erpdesk.domain.voucher_list import VoucherFilter
from erpdesk.services.voucher_list import VoucherLine, Vouchers, VouchersAsked
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
    "reversed": ("neutral", "undo-2"),
    "billed": ("ok", "file-check"),
}
PARTS: Final = (
    S("确认", "booked"), S("税期", "tax point"), S("开票", "invoiced"), S("收款", "paid"),
    S("清", "cleared"),
)  # fmt: skip
CUSTOMER = S("客户、单号", "Customer, number")
AMOUNT = S("金额", "Amount")
LEFT_SAID = S("未清 {left}", "open {left}")
LIFE, STATE = S("确认 税期 开票 收款 清", "Booked to cleared"), S("状态", "State")
STANDINGS: Final = STATES | {"reversed": S("已冲销", "reversed"), "billed": S("已开票", "invoiced")}
"""What is said of a voucher: its state, or what became of it after it was posted."""
TOTAL = S("合计 {count} 行", "{count} rows")
WORDS: Final = {
    "table": S("临时凭证", "Temporary vouchers"), "search": S("单号、客户", "Number, customer"),
    "columns": S("列", "Columns"),
    "copy": S("复制", "Copy"), "export": S("复制全部", "Copy all"), "filters": S("筛选", "Filter"),
    "nothing_yet": S("这里列出临时凭证；用「新凭证」写第一张", "Vouchers: begin with New voucher"),
    "nothing_fits": S("没有符合的行", "Nothing fits"), "clear": S("清除筛选", "Clear"),
}  # fmt: skip
COUNT = S("{rows} 行，选中 {selected}", "{rows} rows, {selected} selected")


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


def totals(found: Vouchers, words: Wording) -> dict[str, Lines]:
    """Return the sums of a list in one currency; several have none."""
    if found.total is None or found.left is None:
        return {}
    left = words.say(LEFT_SAID, left=with_code(found.left))
    return {"amount": Lines(found.total, left)}


def asked_for(which: str, searched: str, order: tuple[str, bool], words: Wording) -> VouchersAsked:
    """Return what is asked for; by what has become of them they stand as it is said here."""
    said = {one: words.say(word) for one, word in STANDINGS.items()}
    in_order = sorted(set(said.values()))
    ranks = {one: in_order.index(word) for one, word in said.items()}
    return VouchersAsked(VoucherFilter(which), searched, *order, ranks)


def name_of(one: VoucherLine, words: Wording) -> str:
    """Return what a voucher is called: its number, or that it is a draft."""
    return one.number or words.say(STATES["draft"])


def chip_of(one: VoucherLine, words: Wording) -> Chip:
    """Return the state of a voucher, or what became of it."""
    tone, icon = STATE_CHIPS.get(one.standing, ("neutral", "circle-dashed"))
    return Chip(words.say(STANDINGS[one.standing]), tone, icon)


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
        Column("standing", STATE, lambda one: chip_of(one, words), "chip", 122),
    )
