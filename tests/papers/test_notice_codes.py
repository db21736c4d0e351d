"""The codes of a notice, read from paper: askew and a little too small."""

import pytest
from PIL import Image

from erpdesk.papers.notice import notice
from tests.papers.examples import a_long_notice, a_notice, rows
from tests.papers.reading import codes, picture


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [0, 2, -2])
@pytest.mark.parametrize("percent", [100, 97])
def test_that_every_code_is_read_from_the_printed_page(degrees: float, percent: int) -> None:
    view = a_notice(6)
    page = picture(notice(view))
    page = page.resize((page.width * percent // 100, page.height * percent // 100))
    page = page.rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)

    check = f"{view.code}|{view.total('CNY').plain()}|CNY|20261125"
    assert codes(page) == {view.code, view.reply_code, check}


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [0, 2])
def test_that_the_small_code_of_a_following_page_is_read(degrees: float) -> None:
    page = picture(notice(a_long_notice(40)), page=1)
    page = page.resize((page.width * 97 // 100, page.height * 97 // 100))
    page = page.rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)

    assert "EDN2026110214F" in codes(page)


def test_that_the_check_code_has_a_line_for_each_currency() -> None:
    view = a_notice(rows=rows(2) + rows(2, "JPY"))

    check = "EDN2026110214F|4879.19|CNY|20261125\nEDN2026110214F|487919|JPY|20261125"
    assert check in codes(picture(notice(view)))
