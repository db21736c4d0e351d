"""The program's own environment: ``.venv`` beside it, filled from a lock, then only looked at.

Standard library only. What a person reads is Chinese first, English second. An installation that
was cut off leaves its mark, and the next start begins anew.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = PROJECT / "installer"
SET_UP_FAILED = 3
"""Exit code when the environment could not be made; 1 is left to the work itself."""

INTERRUPTED = 130
"""Exit code when somebody pressed Ctrl+C."""

_NOT_PASSED_ON = {"PYTHONHOME", "PYTHONDONTWRITEBYTECODE"}
"""The one would find other packages, the other would compile everything at each start."""

_OFFLINE = re.compile(
    r"NewConnectionError|NameResolutionError|Failed to establish|ConnectTimeout|Connection refused"
    r"|ConnectionError|ProxyError|Network is unreachable|name resolution|Max retries|ReadTimeout",
    re.IGNORECASE,
)
_NO_SUCH = re.compile(r"No matching distribution found for (\S+)")
_FULL = re.compile(r"No space left on device")


class SetUpError(Exception):
    """The environment cannot be made; the text tells a person what to do."""


def say(chinese: str, english: str) -> None:
    """Tell a person something, in both languages."""
    print(f"{chinese}\n  {english}", flush=True)


def speak_utf8() -> None:
    """Let a terminal of any encoding show what it can instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


@dataclass(frozen=True)
class Environment:
    """A virtual environment and the locks it is filled from, such as ``("runtime", "test")``."""

    locks: tuple[str, ...]
    folder: Path = field(default=PROJECT / ".venv")
    lock_folder: Path = LOCKS

    @property
    def python(self) -> Path:
        """Return the environment's Python."""
        return python_of(self.folder)

    @property
    def stamp(self) -> Path:
        """Return the file that says what is installed; it is written last."""
        return self.folder / "installed.json"

    @property
    def mark(self) -> Path:
        """Return the file that is there only while an installation runs."""
        return self.folder / "installing"

    def is_ready(self) -> bool:
        """Say whether these locks are installed, whole, for a Python that still works."""
        found = self._stamped()
        wanted = {lock: self._hash(lock) for lock in self.locks}
        if self.mark.exists() or not wanted.items() <= found.items():
            return False
        return version_of(self.python) == found.get("python")

    def make_ready(self) -> bool:
        """Install what is missing, and say whether anything had to be done.

        Raises:
            SetUpError: it cannot be done; the text says why and what helps.
        """
        if self.is_ready():
            return False
        with alone():
            if self.is_ready():
                return True
            try:
                self._install()
            except OSError as error:
                raise SetUpError(_unwritable(self.folder, error)) from error
        return True

    def _install(self) -> None:
        fresh = self.mark.exists() or version_of(self.python) is None
        if self.mark.exists():
            say("上次安装没有完成，重新安装。", "The last installation was cut off: starting anew.")
        kept = {} if fresh else self._stamped()
        self._fill(fresh=fresh)
        if self._quarrels() and not fresh:
            kept = {}
            self._fill(fresh=True)
        quarrel = self._quarrels()
        if quarrel:
            raise SetUpError(
                f"安装的软件包互相不合，请报告。\n  The packages do not fit together: {quarrel}"
            )
        self._write_stamp(kept)

    def _fill(self, *, fresh: bool) -> None:
        if fresh:
            make_venv(self.folder)
        self.mark.write_text("", "utf-8")
        self.stamp.unlink(missing_ok=True)
        for lock in self.locks:
            install(self.python, self.lock_folder / f"{lock}.lock")

    def _quarrels(self) -> str:
        asked = [str(self.python), "-I", "-m", "pip", "check"]
        checked = subprocess.run(
            asked, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
        )
        return checked.stdout.strip() if checked.returncode else ""

    def _write_stamp(self, kept: dict[str, str]) -> None:
        now = {lock: self._hash(lock) for lock in self.locks}
        version = version_of(self.python) or ""
        self.stamp.write_text(json.dumps({**kept, **now, "python": version}), "utf-8")
        self.mark.unlink()

    def _stamped(self) -> dict[str, str]:
        try:
            found = json.loads(self.stamp.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _hash(self, lock: str) -> str:
        text = (self.lock_folder / f"{lock}.lock").read_text("utf-8")
        return hashlib.sha256(text.encode()).hexdigest()


def python_of(folder: Path) -> Path:
    """Return where a virtual environment has its Python on this system."""
    if sys.platform == "win32":
        return folder / "Scripts" / "python.exe"
    return folder / "bin" / "python"


def version_of(python: Path) -> str | None:
    """Return the version of a Python such as ``3.11``, or None where it does not run."""
    asked = [str(python), "-I", "-S", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, check=False)
    except OSError:
        return None
    version = said.stdout.strip()
    too_old = tuple(map(int, version.split("."))) < (3, 11) if version else True
    return None if said.returncode or too_old else version


def make_venv(folder: Path) -> None:
    """Make an empty virtual environment, in place of whatever was there.

    Raises:
        SetUpError: this Python cannot make one.
    """
    say("正在创建运行环境…", f"Making the environment {folder} …")
    if importlib.util.find_spec("ensurepip") is None:
        _need_venv()
    folder.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(
        [sys.executable, "-I", "-m", "venv", "--clear", str(folder)],
        capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if made.returncode:
        tail = (made.stdout + made.stderr).strip()[-1500:]
        raise SetUpError(f"无法创建运行环境。\n  The environment cannot be made:\n{tail}")


def _need_venv() -> None:
    from installer.system import Apt

    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    apt = Apt()
    if apt.may_install():
        say(f"正在安装系统软件包 {package} …", f"Installing the system package {package} …")
        if apt.install([package]):
            return
    raise SetUpError(
        f"这个 Python 缺少 venv 模块，请安装系统软件包 {package}：{apt.line([package])}\n"
        f"  This Python lacks venv; install the system package {package}: {apt.line([package])}"
    )


def install(python: Path, lock: Path) -> None:
    """Install exactly what a lock names, ready-made packages only.

    Raises:
        SetUpError: something could not be had.
    """
    say(
        f"正在安装 {lock.name} 中的软件包（第一次需要几分钟）…",
        f"Installing the packages of {lock.name} (the first time takes some minutes) …",
    )
    command = [
        str(python), "-I", "-m", "pip", "install", "--no-deps", "--only-binary=:all:", "--no-input",
        "--disable-pip-version-check", "--progress-bar=off", "--retries=2", "-r", str(lock),
    ]  # fmt: skip
    said: list[str] = []
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace", env=_pip_surroundings(),
    ) as pip:  # fmt: skip
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith("Collecting "):
                print("  ·", line.split()[1], flush=True)
    if pip.returncode:
        raise SetUpError(_why_pip_failed("".join(said)))


def _pip_surroundings() -> dict[str, str]:
    """Return the environment variables without those that would install somewhere else."""
    elsewhere = {"PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV"}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in elsewhere}
    return kept | {"PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"}


def _why_pip_failed(said: str) -> str:
    tail = said.strip()[-1500:]
    if _FULL.search(said):
        return f"磁盘已满。\n  The disk is full.\n{tail}"
    if _OFFLINE.search(said):
        return (
            "无法下载软件包：请检查网络（或代理设置）后再运行一次，已完成的部分不会丢失。\n"
            "  The packages cannot be fetched: check the network (or the proxy); start again.\n"
            f"{tail}"
        )
    missing = _NO_SUCH.search(said)
    if missing:
        return (
            f"没有适合这台电脑的软件包 {missing[1]}（需 64 位系统；Linux 需 glibc 2.34 以上）。\n"
            f"  There is no {missing[1]} for this computer (64 bit; Linux: glibc 2.34 or later).\n"
            f"{tail}"
        )
    return f"安装软件包失败。\n  Installing the packages failed:\n{tail}"


def _unwritable(folder: Path, error: OSError) -> str:
    return (
        f"不能写入文件夹 {folder}（{error.strerror}）：请把项目放到可以写入的地方再运行。\n"
        f"  {folder} cannot be written ({error.strerror}): put the project where you may write."
    )


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one installation run at a time; a second one waits."""
    if sys.platform == "win32":  # whose locks would keep others from reading this file
        yield
        return
    import fcntl

    with Path(__file__).open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def surroundings() -> dict[str, str]:
    """Return the environment variables for the program: found from any folder, compiled once."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
    return kept | {"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"}


def display_here() -> bool:
    """Say whether a window could be shown."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
