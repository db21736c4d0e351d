import ast
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from installer import environment, running, testing
from installer.environment import Environment

PROJECT = Path(__file__).parents[2]
COMMANDS = ["run.py", "test.py"]


class Version(NamedTuple):
    major: int
    minor: int
    micro: int = 0


@pytest.mark.parametrize("command", COMMANDS)
def test_that_an_old_python_can_read_the_command(command: str) -> None:
    source = (PROJECT / "installer" / command).read_text("utf-8")

    ast.parse(source, feature_version=(3, 7))


@pytest.mark.parametrize("command", COMMANDS)
def test_that_an_old_python_is_told_what_is_needed(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", Version(3, 8))

    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(PROJECT / "installer" / command), run_name="__main__")

    assert ended.value.code == 2
    assert "this is 3.8" in capsys.readouterr().out


@pytest.mark.parametrize("path", sorted((PROJECT / "installer").glob("*.py")), ids=lambda p: p.name)
def test_that_the_installer_needs_nothing_but_the_standard_library(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert names <= set(sys.stdlib_module_names) | {"installer"}


def test_that_ci_runs_the_test_command_and_nothing_easier() -> None:
    script = PROJECT / ".ci" / "run"
    lines = script.read_text("utf-8").splitlines()

    assert lines[-1] == "exec python3 installer/test.py"
    assert os.access(script, os.X_OK)


def test_that_what_follows_two_dashes_is_the_programs() -> None:
    assert running.split(["--headless", "x"]) == (["--headless", "x"], None)
    assert running.split(["--", "verify", "--", "y"]) == ([], ["verify", "--", "y"])


def test_that_the_steps_go_from_quick_to_slow_and_run_no_test_twice() -> None:
    names = [step.name for step in testing.steps(quick=False, coverage=False, more=[])]

    assert names == [
        "ruff format --check",
        "ruff check",
        "lint-imports",
        "mypy",
        'pytest -m "not journey and not slow and not postgres and not nightly"',
        'pytest -m "(journey or slow or postgres) and not nightly"',
    ]
    assert len(testing.steps(quick=True, coverage=False, more=[])) == 5


def test_that_coverage_is_judged_last_and_only_after_all_tests() -> None:
    plain = testing.steps(quick=False, coverage=False, more=[])
    measured = testing.steps(quick=False, coverage=True, more=[])

    assert [step.name for step in measured] == [*(step.name for step in plain), "coverage"]
    assert "coverage" not in [
        step.name for step in testing.steps(quick=True, coverage=True, more=[])
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("room", "holds"), [("domain", False), ("services", False), ("storage", True)]
)
def test_that_a_branch_that_no_test_takes_fails_in_domain_and_services_alone(
    room: str,
    holds: bool,  # noqa: FBT001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rooms = {one: tmp_path / "erpdesk" / one for one in ("domain", "services", "storage")}
    for one, folder in rooms.items():
        folder.mkdir(parents=True)
        text = "if __name__:\n    print()\n" if one == room else "print()\n"
        (folder / "it.py").write_text(text, "utf-8")
    runs = "".join(f"import runpy; runpy.run_path('erpdesk/{one}/it.py')\n" for one in rooms)
    (tmp_path / "all.py").write_text(runs, "utf-8")
    monkeypatch.setattr(testing, "PROJECT", tmp_path)
    measuring = testing.Step("run", ("-m", "coverage", "run", "--branch", "all.py"))
    *_, judging = testing.steps(quick=False, coverage=True, more=[])

    assert measuring.holds(_this_python())
    assert judging.holds(_this_python()) is holds


def test_that_the_long_tests_are_asked_for_by_name() -> None:
    [step] = testing.nightly_steps(["-x"])

    assert step.command[step.command.index("nightly") - 1] == "-m"
    assert step.command[-1] == "-x"
    assert not step.may_be_empty
    assert testing.parser().parse_args(["--nightly"]).nightly


def test_that_a_step_holds_by_its_exit_code(capfd: pytest.CaptureFixture[str]) -> None:
    here = _this_python()

    assert testing.Step("good", ("-c", "pass")).holds(here)
    assert not testing.Step("bad", ("-c", "raise SystemExit(3)")).holds(here)
    assert not testing.Step("empty", ("-c", "raise SystemExit(5)")).holds(here)
    assert testing.Step("empty", ("-c", "raise SystemExit(5)"), may_be_empty=True).holds(here)
    assert "bad ✗ (3)" in capfd.readouterr().out


def test_that_what_goes_on_beside_a_step_is_done_when_the_step_ends_and_is_not_judged(
    tmp_path: Path,
) -> None:
    prepare = "import pathlib, sys; pathlib.Path(sys.argv[1]).touch(); raise SystemExit(1)"
    beside = ("-c", prepare, str(tmp_path / "prepared"))

    assert testing.Step("good", ("-c", "pass"), beside=beside).holds(_this_python())
    assert (tmp_path / "prepared").exists()


@pytest.mark.slow
def test_that_the_program_runs_from_any_folder_and_gives_its_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "click.py").write_text("raise SystemExit(9)", "utf-8")

    assert running.program(_this_python(), "erpdesk", ["--version"]) == 0
    assert running.program(_this_python(), "erpdesk", ["no-such-verb"]) == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_that_help_needs_no_set_up(command: str) -> None:
    asked = [sys.executable, str(PROJECT / "installer" / command), "--help"]
    said = subprocess.run(asked, capture_output=True, text=True, encoding="utf-8", check=True)

    assert "usage: installer/" in said.stdout


def test_that_a_failed_set_up_has_an_exit_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: Environment) -> bool:
        message = "no network"
        raise environment.SetUpError(message)

    monkeypatch.setattr(Environment, "make_ready", fail)

    assert running.run([]) == environment.SET_UP_FAILED
    assert testing.test([]) == environment.SET_UP_FAILED
    assert "no network" in capsys.readouterr().err


def test_that_ctrl_c_ends_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_: Environment) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(Environment, "make_ready", interrupt)

    assert running.run([]) == environment.INTERRUPTED
    assert testing.test([]) == environment.INTERRUPTED
    assert "Interrupted" in capsys.readouterr().out


def test_that_the_steps_stop_at_the_first_that_fails(capfd: pytest.CaptureFixture[str]) -> None:
    good = testing.Step("good", ("-c", "pass"))
    bad = testing.Step("bad", ("-c", "raise SystemExit(1)"))
    never = testing.Step("never", ("-c", "pass"))

    assert testing.first_failure([good, bad, never], _this_python()) == bad
    assert "never" not in capfd.readouterr().out
    assert testing.first_failure([good], _this_python()) is None


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """Return what the program is asked for, instead of running it; nothing is displayed."""
    calls: list[list[str]] = []

    def program(_: Environment, front_end: str, arguments: list[str]) -> int:
        calls.append([front_end, *arguments])
        return 0

    monkeypatch.setattr(Environment, "make_ready", lambda _: False)
    monkeypatch.setattr(running, "program", program)
    monkeypatch.setattr(running, "PROJECT", tmp_path)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return calls


def test_that_the_window_is_spoken_of_where_none_opens(
    asked: list[list[str]], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert running.run([]) == 0
    assert "There is no display here" in capsys.readouterr().out
    assert running.run(["--headless", str(tmp_path / "出")]) == 0
    (first, second) = asked
    assert first[:2] == ["erpdesk", "demo"]
    assert Path(first[2]).is_dir()
    assert tmp_path in Path(first[2]).parents
    assert second == ["erpdesk", "demo", str(tmp_path / "出")]


@pytest.mark.parametrize("is_complete", [True, False])
def test_that_the_window_opens_where_there_is_a_display_and_all_it_needs(
    asked: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    is_complete: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(running, "window_packages", lambda: is_complete)
    monkeypatch.setattr(running, "display_here", lambda: True)

    assert running.run([]) == 0
    assert asked[0][0] == ("ui" if is_complete else "erpdesk")


def test_that_a_folder_that_cannot_be_made_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setattr(Environment, "make_ready", lambda _: False)

    assert running.run(["--headless", str(tmp_path / "file" / "x")]) == 1
    assert "cannot be written" in capsys.readouterr().out


def _this_python() -> Environment:
    return Environment((), Path(sys.prefix))
