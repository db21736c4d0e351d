"""A program of a made-up second revision, for which today's books are older ones."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from erpdesk.storage import migrations, versions
from tests.storage.second_revision import SERVER_SECOND, made_up


def newer(folder: Path, patch: pytest.MonkeyPatch, *, on_server: bool = False) -> None:
    """Let this program know a second revision, and write it."""
    made = made_up(folder)
    if on_server:
        (made / "versions" / "second.py").write_text(SERVER_SECOND, "utf-8")
    patch.setattr(migrations, "REVISIONS", made)
    patch.setattr(versions, "KNOWN", ("0001", "0002"))
    patch.setattr(versions, "VERSION", "0002")


def dying_at(step: str) -> Callable[[str], None]:
    """Return what kills the program when it begins a step."""

    def say(begun: str) -> None:
        if begun == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return say
