"""The table of the review: chips by outcome, search, order, totals, and which rows are meant."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from erpdesk.services.stocktake.reviewing import Key, Review, Row
from ui.look import scaled
from ui.models.row_model import RowModel
from ui.pages.differences import words as w
from ui.pages.differences.arranged import Arranged, Asked, arranged
from ui.pages.differences.facts import DifferencesParts, columns, fits, sentence_of
from ui.widgets.arranged_table import FIRST, ArrangedTable
from ui.widgets.chip_row import Filter
from ui.widgets.filter_table import TableWords
from ui.widgets.row_table import as_tsv
from ui.work.one_look import OneLook
from ui.work.runner import Runner
from ui.work.wording import Wording

COLUMNS_FROM: Final = {"reason": 700, "action": 780, "explained": 900, "owner": 1000}
"""From which width of the table, in px at 100 % text, a column is shown by itself."""

LISTED_MOST: Final = 500
"""So many rows the window lists in a moment."""


class DifferencesList(QObject):
    """``table`` is the part that is shown; ``chosen`` comes with every other row or selection.

    ``shown`` comes with the rows of a look; True says that another row is the current one.
    """

    shown = Signal(bool)
    chosen = Signal()
    selected = Signal()
    copied = Signal(object)

    def __init__(
        self, parts: DifferencesParts, runner: Runner, words: Wording, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._arranging, self._copying = OneLook(runner, self), OneLook(runner, self)
        self._rows: list[Row] = []
        self._is_other = self._is_new = False
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
        table.every_wanted.connect(self._copy)
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

    def show_review(self, review: Review, *, is_other: bool) -> None:
        """Show the lines of a campaign; after something was settled, the next that waits."""
        self._review = review
        self._is_other |= is_other
        self._is_new = True
        self.arrange()

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
        """Look for the rows of the chip and the search, in the order asked for."""
        review, (by, is_descending) = self._review, self.table.order
        if review is None:
            return
        chip = "" if self._is_other else self.table.filter_on
        asked = Asked(chip, self.table.searched, by, is_descending)
        self._arranging.ask(
            partial(arranged, review.rows, asked, self.currency, self._words),
            done=partial(self._show, review),
        )

    def _show(self, of: Review, found: Arranged) -> None:
        say = self._words.say
        if of is not self._review:
            return  # asked for anew already
        self.table.show_filters(
            [
                Filter(name, say(word), found.counts[name], icon)
                for name, (word, icon) in w.FILTERS.items()
            ]
        )
        self.table.chips.choose(found.filter)
        self._rows = found.rows
        self.table.show_first(found.rows[:LISTED_MOST], len(found.rows))
        self.table.show_totals(found.word, found.sums)
        self.fit(self._width_px)
        if self._is_new:
            self._go_on(is_left=found.counts["todo"] > 0)

    def _copy(self) -> None:
        """Put every row into the clipboard; they are put together beside the window."""
        rows, columns = self._rows, self.table.table.shown_columns()
        done = partial(self.table.copy_rows, count=len(rows))
        self._copying.ask(partial(as_tsv, columns, rows), done=done)

    def speak(self) -> None:
        """Say everything in the language of now."""
        say = self._words.say
        self.model.use_language(self._words.language)
        said = {name: say(sentence) for name, sentence in w.TABLE.items()}
        count = say(w.COUNT_SAID, rows="{rows}", selected="{selected}")
        first = say(FIRST, rows="{rows}", listed="{listed}", selected="{selected}")
        self.table.use_words(TableWords(count=count, first=first, **said))
        self.arrange()

    def _go_on(self, *, is_left: bool) -> None:
        """Show what is new, after something was settled the next line that waits.

        Where none of those listed waits, those that wait are listed.
        """
        rows, after = self.model.rows, self._after
        is_moved = self._is_other or after is not None or self.current is None
        waiting = [n for n, one in enumerate(rows) if fits(one, "todo")] if is_moved else []
        if is_moved and not waiting and is_left and len(rows) < self.table.rows_in_all:
            self.table.chips.choose("todo")
            self.arrange()
            return
        self._is_new, self._is_other, self._after = False, False, None
        later = [n for n in waiting if after is not None and rows[n].n > after]
        if later or waiting:
            self.table.table.go_to((later or waiting)[0])
        elif is_moved and rows and self.current is None:
            self.table.table.go_to(0)
        self.shown.emit(is_moved)
