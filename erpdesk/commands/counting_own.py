"""``take-back``, ``propose``, ``ask-recount``, ``shift``: what a counter does beside counting."""

import click

from erpdesk.commands.document_view import moment_said
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.domain.ids import CustomerId, EventId
from erpdesk.domain.stocktake.counting import Fate, Proposal
from erpdesk.words import Sentence

TAKEN_BACK = Sentence(
    "已撤回 {takes_back}；两条都留着", "Taken back: {takes_back}; both records stay"
)
PROPOSED = Sentence(
    "已记下建议 {fate}，等主管决定", "Proposed: {fate}; a supervisor decides about it"
)
ASKED = Sentence(
    "已请求复盘 {code}，等主管决定",
    "A recount of {code} is asked for; a supervisor decides about it",
)
SHIFT = Sentence(
    "{name}：扫码 {scans} 次 = 已存 {scans} 次，待存 0；录入 {statements}，撤回 {taken_back}，"
    "账外待定 {unexpected}。自 {since} 起。签字：____________",
    "{name}: {scans} scanned = {scans} stored, 0 pending; {statements} stated, {taken_back} taken "
    "back, {unexpected} unexpected. Since {since}. Signature: ____________",
)


@click.command(
    "take-back",
    cls=Verb,
    examples=(
        "--company 我的.erpdesk --as 王芳 take-back 盘-0001 01a210c4-88db-78c8-b0c2-6983b9c46f30",
    ),
)
@click.argument("campaign", metavar="CAMPAIGN")
@click.argument("event", metavar="EVENT")
@verb
def take_back(session: Session, *, campaign: str, event: str) -> None:
    """撤回自己在这一班记的一条；之前那条重新算数。 Take one's own record back within the shift.

    EVENT 是 scan 或 state 回应里的 event。 EVENT is the ``event`` that scan or state answered.
    """
    counting, head = session.desk.counting, session.desk.campaign(campaign)
    stored = counting.take_back(head, event).value
    session.answer(
        {"event": stored.id, "takes_back": stored.supersedes, "customer": stored.customer},
        TAKEN_BACK,
        takes_back=stored.supersedes,
    )


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk --as 王芳 propose 盘-0001 01a2… alias --customer C0007",
        "--company 我的.erpdesk --as 王芳 propose 盘-0001 01a2… junk --note 扫到了快递单",
    ),
)
@click.argument("campaign", metavar="CAMPAIGN")
@click.argument("event", metavar="EVENT")
@click.argument("fate", type=click.Choice([one.value for one in Fate]))
@click.option("--customer", "code", metavar="CODE", help="码是谁的 / whose code it is")
@click.option("--note", metavar="TEXT", help="给主管的话 / a word for the supervisor")
@verb
def propose(
    session: Session, *, campaign: str, event: str, fate: str, code: str | None, note: str | None
) -> None:
    """建议账外的码怎么处理，由主管决定。 Propose what an unknown code is; a supervisor decides.

    主管用 campaign decide CAMPAIGN … --event EVENT 决定。 It is decided with campaign decide.
    """
    desk, head = session.desk, session.desk.campaign(campaign)
    customer = CustomerId(desk.scanned_customer(code).id) if code else None
    proposal = Proposal(EventId(event), Fate(fate), customer, note)
    stored = desk.counting.propose(head, proposal).value
    session.answer(
        {"event": stored.id, "about": event, "fate": fate, "customer": customer, "note": note},
        PROPOSED,
        fate=fate,
    )


@click.command(
    "ask-recount",
    cls=Verb,
    examples=("--company 我的.erpdesk --as 王芳 ask-recount 盘-0001 C0007 --reason 电话里没听清",),
)
@click.argument("campaign", metavar="CAMPAIGN")
@click.argument("code", metavar="CUSTOMER")
@click.option("--reason", required=True, help="原因（至少五个字） / at least five characters")
@verb
def ask_recount(session: Session, *, campaign: str, code: str, reason: str) -> None:
    """请求换人再盘一户，由主管决定。 Ask that somebody else counts a customer again.

    campaign status --json 列在 recounts_asked；主管用 campaign decide 的 recount 交给另一个人，
    或用 choose 认可原来那条。

    It is listed by campaign status, and decided with campaign decide: recount gives it
    to somebody else, choose keeps what was counted.
    """
    desk, head = session.desk, session.desk.campaign(campaign)
    customer = CustomerId(desk.scanned_customer(code).id)
    stored = desk.counting.ask_recount(head, customer, reason).value
    session.answer(
        {"event": stored.id, "customer": customer, "code": code, "why": stored.asks},
        ASKED,
        code=code,
    )


@click.command(cls=Verb, examples=("--company 我的.erpdesk --as 王芳 shift 盘-0001",))
@click.argument("campaign", metavar="CAMPAIGN")
@verb
def shift(session: Session, *, campaign: str) -> None:
    """交班：这一班扫了、存了、待存、账外各多少。 The sum of one's shift, to be signed."""
    desk, head = session.desk, session.desk.campaign(campaign)
    found = desk.counting.shift(head)
    value = {
        "scans": found.scans, "stored": found.scans, "pending": 0, "statements": found.statements,
        "taken_back": found.taken_back, "unexpected": found.unexpected, "since_us": found.since,
    }  # fmt: skip
    said = value | {"name": desk.company.person, "since": moment_said(found.since)}
    session.answer(value, SHIFT, **said)
