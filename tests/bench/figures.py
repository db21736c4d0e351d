"""What a benchmark says, and how its times are taken."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the product, its limit measured in the same run, and the bar on the ratio.

    ``better`` says which way is good: ``less`` (times) or ``more`` (rates).
    """

    name: str
    product: float
    limit: float
    unit: str
    bar: float
    better: str = "less"
    size: int = 0

    @property
    def ratio(self) -> float:
        """Return product ÷ limit."""
        return self.product / self.limit if self.limit else 0.0

    @property
    def is_met(self) -> bool:
        """Say whether the bar is met."""
        return self.ratio <= self.bar if self.better == "less" else self.ratio >= self.bar

    def line(self) -> str:
        """Return the figure as a line of JSON."""
        rounded = {k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(self).items()}
        return json.dumps(rounded | {"ratio": round(self.ratio, 3), "met": self.is_met})


def times_ms(work: Callable[[], object], count: int) -> list[float]:
    """Return how long each of several runs took, in milliseconds, sorted."""
    found = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return sorted(found)


def in_turn(
    one: Callable[[], object], other: Callable[[], object], count: int
) -> tuple[list[float], list[float]]:
    """Return how long each of two took, in milliseconds, sorted; what slows one slows both."""
    pairs = [(times_ms(one, 1)[0], times_ms(other, 1)[0]) for _ in range(count)]
    ones, others = zip(*pairs, strict=True)
    return sorted(ones), sorted(others)


def seconds(work: Callable[[], object]) -> float:
    """Return how long one run took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def part(ordered: Sequence[float], share: float) -> float:
    """Return the value below which this share lies."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
