"""QR codes, beside those that the library builds bit by bit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

from erpdesk.papers.qr_code import qr_rows
from erpdesk.papers.qr_mask import MASKS, Grid, lost_points


def slowly(text: str) -> list[str]:
    """Return the rows as the library builds them, with the mask that loses the least."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(text))
    code.version = code.calculate_version()
    found = []
    for mask in MASKS:
        code.makeImpl(False, mask)  # noqa: FBT003 - the library's: this is no trial
        found.append(Grid.of(code.modules))
    return min(found, key=lost_points).rows()


@pytest.mark.parametrize("length", [1, 14, 15, 42, 43, 84, 180, 181, 287, 288, 420])
def test_that_a_code_of_any_size_is_the_librarys(length: int) -> None:
    text = "".join(chr(33 + n * 7 % 90) for n in range(length))

    assert qr_rows(text) == slowly(text)


@settings(max_examples=8)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_that_a_code_of_any_letters_is_the_librarys(text: str) -> None:
    assert qr_rows(text) == slowly(text)
