"""Scanners follow the settings of now: profile and serial line change without a new start."""

from collections.abc import Callable
from enum import Enum
from pathlib import Path

import pytest

from erpdesk.settings import Settings, read_settings
from tests.ui.wedge_desk import ENTER, Desk
from ui.work.key_run import DeviceProfile, RawKey
from ui.work.preferences import Preferences
from ui.work.scanner_link import OpenScanner
from ui.work.scanners import LEARNING, Scanners, profile_of

pytestmark = pytest.mark.usefixtures("app")


class Line:
    """A serial line that only notes what is done with it."""

    def __init__(self, done: list[str], name: str) -> None:
        self._done, self._name = done, name

    def start(self) -> None:
        self._done.append(f"open {self._name}")

    def close(self) -> None:
        self._done.append(f"close {self._name}")


def opening(done: list[str]) -> Callable[[str, int], OpenScanner]:
    def open_line(port: str, baud: int) -> OpenScanner:
        def scanner(
            *,
            on_code: Callable[[bytes], None],
            on_part: Callable[[bytes], None],
            on_light: Callable[[Enum], None],
        ) -> Line:
            return Line(done, f"{port} {baud}")

        return scanner

    return open_line


def test_that_another_port_is_read_at_once_and_none_is_read_after_the_end() -> None:
    done: list[str] = []
    scanners = Scanners(Preferences(Settings(scanner_port="A")), None, opening(done))

    scanners.begin()
    scanners.keep_line("B", 9600)
    scanners.keep_line("", 9600)
    scanners.end()
    scanners.keep_line("C", 9600)

    assert done == ["open A 9600", "close A 9600", "open B 9600", "close B 9600"]


def test_that_what_was_learnt_holds_at_once_and_after_the_next_start(tmp_path: Path) -> None:
    learnt = DeviceProfile(60, "", frozenset({"tab"}), 5, "computer:fr")
    scanners = Scanners(Preferences(Settings(), tmp_path / "settings.toml"))

    scanners.keep(learnt)

    assert scanners.profile == learnt
    assert profile_of(read_settings(tmp_path / "settings.toml")) == learnt


def test_that_a_scanner_without_an_ending_is_known_by_its_pause() -> None:
    scanners = Scanners()

    scanners.keep(DeviceProfile(suffixes=frozenset({"none"})))

    assert scanners.profile.suffixes == {"none"}


def test_that_while_learning_a_slow_code_is_taken_and_every_key_is_told(desk: Desk) -> None:
    keys: list[RawKey] = []
    scanners = Scanners(wedge=desk.wedge)
    scanners.key_seen.connect(keys.append)

    scanners.learn(is_learning=True)
    desk.now_ms += 1000
    desk.type("ED4" + "5" + ENTER, gap_ms=LEARNING.gap_ms)
    scanners.learn(is_learning=False)
    desk.now_ms += 1000
    desk.type("ED45" + ENTER, gap_ms=LEARNING.gap_ms)

    assert desk.codes == [b"ED45"]
    assert "".join(key.text for key in keys).lower() == ("ed45" + ENTER) * 2
    assert keys[1].at_ms - keys[0].at_ms == LEARNING.gap_ms


def test_that_a_scan_is_converted_from_a_foreign_layout(desk: Desk) -> None:
    scanners = Scanners(Preferences(Settings(scanner_layout="caps")), desk.wedge)

    desk.scan("kh98" + ENTER)

    assert desk.codes == [b"kh98".swapcase()]
    assert scanners.profile.layout == "caps"
