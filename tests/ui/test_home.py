"""Home shows what waits for whom, and looks at the books without keeping the window waiting."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from erpdesk.domain.approval import Decision, Verb
from erpdesk.domain.changes import Changes
from erpdesk.domain.dispute import Ground
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.ids import DocumentId
from erpdesk.domain.money import Money
from erpdesk.domain.reply import Answer
from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import RefusedError
from erpdesk.services.approving import Approving, Waiting
from erpdesk.services.following_up import FollowWanted
from erpdesk.services.importing.tables import ImportSource
from erpdesk.services.keeping.verifying import Check, Speed, Verified
from erpdesk.services.keeping.watching import Watched, after
from erpdesk.services.noticing import Asked
from erpdesk.services.receipts import MoneyIn
from erpdesk.services.replying import Said, SlipBack
from erpdesk.storage.checks import Finding
from tests.fakes import FakeClock
from tests.ui import rooms
from tests.ui.rooms import Here, code_of
from ui.main_window.registry import PAGES
from ui.models.cells import Lines
from ui.pages import DocumentWanted, NewWanted
from ui.pages.home.page import HomePage
from ui.widgets.button import Button
from ui.widgets.document_facts import moment_said

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def template(campaign_template: Path) -> Path:
    return campaign_template


def page_of(here: Here, qtbot: QtBot) -> HomePage:
    page = next(one for one in PAGES if one.name == "home").make(here.room)
    assert isinstance(page, HomePage)
    qtbot.addWidget(page)
    page.resize(1200, 660)
    page.show()
    here.room.runner.changed.connect(page.look_again)
    page.entered()
    here.settle(qtbot)
    return page


def test_that_nothing_is_said_to_be_nothing_before_it_was_looked_for(
    here: Here, qtbot: QtBot
) -> None:
    page = next(one for one in PAGES if one.name == "home").make(here.room)
    qtbot.addWidget(page)

    before = [label.text() for label in page.findChildren(QLabel) if not label.isHidden()]

    assert before.count("正在看…") == 4
    assert [one for one in before if "没有" in one or "0 户" in one] == ["账套还没有校验"]


@pytest.fixture
def here(place: Path, qtbot: QtBot) -> Iterator[Here]:
    del qtbot
    with rooms.room_of(place, "chief") as found:
        yield found


def submitted(place: Path) -> None:
    """Hand in a receipt, so that something waits."""
    maker = rooms.desk_of(place, "cashier")
    customer = maker.customer(code_of(1))
    money = MoneyIn(Money(100_00, "CNY"), customer, maker.clock.today(), memo="转账")
    maker.receipts.record(money, submit=True)
    maker.close()


def said(page: HomePage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_that_nothing_waits_at_first_and_the_campaign_is_shown(here: Here, qtbot: QtBot) -> None:
    page = page_of(here, qtbot)

    assert "没有等你的事" in said(page)
    assert "已盘 0 / 11" in said(page)


def test_that_what_changes_while_the_page_looks_is_shown_after_it(
    here: Here, place: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, gate, looked, real = page_of(here, qtbot), Event(), Event(), Approving.inbox

    def held(approving: Approving) -> tuple[Waiting, ...]:
        found = real(approving)
        looked.set()
        gate.wait(10)
        return found

    monkeypatch.setattr(Approving, "inbox", held)
    page.look()
    assert looked.wait(10)
    submitted(place)
    page.look_again(Changes(documents=frozenset({"new"})))
    gate.set()
    here.settle(qtbot)

    assert len(page.mine.rows_model.rows) == 1


def test_that_deliveries_in_no_voucher_are_said_with_the_way_to_write_them(
    here: Here, place: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    maker = rooms.desk_of(place, "maker")
    table = tmp_path / "d.csv"
    table.write_text(
        f"出库单号,客户编码,日期,价税合计\nSH9001,{code_of(1)},2026-01-05,1130.00\n", "utf-8"
    )
    maker.importing_deliveries.load(ImportSource(table))
    maker.close()

    page = page_of(here, qtbot)
    wanted = list[object]()
    page.hands.connect(lambda *what: wanted.append(what))
    write = next(one for one in page.findChildren(Button) if one.text() == "去写临时凭证")
    write.click()

    assert "1 张出库单没写凭证" in said(page)
    assert "1,130.00" in said(page)
    assert wanted == [("vouchers", NewWanted())]


def test_that_a_reply_that_differs_waits_and_opens_its_notice(
    here: Here, place: Path, qtbot: QtBot
) -> None:
    maker = rooms.desk_of(place, "maker")
    notice = maker.noticing.issue(maker.customer(code_of(1)), Asked()).document
    slip = Evidence(maker.evidence.keep(b"slip", name="slip.txt").hex(), "reply")
    for answer, stated in ((Answer.AGREES, None), (Answer.STATES, Money(271_828_00, "CNY"))):
        answered = Said(answer, maker.clock.today(), stated, evidence=(slip,))
        maker.replying.register(maker.replying.notice(notice.id), answered)
    maker.close()
    page = page_of(here, qtbot)
    (row,) = page._mine.rows

    with qtbot.waitSignal(page.hands) as handed:
        page.mine.opened.emit(row)

    assert (row.kind, row.amount) == ("reply", Money(19, "CNY"))
    assert handed.args == ["notices", SlipBack(notice.number or "", is_written=True)]


def test_that_a_promise_not_kept_and_a_dispute_wait_and_open_the_customer(
    here: Here, place: Path, qtbot: QtBot
) -> None:
    maker = rooms.desk_of(place, "maker")
    customer, today = maker.customer(code_of(1)), maker.clock.today()
    maker.follow_up.promise(customer, Money(100_00, "CNY"), today)
    maker.follow_up.dispute(customer, "应-1", Ground.PRICE, "价格不对，多算了")
    maker.close()
    clock = here.room.desk.clock
    assert isinstance(clock, FakeClock)
    first = page_of(here, qtbot)._mine.rows
    clock.advance(days=2)
    page = page_of(here, qtbot)

    with qtbot.waitSignal(page.hands) as handed:
        page.mine.opened.emit(page._mine.rows[0])

    assert [one.kind for one in first] == ["dispute"]
    assert [(one.kind, one.amount) for one in page._mine.rows] == [
        ("promise", Money(100_00, "CNY")),
        ("dispute", Money(271_828_19, "CNY")),
    ]
    assert handed.args == ["customers", FollowWanted(customer.id)]


def test_that_what_i_may_decide_waits_for_me_and_opens_the_inbox(
    here: Here, place: Path, qtbot: QtBot
) -> None:
    submitted(place)
    page = page_of(here, qtbot)

    with qtbot.waitSignal(page.wants) as wanted:
        page.mine.opened.emit(page.mine.current_row())

    assert wanted.args == ["inbox"]
    assert "1 件" in said(page)


def test_that_my_own_work_is_with_others(place: Path, qtbot: QtBot) -> None:
    submitted(place)
    with rooms.room_of(place, "cashier") as here:
        page = page_of(here, qtbot)

        assert page.mine.rows_model.rows == ()
        assert [one.customer for one in page.out.rows_model.rows] == ["客户01有限公司"]


@pytest.mark.parametrize(("verb", "word"), [(Verb.RETURN, "退回补充"), (Verb.REJECT, "驳回")])
def test_that_what_came_back_is_with_its_maker_first_with_what_was_decided_and_why(
    place: Path, qtbot: QtBot, verb: Verb, word: str
) -> None:
    submitted(place)
    chief = rooms.desk_of(place, "chief")
    [one] = chief.approving.inbox()
    decision = Decision(DocumentId(one.head.id), one.seen, verb, "回单看不清，请换一张")
    chief.approving.decide(decision)
    chief.close()

    with rooms.room_of(place, "cashier") as here:
        page = page_of(here, qtbot)
        [back] = page.mine.rows_model.rows

        assert back.number == one.head.number
        assert page._two_lines(back) == Lines(
            f"收款单 {back.number}", f"{word}：回单看不清，请换一张", "attention"
        )
        with qtbot.waitSignal(page.hands) as handed:
            page.mine.opened.emit(back)
        assert handed.args == ["inbox", DocumentWanted(back.number)]


def test_that_what_somebody_took_back_themselves_asks_for_nothing(
    place: Path, qtbot: QtBot
) -> None:
    submitted(place)
    maker = rooms.desk_of(place, "cashier")
    [one] = maker.approving.inbox()
    maker.approving.withdraw(maker.document(one.head.id))
    maker.close()

    with rooms.room_of(place, "cashier") as here:
        assert page_of(here, qtbot).mine.rows_model.rows == ()


def test_that_money_of_nobody_known_waits_for_who_may_claim_it(place: Path, qtbot: QtBot) -> None:
    maker, chief = rooms.desk_of(place, "cashier"), rooms.desk_of(place, "chief")
    maker.receipts.record(MoneyIn(Money(865_000, "CNY"), memo="只写了货款"), submit=True)
    [one] = chief.approving.inbox()
    chief.approving.decide(Decision(DocumentId(one.head.id), one.seen, Verb.APPROVE))
    for desk in (maker, chief):
        desk.close()

    with rooms.room_of(place, "maker") as here:
        page = page_of(here, qtbot)
        [found] = page.mine.rows_model.rows

        assert page._two_lines(found) == Lines(f"待查款项 {one.head.number}", "只写了货款", "text2")
        with qtbot.waitSignal(page.hands) as handed:
            page.mine.opened.emit(found)
        assert handed.args == ["receipts", DocumentWanted(found.number)]

        here.room.desk.receipts.claim(found.id, here.room.desk.customer(code_of(1)), submit=True)
        page.look()
        here.settle(qtbot)
        assert page.mine.rows_model.rows == ()


def test_that_a_counter_sees_campaigns_and_no_balance(place: Path, qtbot: QtBot) -> None:
    with rooms.room_of(place, "counter") as here:
        page = page_of(here, qtbot)

        assert "已盘 0 / 11" in said(page)
        assert "271" not in said(page)
        assert "CNY" not in said(page)
        assert not page.owed.isVisible()


def test_that_a_count_elsewhere_moves_the_bar(here: Here, qtbot: QtBot) -> None:
    page = page_of(here, qtbot)
    counting, made = here.desk.counting, here.desk.campaign("盘-0001")
    raw = code_of(1).encode()

    here.room.runner.change(page, lambda: counting.record_scan(made, raw, source=Source.WEDGE))
    here.settle(qtbot)

    assert "已盘 1 / 11" in said(page)


def test_that_the_books_are_checked_and_it_is_said_when(here: Here, qtbot: QtBot) -> None:
    page = page_of(here, qtbot)
    assert "还没有校验" in said(page)

    page.check_books()
    here.settle(qtbot)

    assert "全部通过" in said(page)
    assert "查过，用时" in said(page)
    assert not page.books.show_all.isVisible()


def test_that_a_failed_check_is_shown_with_what_where_and_since_when(
    here: Here, qtbot: QtBot
) -> None:
    found = Verified(
        Speed.RULES, (Check("V7", 2, 5),), (Finding("V7", "series_differs", "收 2026-11"),), ()
    )
    page = page_of(here, qtbot)
    since = here.desk.clock.now_us() - 86_400_000_000

    here.room.watch._show(after(Watched(), found, at=since, took_us=9))
    here.settle(qtbot)

    assert "1 项不成立" in said(page)
    assert "「V7 编号连续」不成立：凭证号 收 2026-11 的计数不等于最后一号，还有 1 处" in said(page)
    assert f"自 {moment_said(since)}" in said(page)
    with qtbot.waitSignal(page.wants) as wanted:
        page.books.show_all.click()
    assert wanted.args == ["books_check"]


def test_that_a_check_that_is_not_allowed_is_said_to_whoever_asked_and_is_no_trouble(
    here: Here, qtbot: QtBot
) -> None:
    page = page_of(here, qtbot)
    refused = RefusedError("G3 no-right")

    here.room.watch._refuse(refused)
    assert list(page.notices.notices) == []
    page._has_asked = True
    here.room.watch._refuse(refused)

    assert page.notices.notices[-1].title == "校验账套"
    assert here.room.watch.trouble is None


def test_that_a_switch_of_language_says_everything_again(here: Here, qtbot: QtBot) -> None:
    page = page_of(here, qtbot)

    here.room.wording.use("en")
    qtbot.wait(1)

    assert "Nothing waits for you" in said(page)
    assert "0 of 11 counted" in said(page)


def test_that_books_without_balances_begin_with_an_import(tmp_path: Path, qtbot: QtBot) -> None:
    place = tmp_path / "empty.erpdesk"
    rooms.make_people(place)
    wanted: list[str] = []

    with rooms.room_of(place, "maker") as here:
        page = page_of(here, qtbot)
        page.wants.connect(wanted.append)
        [begin] = [one for one in page.findChildren(Button) if one.text() == "导入…"]
        begin.click()
    with rooms.room_of(place, "cashier") as here:
        page = page_of(here, qtbot)
        [off] = [one for one in page.findChildren(Button) if one.text() == "导入…"]

    assert wanted == ["import"]
    assert "会计" in off.why_not
