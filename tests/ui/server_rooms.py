"""A small company on a server, and the window's pages on it under each person's own login."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from erpdesk import keys
from erpdesk.bootstrap import Desk, open_desk
from erpdesk.domain.accounts import Part
from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.money import Money
from erpdesk.domain.opening import Opening
from erpdesk.domain.stocktake.campaign import CampaignPlan
from erpdesk.domain.stocktake.variance import Tolerance
from erpdesk.services.companies import Companies, Joining
from erpdesk.services.importing.tables import ImportSource
from erpdesk.services.ports import SystemClock
from erpdesk.storage.documents import Document
from tests.postgres_server import Server
from tests.ui.rooms import STAFF, Heard, Here, code_of
from ui.main_window import Room
from ui.work.runner import Runner
from ui.work.sounds import Sounds
from ui.work.wording import Wording

CUSTOMERS = 4


@dataclass(frozen=True)
class ServerFirm:
    """A company in a database; logins are a whole server's, so its people carry its name."""

    server: Server
    database: str
    folder: Path

    @property
    def place(self) -> str:
        return f"postgresql:///{self.database}?host={self.server.folder}"

    def login(self, person: str) -> PersonName:
        return PersonName(f"{person}_{self.database}")

    def desk(self, person: str) -> Desk:
        return open_desk(
            self.place, person=self.login(person), password=lambda name: f"pw of {name}",
            clock=SystemClock(),
        )  # fmt: skip

    def make(self) -> None:
        """Make the company, its people and four customers with balances."""
        joining = tuple(
            Joining(self.login(name), name, grants, f"pw of {self.login(name)}")
            for name, grants in STAFF.items()
        )
        place = self.server.admin_url(self.database)
        Companies(SystemClock(), keys.CHEAP).make(place, joining, said={"name": "明湖机电"})
        desk = self.desk("maker")
        numbers = range(1, CUSTOMERS + 1)
        rows = [f"{code_of(n)},客户{n:02d}有限公司,杭州{n}号" for n in numbers]
        table = self.folder / "customers.csv"
        table.write_text("\n".join(["编码,名称,地址", *rows]) + "\n", "utf-8")
        desk.importing_customers.load(ImportSource(table))
        today = desk.clock.today()
        openings = [
            Opening(
                CustomerId(desk.customer(code_of(n)).id), Part.BILLED,
                Money(27_182_819 + n - 1, "CNY"), today, f"应-{n}",
            )
            for n in numbers
        ]  # fmt: skip
        desk.opening_items.load(openings, posting_date=today, memo="期初")
        desk.close()

    def campaign(self, *, blind: bool = False) -> Document:
        """Freeze a campaign of all customers but the last."""
        desk = self.desk("chief")
        chosen = tuple(CustomerId(desk.customer(code_of(n)).id) for n in range(1, CUSTOMERS))
        plan = CampaignPlan(
            "年末盘点", desk.clock.today(), "CNY", blind=blind, tolerance=Tolerance(100),
            counters=(self.login("counter"), self.login("second")), customers=chosen,
        )  # fmt: skip
        made = desk.campaigns.freeze(desk.campaigns.plan(plan).value).value
        desk.close()
        return made

    @contextmanager
    def room(self, person: str) -> Iterator[Here]:
        """A room for one person; the lanes end and the connections are given back after it."""
        desk, heard, runner = self.desk(person), Heard(), Runner()
        people = {str(one.name): one for one in desk.signing_in.everybody()}
        sounds = Sounds(heard.play)
        room = Room(
            desk, runner, Wording("zh"), sounds, self.place, "明湖机电",
            {name: one.display for name, one in people.items()},
            people[self.login(person)].roles(at=desk.clock.now_us()),
        )  # fmt: skip
        try:
            yield Here(room, heard, self.folder)
        finally:
            runner.stop()
            sounds.close()
            desk.close()
