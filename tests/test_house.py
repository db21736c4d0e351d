"""The house rules that no other tool looks after."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
LONGEST_MODULE = 400
ROOMS = ("erpdesk", "ui", "resources", "installer")

ONE_ROOM = {
    "sqlalchemy": "erpdesk/storage",
    "alembic": "erpdesk/storage",
    "psycopg": "erpdesk/storage",
    "pysqlite3": "erpdesk/storage",
    "reportlab": "erpdesk/papers",
    "serial": "erpdesk/devices",
    "biip": "erpdesk/standards",
    "stdnum": "erpdesk/standards",
    "pypinyin": "erpdesk/standards",
    "python_calamine": "erpdesk/files",
    "xlsxwriter": "erpdesk/files",
    "keyring": "erpdesk/keychain.py",
    "argon2": "erpdesk/keys.py",
    "cryptography": "erpdesk/keys.py",
    "PySide6": "ui",
    "shiboken6": "ui",
}

_MACHINE_PATH = re.compile(rb"(?<![\w./-])/(?:home|root|work|Users)/\w|[A-Z]:\\\\?Users\\")
_READABLE = {".py", ".toml", ".md", ".sql", ".txt", ".lock", ".yaml", ".yml", ".po", ".pot", ".cfg"}


def modules(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted((PROJECT / room).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def written_files() -> list[Path]:
    """Return the files of the project that are kept in git; without git, those beside them."""
    asked = ["git", "-C", str(PROJECT), "ls-files", "-z"]
    listed = subprocess.run(asked, capture_output=True, check=False)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    tracked = [PROJECT / name for name in names if name]
    found = tracked or list(modules(*ROOMS, "tests"))
    return [path for path in found if path.is_file() and path.suffix in _READABLE]


def test_that_a_long_module_says_why_it_is_long() -> None:
    silent = [
        name_of(path)
        for path in modules(*ROOMS, "tests")
        if len(path.read_text("utf-8").splitlines()) > LONGEST_MODULE
        and "over 400 lines" not in (ast.get_docstring(parsed(path)) or "").lower()
    ]

    assert silent == [], "their docstrings need a sentence such as: Over 400 lines because …"


def test_that_every_room_says_what_it_is() -> None:
    silent = [name_of(p) for p in modules(*ROOMS) if not ast.get_docstring(parsed(p))]

    assert silent == []


@pytest.mark.parametrize(("library", "home"), sorted(ONE_ROOM.items()))
def test_that_a_library_has_one_home(library: str, home: str) -> None:
    strangers = [
        name_of(path)
        for path in modules("erpdesk", "ui")
        if not name_of(path).startswith(home)
        and any(name.split(".")[0] == library for name in imported(parsed(path)))
    ]

    assert strangers == []


def test_that_no_file_knows_the_computer_it_was_written_on() -> None:
    found = [name_of(path) for path in written_files() if _MACHINE_PATH.search(path.read_bytes())]

    assert found == []


def test_that_no_test_waits_is_left_out_or_shows_nothing() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in modules("tests")
        if path.name != "conftest.py"
        for line in empty_promises(parsed(path))
    ]

    assert found == []


def empty_promises(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"time.sleep", "pytest.skip"}:
            yield node.lineno
        if isinstance(node, ast.Attribute) and node.attr in {"skip", "skipif", "importorskip"}:
            yield node.lineno
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant) and node.test.value:
            yield node.lineno


@pytest.mark.parametrize(
    "line",
    ["time.sleep(1)", "pytest.skip('x')", "@pytest.mark.skip\ndef f(): ...", "assert True"],
)
def test_that_an_empty_promise_is_recognised(line: str) -> None:
    assert list(empty_promises(ast.parse(line)))


def test_that_test_names_are_sentences() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules("tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not node.name.startswith("test_that_")
    ]

    assert found == []


def test_that_the_core_runs_without_a_front_end() -> None:
    names = [
        name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in modules("erpdesk")
        if path.name != "__main__.py"
    ]
    story = (
        "import importlib, sys\n"
        "for name in sys.stdin.read().split(): importlib.import_module(name)\n"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in {'PySide6', 'shiboken6', 'ui'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", story],
        input="\n".join(names), capture_output=True, text=True, check=False, cwd=PROJECT,
    )  # fmt: skip

    assert (done.stdout.strip(), done.stderr) == ("[]", "")
