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
    "pypdfium2": "erpdesk/papers",
    "serial": "erpdesk/devices",
    "biip": "erpdesk/standards",
    "stdnum": "erpdesk/standards",
    "python_calamine": "erpdesk/files",
    "xlsxwriter": "erpdesk/files",
    "keyring": "erpdesk/keychain.py",
    "argon2": "erpdesk/keys.py",
    "cryptography": "erpdesk/keys.py",
    "PySide6": "ui",
    "shiboken6": "ui",
}

SKIPS = {"skip", "skipif", "importorskip"}
MAY_BE_EMPTY = re.compile(
    r"""time\.sleep|\.(?:skip|skipif|importorskip)\b|assert (?:True|\d+|"[^"]*"|'[^']*')\s*[,\n]"""
)
MAY_OUTLIVE = re.compile(r"switched\.connect|when_switched\((?!self\.\w+\))")
OTHER_NAME = re.compile(r"^ *def (test_(?!that_)\w+)", re.MULTILINE)

_MACHINE_PATH = re.compile(rb"(?<![\w./-])/(?:home|root|work|Users)/\w|[A-Z]:\\\\?Users\\")
_READABLE = {".py", ".toml", ".md", ".sql", ".txt", ".lock", ".yaml", ".yml", ".po", ".pot", ".cfg"}


def modules(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted((PROJECT / room).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


@cache
def text_of(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(text_of(path), str(path))


@cache
def libraries_of(path: Path) -> frozenset[str]:
    """Return the first part of every name that a module imports."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return frozenset(found)


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
        if text_of(path).count("\n") > LONGEST_MODULE
        and "over 400 lines" not in (ast.get_docstring(parsed(path)) or "").lower()
    ]

    assert silent == [], "their docstrings need a sentence such as: Over 400 lines because …"


def test_that_every_room_says_what_it_is() -> None:
    silent = [name_of(p) for p in modules(*ROOMS) if not re.match(r'r?"""\S', text_of(p))]

    assert silent == []


@pytest.mark.parametrize(("library", "home"), sorted(ONE_ROOM.items()))
def test_that_a_library_has_one_home(library: str, home: str) -> None:
    strangers = [
        name_of(path)
        for path in modules("erpdesk", "ui")
        if not name_of(path).startswith(home)
        and f"import {library}" in text_of(path).replace("from ", "import ")
        and library in libraries_of(path)
    ]

    assert strangers == []


def test_that_drop_down_lists_are_those_of_the_house() -> None:
    others = [name_of(p) for p in modules("ui") if "QComboBox()" in text_of(p)]

    assert others == []


def test_that_what_a_screen_reader_enters_is_heard_like_what_is_typed() -> None:
    deaf = [name_of(p) for p in modules("ui") if "textEdited" in text_of(p)]

    assert deaf == [], "this signal comes with keys alone; textChanged comes with every change"


def test_that_english_sentences_have_no_quotes_that_the_font_draws_as_wide_as_a_hanzi() -> None:
    hanzi = re.compile("[\u3000-\u9fff\uff00-\uffef]")
    texts = (
        (f"{name_of(path)}:{node.lineno}", node.value)
        for path in modules("erpdesk", "ui")
        if re.search(r"[“”]|\\u201[cd]", text_of(path), re.IGNORECASE)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )

    assert [at for at, text in texts if re.search("[“”]", text) and not hanzi.search(text)] == []


def test_that_no_file_knows_the_computer_it_was_written_on() -> None:
    found = [name_of(path) for path in written_files() if _MACHINE_PATH.search(path.read_bytes())]

    assert found == []


def test_that_no_test_waits_is_left_out_or_shows_nothing() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in modules("tests")
        if path.name != "conftest.py" and MAY_BE_EMPTY.search(text_of(path))
        for line in empty_promises(parsed(path))
    ]

    assert found == []


def empty_promises(tree: ast.Module) -> Iterator[int]:
    """Find waits, left-out tests (but for another system's) and assertions of nothing."""
    excused = set(elsewhere(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "time.sleep":
            yield node.lineno
        if isinstance(node, ast.Attribute) and node.attr in SKIPS and node not in excused:
            yield node.lineno
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant) and node.test.value:
            yield node.lineno


def elsewhere(tree: ast.Module) -> Iterator[ast.AST]:
    """Find what holds for another operating system only: a test cannot run there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "sys.platform" in ast.unparse(node.test):
            yield from (inner for part in node.body for inner in ast.walk(part))
        if isinstance(node, ast.Call) and "sys.platform" in "".join(map(ast.unparse, node.args)):
            yield node.func


@pytest.mark.parametrize(
    "line",
    [
        *("time.sleep(1)", "pytest.skip('x')", "assert True", "pytest.importorskip('x')"),
        *("@pytest.mark.skip\ndef f(): ...", "@pytest.mark.skipif(x > 1)\ndef f(): ..."),
    ],
)
def test_that_an_empty_promise_is_recognised(line: str) -> None:
    assert list(empty_promises(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "if sys.platform == 'win32': pytest.skip('x')",
        "pytest.mark.skipif(sys.platform == 'win32')",
        "assert x",
    ],
)
def test_that_another_system_is_an_excuse(line: str) -> None:
    assert not list(empty_promises(ast.parse(line)))


def test_that_a_switch_of_language_is_heard_by_methods_which_go_with_their_part() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules("ui")
        if path.name != "wording.py" and MAY_OUTLIVE.search(text_of(path))
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and outlives_its_part(node)
    ]

    assert found == []


def outlives_its_part(call: ast.Call) -> bool:
    """Find what connects to the signal itself, or lets a function hear it that nothing ends."""
    called = ast.unparse(call.func)
    is_method = all(re.fullmatch(r"self\.\w+", ast.unparse(arg)) for arg in call.args)
    return called.endswith("switched.connect") or (
        called.endswith("when_switched") and not is_method
    )


@pytest.mark.parametrize(
    "line",
    [
        "words.switched.connect(lambda _: self.say())",
        "words.switched.connect(self.say)",
        "words.when_switched(lambda: self.say())",
    ],
)
def test_that_a_hearer_that_outlives_its_part_is_recognised(line: str) -> None:
    assert any(outlives_its_part(c) for c in ast.walk(ast.parse(line)) if isinstance(c, ast.Call))


def test_that_test_names_are_sentences() -> None:
    found = [
        f"{name_of(path)}:{name}"
        for path in modules("tests")
        for name in OTHER_NAME.findall(text_of(path))
    ]

    assert found == []


@pytest.mark.slow
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


GROUND = """
import logging, socket, warnings, pytest

def test_that_an_unexpected_warning_in_the_log_fails():
    logging.getLogger("x").warning("boo")

def test_that_an_expected_line_that_never_comes_fails(expect_log):
    expect_log.append("boo")

def test_that_a_warning_of_python_fails():
    warnings.warn("boo")

def test_that_the_network_is_closed():
    socket.create_connection(("192.0.2.1", 80), 1)

def test_that_good_an_expected_line_may_come(expect_log):
    expect_log.append("boo")
    logging.getLogger("x").warning("boo 7")

def test_that_good_information_may_come():
    logging.getLogger("x").info("boo")

def test_that_good_the_own_computer_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), 1).close()
"""


@pytest.mark.slow
def test_that_the_ground_of_the_tests_lets_nothing_pass_silently(tmp_path: Path) -> None:
    (tmp_path / "test_ground.py").write_text(GROUND, "utf-8")
    asked = [
        *(sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "tests.conftest"),
        *("-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)),
    ]

    said = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=PROJECT).stdout

    bad = re.findall(r"(?:FAILED|ERROR) \S+::(\w+)", said)
    assert len(set(bad)) == 4, said
    assert not any(name.startswith("test_that_good_") for name in bad), said
