"""The page of the proofs: every check as a row, what it found, and backups that were tried out."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from erpdesk.services.keeping.verifying import ORDER, Check, Speed, Verified, codes_of
from erpdesk.services.keeping.watching import Watched, after
from erpdesk.storage.checks import Finding
from erpdesk.words.findings import CHECKS, FINDINGS
from erpdesk.words.proofs import PROOFS
from tests.ui.clipping import clipped
from tests.ui.rooms import Here
from tests.ui.settling import silent_buttons
from ui.main_window.registry import PAGES
from ui.pages.books_check.facts import CODES
from ui.pages.books_check.page import BooksCheckPage

pytestmark = pytest.mark.usefixtures("app")
ILL = Verified(
    Speed.DEEP,
    tuple(Check(code, 21 if code == "V2" else 0, 5_000) for code in codes_of(Speed.DEEP)),
    tuple(Finding("V2", "items_differ", f"K{n} 1122 CNY", -11_300_000, "CNY") for n in range(20)),
    (),
)


@pytest.fixture
def person() -> str:
    return "chief"


@pytest.fixture
def page(here: Here, qtbot: QtBot) -> BooksCheckPage:
    made = next(one for one in PAGES if one.name == "books_check").make(here.room)
    assert isinstance(made, BooksCheckPage)
    qtbot.addWidget(made)
    made.resize(1116, 618)
    made.show()
    made.entered()
    here.settle(qtbot)
    return made


def said(page: BooksCheckPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def shown(page: BooksCheckPage) -> list[str]:
    for _ in range(5):  # a text that grew moves its neighbours in turn
        QApplication.processEvents()
    return clipped(page)


def stand(here: Here, qtbot: QtBot, *runs: Verified) -> None:
    for run in runs:
        at = here.desk.clock.now_us()
        here.room.watch._show(after(here.room.watch.stands, run, at=at, took_us=400_000))
    here.settle(qtbot)


def test_that_every_check_is_a_row_that_says_what_it_compares(page: BooksCheckPage) -> None:
    assert [row.code for row in page.model.rows] == list(CODES)
    assert set(CODES) == set(ORDER) == set(PROOFS) == set(CHECKS)
    assert page.model.row_sentence(page.model.rows[0]).startswith("没查过，校验项 V1")


def test_that_the_whole_check_passes_and_is_remembered(
    page: BooksCheckPage, here: Here, qtbot: QtBot
) -> None:
    page.check.click()
    assert page.check.why_not == "正在校验"
    here.settle(qtbot)

    assert page.state.chip.word == f"{len(ORDER)} 项全部通过"
    assert [run.speed for run in page.finding.runs_model.rows] == [Speed.DEEP]
    assert all(row.count == 0 for row in page.model.rows)
    assert "没有发现问题" in said(page)


def test_that_a_failure_says_where_by_how_much_and_who_sees_to_it(
    page: BooksCheckPage, here: Here, qtbot: QtBot
) -> None:
    stand(here, qtbot, ILL)
    page.proofs.go_to(1)
    here.settle(qtbot)

    text = said(page)
    assert "K0 1122 CNY：未清项合计不等于明细账，差 \u2212113,000.00 CNY" in text
    assert "还有 1 处" in text
    assert "会计：调出该户对账单" in text
    assert page.state.chip.tone == "error"


def test_that_no_way_out_speaks_of_repair() -> None:
    for proof in PROOFS.values():
        assert "修复" not in proof.mend.zh
        assert "repair" not in proof.mend.en.lower()


def test_that_a_check_that_was_stopped_says_where_it_stopped(
    page: BooksCheckPage, here: Here, qtbot: QtBot
) -> None:
    page.check.click()
    here.room.watch.stop()
    here.settle(qtbot)

    assert page.notices.notices[-1].title.startswith("停在第")
    assert here.room.watch.stands == Watched()
    assert page.check.isEnabled()


def test_that_the_report_names_every_check_and_every_finding(
    page: BooksCheckPage, here: Here, qtbot: QtBot, tmp_path: Path
) -> None:
    stand(here, qtbot, ILL)

    page.save_to(tmp_path / "校验.txt")
    here.settle(qtbot)

    text = (tmp_path / "校验.txt").read_text("utf-8")
    assert all(CHECKS[code].zh in text for code in ORDER)
    assert FINDINGS["items_differ"].said("zh", {"where": "K19 1122 CNY"}) in text
    assert "明湖机电有限公司" in text
    assert "林涛" in text


def test_that_a_backup_is_made_listed_and_tried_again(
    page: BooksCheckPage, here: Here, qtbot: QtBot
) -> None:
    page.show_tab("backups")
    assert "还没有备份" in said(page)

    page.backups.back_up.click()
    here.settle(qtbot)
    page.backups.try_out.click()
    here.settle(qtbot)

    [kept] = page.backups.model.rows
    assert kept.faults == 0
    assert "能还原" in page.notices.notices[-1].title
    assert here.room.backup_folder() == kept.path.parent


def test_that_a_backup_goes_where_somebody_wants_it(
    page: BooksCheckPage, here: Here, qtbot: QtBot, tmp_path: Path
) -> None:
    page.backups.save_to(tmp_path / "usb")
    here.settle(qtbot)

    assert (tmp_path / "usb.erpbackup").is_file()
    assert "已备份" in page.notices.notices[-1].title


def test_that_another_file_is_left_and_that_is_said(
    page: BooksCheckPage, here: Here, qtbot: QtBot, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.erpbackup"
    taken.write_text("mine")

    page.backups.save_to(taken)
    here.settle(qtbot)

    assert taken.read_text() == "mine"
    assert "已有文件" in page.notices.notices[-1].text
    assert page.backups.back_up.isEnabled()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_nothing_is_cut_and_what_is_off_says_why(
    language: str, page: BooksCheckPage, here: Here, qtbot: QtBot
) -> None:
    here.room.wording.use("en" if language == "en" else "zh")
    stand(here, qtbot, ILL)
    page.proofs.go_to(1)
    cut = shown(page)
    page.show_tab("backups")

    assert cut + shown(page) == []
    assert silent_buttons(page) == []


def test_that_a_months_vouchers_and_the_journal_leave_by_their_tab(
    page: BooksCheckPage, here: Here, qtbot: QtBot, tmp_path: Path
) -> None:
    page.show_tab("outputs")
    here.settle(qtbot)
    month = page.outputs.months.current_row()
    assert month is not None

    page.outputs.vouchers_to(tmp_path / "凭证.pdf", month.period)
    here.settle(qtbot)
    page.outputs.journal_to(tmp_path / "分录.csv")
    here.settle(qtbot)

    assert (tmp_path / "凭证.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "分录.csv").read_text("utf-8-sig").startswith("凭证号")
    assert "行分录已导出" in page.notices.notices[-1].title
    assert shown(page) == []
