"""What a person does on the counting page besides scanning: each by its key and its button."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.codes.own_code import OwnCode, parse_own_code
from erpdesk.domain.stocktake.counting import Source
from erpdesk.words import Sentence
from ui.pages.counting import words as w
from ui.pages.counting.desk import CountingDesk
from ui.pages.counting.facts import KnownCustomer, Who, found
from ui.pages.counting.lists import ALL_SHEETS
from ui.pages.counting.own import CountingOwn
from ui.pages.counting.rulings import LOOKED_FOR_MAX, CountingRulings
from ui.work.asking_files import files_to_read
from ui.work.paper_opener import PaperOpener
from ui.work.runner import Report
from ui.work.wording import literal, refusal


class CountingActs:
    """Acts on the page that is given; nothing here waits for an answer."""

    def __init__(self, desk: CountingDesk) -> None:
        self._desk = desk
        self.rulings, self.own = CountingRulings(desk), CountingOwn(desk)
        self._papers = PaperOpener()
        self.shown_code = ""

    def add_actions(self) -> None:
        """Give every act its key, on the page or on the card alone."""
        desk, card = self._desk, self._desk.card
        desk.action(w.ALL_SAME, "F7", card.verify.mark_all, on=card)
        desk.action(w.CORRECT, "F2", card.verify.begin_correction, on=card)
        desk.action(w.AS_BOOK, "F8", card.stated.take_book, on=card)
        desk.action(w.ATTACH, "Ctrl+U", self.attach, on=card)
        desk.action(w.PARK, "Ctrl+D", self.park, on=card)
        desk.action(w.TAKE_BACK, "Ctrl+Z", self.own.take_back)
        desk.action(w.RECOUNT, "Ctrl+R", self.rulings.ask_recount, on=desk.duplicate)
        desk.action(w.HAND_OVER, "Ctrl+Shift+E", self.hand_over)
        desk.action(w.SHEET, "Ctrl+P", self.print_sheet)
        desk.action(w.CARD, "", self.print_card)
        desk.action(w.LOOK, "F5", desk.look)

    def typed_in_bar(self, text: str) -> None:
        """Take what was typed: the one customer it fits, else the code as it stands."""
        campaign, parts = self._desk.campaign, self._desk.parts
        if not text or text == self.shown_code or campaign is None:
            return  # Enter on what a scan left there is no second scan
        if isinstance(parse_own_code(text), OwnCode):
            self._desk.code_typed.emit(text.encode())
            return
        self._desk.runner.query(
            self._desk,
            lambda: found(parts, campaign, text) if len(text) <= LOOKED_FOR_MAX else (),
            done=lambda fitting: self._take(text, fitting),
            refused=lambda _: self._scan(text),
        )

    def _take(self, text: str, customers: tuple[KnownCustomer, ...]) -> None:
        exact = [one for one in customers if text in _codes(one)]
        fitting = exact or customers
        if len(fitting) == 1 or not fitting:
            self._scan(fitting[0].code if fitting else text)
            return
        self._desk.store_typed()
        self._desk.card.forget()
        rows = [(f"code:{one.code}", one.name, one.code) for one in fitting]
        self._desk.plain.show_plain("search", w.SEVERAL, literal(text), rows)
        self._desk.stack.setCurrentWidget(self._desk.plain)

    def _scan(self, code: str) -> None:
        self._desk.scan(code.encode(), Source.TYPED)

    def chosen(self, key: str) -> None:
        """Take what was chosen from the list in the card's place."""
        kind, _, value = key.partition(":")
        if kind == "code":
            self._scan(value)
        elif kind == "page":
            self._desk.wants.emit(value)
        else:
            self._desk.show_ready()

    def clear(self) -> None:
        """Drop what is typed; the scan stays."""
        card, campaign = self._desk.card, self._desk.campaign
        if card.who is not None and campaign is not None and card.is_touched:
            self._desk.show_card(card.who, b"")
        else:
            self._desk.show_ready()

    def park(self) -> None:
        """Put the card aside with what is typed on it."""
        desk, card = self._desk, self._desk.card
        if card.who is None:
            return
        desk.lists.park(card.parked)
        desk.card.forget()
        desk.show_ready()

    def attach(self) -> None:
        """Ask for files, and keep them as evidence of this customer's word."""
        card = self._desk.card
        if card.who is None:
            return
        for path in files_to_read(self._desk, self._desk.wording.say(w.ATTACH), "evidence"):
            self.attach_file(Path(path))

    def attach_file(self, path: Path) -> None:
        """Keep one file as evidence of the customer on the card."""
        desk, who, evidence = self._desk, self._desk.card.who, self._desk.parts.evidence
        if who is None:
            return
        desk.runner.change(
            desk,
            lambda: Outcome(evidence.keep_file(path).hex(), Changes()),
            done=lambda kept: self._attached(who, kept),
            refused=lambda error: desk.notify("error", w.ATTACH, refusal(error)),
        )

    def _attached(self, who: Who, kept: str) -> None:
        card = self._desk.card
        if card.who is not None and card.who.id == who.id:
            card.stated.attached(tuple(dict.fromkeys((*card.stated.evidence, kept))))

    def restate(self) -> None:
        """Open the card of a customer that was counted, for another record."""
        who = self._desk.duplicate.who
        if who is not None:
            self._desk.show_card(who, who.code.encode())
            self._desk.card.band.show_finding(("info", "pencil"), w.AGAIN, w.AGAIN_WHAT, 0)

    def open_row(self, tab: str, key: str) -> None:
        """Open a row of the lists: scan the open one, take up the parked, look at the others."""
        desk = self._desk
        if key == ALL_SHEETS:
            desk.lists.show_sheet(0, frozenset())
        elif tab == "parked":
            self._take_up(key)
        elif tab == "open":
            found = next((one for one in _uncounted(desk) if one.id == key), None)
            if found is not None:
                self._scan(found.code)
        elif tab == "unexpected" or desk.lists.is_unexpected(key):
            self.rulings.open_unexpected(key)
        elif (who := _in_conflict(desk, key)) is not None:
            self.rulings.open_conflict(who)
        else:
            self._reopen(key)

    def _take_up(self, key: str) -> None:
        parked = self._desk.lists.unpark(key)
        if parked is not None:
            self._desk.store_typed()
            self._desk.show_card(parked.who, parked.raw)
            self._desk.card.take_up(parked)

    def _reopen(self, key: str) -> None:
        """Open the card of a customer again; what is recorded then stands beside the earlier."""
        desk = self._desk
        shift = desk.lists.scan_of(key)
        who = shift.who if shift is not None else desk.lists.who_of(key)
        if who is None or desk.campaign is None:
            return
        desk.store_typed()
        desk.show_card(who, who.code.encode())
        desk.card.band.show_finding(("info", "pencil"), w.AGAIN, w.AGAIN_WHAT, 0)

    def hand_over(self) -> None:
        """Show the sum of this shift, to be signed."""
        self.own.hand_over()

    def print_sheet(self) -> None:
        """Draw the count sheet of this campaign and show it, to be printed."""
        desk, campaign = self._desk, self._desk.campaign
        if campaign is not None:
            draw, language = desk.parts.count_sheet, desk.wording.language
            self._print(f"{campaign.number}.pdf", lambda: draw(campaign.id, language), w.SHEET)

    def print_card(self) -> None:
        """Draw the card of commands and show it, to be printed."""
        draw, language = self._desk.parts.command_card, self._desk.wording.language
        self._print("erpdesk-commands.pdf", lambda: draw(language), w.CARD)

    def _print(self, name: str, draw: Callable[[], bytes], what: Sentence) -> None:
        desk, papers = self._desk, self._papers

        def work(report: Report) -> Path:
            report(0)
            return papers.keep(name, draw())

        desk.runner.produce(
            desk, work, done=partial(self._show_paper, what),
            refused=lambda error: desk.notify("attention", w.NOT_PRINTED, refusal(error)),
        )  # fmt: skip

    def _show_paper(self, what: Sentence, kept: Path) -> None:
        path = self._papers.show(kept)
        if path is not None:
            said = self._desk.wording.say(w.PAPER_AT, path=path)
            self._desk.notify("attention", what, literal(said))

    def step_out(self) -> bool:
        """Go out one step: a correction, what is typed, the card; False when nothing is open."""
        desk = self._desk
        if desk.stack.currentWidget() is desk.card and desk.card.verify.is_correcting:
            desk.card.verify.end_correction()
            return True
        if desk.stack.currentWidget() is desk.card:
            self.clear()
            return True
        if desk.stack.currentWidget() is not desk.plain:
            desk.show_ready()
            return True
        return False


def _codes(customer: KnownCustomer) -> set[str]:
    """Return every code of a customer."""
    return {customer.code} | {str(one["code"]) for one in customer.record.get("codes", ())}


def _uncounted(desk: CountingDesk) -> tuple[Who, ...]:
    return desk.standing.uncounted if desk.standing is not None else ()


def _in_conflict(desk: CountingDesk, key: str) -> Who | None:
    """Return the customer of a row when counters contradict each other about it."""
    shift = desk.lists.scan_of(key)
    customer = shift.who.id if shift is not None and shift.who is not None else key
    conflicts = desk.standing.conflicts if desk.standing is not None else ()
    return next((one for one in conflicts if one.id == customer), None)
