"""The one field: Enter opens what the words of now name, and hands over what fits nothing."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.table_rows import heard_of
from ui.main_window.finder import Finder
from ui.main_window.finder_rows import Hit
from ui.work.wording import Wording

Show = Callable[[Sequence[Hit]], None]


class Asked:
    """A finder whose questions are kept, to be answered when the test says so."""

    def __init__(self, qtbot: QtBot) -> None:
        self.questions: list[tuple[str, Show]] = []
        self.opened: list[str] = []
        self._around = QWidget()
        qtbot.addWidget(self._around)
        self.finder = Finder(Wording("zh"), self._ask, self._around)
        self._around.resize(900, 400)
        self._around.show()
        self.finder.setFocus()
        qtbot.waitUntil(self.finder.hasFocus)

    def _ask(self, words: str, show: Show) -> None:
        self.questions.append((words, show))

    def hit(self, word: str, *, is_exact: bool = False) -> Hit:
        return Hit("arrow-right", word, "", "", lambda: self.opened.append(word), is_exact)

    def answer(self, *hits: Hit) -> None:
        self.questions.pop(0)[1](hits)


@pytest.fixture
def asked(qtbot: QtBot, app: QApplication) -> Asked:
    return Asked(qtbot)


def test_that_enter_before_the_answer_opens_what_is_called_so(asked: Asked, qtbot: QtBot) -> None:
    qtbot.keyClicks(asked.finder, "C1")
    qtbot.keyClick(asked.finder, Qt.Key.Key_Return)
    asked.answer(asked.hit("C10"), asked.hit("C1", is_exact=True))

    assert asked.opened == ["C1"]
    assert asked.finder.text() == ""


def test_that_enter_before_the_answer_shows_several_and_opens_none(
    asked: Asked, qtbot: QtBot
) -> None:
    entered = heard_of(asked.finder.entered)

    qtbot.keyClicks(asked.finder, "C")
    qtbot.keyClick(asked.finder, Qt.Key.Key_Return)
    asked.answer(asked.hit("C10"), asked.hit("C11"))

    assert (asked.opened, entered) == ([], [])
    assert asked.finder.popup.isVisible()


def test_that_words_that_fit_nothing_are_handed_over_once_that_is_known(
    asked: Asked, qtbot: QtBot
) -> None:
    entered = heard_of(asked.finder.entered)

    qtbot.keyClicks(asked.finder, "6901234567892")
    qtbot.keyClick(asked.finder, Qt.Key.Key_Return)
    assert entered == []
    asked.answer()

    assert entered == ["6901234567892"]


def test_that_enter_never_opens_what_answers_older_words(asked: Asked, qtbot: QtBot) -> None:
    qtbot.keyClicks(asked.finder, "set")
    qtbot.waitUntil(lambda: bool(asked.questions))
    asked.answer(asked.hit("settle"))
    qtbot.keyClicks(asked.finder, "tings")
    qtbot.keyClick(asked.finder, Qt.Key.Key_Return)
    assert asked.opened == []
    asked.answer(asked.hit("settings"))

    assert asked.opened == ["settings"]


def test_that_the_keys_of_what_is_found_stand_one_under_the_other_whatever_its_words(
    asked: Asked, qtbot: QtBot
) -> None:
    qtbot.keyClicks(asked.finder, "o")
    asked.finder.look_again()
    qtbot.waitUntil(lambda: bool(asked.questions))
    asked.answer(*(Hit("info", word, "命令", "Ctrl+O", int) for word in ("", "开", "开" * 90)))
    rows = asked.finder.list
    rows.setCurrentRow(0)  # what is chosen has another ground

    rights = [
        rows.viewport().grab(rows.visualItemRect(rows.item(n)).adjusted(500, 2, 0, -2)).toImage()
        for n in (1, 2)
    ]

    ground = rights[0].pixelColor(0, 0)
    written = [image.pixelColor(x, 13) for image in rights for x in range(image.width())]
    assert rights[0] == rights[1]
    assert any(one != ground for one in written)
