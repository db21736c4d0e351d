"""Where a scan commits: in a lane or on the window's thread, on this disk and on a slowed one."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from erpdesk.domain.changes import Outcome
from erpdesk.errors import UserError
from tests.bench.counting import Counter, a_counter
from tests.bench.figures import Figure, part
from tests.bench.window import a_pulse
from ui.main_window.room import Room

TRIES: Final = 100
SLOW_MS: Final = 20
NAMES: Final = ("p50", "p99", "longest silence")

_SLOWED: Final = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
#include <time.h>
static int slowed(const char *name, int file) {
    struct timespec wait = {0, %d * 1000000L};
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    nanosleep(&wait, 0);
    return real(file);
}
int fsync(int file) { return slowed("fsync", file); }
int fdatasync(int file) { return slowed("fdatasync", file); }
"""


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield the lane beside the window's thread; on a slowed disk where a compiler is here."""
    yield from _compared("", size, _both(cache, size))
    if (compiler := shutil.which("cc")) is not None and sys.platform == "linux":
        with TemporaryDirectory() as folder:
            slowed = _both_slowed(compiler, Path(folder), size, cache)
        yield from _compared(f", a sync takes {SLOW_MS} ms", size, slowed)


def _compared(where: str, size: int, both: dict[str, list[float]]) -> Iterator[Figure]:
    for n, name in enumerate(NAMES):
        lane, thread = both["lane"][n], both["thread"][n]
        yield Figure(f"scan in a lane, {name}{where}", lane, thread, "ms", 1.0, size=size)


def _both(cache: Path, size: int) -> dict[str, list[float]]:
    return {
        "lane": _measured(cache, size, lambda _: None),
        "thread": _measured(cache, size, _at_once),
    }


def _measured(cache: Path, size: int, adjust: Callable[[Room], None]) -> list[float]:
    with TemporaryDirectory() as folder, a_counter(cache, Path(folder), size, adjust) as counter:
        tries = min(TRIES, size // 4)
        counter.times_ms(min(tries, 20))
        return _taken(counter, tries)


def _taken(counter: Counter, tries: int) -> list[float]:
    with a_pulse() as pulse:
        taken = counter.times_ms(tries)
    return [part(taken, 0.5), part(taken, 0.99), pulse.longest_ms]


def _at_once(room: Room) -> None:
    """Let changes be made on the window's thread."""
    runner = room.runner

    def change(
        owner: object,
        work: Callable[[], Outcome[Any]],
        *,
        done: Callable[[Any], None] | None = None,
        refused: Callable[[UserError], None] | None = None,
    ) -> None:
        del owner, refused
        outcome = work()
        if done is not None:
            done(outcome.value)
        runner.changed.emit(outcome.changes)

    runner.change = change  # type: ignore[method-assign]


def _both_slowed(compiler: str, folder: Path, size: int, cache: Path) -> dict[str, list[float]]:
    """Measure both in a process of its own, in which each sync takes longer."""
    source, library = folder / "slowed.c", folder / "slowed.so"
    source.write_text(_SLOWED % SLOW_MS, "ascii")
    build = [compiler, "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"]
    subprocess.run(build, check=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.lanes", str(size), str(cache.absolute())],
        env={**os.environ, "LD_PRELOAD": str(library)},
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_both(Path(sys.argv[2]), int(sys.argv[1]))) + "\n")
