"""Where the program keeps things on this computer, and where its own resources lie.

A folder that cannot be made stops nobody: whoever writes there says what was not kept.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import resources

_RESOURCES = Path(resources.__path__[0])
_USUAL: Final = {
    "data": ("XDG_DATA_HOME", ".local/share", "erpdesk"),
    "config": ("XDG_CONFIG_HOME", ".config", "erpdesk"),
    "log": ("XDG_STATE_HOME", ".local/state", "erpdesk/log"),
}
"""Where Linux keeps things (XDG Base Directory Specification); elsewhere a library knows."""


def data_folder() -> Path:
    """Return the folder for what a person's work leaves, made when missing."""
    return _made(_place("data"))


def notes_of(place: str, about: str) -> Path:
    """Return the file in which this computer notes something about the books at a place."""
    return data_folder() / "notes" / f"{about}-{_hashed(place)[:16]}.json"


def drafts_of(owner: str) -> Path:
    """Return the folder of what an owner has half typed on this computer."""
    return data_folder() / "drafts" / _hashed(owner)


def config_folder() -> Path:
    """Return the folder of the settings, made when missing."""
    return _made(_place("config"))


def log_folder() -> Path:
    """Return the folder of the logs, made when missing."""
    return _made(_place("log"))


def resource(name: str) -> Path:
    """Return where a file shipped with the program lies, such as ``fonts/OFL.txt``."""
    return _RESOURCES.joinpath(*name.split("/"))


def _place(kind: str) -> Path:
    variable, usual, name = _USUAL[kind]
    said = os.environ.get(variable, "")
    if sys.platform == "linux" and (not said or said.startswith("/")):
        return Path(said or Path.home() / usual, name)
    return _known_place(kind)


def _known_place(kind: str) -> Path:
    from platformdirs import PlatformDirs  # loads what a start does without

    place: Path = getattr(
        PlatformDirs("erpdesk", appauthor=False, roaming=False), f"user_{kind}_path"
    )
    return place


def _hashed(name: str) -> str:
    import hashlib

    return hashlib.sha256(name.encode()).hexdigest()


def _made(folder: Path) -> Path:
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
