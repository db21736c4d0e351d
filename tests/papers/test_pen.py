"""The pen: a look is said once, and again when it is another or was forgotten."""

import io

import pytest
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from erpdesk.papers import fonts
from erpdesk.papers.fonts import Weight
from erpdesk.papers.pen import Letters, Pen
from erpdesk.papers.text import BODY, DIM, INK, Style


@pytest.fixture
def pen() -> Pen:
    fonts.register()
    return Pen(Letters(Canvas(io.BytesIO())))


def count(pen: Pen, *operators: str) -> list[int]:
    """Return how often each was said since this was last asked."""
    said = pen.taken().split()
    return [said.count(operator) for operator in operators]


def test_that_what_stays_the_same_is_said_once(pen: Pen) -> None:
    for y in range(3):
        pen.text(0, y, "甲", BODY)

    assert count(pen, "BT", "Tf", "rg", "Tj", "ET") == [1, 1, 1, 3, 1]


def test_that_another_size_ink_or_weight_is_said(pen: Pen) -> None:
    for style in (BODY, BODY.at(8), Style(Weight.REGULAR, 8, DIM), Style(Weight.MEDIUM, 8, DIM)):
        pen.text(0, 0, "甲", style)

    assert count(pen, "Tf", "rg") == [3, 2]


def test_that_room_between_the_characters_ends_with_its_line(pen: Pen) -> None:
    pen.text(0, 0, "甲", BODY, gap=5)
    pen.text(0, 0, "乙", BODY)

    assert "5 Tc" in (said := pen.taken())
    assert "0 Tc" in said.partition("5 Tc")[2]


def test_that_a_line_is_drawn_outside_of_what_is_written(pen: Pen) -> None:
    pen.text(0, 0, "甲", BODY)
    pen.line((0, 0), (9, 0), 0.5, INK)
    pen.text(0, 0, "乙", BODY)

    written = [part.partition("ET")[0] for part in pen.taken().split("BT")[1:]]
    assert len(written) == 2
    assert not any(" l S" in part for part in written)


def test_that_a_look_from_inside_is_forgotten_and_said_again(pen: Pen) -> None:
    pen.line((0, 0), (9, 0), 0.5, INK)
    with pen.kept():
        pen.line((0, 0), (9, 0), 0.7, DIM)
    pen.line((0, 0), (9, 0), 0.5, INK)
    assert count(pen, "RG", "w") == [2, 2]

    pen.line((0, 0), (9, 0), 0.7, DIM)
    assert count(pen, "RG", "w") == [1, 1]


def test_that_an_ink_is_said_exactly_enough(pen: Pen) -> None:
    for byte in range(256):
        pen.fill((0, 0, 1, 1), HexColor(byte << 16))

    said = pen.taken().splitlines()
    assert [round(float(line.split()[0]) * 255) for line in said if line.endswith("rg")] == [
        *range(256)
    ]
