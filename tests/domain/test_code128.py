"""Code 128 drawn from its widths is read back by a reader."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from erpdesk.domain.codes.code128 import QUIET, code128
from erpdesk.domain.codes.scanner_check import TEST_CODES


def drawn(text: str) -> Image.Image:
    widths = code128(text)
    picture = Image.new("L", (3 * (sum(widths) + 2 * QUIET), 90), 255)
    x = 3 * QUIET
    for n, width in enumerate(widths):
        if n % 2 == 0:
            picture.paste(0, (x, 0, x + 3 * width, 90))
        x += 3 * width
    return picture


@pytest.mark.parametrize("text", TEST_CODES)
def test_that_every_test_code_is_read_as_it_stands(text: str) -> None:
    (found,) = zxingcpp.read_barcodes(drawn(text))

    assert found.bytes.decode("ascii") == text


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=4, max_size=20))
def test_that_any_printable_text_is_read_as_it_stands(text: str) -> None:
    (found,) = zxingcpp.read_barcodes(drawn(text))

    assert found.bytes.decode("ascii") == text
