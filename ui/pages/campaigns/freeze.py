"""Freezing a list: what will be frozen, what follows, who is left out; then the act."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from PySide6.QtCore import Signal

from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.campaign_scope import Book
from erpdesk.services.stocktake.campaign_scope import Preview
from ui.look import Ink
from ui.pages.campaigns import words as w
from ui.widgets.button import Button
from ui.widgets.document_facts import short_hash
from ui.widgets.effects import EffectGroup, EffectLine, EffectsPreview
from ui.widgets.entry_view import scrolling
from ui.widgets.parts import STRETCH, Icon, Label, Panel, row, rule
from ui.work.wording import Wording

_ICONS: Final[dict[str, tuple[str, Ink]]] = {
    "billed": ("receipt-text", "text2"),
    "unbilled": ("file-clock", "unbilled"),
    "unapplied": ("banknote", "text2"),
}


class FreezeSheet(Panel):
    """``asked`` comes when the shown list is to be frozen, ``closed`` when it is not.

    Its key is the page's: two parts of one page that know Ctrl+Enter would both be silent.
    """

    asked = Signal()
    closed = Signal()

    def __init__(self, words: Wording) -> None:
        self._words = words
        self.effects = EffectsPreview(words)
        self.problem = Label("", "small", "attention", wraps=True)
        self.cancel = Button("", key="Esc", height_px=32)
        self.submit = Button("", "primary", key="Ctrl+Enter", height_px=32)
        heading = Label("", "section")
        words.put(heading, "setText", w.FREEZE_TITLE)
        words.put(self.cancel, "setText", w.GIVE_UP)
        inner = Panel(self.effects, ground="surface", margins=(0, 0, 6, 0))
        super().__init__(
            row(Icon("lock", "accent", 18), (heading, 1)), rule(), (scrolling(inner), 1),
            self.problem, row(self.cancel, STRETCH, self.submit), gap=8,
        )  # fmt: skip
        self.cancel.clicked.connect(self.closed)
        self.submit.clicked.connect(self.asked)

    def begin(self, groups: tuple[EffectGroup, ...], *, at: str, count: int) -> None:
        """Show what freezing makes, as it was found at a time of day."""
        self.effects.show_effects(groups, computed=self._words.say(w.COMPUTED, at=at))
        self.problem.setText("")
        self.submit.setText(self._words.say(w.FREEZE_ACT, count=count))
        self.submit.setFocus()

    def show_moved(self, groups: tuple[EffectGroup, ...], *, at: str, count: int) -> None:
        """Show what changed since it was shown: nothing was frozen."""
        self.effects.recheck(groups, computed=self._words.say(w.COMPUTED, at=at))
        self.problem.setText(self._words.say(w.MOVED))
        self.submit.setText(self._words.say(w.FREEZE_ACT, count=count))

    def complain(self, sentence: str) -> None:
        """Say what stood against it."""
        self.problem.setText(sentence)


def freeze_groups(
    found: Preview, words: Wording, *, people: Iterable[str], cut_off: date | None
) -> tuple[EffectGroup, ...]:
    """Return in words what freezing makes; ``people`` are the names of who may count then."""
    say, named = words.say, tuple(people)
    listed = say(w.LIST_MADE, count=f"{found.chosen:,}", rows=f"{found.rows:,}")
    made = (
        EffectLine("clipboard-list", listed),
        *(line for book in found.sums for line in _book_lines(book, cut_off, words)),
        EffectLine("shield-check", say(w.HASH_MADE), value=short_hash(found.snapshot)),
    )
    follows = (
        EffectLine("users", say(w.COUNTING_OPENS, count=len(named), people=named)),
        EffectLine("lock", say(w.HELD_NOW)),
        EffectLine("lock", say(w.SCOPE_FIXED)),
    )
    out = tuple(
        EffectLine("minus", say(w.OUT_SAID[why]), value=say(w.CUSTOMERS, count=f"{count:,}"))
        for why, count in found.left_out
    )
    groups = (
        EffectGroup(say(w.MADE), made),
        EffectGroup(say(w.OUT), out),
        EffectGroup(say(w.FOLLOWS), follows),
        EffectGroup(say(w.STAYS), (EffectLine("check", say(w.LEDGER_STAYS)),)),
    )
    return tuple(one for one in groups if one.lines)


def _book_lines(book: Book, cut_off: date | None, words: Wording) -> tuple[EffectLine, ...]:
    """Return the balance of a currency, then what it is made of where there is something."""
    title = words.say(w.BOOK_MADE, currency=book.currency, day=cut_off)
    parts = {
        "billed": book.billed_minor, "unbilled": book.unbilled_minor,
        "unapplied": -book.unapplied_minor,
    }  # fmt: skip
    return (
        EffectLine("sigma", title, value=Money(book.book_minor, book.currency)),
        *(
            EffectLine(
                _ICONS[name][0], words.say(w.BOOK_PARTS[name]),
                value=Money(minor, book.currency), ink=_ICONS[name][1],
            )
            for name, minor in parts.items()
            if minor
        ),
    )  # fmt: skip
