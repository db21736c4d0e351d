"""``scan`` records codes as they come; ``state`` records what a customer states."""

import queue
import sys
from collections.abc import Generator
from contextlib import closing
from itertools import islice
from typing import Any

import click

from erpdesk.commands.arguments import DAY, POSITIVE, kept_file
from erpdesk.commands.document_view import moment_said
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.devices.serial_scanner import Light, Port, SerialScanner
from erpdesk.domain.codes.scan_bytes import split_scans
from erpdesk.domain.ids import DocumentId, EventId
from erpdesk.domain.importing.customer_typed import TYPED
from erpdesk.domain.money import parse_amount
from erpdesk.domain.stocktake.counting import CountEvent, Finding, Reply, Source, Verified
from erpdesk.services.stocktake.counting import Counted
from erpdesk.services.stocktake.reading_codes import reason
from erpdesk.storage.counting_views import CampaignHead
from erpdesk.words import Sentence
from erpdesk.words.counting import FINDINGS

STORED = Sentence(
    "扫码 {scans} 次 = 已存 {scans} 次，待存 0", "{scans} scanned = {scans} stored, 0 pending"
)
LIGHTS = {
    Light.READY: Sentence("扫码枪已连上，可以扫了", "Scanner connected: go on"),
    Light.LOST: Sentence(
        "没有连上扫码枪 {port}。已扫的都存好了。请接好，会自动继续",
        "No scanner at {port}. What was scanned is stored. Plug it in: it goes on by itself",
    ),
    Light.CLOSED: Sentence("扫码枪已关闭", "Scanner closed"),
}
FIRST = Sentence("（{by} {at} 已盘）", "(counted by {by} at {at})")
RAW_MAX = 4096
"""What of one scan is kept; a longer one is cut there and taken as unreadable."""


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk --as 王芳 scan 盘-0001",
        "--company 我的.erpdesk --as 王芳 scan 盘-0001 --json < 扫码.txt",
        "--company 我的.erpdesk --as 王芳 scan 盘-0001 --port /dev/ttyACM0",
    ),
)
@click.argument("campaign", metavar="CAMPAIGN")
@click.option("--port", metavar="DEVICE", help="串口扫码枪 / a serial scanner")
@click.option(
    "--baud", type=POSITIVE, default=9600, show_default=True, help="串口速率 / speed of the port"
)
@click.option("--count", type=POSITIVE, help="扫够这么多就结束 / end after so many codes")
@click.option("--typed", is_flag=True, help="手工输入的编码 / codes typed by hand")
@verb
def scan(
    session: Session, *, campaign: str, port: str | None, baud: int, count: int | None, typed: bool
) -> None:
    """逐条扫码：先存、再判断、再回应。 Each code is stored, then judged, then acknowledged.

    编码从标准输入来，一行一个（空行不算，一行连着几个码算几次），或从串口扫码枪来（Ctrl-C
    结束）。每条存好以后才回应一行；没有回应的不算存上。

    Codes come from standard input, one a line (blank lines count nothing, several codes in a line
    count each), or from a serial scanner (Ctrl-C ends). A line is answered only once it is stored.
    With --password-stdin the first line is the password.
    """
    session.stdin_taken = port is None
    document = session.desk.campaign(campaign)
    source = Source.SERIAL if port else Source.TYPED if typed else Source.WEDGE
    scans = 0
    try:
        with closing(_serial(session, port, baud) if port else _lines()) as codes:
            for raw, cut in islice(codes, count):
                outcome = session.desk.counting.record_scan(document, raw, source=source, cut=cut)
                scans += 1
                _acknowledge(session, outcome.value)
    except KeyboardInterrupt:
        if not port:  # a scanner at a port has no other end than being stopped
            raise
    session.answer({"scans": scans, "stored": scans, "pending": 0}, STORED, scans=scans)


def _lines() -> Generator[tuple[bytes, bool]]:
    """Yield the scans of standard input as they come; several in one line are several."""
    if sys.stdin is None:
        return
    is_rest = False
    while piece := sys.stdin.buffer.readline(RAW_MAX + 2):
        whole = piece.endswith((b"\n", b"\r")) or len(piece) <= RAW_MAX
        if not is_rest and not whole:
            yield piece[:RAW_MAX], True
        elif not is_rest and piece.strip():
            for part in split_scans(piece):
                yield part.data[:RAW_MAX], part.cut or len(part.data) > RAW_MAX
        is_rest = not whole


def _serial(session: Session, port: str, baud: int) -> Generator[tuple[bytes, bool]]:
    """Yield what a serial scanner sends until the program is stopped."""
    heard: queue.Queue[tuple[bytes, bool]] = queue.Queue()
    scanner = SerialScanner(
        Port(port, baud=baud),
        on_code=lambda code: heard.put((code, False)),
        on_part=lambda part: heard.put((part, True)),
        on_light=lambda light: session.note(LIGHTS[light], port=port),
    )
    try:
        scanner.start()
        while True:
            yield heard.get()
    finally:
        scanner.close()


def _acknowledge(session: Session, counted: Counted) -> None:
    value = plain_count(session, counted)
    who, what = value["code"] or value["raw_shown"], value["name"] or value["reason"]
    first = ""
    if value["first_by"]:
        first = session.say(FIRST, by=value["first_by"], at=moment_said(value["first_at_us"]))
    session.answer(value, f"{value['word']}  {who}  {what or ''}{first}".rstrip())
    if sys.stdout is not None:
        sys.stdout.flush()


def plain_count(session: Session, counted: Counted) -> dict[str, Any]:
    """Return what became of a scan; no figure of the books is in it, blind or not."""
    judgement, customer = counted.judgement, counted.customer
    first = judgement.finding is Finding.ALREADY_COUNTED
    return {
        "event": counted.event.id,
        "finding": judgement.finding.value,
        "word": session.say(FINDINGS[judgement.finding.value]),
        "code": customer.code if customer else None,
        "name": customer.name if customer else None,
        "first_by": judgement.by if first else None,
        "first_at_us": judgement.at if first else None,
        "action": counted.reading.action.value,
        "value": counted.reading.value,
        "propose": counted.reading.propose,
        "reason": reason(counted.reading, language=session.language, is_kept=True),
        "raw": counted.event.raw.hex(),
        "raw_shown": counted.event.raw.decode("utf-8", "backslashreplace"),
    }


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk state 盘-0001 C0001 --balance 12500.00 --verify phone",
        "--company 我的.erpdesk state 盘-0001 C0001 --reply-way 电话 --reply-by 李会计",
        "--company 我的.erpdesk state 盘-0001 C0002 --balance 0 --evidence 回函.pdf",
    ),
)
@click.argument("campaign", metavar="CAMPAIGN")
@click.argument("customer", metavar="CODE")
@click.option(
    "--balance", metavar="AMOUNT", help="自述余额（空不是零） / stated balance, empty is not zero"
)
@click.option("--currency", default="CNY", show_default=True)
@click.option("--as-of", "as_of", type=DAY, help="余额的日期 / day of the balance")
@click.option(
    "--verify", "fields", multiple=True, metavar="FIELD[=VALUE]", help="核对过的栏 / verified field"
)
@click.option(
    "--evidence",
    "files",
    multiple=True,
    metavar="FILE",
    help="证据：回函、合同、订单、对账单… / evidence: a reply, contract, order, statement…",
)
@click.option("--reply-way", "way", help="怎么答复的：电话、当面、回函 / how they answered")
@click.option("--reply-by", "by", help="谁答复的 / who answered")
@verb
def state(session: Session, *, campaign: str, customer: str, **given: Any) -> None:
    """记下客户自述的余额、核对过的资料和证据。 Record what a customer states."""
    document = session.desk.campaign(campaign)
    statement = _statement(session, document, customer, given)
    event = session.desk.counting.record_statement(document, statement).value
    stated = event.stated
    session.answer(
        {
            "event": event.id,
            "customer": customer,
            "stated_minor": stated.minor if stated else None,
            "currency": stated.currency if stated else None,
            "verified": [one.field for one in event.verified],
            "evidence": list(event.evidence),
            "supersedes": event.supersedes,
        },
        Sentence("已记下：{customer} 自述余额 {stated}", "Recorded: {customer} states {stated}"),
        customer=customer,
        stated=f"{stated.grouped()} {stated.currency}" if stated else "—",
    )


def _statement(
    session: Session, document: CampaignHead, code: str, given: dict[str, Any]
) -> CountEvent:
    desk = session.desk
    kept = tuple(kept_file(desk, name) for name in given["files"])
    balance = given["balance"]
    return CountEvent(
        id=EventId(""),
        campaign=DocumentId(document.id),
        customer=desk.scanned_customer(code).id,
        raw=code.encode(),
        source=Source.TYPED,
        by=desk.company.person,
        device="",
        device_seq=0,
        received_at=session.clock.now_us(),
        stated=None if balance is None else parse_amount(balance, given["currency"]),
        as_of=given["as_of"],
        verified=tuple(_verified(text) for text in given["fields"]),
        reply=Reply(given["way"], given["by"]) if given["way"] else None,
        evidence=kept,
    )


def _verified(text: str) -> Verified:
    field, mark, value = text.partition("=")
    if field not in (*TYPED, "code"):
        hint = f"{field} → {'、'.join(('code', *TYPED))}"
        raise click.BadParameter(hint, param_hint="--verify")
    return Verified(field, value if mark else None)
