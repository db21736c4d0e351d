"""What the list of vouchers looks up: the first rows at once, then more and what all add up to."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from erpdesk.services.looking import Looking
from erpdesk.services.voucher_list import VoucherLine, Vouchers, VouchersAsked
from ui.models.row_model import Column
from ui.widgets.row_table import as_tsv
from ui.widgets.work_strip import WorkStrip
from ui.work.one_look import OneLook
from ui.work.runner import Report, Runner

FIRST_ROWS: Final = 24
LISTED_MOST: Final = 500
"""So many rows are read in a moment; a search or a filter finds the others."""


class VouchersLook(QObject):
    """``first`` carries the first rows of another list, ``whole`` more of them and their sums.

    What is no longer asked for is not told.
    """

    first = Signal(object)
    whole = Signal(object)

    def __init__(
        self,
        page: QObject,
        looking: Looking,
        runner: Runner,
        asked: Callable[[], VouchersAsked],
    ) -> None:
        super().__init__(page)
        self._looking, self._asked = looking, asked
        self._beginning, self._going_on = OneLook(runner, self), OneLook(runner, self)
        self._shown: VouchersAsked | None = None

    def ask(self) -> None:
        """Look up what is asked for now; what is shown already stays until all of it comes."""
        asked = self._asked()
        if asked == self._shown:
            self._ask_whole(asked)
            return
        self._beginning.ask(
            partial(self._looking.first_vouchers, asked, most=FIRST_ROWS),
            done=partial(self._begin, asked),
        )

    def _begin(self, asked: VouchersAsked, rows: tuple[VoucherLine, ...]) -> None:
        if asked == self._asked():
            self._shown = asked
            self.first.emit(rows)
            self._ask_whole(asked)

    def _ask_whole(self, asked: VouchersAsked) -> None:
        self._going_on.ask(
            partial(self._looking.vouchers, asked, most=LISTED_MOST),
            done=partial(self._go_on, asked),
        )

    def _go_on(self, asked: VouchersAsked, found: Vouchers) -> None:
        if asked == self._asked():
            self.whole.emit(found)

    def copy_every(
        self,
        columns: Sequence[tuple[str, Column[VoucherLine]]],
        strip: WorkStrip,
        done: Callable[[tuple[str, int]], None],
    ) -> None:
        """Read and write what is not listed, while a strip tells how far it is."""
        each, asked = self._looking.each_voucher, self._asked()

        def work(report: Report) -> tuple[str, int]:
            text = as_tsv(columns, each(asked, report))
            return text, text.count("\n")

        strip.do(work, done=done)
