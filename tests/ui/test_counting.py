"""The counting page on a small real company: stored first, then shown, then heard.

Over 400 lines because everything a counter does on the page is told here.
"""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import StorageError
from erpdesk.services.stocktake import campaign_watch, counting_looks
from erpdesk.services.stocktake.counting import Counting
from erpdesk.storage.customers import NoSuchCustomerError
from erpdesk.storage.documents import Document
from erpdesk.storage.refusals import NotSyncedError
from erpdesk.words import Sentence
from tests.ui import rooms
from tests.ui.rooms import Here, code_of, counting_page, scan, texts
from ui.pages.counting import desk as counting_desk
from ui.pages.counting.page import CountingPage

pytestmark = pytest.mark.usefixtures("app", "made")


def test_that_a_scan_is_stored_before_its_card_is_shown(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    stored_when_shown: list[list[bytes]] = []
    page.flow.judged.connect(lambda _: stored_when_shown.append(here.stored(made)))

    scan(page, code_of(1))
    here.settle(qtbot)

    assert stored_when_shown == [[code_of(1).encode()]]
    assert page.stack.currentWidget() is page.card
    assert page.card.who is not None
    assert page.card.who.code == code_of(1)
    assert here.heard.names == ["ok"]


def test_that_the_stated_balance_alone_is_called_so(page: CountingPage) -> None:
    parts = page.card.stated.findChildren(QWidget)
    names = [QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in parts]

    assert names.count("客户自述余额") == 1


def test_that_three_codes_at_once_are_three_rows_in_order_and_one_sound(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    scan(page, code_of(1), "NOBODY-17", code_of(2))
    here.settle(qtbot)

    assert here.stored(made) == [code_of(1).encode(), b"NOBODY-17", code_of(2).encode()]
    assert [row.title for row in page.side.rows("recent")][:3] == [
        "客户02有限公司", "未识别的码", "客户01有限公司",
    ]  # fmt: skip
    assert here.heard.names == ["unexpected"]
    assert QApplication.activeModalWidget() is None


def test_that_a_held_trigger_is_one_scan(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    scan(page, code_of(1), code_of(1), code_of(1))
    here.settle(qtbot)

    assert len(here.stored(made)) == 1
    assert page.flow.tally.scans == 1


def test_that_what_is_typed_is_stored_before_the_next_scan_shows(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    scan(page, code_of(1))
    here.settle(qtbot)
    qtbot.keyClicks(page.card.stated.amount, "120000")

    scan(page, code_of(2))
    here.settle(qtbot)

    assert page.card.who is not None
    assert page.card.who.code == code_of(2)
    assert page.card.stated.amount.text() == ""
    found = here.events(made.id)
    assert [one.stated for one in found if one.stated] == [Money(12_000_000, "CNY")]
    assert not page.lists.parked


def test_that_what_is_typed_and_no_amount_is_parked_and_taken_up_again(
    here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    scan(page, code_of(1))
    here.settle(qtbot)
    qtbot.keyClicks(page.card.stated.amount, "12 and")

    scan(page, code_of(2))
    here.settle(qtbot)
    customer = page.side.rows("parked")[0].key
    page.acts.open_row("parked", customer)

    assert page.card.stated.amount.text() == "12 and"
    assert page.card.who is not None
    assert page.card.who.code == code_of(1)


def test_that_an_empty_balance_is_no_answer_and_zero_is_one(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    scan(page, code_of(1))
    here.settle(qtbot)
    page.record()
    assert page.stack.currentWidget() is page.card

    qtbot.mouseClick(page.card.stated.not_theirs, Qt.MouseButton.LeftButton)
    page.record()
    here.settle(qtbot)

    found = here.events(made.id)
    assert [one.stated for one in found if one.stated] == [Money(0, "CNY")]


def test_that_the_difference_is_shown_and_the_book_filled_in_an_open_count(
    here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    scan(page, code_of(1))
    here.settle(qtbot)
    qtbot.keyClicks(page.card.stated.amount, "271800")
    assert "−28.19" in texts(page.card.stated)

    page.card.stated.take_book()

    assert page.card.stated.amount.text() == "271,828.19"
    assert "271,828.19" in texts(page.card)


def test_that_fields_are_verified_and_corrected(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    scan(page, code_of(1))
    here.settle(qtbot)
    page.card.verify.table.setFocus()
    page.card.verify.mark_same()
    page.card.verify.table.go_to(2)
    page.card.verify.begin_correction()
    page.card.verify.correction.setText("宁波路 1 号")
    qtbot.keyClick(page.card.verify.correction, Qt.Key.Key_Return)
    page.record()
    here.settle(qtbot)

    last = here.events(made.id)[-1]
    assert ("name", None) in {(one.field, one.value) for one in last.verified}
    assert ("address", "宁波路 1 号") in {(one.field, one.value) for one in last.verified}


def test_that_a_customer_counted_by_somebody_else_is_a_visible_choice(
    place: Path, made: Document, here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    other = rooms.desk_of(place, "second")
    other.counting.record_scan(made, code_of(3).encode(), source=Source.WEDGE)
    other.close()

    scan(page, code_of(3))
    here.settle(qtbot)

    assert page.stack.currentWidget() is page.duplicate
    assert "赵倩" in texts(page.duplicate)
    assert "别人的记录，这里不显示" in texts(page.duplicate)
    assert here.heard.names == ["repeat"]
    page.acts.restate()
    qtbot.keyClicks(page.card.stated.amount, "5")
    page.record()
    here.settle(qtbot)
    assert len(here.stored(made)) == 3


def test_that_a_customer_outside_is_shown_in_place(
    here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    scan(page, code_of(rooms.CUSTOMERS))
    here.settle(qtbot)

    assert page.stack.currentWidget() is page.unexpected
    assert "范围外" in texts(page.unexpected)
    assert not page.unexpected.choices.buttons["alias"].isEnabled()
    assert "不在本次盘点" in page.unexpected.choices.buttons["alias"].toolTip()


def test_that_the_card_of_a_damaged_code_says_that_the_scan_is_kept(
    here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    scan(page, "]E05901234123458")
    here.settle(qtbot)

    assert page.stack.currentWidget() is page.unexpected
    assert "扫码已留存，没找到是谁" in texts(page.unexpected)
    assert "没有记入" not in texts(page.unexpected)


def test_that_a_supervisor_decides_about_an_unexpected_scan(
    place: Path, made: Document, qtbot: QtBot
) -> None:
    del made
    with rooms.room_of(place, "chief") as here:
        page = counting_page(here, qtbot)
        scan(page, "NOBODY-17")
        here.settle(qtbot)
        page.acts.open_row("unexpected", page.side.rows("unexpected")[0].key)
        page.unexpected.choices.chosen.emit("junk")
        page.unexpected.reason.setText("标签是别人家的")
        qtbot.keyClick(page.unexpected.reason, Qt.Key.Key_Return)
        here.settle(qtbot)
        page.look()
        here.settle(qtbot)

        assert page.side.rows("unexpected") == ()


def test_that_typing_in_the_bar_is_the_same_path(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    page.acts.typed_in_bar("客户04")
    here.settle(qtbot)

    assert here.stored(made) == [code_of(4).encode()]


def test_that_enter_on_what_a_scan_left_in_the_bar_is_no_second_scan(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    scan(page, "NOBODY-17")
    here.settle(qtbot)

    qtbot.keyClick(page.bar.code, Qt.Key.Key_Return)
    here.settle(qtbot)
    assert len(here.stored(made)) == 1

    page.bar.code.clear()
    qtbot.keyClicks(page.bar.code, "NOBODY-18")
    qtbot.keyClick(page.bar.code, Qt.Key.Key_Return)
    here.settle(qtbot)
    assert here.stored(made)[-1] == b"NOBODY-18"


def test_that_several_that_fit_are_a_list_and_nothing_is_stored(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    page.acts.typed_in_bar("客户")
    here.settle(qtbot)

    assert page.stack.currentWidget() is page.plain
    assert here.stored(made) == []
    page.acts.chosen(f"code:{code_of(5)}")
    here.settle(qtbot)
    assert here.stored(made) == [code_of(5).encode()]


def test_that_without_a_campaign_a_scan_is_refused_and_said(
    template: Path, tmp_path_factory: pytest.TempPathFactory, qtbot: QtBot
) -> None:
    with rooms.room_of(rooms.copied(template, tmp_path_factory.mktemp("none"))) as here:
        page = counting_page(here, qtbot)
        scan(page, code_of(1))

        assert here.heard.names == ["refused"]
        assert page.flow.tally.scans == 0
        assert "没有存" in texts(page.notices)


def test_that_a_disk_that_fails_keeps_the_scan_pending_and_stores_it_once_later(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, failures = Counting.record_scan, [StorageError("disk"), NotSyncedError()]

    def failing(self: Counting, *args: object, **named: object) -> object:
        if failures:
            raise failures.pop()
        return real(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Counting, "record_scan", failing)
    scan(page, code_of(1))
    here.settle(qtbot)
    assert (page.flow.tally.scans, page.flow.tally.stored, page.flow.tally.pending) == (1, 0, 1)
    assert "不知道存上没有" in texts(page.notices)

    page.flow.retry()
    here.settle(qtbot)
    page.flow.retry()
    here.settle(qtbot)

    assert (page.flow.tally.stored, page.flow.tally.pending) == (1, 0)
    assert here.stored(made) == [code_of(1).encode()]


def test_that_the_window_does_not_wait_for_a_slow_store(
    here: Here, page: CountingPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, held = Counting.record_scan, threading.Event()

    def slow(self: Counting, *args: object, **named: object) -> object:
        assert threading.current_thread() is not threading.main_thread()
        held.wait(10)
        return real(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Counting, "record_scan", slow)
    scan(page, code_of(1), code_of(2))
    qtbot.wait(30)

    assert page.flow.tally.pending == 2
    held.set()
    here.settle(qtbot)
    assert page.flow.tally.pending == 0


def test_that_a_record_that_cannot_be_read_is_said_while_its_card_stands(
    here: Here, page: CountingPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[object] = []
    here.room.runner.refused.connect(said.append)
    unread = NoSuchCustomerError("客户01")

    def unreadable(*_: object) -> None:
        raise unread

    monkeypatch.setattr(counting_desk, "known", unreadable)
    scan(page, code_of(1))
    here.settle(qtbot)

    assert said == [unread]
    assert page.stack.currentWidget() is page.card


def test_that_a_switch_of_language_keeps_what_is_typed(
    here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    scan(page, code_of(1))
    here.settle(qtbot)
    qtbot.keyClicks(page.card.stated.amount, "271800")
    page.card.verify.mark_same()

    here.room.wording.use("en")

    assert page.card.stated.amount.text() == "271800"
    assert [one.field for one in page.card.verify.verified] == ["name"]
    assert "Difference" in texts(page.card)


def test_that_evidence_is_kept_with_what_is_stated(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    proof = tmp_path / "回函.txt"
    proof.write_text("收到", "utf-8")
    scan(page, code_of(1))
    here.settle(qtbot)
    page.acts.attach_file(proof)
    here.settle(qtbot)
    qtbot.keyClicks(page.card.stated.amount, "7")
    page.record()
    here.settle(qtbot)

    last = here.events(made.id)[-1]
    assert len(last.evidence) == 1


@pytest.mark.parametrize("height", [618, 645, 660, 700])
def test_that_a_card_and_a_notice_have_room_together_in_a_window_of_any_height(
    height: int, here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    page.resize(1100, height)
    scan(page, code_of(1))
    here.settle(qtbot)
    before = page.minimumSizeHint().height()
    page.notify("attention", Sentence("没存", "Not stored"))
    qtbot.waitUntil(lambda: before <= height and page.minimumSizeHint().height() <= height)
    page.solved()

    qtbot.waitUntil(lambda: page.minimumSizeHint().height() == before)


def test_that_of_a_long_list_the_first_are_listed_and_the_rest_is_numbered(
    here: Here, page: CountingPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for looks in (campaign_watch, counting_looks):
        monkeypatch.setattr(looks, "OPEN_MOST", 3)
    page.look()
    here.settle(qtbot)

    rows = page.side.rows("open")
    page.acts.open_row("open", rows[-1].key)
    here.settle(qtbot)

    assert [one.under for one in rows[:-1]] == [code_of(n) for n in (1, 2, 3)]
    assert f"还有 {rooms.CUSTOMERS - 1 - 3} 户没列出" in rows[-1].title
    assert page.standing is not None
    assert page.standing.waiting == rooms.CUSTOMERS - 1
