"""What comes after the sign-in is loaded on the window's thread, a portion at a time."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from ui.work.loading import Loading


def test_that_one_module_is_loaded_at_a_time_on_the_window_s_thread(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[tuple[str, int]] = []
    monkeypatch.setattr(
        "ui.work.loading.import_module",
        lambda name: loaded.append((name, threading.get_ident())),
    )
    loading = Loading(("first", "second"))

    loading.begin()
    assert loaded == []
    qtbot.waitUntil(lambda: len(loaded) == 2)
    loading.begin()

    here = threading.get_ident()
    assert loaded == [("first", here), ("second", here)]
