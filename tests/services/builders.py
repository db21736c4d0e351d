"""A small firm at work, on either engine: its people, their desks, its files, its usual acts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from erpdesk import keys
from erpdesk.bootstrap import Desk, open_desk
from erpdesk.domain.accounts import Part
from erpdesk.domain.approval import Decision, Verb
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.goods import goods_of
from erpdesk.domain.ids import CustomerId, DocumentId, EventId, PersonName
from erpdesk.domain.money import Money, parse_amount
from erpdesk.domain.opening import Opening
from erpdesk.domain.posting import Heading
from erpdesk.domain.stocktake.campaign import CampaignPlan
from erpdesk.domain.stocktake.count_line import LineDecision, LineVerb
from erpdesk.domain.stocktake.counting import CountEvent, Source, Verified
from erpdesk.domain.stocktake.variance import Cause, Tolerance
from erpdesk.domain.voucher import Answers, Voucher, content
from erpdesk.services.companies import Companies, Joining
from erpdesk.services.importing.tables import Imported, ImportSource
from erpdesk.services.receipts import MoneyIn, Wanted
from erpdesk.services.signing_in import SigningIn
from erpdesk.services.stocktake.counting import Counted
from erpdesk.services.stocktake.reviewing import Row, Said
from erpdesk.services.vouchers import Draft, Entered
from erpdesk.services.writing import Writing
from erpdesk.standards.numbers import with_check
from erpdesk.storage import ledger
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Database, is_url, open_database
from erpdesk.storage.documents import Document, NextStep, take_step
from erpdesk.storage.founding import Grant
from tests.fakes import FakeClock

FIRM = {
    "name": "明湖机电有限公司",
    "address": "杭州市滨江区江陵路 1200 号",
    "bank_name": "中国建设银行杭州滨江支行",
    "bank_account": "33001616735053000914",
}
HIGH = 10**12
STAFF: dict[str, tuple[Grant, ...]] = {
    "maker": (Grant("accountant"), Grant("collector"), Grant("counter")),
    "helper": (Grant("accountant"),),
    "cashier": (Grant("cashier"),),
    "chief": (Grant("supervisor", HIGH, 0, 10 * HIGH),),
    "deputy": (Grant("supervisor", 50_000_00, 0, 60_000_00),),
    "director": (Grant("director", HIGH, 0, 10 * HIGH),),
    "chair": (Grant("director", HIGH, 0, 10 * HIGH), Grant("counter")),
    "counter": (Grant("counter"),),
    "second": (Grant("counter"),),
    "auditor": (Grant("auditor"),),
}
"""Who works here; the deputy decides about little, a counter sees no books."""

SHOWN = {"maker": "陈静", "chief": "林涛", "counter": "王芳"}
PASSED = Answers(passed=True, unconditional=True, tax_point=False)
TAXED = Answers(passed=True, unconditional=True, tax_point=True)
HEADER = "编码,名称,税号,联系人,电话,地址,税率,账期"
CUSTOMERS = (
    ("K1", "青禾包装", with_check("91330100MA2CFRU57"), "王敏", "13800000001", "杭州", "0.13", "30"),  # noqa: E501
    ("K2", "海河五金", with_check("91330100MA2CFRU58"), "李强", "13800000002", "天津", "0.13", "0"),
    ("K3", "无税率商行", "", "", "", "", "", ""),
)  # fmt: skip


def password_of(name: str) -> str:
    return f"pw of {name}"


def make_company(
    place: str,
    *,
    staff: Mapping[str, tuple[Grant, ...]] = STAFF,
    said: Mapping[str, str] = FIRM,
) -> None:
    """Make the firm's company with its people, each with a password of their own."""
    joining = tuple(
        Joining(name, SHOWN.get(name, name), grants, password_of(name))
        for name, grants in staff.items()
    )
    Companies(FakeClock(), keys.CHEAP).make(place, joining, said=said)


def yuan(text: str, currency: str = "CNY") -> Money:
    return parse_amount(text, currency)


@dataclass
class Office:
    """The firm's company at a place, and the desk of each person as the program opens it."""

    place: str
    folder: Path
    clock: FakeClock = field(default_factory=FakeClock)
    database: Database | None = None
    desks: dict[str, Desk] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.clock.today()

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def desk(self, name: str) -> Desk:
        """Return the desk of a person; in a file all of them share one open database."""
        if name not in self.desks:
            self.desks[name] = self._opened(name)
        return self.desks[name]

    def _opened(self, name: str) -> Desk:
        if is_url(self.place):
            return open_desk(self.place, person=name, password=password_of, clock=self.clock)
        self.database = self.database or open_database(self.place)
        signing_in = SigningIn(self.database, self.clock)
        return Desk(signing_in.sign_in(name, password_of(name)), self.clock, signing_in)

    def close(self) -> None:
        while self.desks:
            self.desks.popitem()[1].close()

    def written(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def customer(self, code: str = "K1") -> CustomerRow:
        return self.desk("maker").customer(code)

    def add_customers(self, *rows: tuple[str, ...], by: str = "maker") -> Imported:
        path = self.written("c.csv", "\n".join([HEADER, *(",".join(row) for row in rows)]) + "\n")
        return self.desk(by).importing_customers.load(ImportSource(path))

    def delivered(self, *rows: tuple[str, str, str], by: str = "maker") -> Imported:
        """Import deliveries: number, customer's code, amount; ten days old."""
        lines = ["出库单号,客户编码,日期,价税合计"]
        lines += [f'{number},{code},{self.ago(10)},"{amount}"' for number, code, amount in rows]
        path = self.written("d.csv", "\n".join(lines) + "\n")
        return self.desk(by).importing_deliveries.load(ImportSource(path))

    def proof(self, kind: str = "acceptance", *, by: str = "maker") -> Evidence:
        data = f"{kind} {self.desk(by).company.new_id()}".encode()
        return Evidence(self.desk(by).evidence.keep(data, name=f"{kind}.txt").hex(), kind)

    def shown(self, minor: int) -> tuple[Evidence, ...]:
        """Return the evidence that an amount asks for."""
        kinds = ("acceptance",) if minor <= 50_000_00 else ("acceptance", "order")
        return tuple(self.proof(kind) for kind in kinds)

    def draft(self, number: str, code: str = "K1", **facts: Any) -> Draft:
        """Return a complete voucher over one delivery."""
        found = self.desk("maker").vouchers.delivery(number)
        known = {"answers": PASSED, "deliveries": (found.id,), **facts}
        if "evidence" not in known:
            known["evidence"] = self.shown(found.amount_minor)
        return Draft(self.customer(code), **known)

    def submitted(self, number: str, amount: str, code: str = "K1", **facts: Any) -> Document:
        """Submit a voucher: over a delivery (``SH…``), or over an amount entered by hand."""
        if number.startswith("SH"):
            self.delivered((number, code, amount))
            draft = self.draft(number, code, **facts)
        else:
            money = yuan(amount)
            known = {"answers": PASSED, "evidence": self.shown(money.minor), **facts}
            draft = Draft(self.customer(code), entered=(Entered(number, money),), **known)
        return self.desk("maker").vouchers.write(draft, submit=True).value

    def posted(self, number: str, amount: str, code: str = "K1", **facts: Any) -> Document:
        return self.approve(self.submitted(number, amount, code, **facts))

    def foreign(self, amount: str, *, rate: str, currency: str = "USD") -> Document:
        """Post a claim in a foreign currency, free of tax, at a rate."""
        heading = Heading(self.today, CustomerId(self.customer().id))
        line = goods_of("出口设备", yuan(amount, currency), Decimal(0))
        evidence = (self.proof("contract"), self.proof("acceptance"))
        voucher = Voucher(
            heading, (line,), currency, (), evidence, PASSED, self.today, Decimal(rate)
        )
        text = content(voucher, make_id=self.desk("maker").company.new_id)
        writing = Writing(self.desk("maker").company)
        return self.approve(writing.draft("voucher", text, then=("submit",)).value)

    def received(self, amount: str, code: str | None = "K1", **facts: Any) -> Document:
        """Record a receipt and post it."""
        money = MoneyIn(yuan(amount), self.customer(code) if code else None)
        done = self.desk("cashier").receipts.record(money, submit=True, **facts)
        return self.approve(done.value)

    def opened(
        self,
        amount: str,
        label: str,
        code: str = "K1",
        *,
        part: Part = Part.BILLED,
        currency: str = "CNY",
    ) -> Document:
        """Post what was open before the books began."""
        owner = CustomerId(self.customer(code).id)
        opening = Opening(owner, part, yuan(amount, currency), self.ago(40), label)
        service = self.desk("maker").opening_items
        return service.load([opening], posting_date=self.ago(40), memo="期初未清项").value

    def approve(self, document: Document, *, by: str = "chief") -> Document:
        return self.decide(document, Verb.APPROVE, by=by)

    def decide(
        self, document: Document, verb: Verb, *, by: str = "chief", reason: str | None = None
    ) -> Document:
        decision = Decision(DocumentId(document.id), document.seen, verb, reason)
        return self.desk(by).approving.decide(decision).value

    def look(self, document: Document) -> Document:
        return self.desk("maker").document(document.id)

    def balance(self, code: str = "K1") -> tuple[str, str, str]:
        """Return billed, unbilled and unapplied of a customer."""
        rows = self.desk("maker").balances(code)
        if not rows:
            return ("0.00", "0.00", "0.00")
        row = rows[0][1]
        parts = (row.billed_minor, row.unbilled_minor, row.unapplied_minor)
        billed, unbilled, unapplied = (Money(minor, row.currency).plain() for minor in parts)
        return billed, unbilled, unapplied

    def lines(self, document: Document) -> list[tuple[str, str, str]]:
        """Return what was posted: 借 or 贷, account, amount."""
        with self.desk("maker").company.database.reading() as connection:
            entry = ledger.entry_of(connection, document.id)
            rows = ledger.lines_of(connection, entry.id) if entry else ()
        return [
            ("借" if r.side == 1 else "贷", r.account, Money(r.amount_minor, r.currency).plain())
            for r in rows
        ]

    def open_items(self, code: str = "K1") -> dict[str, str]:
        """Return what is open of a customer, by the number of the item."""
        rows = self.desk("maker").receipts.open_items(self.customer(code))
        return {row.label: Money(row.open_minor, row.currency).plain() for row in rows}

    def plan(self, *codes: str, **facts: Any) -> CampaignPlan:
        known: dict[str, Any] = {
            "cut_off": self.today,
            "blind": False,
            "tolerance": Tolerance(0),
            "counters": (PersonName("counter"), PersonName("second")),
            "customers": tuple(CustomerId(self.customer(code).id) for code in codes),
        }
        return CampaignPlan("年末盘点", currency="CNY", **{**known, **facts})

    def campaign(self, *codes: str, **facts: Any) -> Document:
        """Plan a campaign and freeze it; without codes all customers are in it."""
        service = self.desk("chief").campaigns
        return service.freeze(service.plan(self.plan(*codes, **facts)).value).value

    def tolerance(self, amount: str) -> Tolerance:
        return Tolerance(yuan(amount).minor)

    def decide_cancel(self, campaign: Document) -> None:
        """Give a campaign up, so that its customers are free again."""
        company = self.desk("director").company
        step = NextStep(
            company.new_id(), campaign.id, "campaign", campaign.seen, "cancel", "不盘了，改计划"
        )
        company.run(lambda unit: take_step(unit, step))

    def rule(
        self, campaign: Document, verb: str, *, by: str = "chief", code: str = "", **facts: Any
    ) -> None:
        """Decide about a line (``code``) or a scan (``event``), as a supervisor."""
        known = {"reason": "核对过实物了", "customer": self.customer(code).id if code else None}
        decision = LineDecision(
            id=self.desk(by).company.new_id(),
            campaign=DocumentId(campaign.id),
            verb=LineVerb(verb),
            by=PersonName(by),
            at=0,
            **{**known, **facts},
        )
        self.desk(by).campaigns.decide(decision)

    def explain(self, campaign: Document, note: str | None = None) -> None:
        """Say of every line that differs that it is a matter of time, and carried on."""
        reviewing = self.desk("maker").reviewing
        rows = [row for row in reviewing.review(campaign).rows if row.differs]
        reviewing.say(campaign, [Said(row, (_carried(row),), note) for row in rows])

    def scan(self, campaign: Document, code: str | bytes, *, by: str = "counter") -> Counted:
        raw = code if isinstance(code, bytes) else code.encode()
        return self.desk(by).counting.record_scan(campaign, raw, source=Source.WEDGE).value

    def state(
        self, campaign: Document, code: str, balance: str | None, *fields: str, by: str = "counter"
    ) -> CountEvent:
        said = self.statement(campaign, code, balance, *fields)
        return self.desk(by).counting.record_statement(campaign, said).value

    def statement(
        self, campaign: Document, code: str, balance: str | None, *fields: str
    ) -> CountEvent:
        return CountEvent(
            id=EventId(""),
            campaign=DocumentId(campaign.id),
            customer=CustomerId(self.customer(code).id),
            raw=code.encode(),
            source=Source.TYPED,
            by=PersonName(""),
            device="",
            device_seq=0,
            received_at=0,
            stated=None if balance is None else yuan(balance),
            verified=tuple(Verified(name) for name in fields),
        )


def _carried(row: Row) -> Cause:
    assert row.judged.unexplained is not None
    return Cause("timing", row.judged.unexplained, action="carry")


def paid(label: str, amount: str | None = None) -> Wanted:
    return Wanted(label, yuan(amount) if amount else None)
