"""The card of a scanned customer: what the books say, what is verified, what is stated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from erpdesk.domain.ids import CustomerId, DocumentId, EventId, PersonName
from erpdesk.domain.moments import at_desk
from erpdesk.domain.stocktake.counting import CountEvent, Source, Verified
from erpdesk.errors import UserError
from erpdesk.words import Sentence
from ui.look import Tone
from ui.models.cells import Chip, Value, withheld
from ui.pages.counting import words as w
from ui.pages.counting.facts import CampaignView, Figures, Who
from ui.pages.counting.stated import StatedBalance
from ui.pages.counting.verify import VerifyList
from ui.widgets.button import Button, Look
from ui.widgets.customer_card import CustomerCard, CustomerView, Figure
from ui.widgets.parts import ElidedLabel, Icon, Label, Panel, column, row, rule
from ui.work.wording import Wording

BAND_PX, FOOT_PX = 40, 48


def moment(at_us: int, *, seconds: bool = False) -> str:
    """Return the time of day of a moment (µs since 1970 UTC) at the company's desk."""
    return f"{at_desk(at_us):%H:%M:%S}" if seconds else f"{at_desk(at_us):%H:%M}"


class Band(Panel):
    """The coloured head of a card: what the scan was, and when."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._icon, self._title = Icon("circle-check", "ok", 20), Label("", "band", "ok")
        self._said, self._time = ElidedLabel("", "body"), Label("", "small", "text2")
        super().__init__(
            row(self._icon, self._title, (self._said, 1), self._time, gap=8),
            ground="ok", margins=(14, 0, 12, 0),
        )  # fmt: skip
        self.setMinimumHeight(BAND_PX)

    def set_compact(self, *, is_compact: bool) -> None:
        """Be lower, for a low window."""
        self.setMinimumHeight(32 if is_compact else BAND_PX)

    def show_finding(
        self, look: tuple[Tone, str], title: Sentence, said: Sentence, at_us: int, **facts: object
    ) -> None:
        """Show a finding in its tone and shape."""
        tone, icon = look
        self.set_ground(tone)
        self._icon.show_icon(icon, tone)
        self._title.set_ink(tone)
        self._wording.put(self._title, "setText", title)
        self._wording.put(self._said, "setText", said, **facts)
        self._time.setText(moment(at_us, seconds=True) if at_us else "")


class Foot(Panel):
    """The action bar of a card: what follows left, buttons right."""

    def __init__(self, wording: Wording, said: Sentence, *buttons: QWidget) -> None:
        self.hint = ElidedLabel("", "small", "text3")
        wording.put(self.hint, "setText", said)
        super().__init__(
            rule(),
            (row((self.hint, 1), *buttons, gap=8, margins=(14, 0, 14, 0)), 1),
            ground="surface", gap=0, margins=(0, 0, 0, 0),
        )  # fmt: skip
        self.setFixedHeight(FOOT_PX)


def button(wording: Wording, said: Sentence, key: str = "", *, look: Look = "normal") -> Button:
    """Return a button of an action bar."""
    made = Button("", look, key=key, height_px=32 if look == "primary" else 30)
    wording.put(made, "setText", said)
    return made


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed on a card, kept as it is: ``statement`` when it is valid.

    ``amount`` and ``by`` are the words as they stood in their fields.
    """

    who: Who
    raw: bytes
    statement: CountEvent | None
    problem: UserError | None
    amount: str = ""
    way: int = 0
    by: str = ""
    verified: tuple[Verified, ...] = ()
    evidence: tuple[str, ...] = ()


class CountCard(Panel):
    """``record_wanted``, ``clear_wanted``, ``park_wanted``; what is typed comes from ``typed``."""

    record_wanted = Signal()
    clear_wanted = Signal()
    park_wanted = Signal()
    attach_wanted = Signal()

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self.who: Who | None = None
        self._raw = b""
        self._campaign: CampaignView | None = None
        self._figures: tuple[Figures, ...] = ()
        self._tax = ""
        self.band = Band(wording)
        self.customer = CustomerCard()
        self.verify, self.stated = VerifyList(wording), StatedBalance(wording)
        self.clear = button(wording, w.CLEAR, "Esc", look="quiet")
        self.park = button(wording, w.PARK, "Ctrl+D")
        self.record = button(wording, w.RECORD, "Enter", look="primary")
        self._foot = Foot(wording, w.NEXT_STORES, self.clear, self.park, self.record)
        body = column(
            self.customer, (row((self.verify, 1), self.stated, gap=10), 1),
            gap=10, margins=(14, 8, 14, 10),
        )  # fmt: skip
        super().__init__(self.band, (body, 1), self._foot, gap=0, margins=(1, 1, 1, 1))
        self._connect()

    def _connect(self) -> None:
        self.clear.clicked.connect(self.clear_wanted)
        self.park.clicked.connect(self.park_wanted)
        self.record.clicked.connect(self.record_wanted)
        self.stated.confirmed.connect(self.record_wanted)
        self.stated.attach_wanted.connect(self.attach_wanted)
        self._wording.when_switched(self._show_customer)

    def show_who(
        self, who: Who, campaign: CampaignView, raw: bytes, figures: tuple[Figures, ...]
    ) -> None:
        """Show a customer, nothing typed yet."""
        self.who, self._campaign, self._raw, self._tax = who, campaign, raw, ""
        self._figures = () if campaign.withheld else figures
        currencies = tuple(one.book.currency for one in self._figures) or (campaign.currency,)
        self.stated.clear(currencies)
        self.stated.use_figures(self._figures)
        self.verify.show_fields([("name", who.name)], campaign.required)
        self._show_customer()

    def forget(self) -> None:
        """Have no customer: whatever was typed was stored or dropped before."""
        self.who = None

    def fill_master(self, fields: Iterable[tuple[str, str]]) -> None:
        """Show the fields of the customer once they were looked up."""
        found = tuple(fields)
        self._tax = dict(found).get("tax_id", "")
        self.verify.fill(found)
        self._show_customer()

    def fill_figures(self, figures: tuple[Figures, ...]) -> None:
        """Show the figures once they were looked up; what is typed stays."""
        if self._campaign is None or self._campaign.withheld or self._figures == figures:
            return
        self._figures = figures
        self.stated.use_figures(figures)
        self._show_customer()

    @property
    def is_touched(self) -> bool:
        """Say whether anything was typed or verified that is not stored yet."""
        typed = self.stated.amount.text().strip() or self.stated.who.text().strip()
        return self.who is not None and bool(
            typed or self.verify.verified or self.stated.evidence or self.stated.way.currentIndex()
        )

    @property
    def typed(self) -> Typed | None:
        """Return what is typed; None where there is nothing to store."""
        return self.parked if self.is_touched else None

    @property
    def parked(self) -> Typed:
        """Return the card as it is, to be finished later."""
        assert self.who is not None  # noqa: S101 - an invariant: there is a card
        problem, stated = self.stated.problem(), self.stated
        statement = None if problem is not None else self._statement(self.who)
        if statement is not None and not statement.counts:
            statement = None
        return Typed(
            self.who, self._raw, statement, problem, stated.amount.text(),
            stated.way.currentIndex(), stated.who.text(), self.verify.verified, stated.evidence,
        )  # fmt: skip

    def take_up(self, parked: Typed) -> None:
        """Put back what was typed when it was put aside."""
        self.stated.way.setCurrentIndex(parked.way)
        self.stated.who.setText(parked.by)
        self.stated.attached(parked.evidence)
        self.verify.take_up(parked.verified)
        self.stated.amount.setText(parked.amount)
        self.stated.look()

    def _statement(self, who: Who) -> CountEvent:
        campaign = self._campaign.id if self._campaign is not None else ""
        return CountEvent(
            id=EventId(""),
            campaign=DocumentId(campaign),
            customer=CustomerId(who.id),
            raw=self._raw,
            source=Source.TYPED,
            by=PersonName(""),
            device="",
            device_seq=0,
            received_at=0,
            stated=self.stated.stated,
            verified=self.verify.verified,
            reply=self.stated.reply,
            evidence=self.stated.evidence,
        )

    def say(self, said: Sentence) -> None:
        """Say something in the action bar."""
        self._wording.put(self._foot.hint, "setText", said)
        self._foot.hint.set_ink("attention" if said is not w.NEXT_STORES else "text3")

    def set_compact(self, *, is_compact: bool) -> None:
        """Be lower, for a low window."""
        self.customer.set_compact(is_compact=is_compact)
        self.stated.set_compact(is_compact=is_compact)
        self.verify.table.set_density("compact" if is_compact else "normal")
        self.band.set_compact(is_compact=is_compact)

    def _show_customer(self) -> None:
        say = self._wording.say
        self.customer.use_words(composition_word=say(w.COMPOSITION))
        if self.who is not None and self._campaign is not None:
            self.customer.show_customer(
                customer_view(self._wording, self.who, self._campaign, self._figures, self._tax)
            )


def customer_view(
    wording: Wording, who: Who, campaign: CampaignView, figures: tuple[Figures, ...], tax: str = ""
) -> CustomerView:
    """Return a customer for its card; figures are withheld or those of the frozen list."""
    say = wording.say
    first = figures[0] if figures else None
    no_figure: Value = withheld(wording.language) if campaign.withheld else None
    billed: Value = first.billed if first else no_figure
    unbilled: Value = first.unbilled if first else no_figure
    unapplied: Value = -first.unapplied if first else no_figure
    book: Value = first.book if first else no_figure
    hint = say(w.WITHHELD) if campaign.withheld else ""
    identity = [say(w.CODE_IS, code=who.code)] + ([say(w.TAX_IS, tax=tax)] if tax else [])
    no_invoice = say(w.NO_INVOICE) if first and first.unbilled.minor else ""
    chips = tuple(Chip(one.book.currency) for one in figures if len(figures) > 1)
    return CustomerView(
        who.name, chips, tuple(identity),
        (
            Figure(say(w.BILLED), billed, hint, "billed"),
            Figure(say(w.UNBILLED), unbilled, hint or no_invoice, "unbilled"),
            Figure(say(w.UNAPPLIED), unapplied, hint, "unapplied"),
        ),
        Figure(say(w.BOOK, day=_short(campaign.cut_off)), book, hint or say(w.SUM_OF)),
    )  # fmt: skip


def _short(day: date) -> str:
    return f"{day:%m-%d}"
