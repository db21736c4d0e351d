"""``reply``, ``replies`` and ``resolve``: what came back on a slip, and what it was about."""

from typing import Any

import click

from erpdesk.commands.arguments import DAY, kept_file, named_evidence
from erpdesk.commands.document_view import moment_said
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.domain.codes.own_code import OwnCode, parse_own_code
from erpdesk.domain.money import Money, parse_amount
from erpdesk.domain.reply import REPLY, Answer
from erpdesk.services.replying import ReplyLine, Said
from erpdesk.words import Sentence
from erpdesk.words.following import ANSWERS

DONE = Sentence("回函 {number} 已登记：{notice} {answer}", "Reply {number} to {notice}: {answer}")
RESOLVED = Sentence("{number} 已了结", "{number} is ended")


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk reply 通-202611-0001 agrees --pays-on 2026-12-15 --evidence 函.jpg",
        "--company 我的.erpdesk reply EDR2026110001 states --amount 8000 --evidence 回函.pdf",
    ),
)
@click.argument("notice", metavar="NOTICE-OR-CODE")
@click.argument("answer", type=click.Choice([one.value for one in Answer]))
@click.option("--amount", help="对方的金额，或已付多少 / the customer's own figure")
@click.option("--day", type=DAY, help="回函日（默认今天） / day of the reply")
@click.option("--pays-on", type=DAY, help="答应付清的日子 / by when they promise to pay")
@click.option("--by", default="", metavar="NAME", help="对方经办人 / who answered")
@click.option("--note", default="", metavar="TEXT", help="说明 / what else is said")
@click.option(
    "--evidence", "files", multiple=True, metavar="FILE", help="回函扫描件 / a scan of the slip"
)
@verb
def reply(
    session: Session, *, notice: str, answer: str, files: tuple[str, ...], **given: Any
) -> None:
    """登记回函：无误、不符、已付或有争议。 Write down what came back on a reply slip."""
    desk, service = session.desk, session.desk.replying
    code = parse_own_code(notice.strip())
    reference = desk.tracing.number(code) if isinstance(code, OwnCode) else notice
    asked = service.notice(reference)
    named = [named_evidence(text, otherwise="reply") for text in files]
    for _, path in named:
        kept_file(desk, path)
    amount = given["amount"]
    said = Said(
        Answer(answer),
        given["day"] or desk.clock.today(),
        parse_amount(amount, asked.asked.currency) if amount else None,
        given["by"],
        given["note"],
        tuple(one for one, _ in named),
        given["pays_on"],
    )
    done = service.register(asked, said).value
    value = {"number": done.number, "id": done.id, "notice": asked.number, "answer": answer}
    word = session.say(ANSWERS[said.answer])
    session.answer(value, DONE, number=done.number, notice=asked.number, answer=word)


@click.command(cls=Verb, examples=("--company 我的.erpdesk replies --open",))
@click.argument("customer", required=False, metavar="CUSTOMER")
@click.option("--open", "open_only", is_flag=True, help="没处理的差异 / undecided ones")
@verb
def replies(session: Session, *, customer: str | None, open_only: bool) -> None:
    """回函：谁回了什么、差多少。 Replies, and by how much they differ."""
    whose = session.desk.customer(customer).id if customer else None
    found = session.desk.replying.replies(whose)
    rows = [_row(session, one) for one in found if one.is_open or not open_only]
    columns = {
        "number": Sentence("回函", "Reply"),
        "notice": Sentence("通知书", "Notice"),
        "customer": Sentence("客户", "Customer"),
        "answer_word": Sentence("答复", "Answer"),
        "asked": Sentence("应结", "Asked"),
        "stated": Sentence("对方", "Stated"),
        "difference": Sentence("差额", "Difference"),
        "decided": Sentence("处理", "Decided"),
    }
    session.table(rows, columns)


@click.command(
    cls=Verb, examples=("--company 我的.erpdesk resolve 函-202611-0001 --reason 在途款已到账",)
)
@click.argument("number", metavar="NUMBER")
@click.option("--reason", required=True, help="原因（至少五个字） / at least five characters")
@verb
def resolve(session: Session, *, number: str, reason: str) -> None:
    """了结回函的差异、承诺或争议：怎么办的。 End a difference, a promise or a dispute."""
    desk = session.desk
    is_reply = desk.document(number).kind == REPLY
    end = desk.replying.resolve if is_reply else desk.follow_up.end
    done = end(number, reason).value
    session.answer({"number": done.number, "state": done.state}, RESOLVED, number=done.number)


def _row(session: Session, one: ReplyLine) -> dict[str, Any]:
    def shown(money: Money | None) -> str:
        return "—" if money is None else money.grouped()

    return {
        "number": one.number,
        "notice": one.notice_number,
        "customer": one.customer_name,
        "answer": one.answer.value,
        "answer_word": session.say(ANSWERS[one.answer]),
        "asked": shown(one.asked),
        "stated": shown(one.stated),
        "difference": shown(one.difference),
        "difference_minor": one.difference.minor if one.difference else None,
        "currency": one.asked.currency,
        "is_open": one.is_open,
        "decided": one.decided,
        "at": moment_said(one.made_at),
    }
