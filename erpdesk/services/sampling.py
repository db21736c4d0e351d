"""The sample company: a firm of invented people and customers, made through the same services."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from erpdesk import keys
from erpdesk.domain.accounts import Part
from erpdesk.domain.approval import Decision, Verb
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.ids import CustomerId, DocumentId, EventId, PersonName
from erpdesk.domain.money import Money
from erpdesk.domain.opening import Opening
from erpdesk.domain.stocktake.campaign import CampaignPlan
from erpdesk.domain.stocktake.counting import CountEvent, Source, Verified
from erpdesk.domain.stocktake.variance import Tolerance
from erpdesk.domain.voucher import Answers
from erpdesk.files.safe_cells import write_rows
from erpdesk.services.approving import Approving
from erpdesk.services.companies import Companies, Joining
from erpdesk.services.importing.customers import ImportingCustomers
from erpdesk.services.importing.deliveries import ImportingDeliveries
from erpdesk.services.importing.opening_items import OpeningItems
from erpdesk.services.importing.tables import ImportSource
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.services.ports import Clock
from erpdesk.services.receipts import MoneyIn, Receipts
from erpdesk.services.sample_data import Firm, firms
from erpdesk.services.sample_matters import OpenMatters
from erpdesk.services.signing_in import SigningIn
from erpdesk.services.stocktake.campaigns import Campaigns
from erpdesk.services.stocktake.counting import Counting
from erpdesk.services.stocktake.reporting import Reporting
from erpdesk.services.vouchers import Draft, Vouchers
from erpdesk.standards.numbers import with_check
from erpdesk.storage import customers as customer_store
from erpdesk.storage.backup import put_where_nothing_is
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import NoSuchCompanyError, is_url, must_be_new, open_database
from erpdesk.storage.documents import Document, look
from erpdesk.storage.founding import Grant
from erpdesk.storage.unit_of_work import Company

PASSWORD = "erpdesk"  # noqa: S105 - the sample's people have no secrets
HIGH = 10**12
FIRM = {
    "name": "明湖机电有限公司",
    "english_name": "Minghu Electromechanical Co., Ltd.",
    "address": "杭州市滨江区江陵路 1200 号",
    "phone": "0571-8600 2200",
    "email": "ar@minghu.example",
    "tax_id": "91330108MA2CFRU578",
    "bank_name": "中国建设银行杭州滨江支行",
    "bank_account": "33001616735053000914",
}


def _grants(*roles: str, limit: int = 0) -> tuple[Grant, ...]:
    return tuple(Grant(role, limit, 1_000_00, limit * 10) for role in roles)


STAFF = (
    ("chenjing", "陈静", _grants("accountant", "collector", "counter")),
    ("lintao", "林涛", _grants("supervisor", limit=HIGH)),
    ("zhoumin", "周敏", _grants("director", limit=HIGH)),
    ("shenjia", "沈佳", _grants("cashier")),
    ("wangfang", "王芳", _grants("counter")),
    ("heping", "何平", _grants("auditor")),
)
"""Six people: accountant, supervisor, director, cashier, counter, auditor."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything the sample has."""

    customers: int = 300
    billed: int = 420
    deliveries: int = 180
    vouchers: int = 30
    receipts: int = 40
    counted: int = 60


SMALL = Size(customers=24, billed=30, deliveries=20, vouchers=4, receipts=4, counted=6)
"""For tests: the same firm, smaller."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """Makes the sample company; the same seed makes the same firm."""

    clock: Clock
    size: Size = Size()
    cost: keys.Cost | None = None
    say: Say = lambda _: None

    def make(self, place: str, *, seed: int) -> None:
        """Make the sample where nothing is yet: a file whole, or nothing is left of it.

        Raises:
            CompanyExistsError: something is there already; it was not touched.
            NoSuchCompanyError: the folder it should be in is not there.
        """
        if is_url(place):
            self._tell(place, seed)
            return
        path = Path(place).absolute()
        must_be_new(path)
        if not path.parent.is_dir():
            raise NoSuchCompanyError(path=str(path.parent))
        with TemporaryDirectory(prefix=".sample-", dir=path.parent) as folder:
            made = Path(folder) / "company"
            self._tell(str(made), seed)
            put_where_nothing_is(made, path)

    def _tell(self, place: str, seed: int) -> None:
        joining = tuple(Joining(name, shown, grants, PASSWORD) for name, shown, grants in STAFF)
        Companies(self.clock, self.cost).make(place, joining, said=FIRM)
        story = _Story(self, place, random.Random(seed), seed)  # noqa: S311 - no secret
        try:
            story.tell()
        finally:
            story.close()


class _Story:
    """Two years of one firm, told in the order in which it happened."""

    def __init__(self, sampling: Sampling, place: str, chance: random.Random, seed: int) -> None:
        self.sampling, self.chance, self.seed = sampling, chance, seed
        self.clock, self.size = sampling.clock, sampling.size
        self.today = self.clock.today()
        self.staff = {name: self._signed_in(place, name) for name, _, _ in STAFF}
        self.accountant = self.staff["chenjing"]

    def _signed_in(self, place: str, name: str) -> Company:
        database = open_database(place, person=name, password=PASSWORD)
        return SigningIn(database, self.clock).sign_in(name, PASSWORD)

    def close(self) -> None:
        """Sign everybody out."""
        for company in self.staff.values():
            company.database.close()

    def tell(self) -> None:
        """Tell it."""
        with TemporaryDirectory() as folder:
            self._masters(Path(folder))
        with self.accountant.database.reading() as connection:
            self.customers = customer_store.every(connection)
        self.sampling.say("billed")
        self._billed()
        self.sampling.say("campaign")
        self._finished_campaign()
        self.sampling.say("vouchers")
        waiting = self._vouchers()
        self.sampling.say("receipts")
        self._receipts()
        self.sampling.say("campaign")
        self._running_campaign()
        supervisor, cashier = self.staff["lintao"], self.staff["shenjia"]
        matters = OpenMatters(self.accountant, supervisor, cashier, self.clock)
        matters.leave(self.customers, next(iter(waiting[1:]), None))

    def _masters(self, folder: Path) -> None:
        made = firms(self.seed, self.size.customers, with_check=with_check)
        self.sampling.say("customers")
        path = folder / "customers.csv"
        write_rows(path, CUSTOMER_HEADER, (customer_cells(firm) for firm in made))
        ImportingCustomers(self.accountant).load(ImportSource(path))
        self.sampling.say("deliveries")
        path = folder / "deliveries.csv"
        write_rows(path, DELIVERY_HEADER, self._deliveries(made))
        ImportingDeliveries(self.accountant).load(ImportSource(path))

    def _deliveries(self, made: tuple[Firm, ...]) -> Iterator[tuple[str, ...]]:
        for n in range(1, self.size.deliveries + 1):
            firm = made[(n * 7) % max(1, len(made) // 3)]
            day = self.today - timedelta(days=self.chance.randint(3, 200))
            amount = Money(self.chance.randint(50_000, 4_000_000), "CNY")
            yield f"SH-{day:%Y%m%d}-{n:03d}", firm.code, day.isoformat(), amount.plain()

    def _billed(self) -> None:
        """Two years of invoices that were open when the books began, month by month."""
        by_month: dict[date, list[Opening]] = {}
        for n in range(self.size.billed):
            customer = self.chance.choice(self.customers)
            day = self.today - timedelta(days=self.chance.randint(20, 730))
            terms = int(customer.record.get("terms_days", 30))
            amount = Money(self.chance.randint(80_000, 9_000_000), "CNY")
            part = Part.UNAPPLIED if n % 29 == 0 else Part.BILLED
            mark = "预" if part is Part.UNAPPLIED else "应"
            label = f"{mark}-{day:%Y%m}-{n + 1:04d}"
            due = day + timedelta(days=terms)
            opening = Opening(CustomerId(customer.id), part, amount, due, label)
            by_month.setdefault(day.replace(day=1), []).append(opening)
        for month, openings in sorted(by_month.items()):
            memo = f"期初未清项 {month:%Y-%m}"
            OpeningItems(self.accountant).load(openings, posting_date=month, memo=memo)

    def _vouchers(self) -> list[Document]:
        """Write vouchers and approve most; return those that wait in the inbox."""
        vouchers, kept = Vouchers(self.accountant, self.clock), KeepingEvidence(self.accountant)
        done, waiting = 0, list[Document]()
        for customer in self.customers:
            free = vouchers.free_deliveries(customer)
            if not free or done >= self.size.vouchers:
                continue
            slip = kept.keep(f"签收单 {free[0].number} {customer.name}".encode(), name="签收单.txt")
            order = kept.keep(f"订单 {free[0].number} {customer.name}".encode(), name="订单.txt")
            draft = Draft(
                customer,
                Answers(passed=True, unconditional=True, tax_point=done % 4 == 3),
                (free[0].id,),
                evidence=(Evidence(slip.hex(), "acceptance"), Evidence(order.hex(), "order")),
            )
            document = vouchers.write(draft, submit=True).value
            if done % 6 != 5:
                self._approve(document, by="lintao")
            else:
                waiting.append(document)
            done += 1
        return waiting

    def _receipts(self) -> None:
        cashier = Receipts(self.staff["shenjia"], self.clock)
        done = 0
        for customer in self.customers[::-1]:
            items = [row for row in cashier.open_items(customer) if row.original_minor > 0]
            if not items or done >= self.size.receipts:
                continue
            share = self.chance.choice((100, 100, 60, 30))
            amount = Money(max(1, items[0].open_minor * share // 100), items[0].currency)
            day = self.today - timedelta(days=self.chance.randint(0, 20))
            money = MoneyIn(amount, customer, day, memo=f"{customer.name} 转账")
            document = cashier.record(money, oldest=True, submit=True).value
            if done % 8 != 7:
                self._approve(document, by="lintao")
            done += 1

    def _approve(self, document: Document, *, by: str) -> None:
        decision = Decision(DocumentId(document.id), document.seen, Verb.APPROVE)
        Approving(self.staff[by], self.clock).decide(decision)

    def _finished_campaign(self) -> None:
        """A campaign of some customers that was counted, looked at, approved and closed."""
        scope = self.customers[: max(2, self.size.counted // 3)]
        campaign = self._campaign("上季客户盘点", scope)
        self._count(campaign, scope, wrong=False)
        supervisor = Campaigns(self.staff["lintao"], self.clock)
        reviewed = supervisor.review(_again(self.accountant, campaign)).value
        submitted = Campaigns(self.accountant, self.clock).hand_in(reviewed).value
        self._approve(submitted, by="zhoumin")
        approved = _again(self.accountant, campaign)
        adjusting = Campaigns(self.accountant, self.clock).adjust(approved).value
        report = Reporting(self.staff["lintao"], self.clock).archive(adjusting, language="zh")
        supervisor.close(adjusting, report=report)

    def _running_campaign(self) -> None:
        campaign = self._campaign("年末客户盘点", self.customers)
        self._count(campaign, self.customers[: self.size.counted], wrong=True)

    def _campaign(self, name: str, scope: tuple[CustomerRow, ...]) -> Document:
        supervisor = Campaigns(self.staff["lintao"], self.clock)
        chosen = () if scope is self.customers else tuple(CustomerId(row.id) for row in scope)
        plan = CampaignPlan(
            name, self.today, "CNY", blind=False, tolerance=Tolerance(100),
            counters=(PersonName("wangfang"), PersonName("chenjing")), customers=chosen,
        )  # fmt: skip
        return supervisor.freeze(supervisor.plan(plan).value).value

    def _count(self, campaign: Document, scope: tuple[CustomerRow, ...], *, wrong: bool) -> None:
        counter = self.staff["wangfang"]
        counting = Counting(counter, self.clock, counter.new_id())
        book = {
            line.frozen.customer_id: line.frozen
            for line in Campaigns(self.accountant, self.clock).status(campaign).lines
        }
        for n, customer in enumerate(scope):
            counting.record_scan(campaign, customer.code.encode(), source=Source.WEDGE)
            frozen = book[customer.id]
            off = 12_345 if wrong and n % 7 == 3 else 0
            stated = Money(frozen.book_minor + off, frozen.currency)
            counting.record_statement(campaign, _statement(campaign, customer, stated))
        if wrong:
            counting.record_scan(campaign, b"UNKNOWN-0815", source=Source.WEDGE)


def _statement(campaign: Document, customer: CustomerRow, stated: Money) -> CountEvent:
    return CountEvent(
        id=EventId(""),
        campaign=DocumentId(campaign.id),
        customer=CustomerId(customer.id),
        raw=customer.code.encode(),
        source=Source.TYPED,
        by=PersonName(""),
        device="",
        device_seq=0,
        received_at=0,
        stated=stated,
        verified=(Verified("phone"),),
    )


def _again(company: Company, document: Document) -> Document:
    with company.database.reading() as connection:
        return look(connection, document.id)


CUSTOMER_HEADER = (
    "客户编码", "客户名称", "纳税人识别号", "联系人", "电话", "邮箱", "地址", "开户行", "银行账号",
    "账期", "税率", "币种", "barcodes",
)  # fmt: skip
DELIVERY_HEADER = ("出库单号", "客户编码", "出库日期", "价税合计")


def customer_cells(firm: Firm) -> tuple[str, ...]:
    """Return a firm as a row of a customer list."""
    return (
        firm.code, firm.name, firm.tax_id, firm.contact, firm.phone, firm.email, firm.address,
        firm.bank_name, firm.bank_account, str(firm.terms_days), "0.13", "CNY",
        "|".join(firm.barcodes),
    )  # fmt: skip
