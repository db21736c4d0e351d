"""The computer's clock is put forward and back, or to odd days: order and books hold."""

import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from erpdesk.domain.ageing import late_bucket
from erpdesk.domain.ids import CustomerId, DocumentId, EventId, PersonName
from erpdesk.domain.moments import day_at_desk
from erpdesk.domain.stocktake.count_line import CountLine, LineDecision, LineState, LineVerb
from erpdesk.errors import StaleError, UserError
from erpdesk.services.keeping.verifying import Speed
from erpdesk.services.noticing import Asked
from erpdesk.services.ports import SystemClock
from erpdesk.storage import review_facts
from erpdesk.storage.documents import Document
from erpdesk.words import explain
from tests.fakes import FakeClock
from tests.services.builders import CUSTOMERS, Office, make_company, paid, yuan
from tests.storage.sqlite.disk import OwnTime, under

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its SQLite takes no other clock")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@contextmanager
def at_work(place: Path, clock: FakeClock) -> Iterator[Office]:
    """Start the program on a computer with this clock."""
    with under(OwnTime(clock.now_us)), closing(Office(str(place), place.parent, clock)) as office:
        yield office


@pytest.fixture
def place(tmp_path: Path, clock: FakeClock) -> Path:
    make_company(str(tmp_path / "firm.erpdesk"))
    with at_work(tmp_path / "firm.erpdesk", clock) as office:
        office.add_customers(*CUSTOMERS)
        office.campaign("K1", "K2", "K3")
    clock.advance(days=2)
    return tmp_path / "firm.erpdesk"


JUMPS = (1, -1, -1, 1, -0.5, 0.04)
"""Days by which the clock moves between two words of one counter; the third is said twice back."""


def test_that_the_word_said_last_stands_however_the_clock_was_set(
    place: Path, clock: FakeClock
) -> None:
    for n, days in enumerate(JUMPS, 1):
        with at_work(place, clock) as office:
            campaign = office.desk("maker").document("盘-0001")
            office.scan(campaign, f"CODE-{n}")
            office.state(campaign, "K2", f"{n}.00")
        clock.advance(days=days)

    with at_work(place, clock) as office:
        campaign = office.desk("maker").document("盘-0001")
        status = office.desk("chief").campaigns.status(campaign)
        verified = office.desk("chief").verifying.verify(Speed.CHAIN)
        [line] = [one.counted for one in status.lines if one.counted.standing]
    [stands] = line.standing
    assert stands.stated == yuan(f"{len(JUMPS)}.00")
    assert line.state is LineState.COUNTED
    assert status.scans == 2 * len(JUMPS)
    assert verified.is_clean


def test_that_a_check_during_which_the_clock_was_put_back_took_no_negative_time(
    place: Path, clock: FakeClock
) -> None:
    with at_work(place, clock) as office:
        verifying = office.desk("chief").verifying
        back = replace(verifying, say=lambda _: clock.advance(hours=-1))

        checks = back.verify(Speed.RULES).checks

    assert all(check.took_us >= 0 for check in checks)


def test_that_nobody_has_a_role_before_it_was_given_and_the_program_says_so(
    place: Path, clock: FakeClock
) -> None:
    clock.advance(days=-30)

    with at_work(place, clock) as office, pytest.raises(UserError) as refused:
        office.state(office.desk("maker").document("盘-0001"), "K2", "1.00")

    assert "。什么都没改。" in explain(refused.value)


@pytest.mark.slow
@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2027, 12, 31), date(2028, 3, 1)])
def test_that_the_whole_job_is_done_on_an_odd_day(
    tmp_path: Path, clock: FakeClock, day: date
) -> None:
    make_company(str(tmp_path / "odd.erpdesk"))
    noon = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)  # noon at the desk
    clock.hold(int(noon.timestamp() * 1_000_000))

    with at_work(tmp_path / "odd.erpdesk", clock) as office:
        office.add_customers(*CUSTOMERS)
        label = office.posted("服务", "113.00").number or ""
        office.received("50.00", pays=(paid(label, "50.00"),))
        campaign = office.campaign("K1")
        office.state(campaign, "K1", "63.00")
        notice = office.desk("maker").noticing.issue(office.customer(), Asked())
        [item] = office.desk("maker").receipts.open_items(office.customer())
        verified = office.desk("chief").verifying.verify(Speed.DEEP)

    assert office.today == day
    assert notice.document.content["notice"]["as_of"] == day.isoformat()
    assert item.due_date == day + timedelta(days=30)
    assert verified.is_clean


ZONES = ("America/Sao_Paulo", "America/New_York", "Pacific/Auckland", "Asia/Shanghai", "UTC")
MOMENTS = (
    datetime(2026, 11, 1, 5, 59, tzinfo=UTC),  # an hour that comes twice in New York
    datetime(2026, 3, 8, 7, 1, tzinfo=UTC),  # an hour that does not come there
    datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC),  # the last second of the year at the desk
    datetime(2028, 2, 28, 16, tzinfo=UTC),  # the first of a leap day
)


@pytest.mark.parametrize("moment", MOMENTS)
def test_that_the_day_is_that_of_the_desk_whatever_zone_the_computer_is_in(
    monkeypatch: pytest.MonkeyPatch, moment: datetime
) -> None:
    at_us = int(moment.timestamp() * 1_000_000)
    monkeypatch.setattr(time, "time_ns", lambda: at_us * 1000)
    days = set[date]()

    for zone in ZONES:
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        days.add(SystemClock().today())
    monkeypatch.undo()
    time.tzset()

    assert days == {(moment + timedelta(hours=8)).date()}


def test_that_what_is_due_today_is_not_late_until_midnight_at_the_desk() -> None:
    due = date(2026, 11, 30)
    last = datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC)

    days = [day_at_desk(int(at.timestamp() * 1e6)) for at in (last, last + timedelta(seconds=1))]

    assert [late_bucket(due, day) for day in days] == ["not_due", "d1_30"]


def rule(office: Office, campaign: Document, verb: LineVerb, event: EventId | None = None) -> None:
    """Let the supervisor decide about the line of K2."""
    chief, customer = office.desk("chief"), CustomerId(office.customer("K2").id)
    ruling = LineDecision(
        chief.company.new_id(), DocumentId(campaign.id), verb, "请别人再盘一次",
        PersonName("chief"), 0, customer, event,
    )  # fmt: skip
    chief.campaigns.decide(ruling)


def line_of(office: Office, campaign: Document) -> CountLine:
    lines = office.desk("chief").campaigns.status(campaign).lines
    [line] = [one.counted for one in lines if one.counted.events]
    return line


def test_that_rulings_and_recounts_stand_in_their_order_though_the_clock_was_put_back(
    place: Path, clock: FakeClock
) -> None:
    with at_work(place, clock) as office:
        campaign = office.desk("maker").document("盘-0001")
        first = office.state(campaign, "K2", "1.00")
        rule(office, campaign, LineVerb.RECOUNT)
    clock.advance(hours=-1)
    with at_work(place, clock) as office:
        office.state(campaign, "K2", "2.00", by="second")
        again = line_of(office, campaign)
        rule(office, campaign, LineVerb.CHOOSE, first.id)
        chosen = line_of(office, campaign)
    clock.advance(hours=-1)
    with at_work(place, clock) as office:
        rule(office, campaign, LineVerb.REOPEN)
        reopened = line_of(office, campaign)

    assert (again.state, [one.stated for one in again.standing]) == (
        LineState.RECOUNTED, [yuan("2.00")],
    )  # fmt: skip
    assert [one.stated for one in chosen.standing] == [yuan("1.00")]
    assert reopened.state is LineState.PENDING


def test_that_a_change_overtaken_by_another_is_not_submitted_though_the_clock_was_put_back(
    place: Path, clock: FakeClock
) -> None:
    with at_work(place, clock) as office:
        whose, approving = office.customer().id, office.desk("maker").approving
        asked = office.desk("maker").customers_changing.change(whose, {"address": "宁波"}).value
        old = approving.withdraw(asked).value
    clock.advance(hours=-1)

    with at_work(place, clock) as office:
        office.desk("maker").customers_changing.change(whose, {"phone": "0571-8888"})
        with pytest.raises(StaleError):
            office.desk("maker").approving.submit(old)


def test_that_what_came_after_a_freeze_belongs_to_it_though_the_clock_was_put_back(
    tmp_path: Path, clock: FakeClock
) -> None:
    make_company(str(tmp_path / "firm.erpdesk"))
    clock.advance(hours=2)
    with at_work(tmp_path / "firm.erpdesk", clock) as office:
        office.add_customers(*CUSTOMERS)
        office.received("10.00")
        campaign = office.campaign("K1")
    clock.advance(hours=-1)

    with at_work(tmp_path / "firm.erpdesk", clock) as office:
        later = office.received("20.00")
        with office.desk("chief").company.database.reading() as connection:
            children = review_facts.children_of(connection, campaign.id)

    assert [one.id for one in children] == [later.id]
