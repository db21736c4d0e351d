"""The scanner doctor: what came, what is printed, the cause, the profile; nothing stored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.codes.scanner_check import TEST_CODES, Finding, Remedy
from erpdesk.domain.codes.scanner_session import ENDING, INPUT_METHOD, LAYOUT
from erpdesk.domain.stocktake.counting import Source
from tests.ui.clipping import clipped
from tests.ui.rooms import Heard, texts
from ui.pages.scanner_doctor.page import DoctorParts, ScannerDoctor
from ui.work.key_run import RawKey
from ui.work.runner import Runner
from ui.work.scanner_profile import ScannerProfile, SerialPort
from ui.work.sounds import Sounds
from ui.work.wording import Wording

pytestmark = pytest.mark.usefixtures("app")
WA = Qt.WidgetAttribute.WA_InputMethodEnabled
GERMAN = "ED%T3/aY09?&]><)q\\"
PORTS = (
    SerialPort("/dev/ttyACM0", "DS22", may_open=True),
    SerialPort("/dev/ttyACM1", "other", may_open=False),
)


@dataclass
class Bench:
    """The page, a scanner in front of it, and what was heard."""

    page: ScannerDoctor
    scanner: ScannerProfile
    heard: Heard
    wording: Wording
    now_ms: int = 1000
    ports: tuple[SerialPort, ...] = ()
    learning: list[bool] = field(default_factory=list)

    def type(self, text: str, *, gap_ms: int = 11) -> None:
        for sign in text:
            self.now_ms += gap_ms
            self.scanner.key_seen.emit(RawKey(sign, self.now_ms, 0x1E))

    def scan(self, text: str, *, end: str = "\r", gap_ms: int = 11) -> None:
        self.now_ms += 3000
        self.type(text + end, gap_ms=gap_ms)
        self.page.scan(text.encode(), Source.WEDGE)

    @property
    def finding(self) -> Finding | None:
        last = self.page.session.last
        return last.finding if last else None


@pytest.fixture
def bench(qtbot: QtBot, runner: Runner, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    heard, wording, learning = Heard(), Wording("zh"), list[bool]()
    monkeypatch.setattr(
        ScannerProfile, "learn", lambda _, *, is_learning: learning.append(is_learning)
    )
    scanner = ScannerProfile(ports=lambda: PORTS)
    sounds = Sounds(heard.play)
    page = ScannerDoctor(DoctorParts(scanner, lambda _: b"%PDF-1", sounds), runner, wording)
    qtbot.addWidget(page)
    page.resize(1202, 694)
    page.show()
    page.entered()
    yield Bench(page, scanner, heard, wording, learning=learning)
    sounds.close()


def test_that_the_page_learns_only_while_it_is_shown(bench: Bench) -> None:
    bench.page.hide()
    bench.page.show()

    assert bench.learning == [True, False, True]


def test_that_a_scanner_goes_through_all_steps_by_itself(bench: Bench) -> None:
    for code in TEST_CODES:
        bench.scan(code)

    assert bench.page.session.is_done
    assert "七步都通过了" in texts(bench.page.finding)
    assert bench.heard.names[:7] == ["ok"] * 7


def test_that_what_differs_is_shown_character_by_character_with_its_cause(bench: Bench) -> None:
    bench.page.device.steps.buttons[LAYOUT].click()
    bench.scan(GERMAN)

    said = texts(bench.page.finding)
    assert "QWERTZ (de)" in said
    assert "10 / 18 字符不同" in said
    assert [one.text() for one in bench.page.finding.buttons] == [
        "让枪改设置（扫设置码）", "由程序换算", "改用串口",
    ]  # fmt: skip
    assert [row.sign for row in bench.page.raw.model.rows if row.is_wrong] == list("/Y?&]><)q\\")


def test_that_setting_the_scanner_is_explained_and_changes_nothing_here(bench: Bench) -> None:
    bench.page.device.steps.buttons[LAYOUT].click()
    bench.scan(GERMAN)
    before = bench.page.session

    bench.page.finding.take(0)

    assert "说明书" in texts(bench.page.finding)
    assert bench.page.session == before


def test_that_converting_is_kept_in_the_profile(bench: Bench) -> None:
    bench.page.device.steps.buttons[LAYOUT].click()
    bench.scan(GERMAN)
    bench.page.finding.take(1)

    bench.page.raw.keep.click()

    profile = bench.scanner.profile
    assert (profile.layout, profile.gap_ms) == ("scanner:de", 30)
    assert profile.suffixes == {"enter"}


def test_that_leaving_keeps_the_old_profile(bench: Bench) -> None:
    before = bench.scanner.profile
    bench.scan(TEST_CODES[1], gap_ms=30)

    bench.page.hide()

    assert bench.scanner.profile == before


def test_that_without_a_key_nothing_can_be_kept_and_the_button_says_why(bench: Bench) -> None:
    bench.page.scan(TEST_CODES[0].encode(), Source.SERIAL)

    assert not bench.page.raw.keep.isEnabled()
    assert "没有键盘口" in bench.page.raw.keep.why_not
    assert "串口" in texts(bench.page.device)


def test_that_two_scanners_at_once_are_asked_to_be_one(bench: Bench) -> None:
    bench.scan(TEST_CODES[0])
    bench.page.scan(TEST_CODES[1].encode(), Source.SERIAL)

    assert "拔下一把" in bench.page.notices.notices[-1].title


def test_that_keys_as_slow_as_fingers_are_a_finding(bench: Bench) -> None:
    bench.now_ms += 3000
    bench.type(TEST_CODES[0], gap_ms=150)

    assert bench.finding is Finding.SLOW
    assert bench.heard.names == ["unexpected"]


def test_that_a_missing_ending_may_be_left_so(bench: Bench) -> None:
    bench.page.device.steps.buttons[ENDING].click()
    bench.scan(TEST_CODES[ENDING], end="")
    assert bench.finding is Finding.NO_ENDING

    bench.page.finding.chosen.emit(Remedy.GO_ON)

    assert bench.page.session.step == ENDING + 1


def test_that_an_input_method_may_take_the_keys_only_where_that_is_tested(bench: Bench) -> None:
    assert not bench.page.code.testAttribute(WA)
    bench.page.device.steps.buttons[INPUT_METHOD].click()
    assert bench.page.code.testAttribute(WA)

    event = QInputMethodEvent()
    event.setCommitString("你好")
    QApplication.sendEvent(bench.page.code, event)

    assert bench.finding is Finding.COMPOSED


def test_that_when_nothing_arrives_the_causes_stand_in_their_order(bench: Bench) -> None:
    bench.page.silent.click()

    said = [fact.text for fact in bench.page.finding.checks.facts]
    assert said == ["窗口在最前面", "输入法", "枪和线", "串口权限"]
    assert "/dev/ttyACM1" in bench.page.finding.checks.facts[3].value
    bench.scan(TEST_CODES[0])
    assert "通过" in texts(bench.page.finding)
    assert not bench.page._silence.isActive()


def test_that_another_serial_port_is_chosen_here(bench: Bench) -> None:
    port = bench.page.device.port
    port.setCurrentIndex(port.findData("/dev/ttyACM0"))
    port.activated.emit(port.currentIndex())

    assert bench.scanner.preferences.settings.scanner_port == "/dev/ttyACM0"


def test_that_the_raw_keys_are_copied_as_they_came(bench: Bench) -> None:
    bench.scan("ED%T1-0123456789")

    bench.page.raw.copy_button.click()

    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[1] == "0.011\tD\t11\t0x1E"
    assert lines[-1].split("\t")[1] == "[CR]"


def test_that_another_scanner_begins_anew(bench: Bench) -> None:
    bench.scan(TEST_CODES[0])

    bench.page.other.click()

    assert bench.page.session.step == 0
    assert not bench.page.session.gaps


@pytest.mark.parametrize("has_program", [True, False])
def test_that_the_card_is_handed_to_be_printed(
    bench: Bench,
    runner: Runner,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    has_program: bool,  # noqa: FBT001
) -> None:
    shown: list[bytes] = []

    def show(url: QUrl) -> bool:
        shown.append(Path(url.toLocalFile()).read_bytes())
        return has_program

    monkeypatch.setattr(QDesktopServices, "openUrl", show)
    bench.page.device.card.click()
    qtbot.waitUntil(lambda: runner.is_idle)

    assert shown == [b"%PDF-1"]
    assert bool(bench.page.notices.notices) is not has_program


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("state", ["new", "german", "silent"])
def test_that_nothing_is_cut_and_all_is_said_in_both_languages(
    bench: Bench, language: str, state: str
) -> None:
    bench.wording.use("en" if language == "en" else "zh")
    bench.page.resize(1096, 606)
    if state == "german":
        bench.page.device.steps.buttons[LAYOUT].click()
        bench.scan(GERMAN)
        bench.page.finding.take(0)
    if state == "silent":
        bench.page.silent.click()
    for _ in range(3):
        QApplication.processEvents()

    assert clipped(bench.page) == []
    if language == "en":
        assert not [sign for sign in texts(bench.page) if "一" <= sign <= "鿿"]
