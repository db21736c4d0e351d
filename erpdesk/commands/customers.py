"""``customer``: list, show, new, change, and codes; a change waits for a second person."""

from collections.abc import Iterable
from typing import Any, Final

import click
from typing_extensions import override

from erpdesk.commands.frame import Session, verb, verbs
from erpdesk.commands.help import Verb, VerbGroup
from erpdesk.domain.customers.customer import CodeKind
from erpdesk.domain.customers.duplicates import Likeness
from erpdesk.domain.importing.customer_typed import TYPED, said_of
from erpdesk.domain.money import Money
from erpdesk.services.customers import KINDS, Asked, Card, CustomerLine, Owes
from erpdesk.services.customers_changing import Twin
from erpdesk.storage.documents import Document
from erpdesk.words import Sentence
from erpdesk.words.customers import CODE_KINDS, FIELDS, LIKENESS, TAX_STATES, TODOS, fields_said

COLUMNS: Final = {
    "code": Sentence("编码", "Code"),
    "name": Sentence("客户", "Customer"),
    "tax": Sentence("税号", "Tax ID"),
    "complete": Sentence("资料", "Record"),
    "billed": Sentence("已开票", "Billed"),
    "unbilled": Sentence("暂估", "Unbilled"),
    "unapplied": Sentence("未核销收款", "Unapplied"),
    "balance": Sentence("余额", "Balance"),
    "currency": Sentence("币种", "Currency"),
    "late_days": Sentence("逾期天数", "Days late"),
}
PAIRS: Final = {
    "code": Sentence("编码", "Code"),
    "name": Sentence("客户", "Customer"),
    "other_code": Sentence("另一个编码", "Other code"),
    "other_name": Sentence("可能是", "May be"),
    "why": Sentence("相同之处", "In common"),
}
COMPARED: Final = Sentence(
    "比了 {customers} 户，{count} 对可能是同一个客户。",
    "{customers} customers were compared; {count} pairs may be one.",
)
SHOWN: Final = {"field": Sentence("项目", "Field"), "value": Sentence("内容", "Value")}
NOTED: Final = Sentence("{name}：联系方式已更新。", "{name}: the contact is noted.")
PROPOSED: Final = Sentence(
    "变更 {number} 已提交，另一个人批准后生效。",
    "The change {number} is handed in; it holds once a second person approves it.",
)
TWINS: Final = Sentence(
    "可能是同一个客户：{code} {name}（{why}）", "It may be the same customer: {code} {name} ({why})"
)
TAX_NOTE: Final = Sentence("税号：{state}", "Tax number: {state}")
NEXT: Final = Sentence("下一步", "Next")
LACKS: Final = Sentence("缺", "Lacks")
RETIRED: Final = Sentence("{kind}，已停用", "{kind}, retired")
FIELD_NAMES: Final = "、".join(f"{name} {FIELDS[name].zh}" for name in TYPED)
TAKES: Final = f"改哪一项；空值去掉。/ what to change; empty takes it away. {FIELD_NAMES}"


class OneCustomer(VerbGroup):
    """The verbs below ``customer``; a code in place of a verb changes that customer."""

    @override
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["change", *args]
        return super().resolve_command(ctx, args)


class Assigned(click.ParamType[tuple[str, str]]):
    """A field and what it becomes: ``field=value``."""

    name = "FIELD=VALUE"

    @override
    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        field, mark, text = value.partition("=")
        if not mark or field.strip() not in TYPED:
            self.fail(f"{value} → FIELD=VALUE ({', '.join(TYPED)})", param, ctx)
        return field.strip(), text


SET: Final = click.option("--set", "said", type=Assigned(), multiple=True, help=TAKES)
MEMO: Final = click.option("--memo", default="", metavar="TEXT", help="原因 / why")


@click.command(
    cls=OneCustomer,
    examples=(
        "--company 我的.erpdesk customer list --kind owing",
        "--company 我的.erpdesk customer C0001 --set address=杭州 --set phone=0571-1",
        "--company 我的.erpdesk customer new C0009 --set name=西湖茶庄",
        "--company 我的.erpdesk customer code add C0001 690123",
    ),
)
@verbs
def customer() -> None:
    """客户：查、建、改、加码。 Customers: look, add, change, codes.

    联系方式当场生效；其余变更要另一个人批准。

    Contacts hold at once; every other change waits for a second person.
    """


@customer.command("list")
@click.argument("words", required=False, default="")
@click.option("--kind", type=click.Choice(KINDS), default="all", help="只看哪些 / which ones")
@click.option("--sort", default="code", metavar="COLUMN", help="按哪一列排 / by which column")
@click.option("--descending", is_flag=True, help="倒序 / the highest first")
@verb
def listed(session: Session, *, words: str, kind: str, sort: str, descending: bool) -> None:
    """客户列表，可按编码、名称、拼音、电话、税号查。 The list of customers."""
    asked = Asked(words, kind, sort, descending)
    rows = (_line(session, one) for one in session.desk.customers.every(asked))
    session.table(rows, COLUMNS)


@customer.command("duplicates")
@verb
def duplicates(session: Session) -> None:
    """查重：可能是同一个的客户，最像的在前。 Customers that may be one, the surest first."""
    found = session.desk.comparing.compare()
    rows = [
        {
            "code": pair.one.code, "name": pair.one.name,
            "other_code": pair.other.code, "other_name": pair.other.name,
            "why": _in_common(session, pair.why),
        }
        for pair in found.pairs
    ]  # fmt: skip
    session.table(rows, PAIRS)
    session.note(COMPARED, customers=found.customers, count=found.count)


def _in_common(session: Session, why: Iterable[Likeness]) -> str:
    return "、".join(session.say(LIKENESS[one.value]) for one in why)


def _line(session: Session, one: CustomerLine) -> dict[str, Any]:
    state = one.tax_problem or ("ok" if one.tax_id else "none")
    row = {
        "code": one.code,
        "name": one.name,
        "tax": session.say(TAX_STATES[state]),
        "complete": f"{one.asked - len(one.missing)}/{one.asked}",
        "late_days": one.late_days,
    }
    return row | _owed(one.owes)


def _owed(owes: Owes) -> dict[str, str]:
    money = {
        "billed": owes.billed, "unbilled": owes.unbilled, "unapplied": owes.unapplied,
        "balance": owes.balance,
    }  # fmt: skip
    return {name: one.grouped() for name, one in money.items()} | {"currency": owes.billed.currency}


@customer.command("show")
@click.argument("reference", metavar="CUSTOMER")
@verb
def show(session: Session, *, reference: str) -> None:
    """一个客户的资料、码、余额和下一步。 All there is about one customer."""
    service = session.desk.customers
    card = service.card(session.desk.scanned_customer(reference).id)
    if session.json:
        session.answer(_plain(card))
        return
    session.table(list(_facts(session, card)), SHOWN)


def _plain(card: Card) -> dict[str, Any]:
    return {
        "code": card.record.code,
        "fields": {k: v for k, v in said_of(card.record, card.contact).items() if v},
        "codes": [
            {"code": one.code, "kind": one.kind, "retired": one.retired_at is not None}
            for one in card.codes
        ],
        "tax_problem": card.tax_problem,
        "missing": list(card.missing),
        "withheld": card.withheld,
        "owes": [_owed(one) for one in card.owes],
        "late_days": card.late_days,
        "next": card.todo.todo.value if card.todo else None,
        "waiting": card.waiting.number if card.waiting else None,
    }


def _facts(session: Session, card: Card) -> Iterable[dict[str, str]]:
    say = session.say
    for name, value in {"code": card.record.code, **said_of(card.record, card.contact)}.items():
        if value:
            yield {"field": say(FIELDS[name]), "value": value}
    for one in card.codes[1:]:
        kind = say(CODE_KINDS[one.kind])
        said = kind if one.retired_at is None else say(RETIRED, kind=kind)
        yield {"field": said, "value": one.code}
    yield from _standing(session, card)


def _standing(session: Session, card: Card) -> Iterable[dict[str, str]]:
    say = session.say
    if card.tax_problem:
        yield {"field": say(TAX_NOTE, state=""), "value": say(TAX_STATES[card.tax_problem])}
    if card.missing:
        yield {"field": say(LACKS), "value": fields_said(card.missing, session.language)}
    for owes in card.owes:
        for name in ("billed", "unbilled", "unapplied", "balance"):
            yield {"field": say(COLUMNS[name]), "value": _money(getattr(owes, name))}
    if card.todo is not None:
        yield {"field": say(NEXT), "value": _todo(session, card)}


def _money(money: Money) -> str:
    return f"{money.grouped()} {money.currency}"


def _todo(session: Session, card: Card) -> str:
    todo = card.todo
    if todo is None:
        return ""
    return session.say(
        TODOS[todo.todo.value],
        amount=todo.amount.grouped() if todo.amount else "",
        since=todo.since or "",
        fields=fields_said(todo.fields, session.language),
    )


@customer.command("new")
@click.argument("code")
@SET
@MEMO
@verb
def new(session: Session, *, code: str, said: tuple[tuple[str, str], ...], memo: str) -> None:
    """建新客户，批准后生效。 A new customer; it is there once it is approved."""
    service, fields = session.desk.customers_changing, dict(said)
    _warn(session, service.check(fields, code=code).twins)
    _answer(session, service.register(code, fields, memo=memo).value)


@customer.command("change")
@click.argument("reference", metavar="CUSTOMER")
@SET
@MEMO
@verb
def change(
    session: Session, *, reference: str, said: tuple[tuple[str, str], ...], memo: str
) -> None:
    """补全、更正客户资料；「change」可省略。 Complete or correct a record.

    名字和命令相同的编码，请写全：customer change new --set …

    A code that is called like a verb needs the word: customer change new --set …
    """
    service, fields = session.desk.customers_changing, dict(said)
    whose = session.desk.customers.id_of(reference)
    _warn(session, service.check(fields, customer_id=whose).twins)
    _answer(session, service.change(whose, fields, memo=memo).value)


@customer.group("code", cls=VerbGroup)
@verbs
def code() -> None:
    """加码、停用码。 Add a code, retire one."""


@code.command("add", cls=Verb)
@click.argument("reference", metavar="CUSTOMER")
@click.argument("further", metavar="CODE")
@click.option(
    "--kind",
    type=click.Choice([one.value for one in CodeKind if one is not CodeKind.MAIN]),
    default=CodeKind.BARCODE.value,
    help="哪种码 / what sort of code",
)
@verb
def add(session: Session, *, reference: str, further: str, kind: str) -> None:
    """加一个码，批准后扫到就认得。 A further code, found once it is approved."""
    whose = session.desk.customers.id_of(reference)
    service = session.desk.customers_changing
    _answer(session, service.add_code(whose, further, kind=CodeKind(kind)).value)


@code.command("retire", cls=Verb)
@click.argument("reference", metavar="CUSTOMER")
@click.argument("further", metavar="CODE")
@verb
def retire(session: Session, *, reference: str, further: str) -> None:
    """停用一个码；扫到仍认得。 Retire a code; scanned, it still finds the customer."""
    whose = session.desk.customers.id_of(reference)
    _answer(session, session.desk.customers_changing.retire_code(whose, further).value)


def _warn(session: Session, twins: tuple[Twin, ...]) -> None:
    for one in twins:
        why = _in_common(session, one.why)
        session.note(TWINS, code=one.code, name=one.name, why=why)


def _answer(session: Session, made: Document) -> None:
    value = {"number": made.number, "id": made.id, "state": made.state}
    is_noted = made.state == "posted"
    name = made.content["record"]["name"]
    session.answer(value, NOTED if is_noted else PROPOSED, name=name, number=made.number)
