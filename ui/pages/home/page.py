"""Home: what waits for me, what I handed on, how far the count is, whether the books hold."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.changes import Changes
from erpdesk.domain.money import Money
from erpdesk.domain.people import READS_BOOKS, Role
from erpdesk.errors import ErpdeskError, UserError
from erpdesk.services.importing.sorts import Sort, why_not_import
from erpdesk.services.keeping.verifying import Speed
from erpdesk.words import Sentence, standing
from ui.look import scaled
from ui.models.cells import Chip, Lines, Mark, Value
from ui.models.row_model import Column, RowModel
from ui.pages import BackupsWanted, NewWanted, Page
from ui.pages.home import words as w
from ui.pages.home.backup import BackupPanel
from ui.pages.home.books import BooksPanel
from ui.pages.home.facts import UNIDENTIFIED, Campaign, Found, HomeParts, Work, look
from ui.widgets.button import Button
from ui.widgets.charts import Part, SegmentBar
from ui.widgets.columns import Columns
from ui.widgets.currency_field import with_code
from ui.widgets.document_facts import IN_LIST, kind_said
from ui.widgets.flush import flush_right
from ui.widgets.parts import (
    STRETCH,
    ElidedLabel,
    Item,
    Label,
    Panel,
    column,
    emptied,
    row,
    rule,
    walk_after,
)
from ui.widgets.row_table import RowTable
from ui.widgets.sized_panel import SizedPanel
from ui.work.books_watch import STOPS
from ui.work.one_look import OneLook
from ui.work.runner import Runner
from ui.work.wording import Wording, refusal

RIGHT_PX = 372
SEES_TO_BACKUPS = frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.ADMIN})


class Beside(SizedPanel):
    """What stands beside the lists; larger text gets half of the room that it asks for."""

    def __init__(self, *items: Item) -> None:
        super().__init__(*items, ground="none", gap=10, margins=(0, 0, 0, 0))
        self.measure()

    @override
    def measure(self) -> None:
        self.setFixedWidth(RIGHT_PX + (scaled(RIGHT_PX) - RIGHT_PX) // 2)


class HomePage(Page):
    """What waits, what is out, how it stands; every look-up runs beside the window."""

    def __init__(self, parts: HomeParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, w.TITLE)
        self._parts, self._runner, self._found = parts, runner, Found()
        self._looking = OneLook(runner, self)
        self._has_looked = self._has_asked = False
        self._make_lists()
        self._make_right()
        self._lay_out()
        wording.when_switched(self._speak)
        self._speak()

    def _make_lists(self) -> None:
        self._for_me_count, self._out_count = (
            Label("", "small", "text2"),
            Label("", "small", "text2"),
        )
        self._nothing, self._nothing_out = Label("", "body", "text2"), Label("", "body", "text2")
        for label in (self._nothing, self._nothing_out):
            self.wording.put(label, "setText", w.LOOKING)
        self._mine = RowModel[Work](
            (
                Column("icon", Sentence("", ""), self._mark, "icon", 44),
                Column("what", w.WHAT, self._two_lines),
                Column("amount", w.AMOUNT, _amount, "amount", 150),
                Column("since", w.SINCE, self._since_chip, "chip", 130),
            ),
            key=lambda one: one.id, language=self.wording.language,
        )  # fmt: skip
        self._out = RowModel[Work](
            (
                Column("what", w.WHAT, self._title_of, width=262),
                Column("who", w.WHO, lambda one: one.customer or "—"),
                Column("amount", w.AMOUNT, _amount, "amount", 130),
                Column("since", w.SINCE, self._since, width=90),
            ),
            key=lambda one: one.id, language=self.wording.language,
        )  # fmt: skip
        self.mine = RowTable(self._mine, name="", density="inbox", has_head=False)
        self.out = RowTable(self._out, name="")
        self.wording.put(self.mine, "setAccessibleName", w.FOR_ME)
        self.wording.put(self.out, "setAccessibleName", w.HANDED_ON)
        self.mine.opened.connect(self._open)

    def _make_right(self) -> None:
        self._campaign_box = QVBoxLayout()
        self._campaign_box.setSpacing(8)
        self._owing = Label("", "small", "text2")
        self._owed_box = QVBoxLayout()
        self._owed_box.setSpacing(6)
        self.books = BooksPanel(self._parts.watch, self._parts.clock, self.wording)
        self.books.wanted.connect(lambda: self.wants.emit("books_check"))
        self.books.asked.connect(self.check_books)
        self.backup = BackupPanel(
            self._parts.backups, self._parts.clock.today(), self.wording,
            is_mine=bool(SEES_TO_BACKUPS & self._parts.roles),
        )  # fmt: skip
        self.backup.wanted.connect(lambda: self.hands.emit("books_check", BackupsWanted()))
        self._parts.watch.refused.connect(self._not_checked)
        self.action(w.CHECK, "F5", self.check_books)

    def _lay_out(self) -> None:
        self.start = Button("", icon="scan-barcode")
        self.wording.put(self.start, "setText", w.START)
        self.start.clicked.connect(lambda: self.wants.emit("counting"))
        self._day = Label("", "small", "text2")
        left = column(
            (self._list_panel(w.FOR_ME, self._for_me_count, self._nothing, self.mine), 3),
            (self._list_panel(w.HANDED_ON, self._out_count, self._nothing_out, self.out), 2),
            gap=10,
        )
        self.owed = Panel(row(self._section(w.OWED), STRETCH, self._owing), self._owed_box)
        self.owed.setVisible(bool(self._parts.roles - {Role.COUNTER}))
        self.counts = Panel(self._section(w.COUNTS), self._campaign_box)
        right = Beside(
            self.counts, self.owed, self.books, self.backup, STRETCH,
        )  # fmt: skip
        body = Columns((left, 1), (right, 0), gap=12)
        self.build((body, 1), facts=(self._day,), buttons=(self.start,))

    def _section(self, said: Sentence) -> Label:
        label = Label("", "section")
        self.wording.put(label, "setText", said)
        return label

    def _list_panel(self, said: Sentence, count: Label, empty: Label, table: QWidget) -> Panel:
        head = row(self._section(said), count, STRETCH, margins=(14, 10, 14, 10))
        empty.setContentsMargins(14, 12, 14, 12)
        empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        return Panel(head, rule(), (empty, 1), (table, 1), gap=0, margins=(1, 1, 1, 1))

    def _open(self, one: Work) -> None:
        if one.begun is None:
            self.wants.emit(one.page)
        else:
            self.hands.emit(one.page, one.begun)

    @override
    def entered(self) -> None:
        self.look()
        self.mine.setFocus()

    @override
    def look_again(self, changes: Changes) -> None:
        if self.isVisible():
            self.look()

    def look(self) -> None:
        """Look up what waits; the old rows stay until the new ones are there."""
        parts = self._parts
        self._looking.ask(lambda: look(parts), done=self._show, refused=self._failed)

    def _failed(self, error: UserError) -> None:
        self.notify("attention", w.TITLE, refusal(error))

    def _show(self, found: Found) -> None:
        self._has_looked = True
        self._found = found
        self._mine.show(found.mine)
        self._out.show(found.out)
        if not found.mine and self.window().focusWidget() is self.mine:
            self.start.setFocus()  # it would go on to what stands far below
        self.mine.setVisible(bool(found.mine))
        self.out.setVisible(bool(found.out))
        self.wording.put(self._nothing, "setText", w.NOTHING)
        self.wording.put(self._nothing_out, "setText", w.NOTHING_OUT)
        self._nothing.setVisible(not found.mine)
        self._nothing_out.setVisible(not found.out)
        self.wording.put(self._for_me_count, "setText", w.COUNT, n=len(found.mine))
        self.wording.put(self._out_count, "setText", w.COUNT, n=len(found.out))
        if found.mine and self.mine.current_row() is None:
            self.mine.go_to(0)
        self._show_right()

    def _show_right(self) -> None:
        emptied(self._campaign_box)
        for one in self._found.campaigns:
            self._campaign_box.addLayout(self._campaign(one))
        if not self._found.campaigns:
            said = w.NO_COUNTS if self._has_looked else w.LOOKING
            self._campaign_box.addWidget(Label(self.wording.say(said), "body", "text2"))
        emptied(self._owed_box)
        owing = w.CUSTOMERS_OWING if self._has_looked else w.LOOKING
        self.wording.put(self._owing, "setText", owing, n=self._found.owing)
        for currency, sums in sorted(self._found.sums.items()):
            self._owed_box.addLayout(self._owed(currency, sums))
        if self._found.unbooked:
            self._owed_box.addLayout(self._unbooked())
        elif self._has_looked and not self._found.sums and READS_BOOKS & self._parts.roles:
            self._owed_box.addLayout(self._nobody_owes())
        made = (part for panel in (self.counts, self.owed) for part in panel.findChildren(QWidget))
        walk_after(self.counts, filter(_takes_keys, made))

    def _unbooked(self) -> QVBoxLayout:
        """Say what was delivered and stands in no voucher, with the way to write them."""
        say = self.wording.say
        lines = [
            row(
                (Label(say(w.UNBOOKED, n=one.count), "small", "attention", wraps=True), 1),
                Label(Money(one.free_minor, one.currency).grouped()),
                Label(one.currency, "small", "text2"),
            )
            for one in self._found.unbooked
        ]
        write = Button(say(w.WRITE), "quiet", icon="file-clock", height_px=26)
        write.clicked.connect(lambda: self.hands.emit("vouchers", NewWanted()))
        return column(rule(), *lines, flush_right(STRETCH, write), gap=4)

    def _nobody_owes(self) -> QVBoxLayout:
        """Say how the books begin, with the button that begins them."""
        begin = Button(self.wording.say(w.IMPORT), icon="upload", height_px=28)
        begin.clicked.connect(lambda: self.wants.emit("import"))
        sorts = (Sort.CUSTOMERS, Sort.DELIVERIES)
        against = [why_not_import(sort, self._parts.roles) for sort in sorts]
        why_not = against[0] if None not in against else None
        begin.forbid(standing(why_not, self.wording.language) if why_not else "")
        said = Label(self.wording.say(w.NOBODY_OWES), "body", "text2", wraps=True)
        return column(said, row(begin, STRETCH), gap=8)

    def _campaign(self, one: Campaign) -> QVBoxLayout:
        say, rest = self.wording.say, one.customers - one.counted
        bar = SegmentBar(f"{one.name} {one.number}")
        bar.show_parts(
            (
                Part(say(w.COUNTED_WORD), str(one.counted), one.counted, "ok"),
                Part(say(w.OPEN_WORD), str(rest), rest, "rest"),
            )
        )
        share = f"{one.counted * 1000 // one.customers / 10:.1f}%" if one.customers else "—"
        return column(
            row((ElidedLabel(one.name, "strong"), 1), Label(one.number, "small", "text2")), bar,
            row(
                Label(share, "strip"),
                Label(say(w.COUNTED, n=one.counted, all=one.customers), "small", "text2"),
                STRETCH, Label(say(w.OPEN, n=rest), "small", "text2"),
            ),
            gap=6,
        )  # fmt: skip

    def _owed(self, currency: str, sums: tuple[int, int, int]) -> QVBoxLayout:
        say = self.wording.say
        names = (w.BILLED, w.UNBILLED, w.UNAPPLIED)
        kinds = ("billed", "unbilled", "unapplied")
        parts = [
            Part(say(name), Money(minor, currency).grouped(), minor, kind)  # type: ignore[arg-type]
            for name, kind, minor in zip(names, kinds, sums, strict=True)
        ]
        bar = SegmentBar(currency, height_px=8)
        bar.show_parts(parts)
        lines = [
            row(Label(one.label, "small", "text2"), STRETCH, Label(one.figure, "body"))
            for one in parts
        ]
        total = Money(sums[0] + sums[1] - sums[2], currency)
        head = row(Label(currency, "label", "text2"), STRETCH, Label(total.grouped(), "strip"))
        return column(head, bar, *lines, gap=4)

    def check_books(self) -> None:
        """Check the books beside the window; it changes nothing."""
        self._has_asked = True
        self._parts.watch.check(Speed.RULES)

    def _not_checked(self, error: ErpdeskError) -> None:
        """Say why there is no result to whoever asked for one, and to nobody else."""
        has_asked, self._has_asked = self._has_asked, False
        if has_asked and not isinstance(error, STOPS):
            self.notify("attention", w.CHECK, refusal(error))

    @override
    def panes(self) -> tuple[QWidget, ...]:
        return (self.mine, self.out, self.books)

    def _mark(self, one: Work) -> Value:
        return Mark(self._title_of(one), w.ICONS.get(one.kind, "file-text"), "accent")

    def _title_of(self, one: Work) -> str:
        is_unknown, words = one.kind == UNIDENTIFIED, self.wording
        kind = words.say(w.UNKNOWN_PAYER) if is_unknown else kind_said(one.kind, words)
        return words.say(IN_LIST, kind=kind, number=one.number).strip()

    def _two_lines(self, one: Work) -> Value:
        title, say = self._title_of(one), self.wording.say
        if one.came_back:
            said = w.CAME_BACK[one.came_back.verb]
            return Lines(title, say(said, reason=one.came_back.reason), "attention")
        return Lines(title, one.customer or say(w.NO_CUSTOMER), "text2")

    def _days(self, one: Work) -> int:
        return max(0, (self._parts.clock.now_us() - one.made_at) // 86_400_000_000)

    def _since(self, one: Work) -> Value:
        days = self._days(one)
        return self.wording.say(w.WAITED, n=days) if days else self.wording.say(w.TODAY)

    def _since_chip(self, one: Work) -> Value:
        said = str(self._since(one))
        if self._days(one):
            return Chip(said, "attention", "clock")
        return Chip(said, "neutral", "clock")

    def _speak(self) -> None:
        today = self._parts.clock.today()
        self.wording.put(
            self._day, "setText", w.DAY, day=today.isoformat(), weekday=w.WEEKDAYS[today.weekday()]
        )
        for model in (self._mine, self._out):
            model.use_language(self.wording.language)
        self._show_right()
        self.mine.viewport().update()
        self.out.viewport().update()


def _takes_keys(part: QWidget) -> bool:
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _amount(one: Work) -> Value:
    """Return how much it is about: a foreign amount says its currency."""
    is_foreign = one.amount is not None and one.amount.currency != BASE_CURRENCY
    return with_code(one.amount) if one.amount is not None and is_foreign else one.amount
