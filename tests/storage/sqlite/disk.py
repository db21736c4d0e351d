"""A disk under the real SQLite that records, fails, or takes the whole process with it.

The program's own SQLite is asked to use a file system that hands every call on to the usual one.
On the way a call is noted (``Recorder``), answered with an error (``Failing``), or the process is
killed in its midst (``Dying``). Locks and shared memory go straight to the usual file system.
"""

import ctypes
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

import pysqlite3._sqlite3 as driver

OK, IOERR, FULL, CANTOPEN = 0, 10, 13, 14
READ_FAILS, WRITE_FAILS, SYNC_FAILS, TRUNCATE_FAILS = (IOERR | n << 8 for n in (1, 3, 4, 6))
CURRENT_TIME, JULIAN_1970_MS = 10, 210_866_760_000_000
NAME = b"a disk of the tests"
ADDRESS, INT, LONG, TEXT = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64, ctypes.c_char_p

_Close = ctypes.CFUNCTYPE(INT, ADDRESS)
_Read = ctypes.CFUNCTYPE(INT, ADDRESS, ADDRESS, INT, LONG)
_Truncate = ctypes.CFUNCTYPE(INT, ADDRESS, LONG)
_Sync = ctypes.CFUNCTYPE(INT, ADDRESS, INT)
_Open = ctypes.CFUNCTYPE(INT, ADDRESS, ADDRESS, ADDRESS, INT, ADDRESS)
_Now = ctypes.CFUNCTYPE(INT, ADDRESS, ctypes.POINTER(LONG))
_Delete = ctypes.CFUNCTYPE(INT, ADDRESS, TEXT, INT)


class _Methods(ctypes.Structure):
    """``sqlite3_io_methods``, as far as version 3."""

    _fields_ = [
        ("version", INT), ("close", ADDRESS), ("read", ADDRESS), ("write", ADDRESS),
        ("truncate", ADDRESS), ("sync", ADDRESS), ("rest", ADDRESS * 13),
    ]  # fmt: skip


class _Vfs(ctypes.Structure):
    """``sqlite3_vfs``, as far as version 3."""

    _fields_ = [
        ("version", INT), ("file_size", INT), ("path_max", INT), ("next", ADDRESS),
        ("name", TEXT), ("own", ADDRESS), ("open", ADDRESS), ("delete", ADDRESS),
        ("rest", ADDRESS * 14),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Op:
    """A call to the disk, or (``mark``) something the program promised just then.

    ``at`` is an offset, or the new size of a truncated file.
    """

    what: str
    path: str
    at: int = 0
    data: bytes = b""


class Disk(Protocol):
    """What a disk says to a call before it is made."""

    def ask(self, op: Op) -> int:
        """Return 0 to let the call be made, or the error that is answered instead."""
        ...


@contextmanager
def under(disk: Disk) -> Iterator[None]:
    """Let every database opened in the block lie on this disk."""
    library: Any = ctypes.CDLL(driver.__file__)
    library.sqlite3_vfs_find.restype = ADDRESS
    library.sqlite3_vfs_find.argtypes = [TEXT]
    usual = library.sqlite3_vfs_find(None)
    layer = _Layer(disk, usual)
    library.sqlite3_vfs_register(ctypes.byref(layer.vfs), 1)
    try:
        yield
    finally:
        library.sqlite3_vfs_unregister(ctypes.byref(layer.vfs))
        library.sqlite3_vfs_register(ADDRESS(usual), 1)
        _LAYERS.append(layer)


_LAYERS: list["_Layer"] = []
"""Kept for good: a connection may be closed long after its block has ended."""


class _Layer:
    """The file system between SQLite and the usual one."""

    def __init__(self, disk: Disk, usual: int) -> None:
        self.disk, self.usual = disk, usual
        self.files: dict[int, tuple[str, _Methods]] = {}
        self.methods: dict[int, tuple[_Methods, _Methods]] = {}
        original = _Vfs.from_address(usual)
        self.original_open = _Open(original.open)
        self.original_delete = _Delete(original.delete)
        self.vfs = _Vfs()
        ctypes.pointer(self.vfs)[0] = original
        self.vfs.name = NAME
        self.kept: list[Any] = []
        self.vfs.open = self._keep(_Open(self._open))
        self.vfs.delete = self._keep(_Delete(self._delete))
        if isinstance(disk, OwnTime):
            self.vfs.rest[CURRENT_TIME] = self._keep(_Now(self._now)).value

    def _keep(self, function: Any) -> Any:
        self.kept.append(function)
        return ctypes.cast(function, ADDRESS)

    def _now(self, _vfs: int, into: Any) -> int:
        assert isinstance(self.disk, OwnTime)
        into[0] = self.disk.now_us() // 1000 + JULIAN_1970_MS
        return OK

    def _open(self, _vfs: int, name: int, file: int, flags: int, out: int) -> int:
        path = ctypes.string_at(name).decode() if name else ""
        refused = self.disk.ask(Op("open", path))
        if refused:
            ADDRESS.from_address(file).value = None
            return refused
        code = int(self.original_open(self.usual, name, file, flags, out))
        found = ADDRESS.from_address(file).value
        if code == OK and found:
            original, ours = self.methods.get(found) or self._methods_for(found)
            self.files[file] = (path, original)
            ADDRESS.from_address(file).value = ctypes.addressof(ours)
        return code

    def _methods_for(self, found: int) -> tuple[_Methods, _Methods]:
        original = _Methods.from_address(found)
        ours = _Methods()
        ctypes.pointer(ours)[0] = original
        ours.close = self._keep(_Close(self._close))
        ours.read = self._keep(_Read(self._read))
        ours.write = self._keep(_Read(self._write))
        ours.truncate = self._keep(_Truncate(self._truncate))
        ours.sync = self._keep(_Sync(self._sync))
        self.methods[found] = (original, ours)
        return original, ours

    def _close(self, file: int) -> int:
        _, original = self.files.pop(file)
        return int(_Close(original.close)(file))

    def _read(self, file: int, into: int, size: int, at: int) -> int:
        path, original = self.files[file]
        return self.disk.ask(Op("read", path, at)) or int(
            _Read(original.read)(file, into, size, at)
        )

    def _write(self, file: int, data: int, size: int, at: int) -> int:
        path, original = self.files[file]
        refused = self.disk.ask(Op("write", path, at, ctypes.string_at(data, size)))
        return refused or int(_Read(original.write)(file, data, size, at))

    def _truncate(self, file: int, size: int) -> int:
        path, original = self.files[file]
        refused = self.disk.ask(Op("truncate", path, size))
        return refused or int(_Truncate(original.truncate)(file, size))

    def _sync(self, file: int, flags: int) -> int:
        path, original = self.files[file]
        return self.disk.ask(Op("sync", path)) or int(_Sync(original.sync)(file, flags))

    def _delete(self, _vfs: int, name: bytes, is_durable: int) -> int:
        refused = self.disk.ask(Op("delete", name.decode(), is_durable))
        return refused or int(self.original_delete(self.usual, name, is_durable))


@dataclass
class OwnTime:
    """A disk on a computer whose clock a test sets; SQLite is asked for no other time."""

    now_us: Callable[[], int]

    def ask(self, op: Op) -> int:  # noqa: ARG002 - every call is made
        return OK


ERRORS = {
    "open": CANTOPEN, "read": READ_FAILS, "write": WRITE_FAILS, "truncate": TRUNCATE_FAILS,
    "sync": SYNC_FAILS, "delete": IOERR,
}  # fmt: skip
CHANGES = ("write", "truncate", "sync", "delete")


@dataclass
class Failing:
    """A disk whose calls fail: the n-th of those that count, and all after it if it stays so.

    ``full`` fails only what needs room, as a full disk does.
    """

    at: int = 0
    stays: bool = False
    full: bool = False
    calls: int = 0
    failed: list[str] = field(default_factory=list)

    def ask(self, op: Op) -> int:
        if self.full and op.what != "write":
            return OK
        self.calls += 1
        if not self.at or self.calls < self.at or (self.calls > self.at and not self.stays):
            return OK
        self.failed.append(op.what)
        return FULL if self.full else ERRORS[op.what]

    def mend(self) -> None:
        """Fail no more."""
        self.at = 0


@dataclass
class Dying:
    """A disk that kills this process at the n-th call that changes something, before it is made."""

    at: int
    calls: int = 0

    def ask(self, op: Op) -> int:
        if op.what in CHANGES:
            self.calls += 1
            if self.calls == self.at:
                os.kill(os.getpid(), signal.SIGKILL)
        return OK


@dataclass
class Recorder:
    """A disk that notes all that changes, in order, for power cuts that are made up afterwards."""

    ops: list[Op] = field(default_factory=list)

    def ask(self, op: Op) -> int:
        if op.what in CHANGES:
            self.ops.append(op)
        return OK

    def mark(self, promise: str) -> None:
        """Note that the program has just acknowledged something."""
        self.ops.append(Op("mark", promise))
