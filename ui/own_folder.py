"""Folders for files that other programs read: gone with the program, or after the next start.

A program that was killed leaves its folder behind, with papers about customers in it. Each holds
the lock of its program, which tells those left behind from those in use.
"""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QTemporaryDir

_NAME = "erpdesk-run-"
_LOCK = "in-use"


def own_folder() -> QTemporaryDir:
    """Return a new folder, empty and only for this person, that goes when it is let go."""
    return QTemporaryDir(f"{_of_this_run()[0].path()}/XXXXXX")


@cache
def _of_this_run() -> tuple[QTemporaryDir, QLockFile]:
    folder = QTemporaryDir(f"{QDir.tempPath()}/{_NAME}XXXXXX")
    lock = QLockFile(folder.filePath(_LOCK))
    lock.setStaleLockTime(0)  # held for as long as the program runs, be it days
    lock.lock()
    return folder, lock


def forget_left() -> int:
    """Take away what programs that were killed have left; return how many folders that was."""
    return sum(map(_forgotten, Path(QDir.tempPath()).glob(f"{_NAME}*/{_LOCK}")))


def _forgotten(path: Path) -> bool:
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        return False
    lock.unlock()
    return QDir(str(path.parent)).removeRecursively()
