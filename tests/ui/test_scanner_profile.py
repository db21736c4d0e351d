"""The profile of the scanner that types is a setting; while learning every code is taken."""

from pathlib import Path

import pytest

from erpdesk.settings import Settings, read_settings
from tests.ui.wedge_desk import ENTER, Desk
from ui.work.key_run import DeviceProfile, RawKey
from ui.work.preferences import Preferences
from ui.work.scanner_profile import LEARNING, ScannerProfile, profile_of

pytestmark = pytest.mark.usefixtures("app")


def test_that_what_was_learnt_holds_at_once_and_after_the_next_start(tmp_path: Path) -> None:
    learnt = DeviceProfile(60, "", frozenset({"tab"}), 5, "computer:fr")
    scanner = ScannerProfile(Preferences(Settings(), tmp_path / "settings.toml"))

    scanner.keep(learnt)

    assert scanner.profile == learnt
    assert profile_of(read_settings(tmp_path / "settings.toml")) == learnt


def test_that_a_scanner_without_an_ending_is_known_by_its_pause() -> None:
    scanner = ScannerProfile()

    scanner.keep(DeviceProfile(suffixes=frozenset({"none"})))

    assert scanner.profile.suffixes == {"none"}


def test_that_while_learning_a_slow_code_is_taken_and_every_key_is_told(desk: Desk) -> None:
    keys: list[RawKey] = []
    scanner = ScannerProfile(wedge=desk.wedge)
    scanner.key_seen.connect(keys.append)

    scanner.learn(is_learning=True)
    desk.now_ms += 1000
    desk.type("ED4" + "5" + ENTER, gap_ms=LEARNING.gap_ms)
    scanner.learn(is_learning=False)
    desk.now_ms += 1000
    desk.type("ED45" + ENTER, gap_ms=LEARNING.gap_ms)

    assert desk.codes == [b"ED45"]
    assert "".join(key.text for key in keys).lower() == ("ed45" + ENTER) * 2
    assert keys[1].at_ms - keys[0].at_ms == LEARNING.gap_ms


def test_that_a_scan_is_converted_from_a_foreign_layout(desk: Desk) -> None:
    scanner = ScannerProfile(Preferences(Settings(scanner_layout="caps")), desk.wedge)

    desk.scan("kh98" + ENTER)

    assert desk.codes == [b"kh98".swapcase()]
    assert scanner.profile.layout == "caps"


def test_that_another_serial_port_is_a_setting_of_its_own() -> None:
    scanner = ScannerProfile()
    changed: list[str] = []
    scanner.preferences.changed.connect(changed.append)

    scanner.keep_line("/dev/ttyACM0", 115200)

    assert changed == ["scanner_port", "scanner_speed_baud"]
    assert scanner.preferences.settings.scanner_port == "/dev/ttyACM0"
