"""What holds for every test: folders of its own, no network, no silent warnings."""

import gc
import logging
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import hypothesis
import keyring
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.fakes import FakeClock, MemoryKeyring
from tests.postgres_server import DURABLE, Server, ServerMissingError, running_server
from ui.look import dress

hypothesis.settings.register_profile("house", deadline=None, max_examples=50)
hypothesis.settings.load_profile("house")

OWN_FOLDER = pytest.StashKey[str]()
FULL_SELDOM: Final = 20
"""A full collection comes when it is due so many times: it takes as long as a short test."""
GUI_FIXTURES = {"qtbot", "qapp", "qtmodeltester"}


IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own comes below it
ENOUGH_BYTES = 4 * 2**30
OWN = "erpdesk-tests-"


def pytest_configure(config: pytest.Config) -> None:
    if "TMPDIR" not in os.environ and has_room(IN_MEMORY):
        forget_ended_runs(IN_MEMORY)
        name = f"{OWN}{os.getpid()}-"
        config.stash[OWN_FOLDER] = tempfile.mkdtemp(prefix=name, dir=IN_MEMORY)
        os.environ["TMPDIR"] = config.stash[OWN_FOLDER]  # that a disk syncs is no test's subject
        tempfile.tempdir = None
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started is ended


def has_room(folder: Path) -> bool:
    """Say whether all that a run writes fits there."""
    return folder.is_dir() and shutil.disk_usage(folder).free >= ENOUGH_BYTES


def forget_ended_runs(folder: Path) -> None:
    """Take away what a failed run left to be looked at: the next run is there."""
    for left in folder.glob(f"{OWN}*-*"):
        process = left.name.removeprefix(OWN).partition("-")[0]
        if not Path("/proc", process).exists():
            shutil.rmtree(left, ignore_errors=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Give the memory back; after a failure it stays to be looked at."""
    own = session.config.stash.get(OWN_FOLDER, None)
    if own is not None and exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        shutil.rmtree(own)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage while thousands of tests are found, nor among them later: they stay."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & GUI_FIXTURES:
            item.add_marker(pytest.mark.gui)
        if fixtures & {"postgres_server", "other_postgres_server", "durable_server"}:
            item.add_marker(pytest.mark.postgres)
    items.sort(key=is_short)


def is_short(item: pytest.Item) -> bool:
    """Say whether a test has no long time of its own: those come last, so that nobody waits."""
    return item.get_closest_marker("timeout") is None


@pytest.fixture(autouse=True)
def garbage_stays_on_the_thread_of_its_window(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect after a test, never in it: another thread would destroy widgets (ui/work/tidying.py).

    That holds for every test: what a window left may be found by whichever comes later.
    """
    gc.disable()
    yield
    young, middle, full = zip(gc.get_count(), gc.get_threshold(), strict=True)
    if full[0] > full[1] * FULL_SELDOM:
        gc.collect()
    elif middle[0] > middle[1] or GUI_FIXTURES.intersection(request.fixturenames):
        gc.collect(1)
    elif young[0] > young[1]:
        gc.collect(0)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, data and logs of a test go where the test goes."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name))


@pytest.fixture(autouse=True)
def memory_keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """The system's keyring, as far as a test can see."""
    ring = MemoryKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    return ring


class NetworkUsedError(AssertionError):
    """A test wanted to leave this computer."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets reach this computer alone."""

    def guarded(real: Callable[..., Any]) -> Callable[..., Any]:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
                raise NetworkUsedError(address)
            return real(self, address)

        return connect

    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))


def _is_here(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


@pytest.fixture
def expect_log() -> list[str]:
    """Ask for log lines at WARNING or above: the test says which parts of them must come.

    Each text appended must be part of one such line, and no other line may come.
    """
    return []


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log fails the test that did not expect it."""
    expected = request.getfixturevalue("expect_log") if _asks(request) else []
    yield
    records = caplog.get_records("setup") + caplog.get_records("call")
    lines = [r.getMessage() for r in records if r.levelno >= logging.WARNING]
    surprising = [line for line in lines if not any(part in line for part in expected)]
    missing = [part for part in expected if not any(part in line for line in lines)]
    if surprising or missing:
        pytest.fail(f"log: not expected {surprising}, expected but missing {missing}")


def _asks(request: pytest.FixtureRequest) -> bool:
    return "expect_log" in request.fixturenames


@pytest.fixture
def clock() -> FakeClock:
    """A clock that can be held and moved on."""
    return FakeClock()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server of this run; without PostgreSQL the tests that need it do not run.

    In CI that is a failure.
    """
    yield from _served()


@pytest.fixture(scope="session")
def other_postgres_server() -> Iterator[Server]:
    """A second one: logins belong to a whole server, and both have a bob."""
    yield from _served()


@pytest.fixture(scope="module")
def durable_server() -> Iterator[Server]:
    """One of a module's own that keeps its promises when it is killed."""
    yield from _served(DURABLE)


def _served(settings: str = "") -> Iterator[Server]:
    try:
        with running_server(settings) as server:
            yield server
    except ServerMissingError as error:
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL is needed in CI: {error}")
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {error}")


class Patient(QtBot):
    """Waits long enough for a computer that is busy with other things, and dresses parts."""

    @override
    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 25_000) -> None:
        super().waitUntil(callback, timeout=timeout)

    @override
    def addWidget(
        self, widget: QWidget, *, before_close_func: Callable[[QWidget], None] | None = None
    ) -> None:
        """Have a part closed after the test, and dressed as a window of the program is."""
        dress(widget)
        super().addWidget(widget, before_close_func=before_close_func)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> Patient:
    """A hand at the window that waits patiently."""
    del qapp
    return Patient(request)
