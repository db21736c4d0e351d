"""The table of the review: chips by outcome, search, order, totals, and which rows are meant."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from erpdesk.services.reviewing import Key, Review, Row
from ui.look import scaled
from ui.models.row_model import RowModel
from ui.pages import differences_words as w
from ui.pages.differences_facts import (
    DifferencesParts,
    columns,
    fits,
    in_order,
    reason_said,
    sentence_of,
    totals_of,
)
from ui.widgets.arranged_table import FIRST, ArrangedTable
from ui.widgets.chip_row import Filter
from ui.widgets.filter_table import TableWords
from ui.work.wording import Wording

COLUMNS_FROM: Final = {"reason": 700, "action": 780, "explained": 900, "owner": 1000}
"""From which width of the table, in px at 100 % text, a column is shown by itself."""


class DifferencesList(QObject):
    """``table`` is the part that is shown; ``chosen`` comes with every other row or selection."""

    chosen = Signal()
    selected = Signal()
    copied = Signal(object)

    def __init__(self, parts: DifferencesParts, words: Wording, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words
        self._review: Review | None = None
        self._after: int | None = None
        self._room: tuple[bool, ...] = ()
        self._width_px = 0
        self.model = RowModel(
            columns(parts, words, lambda: self.currency),
            key=lambda one: one.key,
            sentence=lambda one: sentence_of(one, words, self.currency),
            language=words.language,
            parent=self,
        )
        self.table = ArrangedTable(self.model)
        self._connect()

    def _connect(self) -> None:
        table = self.table
        table.arrange_asked.connect(self.arrange)
        table.copied.connect(self.copied)
        table.table.current_row_changed.connect(lambda _: self.chosen.emit())
        table.table.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit())

    @property
    def currency(self) -> str:
        """Return the currency of the plan."""
        return self._review.plan.currency if self._review else ""

    @property
    def current(self) -> Row | None:
        """Return the row that is shown beside."""
        return self.table.table.current_row()

    @property
    def key(self) -> Key | None:
        """Return whose line that is."""
        return self.current.key if self.current else None

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the selected rows; without a selection the current one."""
        return self.table.table.selected_rows() or ((self.current,) if self.current else ())

    def show_review(self, review: Review, *, is_other: bool) -> bool:
        """Show the lines of a campaign; after something was settled, the next that waits.

        True says that another row is the current one, so that the focus belongs there.
        """
        self._review = review
        self.arrange()
        if is_other:
            some_differ = any(fits(one, "differs") for one in review.rows)
            self.table.chips.choose("differs" if some_differ else "all")
            self.arrange()
        after, self._after = self._after, None
        is_moved = is_other or after is not None or self.current is None
        if is_moved:
            self._go_on(after)
        return is_moved

    def fit(self, width_px: int) -> None:
        """Show as many columns as there is room for; anybody may show the others by hand."""
        self._width_px = width_px
        wider = self.table.table.widened_px * 100 // scaled(100)
        room = tuple(width_px - wider >= least for least in COLUMNS_FROM.values())
        if room != self._room:
            self._room = room
            for name, is_shown in zip(COLUMNS_FROM, room, strict=True):
                self.table.table.show_column(name, is_shown=is_shown)

    def go_on_after(self, line: Row) -> None:
        """Go to the next line that waits, once the list is new."""
        self._after = line.n

    def arrange(self) -> None:
        """Show the rows of the chip and the search, in the order asked for."""
        review, say = self._review, self._words.say
        if review is None:
            return
        self.table.show_filters(
            [
                Filter(name, say(word), sum(fits(one, name) for one in review.rows), icon)
                for name, (word, icon) in w.FILTERS.items()
            ]
        )
        chosen = self.table.filter_on
        words = self.table.searched
        rows = [one for one in review.rows if fits(one, chosen) and words in self._text(one)]
        by, is_descending = self.table.order
        self.table.show_rows(in_order(rows, by, self._words, is_descending=is_descending))
        self.table.show_totals(*totals_of(rows, self.currency, self._words))
        self.fit(self._width_px)

    def speak(self) -> None:
        """Say everything in the language of now."""
        say = self._words.say
        self.model.use_language(self._words.language)
        said = {name: say(sentence) for name, sentence in w.TABLE.items()}
        count = say(w.COUNT_SAID, rows="{rows}", selected="{selected}")
        first = say(FIRST, rows="{rows}", listed="{listed}", selected="{selected}")
        self.table.use_words(TableWords(count=count, first=first, **said))
        self.arrange()

    def _text(self, one: Row) -> str:
        return f"{one.code} {one.name} {reason_said(one, self._words)}".lower()

    def _go_on(self, after: int | None) -> None:
        """Make the next line that waits the current one; without one stay, or begin at the top."""
        rows = self.model.rows
        waiting = [n for n, one in enumerate(rows) if fits(one, "todo")]
        later = [n for n in waiting if after is not None and rows[n].n > after]
        if later or waiting:
            self.table.table.go_to((later or waiting)[0])
        elif rows and self.current is None:
            self.table.table.go_to(0)
