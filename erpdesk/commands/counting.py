"""``scan`` records codes as they come; ``state`` records what a customer states."""

import queue
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from erpdesk.commands.frame import Session, verb
from erpdesk.devices.serial_scanner import Light, Port, SerialScanner
from erpdesk.domain.counting import CountEvent, Finding, Reply, Source, Verified
from erpdesk.domain.ids import DocumentId, EventId
from erpdesk.domain.money import parse_amount
from erpdesk.domain.scan_bytes import split_scans
from erpdesk.services.counting import Counted
from erpdesk.services.reading_codes import reason
from erpdesk.storage.counting_views import CampaignHead
from erpdesk.words import Sentence
from erpdesk.words.counting import FINDINGS

STORED = Sentence(
    "扫码 {scans} 次 = 已存 {scans} 次，待存 0", "{scans} scanned = {scans} stored, 0 pending"
)
LIGHTS = {
    Light.READY: Sentence("扫码枪已连上", "scanner connected"),
    Light.LOST: Sentence(
        "扫码枪断开了，接上会自动继续", "scanner lost; it goes on by itself when plugged in"
    ),
    Light.CLOSED: Sentence("扫码枪已关闭", "scanner closed"),
}


@click.command()
@click.argument("campaign", metavar="CAMPAIGN")
@click.option("--port", metavar="DEVICE", help="串口扫码枪 / a serial scanner")
@click.option("--baud", type=int, default=9600, show_default=True)
@click.option("--count", type=int, help="扫够这么多就结束 / end after so many codes")
@click.option("--typed", is_flag=True, help="手工输入的编码 / codes typed by hand")
@verb
def scan(
    session: Session, *, campaign: str, port: str | None, baud: int, count: int | None, typed: bool
) -> None:
    """逐条扫码：先存、再判断、再回应。 Each code is stored, then judged, then acknowledged.

    Codes come from standard input, one a line, or from a serial scanner.
    """
    session.stdin_taken = port is None
    document = session.desk.campaign(campaign)
    source = Source.SERIAL if port else Source.TYPED if typed else Source.WEDGE
    codes = _serial(session, port, baud) if port else _lines()
    scans = 0
    for raw, cut in codes:
        outcome = session.desk.counting.record_scan(document, raw, source=source, cut=cut)
        scans += 1
        _acknowledge(session, outcome.value)
        if count is not None and scans >= count:
            break
    session.answer({"scans": scans, "stored": scans, "pending": 0}, STORED, scans=scans)


def _lines() -> Iterator[tuple[bytes, bool]]:
    """Yield the scans of standard input as they come; several in one line are several."""
    for line in iter(sys.stdin.buffer.readline, b""):
        for part in split_scans(line):
            yield part.data, part.cut


def _serial(session: Session, port: str, baud: int) -> Iterator[tuple[bytes, bool]]:
    """Yield what a serial scanner sends until the program is stopped."""
    heard: queue.Queue[tuple[bytes, bool]] = queue.Queue()
    scanner = SerialScanner(
        Port(port, baud=baud),
        on_code=lambda code: heard.put((code, False)),
        on_part=lambda part: heard.put((part, True)),
        on_light=lambda light: click.echo(session.say(LIGHTS[light]), err=True),
    )
    scanner.start()
    try:
        while True:
            yield heard.get()
    except KeyboardInterrupt:
        return
    finally:
        scanner.close()


def _acknowledge(session: Session, counted: Counted) -> None:
    value = plain_count(session, counted)
    who, what = value["code"] or value["raw_shown"], value["name"] or value["reason"]
    session.answer(value, f"{value['word']}  {who}  {what}")
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
        "reason": reason(counted.reading, language=session.language),
        "raw": counted.event.raw.hex(),
        "raw_shown": counted.event.raw.decode("utf-8", "backslashreplace"),
    }


@click.command()
@click.argument("campaign", metavar="CAMPAIGN")
@click.argument("customer", metavar="CODE")
@click.option(
    "--balance", metavar="AMOUNT", help="自述余额（空不是零） / stated balance, empty is not zero"
)
@click.option("--currency", default="CNY", show_default=True)
@click.option(
    "--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="余额的日期 / day of the balance"
)
@click.option(
    "--verify", "fields", multiple=True, metavar="FIELD[=VALUE]", help="核对过的栏 / verified field"
)
@click.option(
    "--evidence",
    "files",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
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
    kept = tuple(desk.evidence.keep_file(Path(name)).hex() for name in given["files"])
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
        as_of=_day(given["as_of"]),
        verified=tuple(_verified(text) for text in given["fields"]),
        reply=Reply(given["way"], given["by"]) if given["way"] else None,
        evidence=kept,
    )


def _verified(text: str) -> Verified:
    field, mark, value = text.partition("=")
    return Verified(field, value if mark else None)


def _day(moment: Any) -> date | None:
    return moment.date() if moment else None
