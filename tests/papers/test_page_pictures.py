"""Pages of a PDF as pictures: true to the bytes; what is hostile is refused or stays small."""

import io
import zlib

import pytest
from pypdf import PdfReader, PdfWriter

from erpdesk.papers import page_child
from erpdesk.papers.notice import notice
from erpdesk.papers.page_pictures import (
    NoSuchPageError,
    PagePicture,
    PdfBrokenError,
    PdfLockedError,
    PdfTooLargeError,
    page_picture,
)
from tests.papers.examples import a_long_notice, a_notice

pytestmark = pytest.mark.slow


def a_pdf(
    contents: bytes, *, box: str = "0 0 200 100", extra: bytes = b"", keys: str = ""
) -> bytes:
    """Return a PDF of one page with these drawing orders and further objects."""
    return b"".join(
        (
            b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R{keys}".encode(),
            b">>endobj\n",
            f"4 0 obj<</Length {len(contents)}>>stream\n".encode(),
            contents,
            b"\nendstream endobj\n",
            extra,
            b"trailer<</Root 1 0 R>>\n%%EOF",
        )
    )


def pixel(picture: PagePicture, x: int, y: int) -> tuple[int, int, int]:
    at = y * picture.stride + 3 * x
    red, green, blue = picture.rgb[at : at + 3]
    return red, green, blue


def test_that_a_page_is_shown_in_its_colours() -> None:
    picture = page_picture(a_pdf(b"1 0 0 rg 0 0 100 100 re f"), 1, longest_px=400)

    assert (picture.number, picture.count, picture.width, picture.height) == (1, 1, 400, 200)
    assert pixel(picture, 50, 100) == (255, 0, 0)
    assert pixel(picture, 350, 100) == (255, 255, 255)


def test_that_every_page_of_a_paper_can_be_shown() -> None:
    pdf = notice(a_long_notice(40))

    first, second = (page_picture(pdf, n, longest_px=300) for n in (1, 2))

    assert first.count == second.count == len(PdfReader(io.BytesIO(pdf)).pages)
    assert first.rgb != second.rgb


@pytest.mark.parametrize("number", [0, 2, -1])
def test_that_a_page_that_is_not_there_is_refused(number: int) -> None:
    with pytest.raises(NoSuchPageError):
        page_picture(a_pdf(b""), number)


@pytest.mark.parametrize("pdf", [b"", b"no pdf at all", b"%PDF-1.7\n"])
def test_that_what_is_no_pdf_is_refused(pdf: bytes) -> None:
    with pytest.raises(PdfBrokenError):
        page_picture(pdf, 1)


def test_that_a_paper_that_breaks_off_is_refused() -> None:
    with pytest.raises(PdfBrokenError):
        page_picture(notice(a_notice())[:900], 1)


def test_that_a_password_is_named() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(notice(a_notice())))
    writer.encrypt("secret", algorithm="AES-256")
    locked = io.BytesIO()
    writer.write(locked)

    with pytest.raises(PdfLockedError):
        page_picture(locked.getvalue(), 1)


@pytest.mark.parametrize("box", ["0 0 14400 14400", "0 0 1000000 1", "0 0 0 0", "0 0 0.001 0.001"])
def test_that_a_page_of_any_measure_stays_small(box: str) -> None:
    picture = page_picture(a_pdf(b"", box=box), 1, longest_px=100_000)

    assert max(picture.width, picture.height) <= page_child.LONGEST_MAX
    assert len(picture.rgb) == picture.stride * picture.height


def packed(data: bytes, head: str) -> bytes:
    """Return an object with a packed stream; ``head`` is its number and its keys."""
    short = zlib.compress(data)
    number, keys = head.split(" ", 1)
    said = f"{number} 0 obj<<{keys}/Filter/FlateDecode/Length {len(short)}>>stream\n"
    return said.encode() + short + b"\nendstream endobj\n"


@pytest.mark.slow
def test_that_a_picture_that_swells_is_shown_small() -> None:
    side = "30000"
    keys = f"5 /Type/XObject/Subtype/Image/Width {side}/Height {side}/BitsPerComponent 8"
    image = packed(bytes(1000), f"{keys}/ColorSpace/DeviceRGB")
    pdf = a_pdf(
        b"q 200 0 0 100 0 0 cm /I Do Q", extra=image, keys="/Resources<</XObject<</I 5 0 R>>>>"
    )

    assert page_picture(pdf, 1, longest_px=200).width == 200


@pytest.mark.slow
def test_that_drawing_orders_that_swell_are_refused() -> None:
    orders = packed(b"0 0 m 200 100 l S\n" * 40_000_000, "4 ")
    plain = b"4 0 obj<</Length 0>>stream\n\nendstream endobj\n"

    with pytest.raises(PdfTooLargeError):
        page_picture(a_pdf(b"").replace(plain, orders), 1)


def test_that_a_form_that_draws_itself_ends() -> None:
    form = b"5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
    pdf = a_pdf(
        b"/F Do",
        extra=form + b"/Length 6>>stream\n/F Do \nendstream endobj\n",
        keys="/Resources<</XObject<</F 5 0 R>>>>",
    )

    assert page_picture(pdf, 1, longest_px=200).count == 1


def test_that_a_page_that_draws_for_ever_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("erpdesk.papers.page_pictures._WAIT_SECONDS", 0.001)

    with pytest.raises(PdfTooLargeError):
        page_picture(notice(a_notice()), 1)


def test_that_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_child, "PAGES_MAX", 1)

    assert page_child.drawn(notice(a_long_notice(40)), 1, 100) == page_child.TOO_LARGE


def test_that_a_crash_of_the_child_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("erpdesk.papers.page_pictures.child.__file__", "/nowhere/page_child.py")

    with pytest.raises(PdfBrokenError):
        page_picture(notice(a_notice()), 1)
