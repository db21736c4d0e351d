"""The third step of an import: every row with what becomes of it; nothing is stored yet."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from erpdesk.domain.importing.fates import Fate, Fated
from erpdesk.domain.money import Money
from erpdesk.services.importing.files import DryRun
from erpdesk.services.importing.sorts import Sort
from erpdesk.words import Sentence
from ui.dialogs import import_wizard_words as w
from ui.models.cells import Chip, Toned, Value
from ui.models.row_model import Column, RowModel
from ui.widgets.chip_row import Filter
from ui.widgets.filter_table import PAGE_ROWS, FilterTable, TableWords
from ui.widgets.parts import Label, column
from ui.work.wording import Wording


def made_said(dry_sort: Sort, made: int, totals: Sequence[tuple[str, int]], words: Wording) -> str:
    """Return what the good rows amount to, in words."""
    sums = w.COMMA[words.language].join(
        f"{Money(minor, currency).grouped()} {currency}" for currency, minor in totals
    )
    return words.say(w.MAKES[dry_sort], made=f"{made:,}", total=sums or "0.00")


class DryRunStep(QWidget):
    """Lists the rows; ``export_wanted`` asks for the refused ones as a file."""

    export_wanted = Signal()

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self._words = words
        self._dry: DryRun | None = None
        self._fitting: tuple[Fated, ...] = ()
        self._pages = 1
        self.model = RowModel[Fated](
            (
                Column("line", w.LINE, lambda one: f"{one.line:,}", width=64, align="right",
                       is_sortable=False),
                Column("fate", w.FATE, self._chip, "chip", 116, is_sortable=False),
                Column("who", w.WHO, lambda one: one.subject or "—", width=270, is_sortable=False),
                Column("amount", w.AMOUNT, lambda one: one.amount, "amount", 120,
                       is_sortable=False),
                Column("why", w.WHY, self._why, is_sortable=False),
            ),
            key=lambda one: (one.line, one.fate, one.reason), language=words.language,
        )  # fmt: skip
        self.table = FilterTable(self.model, has_totals=False)
        self.head, self.makes = Label("", "strong"), Label("", "body", "text2", wraps=True)
        self.setLayout(column(self.head, self.makes, (self.table, 1), gap=6))
        self.table.search_changed.connect(lambda _: self._fill())
        self.table.filter_chosen.connect(lambda _: self._fill())
        self.table.cleared.connect(self._fill)
        self.table.table.more_wanted.connect(self._more)
        self.table.export_asked.connect(self.export_wanted)
        words.when_switched(self._say_again)
        self._say_again()

    def show_dry_run(self, dry: DryRun) -> None:
        """Show what an import would do: first what is refused, else what is to be looked at."""
        self._dry = dry
        self.table.search.clear()
        self._say_again()
        first = next((one for one in (Fate.REFUSED, Fate.NOTED) if self._counts(dry)[one]), "")
        self.table.chips.choose(first)
        self._fill()
        if self.model.rows:
            self.table.table.go_to(0)

    def _say_again(self) -> None:
        words = self._words
        said = {name: words.say(sentence) for name, sentence in w.TABLE_WORDS.items()}
        count = w.COUNT.zh if words.language == "zh" else w.COUNT.en
        count = count.replace("{fitting}", f"{len(self._fitting):,}")
        self.table.use_words(TableWords(**said, count=count))
        self.model.use_language(words.language)
        if self._dry is not None:
            self._show_facts(self._dry)

    def _show_facts(self, dry: DryRun) -> None:
        say, report = self._words.say, dry.report
        facts = {"rows": report.rows, "good": report.good, "skipped": dry.skipped}
        self.head.setText(say(w.READ, **{name: f"{n:,}" for name, n in facts.items()}))
        makes = made_said(dry.plan.files.sort, report.made, report.totals, self._words)
        self.makes.setText(makes)
        self.table.show_filters(
            [
                Filter("", say(w.ALL)),
                *(
                    Filter(fate, say(w.FATES[fate][0]), n)
                    for fate, n in self._counts(dry).items()
                    if n
                ),
            ]
        )
        is_sum = dry.plan.files.sort is not Sort.CUSTOMERS
        self.table.table.show_column("amount", is_shown=is_sum)

    @staticmethod
    def _counts(dry: DryRun) -> dict[Fate, int]:
        return {**dry.counts, Fate.NOTED: sum(one.is_to_look_at for one in dry.rows)}

    def _fill(self) -> None:
        rows = self._dry.rows if self._dry is not None else ()
        fate, text = self.table.chips.current, self.table.search.text().strip().casefold()
        self._fitting = tuple(
            one for one in rows
            if _is_in(one, fate) and (not text or text in self._all_of(one))
        )  # fmt: skip
        self._pages = 1
        self._say_again()
        self._show()

    def _more(self) -> None:
        if self._pages * PAGE_ROWS < len(self._fitting):
            self._pages += 1
            self._show()

    def _show(self) -> None:
        self.table.show_rows(self._fitting[: self._pages * PAGE_ROWS])

    def _all_of(self, one: Fated) -> str:
        return f"{one.line} {one.subject} {self._reason(one)}".casefold()

    def _reason(self, one: Fated) -> str:
        if one.reason is None:
            return ""
        reason = self._words.say(Sentence(*map(_whole, (one.reason.zh, one.reason.en))))
        if not one.column:
            return reason
        return self._words.say(w.UNDER, column=one.column, reason=reason)

    def _why(self, one: Fated) -> Value:
        text = self._reason(one)
        if one.fate is Fate.REFUSED:
            return Toned(text, "error")
        return Toned(text, "text2") if one.fate in {Fate.SAME, Fate.LEFT_OUT} else text

    def _chip(self, one: Fated) -> Chip:
        word, tone, icon = w.FATES[one.fate]
        return Chip(self._words.say(word), tone, icon)


def _is_in(one: Fated, fate: str) -> bool:
    """Say whether a row is in a filter; what is to be looked at is in that of its fate too."""
    return not fate or one.fate == fate or (fate == Fate.NOTED and one.is_to_look_at)


def _whole(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
