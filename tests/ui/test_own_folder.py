"""What other programs read of ours: gone when the program is, or after the next one's start."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ui.own_folder import forget_left, own_folder

WRITES = """
import sys
from pathlib import Path
from ui.own_folder import own_folder
folder = own_folder()
Path(folder.path(), "statement.pdf").write_text("K1", "utf-8")
print(folder.path(), flush=True)
sys.stdin.readline()
"""


def program(temp: Path) -> tuple["subprocess.Popen[str]", Path]:
    """Start a program that keeps a paper; return it, and where the paper lies."""
    environment = os.environ | {"TMPDIR": str(temp)}
    started = subprocess.Popen(
        [sys.executable, "-c", WRITES], env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert started.stdout is not None
    return started, Path(started.stdout.readline().strip(), "statement.pdf")


def test_that_a_killed_program_s_papers_go_at_the_next_start_and_a_running_one_s_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    killed, left = program(tmp_path)
    running, kept = program(tmp_path)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    was_there = left.exists()

    forgotten = forget_left()

    still = kept.exists()
    running.communicate("\n")
    assert (was_there, forgotten, left.exists(), still) == (True, 1, False, True)
    assert list(tmp_path.iterdir()) == []


def test_that_only_who_works_here_may_look_into_the_folder() -> None:
    folder = own_folder()

    assert Path(folder.path()).stat().st_mode & 0o077 == 0
    assert Path(folder.path()).parent.stat().st_mode & 0o077 == 0
