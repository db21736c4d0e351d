"""Every benchmark runs at a tiny size and says what it found; how fast it was is no test."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import NAMES

SAID = {"name", "product", "limit", "unit", "bar", "better", "size", "ratio", "met"}
CHEAP = frozenset({"duplicates", "imports", "notices", "scan"})
"""Tried out at each commit; the others take servers, windows or large books up and down."""
TINY = {
    "approvals": 5, "burst": 20, "lanes": 40, "notices": 10, "scan": 8, "workstations": 10,
}  # fmt: skip


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.usefixtures("postgres_server")
@pytest.mark.parametrize(
    "name",
    [one if one in CHEAP else pytest.param(one, marks=pytest.mark.nightly) for one in NAMES],
)
def test_that_a_benchmark_says_each_figure_on_a_line(name: str, cache: Path) -> None:
    size = str(TINY.get(name, 100))

    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", name, "--size", size, "--cache", str(cache)],
        capture_output=True,
        check=False,
        text=True,
    )

    figures = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert figures
    assert all(set(figure) == SAID for figure in figures)
    assert all(figure["limit"] > 0 for figure in figures)
