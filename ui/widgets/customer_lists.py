"""Customers in a table: their columns, filters and totals, and the tables of one customer."""

from collections.abc import Callable, Container, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.money import Money
from erpdesk.services.customer_history import Change, Counted, Paper
from erpdesk.services.customers import Code, CustomerLine, Item, Owes, Totals
from erpdesk.words import KINDS, STATES, Sentence
from erpdesk.words.customers import CODE_KINDS, FIELDS, as_label, fields_said
from ui.look import Tone
from ui.models.cells import Chip, Lines, Toned, Value, withheld
from ui.models.row_model import Column
from ui.widgets.customer_view import BALANCE, BILLED, DUE, OPEN, PARTS, UNBILLED, day_of, tax_chip
from ui.widgets.document_facts import moment_said
from ui.work.wording import Wording

S = Sentence
FILTERS: Final = {
    "all": (S("全部", "All"), "users"),
    "owing": (S("有余额", "With a balance"), "scale"),
    "unbilled": (S("有暂估", "Unbilled"), "file-clock"),
    "unapplied": (S("有未核销", "Unapplied cash"), "banknote"),
    "incomplete": (S("资料不全", "Incomplete"), "pencil"),
}
CODE, NAME, TAX = S("编码", "Code"), S("客户", "Customer"), S("税号", "Tax ID")
CURRENCY, UNAPPLIED = S("币种", "Currency"), S("未核销", "Unapplied")
LATE, RECORD, DISPUTED = S("逾期", "Late"), S("资料", "Record"), S("争议中", "Disputed")
CONTACT = S("最近联系", "Contact")
DAYS, NOT_DUE = S("{n} 天", "{n} days"), S("未到期", "not due")
TOTAL = S("合计 {count} 户", "{count} customers")
TOTAL_OF = S("合计 {count} 户（只合 {currency}）", "{count} customers ({currency} alone)")
COMPLETE, LACKING = S("齐", "complete"), S("缺 {fields}", "lacks {fields}")
STATE, DAY, AMOUNT = S("状态", "State"), S("日期", "Day"), S("金额", "Amount")
DOCUMENT, ORIGINAL, BY = S("单据", "Document"), S("原额", "Original"), S("经办", "By")
PART, WHEN, CAMPAIGN = S("类别", "Kind"), S("时间", "When"), S("盘点计划", "Campaign")
STATED, BOOK, DIFFERENCE = S("自述", "Stated"), S("账面", "Book"), S("差异", "Difference")
VERIFIED, FIELDS_OF = S("核对", "Verified"), S("{count} 项", "{count}")
WHAT, WHY = S("改了什么", "What changed"), S("原因", "Why")
NEW_CUSTOMER = S("新客户", "New customer")
CODES = S("条码与编码", "Codes")
KIND, RETIRED, IN_USE = S("种类", "Kind"), S("已停用", "Retired"), S("在用", "In use")
IN_FORCE = S("已生效", "In force")
NO_NUMBER = S("草稿", "draft")
STATE_TONES: Final[dict[str, tuple[Tone, str]]] = {
    "draft": ("neutral", "pencil"),
    "submitted": ("info", "hourglass"),
    "in_review": ("info", "hourglass"),
    "posted": ("ok", "check"),
    "rejected": ("error", "circle-x"),
    "voided": ("neutral", "ban"),
    "cancelled": ("neutral", "ban"),
    "ready": ("ok", "mail"),
    "approved": ("ok", "check"),
    "registered": ("info", "mail"),
    "resolved": ("ok", "check"),
}


def list_columns(words: Wording) -> tuple[Column[CustomerLine], ...]:
    """Return the columns of the list."""

    def late(one: CustomerLine) -> Value:
        if one.late_days is None:
            return None
        is_late = one.late_days > 0
        said = words.say(DAYS, n=one.late_days) if is_late else words.say(NOT_DUE)
        return Toned(said, "attention" if is_late else "text3")

    def record(one: CustomerLine) -> Value:
        return (
            Toned(f"{one.asked - len(one.missing)}/{one.asked}", "attention")
            if one.missing
            else (Toned(words.say(COMPLETE), "ok"))
        )

    def share(one: CustomerLine) -> Value:
        return Decimal(one.asked - len(one.missing)) / Decimal(max(1, one.asked))

    return (
        Column("code", CODE, lambda one: one.code, width=96),
        Column("name", NAME, lambda one: one.name),
        Column(
            "tax", TAX, lambda one: tax_chip(one.tax_id, one.tax_problem, words), "chip", 112,
        ),
        Column("currency", CURRENCY, lambda one: one.owes.billed.currency, width=56,
               is_sortable=False),
        Column("billed", BILLED, lambda one: one.owes.billed, "amount", 112),
        Column("unbilled", UNBILLED, lambda one: one.owes.unbilled, "amount", 112),
        Column("unapplied", UNAPPLIED, lambda one: one.owes.unapplied, "amount", 104),
        Column("balance", BALANCE, lambda one: one.owes.balance, "amount", 116),
        Column("oldest", LATE, late, width=76, align="right"),
        Column("complete", RECORD, share, "bar", 72, is_sortable=False),
        Column("contact", CONTACT,
               lambda one: None if one.last_contact is None else day_of(one.last_contact),
               width=96, is_sortable=False),
    )  # fmt: skip


def line_said(one: CustomerLine, words: Wording) -> str:
    """Return a row of the list as a sentence: name, balance, how late, what lacks."""
    parts = [one.name, one.code, f"{words.say(BALANCE)} {one.owes.balance.grouped()}"]
    if one.late_days:
        parts.append(f"{words.say(LATE)} {words.say(DAYS, n=one.late_days)}")
    if one.missing:
        parts.append(words.say(LACKING, fields=fields_said(one.missing, words.language)))
    return ("，" if words.language == "zh" else ", ").join(parts)


def totals_said(totals: tuple[Totals, ...], words: Wording) -> tuple[str, dict[str, Value]]:
    """Return the word and the sums under the list; of several currencies the base one's."""
    count = sum(one.rows for one in totals)
    base = next((one for one in totals if one.owes.billed.currency == BASE_CURRENCY), None)
    chosen = base or (totals[0] if totals else None)
    if chosen is None:
        return words.say(TOTAL, count=0), dict.fromkeys(_SUMS)
    said = TOTAL if len(totals) == 1 else TOTAL_OF
    word = words.say(said, count=f"{count:,}", currency=chosen.owes.billed.currency)
    return word, _sums_of(chosen.owes)


_SUMS: Final = ("billed", "unbilled", "unapplied", "balance")


def _sums_of(owes: Owes) -> dict[str, Value]:
    return {name: getattr(owes, name) for name in _SUMS}


def state_chip(state: str, words: Wording) -> Chip:
    """Return the state of a document as a chip."""
    tone, icon = STATE_TONES.get(state, ("neutral", ""))
    return Chip(words.say(as_label(STATES[state])), tone, icon)


def item_columns(
    words: Wording, today: date, disputed: Container[str] = ()
) -> tuple[Column[Item], ...]:
    """Return the columns of a customer's open items; a contested one is not called late."""

    def late(one: Item) -> Value:
        days = (today - one.due_date).days
        if one.open_minor <= 0:
            return None
        if one.id in disputed:
            return Toned(words.say(DISPUTED), "error")
        said = words.say(DAYS, n=days) if days > 0 else words.say(NOT_DUE)
        return Toned(said, "attention" if days > 0 else "text3")

    def part(one: Item) -> Value:
        word, ink = PARTS.get(one.part, (S(one.part, one.part), "text2"))
        return Toned(words.say(word), ink)  # type: ignore[arg-type]

    return (
        Column("label", DOCUMENT, lambda one: one.label, is_sortable=False),
        Column("part", PART, part, width=116, is_sortable=False),
        Column("due", DUE, lambda one: one.due_date, width=104, is_sortable=False),
        Column("late", LATE, late, width=84, align="right", is_sortable=False),
        Column("currency", CURRENCY, lambda one: one.currency, width=72, is_sortable=False),
        Column("original", ORIGINAL, lambda one: Money(one.original_minor, one.currency),
               "amount", 128, is_sortable=False),
        Column("open", OPEN, lambda one: Money(one.open_minor, one.currency), "amount", 128,
               is_sortable=False),
    )  # fmt: skip


def paper_columns(
    words: Wording, names: Mapping[str, str], *, has_money: bool = True
) -> tuple[Column[Paper], ...]:
    """Return the columns of a customer's documents; notices have no money of their own."""

    def number(one: Paper) -> str:
        return one.number or words.say(NO_NUMBER)

    def day(one: Paper) -> Value:
        return one.day or day_of(one.made_at)

    def money(minor: int | None, one: Paper) -> Value:
        return None if minor is None or one.currency is None else Money(minor, one.currency)

    first: tuple[Column[Paper], ...] = (
        Column("number", DOCUMENT, number, is_sortable=False),
        Column("kind", KIND, lambda one: words.say(as_label(KINDS[one.kind])), width=140,
               is_sortable=False),
        Column("state", STATE, lambda one: state_chip(one.state, words), "chip", 124,
               is_sortable=False),
        Column("day", DAY, day, width=104, is_sortable=False),
        Column("by", BY, lambda one: names.get(one.made_by, one.made_by), width=96,
               is_sortable=False),
    )  # fmt: skip
    if not has_money:
        return first
    return (
        *first,
        Column("amount", AMOUNT, lambda one: money(one.amount_minor, one), "amount", 128,
               is_sortable=False),
        Column("left", OPEN, lambda one: money(one.open_minor, one), "amount", 128,
               is_sortable=False),
    )  # fmt: skip


def count_columns(words: Wording, names: Mapping[str, str]) -> tuple[Column[Counted], ...]:
    """Return the columns of a customer's counts; a blind one that runs shows no book."""

    def book(one: Counted) -> Value:
        return withheld(words.language) if one.withheld else one.book

    def difference(one: Counted) -> Value:
        if one.withheld:
            return withheld(words.language)
        return None if one.stated is None or one.book is None else one.stated - one.book

    def verified(one: Counted) -> str:
        said = [name for name in one.fields if name in FIELDS]
        return fields_said(tuple(said), words.language) or words.say(FIELDS_OF, count=len(said))

    return (
        Column("when", WHEN, lambda one: moment_said(one.at), width=120, is_sortable=False),
        Column("campaign", CAMPAIGN, lambda one: one.campaign, width=140, is_sortable=False),
        Column("by", BY, lambda one: names.get(one.by, one.by), width=96, is_sortable=False),
        Column("verified", VERIFIED, verified, is_sortable=False),
        Column("stated", STATED, lambda one: one.stated, "amount", 128, is_sortable=False),
        Column("book", BOOK, book, "amount", 128, is_sortable=False),
        Column("difference", DIFFERENCE, difference, "amount", 120, is_sortable=False),
    )  # fmt: skip


def change_columns(
    words: Wording, names: Mapping[str, str], said_of: Callable[[str, str], str]
) -> tuple[Column[Change], ...]:
    """Return the columns of a customer's changes; ``said_of`` says a field as it may be shown."""

    def what(one: Change) -> Lines:
        fields = tuple(name for name, _, _ in one.fields if name in FIELDS)
        said = fields_said(fields, words.language)
        if any(name == "name" and not before for name, before, _ in one.fields):
            said = words.say(NEW_CUSTOMER)
        pairs = (
            f"{said_of(name, before) or '—'} → {said_of(name, after) or '—'}"
            for name, before, after in one.fields
        )
        return Lines(said, "；".join(pairs), "text2")

    def state(one: Change) -> Chip:
        is_in_force = one.paper.state == "posted"
        return (
            Chip(words.say(IN_FORCE), "ok") if is_in_force else state_chip(one.paper.state, words)
        )

    def number(one: Change) -> Lines:
        who = names.get(one.paper.made_by, one.paper.made_by)
        said = f"{who} {moment_said(one.paper.made_at)}"
        return Lines(one.paper.number or words.say(NO_NUMBER), said, "text2")

    return (
        Column("number", DOCUMENT, number, width=168, is_sortable=False),
        Column("state", STATE, state, "chip", 124, is_sortable=False),
        Column("what", WHAT, what, is_sortable=False),
        Column("memo", WHY, lambda one: one.memo or None, width=180, is_sortable=False),
    )  # fmt: skip


def code_columns(words: Wording) -> tuple[Column[Code], ...]:
    """Return the columns of a customer's codes."""

    def state(one: Code) -> Chip:
        if one.retired_at is not None:
            return Chip(words.say(RETIRED), "neutral", "ban")
        return Chip(words.say(IN_USE), "ok")

    return (
        Column("code", CODES, lambda one: one.code, is_sortable=False),
        Column("kind", KIND, lambda one: words.say(as_label(CODE_KINDS[one.kind])), width=104,
               is_sortable=False),
        Column("state", STATE, state, "chip", 96, is_sortable=False),
    )  # fmt: skip
