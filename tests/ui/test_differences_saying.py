"""Why a line differs, said in the window: reasons, parts, recounts, evidence, documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.people import Role
from erpdesk.services.vouchers import Draft
from tests.services.builders import yuan
from tests.ui.differences_scene import (
    WHY,
    Scene,
    choose,
    explained,
    go_to,
    open_scene,
    outcomes,
    page_of,
    press,
)
from tests.ui.settling import NAMES, until_idle
from ui.main_window.registry import PAGES
from ui.main_window.room import Room
from ui.main_window.window import MainWindow
from ui.pages.differences.page import DifferencesPage
from ui.pages.vouchers.form import VoucherForm
from ui.pages.vouchers.page import VouchersPage
from ui.work.runner import Runner
from ui.work.sounds import Sounds
from ui.work.wording import Wording


@pytest.fixture
def scene(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[Scene]:
    with open_scene(tmp_path_factory, tmp_path) as opened:
        yield opened


def test_that_only_reasons_of_the_sign_and_treatments_they_allow_are_offered(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)
    editor = page.side.editor.editors[0]
    causes = {editor.cause.itemData(n) for n in range(editor.cause.count())}
    assert "unbilled" in causes
    assert "not_booked" not in causes
    assert not editor.treatment.isEnabled()

    choose(page, "unbilled", "confirm")

    treatments = [editor.treatment.itemData(n) for n in range(editor.treatment.count())]
    assert treatments == ["", "confirm", "theirs"]
    assert page.side.settle.why_not == ""


def test_that_a_reason_settles_a_line_and_the_next_one_is_shown(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)
    assert page.side.settle.why_not

    choose(page, "timing", "carry")
    page.side.note.setText("电话问过")
    press(qtbot, runner, page.side.settle)

    assert outcomes(page)["青禾包装"] == "clear"
    current = page.table.table.current_row()
    assert current is not None
    assert current.name == "海河五金"
    assert page.focusWidget() is page.table.table
    row = scene.office.desk("maker").reviewing.review(scene.look()).row(scene.key("K1"))
    assert row.said is not None
    assert (row.said.note, row.said.reason) == ("电话问过", "timing")
    assert page.head.values["unexplained"].text() == "30.00"
    go_to(qtbot, runner, page, "青禾包装")
    press(qtbot, runner, page.side.settle)
    assert page.list.current is not None
    assert page.list.current.name == "海河五金"


def test_that_a_difference_is_split_and_the_last_part_is_the_rest(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)
    choose(page, "unbilled", "confirm")

    page.side.editor.split.click()
    first, second = page.side.editor.editors
    first.amount.setText("-10")
    choose(page, "bank_charge", "charge", part=1)

    assert "3.00" in second.amount.placeholderText()
    assert [part.amount for part in page.side.editor.parts] == [yuan("-10"), yuan("-3")]
    first.amount.setText("x")
    assert page.side.settle.why_not == "金额读不出"
    first.amount.setText("-10")
    press(qtbot, runner, page.side.settle)
    assert outcomes(page)["青禾包装"] == "clear"
    go_to(qtbot, runner, page, "青禾包装")
    assert len(page.side.editor.editors) == 2
    assert [label for label, _ in page.side.bridge.table()] == [
        "账面", "暂估未入账", "银行手续费", "自述",
    ]  # fmt: skip
    page.side.editor.editors[1].remove.click()
    assert len(page.side.editor.editors) == 1


def test_that_what_a_treatment_asks_for_is_named(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)
    go_to(qtbot, runner, page, "海河五金")

    choose(page, "not_booked", "voucher")

    assert page.side.editor.editors[0].makes.text() == "批准后要做：临时凭证"
    assert page.side.editor.editors[0].treatment.count() == 1


def test_that_an_accountant_asks_for_a_recount_with_a_reason(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)
    assert page.side.recount.why_not

    page.side.note.setText(WHY)
    press(qtbot, runner, page.side.recount)

    assert outcomes(page)["青禾包装"] == "recount"
    assert scene.look().state == "review"
    go_to(qtbot, runner, page, "青禾包装")
    assert WHY in page.side.ruled.text()


def test_that_a_supervisor_is_told_first_what_sending_back_means(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene, "chief")
    assert page.side.settle.why_not
    assert page.side.note.isEnabled()
    page.side.note.setText(WHY)

    press(qtbot, runner, page.side.recount)
    assert scene.look().state == "review"
    page.notices.acted.emit("recount")
    qtbot.waitUntil(until_idle(runner))

    assert scene.look().state == "counting"
    assert page.pages.currentIndex() == 0


def test_that_a_supervisor_names_who_sees_to_a_line(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene, "chief")
    assert page.side.owner.isEnabled()
    page.side.owner_chosen.emit("helper")
    qtbot.waitUntil(until_idle(runner))

    row = next(one for one in page.model.rows if one.name == "青禾包装")
    assert row.said is not None
    assert row.said.owner == "helper"
    assert page.side.owner.currentText() == "helper"
    assert not page_of(qtbot, runner, scene).side.owner.isEnabled()


def test_that_what_fits_to_the_last_unit_stands_first_among_the_grounds(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)

    go_to(qtbot, runner, page, "海河五金")

    said = [part.text() for part in page.side.area.findChildren(type(page.side.title))]
    assert any("没入凭证 SH7" in text for text in said)
    chips = [one.chip.word for one in page.side.area.findChildren(type(page.head.locked))]
    assert "正好" in chips
    assert page.side.editor.editors[0].cause.currentData() == ""


def test_that_the_voucher_a_line_lacks_is_handed_over_filled_in(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)
    handed: list[tuple[str, object]] = []
    page.hands.connect(lambda name, begun: handed.append((name, begun)))
    assert page.side.voucher.why_not == "对方没有比账面多记"

    go_to(qtbot, runner, page, "海河五金")
    press(qtbot, runner, page.side.voucher)

    [(name, draft)] = handed
    assert name == "vouchers"
    assert isinstance(draft, Draft)
    assert (draft.customer.code, draft.batch, len(draft.deliveries)) == ("K2", scene.campaign.id, 1)


def test_that_evidence_goes_with_what_is_said(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)
    choose(page, "denied", "dispute")
    assert "证据" in page.side.settle.why_not

    page.attach(scene.office.written("回函.txt", "不认这一笔"))
    qtbot.waitUntil(until_idle(runner))
    assert page.side.count.text() == "证据 1 件"
    press(qtbot, runner, page.side.settle)

    assert outcomes(page)["青禾包装"] == "disputed"
    assert page.head.values["unexplained"].text() == "43.00"
    go_to(qtbot, runner, page, "青禾包装")
    page.side.show_evidence.click()
    qtbot.waitUntil(until_idle(runner))
    assert page.side.viewer.is_all_seen
    assert page.step_out()
    assert not page.step_out()


def test_that_several_lines_take_one_reason(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)
    go_to(qtbot, runner, page, "青禾包装")
    choose(page, "timing", "carry")
    page.table.table.selectRow(0)
    page.table.table.selectAll()
    assert page.side.settle.why_not

    selection = page.table.table.selectionModel()
    silent = page.model.index(2, 0)
    selection.select(silent, selection.SelectionFlag.Deselect | selection.SelectionFlag.Rows)
    assert page.side.settle.why_not == ""
    press(qtbot, runner, page.side.settle)

    assert outcomes(page)["青禾包装"] == outcomes(page)["海河五金"] == "clear"


def test_that_a_document_that_is_missing_may_be_given_up_with_a_reason(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    explained(scene)
    office = scene.office
    office.desk("maker").reviewing.hand_in(scene.look())
    office.approve(scene.look(), by="director")
    page = page_of(qtbot, runner, scene)
    go_to(qtbot, runner, page, "海河五金")
    assert page.side.waive.isVisibleTo(page)
    assert page.side.waive.why_not

    page.side.note.setText("对方同意下月再记")
    press(qtbot, runner, page.side.waive)

    review = office.desk("maker").reviewing.review(scene.look())
    assert (review.wanted, [one.state for one in review.children]) == ((), ["voided"])


def test_that_the_window_goes_on_with_the_voucher_in_its_form(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    desk = scene.office.desk("maker")
    roles = frozenset({Role.ACCOUNTANT})
    sounds = Sounds(lambda _: None)
    room = Room(desk, runner, Wording("zh"), sounds, "firm.db", "明湖机电", NAMES, roles)
    window = MainWindow(room, [one for one in PAGES if one.name in {"differences", "vouchers"}])
    qtbot.addWidget(window)
    qtbot.waitUntil(until_idle(runner))
    page = window.page_named("differences")
    assert isinstance(page, DifferencesPage)
    go_to(qtbot, runner, page, "海河五金")

    press(qtbot, runner, page.side.voucher)

    vouchers = window.page_named("vouchers")
    assert isinstance(vouchers, VouchersPage)
    form = vouchers.form
    assert isinstance(form, VoucherForm)
    qtbot.waitUntil(lambda: bool(form.lines.deliveries))
    draft = form.draft()
    assert draft is not None
    assert (draft.customer.code, draft.batch) == ("K2", scene.campaign.id)
    assert window.shown == "vouchers"
    sounds.close()
