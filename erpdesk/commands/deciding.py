"""``submit``, ``inbox``, ``show``, ``approve``, ``reject``: a second person decides."""

import sys

import click

from erpdesk.commands.document_view import inbox_row, plain, print_document, seen_text
from erpdesk.commands.frame import Session, verb
from erpdesk.domain.approval import Decision, Verb
from erpdesk.domain.changes import Seen
from erpdesk.domain.ids import DocumentId
from erpdesk.errors import StaleError, UserError
from erpdesk.services.approving import Shown
from erpdesk.storage.documents import Document
from erpdesk.words import STATES, Sentence

document_argument = click.argument("document", metavar="DOCUMENT")
seen_option = click.option(
    "--seen",
    metavar="SEQ:HASH",
    help="看过的内容（show 或 inbox 给出） / what was looked at, as shown",
)


class LookFirstError(UserError):
    """A decision names what was looked at."""


@click.command()
@document_argument
@verb
def submit(session: Session, *, document: str) -> None:
    """提交审批。 Hand a draft on for a decision."""
    shown = session.desk.approving.show(session.desk.document(document).id)
    done = session.desk.approving.submit(shown.document).value
    _answer(session, done)


@click.command()
@verb
def inbox(session: Session) -> None:
    """等待审核的单据。 What waits for a decision, and what stands against it."""
    rows = [inbox_row(waiting, session) for waiting in session.desk.approving.inbox()]
    columns = {
        "number": Sentence("单据", "Document"),
        "word": Sentence("类型", "Kind"),
        "customer": Sentence("客户", "Customer"),
        "risk": Sentence("风险金额", "At risk"),
        "made_by": Sentence("制单", "Made by"),
        "seen": Sentence("内容", "Seen"),
        "may": Sentence("你可以", "You may"),
        "why_not": Sentence("不能批的原因", "Why not"),
    }
    session.table(rows, columns)


@click.command()
@document_argument
@verb
def show(session: Session, *, document: str) -> None:
    """看一张单据：分录、证据、步骤、哈希。 Look at a document."""
    shown = session.desk.approving.show(session.desk.document(document).id)
    if session.json:
        session.answer(plain(shown, session))
    else:
        print_document(shown, session)


@click.command()
@document_argument
@seen_option
@click.option("--endorse", "first", is_flag=True, help="两人审核的第一人 / as the first of two")
@verb
def approve(session: Session, *, document: str, seen: str | None, first: bool) -> None:
    """批准并过账。 Approve exactly what was looked at, and post it."""
    _decide(session, document, seen, Verb.ENDORSE if first else Verb.APPROVE, None)


@click.command()
@document_argument
@seen_option
@click.option("--reason", required=True, help="原因（至少五个字） / at least five characters")
@click.option("--return", "back", is_flag=True, help="退回补充 / send back to be completed")
@verb
def reject(session: Session, *, document: str, seen: str | None, reason: str, back: bool) -> None:
    """驳回，写明原因。 Refuse a document, with a reason."""
    _decide(session, document, seen, Verb.RETURN if back else Verb.REJECT, reason)


def _decide(
    session: Session, reference: str, seen: str | None, what: Verb, reason: str | None
) -> None:
    shown = session.desk.approving.show(session.desk.document(reference).id)
    looked_at = _looked_at(session, shown, seen)
    decision = Decision(DocumentId(shown.document.id), looked_at, what, reason)
    _answer(session, session.desk.approving.decide(decision).value)


def _looked_at(session: Session, shown: Shown, seen: str | None) -> Seen:
    """Return what the person looked at: named by ``--seen``, or shown and confirmed just now."""
    document = shown.document
    if seen is None:
        if not sys.stdin.isatty():
            raise LookFirstError(number=document.number)
        print_document(shown, session)
        click.confirm(session.say(Sentence("按以上内容决定？", "Decide on this?")), abort=True)
        return document.seen
    seq, _, shown_hash = seen.partition(":")
    if seen_text(document.seq, document.content_hash) != f"{seq}:{shown_hash[:16]}":
        raise StaleError(number=document.number)
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
        f"{number}  {session.say(STATES[document.state])}",
    )
