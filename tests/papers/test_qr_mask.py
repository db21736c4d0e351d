"""The mask of a QR code, against a slow and plain count of what the standard counts."""

import random
from collections.abc import Sequence
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from erpdesk.papers.qr_mask import Grid, lost_points

FINDER = [True, False, True, True, True, False, True]
LIGHT = [False] * 4


def slowly(code: Sequence[Sequence[bool]]) -> int:
    """Count adjacent modules, squares, what looks like a finder, and the balance."""
    size = len(code)
    lines = [list(line) for line in (*code, *zip(*code, strict=True))]
    lengths = [len(list(run)) for line in lines for _, run in groupby(line)]
    runs = sum(length - 2 for length in lengths if length >= 5)
    squares = sum(
        code[y][x] == code[y][x + 1] == code[y + 1][x] == code[y + 1][x + 1]
        for y in range(size - 1)
        for x in range(size - 1)
    )
    finders = sum(
        line[at : at + 11] in (LIGHT + FINDER, FINDER + LIGHT)
        for line in lines
        for at in range(size - 10)
    )
    dark = sum(map(sum, code))
    return runs + 3 * squares + 40 * finders + 10 * (abs(100 * dark // size**2 - 50) // 5)


@given(st.integers(), st.sampled_from((21, 25, 29)), st.sampled_from((0.5, 0.8)))
def test_that_a_code_loses_the_points_of_the_standard(seed: int, size: int, share: float) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    code = [[chance.random() < share for _ in range(size)] for _ in range(size)]
    code[3][:11] = LIGHT + FINDER

    assert lost_points(Grid.of(code)) == slowly(code)


def test_that_a_chequered_code_loses_nothing() -> None:
    code = [[(x + y) % 2 == 0 for x in range(21)] for y in range(21)]

    assert lost_points(Grid.of(code)) == 0
