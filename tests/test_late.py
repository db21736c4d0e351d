"""Modules that wait until something of them is asked for."""

import sys
import threading
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from erpdesk.late import waits, when_asked

SLOW = """
import sys
sys.modules["gates of it"].begun.set()
sys.modules["gates of it"].go_on.wait()
late = 1
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "waiting"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "slow.py").write_text(SLOW, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("waiting", "waiting.slow"):
        monkeypatch.setitem(sys.modules, name, None)  # taken away again
        del sys.modules[name]
    gates = ModuleType("gates of it")
    gates.begun, gates.go_on = threading.Event(), threading.Event()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gates of it", gates)
    return folder.name


def test_that_whoever_asks_while_a_module_is_made_waits_for_it(package: str) -> None:
    gates = sys.modules["gates of it"]
    with when_asked(package):
        slow = import_module(f"{package}.slow")
    waited, seen = waits(slow), list[int]()
    first, second = (threading.Thread(target=lambda: seen.append(slow.late)) for _ in "12")

    first.start()
    gates.begun.wait()
    second.start()
    second.join(0.02)
    gates.go_on.set()
    first.join()
    second.join()

    assert waited
    assert seen == [1, 1]
    assert not waits(slow)


def test_that_a_module_that_waited_says_what_it_does_not_have(package: str) -> None:
    sys.modules["gates of it"].go_on.set()
    with when_asked(package):
        slow = import_module(f"{package}.slow")

    with pytest.raises(AttributeError, match="nothing"):
        _ = slow.nothing


def test_that_imports_after_the_block_do_not_wait(package: str) -> None:
    sys.modules["gates of it"].go_on.set()
    with when_asked(package):
        pass

    assert not waits(import_module(f"{package}.slow"))
