"""How the books stood over time: what fails, where, and since when; the last runs.

It is noted on this computer, not in the books: looking at them changes nothing of them.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from erpdesk.files.atomic import FileNotWrittenError, replacing
from erpdesk.files.notes import read_notes, write_notes
from erpdesk.services.keeping.verifying import Check, Speed, Verified, Verifying
from erpdesk.storage.checks import Finding, LookStoppedError

__all__ = ["Failing", "Finding", "LookStoppedError", "Run", "Watched", "Watching", "after"]

RUNS_KEPT: Final = 10
_SPEEDS: Final = tuple(Speed)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failing:
    """A check that fails: since when (µs), last seen when, by which speed, and what it found."""

    code: str
    since_at: int
    seen_at: int
    speed: Speed
    count: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One run that came to its end: when it began and how long it took (µs), and each check."""

    at: int
    took_us: int
    speed: Speed
    checks: tuple[Check, ...]

    @property
    def count(self) -> int:
        """Return how many findings there were."""
        return sum(check.count for check in self.checks)


@dataclass(frozen=True, slots=True)
class Watched:
    """The last runs, the newest first, and whatever fails now."""

    runs: tuple[Run, ...] = ()
    failing: tuple[Failing, ...] = ()

    @property
    def codes_failing(self) -> frozenset[str]:
        """Return the codes of the checks that fail."""
        return frozenset(one.code for one in self.failing)

    def failing_in(self, code: str) -> Failing | None:
        """Return how a check fails; None when it holds, or was never asked."""
        return next((one for one in self.failing if one.code == code), None)

    def latest(self, code: str) -> tuple[Run, Check] | None:
        """Return the newest kept run that asked a check, and how it went."""
        for run in self.runs:
            for check in run.checks:
                if check.code == code:
                    return run, check
        return None


def after(before: Watched, verified: Verified, *, at: int, took_us: int) -> Watched:
    """Return how the books stand after a run.

    A failure stands until a run that looks at least as closely finds nothing in its check; its
    beginning is that of the first run in a row that found something.
    """
    kept = {one.code: one for one in before.failing}
    for check in verified.checks:
        known = kept.get(check.code)
        if check.count:
            kept[check.code] = _failing(verified, check, at, known)
        elif known is not None and _looks_as_close(verified.speed, known.speed):
            del kept[check.code]
    run = Run(at, took_us, verified.speed, verified.checks)
    order = sorted(kept.values(), key=lambda one: one.since_at)
    return Watched((run, *before.runs)[:RUNS_KEPT], tuple(order))


def _failing(verified: Verified, check: Check, at: int, known: Failing | None) -> Failing:
    found = tuple(one for one in verified.findings if one.code == check.code)
    since, speed = (known.since_at, known.speed) if known else (at, verified.speed)
    closest = max(speed, verified.speed, key=_SPEEDS.index)
    return Failing(check.code, since, at, closest, check.count, found)


def _looks_as_close(speed: Speed, other: Speed) -> bool:
    return _SPEEDS.index(speed) >= _SPEEDS.index(other)


@dataclass(frozen=True, slots=True)
class Watching:
    """Checks the books and notes on this computer how they stood."""

    verifying: Verifying
    path: Path

    def watched(self) -> Watched:
        """Return what is noted of these books."""
        return _read(read_notes(self.path))

    def keep_report(self, path: Path, text: str) -> None:
        """Write a report to a file, whole or not at all.

        Raises:
            FileNotWrittenError: the folder or the disk does not allow it.
        """
        with replacing(path) as fresh:
            fresh.write_text(text, "utf-8")

    def verify(
        self,
        speed: Speed,
        *,
        outside: str | None = None,
        say: Callable[[str], None] = lambda _: None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> tuple[Verified, Watched]:
        """Check the books and note how they stand; a run that was stopped is not noted.

        ``outside`` are the digits of a seal known elsewhere.

        Raises:
            NotASealError: ``outside`` is no seal.
            LookStoppedError: ``is_stopped`` said so.
        """
        clock, began_at = self.verifying.clock, self.verifying.clock.now_us()
        looking = replace(self.verifying, say=say, is_stopped=is_stopped)
        verified = looking.verify(speed, outside=outside)
        took_us = max(0, clock.now_us() - began_at)
        watched = after(self.watched(), verified, at=began_at, took_us=took_us)
        try:
            write_notes(self.path, asdict(watched))
        except FileNotWrittenError:
            _log.exception("how the books stand was not noted")
        return verified, watched


def _read(notes: Mapping[str, Any]) -> Watched:
    try:
        return Watched(
            tuple(_run(one) for one in notes["runs"]),
            tuple(_read_failing(one) for one in notes["failing"]),
        )
    except (KeyError, TypeError, ValueError):
        return Watched()


def _run(one: Mapping[str, Any]) -> Run:
    checks = tuple(Check(**check) for check in one["checks"])
    return Run(int(one["at"]), int(one["took_us"]), Speed(one["speed"]), checks)


def _read_failing(one: Mapping[str, Any]) -> Failing:
    findings = tuple(Finding(**finding) for finding in one["findings"])
    return Failing(
        str(one["code"]), int(one["since_at"]), int(one["seen_at"]), Speed(one["speed"]),
        int(one["count"]), findings,
    )  # fmt: skip
