import os
import queue
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from erpdesk.devices.serial_scanner import Light, Port, SerialScanner, plugged_in

if sys.platform == "win32":
    pytest.skip("no pseudo terminal here", allow_module_level=True)

import pty
import tty

WAIT_S = 10


@dataclass
class Desk:
    """What arrives from the scanner's thread."""

    codes: "queue.Queue[bytes]" = field(default_factory=queue.Queue)
    parts: "queue.Queue[bytes]" = field(default_factory=queue.Queue)
    lights: "queue.Queue[Light]" = field(default_factory=queue.Queue)

    def scanner(self, port: Port, ends: bytes = b"\r\n") -> SerialScanner:
        return SerialScanner(
            port,
            on_code=self.codes.put,
            on_light=self.lights.put,
            on_part=self.parts.put,
            ends=ends,
            retry_s=0.02,
        )


class Gun:
    """A scanner at the other end of a pseudo terminal."""

    def __init__(self) -> None:
        self.master, slave = pty.openpty()
        tty.setraw(slave)
        self.path = os.ttyname(slave)
        self._slave = slave
        self._is_in = True

    def shoot(self, data: bytes) -> None:
        while data:
            data = data[os.write(self.master, data[:512]) :]

    def pull(self) -> None:
        if self._is_in:
            self._is_in = False
            os.close(self._slave)
            os.close(self.master)


@pytest.fixture
def gun() -> Iterator[Gun]:
    gun = Gun()
    yield gun
    gun.pull()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_that_a_burst_of_a_thousand_codes_arrives_whole_and_in_order(gun: Gun, desk: Desk) -> None:
    scanner = desk.scanner(Port(gun.path))
    scanner.start()
    assert desk.lights.get(timeout=WAIT_S) is Light.READY

    gun.shoot(b"".join(b"EDC%06dX\r\n" % number for number in range(1000)))

    got = [desk.codes.get(timeout=WAIT_S) for _ in range(1000)]
    scanner.close()
    assert got == [b"EDC%06dX" % number for number in range(1000)]
    assert desk.codes.empty()


def test_that_a_code_in_several_writes_is_one(gun: Gun, desk: Desk) -> None:
    scanner = desk.scanner(Port(gun.path))
    scanner.start()
    desk.lights.get(timeout=WAIT_S)

    for piece in (b"ED", b"C0041", b"75D", b"\r", b"\n"):
        gun.shoot(piece)

    assert desk.codes.get(timeout=WAIT_S) == b"EDC004175D"
    scanner.close()


def test_that_a_cable_pulled_within_a_code_leaves_a_part_and_no_code(gun: Gun, desk: Desk) -> None:
    scanner = desk.scanner(Port(gun.path))
    scanner.start()
    desk.lights.get(timeout=WAIT_S)
    gun.shoot(b"WHOLE\rEDC00")
    assert desk.codes.get(timeout=WAIT_S) == b"WHOLE"

    gun.pull()

    assert desk.lights.get(timeout=WAIT_S) is Light.LOST
    assert desk.parts.get(timeout=WAIT_S) == b"EDC00"
    scanner.close()
    assert desk.codes.empty()
    assert desk.lights.get(timeout=WAIT_S) is Light.CLOSED


def test_that_a_scanner_is_found_again_under_another_path(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[ListPortInfo] = []
    monkeypatch.setattr(list_ports, "comports", lambda: list(there))
    first, second = Gun(), Gun()
    there[:] = [plugged("/dev/null", 1, 1, "other"), plugged(first.path, 9, 8, "S1")]
    scanner = desk.scanner(Port("/dev/gone", 9, 8, "S1"))
    scanner.start()
    assert desk.lights.get(timeout=WAIT_S) is Light.READY

    there.clear()
    first.pull()
    assert desk.lights.get(timeout=WAIT_S) is Light.LOST
    there.append(plugged(second.path, 9, 8, "S1"))

    assert desk.lights.get(timeout=WAIT_S) is Light.READY
    second.shoot(b"AGAIN\r")
    assert desk.codes.get(timeout=WAIT_S) == b"AGAIN"
    scanner.close()
    second.pull()


@pytest.mark.slow
def test_that_a_scanner_pulled_out_and_put_back_fifty_times_goes_on_each_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[ListPortInfo] = []
    monkeypatch.setattr(list_ports, "comports", lambda: list(there))
    scanner = desk.scanner(Port("/dev/gone", 9, 8, "S1"))
    scanner.start()
    assert desk.lights.get(timeout=WAIT_S) is Light.LOST
    codes, longest_s = list[bytes](), 0.0

    for n in range(50):
        gun, begun = Gun(), time.monotonic()
        there[:] = [plugged(gun.path, 9, 8, "S1")]
        assert desk.lights.get(timeout=WAIT_S) is Light.READY
        longest_s = max(longest_s, time.monotonic() - begun)
        gun.shoot(b"AGAIN-%d\r" % n)
        codes.append(desk.codes.get(timeout=WAIT_S))
        there.clear()
        gun.pull()
        assert desk.lights.get(timeout=WAIT_S) is Light.LOST
    scanner.close()

    assert codes == [b"AGAIN-%d" % n for n in range(50)]
    assert longest_s < 2
    assert desk.codes.empty()


def test_that_a_device_without_terminator_ends_a_code_by_a_pause(gun: Gun, desk: Desk) -> None:
    scanner = desk.scanner(Port(gun.path), ends=b"")
    scanner.start()
    desk.lights.get(timeout=WAIT_S)

    gun.shoot(b"EDC004175D")

    assert desk.codes.get(timeout=WAIT_S) == b"EDC004175D"
    scanner.close()


def test_that_it_may_be_closed_from_its_own_thread_and_twice(gun: Gun, desk: Desk) -> None:
    closed = threading.Event()

    def close(_: bytes) -> None:
        scanner.close()
        closed.set()

    scanner = SerialScanner(Port(gun.path), on_code=close, on_light=desk.lights.put)
    scanner.start()
    desk.lights.get(timeout=WAIT_S)
    gun.shoot(b"X\r")

    assert closed.wait(WAIT_S)
    scanner.close()
    scanner.close()
    assert desk.lights.get(timeout=WAIT_S) is Light.CLOSED


def test_that_one_that_never_began_may_be_closed(desk: Desk) -> None:
    desk.scanner(Port("/dev/nothing")).close()

    assert desk.lights.empty()


def test_that_a_part_is_left_alone_when_nobody_asks_for_it(gun: Gun, desk: Desk) -> None:
    scanner = SerialScanner(Port(gun.path), on_code=desk.codes.put, on_light=desk.lights.put)
    scanner.start()
    desk.lights.get(timeout=WAIT_S)
    gun.shoot(b"A\rEDC00")
    desk.codes.get(timeout=WAIT_S)

    scanner.close()

    assert desk.codes.empty()


@pytest.mark.parametrize("port", [Port("/dev/no-such-scanner"), Port(vendor_id=9, product_id=8)])
def test_that_a_missing_scanner_is_shown_as_lost_once(
    port: Port, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: queue.Queue[str] = queue.Queue()

    def find(port: Port) -> str | None:
        looked.put(port.path)
        return port.path or None

    monkeypatch.setattr(Port, "find", find)
    scanner = desk.scanner(port)
    scanner.start()

    for _ in range(3):
        looked.get(timeout=WAIT_S)

    scanner.close()
    assert [desk.lights.get(timeout=WAIT_S) for _ in range(2)] == [Light.LOST, Light.CLOSED]
    assert desk.lights.empty()


def test_that_a_port_is_found_by_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [plugged("/dev/a", 9, 8, "S1"), plugged("/dev/b", 9, 8, "S2")]
    monkeypatch.setattr(list_ports, "comports", lambda: there)

    assert Port(vendor_id=9, product_id=8, serial_number="S2").find() == "/dev/b"
    assert Port(vendor_id=9, product_id=8).find() == "/dev/a"
    assert Port(vendor_id=9, product_id=7).find() is None
    assert Port("/dev/c").find() == "/dev/c"
    assert Port().find() is None
    assert [(found.port.path, found.name) for found in plugged_in()] == [
        ("/dev/a", "Gun S1"),
        ("/dev/b", "Gun S2"),
    ]


def plugged(path: str, vendor_id: int, product_id: int, number: str) -> ListPortInfo:
    info = ListPortInfo(path)
    info.vid, info.pid, info.serial_number = vendor_id, product_id, number
    info.description = f"Gun {number}"
    return info
