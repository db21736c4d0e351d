"""The ballast of a company's file: real bytes beside it, given up when the disk is full."""

import logging
import shutil
from pathlib import Path

from erpdesk.domain.disk import MEGABYTE

_log = logging.getLogger(__name__)


def ballast_of(place: str) -> Path:
    """Return where the ballast of a company's file lies, hidden beside it."""
    path = Path(place)
    return path.with_name(f".{path.name}.ballast")


def give_up(place: str) -> bool:
    """Take the ballast away; say whether there was one."""
    try:
        ballast_of(place).unlink()
    except OSError:
        return False
    _log.warning("the disk is full: the ballast was given up")
    return True


def make_way(place: str) -> None:
    """Give the ballast up where there is no room to open the books, which writes a little."""
    try:
        free = shutil.disk_usage(Path(place).parent).free
    except OSError:
        return
    if free < MEGABYTE:
        give_up(place)
