"""A scanner on a serial line: read in a thread, found again when unplugged, closed anywhere."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

import serial
from serial.tools import list_ports

from erpdesk.devices.frames import DEFAULT_ENDS, Frame, Framer

_READ_S: Final = 0.1
_RETRY_S: Final = 0.5


class Light(Enum):
    """How the scanner stands."""

    READY = "ready"
    LOST = "lost"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Port:
    """Where a scanner is: by what it is (vendor, product, serial number), else by its path.

    The path changes from plug to plug, so it is only used when nothing else is known.
    """

    path: str = ""
    vendor_id: int | None = None
    product_id: int | None = None
    serial_number: str | None = None
    baud: int = 9600

    def find(self) -> str | None:
        """Return the path under which the scanner is now; None while it is unplugged."""
        if self.vendor_id is None:
            return self.path or None
        for one in list_ports.comports():
            if self._is(one.vid, one.pid, one.serial_number):
                return one.device
        return None

    def _is(self, vid: int | None, pid: int | None, number: str | None) -> bool:
        if (vid, pid) != (self.vendor_id, self.product_id):
            return False
        return self.serial_number in (None, number)


@dataclass(frozen=True, slots=True)
class Found:
    """A serial port that is plugged in, for a list to choose from."""

    port: Port
    name: str


def plugged_in() -> tuple[Found, ...]:
    """Return the serial ports of this computer as the system names them."""
    return tuple(
        Found(Port(one.device, one.vid, one.pid, one.serial_number), one.description or one.device)
        for one in list_ports.comports()
    )


def _ignore(_: bytes) -> None:
    """Leave a part of a code alone."""


class SerialScanner:
    """Reads one serial port until it is closed; codes, parts and lights come from its own thread.

    ``on_code`` gets the bytes of each whole code in order. ``on_part`` gets what was cut off by a
    pulled cable, or was longer than is kept: never a code. ``ends`` empty means that the device
    sends no terminator, so that a pause ends a code.
    """

    def __init__(
        self,
        port: Port,
        *,
        on_code: Callable[[bytes], None],
        on_light: Callable[[Light], None],
        on_part: Callable[[bytes], None] = _ignore,
        ends: bytes = DEFAULT_ENDS,
        retry_s: float = _RETRY_S,
    ) -> None:
        self._port = port
        self._on_code = on_code
        self._on_light = on_light
        self._on_part = on_part
        self._ends = ends
        self._retry_s = retry_s
        self._closing = threading.Event()
        self._light = Light.CLOSED
        self._thread = threading.Thread(target=self._run, name="serial-scanner", daemon=True)

    def start(self) -> None:
        """Begin to read; the light says when the scanner is there."""
        self._thread.start()

    def close(self) -> None:
        """Stop reading and wait until the port is free; may be called from any thread, twice."""
        self._closing.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            self._read_until_lost()
            self._closing.wait(self._retry_s)
        self._show(Light.CLOSED)

    def _read_until_lost(self) -> None:
        framer = Framer(self._ends)
        try:
            path = self._port.find()
            if path is None:
                self._show(Light.LOST)
                return
            with serial.Serial(path, baudrate=self._port.baud, timeout=_READ_S) as line:
                self._show(Light.READY)
                self._read(line, framer)
        except (serial.SerialException, OSError):
            self._show(Light.LOST)
        finally:
            self._tell(framer.cut())

    def _read(self, line: serial.Serial, framer: Framer) -> None:
        while not self._closing.is_set():
            chunk = line.read(max(1, line.in_waiting))
            for frame in framer.feed(chunk):
                self._tell(frame)
            if not chunk and not self._ends:
                self._tell(framer.pause())

    def _tell(self, frame: Frame | None) -> None:
        if frame is None:
            return
        if frame.is_whole:
            self._on_code(frame.data)
        else:
            self._on_part(frame.data)

    def _show(self, light: Light) -> None:
        if light is not self._light:
            self._light = light
            self._on_light(light)
