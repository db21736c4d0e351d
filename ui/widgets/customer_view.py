"""A customer in the words of a page: the card's figures and facts, what to do next, open items."""

from collections.abc import Iterator
from typing import Final

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.customers.customer_next import Next, Todo
from erpdesk.domain.moments import day_at_desk
from erpdesk.domain.money import Money
from erpdesk.services.customers import Card, Item, Owes
from erpdesk.words import Sentence
from erpdesk.words.customers import TAX_STATES, TODOS, as_label, fields_said
from ui.look import Ink, Tone
from ui.models.cells import Chip, Lines, Value, withheld
from ui.models.row_model import Column
from ui.widgets.customer_card import Claim, CustomerView, Fact, Figure
from ui.work.wording import Wording

S = Sentence
BILLED, UNBILLED = S("已开票", "Billed"), S("暂估", "Unbilled")
UNAPPLIED, BALANCE = S("未核销收款", "Unapplied cash"), S("余额", "Balance")
TERMS = S("账期 {days} 天", "{days} days to pay")
LACKS = S("缺 {count} 项", "{count} fields lack")
LACKING = S("缺：{fields}", "lacks: {fields}")
WAITS = S("变更审批中", "Change in review")
OLDEST = S("最早到期 {day}，逾期 {days} 天", "oldest due {day}, {days} days late")
NOT_LATE = S("最早到期 {day}", "oldest due {day}")
SPOKEN, NEVER = S("最近联系 {day}", "last contact {day}"), S("还没有联系过", "no contact yet")
ALSO = S("另有 {amounts}", "also {amounts}")
TAX = S("税号 {number}", "tax ID {number}")
LATE_DAYS = S("逾期 {days} 天", "{days} days late")
DUE, OPEN, ITEM = S("到期", "Due"), S("未清", "Open"), S("单据", "Item")
PARTS: Final = {
    "billed": (BILLED, "text2"), "unbilled": (UNBILLED, "unbilled"), "unapplied": (UNAPPLIED, "ok"),
}  # fmt: skip
TAX_TONES: Final[dict[str, Tone]] = {"ok": "ok", "none": "neutral"}
TODO_TONES: Final[dict[Todo, tuple[Tone, str]]] = {
    Todo.CHANGE_WAITS: ("info", "hourglass"),
    Todo.APPLY_CASH: ("attention", "link"),
    Todo.DECIDE_REPLY: ("attention", "mail"),
    Todo.ASK_ABOUT_PROMISE: ("attention", "phone-call"),
    Todo.CHASE: ("attention", "phone-call"),
    Todo.COMPLETE: ("attention", "pencil"),
    Todo.BILL: ("unbilled", "file-clock"),
    Todo.NOTHING: ("ok", "check"),
}


def view_of(card: Card, words: Wording) -> CustomerView:
    """Return a card in words; where figures are withheld, none of them."""
    owes = main_owes(card)
    figures = tuple(
        Figure(words.say(word), _value(card, money, words), claim=claim)
        for word, claim, money in _claims(owes)
    )
    balance = Figure(words.say(BALANCE), _value(card, owes.balance if owes else None, words))
    return CustomerView(
        card.record.name,
        tuple(_chips(card, words)),
        tuple(_identity(card, words)),
        figures,
        balance,
        tuple(_facts(card, words)),
    )


def main_owes(card: Card) -> Owes | None:
    """Return what is owed in the base currency, else in the first one."""
    return next(
        (one for one in card.owes if one.billed.currency == BASE_CURRENCY),
        card.owes[0] if card.owes else None,
    )


def _claims(owes: Owes | None) -> tuple[tuple[Sentence, Claim, Money | None], ...]:
    return (
        (BILLED, "billed", owes.billed if owes else None),
        (UNBILLED, "unbilled", owes.unbilled if owes else None),
        (UNAPPLIED, "unapplied", owes.unapplied if owes else None),
    )


def _value(card: Card, money: Money | None, words: Wording) -> Value:
    return withheld(words.language) if card.withheld else money


def tax_state(tax_id: str | None, problem: str | None) -> str:
    """Return how a tax number stands, by the names of ``TAX_STATES``."""
    return problem or ("ok" if tax_id else "none")


def tax_chip(tax_id: str | None, problem: str | None, words: Wording) -> Chip:
    """Return how a tax number stands as a chip."""
    state = tax_state(tax_id, problem)
    return Chip(words.say(as_label(TAX_STATES[state])), TAX_TONES.get(state, "attention"))


def _chips(card: Card, words: Wording) -> Iterator[Chip]:
    if card.tax_problem:
        yield tax_chip(card.record.tax_id, card.tax_problem, words)
    if card.missing:
        yield Chip(words.say(LACKS, count=len(card.missing)), "attention")
    if card.waiting is not None:
        yield Chip(words.say(WAITS), "info", "hourglass")


def _identity(card: Card, words: Wording) -> Iterator[str]:
    yield card.record.code
    if card.record.tax_id:
        yield words.say(TAX, number=card.record.tax_id)
    if card.record.terms_days is not None:
        yield words.say(TERMS, days=card.record.terms_days)


def _facts(card: Card, words: Wording) -> Iterator[Fact]:
    if card.withheld:
        return
    if card.oldest is not None:
        said = OLDEST if card.late_days else NOT_LATE
        ink: Ink = "attention" if card.late_days else "text2"
        yield Fact("clock", words.say(said, day=card.oldest, days=card.late_days), ink)
    at = card.last_contact
    yield Fact("phone", words.say(NEVER) if at is None else words.say(SPOKEN, day=day_of(at)))
    if card.answered is not None:
        yield Fact(TODO_TONES[card.answered.todo][1], next_said(card.answered, words), "attention")
    if card.missing:
        lacking = fields_said(card.missing, words.language)
        yield Fact("pencil", words.say(LACKING, fields=lacking), "attention")
    main = main_owes(card)
    others = [one.balance for one in card.owes if one is not main]
    if others:
        amounts = "，".join(f"{one.currency} {one.grouped()}" for one in others)
        yield Fact("banknote", words.say(ALSO, amounts=amounts))


def todo_said(card: Card, words: Wording) -> str:
    """Return what to do next as a sentence; nothing where figures are withheld."""
    return "" if card.todo is None else next_said(card.todo, words)


def next_said(todo: Next, words: Wording) -> str:
    """Return a thing to do as a sentence."""
    return words.say(
        TODOS[todo.todo.value],
        amount=todo.amount.grouped() if todo.amount else "—",
        since=todo.since or "",
        fields=fields_said(todo.fields, words.language),
    )


def day_of(at_us: int) -> str:
    """Return the day of a moment at the company's desk."""
    return f"{day_at_desk(at_us)}"


def item_columns(words: Wording, late: dict[str, int]) -> tuple[Column[Item], ...]:
    """Return the columns of open items in a narrow sheet; ``late`` are days by item id."""

    def item(one: Item) -> Lines:
        word, ink = PARTS.get(one.part, (S(one.part, one.part), "text2"))
        return Lines(one.label, words.say(word), ink)  # type: ignore[arg-type]

    def due(one: Item) -> Lines:
        days = late.get(one.id, 0)
        said = words.say(LATE_DAYS, days=days) if days > 0 and one.open_minor > 0 else ""
        return Lines(one.due_date, said, "attention")

    return (
        Column("item", ITEM, item, is_sortable=False),
        Column("due", DUE, due, width=96, is_sortable=False),
        Column(
            "open", OPEN, lambda one: Money(one.open_minor, one.currency), "amount", 112,
            is_sortable=False,
        ),
    )  # fmt: skip
