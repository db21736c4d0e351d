"""``demo DIR``: the whole job on the sample company, through a virtual serial scanner."""

import json
import os
import queue
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from erpdesk.bootstrap import Desk, open_desk
from erpdesk.commands.campaign_view import plain_status
from erpdesk.commands.counting import plain_count
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.commands.sampling import make_sample
from erpdesk.devices.serial_scanner import Light, Port, SerialScanner
from erpdesk.domain.approval import Decision
from erpdesk.domain.approval import Verb as What
from erpdesk.domain.codes.own_code import customer_code
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.ids import DocumentId
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.counting import Source
from erpdesk.domain.voucher import Answers
from erpdesk.errors import UserError
from erpdesk.files.atomic import replacing
from erpdesk.services.keeping.verifying import Speed
from erpdesk.services.noticing import Asked
from erpdesk.services.receipts import MoneyIn
from erpdesk.services.sampling import PASSWORD
from erpdesk.services.vouchers import Draft
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.documents import Document
from erpdesk.words import Sentence

COMPANY = "sample.erpdesk"
SCANS = 12
READY_S = 30
STEPS = {
    "sample": Sentence("做样例公司", "making the sample company"),
    "scan": Sentence("用虚拟串口扫码枪盘点", "counting with a virtual serial scanner"),
    "voucher": Sentence(
        "写临时凭证、提交、审核过账", "writing, submitting and approving a voucher"
    ),
    "receipt": Sentence("收款并核销", "recording a receipt and matching it"),
    "notice": Sentence("出结算通知书", "issuing the settlement notice"),
    "journal": Sentence("导出分录", "exporting the journal"),
    "verify": Sentence("校验账套、做备份", "checking the books and backing them up"),
}
DONE = Sentence("做完了，结果在 {folder}", "Done; the results are in {folder}")


class FolderInUseError(UserError):
    """There is a sample company in this folder already."""


@click.command(cls=Verb, examples=("demo 样例", "demo 样例 --seed 7 --json"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--seed", type=int, default=1, show_default=True, help="样例的种子 / the seed of the sample"
)
@verb
def demo(session: Session, *, folder: Path, seed: int) -> None:
    """在样例公司上把整件事做一遍。 Do the whole job on the sample company."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / COMPANY).exists():
        raise FolderInUseError(folder=folder)
    session.place = str(folder / COMPANY)
    job = _Job(session, folder)
    job.step("sample")
    make_sample(session, seed=seed, is_answer=False)
    summary = job.whole()
    with replacing(folder / "summary.json") as temporary:
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        temporary.write_text(f"{text}\n", "utf-8")
    session.answer(summary, DONE, folder=folder)


@dataclass
class _Job:
    """The job step by step, each by the person whose it is."""

    session: Session
    folder: Path
    desks: dict[str, Desk] = field(default_factory=dict)

    def step(self, name: str) -> None:
        if not self.session.json:
            click.echo("· " + self.session.say(STEPS[name]), err=True)

    def desk(self, person: str) -> Desk:
        if person not in self.desks:
            self.desks[person] = open_desk(
                self.session.where,
                person=person,
                password=lambda _: PASSWORD,
                clock=self.session.clock,
            )
        return self.desks[person]

    def whole(self) -> dict[str, Any]:
        """Do it all and say what was counted, posted and printed."""
        counted = self.count()
        customer, voucher = self.voucher()
        receipt = self.receipt(customer, voucher)
        notice = self.notice(customer)
        journal = self.journal()
        proved = self.prove()
        for desk in self.desks.values():
            desk.close()
        return {
            "company": COMPANY,
            "counted": counted,
            "posted": {"voucher": voucher.number, "receipt": receipt.number, **journal},
            "printed": notice,
            "verified": proved,
        }

    def count(self) -> dict[str, Any]:
        """Scan labels, a repeated one, an own label and an unknown one."""
        self.step("scan")
        desk = self.desk("wangfang")
        campaign = desk.document("盘-0002")
        lines = desk.campaigns.status(campaign).uncounted[:SCANS]
        codes = [line.frozen.code for line in lines]
        with_own = customer_code(desk.customer(codes[-1]).n)
        sent = [*codes[:-1], with_own, codes[0], "NOT-OURS-4711"]
        done = [
            plain_count(
                self.session, desk.counting.record_scan(campaign, raw, source=Source.SERIAL).value
            )
            for raw in scanned(sent)
        ]
        findings = [one["finding"] for one in done]
        after = desk.campaigns.status(campaign)
        return {
            "campaign": campaign.number,
            "scanned": len(sent),
            "stored": len(done),
            "pending": 0,
            "findings": {name: findings.count(name) for name in sorted(set(findings))},
            "coverage": plain_status(after, with_lines=False)["coverage"],
            "not_yet_counted": len(after.uncounted),
        }

    def voucher(self) -> tuple[CustomerRow, Document]:
        """Settle the deliveries of a customer who has none approved yet."""
        self.step("voucher")
        desk = self.desk("chenjing")
        customer = next(self._with_deliveries(desk))
        slip = desk.evidence.keep(f"签收单 {customer.name}".encode(), name="签收单.txt")
        order = desk.evidence.keep(f"销售订单 {customer.name}".encode(), name="订单.txt")
        free = desk.vouchers.free_deliveries(customer)
        draft = Draft(
            customer,
            Answers(passed=True, unconditional=True, tax_point=False),
            tuple(row.id for row in free),
            evidence=(Evidence(slip.hex(), "acceptance"), Evidence(order.hex(), "order")),
        )
        return customer, self.approve(desk.vouchers.write(draft, submit=True).value)

    def _with_deliveries(self, desk: Desk) -> Iterator[CustomerRow]:
        for row, _ in desk.balances(None):
            if desk.vouchers.free_deliveries(row):
                yield row

    def receipt(self, customer: CustomerRow, voucher: Document) -> Document:
        """Receive half of the voucher and match it at once, earliest due first."""
        self.step("receipt")
        amount = Money(voucher.content["items"][0]["amount"] // 2, "CNY")
        money = MoneyIn(amount, customer, memo=customer.name)
        done = self.desk("shenjia").receipts.record(money, oldest=True, submit=True)
        return self.approve(done.value)

    def approve(self, document: Document) -> Document:
        """Decide as the supervisor on exactly what is shown."""
        desk = self.desk("lintao")
        seen = desk.approving.show(document.id).document.seen
        decision = Decision(DocumentId(document.id), seen, What.APPROVE)
        return desk.approving.decide(decision).value

    def notice(self, customer: CustomerRow) -> dict[str, Any]:
        """Issue the settlement notice."""
        self.step("notice")
        printed = self.desk("chenjing").noticing.issue(customer, Asked())
        name = f"{printed.document.number}.pdf"
        with replacing(self.folder / name) as temporary:
            temporary.write_bytes(printed.pdf)
        rows = printed.document.content["notice"]["rows"]
        return {
            "notice": printed.document.number,
            "file": name,
            "customer": customer.name,
            "rows": len(rows),
            "total": Money(sum(row["settle"] for row in rows), "CNY").plain(),
        }

    def journal(self) -> dict[str, Any]:
        """Write the journal in all three formats."""
        self.step("journal")
        desk = self.desk("chenjing")
        names = [f"journal.{suffix}" for suffix in ("csv", "xlsx", "beancount")]
        rows = [desk.exporting.journal(self.folder / name) for name in names]
        return {"journal_lines": rows[0], "journal_files": names}

    def prove(self) -> dict[str, Any]:
        """Check the books and keep a proved backup."""
        self.step("verify")
        desk = self.desk("lintao")
        findings = desk.verifying.verify(speed=Speed.DEEP).findings
        backup = desk.backing_up.back_up(self.folder / "sample.erpbackup")
        return {"findings": len(findings), "backup": backup.path.name}


def scanned(codes: list[str]) -> Iterator[bytes]:
    """Yield the codes as a serial scanner reads them, through a pseudo-terminal if there is one."""
    if sys.platform == "win32":
        yield from (code.encode() for code in codes)
        return
    import tty

    master, slave = os.openpty()
    tty.setraw(slave)
    heard: queue.Queue[bytes] = queue.Queue()
    ready = threading.Event()

    def show(light: Light) -> None:
        if light is Light.READY:
            ready.set()

    scanner = SerialScanner(Port(os.ttyname(slave)), on_code=heard.put, on_light=show)
    scanner.start()
    ready.wait(READY_S)  # opening a port throws away what was sent before
    sender = threading.Thread(target=_send, args=(master, codes), daemon=True)
    sender.start()
    try:
        for _ in codes:
            yield heard.get(timeout=30)
    finally:
        sender.join()
        scanner.close()
        os.close(slave)
        os.close(master)


def _send(master: int, codes: list[str]) -> None:
    for code in codes:
        os.write(master, code.encode() + b"\r\n")
