"""Every page has its help in both languages, and the sheets beside the page show it."""

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from erpdesk import VERSION
from erpdesk.words import Sentence
from erpdesk.words.help_books import HELP
from erpdesk.words.help_texts import HelpText
from ui.main_window.about_sheet import AboutSheet, diagnostics
from ui.main_window.help_sheet import HelpSheet
from ui.main_window.registry import PAGES
from ui.work.wording import Wording

pytestmark = pytest.mark.usefixtures("app")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def sentences(text: HelpText) -> list[Sentence]:
    return [*text.purpose, *(part for pair in text.words for part in pair)]


@pytest.mark.parametrize("name", [one.name for one in PAGES])
def test_that_every_page_has_its_help_in_both_languages(name: str) -> None:
    text = HELP[name]

    assert text.purpose
    assert len(text.words) >= 3
    for one in sentences(text):
        assert CHINESE.search(one.zh), one
        assert one.en.strip(), one
        assert not CHINESE.search(one.en), one


def test_that_the_help_says_purpose_words_and_keys(qtbot: QtBot) -> None:
    sheet, owner = HelpSheet(Wording("zh")), QWidget()
    qtbot.addWidget(sheet)
    qtbot.addWidget(owner)
    action = QAction("全查", owner)
    action.setShortcut("F5")

    sheet.show_help(Sentence("账套校验", "Books check"), HELP["books_check"], [action])

    said = "\n".join(label.text() for label in sheet.findChildren(QLabel))
    for part in ("帮助：账套校验", "随时证明账套没有错", "试还原", "全查", "F5"):
        assert part in said


def test_that_a_key_is_named_as_the_buttons_name_it_and_once(qtbot: QtBot) -> None:
    sheet, owner = HelpSheet(Wording("zh")), QWidget()
    qtbot.addWidget(sheet)
    qtbot.addWidget(owner)
    actions = [QAction("提交", owner), QAction("提交", owner)]
    for one in actions:
        one.setShortcut("Ctrl+Return")

    sheet.show_help(Sentence("账套校验", "Books check"), HELP["books_check"], actions)

    said = [label.text() for label in sheet.findChildren(QLabel)]
    assert (said.count("提交"), said.count("Ctrl+Enter")) == (1, 1)


def test_that_about_says_licences_fonts_and_folders(qtbot: QtBot) -> None:
    sheet = AboutSheet(Wording("en"), dict)
    qtbot.addWidget(sheet)

    sheet.show_about()

    said = "\n".join(label.text() for label in sheet.findChildren(QLabel))
    for part in (f"Version {VERSION}", "LGPL", "Noto Sans SC", "erpdesk"):
        assert part in said


def test_that_diagnostics_are_copied_without_names_or_folders(qtbot: QtBot) -> None:
    sheet = AboutSheet(Wording("zh"), lambda: {"books": "sqlite", "checks failing": "V7"})
    qtbot.addWidget(sheet)
    sheet.show_about()

    sheet.copy.click()

    copied = QGuiApplication.clipboard().text()
    assert "checks failing: V7" in copied
    assert "python: 3" in copied
    assert str(Path.home()) not in copied
    assert "没有姓名" in sheet.copied.text()
    assert diagnostics({}).count("\n") >= 8


def test_that_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))

    assert project["project"]["version"] == VERSION
