"""The server is killed, or the line to it is cut: what was acknowledged is there, and once."""

import random
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, select
from typing_extensions import override

from erpdesk.domain.content import parse
from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import ErpdeskError, UnknownOutcomeError
from erpdesk.services.keeping.verifying import Speed, Verified, Verifying
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.services.receipts import MoneyIn
from erpdesk.services.writing import StoredAfterAllError
from erpdesk.storage import tables as t
from erpdesk.storage.audit import record_audit
from erpdesk.storage.database import open_database
from erpdesk.storage.documents import Document
from erpdesk.storage.refusals import CannotConnectError
from erpdesk.words import explain
from tests.fakes import FakeClock
from tests.postgres_server import Server
from tests.services.builders import CUSTOMERS, Office, make_company, yuan
from tests.storage.postgres.proxy import proxied

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]
Verb = Callable[[Office, Document], Callable[[int], object]]
COUNTERS = ("counter", "second", "maker", "chair")
NAME = "enduring"


@pytest.fixture(scope="module")
def durable(durable_server: Server) -> Server:
    """A firm on a server that nobody else uses."""
    make_company(durable_server.admin_url(NAME))
    return durable_server


def at(host: Path) -> str:
    return f"postgresql:///{NAME}?host={host}"


@pytest.fixture(scope="module")
def campaign(durable: Server, tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder = tmp_path_factory.mktemp("firm")
    with closing(Office(at(durable.folder), folder)) as office:
        office.add_customers(*CUSTOMERS)
        return office.campaign("K2", "K3", counters=COUNTERS)


def stored(server: Server) -> list[str]:
    with closing(open_database(server.admin_url(NAME))) as database, database.reading() as found:
        return list(found.execute(select(t.count_event.c.id)).scalars())


def scanned(server: Server, run: str) -> list[str]:
    """Return the code of every scan of a run."""
    with closing(open_database(server.admin_url(NAME))) as database, database.reading() as found:
        codes = [
            bytes(raw).decode() for raw in found.execute(select(t.count_event.c.raw)).scalars()
        ]
    return [code for code in codes if code.startswith(run)]


def verified(server: Server) -> Verified:
    with closing(open_database(server.admin_url(NAME))) as database:
        return Verifying(database, FakeClock()).verify(Speed.CHAIN)


LAST_BYTES = 40
"""So many bytes hold the server's answer to COMMIT: what is cut there is stored and not known."""

WARM = 10

FRESH = 2
"""The second time on a line costs what it does after each cut: its statements are sent whole."""


def somewhere(chance: random.Random, count: int) -> int:
    """Return where to cut so many bytes: anywhere, every other time within the last answer."""
    return chance.choice((chance.randrange(count), count - 1 - chance.randrange(LAST_BYTES)))


class Writer(threading.Thread):
    """A counter who scans on and on, and scans again what was not acknowledged."""

    def __init__(self, person: str, campaign: Document, place: str, folder: Path, run: str) -> None:
        super().__init__()
        self.code = f"{run}{person}"
        self.office = Office(place, folder)
        self.desk = self.office.desk(person)
        self.campaign = campaign
        self.acknowledged: list[str] = []
        self.refused: list[ErpdeskError] = []
        self.stop = threading.Event()

    @override
    def run(self) -> None:
        n = 0
        while not self.stop.is_set():
            event, n = self.desk.company.new_id(), n + 1
            while not self.stop.is_set():
                try:
                    self.scan(event, f"{self.code}-{n}")
                except ErpdeskError as error:
                    self.refused.append(error)
                    self.stop.wait(0.02)
                else:
                    self.acknowledged.append(event)
                    break
        self.office.close()

    def scan(self, event: str, code: str) -> None:
        counting = self.desk.counting
        counting.record_scan(self.campaign, code.encode(), source=Source.WEDGE, event_id=event)


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.nightly)])
def test_that_nothing_acknowledged_is_lost_when_the_whole_server_is_killed(
    durable: Server, campaign: Document, tmp_path: Path, kills: int
) -> None:
    chance = random.Random(7)  # noqa: S311 - only when to kill
    run, place = f"run {kills} ", at(durable.folder)
    writers = [Writer(name, campaign, place, tmp_path, run) for name in COUNTERS]
    for writer in writers:
        writer.start()

    for _ in range(kills):
        threading.Event().wait(0.2 + chance.random() * 0.3)
        durable.kill()
        durable.start_again()
    threading.Event().wait(0.3)
    for writer in writers:
        writer.stop.set()
        writer.join()

    acknowledged = [event for writer in writers for event in writer.acknowledged]
    codes = scanned(durable, run)
    assert all(len(writer.acknowledged) > kills for writer in writers)
    assert set(acknowledged) <= set(stored(durable))
    assert len(codes) == len(set(codes))
    assert len(codes) - len(acknowledged) <= len(writers)
    assert all(writer.refused for writer in writers)
    assert verified(durable).is_clean


@pytest.mark.parametrize("points", [24, pytest.param(200, marks=pytest.mark.nightly)])
def test_that_a_scan_is_stored_once_wherever_the_line_is_cut(
    durable: Server, campaign: Document, tmp_path: Path, points: int
) -> None:
    chance = random.Random(8)  # noqa: S311 - only where to cut
    before, events, errors = set(stored(durable)), list[str](), list[ErpdeskError]()

    with proxied(durable.folder) as proxy, closing(Office(at(proxy.folder), tmp_path)) as office:
        desk = office.desk("counter")

        def scan(event: str) -> None:
            desk.counting.record_scan(campaign, b"S", source=Source.WEDGE, event_id=event)

        scan(desk.company.new_id())
        begun = proxy.passed
        scan(desk.company.new_id())
        each = proxy.passed - begun
        for _ in range(points):
            events.append(desk.company.new_id())
            proxy.cut_after(somewhere(chance, each))
            try:
                scan(events[-1])
            except ErpdeskError as error:
                errors.append(error)
            proxy.mend()
            scan(events[-1])

    kept = stored(durable)
    assert len(errors) == points
    assert {type(error) for error in errors} == {UnknownOutcomeError}
    assert all("。" in explain(error) for error in errors)
    assert set(events) <= set(kept)
    assert len(kept) == len(before) + points + 2
    assert verified(durable).is_clean


@pytest.mark.parametrize("points", [12, pytest.param(100, marks=pytest.mark.nightly)])
def test_that_a_decision_is_taken_once_wherever_the_line_is_cut(
    durable: Server, campaign: Document, tmp_path: Path, points: int
) -> None:
    del campaign
    chance = random.Random(9)  # noqa: S311 - only where to cut
    with closing(Office(at(durable.folder), tmp_path)) as office:
        papers = [office.submitted(f"服务{n}", "1.13") for n in range(points + 2)]
        office.approve(papers[0])  # the first posting says how the books were set up
    states = list[str]()

    with proxied(durable.folder) as proxy, closing(Office(at(proxy.folder), tmp_path)) as office:
        desk = office.desk("chief")
        begun = proxy.passed
        office.approve(papers[1])
        each = proxy.passed - begun
        for paper in papers[2:]:
            proxy.cut_after(somewhere(chance, each))
            try:
                office.approve(paper)
            except ErpdeskError:
                proxy.mend()
                states.append(desk.document(paper.id).state)
            proxy.mend()

    assert len(states) == points
    assert set(states) == {"submitted", "posted"}
    assert verified(durable).is_clean


@pytest.mark.parametrize("points", [12, pytest.param(100, marks=pytest.mark.nightly)])
def test_that_a_receipt_pressed_again_is_written_once_wherever_the_line_was_cut(
    durable: Server, campaign: Document, tmp_path: Path, points: int
) -> None:
    del campaign
    chance, run = random.Random(10), f"{points}"  # noqa: S311 - only where to cut
    cuts, there = 0, list[str]()

    with proxied(durable.folder) as proxy, closing(Office(at(proxy.folder), tmp_path)) as office:
        desk, customer = office.desk("cashier"), office.customer()

        def receive(n: int) -> None:
            money = MoneyIn(yuan("1.13"), customer, memo=f"{run}-{n}")
            desk.receipts.record(money, submit=True)

        begun = 0
        for n in range(WARM):  # a driver sends less once it has said the same a few times
            begun = proxy.passed
            receive(n)
        each = proxy.passed - begun
        for n in range(WARM, points + WARM):
            proxy.cut_after(somewhere(chance, each))
            try:
                receive(n)
            except ErpdeskError:
                cuts += 1
                proxy.mend()
                try:
                    receive(n)
                except StoredAfterAllError as told:
                    there.append(explain(told))
            proxy.mend()

    memos = received(durable, run)
    assert cuts > points // 2
    assert sorted(memos) == sorted(f"{run}-{n}" for n in range(points + WARM))
    assert there
    assert all("收-" in one for one in there)
    assert verified(durable).is_clean


def stating(office: Office, campaign: Document) -> Callable[[int], object]:
    said, counting = office.statement(campaign, "K3", "1.00"), office.desk("counter").counting
    return lambda n: counting.record_statement(
        campaign, replace(said, raw=b"said", stated=yuan(f"{n}.00"))
    )


def exporting(office: Office, _: Document) -> Callable[[int], object]:
    company = office.desk("maker").company
    return lambda n: company.run(lambda unit: record_audit(unit, "export journal", f"cut {n}"))


def keeping(office: Office, _: Document) -> Callable[[int], object]:
    kept = KeepingEvidence(office.desk("maker").company)
    return lambda n: kept.keep(b"%d" % n, name="cut.txt")


VERBS: dict[Verb, Select[Any]] = {
    stating: select(t.count_event.c.id).where(t.count_event.c.raw == b"said"),
    exporting: select(t.audit_event.c.id).where(t.audit_event.c.detail.startswith("cut ")),
    keeping: select(t.evidence.c.hash).where(t.evidence.c.name == "cut.txt"),
}
"""Verbs whose ids are made anew each time they are asked for, and what each stores."""


@pytest.mark.parametrize("verb", VERBS)
def test_that_a_verb_asks_by_itself_what_became_of_it_when_its_line_was_cut(
    durable: Server, campaign: Document, tmp_path: Path, verb: Verb
) -> None:
    chance, points = random.Random(11), 12  # noqa: S311 - only where to cut

    with proxied(durable.folder) as proxy, closing(Office(at(proxy.folder), tmp_path)) as office:
        act, begun = verb(office, campaign), 0
        for n in range(FRESH):
            begun = proxy.passed
            act(n)
        each, proxy.heals = proxy.passed - begun, True
        for n in range(FRESH, points + FRESH):
            proxy.cut_after(somewhere(chance, each))
            try:
                act(n)
            except CannotConnectError:  # cut while it was still reading: nothing is in doubt
                act(n)
            proxy.mend()

    with closing(open_database(durable.admin_url(NAME))) as database, database.reading() as found:
        assert len(found.execute(VERBS[verb]).all()) == points + FRESH
    assert verified(durable).is_clean


def received(server: Server, run: str) -> list[str]:
    """Return the memo of every receipt of a run."""
    bodies = select(t.content.c.body).join(
        t.document, t.document.c.content_hash == t.content.c.hash
    )
    with closing(open_database(server.admin_url(NAME))) as database, database.reading() as found:
        rows = found.execute(bodies.where(t.document.c.kind == "receipt")).scalars()
        memos = [str(parse(body).get("memo", "")) for body in rows]
    return [memo for memo in memos if memo.startswith(f"{run}-")]
