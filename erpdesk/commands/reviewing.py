"""``campaign differences`` and its kin: why lines differ, what is done, and what comes of it."""

from typing import Any

import click

from erpdesk.commands.arguments import kept_file
from erpdesk.commands.campaign_view import answer
from erpdesk.commands.campaigns import campaign, campaign_argument
from erpdesk.commands.frame import Session, verb
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.money import Money, parse_amount
from erpdesk.domain.stocktake.causes import CAUSES, RULES, CauseRule, Treatment
from erpdesk.domain.stocktake.review import parts_of
from erpdesk.domain.stocktake.variance import Cause
from erpdesk.services.stocktake.reviewing import Key, Review, Row, Said
from erpdesk.storage.documents import Document
from erpdesk.words import Sentence
from erpdesk.words.causes import CAUSES as CAUSE_WORDS
from erpdesk.words.causes import STANDINGS, TREATMENTS

__all__ = ["campaign"]

S = Sentence

EXPLAIN = "--company 我的.erpdesk campaign explain 盘-0001 --customer C0007"
AGAIN = "--customer C0007 --reason 数抄错了"


def _rule_said(rule: CauseRule) -> str:
    treated = "、".join(f"{one.value} {TREATMENTS[one.value].zh}" for one in rule.treatments)
    return f"{rule.code} {CAUSE_WORDS[rule.code].zh} = {treated}"


CAUSES_SAID = "；".join(map(_rule_said, CAUSES))
customer_option = click.option(
    "--customer", "codes", multiple=True, required=True, metavar="CODE", help="客户 / customer"
)
currency_option = click.option("--currency", help="币种（默认计划的） / currency")
reason_option = click.option(
    "--reason", required=True, help="原因（至少五个字） / at least five characters"
)
COLUMNS = {
    "word": S("结论", "Outcome"), "code": S("编码", "Code"), "name": S("客户", "Customer"),
    "book": S("账面", "Book"), "stated": S("自述", "Stated"), "difference": S("差异", "Difference"),
    "explained": S("已解释", "Explained"), "unexplained": S("未解释", "Unexplained"),
    "reason_word": S("原因", "Reason"), "action_word": S("处理", "Treatment"),
    "owner": S("负责人", "Owner"),
}  # fmt: skip
SUM = S(
    "{number}：冻结 {customers} 户，账面 {book}，差异绝对值 {off}，"
    "未解释 {unexplained}；还差 {undecided} 户",
    "{number}: {customers} customers, book {book}, absolute differences {off}, "
    "unexplained {unexplained}; {undecided} to go",
)


@campaign.command(examples=("--company 我的.erpdesk campaign differences 盘-0001",))
@campaign_argument
@click.option("--all", "with_all", is_flag=True, help="没有差异的也列出 / agreed lines as well")
@verb
def differences(session: Session, *, campaign: str, with_all: bool) -> None:
    """逐户差异：账面、自述、原因、处理。 Every line that differs, with reason and treatment."""
    review = session.desk.reviewing.review(session.desk.document(campaign))
    _answer(session, review, with_all=with_all)


@campaign.command(
    examples=(
        f"{EXPLAIN} --cause unbilled=confirm --note 电话核对过",
        f"{EXPLAIN} --cause unbilled=confirm:-100.00 --cause bank_charge=charge:-13.00",
    ),
    epilog=f"原因 = 许可的处理 / Causes = treatments: {CAUSES_SAID}",
)
@campaign_argument
@customer_option
@currency_option
@click.option(
    "--cause",
    "causes",
    multiple=True,
    required=True,
    metavar="CAUSE=TREATMENT[:AMOUNT]",
    help="原因=处理[:金额]，可分几份，见下 / a cause, its treatment, its part: see below",
)
@click.option("--note", help="备注 / note")
@click.option("--evidence", "files", multiple=True, metavar="FILE", help="证据文件 / evidence")
@verb
def explain(session: Session, *, campaign: str, **given: Any) -> None:
    """写明差异的原因和处理。 Say why lines differ and what is done about them.

    不写金额，就是整个差异。处理必须是该原因允许的。

    Without an amount the cause is the whole difference. A cause allows some treatments only.
    """
    desk = session.desk
    document = desk.document(campaign)
    rows = _rows(session, document, given)
    said = [(row, tuple(_part(text, row) for text in given["causes"])) for row in rows]
    proof = tuple(kept_file(desk, name) for name in given["files"])
    words = tuple(Said(row, parts, given["note"], proof) for row, parts in said)
    made = desk.reviewing.say(document, words).value
    _answer_lines(session, made, rows)


@campaign.command(
    "ask-recount",
    examples=(f"--company 我的.erpdesk campaign ask-recount 盘-0001 {AGAIN}",),
)
@campaign_argument
@customer_option
@currency_option
@reason_option
@verb
def ask_recount(session: Session, *, campaign: str, reason: str, **given: Any) -> None:
    """请主管安排复盘。 Ask a supervisor to have lines counted again."""
    document = session.desk.document(campaign)
    rows = _rows(session, document, given)
    made = session.desk.reviewing.ask_recount(document, rows, reason).value
    _answer_lines(session, made, rows)


@campaign.command(
    "count-again",
    examples=(f"--company 我的.erpdesk campaign count-again 盘-0001 {AGAIN}",),
)
@campaign_argument
@customer_option
@currency_option
@reason_option
@verb
def count_again(session: Session, *, campaign: str, reason: str, **given: Any) -> None:
    """主管退回盘点：换人复盘这几户。 Back to counting: somebody else counts these again."""
    desk = session.desk
    document = desk.document(campaign)
    chosen = tuple(dict.fromkeys(CustomerId(one) for one, _ in _keys(session, document, given)))
    answer(session, desk.campaigns.status(desk.reviewing.recount(document, chosen, reason).value))


@campaign.command(
    examples=("--company 我的.erpdesk campaign assign 盘-0001 --customer C0007 --to 陈静",)
)
@campaign_argument
@customer_option
@currency_option
@click.option("--to", "person", metavar="USER", help="交给谁（不写就取消） / who sees to it")
@verb
def assign(session: Session, *, campaign: str, person: str | None, **given: Any) -> None:
    """指定谁负责这几户的差异。 Name who sees to the differences of these lines."""
    document = session.desk.document(campaign)
    owner = session.desk.person(person) if person else None
    rows = _rows(session, document, given)
    made = session.desk.reviewing.assign(document, rows, owner).value
    _answer_lines(session, made, rows)


@campaign.command(
    examples=("--company 我的.erpdesk campaign lacks-voucher 盘-0001 --customer C0007",),
    name="lacks-voucher",
)
@campaign_argument
@customer_option
@currency_option
@verb
def lacks_voucher(session: Session, *, campaign: str, **given: Any) -> None:
    """按差异起草临时凭证，存为草稿。 Draft a temporary voucher over what the books lack."""
    desk = session.desk
    document = desk.document(campaign)
    made = []
    for row in _rows(session, document, given):
        draft = desk.reviewing_children.voucher_for(document, row)
        made.append(desk.vouchers.write(draft).value)
    session.answer(
        {"vouchers": [one.id for one in made]},
        S("已起草 {count} 张临时凭证：{ids}", "{count} vouchers drafted: {ids}"),
        count=len(made), ids=tuple(one.id for one in made),
    )  # fmt: skip


@campaign.command(
    examples=("--company 我的.erpdesk campaign waive 盘-0001 --customer C0007 --reason 下月再记",)
)
@campaign_argument
@customer_option
@currency_option
@reason_option
@verb
def waive(session: Session, *, campaign: str, reason: str, **given: Any) -> None:
    """处理要的单据不做了，写明原因。 Give up the documents that treatments ask for."""
    desk = session.desk
    document = desk.document(campaign)
    for owner, _ in _keys(session, document, given):
        desk.reviewing_children.waive(document, CustomerId(owner), reason)
    _answer(session, desk.reviewing.review(document))


def _keys(session: Session, document: Document, given: dict[str, Any]) -> tuple[Key, ...]:
    currency = given["currency"] or document.content["scope"]["currency"]
    return tuple((session.desk.customer(code).id, currency) for code in given["codes"])


def _rows(session: Session, document: Document, given: dict[str, Any]) -> tuple[Row, ...]:
    """Return the lines that are meant; of a long list nothing else is read."""
    return session.desk.reviewing.rows(document, _keys(session, document, given))


def _part(text: str, row: Row) -> Cause:
    """Read ``CAUSE=TREATMENT[:AMOUNT]``; without an amount it is all that is unexplained."""
    cause, mark, rest = text.partition("=")
    treatment, has_amount, said = rest.partition(":")
    if not mark or cause not in RULES or treatment not in {*Treatment}:
        raise click.BadParameter(f"{text} → CAUSE=TREATMENT[:AMOUNT]", param_hint="--cause")
    currency = row.key[1]
    if has_amount:
        amount = parse_amount(said, currency)
    elif RULES[cause].answers.value == "balance" and row.judged.unexplained is not None:
        amount = row.judged.unexplained
    else:
        amount = Money(0, currency)
    return Cause(cause, amount, action=treatment)


def _answer(session: Session, review: Review, *, with_all: bool = False) -> None:
    shown = [row for row in review.rows if with_all or row.differs]
    if session.json:
        session.answer(_plain(review, shown))
        return
    first = review.sums[0]
    session.line(
        session.say(
            SUM,
            number=review.document.number,
            customers=review.customers,
            book=first.book.grouped(),
            off=first.off.grouped(),
            unexplained=first.unexplained.grouped(),
            undecided=review.undecided,
        )
    )
    session.table([_said_row(session, row) for row in shown], COLUMNS)


def _answer_lines(session: Session, campaign: Document, shown: tuple[Row, ...]) -> None:
    """Answer with these lines as they stand now."""
    rows = session.desk.reviewing.rows(campaign, [row.key for row in shown])
    if session.json:
        head = {"id": campaign.id, "number": campaign.number, "state": campaign.state}
        session.answer(head | {"rows": [_plain_row(row) for row in rows]})
        return
    session.table([_said_row(session, row) for row in rows], COLUMNS)


def _plain(review: Review, rows: list[Row]) -> dict[str, Any]:
    return {
        "id": review.document.id,
        "number": review.document.number,
        "state": review.state.value,
        "customers": review.customers,
        "undecided": review.undecided,
        "sums": [
            {
                "currency": one.currency,
                "book_minor": one.book.minor,
                "difference_minor": one.off.minor,
                "unexplained_minor": one.unexplained.minor,
            }
            for one in review.sums
        ],
        "rows": [_plain_row(row) for row in rows],
        "documents": [
            {"id": one.id, "number": one.number, "kind": one.kind, "state": one.state}
            for one in review.children
        ],
        "wanted": [
            {"customer": one.customer, "treatment": one.treatment.value} for one in review.wanted
        ],
    }


def _plain_row(row: Row) -> dict[str, Any]:
    figures, said = row.figures, row.said
    return {
        "n": row.n,
        "code": row.code,
        "name": row.name,
        "currency": row.key[1],
        "standing": row.standing.value,
        "kinds": sorted(kind.value for kind in row.judged.kinds),
        "book_minor": figures.book.minor,
        "stated_minor": _minor(figures.stated),
        "difference_minor": _minor(figures.difference),
        "explained_minor": _minor(figures.explained),
        "unexplained_minor": _minor(figures.unexplained),
        "reason": said.reason if said else None,
        "action": said.action if said else None,
        "parts": [
            {"cause": part.kind, "amount_minor": part.amount.minor, "treatment": part.action}
            for part in (parts_of(said) if said else ())
        ],
        "note": said.note if said else None,
        "owner": said.owner if said else None,
        "recount": said.recount if said else None,
        "evidence": list(row.proof),
        "counted_by": list(row.counted_by),
        "clock_off_s": row.clock_off_us // 1_000_000,
    }


def _minor(amount: Money | None) -> int | None:
    return None if amount is None else amount.minor


def _said_row(session: Session, row: Row) -> dict[str, Any]:
    names = ("book", "stated", "difference", "explained", "unexplained")
    found = {name: getattr(row.figures, name) for name in names}
    said = row.said
    reason = CAUSE_WORDS.get(said.reason or "") if said else None
    action = TREATMENTS.get(said.action or "") if said else None
    return {
        **{name: None if one is None else one.grouped() for name, one in found.items()},
        "word": session.say(STANDINGS[row.standing.value]),
        "code": row.code,
        "name": row.name,
        "reason_word": session.say(reason) if reason else None,
        "action_word": session.say(action) if action else None,
        "owner": said.owner if said else None,
    }
