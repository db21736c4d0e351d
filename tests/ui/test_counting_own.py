"""One's own records on the counting page, proposals, conflicts and the end of a shift."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from erpdesk.domain.codes.own_code import OwnKind, own_code
from erpdesk.domain.money import parse_amount
from erpdesk.domain.stocktake.count_line import LineState
from erpdesk.domain.stocktake.counting import Fate, Source
from erpdesk.storage.documents import Document
from tests.ui import rooms
from tests.ui.rooms import Here, code_of, counting_page, scan, texts
from ui.pages.counting.page import CountingPage
from ui.pages.counting.said import recorded_said
from ui.work.wording import Wording

pytestmark = pytest.mark.usefixtures("app", "made")


def ctrl_z(page: CountingPage) -> None:
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_that_ctrl_z_takes_the_scan_back_that_was_just_made(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    scan(page, code_of(1))
    here.settle(qtbot)

    ctrl_z(page)
    here.settle(qtbot)

    scanned, undone = here.events(made.id)
    assert undone.supersedes == scanned.id
    assert page.side.rows("recent")[0].word == "已撤回"
    assert page.stack.currentWidget() is page.plain
    assert "客户01" in texts(page.notices)
    assert page.standing is not None
    assert page.standing.counted == 0


def test_that_ctrl_z_in_a_field_undoes_what_was_typed_there(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    scan(page, code_of(1))
    here.settle(qtbot)
    qtbot.keyClicks(page.card.stated.amount, "120")

    ctrl_z(page)
    here.settle(qtbot)

    assert page.card.stated.amount.text() != "120"
    assert len(here.stored(made)) == 1


def test_that_what_was_stated_is_taken_back_first_and_then_the_scan(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    scan(page, code_of(1))
    here.settle(qtbot)
    qtbot.keyClicks(page.card.stated.amount, "5")
    page.record()
    here.settle(qtbot)

    words = []
    for _ in range(2):
        page.acts.own.take_back()
        here.settle(qtbot)
        words.append(page.side.rows("recent")[0].word)

    assert words == ["仅扫码", "已撤回"]
    assert [one.takes_back for one in here.events(made.id)] == [False, False, True, True]


def test_that_a_row_of_recent_is_taken_back_and_another_counters_is_not(
    place: Path, made: Document, here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    other = rooms.desk_of(place, "second")
    other.counting.record_scan(made, code_of(9).encode(), source=Source.WEDGE)
    other.close()
    scan(page, code_of(1), code_of(2))
    here.settle(qtbot)
    table = page.side.current
    table.setFocus()

    table.go_to(2)
    page.acts.own.take_back()
    here.settle(qtbot)
    assert "没有撤回" in texts(page.notices)
    table.go_to(1)
    page.acts.own.take_back()
    here.settle(qtbot)

    assert [row.word for row in page.side.rows("recent")[:2]] == ["仅扫码", "已撤回"]


def test_that_nothing_to_take_back_is_said(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    page.acts.own.take_back()
    here.settle(qtbot)

    assert "没有可撤回的" in texts(page.notices)
    assert here.stored(made) == []


def test_that_a_counter_proposes_what_a_code_is_and_a_supervisor_sees_it(
    place: Path, here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    scan(page, "OLD-17")
    here.settle(qtbot)
    page.unexpected.choices.buttons["junk"].click()
    page.unexpected.reason.setText("快递单")
    page.unexpected.give.click()
    here.settle(qtbot)

    proposal = here.events(made.id)[-1].proposal
    assert proposal is not None
    assert (proposal.fate, proposal.note) == (Fate.JUNK, "快递单")
    row = page.side.rows("unexpected")[0]
    assert (row.value, row.word) == ("误扫", "已提建议")
    with rooms.room_of(place, "chief") as there:
        other = counting_page(there, qtbot)
        other.acts.open_row("unexpected", other.side.rows("unexpected")[0].key)
        there.settle(qtbot)
        assert "王芳 建议：误扫·快递单" in texts(other.unexpected)


def test_that_a_counter_asks_for_a_recount_of_what_another_counted(
    place: Path, here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    other = rooms.desk_of(place, "second")
    other.counting.record_scan(made, code_of(1).encode(), source=Source.WEDGE)
    other.close()
    scan(page, code_of(1))
    here.settle(qtbot)
    assert page.stack.currentWidget() is page.duplicate

    qtbot.keyClick(page.duplicate.keep, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    here.settle(qtbot)

    [asked] = [one for one in here.events(made.id) if one.asks]
    assert (asked.asks, asked.by) == ("重复扫码，请换人复盘", "counter")
    assert "已请求复盘" in texts(page.notices)
    assert page.stack.currentWidget() is page.plain


def in_conflict(place: Path, made: Document) -> None:
    for person, amount in (("counter", "100.00"), ("second", "90.00")):
        desk = rooms.desk_of(place, person)
        rooms.state(desk, made, code_of(3), amount)
        desk.close()


def lines_of(here: Here, made: Document) -> list[LineState]:
    status = here.desk.campaigns.status(here.desk.document(made.id))
    return [line.judged.state for line in status.lines if line.counted.events]


@pytest.mark.parametrize(
    ("choice", "after"),
    [
        ("left", LineState.VARIANCE),
        ("right", LineState.VARIANCE),
        ("recount", LineState.RECOUNT_REQUIRED),
    ],
)
def test_that_a_supervisor_rules_a_conflict_with_a_reason_and_both_stay(
    place: Path, made: Document, qtbot: QtBot, choice: str, after: LineState
) -> None:
    in_conflict(place, made)
    with rooms.room_of(place, "chief") as here:
        page = counting_page(here, qtbot)
        page.acts.open_row("conflicts", page.side.rows("conflicts")[0].key)
        assert page.stack.currentWidget() is page.conflict
        assert all(word in texts(page.conflict) for word in ("王芳", "赵倩", "100.00", "90.00"))

        page.conflict.choices.buttons[choice].click()
        page.conflict.give.click()
        here.settle(qtbot)
        assert lines_of(here, made) == [LineState.CONFLICT]
        assert "没有记下" in texts(page.notices)
        page.conflict.reason.setText("电话核对过")
        page.conflict.give.click()
        here.settle(qtbot)

        assert lines_of(here, made) == [after]
        assert page.side.rows("conflicts") == ()
        assert len(here.stored(made)) == 4


def test_that_a_conflict_is_ruled_by_supervisors_alone(
    place: Path, made: Document, qtbot: QtBot
) -> None:
    in_conflict(place, made)
    with rooms.room_of(place, "maker") as here:
        page = counting_page(here, qtbot)
        page.acts.open_row("conflicts", page.side.rows("conflicts")[0].key)

        left = page.conflict.choices.buttons["left"]
        assert not left.isEnabled()
        assert "由主管裁决" in left.toolTip()


def test_that_the_sum_of_a_shift_is_what_is_stored(
    here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    scan(page, code_of(1), "OLD-17", code_of(2))
    here.settle(qtbot)
    qtbot.keyClicks(page.card.stated.amount, "5")

    page.acts.hand_over()
    here.settle(qtbot)

    sums = {name: label.text() for name, label in page.shift.figures.items()}
    assert page.stack.currentWidget() is page.shift
    assert (sums["scans"], sums["stored"], sums["pending"]) == ("3", "3", "0")
    assert (sums["unexpected"], sums["statements"]) == ("1", "1")
    assert "签字" in texts(page.shift)
    assert page.step_out()
    assert page.stack.currentWidget() is page.plain


def test_that_a_counter_without_the_books_counts_an_open_campaign_with_figures(
    here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    scan(page, code_of(1))
    here.settle(qtbot)
    qtbot.keyClicks(page.card.stated.amount, "271800")

    assert "271,828.19" in texts(page.card)
    assert "杭州1号" in texts(page.card)
    assert "−28.19" in texts(page.card.stated)


@pytest.mark.parametrize("person", ["counter", "maker"])
def test_that_what_was_counted_before_the_program_began_is_listed_as_what_is_counted_now(
    place: Path, person: str, qtbot: QtBot
) -> None:
    with rooms.room_of(place, "counter") as first:
        page = counting_page(first, qtbot)
        scan(page, code_of(1))
        first.settle(qtbot)
        qtbot.keyClicks(page.card.stated.amount, "271800")
        scan(page, code_of(2))
        first.settle(qtbot)

    with rooms.room_of(place, person) as again:
        page = counting_page(again, qtbot)
        before = [(row.title, row.word) for row in page.side.rows("recent")]

    assert dict(before) == {"客户02有限公司": "仅扫码", "客户01有限公司": "差 −28.19"}


def test_that_a_record_is_spoken_with_its_difference_and_without_one_when_blind() -> None:
    words = Wording("zh")

    assert recorded_said(words, parse_amount("-113000", "CNY")) == "已记录，差异 −113,000.00"
    assert recorded_said(words, parse_amount("0", "CNY")) == "已记录"
    assert recorded_said(words, None) == "已记录"


@pytest.mark.parametrize("code", [code_of(1), "NOBODY-17"])
def test_that_what_is_typed_after_a_card_replaces_the_code_that_was_scanned(
    code: str, here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    scan(page, code)
    here.settle(qtbot)
    page.show_ready()

    qtbot.keyClicks(page.bar.code, "ke")

    assert page.bar.code.text() == "ke"


def test_that_the_code_of_a_notice_is_called_so_and_kept(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    scan(page, own_code(OwnKind.NOTICE, "2026110001"))
    here.settle(qtbot)

    assert "这是通知书的码" in texts(page.unexpected)
    assert len(here.stored(made)) == 1
