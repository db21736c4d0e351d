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
            return program(environment, rest)
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


def window_packages() -> None:
    """Bring or name the system packages of the window; without them the rest works all the same."""
    libraries = QT_LIBRARIES | (X11_LIBRARIES if display_here() else {})
    provide(
        missing_packages(libraries),
        Apt(),
        chinese="窗口以后需要这些系统软件包（现在没有也可以继续）",
        english="The window will need these system packages (all else works without them)",
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
    return program(environment, ["demo", str(folder)])


def why_no_window() -> None:
    """Say why no window opens."""
    if display_here():
        say(
            "窗口尚未完成：现在不开窗口，完成同样的工作。",
            "The window comes later: the same work is done without one.",
        )
    else:
        say(
            "这里没有显示器：不开窗口，完成同样的工作。",
            "There is no display here: the same work is done without a window.",
        )


def program(environment: Environment, arguments: list[str]) -> int:
    """Run the program's command line and return its exit code."""
    command = [str(environment.python), "-P", "-m", "erpdesk", *arguments]
    return subprocess.run(command, env=surroundings(), check=False).returncode
