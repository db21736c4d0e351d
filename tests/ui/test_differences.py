"""The review of differences: reasons that are allowed, parts, recounts, vouchers, approval."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.variance import Cause
from erpdesk.services.reviewing import Said
from erpdesk.services.vouchers import Draft
from erpdesk.storage.documents import Document
from tests.services.builders import Office, yuan
from tests.ui.clipping import clipped
from tests.ui.settling import NAMES, drop_parts, looking, open_office, silent_buttons, until_idle
from ui.models.cells import Toned, shown
from ui.pages.differences import DifferencesPage
from ui.pages.differences_facts import DifferencesParts
from ui.work.runner import Runner
from ui.work.wording import Wording

WHY = "数抄错了一位"


@dataclass
class Scene:
    """A firm in whose campaign three customers differ: one more, one less, one in silence."""

    office: Office
    campaign: Document

    def look(self) -> Document:
        return self.office.look(self.campaign)

    def key(self, code: str) -> tuple[str, str]:
        return self.office.customer(code).id, "CNY"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Document]:
    """Count three customers once for all tests."""
    folder = tmp_path_factory.mktemp("differences")
    with open_office(tmp_path_factory, folder) as office:
        office.posted("服务1", "113.00")
        office.delivered(("SH7", "K2", "30.00"))
        campaign = office.campaign("K1", "K2", "K3")
        office.state(campaign, "K1", "100.00")
        office.state(campaign, "K2", "30.00")
        office.state(campaign, "K3", None, "name")
        office.desk("chief").campaigns.review(office.look(campaign))
    return Path(office.place), campaign


@pytest.fixture
def scene(template: tuple[Path, Document], tmp_path: Path) -> Iterator[Scene]:
    place = tmp_path / "firm.db"
    shutil.copy(template[0], place)
    with closing(Office(str(place), tmp_path)) as office:
        yield Scene(office, template[1])
        drop_parts()


def page_of(
    qtbot: QtBot, runner: Runner, scene: Scene, by: str = "maker", language: str = "zh"
) -> DifferencesPage:
    office, desk = scene.office, scene.office.desk(by)
    now = office.clock.now_us()
    parts = DifferencesParts(
        desk.reviewing, desk.reviewing_children, desk.exporting, desk.evidence,
        looking(office, by), desk.document, lambda: (("maker", "陈静"), ("helper", "helper")),
        NAMES, next(one.roles(at=now) for one in desk.signing_in.everybody() if one.name == by),
    )  # fmt: skip
    page = DifferencesPage(parts, runner, Wording("en" if language == "en" else "zh"))
    qtbot.addWidget(page)
    runner.changed.connect(page.look_again)
    page.resize(1202, 670)
    page.show()
    page.entered()
    qtbot.waitUntil(until_idle(runner))
    return page


def go_to(qtbot: QtBot, runner: Runner, page: DifferencesPage, name: str) -> None:
    place = next(n for n, one in enumerate(page.model.rows) if one.name == name)
    page.table.table.go_to(place)
    qtbot.waitUntil(until_idle(runner))


def choose(page: DifferencesPage, cause: str, treatment: str, *, part: int = 0) -> None:
    editor = page.side.editor.editors[part]
    editor.cause.setCurrentIndex(editor.cause.findData(cause))
    editor.cause.activated.emit(editor.cause.currentIndex())
    editor.treatment.setCurrentIndex(editor.treatment.findData(treatment))
    editor.treatment.activated.emit(editor.treatment.currentIndex())


def press(qtbot: QtBot, runner: Runner, button: object) -> None:
    button.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(until_idle(runner))


def outcomes(page: DifferencesPage) -> dict[str, str]:
    return {one.name: one.standing.value for one in page.model.rows}


def test_that_what_differs_is_listed_with_sums_that_are_never_net(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)

    values = {name: label.text() for name, label in page.head.values.items()}
    assert outcomes(page) == {"青禾包装": "open", "海河五金": "open", "无税率商行": "open"}
    assert values == {
        "frozen": "3", "coverage": "100.0%", "accuracy": "0.0%", "book": "113.00",
        "off": "43.00", "unexplained": "43.00",
    }  # fmt: skip
    assert page.head.submit.key_text == "还差 3 户"
    assert page.head.submit.why_not == "还差 3 户"
    sentence = page.model.row_sentence(page.model.rows[0])
    assert "113.00" in sentence
    assert "\u221213.00" in sentence


def test_that_no_answer_is_said_and_is_no_zero(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)

    stated = next(one for one in page.model.columns if one.name == "stated")
    row = page.model.rows[2]
    assert stated.value(row) == Toned("未答复", "text2")
    assert row.figures.difference is None
    assert "1 户未答复" in page.table.totals.accessibleName()


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
    row = scene.office.desk("maker").reviewing.review(scene.look()).row(scene.key("K1"))
    assert row.said is not None
    assert (row.said.note, row.said.reason) == ("电话问过", "timing")
    assert page.head.values["unexplained"].text() == "30.00"


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
    page.side.note.setEnabled(True)
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


def explained(scene: Scene) -> None:
    """Say why every line differs."""
    words = (
        ("K1", Cause("timing", yuan("-13"), action="carry")),
        ("K2", Cause("not_booked", yuan("30"), action="voucher")),
        ("K3", Cause("unanswered", yuan("0"), action="later")),
    )
    said = tuple(Said(scene.key(code), (part,)) for code, part in words)
    scene.office.desk("maker").reviewing.say(scene.look(), said)


def test_that_all_go_for_approval_once_each_has_its_reason_and_are_locked_then(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    explained(scene)
    page = page_of(qtbot, runner, scene)
    assert outcomes(page) == {"青禾包装": "clear", "海河五金": "clear", "无税率商行": "later"}
    assert page.head.submit.why_not == ""

    press(qtbot, runner, page.head.submit)

    assert scene.look().state == "submitted"
    assert page.head.locked.isVisibleTo(page)
    assert not page.side.editor.editors[0].cause.isEnabled()
    assert page.side.settle.why_not
    assert page.head.submit.why_not
    assert silent_buttons(page) == []


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


def test_that_rows_are_found_by_chip_and_by_words_and_ordered_by_size(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)

    page.table.table.sort_asked.emit("difference", True)  # noqa: FBT003 - a signal's
    assert [one.name for one in page.model.rows] == ["海河五金", "青禾包装", "无税率商行"]
    page.table.look_for("海河")
    assert [one.name for one in page.model.rows] == ["海河五金"]
    page.table.look_for("")
    page.table.chips.choose("agreed")
    page.table.filter_chosen.emit("agreed")
    assert page.model.rows == ()


def test_that_a_scan_of_nobody_is_shown_and_decided_elsewhere(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    campaign = scene.office.desk("chief").campaigns.reopen(scene.look(), WHY, ()).value
    scene.office.scan(campaign, "0815")
    scene.office.desk("chief").campaigns.review(scene.look())
    page = page_of(qtbot, runner, scene)

    page.table.chips.choose("unexpected")
    page.table.filter_chosen.emit("unexpected")
    page.table.table.go_to(0)

    book = next(one for one in page.model.columns if one.name == "book")
    assert shown(book.value(page.model.rows[0])) == "—"
    assert "盘点计划" in page.side.settle.why_not
    assert page.customer_here() is None


def test_that_the_report_is_written_to_a_file(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene, tmp_path: Path
) -> None:
    page = page_of(qtbot, runner, scene)

    page.write_report(tmp_path / "报告.csv")
    qtbot.waitUntil(until_idle(runner))

    assert "青禾包装" in (tmp_path / "报告.csv").read_text("utf-8-sig")


def test_that_without_a_campaign_in_review_the_page_says_where_to_begin(
    app: QApplication, qtbot: QtBot, runner: Runner, tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
) -> None:  # fmt: skip
    with open_office(tmp_path_factory, tmp_path) as office:
        campaign = office.campaign("K1", blind=True)
        page = page_of(qtbot, runner, Scene(office, campaign))
        wanted: list[str] = []
        page.wants.connect(wanted.append)

        page.go.click()

        assert page.pages.currentIndex() == 0
        assert wanted == ["campaigns"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_nothing_is_cut_and_every_button_that_is_off_says_why(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene, language: str
) -> None:
    page = page_of(qtbot, runner, scene, language=language)
    page.side.editor.split.click()
    for _ in range(3):
        QApplication.processEvents()  # what was made anew is laid out now

    assert clipped(page) == []
    assert silent_buttons(page) == []


def test_that_the_language_is_switched_with_what_is_chosen_staying(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)
    choose(page, "timing", "carry")

    page.wording.use("en")

    editor = page.side.editor.editors[0]
    assert (editor.cause.currentText(), editor.treatment.currentData()) == ("timing", "carry")
    assert page.head.submit.key_text == "3 to go"
