"""Files made to choke an import: each refused in time, and without taking the computer's memory."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.asking import ROOT
from tests.files.test_workbook import a_book

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the measures are Linux's"),
]
SECONDS, RSS_MB = 2.0, 300
OPENING = """
import json, resource, sys, time
from pathlib import Path
from erpdesk.errors import UserError
from erpdesk.files.table_source import open_table

begun, told = time.perf_counter(), ""
try:
    with open_table(Path(sys.argv[1])) as table:
        rows = sum(1 for _ in table)
except UserError as refused:
    told = type(refused).__name__
took_s = time.perf_counter() - begun
own = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([told, took_s, max(int(own), children) / 1024]))
"""
"""Its own peak is not asked of getrusage: that begins with the peak of whoever started it."""


def giant_sheet(file: Path) -> Path:
    return a_book(file, [["x"]], XFD1048576="y")


def zip_bomb(file: Path) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/sharedStrings.xml", "w") as sink:
            for _ in range(400):
                sink.write(bytes(1_000_000))
    return file


def many_entries(file: Path) -> Path:
    with zipfile.ZipFile(file, "w") as packed:
        for n in range(5_000):
            packed.writestr(f"xl/worksheets/sheet{n}.xml", "<worksheet/>")
    return file


def entity_bomb(file: Path) -> Path:
    each = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "boom"}">' for n in range(10))
    with zipfile.ZipFile(giant_sheet(file), "r") as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(file, "w") as packed:
        for name, body in parts.items():
            bomb = f"<!DOCTYPE x [{each}]><worksheet>&e9;</worksheet>".encode()
            packed.writestr(name, bomb if name.endswith("sheet1.xml") else body)
    return file


@pytest.mark.parametrize("bomb", [giant_sheet, zip_bomb, many_entries, entity_bomb])
def test_that_a_bomb_is_refused_in_time_and_takes_little_memory(
    tmp_path: Path, bomb: Callable[[Path], Path], record_property: Callable[[str, object], None]
) -> None:
    file = bomb(tmp_path / "table.xlsx")

    done = subprocess.run(
        [sys.executable, "-c", OPENING, str(file)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    told, took_s, rss_mb = json.loads(done.stdout)
    record_property("seconds", took_s)
    record_property("rss_mb", rss_mb)
    assert told.endswith("Error")
    assert took_s < SECONDS
    assert rss_mb < RSS_MB
