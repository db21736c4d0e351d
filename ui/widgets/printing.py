"""Printing pages as they are: what is shown is what comes out of the printer."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from erpdesk.services.looking import PageShown
from ui.widgets.picture_view import image_of_page

PageOf = Callable[[int], PageShown]
Tell = Callable[[int, int], None]


def asked_printer(parent: QWidget, *, name: str, pages: int) -> QPrinter | None:
    """Ask in the system's own dialog where to print; None when it was left."""
    printer = a_printer(name)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, max(1, pages))
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def a_printer(name: str) -> QPrinter:
    """Return the usual printer for A4 pages without margins of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    return printer


def print_pages(printer: QPrinter, page_of: PageOf, tell: Tell) -> int:
    """Print the pages that were asked for, and return how many; to be run beside the window."""
    first = page_of(1)
    numbers = [n for n in range(1, first.count + 1) if _is_wanted(printer, n)]
    painter = QPainter()
    for done, number in enumerate(numbers):
        tell(done, len(numbers))
        page = first if number == 1 else page_of(number)
        if done == 0:
            _lay(printer, page)
            painter.begin(printer)
        else:
            printer.newPage()
        painter.drawImage(_place(printer, page), image_of_page(page))
    painter.end()
    return len(numbers)


def _is_wanted(printer: QPrinter, number: int) -> bool:
    first, last = printer.fromPage(), printer.toPage()
    return first <= 0 or first <= number <= (last or number)


def _lay(printer: QPrinter, page: PageShown) -> None:
    """Turn the sheet as the first page lies."""
    lies = page.width > page.height
    way = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(way)


def _place(printer: QPrinter, page: PageShown) -> QRectF:
    """Return where a page stands: as large as the sheet lets it be, in its middle."""
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    scale = min(sheet.width() / page.width, sheet.height() / page.height)
    size = QSizeF(page.width * scale, page.height * scale)
    place = QRectF(sheet.topLeft(), size)
    place.moveCenter(sheet.center())
    return place
