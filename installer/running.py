"""What ``installer/run.py`` does once its Python is new enough."""

import argparse
import subprocess
import sys
import time
from pathlib import Path

from installer.environment import (
    INTERRUPTED,
    PROJECT,
    SET_UP_FAILED,
    Environment,
    SetUpError,
    display_here,
    say,
    speak_utf8,
    surroundings,
)
from installer.system import QT_LIBRARIES, X11_LIBRARIES, Apt, missing_packages, provide


def run(arguments: list[str]) -> int:
    """Set up, do the work, and return the exit code."""
    speak_utf8()
    own, rest = split(arguments)
    asked = parser().parse_args(own)
    environment = Environment(("runtime",))
    try:
        if environment.make_ready():
            window_packages()
        if rest is not None:
            return program(environment, "erpdesk", rest)
        if asked.headless is None and display_here() and window_packages():
            return program(environment, "ui", [])
        return main_job(environment, asked.headless)
    except SetUpError as error:
        print(error, file=sys.stderr)
        return SET_UP_FAILED
    except KeyboardInterrupt:
        say("已中断。", "Interrupted.")
        return INTERRUPTED


def split(arguments: list[str]) -> tuple[list[str], list[str] | None]:
    """Part what is meant for this command from what follows ``--``."""
    if "--" not in arguments:
        return arguments, None
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def parser() -> argparse.ArgumentParser:
    """Return the command's own arguments."""
    words = argparse.ArgumentParser(
        prog="installer/run.py",
        description="安装并运行 / Set up and run",
        epilog="“--” 之后的参数交给程序 / What follows -- goes to the program",
    )
    words.add_argument(
        "--headless",
        metavar="DIR",
        type=Path,
        help="不开窗口，在 DIR 中完成示例公司的全部工作 / without a window, the whole job in DIR",
    )
    return words


def window_packages() -> bool:
    """Bring or name the system packages of the window; say whether all are here."""
    libraries = QT_LIBRARIES | (X11_LIBRARIES if display_here() else {})
    return provide(
        missing_packages(libraries),
        Apt(),
        chinese="窗口需要这些系统软件包（没有窗口也能用命令行）",
        english="The window needs these system packages (the command line works without them)",
    )


def main_job(environment: Environment, folder: Path | None) -> int:
    """Do the whole job on a sample company, in a folder that is named."""
    if folder is None:
        folder = PROJECT / ".desk" / time.strftime("demo-%Y%m%d-%H%M%S")
        why_no_window()
    folder = folder.absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        say(f"不能写入 {folder}：{error.strerror}", f"{folder} cannot be written: {error.strerror}")
        return 1
    say(f"示例公司的文件放在：{folder}", f"The sample company goes into: {folder}")
    return program(environment, "erpdesk", ["demo", str(folder)])


def why_no_window() -> None:
    """Say why no window opens."""
    if display_here():
        say(
            "窗口需要的软件包还不全：不开窗口，完成同样的工作。",
            "What the window needs is not all here: the same work is done without a window.",
        )
    else:
        say(
            "这里没有显示器：不开窗口，完成同样的工作。",
            "There is no display here: the same work is done without a window.",
        )


def program(environment: Environment, front_end: str, arguments: list[str]) -> int:
    """Run the command line (``erpdesk``) or the window (``ui``) and return its exit code."""
    command = [str(environment.python), "-P", "-m", front_end, *arguments]
    return subprocess.run(command, env=surroundings(), check=False).returncode
