"""What ``installer/test.py`` does once its Python is new enough."""

import argparse
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from installer.environment import (
    INTERRUPTED,
    PROJECT,
    SET_UP_FAILED,
    Environment,
    SetUpError,
    say,
    speak_utf8,
    surroundings,
)
from installer.running import split
from installer.system import (
    POSTGRESQL,
    QT_LIBRARIES,
    Apt,
    missing_packages,
    postgresql_here,
    provide,
)

NO_TESTS = 5
"""pytest's exit code when nothing was selected."""

QUICK = "not journey and not slow and not postgres and not nightly"
REST = "(journey or slow or postgres) and not nightly"
NIGHTLY = "nightly"
WHOLE = "erpdesk/domain/*,erpdesk/services/*"
"""Where every branch is taken by some test; adapters and the window may have less."""
COMPILE = ("-m", "pytest", "-q", "--collect-only")
"""Compiles all tests once: else each worker of a new checkout does it for itself."""
WORKERS = "2"
"""How many tests run beside one another: each worker has folders and a server of its own."""


@dataclass(frozen=True)
class Step:
    """One thing that must hold; ``may_be_empty`` where no tests selected is no failure.

    ``beside`` runs at the same time on another core and prepares what follows: nobody judges it.
    """

    name: str
    command: tuple[str, ...]
    may_be_empty: bool = False
    beside: tuple[str, ...] = ()

    def holds(self, environment: Environment) -> bool:
        """Run the step, announced with its time, and say whether it holds."""
        print(f"── {self.name}", flush=True)
        began = time.monotonic()
        with self._preparing(environment):
            code = subprocess.run(
                [str(environment.python), *self.command],
                cwd=PROJECT,
                env=tests_surroundings(),
                stdin=subprocess.DEVNULL,
                check=False,
            ).returncode
        ok = code == 0 or (self.may_be_empty and code == NO_TESTS)
        mark = "✓" if ok else f"✗ ({code})"
        print(f"── {self.name} {mark} {time.monotonic() - began:.1f} s", flush=True)
        return ok

    @contextlib.contextmanager
    def _preparing(self, environment: Environment) -> Iterator[None]:
        """Run what goes on beside, and let it come to its end."""
        if not self.beside:
            yield
            return
        quiet = subprocess.DEVNULL
        with subprocess.Popen(
            [str(environment.python), *self.beside],
            cwd=PROJECT, env=tests_surroundings(), stdin=quiet, stdout=quiet, stderr=quiet,
        ):  # fmt: skip
            yield


def test(arguments: list[str]) -> int:
    """Set up, run the steps until one fails, and return the exit code."""
    speak_utf8()
    own, rest = split(arguments)
    asked = parser().parse_args(own)
    environment = Environment(("runtime", "test"))
    try:
        environment.make_ready()
        system_packages()
        more = rest or []
        asked_for = (
            nightly_steps(more)
            if asked.nightly
            else steps(quick=asked.quick, coverage=asked.coverage, more=more)
        )
        failed = first_failure(asked_for, environment)
    except SetUpError as error:
        print(error, file=sys.stderr)
        return SET_UP_FAILED
    except KeyboardInterrupt:
        say("已中断。", "Interrupted.")
        return INTERRUPTED
    if failed is not None:
        say(f"没有通过：{failed.name}", f"It does not hold: {failed.name}")
        return 1
    say("全部通过。", "All holds.")
    return 0


def first_failure(all_steps: list[Step], environment: Environment) -> Step | None:
    """Run the steps in order until one does not hold, and return that one."""
    return next((step for step in all_steps if not step.holds(environment)), None)


def parser() -> argparse.ArgumentParser:
    """Return the command's own arguments."""
    words = argparse.ArgumentParser(
        prog="installer/test.py",
        description="安装并运行测试 / Set up and run the tests",
        epilog="“--” 之后的参数交给 pytest / What follows -- goes to pytest",
    )
    words.add_argument(
        "--quick", action="store_true", help="只到快速测试为止 / up to the quick suite"
    )
    words.add_argument(
        "--nightly",
        action="store_true",
        help="只跑要几分钟的耐久测试 / only the long tests of endurance",
    )
    words.add_argument("--coverage", action="store_true", help="测量覆盖率 / measure coverage")
    return words


def steps(*, quick: bool, coverage: bool, more: list[str]) -> list[Step]:
    """Return what must hold, quickest first; no test runs twice.

    Coverage is judged after all tests: the quick ones alone have no server.
    """
    linting = "from importlinter.cli import lint_imports_command as c; c()"
    found = [
        Step("ruff format --check", ("-m", "ruff", "format", "--check", "--quiet", ".")),
        Step("ruff check", ("-m", "ruff", "check", "--quiet", ".")),
        Step("lint-imports", ("-c", linting, "--no-logo")),
        Step("mypy", ("-m", "mypy"), beside=COMPILE),
        Step(f'pytest -m "{QUICK}"', _pytest(QUICK, _measured(coverage, last=quick), more)),
    ]
    if not quick:
        measured = _measured(coverage, last=True)
        if coverage:
            measured.append("--cov-append")
        found.append(Step(f'pytest -m "{REST}"', _pytest(REST, measured, more), may_be_empty=True))
    if coverage and not quick:
        judged = ("-m", "coverage", "report", f"--include={WHOLE}", "--fail-under=100")
        found.append(Step("coverage", judged))
    return found


def nightly_steps(more: list[str]) -> list[Step]:
    """Return what is looked at now and then: minutes of power cuts, kills and counting."""
    patient = ["--timeout=900", "-o", "faulthandler_timeout=1800", "--durations=0"]
    return [Step(f'pytest -m "{NIGHTLY}"', _pytest(NIGHTLY, patient, more))]


def _pytest(which: str, measured: list[str], more: list[str]) -> tuple[str, ...]:
    return ("-m", "pytest", "-q", "-n", WORKERS, "-m", which, *measured, *more)


def _measured(coverage: bool, *, last: bool) -> list[str]:  # noqa: FBT001 - named where it is asked
    if not coverage:
        return []
    return ["--cov", "--cov-report=term-missing" if last else "--cov-report="]


def system_packages() -> None:
    """Bring what the tests need of the system, or name it.

    Raises:
        SetUpError: in CI, where a test must not be left out for want of a package.
    """
    packages = missing_packages(QT_LIBRARIES)
    if not postgresql_here() and sys.platform != "win32":
        packages.append(POSTGRESQL)
    here = provide(
        packages,
        Apt(),
        chinese="测试还需要这些系统软件包",
        english="The tests need these system packages besides",
    )
    if not here and os.environ.get("CI"):
        raise SetUpError(
            "CI 中不能缺少系统软件包。\n  In CI no system package may be missing: "
            + " ".join(packages)
        )


def tests_surroundings() -> dict[str, str]:
    """Return the environment variables of the tests: the program's, in a UTF-8 locale."""
    return surroundings() | ({"LC_ALL": "C.UTF-8"} if sys.platform == "linux" else {})
