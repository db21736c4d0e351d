"""The light of the books says what fails and since when."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from erpdesk.errors import StorageError
from erpdesk.services.keeping.verifying import Check, Speed, Verified, Verifying
from erpdesk.services.keeping.watching import Watched, Watching, after
from erpdesk.storage.checks import Finding
from erpdesk.words import Language
from erpdesk.words.findings import CHECKS
from tests.fakes import FakeClock
from tests.storage.proof import company_at, opened
from ui.main_window.books_light import show_books
from ui.main_window.lights import Light
from ui.work.books_watch import BooksWatch
from ui.work.runner import Runner
from ui.work.wording import Wording

pytestmark = pytest.mark.usefixtures("app")
AT = 1_795_000_000_000_000


def ran(*codes: str) -> Verified:
    checks = tuple(Check(code, int(code in codes), 5) for code in ("V1", "V2", "V7"))
    return Verified(Speed.RULES, checks, tuple(Finding(c, "gap", "x") for c in codes), ())


def test_that_the_light_says_what_fails_and_since_when(
    qtbot: QtBot, tmp_path: Path, runner: Runner
) -> None:
    light, clock = Light(Wording("zh")), FakeClock()
    qtbot.addWidget(light)
    with opened(company_at(tmp_path / "b")) as database:
        watch = BooksWatch(runner, Watching(Verifying(database, clock), tmp_path / "n"))
        said = [_words(light, watch, clock)]
        for run in (ran(), ran("V7"), ran("V2", "V7")):
            watch.stands = after(watch.stands, run, at=AT, took_us=1)
            said.append(_words(light, watch, clock))
        watch.trouble = StorageError("gone")
        said.append(_words(light, watch, clock))

    assert "今天还没做" in said[0]
    assert "通过" in said[1]
    assert "「V7 编号连续」不成立，自 " in said[2]
    assert "「V7 编号连续」等 2 项不成立" in said[3]
    assert "读不出来" in said[4]
    assert Watched().failing == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_each_proof_that_fails_is_one_sentence_of_the_light(
    language: Language, tmp_path: Path, runner: Runner
) -> None:
    light, clock = Light(Wording(language)), FakeClock()
    with opened(company_at(tmp_path / "b")) as database:
        watch = BooksWatch(runner, Watching(Verifying(database, clock), tmp_path / "n"))
        for code, name in CHECKS.items():
            run = Verified(Speed.RULES, (Check(code, 1, 5),), (Finding(code, "gap", "x"),), ())
            watch.stands = after(Watched(), run, at=AT, took_us=1)

            said = _words(light, watch, clock)

            quoted = (
                f"「{name.zh}」不成立，自 " if language == "zh" else f'"{name.en}" fails, since '
            )
            assert quoted in said


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_that_a_light_that_has_the_focus_leads_by_key(key: Qt.Key, qtbot: QtBot) -> None:
    light, led = Light(Wording("zh")), list[str]()
    qtbot.addWidget(light)
    light.lead(lambda: led.append("there"))

    QTest.keyClick(light, key)

    assert led == ["there"]


def _words(light: Light, watch: BooksWatch, clock: FakeClock) -> str:
    show_books(light, watch, clock)
    return light.words
