"""The review of differences: its list, sums, filters, languages, and the approval."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget
from pytestqt.qtbot import QtBot

from tests.papers.reading import texts
from tests.ui.clipping import clipped
from tests.ui.differences_scene import (
    WHY,
    Scene,
    choose,
    explained,
    open_scene,
    outcomes,
    page_of,
    press,
)
from tests.ui.settling import open_office, silent_buttons, until_idle
from ui.models.cells import Toned, shown
from ui.pages.differences import list as differences_list
from ui.pages.differences.arranged import Arranged, arranged
from ui.pages.differences.page import DifferencesPage
from ui.work.runner import Runner


@pytest.fixture
def scene(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[Scene]:
    with open_scene(tmp_path_factory, tmp_path) as opened:
        yield opened


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


def test_that_a_page_nobody_sees_takes_no_focus(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page, pages, other = page_of(qtbot, runner, scene), QStackedWidget(), QLineEdit()
    qtbot.addWidget(pages)
    pages.addWidget(other)
    pages.addWidget(page)
    pages.show()
    other.setFocus()

    page.pages.setCurrentIndex(0)
    page.look()
    qtbot.waitUntil(until_idle(runner))
    focused = QApplication.focusWidget()
    page.setParent(None)

    assert focused is other


def test_that_no_answer_is_said_and_is_no_zero(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)

    stated = next(one for one in page.model.columns if one.name == "stated")
    row = page.model.rows[2]
    assert stated.value(row) == Toned("未答复", "text2")
    assert row.figures.difference is None
    assert "1 户未答复" in page.table.totals.accessibleName()


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


def chosen(qtbot: QtBot, runner: Runner, page: DifferencesPage, name: str) -> list[str]:
    """Choose a filter; return whom it lists."""
    page.table.chips.choose(name)
    page.table.filter_chosen.emit(name)
    qtbot.waitUntil(until_idle(runner))
    return [one.name for one in page.model.rows]


def found(qtbot: QtBot, runner: Runner, page: DifferencesPage, words: str) -> list[str]:
    """Search; return whom it lists."""
    page.table.look_for(words)
    qtbot.waitUntil(until_idle(runner))
    return [one.name for one in page.model.rows]


def test_that_rows_are_found_by_chip_and_by_words_and_ordered_by_size(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    page = page_of(qtbot, runner, scene)

    page.table.table.sort_asked.emit("difference", True)  # noqa: FBT003 - a signal's

    assert found(qtbot, runner, page, "") == ["海河五金", "青禾包装", "无税率商行"]
    assert found(qtbot, runner, page, "海河") == ["海河五金"]
    page.table.look_for("")
    assert chosen(qtbot, runner, page, "agreed") == []


def test_that_of_many_the_first_are_listed_and_what_waits_is_reached_all_the_same(
    app: QApplication,
    qtbot: QtBot,
    runner: Runner,
    scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(differences_list, "LISTED_MOST", 1)
    threads = list[int]()

    def noted(*asked: Any) -> Arranged:
        threads.append(threading.get_ident())
        return arranged(*asked)

    monkeypatch.setattr(differences_list, "arranged", noted)
    page = page_of(qtbot, runner, scene)
    before = list(outcomes(page))
    page.table.copy_all()
    qtbot.waitUntil(until_idle(runner))
    copied = QApplication.clipboard().text().splitlines()

    choose(page, "timing", "carry")
    press(qtbot, runner, page.side.settle)

    assert (before, list(outcomes(page))) == (["青禾包装"], ["海河五金"])
    assert page.table.filter_on == "todo"
    assert page.table.rows_in_all == 2
    assert threading.get_ident() not in threads
    assert len(copied) == 1 + 3


def test_that_a_scan_of_nobody_is_shown_and_decided_elsewhere(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene
) -> None:
    campaign = scene.office.desk("chief").campaigns.reopen(scene.look(), WHY, ()).value
    scene.office.scan(campaign, "0815")
    scene.office.desk("chief").campaigns.review(scene.look())
    page = page_of(qtbot, runner, scene)

    chosen(qtbot, runner, page, "unexpected")
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


def test_that_the_report_is_drawn_as_a_pdf(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene, tmp_path: Path
) -> None:
    page = page_of(qtbot, runner, scene)

    page.write_report(tmp_path / "报告.PDF")
    qtbot.waitUntil(until_idle(runner))

    assert "青禾包装" in "".join(texts((tmp_path / "报告.PDF").read_bytes()))


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


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(5, ""), (12, "差 12 分钟"), (185, "差 3 小时"), (3 * 1440, "差 3 天")],
)
def test_that_a_clock_that_was_off_when_it_was_counted_is_said_beside_the_line(
    app: QApplication, qtbot: QtBot, runner: Runner, scene: Scene, minutes: int, said: str
) -> None:
    page = page_of(qtbot, runner, scene)
    line = page.model.rows[0]
    off = [replace(one, device_time=one.received_at - minutes * 60_000_000) for one in line.events]

    page.side.show_line(replace(line, events=tuple(off)), "CNY", is_locked=False)

    assert page.side.clock.isVisible() is bool(said)
    assert said in page.side.clock.text()
