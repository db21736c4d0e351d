"""Whom a campaign will count: everybody, by filters, or a list; each customer can be taken out."""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QStackedWidget,
    QWidget,
)

from erpdesk.domain.ids import CustomerId
from erpdesk.domain.money import Money, parse_amount
from erpdesk.domain.stocktake.campaign import CampaignPlan
from erpdesk.domain.stocktake.campaign_scope import BALANCE, NOT_SINCE, UNBILLED
from erpdesk.errors import UserError
from erpdesk.services.looking import Customer
from erpdesk.services.stocktake.campaign_scope import Choice, Preview
from ui.models.cells import Chip, Value
from ui.models.row_model import Column, RowModel
from ui.pages.campaigns import words as w
from ui.pages.campaigns.codes_field import CodesField
from ui.widgets.button import Button
from ui.widgets.chip_row import ChipRow, Filter
from ui.widgets.clearing import clearable
from ui.widgets.day_field import DayField
from ui.widgets.labelled import labelled
from ui.widgets.parts import STRETCH, ElidedLabel, Item, Label, Panel, column, row, set_property
from ui.widgets.row_table import RowTable
from ui.work.wording import Wording

PASTE_PX: Final = 52
_LIST_PX: Final = 120
WRITTEN: Final = frozenset({"code", "address", "terms_days", BALANCE, NOT_SINCE, UNBILLED})
"""The filters that have a field here; others of a kept plan stay as they are."""

_BETWEEN_CODES: Final = re.compile(r"[\s,，;；、]+")
_TERMS_MAX: Final = 4
_NAMED_MAX: Final = 12
"""So many of the codes that nobody has are named under the field that holds them all."""


class ScopeBuilder(Panel):
    """``changed`` comes with every change, ``codes_asked`` (codes) wants customers of a list.

    ``search_asked`` wants those listed whom the words fit that are ``searched``.
    """

    changed = Signal()
    codes_asked = Signal(object)
    search_asked = Signal()

    def __init__(self, words: Wording, today: date) -> None:
        self._words = words
        self._currency = "CNY"
        self._listed: tuple[CustomerId, ...] = ()
        self._without: frozenset[CustomerId] = frozenset()
        self._choices: tuple[Choice, ...] = ()
        self._held: tuple[CustomerId, ...] = ()
        self._in_all, self._is_cut = 0, False
        self._others: tuple[tuple[str, str], ...] = ()
        self._make(today)
        super().__init__(*self._items(), gap=8, margins=(12, 10, 12, 10))
        self._connect()
        self._say_again()

    def _make(self, today: date) -> None:
        words = self._words
        self.modes = ChipRow()
        self.code, self.address, self.terms = QLineEdit(), QLineEdit(), QLineEdit()
        self.balance, self.since = QLineEdit(), DayField(today)
        self.unbilled = QCheckBox()
        self.paste = CodesField()
        self.paste.setFixedHeight(PASTE_PX)
        self.take = Button("", icon="plus", height_px=28)
        self.unknown = Label("", "small", "attention", wraps=True)
        self.unknown.hide()
        words.put(self.modes, "setAccessibleName", w.SCOPE)
        words.put(self.unbilled, "setText", w.UNBILLED_FIELD)
        words.put(self.take, "setText", w.TAKE_CODES)
        words.put(self.paste, "setPlaceholderText", w.PASTE)
        words.put(self.paste, "setAccessibleName", w.PASTE)
        for field in (self.code, self.address, self.terms, self.balance):
            field.setMinimumHeight(30)
            field.setMaxLength(60)
        self.terms.setMaxLength(_TERMS_MAX)
        self.model = RowModel(
            self._columns(), key=lambda one: one.id, language=words.language,
            ground=lambda one: "attention" if one.is_chosen and one.held_by else None,
        )  # fmt: skip
        self.table = RowTable(self.model, name="", density="compact")
        words.put(self.table, "setAccessibleName", w.SCOPE)
        self.search = QLineEdit()
        self.search.setMinimumHeight(28)
        clearable(self.search, words)
        words.put(self.search, "setPlaceholderText", w.SEARCH_SCOPE)
        words.put(self.search, "setAccessibleName", w.SEARCH_SCOPE)
        self.empty = Label("", "body", "text2")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(14, 12, 14, 12)
        words.put(self.empty, "setText", w.NOBODY)
        self.hint, self.sums = ElidedLabel("", "small", "text2"), ElidedLabel("", "body")
        self.drop = Button("", "quiet", height_px=24)

    def _items(self) -> tuple[Item, ...]:
        named = partial(labelled, self._words)
        filters = QWidget()
        filters.setLayout(
            row(
                (named(w.CODE_FIELD, self.code), 3),
                (named(w.ADDRESS_FIELD, self.address), 4),
                (named(w.TERMS_FIELD, self.terms), 2),
                (named(w.BALANCE_FIELD, self.balance), 3),
                (named(w.SINCE_FIELD, self.since), 3),
                column(STRETCH, self.unbilled, 7, gap=0),
            )
        )  # fmt: skip
        pasted = QWidget()
        pasted.setLayout(column(row((self.paste, 1), self.take), self.unknown, gap=4))
        self._fields = QStackedWidget()
        for part in (QWidget(), filters, pasted):
            self._fields.addWidget(part)
        foot = QWidget()
        foot.setLayout(row((self.sums, 1), self.drop, self.hint))
        top = QWidget()
        top.setLayout(row(self.modes, STRETCH, (self.search, 2)))
        listed = Panel((self.empty, 1), (self.table, 1), gap=0, margins=(1, 1, 1, 1))
        listed.setMinimumHeight(_LIST_PX)
        return top, self._fields, (listed, 1), foot

    def _connect(self) -> None:
        self.modes.chosen.connect(lambda _: self._switch())
        for field in (self.code, self.address, self.terms, self.balance):
            field.textChanged.connect(lambda _: self._judge())
        self.since.changed.connect(self._judge)
        self.unbilled.toggled.connect(lambda _: self._judge())
        self.paste.textChanged.connect(self._judge_codes)
        self.paste.too_much.connect(self._say_too_much)
        self.take.clicked.connect(self._ask_codes)
        self.drop.clicked.connect(self._drop_held)
        self.table.ticked.connect(self._tick)
        self.table.opened.connect(self._tick)
        self.search.textChanged.connect(lambda _: self._search())
        self._words.when_switched(self._say_again)

    @property
    def mode(self) -> str:
        """Return how customers are chosen: ``all``, ``filter`` or ``list``."""
        return self.modes.current

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """Return the filters that are written and can be read."""
        if self.mode != "filter":
            return ()
        balance, since = self._balance(), self.since.day
        found = {
            "code": self.code.text().strip(),
            "address": self.address.text().strip(),
            "terms_days": self.terms.text().strip(),
            BALANCE: "" if balance is None else str(balance.minor),
            NOT_SINCE: since.isoformat() if since else "",
            UNBILLED: "1" if self.unbilled.isChecked() else "",
        }
        written = ((field, value) for field, value in found.items() if value)
        return tuple(sorted((*written, *self._others)))

    @property
    def customers(self) -> tuple[CustomerId, ...]:
        """Return who is named in a list; nobody where they are chosen otherwise."""
        return self._listed if self.mode == "list" else ()

    @property
    def without(self) -> tuple[CustomerId, ...]:
        """Return who is taken out by hand."""
        return tuple(sorted(self._without))

    @property
    def is_empty_list(self) -> bool:
        """Say whether a list is asked for and nobody is in it."""
        return self.mode == "list" and not self._listed

    @property
    def wrong(self) -> tuple[str, ...]:
        """Return the names of the fields in which something cannot be read."""
        if self.mode != "filter":
            return ()
        found = {
            "balance": bool(self.balance.text().strip()) and self._balance() is None,
            "since": self.since.is_wrong,
            "terms": bool(self.terms.text().strip()) and not self.terms.text().strip().isdecimal(),
        }
        return tuple(name for name, is_wrong in found.items() if is_wrong)

    def use_currency(self, currency: str) -> None:
        """Read amounts in another currency."""
        self._currency = currency
        self._judge()

    def put_plan(self, plan: CampaignPlan) -> None:
        """Show whom a plan counts."""
        known = dict(plan.filter)
        self._others = tuple(one for one in plan.filter if one[0] not in WRITTEN)
        self._currency, self._listed = plan.currency, plan.customers
        self._without = frozenset(plan.without)
        self.code.setText(known.get("code", ""))
        self.address.setText(known.get("address", ""))
        self.terms.setText(known.get("terms_days", ""))
        least = known.get(BALANCE)
        self.balance.setText(Money(int(least), plan.currency).plain() if least else "")
        since = known.get(NOT_SINCE)
        self.since.put_day(date.fromisoformat(since) if since else None)
        self.unbilled.setChecked(UNBILLED in known)
        self.paste.clear()
        self.unknown.hide()
        self.modes.choose("list" if plan.customers else "filter" if plan.filter else "all")
        self._show_fields()

    def add_customers(self, found: Sequence[Customer], unknown: Sequence[str] = ()) -> None:
        """Put customers into the list; codes that nobody has are named and stay to be mended."""
        new = (CustomerId(one.id) for one in found)
        self._listed = tuple(dict.fromkeys((*self._listed, *new)))
        self._without -= {CustomerId(one.id) for one in found}
        self.paste.setPlainText("\n".join(unknown))
        named, more = tuple(unknown[:_NAMED_MAX]), len(unknown) - _NAMED_MAX
        if more > 0:
            self._words.put(self.unknown, "setText", w.UNKNOWN_MANY, codes=named, more=more)
        else:
            self._words.put(self.unknown, "setText", w.UNKNOWN_CODES, codes=named)
        self.unknown.setVisible(bool(unknown))
        self.modes.choose("list")
        self._show_fields()
        self.changed.emit()

    def show_preview(self, found: Preview | None) -> None:
        """Show whom the plan finds now, with the sums of those that are ticked."""
        self._choices, self._in_all = (found.choices, found.listed) if found else ((), 0)
        say = self._words.say
        chosen, self._held = (found.chosen, found.held) if found else (0, ())
        out = sum(count for _, count in found.left_out) if found else 0
        sums = [say(w.CHOSEN, count=f"{chosen:,}")]
        for book in found.sums if found else ():
            money = Money(book.book_minor, book.currency)
            sums.append(say(w.SUM_SAID, currency=book.currency, amount=money.grouped()))
        self.sums.setText(" · ".join(sums if len(sums) > 1 else [*sums, say(w.NO_BALANCE)]))
        hints = [say(w.OTHERS_OUT, count=f"{out:,}") if out else say(w.TICK_HINT)]
        if self._in_all > len(self._choices):
            listed = f"{len(self._choices):,}"
            hints.insert(0, say(w.FIRST_LISTED, rows=f"{self._in_all:,}", listed=listed))
        self.hint.setText(" · ".join(hints))
        has_others = any(each.currency != self._currency for x in self._choices for each in x.books)
        self.table.show_column("others", is_shown=has_others)
        self.table.show_column("held", is_shown=any(one.held_by for one in self._choices))
        self.drop.setVisible(bool(self._held))
        self.drop.setText(say(w.DROP_HELD, count=len(self._held)))
        self._arrange()

    def field(self, name: str) -> QWidget:
        """Return the part in which something is mended."""
        found: dict[str, QWidget] = {
            "balance": self.balance, "since": self.since, "terms": self.terms, "held": self.drop,
            "scope": self.paste if self.mode == "list" else self.table,
        }  # fmt: skip
        return found[name]

    def _balance(self) -> Money | None:
        try:
            return parse_amount(self.balance.text(), self._currency)
        except UserError:
            return None

    def _switch(self) -> None:
        self._show_fields()
        self.changed.emit()

    def _show_fields(self) -> None:
        place = {"all": 0, "filter": 1, "list": 2}.get(self.mode, 0)
        self._fields.setCurrentIndex(place)
        self._fields.setVisible(place > 0)
        shown = self._fields.widget(place)
        if shown is not None and place:
            self._fields.setFixedHeight(shown.sizeHint().height())

    def _judge(self) -> None:
        wrong = self.wrong
        for name, field in (("balance", self.balance), ("terms", self.terms)):
            set_property(field, "wrong", "true" if name in wrong else "false")
        self.changed.emit()

    def _judge_codes(self) -> None:
        self.take.forbid("" if self._codes() else self._words.say(w.NO_CODES))

    def _say_too_much(self) -> None:
        self._words.put(self.unknown, "setText", w.TOO_MUCH)
        self.unknown.show()

    def _codes(self) -> tuple[str, ...]:
        parts = _BETWEEN_CODES.split(self.paste.toPlainText())
        return tuple(dict.fromkeys(part for part in parts if part))

    def _ask_codes(self) -> None:
        self.codes_asked.emit(self._codes())

    def _tick(self, one: Choice) -> None:
        """Take a customer out of the scope, or in again; with several selected, all alike."""
        rows = self.table.selected_rows()
        ids = frozenset(other.id for other in (rows if one in rows else (one,)))
        self._without = self._without | ids if one.is_chosen else self._without - ids
        self.changed.emit()

    def _drop_held(self) -> None:
        self._without |= frozenset(self._held)
        self.changed.emit()

    @property
    def searched(self) -> str:
        """Return what is searched, in small letters."""
        return self.search.text().strip().lower()

    def _search(self) -> None:
        """Show of those listed whom the words fit; of many, others may have to be listed."""
        self._arrange()
        if self._is_cut or self._in_all > len(self._choices):
            self._is_cut = True
            self.search_asked.emit()

    def _arrange(self) -> None:
        words = self.searched
        fit = [one for one in self._choices if words in f"{one.code} {one.name}".lower()]
        self.model.show(fit)
        self.table.setVisible(bool(fit))
        self.empty.setVisible(not fit)

    def _say_again(self) -> None:
        say = self._words.say
        self.modes.show_filters([Filter(name, say(word)) for name, word in w.MODES.items()])
        self.model.use_language(self._words.language)
        self._judge_codes()
        self._show_fields()

    def _columns(self) -> tuple[Column[Choice], ...]:
        def book(one: Choice) -> Value:
            books = {each.currency: each.book_minor for each in one.books}
            return Money(books.get(self._currency, 0), self._currency)

        def others(one: Choice) -> str:
            found = (each for each in one.books if each.currency != self._currency)
            said = (f"{x.currency} {Money(x.book_minor, x.currency).grouped()}" for x in found)
            return " · ".join(said)

        def held(one: Choice) -> Chip:
            if one.held_by is None:
                return Chip("")
            return Chip(self._words.say(w.HELD, number=one.held_by), "attention", "lock")

        return (
            Column("tick", w.TICK, lambda one: one.is_chosen, "check", 44, is_sortable=False),
            Column("code", w.CODE, lambda one: one.code, width=104, is_sortable=False),
            Column("name", w.CUSTOMER, lambda one: one.name, is_sortable=False),
            Column("book", w.BOOK, book, "amount", 132, is_sortable=False),
            Column("others", w.OTHER_CURRENCIES, others, width=124, is_sortable=False),
            Column("held", w.STATE, held, "chip", 124, is_sortable=False),
        )  # fmt: skip
