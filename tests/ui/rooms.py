"""A small company in a file, and the window's pages on it, for the tests of the window."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from erpdesk import keys
from erpdesk.bootstrap import Desk, open_desk
from erpdesk.domain.accounts import Part
from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.money import Money, parse_amount
from erpdesk.domain.opening import Opening
from erpdesk.domain.stocktake.campaign import CampaignPlan
from erpdesk.domain.stocktake.counting import CountEvent, Source
from erpdesk.domain.stocktake.variance import Tolerance
from erpdesk.services.companies import Companies, Joining
from erpdesk.services.importing.tables import ImportSource
from erpdesk.storage.counts import events
from erpdesk.storage.documents import Document
from erpdesk.storage.founding import Grant
from tests.fakes import FakeClock
from ui.main_window import Room
from ui.main_window.registry import PAGES
from ui.pages.counting.page import CountingPage
from ui.work.runner import Runner
from ui.work.sounds import Sounds
from ui.work.wording import Wording

HIGH = 10**12
STAFF: dict[str, tuple[Grant, ...]] = {
    "maker": (Grant("accountant"), Grant("collector"), Grant("counter")),
    "chief": (Grant("supervisor", HIGH, 0, 10 * HIGH), Grant("counter")),
    "cashier": (Grant("cashier"),),
    "counter": (Grant("counter"),),
    "second": (Grant("counter"),),
    "auditor": (Grant("auditor"),),
}
SHOWN = {"maker": "陈静", "chief": "林涛", "cashier": "沈佳", "counter": "王芳", "second": "赵倩",
         "auditor": "何平"}  # fmt: skip
CUSTOMERS = 12
BOOK = "271828.19"
"""The balance of the first customer: found nowhere while it is withheld."""


def code_of(n: int) -> str:
    return f"KH{n:05d}"


def make_company(place: Path) -> None:
    """Make a firm of four people and twelve customers with balances."""
    make_people(place)
    clock, desk = FakeClock(), desk_of(place, "maker")
    rows = [f"{code_of(n)},客户{n:02d}有限公司,杭州{n}号" for n in range(1, CUSTOMERS + 1)]
    table = place.with_suffix(".csv")
    table.write_text("\n".join(["编码,名称,地址", *rows]) + "\n", "utf-8")
    desk.importing_customers.load(ImportSource(table))
    openings = [
        Opening(
            CustomerId(desk.customer(code_of(n)).id), Part.BILLED,
            Money(27_182_819 + n - 1, "CNY"), clock.today(), f"应-{n}",
        )
        for n in range(1, CUSTOMERS + 1)
    ]  # fmt: skip
    desk.opening_items.load(openings, posting_date=clock.today(), memo="期初")
    desk.close()


def make_people(place: Path) -> None:
    """Make a firm of people without a customer."""
    joining = tuple(
        Joining(name, SHOWN[name], grants, f"pw of {name}") for name, grants in STAFF.items()
    )
    firm = {"name": "明湖机电有限公司", "bank_account": "33001616735053000914"}
    Companies(FakeClock(), keys.CHEAP).make(str(place), joining, said=firm)


def desk_of(place: Path, person: str) -> Desk:
    return open_desk(
        str(place), person=person, password=lambda name: f"pw of {name}", clock=FakeClock()
    )


def campaign(place: Path, *, blind: bool = False, customers: int = CUSTOMERS - 1) -> Document:
    """Freeze a campaign of the first customers; the last one stays outside."""
    desk = desk_of(place, "chief")
    chosen = tuple(CustomerId(desk.customer(code_of(n)).id) for n in range(1, customers + 1))
    plan = CampaignPlan(
        "年末盘点", desk.clock.today(), "CNY", blind=blind, tolerance=Tolerance(100),
        counters=tuple(map(PersonName, ("counter", "maker", "second"))), customers=chosen,
    )  # fmt: skip
    made = desk.campaigns.freeze(desk.campaigns.plan(plan).value).value
    desk.close()
    return made


def state(desk: Desk, made: Document, code: str, balance: str) -> None:
    """Scan a customer's code, and record the balance the customer states."""
    scanned = desk.counting.record_scan(made, code.encode(), source=Source.WEDGE).value.event
    said = replace(scanned, reading={}, stated=parse_amount(balance, "CNY"))
    desk.counting.record_statement(made, said)


@dataclass
class Heard:
    """The sounds that were played, by name."""

    names: list[str] = field(default_factory=list)

    def play(self, path: Path) -> None:
        self.names.append(path.stem)


@dataclass
class Here:
    """A room of the window on a company, and what was heard in it."""

    room: Room
    heard: Heard
    place: Path

    @property
    def desk(self) -> Desk:
        return self.room.desk

    def settle(self, qtbot: QtBot) -> None:
        """Wait until nothing is asked, stored or on its way."""
        qtbot.waitUntil(lambda: self.room.runner.is_idle, timeout=20_000)
        QApplication.processEvents()  # what was made anew is shown now
        QApplication.sendPostedEvents()  # and laid out

    def events(self, campaign_id: str) -> list[CountEvent]:
        """Return every count event of a campaign, in the order stored."""
        with self.desk.company.database.reading() as connection:
            return sorted(events(connection, campaign_id), key=lambda one: one.order)

    def stored(self, made: Document) -> list[bytes]:
        """Return the raw bytes of every count event, in the order stored."""
        return [one.raw for one in self.events(made.id)]


@contextmanager
def room_of(place: Path, person: str = "counter", language: str = "zh") -> Iterator[Here]:
    """A room for one person; the lanes end and the company is closed after it."""
    desk, heard, runner = desk_of(place, person), Heard(), Runner()
    me = {str(one.name): one for one in desk.signing_in.everybody()}
    sounds = Sounds(heard.play)
    room = Room(
        desk, runner, Wording("en" if language == "en" else "zh"), sounds, str(place),
        "明湖机电有限公司", {name: one.display for name, one in me.items()},
        me[person].roles(at=desk.clock.now_us()),
    )  # fmt: skip
    try:
        yield Here(room, heard, place)
    finally:
        runner.stop()
        sounds.close()
        desk.close()


def copied(template: Path, folder: Path) -> Path:
    """Return a copy of a company for one test."""
    place = folder / "firm.erpdesk"
    shutil.copy(template, place)
    return place


def counting_page(here: Here, qtbot: QtBot) -> CountingPage:
    page = next(one for one in PAGES if one.name == "counting").make(here.room)
    assert isinstance(page, CountingPage)
    qtbot.addWidget(page)
    page.resize(1200, 660)
    page.show()
    page.activateWindow()
    here.room.runner.changed.connect(page.look_again)
    page.entered()
    here.settle(qtbot)
    return page


def scan(page: CountingPage, *codes: str) -> None:
    for code in codes:
        page.scan(code.encode(), Source.WEDGE)


def texts(part: QWidget) -> str:
    """Return everything that a person can read or hear of a part and what is in it."""
    said: list[str] = []
    for one in [part, *part.findChildren(QWidget)]:
        said += [one.toolTip(), one.accessibleName(), one.accessibleDescription(), one.statusTip()]
        if isinstance(one, QLineEdit):
            said.append(one.text())
        elif hasattr(one, "text") and callable(one.text):
            said.append(str(one.text()))
        model = getattr(one, "rows_model", None)
        if model is not None:
            said += [
                str(model.data(model.index(row, column), role))
                for row in range(model.rowCount())
                for column in range(model.columnCount())
                for role in (0, 3, 11, 12)
            ]
    return "\n".join(said)
