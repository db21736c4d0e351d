"""System packages: which ones are missing, and how they get here on Debian and Ubuntu."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""What Qt needs even without a screen: the library's file and its package."""

X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt needs besides for a window under X11."""

POSTGRESQL = "postgresql"


@dataclass(frozen=True)
class Apt:
    """Debian's and Ubuntu's way to system packages."""

    program: str = "apt-get"
    release: Path = Path("/etc/os-release")

    def is_here(self) -> bool:
        """Say whether this computer gets its packages this way."""
        try:
            words = self.release.read_text("utf-8").lower()
        except OSError:
            return False
        return ("debian" in words or "ubuntu" in words) and shutil.which(self.program) is not None

    def may_install(self) -> bool:
        """Say whether packages can be installed without asking anybody."""
        return sys.platform == "linux" and os.geteuid() == 0 and self.is_here()

    def line(self, packages: Iterable[str]) -> str:
        """Return the line a person types."""
        return "sudo apt-get install " + " ".join(packages)

    def install(self, packages: list[str]) -> bool:
        """Install packages quietly, and say whether they are here now."""
        self._run("update", "-qq")
        done = self._run("install", "-y", "-qq", "--no-install-recommends", *packages)
        if done.returncode:
            print((done.stdout + done.stderr).strip()[-1500:])
        return done.returncode == 0

    def _run(self, *asked: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.program, *asked],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            check=False,
        )


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """Return the packages of the libraries that this computer lacks."""
    if sys.platform != "linux":
        return []
    return [package for library, package in libraries.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def postgresql_here() -> bool:
    """Say whether a PostgreSQL server's programs are on this computer."""
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or bool(shutil.which("initdb"))


def provide(packages: list[str], apt: Apt, *, chinese: str, english: str) -> bool:
    """Install system packages where that is allowed, else name the line; say if all are here."""
    if not packages:
        return True
    names = " ".join(packages)
    if apt.may_install():
        print(
            f"正在安装系统软件包 {names} …\n  Installing the system packages {names} …", flush=True
        )
        if apt.install(packages):
            return True
    print(f"{chinese}：{apt.line(packages)}\n  {english}: {apt.line(packages)}", flush=True)
    return False
