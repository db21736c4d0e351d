"""``submit``, ``withdraw``, ``void``, ``inbox``, ``show``, ``approve``, ``reject``."""

import contextlib
import re
from pathlib import Path

import click

from erpdesk.commands.arguments import FILE
from erpdesk.commands.document_view import (
    inbox_row,
    plain,
    print_document,
    seen_text,
    sent_back_row,
)
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.commands.passwords import at_terminal
from erpdesk.domain.approval import Decision
from erpdesk.domain.approval import Verb as What
from erpdesk.domain.changes import Seen
from erpdesk.domain.evidence import evidence_of
from erpdesk.domain.ids import DocumentId
from erpdesk.errors import StaleError, UserError
from erpdesk.services.approving import Shown
from erpdesk.services.handing_out import hand_out
from erpdesk.storage.documents import Document
from erpdesk.words import Sentence, state_word

_SEEN = re.compile(r"(\d+):([0-9a-f]{16,64})")
CAME_BACK = Sentence(
    "退回、驳回给你和你撤回的有 {count} 张：inbox --sent-back",
    "{count} came back to you or were taken back: inbox --sent-back",
)
DOCUMENT, KIND = Sentence("单据", "Document"), Sentence("类型", "Kind")
document_argument = click.argument("document", metavar="DOCUMENT")
seen_option = click.option(
    "--seen",
    metavar="SEQ:HASH",
    help="看过的内容，照 inbox 或 show 给出的写；在终端可不写，会先给你看 / what was looked at, as "
    "inbox or show gives it; on a terminal it is shown and asked",
)
reason_option = click.option(
    "--reason", required=True, help="原因（至少五个字） / at least five characters"
)


class LookFirstError(UserError):
    """A decision names what was looked at."""


@click.command(cls=Verb, examples=("--company 我的.erpdesk submit 临-202611-0001",))
@document_argument
@verb
def submit(session: Session, *, document: str) -> None:
    """提交审批；被驳回的再交一次。 Hand a draft on for a decision, or a rejected text again."""
    _answer(session, session.desk.approving.submit(session.desk.document(document)).value)


@click.command(cls=Verb, examples=("--company 我的.erpdesk withdraw 临-202611-0001",))
@document_argument
@verb
def withdraw(session: Session, *, document: str) -> None:
    """撤回还没有人审的单据，变回草稿。 Take back what nobody decided yet."""
    _answer(session, session.desk.approving.withdraw(session.desk.document(document)).value)


@click.command(
    cls=Verb, examples=("--company 我的.erpdesk void 临-202611-0001 --reason 客户取消了订单",)
)
@document_argument
@reason_option
@verb
def void(session: Session, *, document: str, reason: str) -> None:
    """作废草稿或被驳回的单据，编号留着。 Give a draft up; its number stays."""
    found = session.desk.document(document)
    _answer(session, session.desk.approving.void(found, reason).value)


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk --as 林涛 inbox",
        "--company 我的.erpdesk --as 沈佳 inbox --sent-back",
    ),
)
@click.option(
    "--sent-back",
    is_flag=True,
    help="改看退回、驳回给你和你撤回的 / what came back to you instead",
)
@verb
def inbox(session: Session, *, sent_back: bool) -> None:
    """等待审核的单据，你能不能批。 What waits for a decision, and what stands against it."""
    if sent_back:
        _answer_sent_back(session)
        return
    if not session.json and (back := len(session.desk.approving.sent_back())):
        session.note(CAME_BACK, count=back)
    rows = [inbox_row(waiting, session) for waiting in session.desk.approving.inbox()]
    columns = {
        "number": DOCUMENT,
        "word": KIND,
        "customer": Sentence("客户", "Customer"),
        "risk": Sentence("风险金额", "At risk"),
        "made_by": Sentence("制单", "Made by"),
        "seen": Sentence("内容（--seen）", "Content (--seen)"),
        "may_word": Sentence("你可以", "You may"),
        "why_not": Sentence("不能批的原因", "Why not"),
    }
    session.table(rows, columns)


def _answer_sent_back(session: Session) -> None:
    rows = [sent_back_row(back, session) for back in session.desk.approving.sent_back()]
    columns = {
        "number": DOCUMENT,
        "word": KIND,
        "verb_word": Sentence("经过", "Step"),
        "reason": Sentence("原因", "Reason"),
        "by": Sentence("谁", "By"),
        "at": Sentence("时间", "At"),
    }
    session.table(rows, columns)


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk show 临-202611-0001",
        "--company 我的.erpdesk show 临-202611-0001 --evidence-to 证据",
    ),
)
@document_argument
@click.option(
    "--evidence-to",
    "folder",
    type=FILE,
    metavar="FOLDER",
    help="把证据文件写到这个文件夹 / write the evidence into this folder",
)
@verb
def show(session: Session, *, document: str, folder: Path | None) -> None:
    """看一张单据：分录、证据、步骤、哈希。 Look at a document."""
    shown = session.desk.approving.show(session.desk.document(document).id)
    if folder is not None:
        _hand_evidence_out(session, shown, folder)
    if session.json:
        session.answer(plain(shown, session))
    else:
        print_document(shown, session)


def _hand_evidence_out(session: Session, shown: Shown, folder: Path) -> None:
    """Write each piece of evidence under its hash and its name: names may be the same."""
    with contextlib.suppress(OSError):  # what writes the first file says why
        folder.mkdir(exist_ok=True)
    for text in (shown.document.content, *(part.content for part in shown.parts)):
        for one in evidence_of(text):
            found = session.desk.looking.file(one.hash)
            hand_out(folder / f"{one.hash[:8]}-{Path(found.name).name}", found.data)


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk --as 林涛 approve 临-202611-0001 --seen 2:9f3c61a07be24d58",
        "--company 我的.erpdesk --as 林涛 approve 临-202611-0001",
    ),
)
@document_argument
@seen_option
@click.option("--endorse", "first", is_flag=True, help="两人审核的第一人 / as the first of two")
@verb
def approve(session: Session, *, document: str, seen: str | None, first: bool) -> None:
    """批准并过账：只批你看过的内容。 Approve exactly what was looked at, and post it."""
    _decide(session, document, seen, What.ENDORSE if first else What.APPROVE)


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk reject 临-202611-0001 --seen 2:9f3c61a07be24d58 --reason 金额不符",
    ),
)
@document_argument
@seen_option
@reason_option
@click.option("--return", "back", is_flag=True, help="退回补充 / send back to be completed")
@verb
def reject(session: Session, *, document: str, seen: str | None, reason: str, back: bool) -> None:
    """驳回，写明原因。 Refuse a document, with a reason."""
    _decide(session, document, seen, What.RETURN if back else What.REJECT, reason)


def _decide(
    session: Session, reference: str, seen: str | None, what: What, reason: str | None = None
) -> None:
    shown = session.desk.approving.show(session.desk.document(reference).id)
    looked_at = _looked_at(session, shown, seen)
    decision = Decision(DocumentId(shown.document.id), looked_at, what, reason)
    _answer(session, session.desk.approving.decide(decision).value)


def _looked_at(session: Session, shown: Shown, seen: str | None) -> Seen:
    """Return what the person looked at: named by ``--seen``, or shown and confirmed just now."""
    document = shown.document
    if seen is None:
        if session.json or not at_terminal():
            raise LookFirstError(number=document.number)
        print_document(shown, session)
        click.confirm(session.say(Sentence("按以上内容决定？", "Decide on this?")), abort=True)
        return document.seen
    named = _SEEN.fullmatch(seen.strip().lower())
    if named is None:
        raise click.BadParameter(f"{seen} → SEQ:HASH", param_hint="--seen")
    same = int(named[1]) == document.seq and document.content_hash.hex().startswith(named[2])
    if not same:
        raise StaleError(number=document.number, now=seen_text(document.seq, document.content_hash))
    return document.seen


def _answer(session: Session, document: Document) -> None:
    number = document.number or document.id
    session.answer(
        {
            "id": document.id,
            "number": document.number,
            "state": document.state,
            "seen": seen_text(document.seq, document.content_hash),
        },
        f"{number}  {session.say(state_word(document.kind, document.state))}",
    )
