"""Where a scan of the program's own code leads: one table by page and kind of code.

What has no row goes to the page as it came. A row that has no ground says that nothing was stored.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from erpdesk.domain.codes.own_code import OwnCode, parse_own_code
from erpdesk.domain.codes.reading import Channel, Kind, Reading
from erpdesk.domain.codes.targets import Command, command_of, place_of
from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import UserError
from erpdesk.services.replying import SlipBack
from erpdesk.services.stocktake.counting import Counted
from erpdesk.services.stocktake.reading_codes import read_code
from erpdesk.words import Sentence
from ui.look import Tone
from ui.main_window import said
from ui.main_window.customer_side import CustomerSide
from ui.main_window.room import Room
from ui.pages import Noticed, Page, nothing
from ui.widgets.scan_bar import Scan, readable
from ui.work.wording import literal, refusal

if TYPE_CHECKING:  # loaded with the page
    from ui.pages.counting.page import CountingPage

INBOX: Final = "inbox"
REPLY_LETTER: Final = "回函"
SHOWN_MOST: Final = 40
"""Letters of a code that nobody knows, as far as a notice shows them."""

Way = Callable[["ScanWays", Reading], None]


class Frame(Protocol):
    """The window, as far as a scan moves it."""

    room: Room
    side: CustomerSide

    @property
    def page(self) -> Page: ...  # noqa: D102 - the class says it
    @property
    def shown(self) -> str: ...  # noqa: D102
    def page_named(self, name: str) -> Page: ...  # noqa: D102
    def has_page(self, name: str) -> bool: ...  # noqa: D102
    def go(self, name: str) -> None: ...  # noqa: D102


class ScanWays:
    """Takes scans of own codes for the window that is given."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._forget_nobody: Callable[[], None] = nothing

    def take(self, raw: bytes, source: Source) -> bool:
        """Follow the way of an own code; False where the page is to take the scan as it came."""
        if self.frame.shown == DOCTOR:
            return False
        channel = Channel.SERIAL if source is Source.SERIAL else Channel.WEDGE
        reading = read_code(raw, channel=channel)
        way = _WAYS.get((self.frame.shown, reading.kind), _WAYS.get(("", reading.kind)))
        if way is None or not reading.is_taken:
            return False
        way(self, reading)
        return True

    def look_up(self, raw: bytes) -> None:
        """Say whose a code is that the page has no use for."""
        desk, code = self.frame.room.desk, raw.decode("utf-8", "replace").strip()
        self._forget_nobody()
        self.ask(lambda: desk.scanned_customer(code), self._found, lambda _: self._paper(code))

    def _paper(self, code: str) -> None:
        """Show the document with this number, where somebody may read documents."""
        if not self.frame.has_page(INBOX):
            self.nobody(code)
            return

        def found(_: object) -> None:
            self.frame.go(INBOX)
            self.frame.page.open_object(code)

        looking = self.frame.room.desk.looking
        self.ask(lambda: looking.numbered(code), found, lambda _: self.nobody(code))

    def ask(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        refused: Callable[[UserError], None] | None = None,
    ) -> None:
        """Look something up beside the window, for the page that is shown now."""
        owner = self.frame.page
        assert isinstance(owner, QWidget)  # noqa: S101 - what is asked for ends with its page
        self.frame.room.runner.query(owner, work, done=done, refused=refused or self.not_there)

    def say(self, tone: Tone, title: Sentence, text: Sentence, *, counting: bool = False) -> None:
        """Say in the page what became of a scan; with ``counting``, offer to go and count."""
        acts = ((said.GO_COUNT[0], said.GO_COUNT[1]),) if counting else ()
        self.frame.page.notify(tone, title, text, acts)

    def not_there(self, error: UserError) -> None:
        """Say that a code is ours, and that there is nothing behind it."""
        self.frame.room.sounds.play("unexpected")
        self.say("attention", said.NOTHING_STORED, refusal(error))

    def _found(self, customer: Any) -> None:
        self.frame.side.show_customer(str(customer.id))

    def nobody(self, code: str) -> None:
        """Say that nobody has a code."""
        self.frame.room.sounds.play("unexpected")
        title = _with(said.NO_SUCH_CODE, code=readable(code[:SHOWN_MOST]))
        acts = (said.GO_FIND, said.GO_COUNT)
        notice: Noticed = ("attention", title, said.NOT_A_COUNT, acts)
        self._forget_nobody = self.frame.page.notify_for_now(notice)

    @property
    def counting(self) -> "CountingPage":
        """Return the page on which is counted."""
        from ui.pages.counting.page import CountingPage

        page = self.frame.page_named("counting")
        assert isinstance(page, CountingPage)  # noqa: S101 - the registry says so
        return page


def _with(text: Sentence, *, code: str) -> Sentence:
    """Return a sentence with the code that was scanned in it."""
    kept = literal(code).zh
    return Sentence(text.zh.replace("{code}", kept), text.en.replace("{code}", kept))


def _own(reading: Reading) -> OwnCode:
    """Return the own code of a reading whose kind only own codes have."""
    code = parse_own_code(reading.value or "")
    assert isinstance(code, OwnCode)  # noqa: S101 - a reading of this kind is taken for nothing else
    return code


def _customer(ways: ScanWays, reading: Reading) -> None:
    """Do with the customer of a label, or of a line, what the page does with a customer's code."""
    tracing, code = ways.frame.room.desk.tracing, _own(reading)

    def found(customer: Any) -> None:
        raw = str(customer.code).encode()
        if not ways.frame.page.scan(raw, Source.TYPED):
            ways.look_up(raw)

    ways.ask(lambda: tracing.customer(code), found)


def _to(name: str) -> Way:
    """Return the way to a page that opens the document."""

    def way(ways: ScanWays, reading: Reading) -> None:
        def found(number: str) -> None:
            if not ways.frame.has_page(name):
                ways.say("attention", said.NOTHING_STORED, said.NO_ROLE_FOR_IT)
                return
            ways.frame.go(name)
            ways.frame.page.open_object(number)

        tracing, code = ways.frame.room.desk.tracing, _own(reading)
        ways.ask(lambda: tracing.number(code), found)

    return way


def _slip(ways: ScanWays, reading: Reading) -> None:
    """Open the notice whose reply slip came back, ready to take down what it says."""

    def found(number: str) -> None:
        if not ways.frame.has_page("notices"):
            ways.say("attention", said.NOTHING_STORED, said.NO_ROLE_FOR_IT)
            return
        ways.frame.go("notices")
        ways.frame.page.take(SlipBack(number))

    tracing, code = ways.frame.room.desk.tracing, _own(reading)
    ways.ask(lambda: tracing.number(code), found)


def _here(ways: ScanWays, reading: Reading) -> None:
    """Let the page choose the document by its number."""
    tracing, code = ways.frame.room.desk.tracing, _own(reading)
    ways.ask(lambda: tracing.number(code), ways.frame.page.open_object)


def _tells(text: Sentence, *, counting: bool = False) -> Way:
    """Return the way that ends here: nothing was stored, and why."""

    def way(ways: ScanWays, reading: Reading) -> None:
        ways.frame.room.sounds.play("refused")
        told = _with(text, code=reading.value or "")
        ways.say("attention", said.NOTHING_STORED, told, counting=counting)

    return way


def _sheet(ways: ScanWays, reading: Reading) -> None:
    """Show who is still to be counted on a page of this campaign's count sheet."""
    page, code, tracing = ways.counting, _own(reading), ways.frame.room.desk.tracing
    place = place_of(code)
    campaign = page.campaign
    if campaign is None or not place.is_in(campaign.number):
        _tells(said.OTHER_CAMPAIGN)(ways, reading)
        return

    def found(customers: frozenset[str]) -> None:
        page.lists.show_sheet(place.n, customers)
        _echo(ways, code.text, "ok", said.SHEET_SHOWN)

    ways.ask(lambda: tracing.on_sheet(campaign.id, place.n), found)


def _reply(ways: ScanWays, reading: Reading) -> None:
    """Count the customer whose reply slip came back, ready for what they wrote on it."""
    page, code, tracing = ways.counting, _own(reading), ways.frame.room.desk.tracing

    def judged(counted: Counted) -> None:
        who = page.card.who
        if who is not None and counted.customer is not None and who.id == counted.customer.id:
            page.card.stated.way.setCurrentIndex(page.card.stated.way.findData(REPLY_LETTER))

    def found(customer: Any) -> None:
        page.flow.judged.connect(judged, Qt.ConnectionType.SingleShotConnection)
        page.scan(str(customer.code).encode(), Source.TYPED)

    ways.ask(lambda: tracing.customer(code), found)


def _command(ways: ScanWays, reading: Reading) -> None:
    """Do what a command code says on the counting page, with its echo in the scan bar."""
    code = _own(reading)
    command = command_of(code)
    if command is None:
        _tells(said.NO_SUCH_COMMAND)(ways, reading)
        return
    word, do = _COMMANDS[command]
    is_done = do(ways.counting)
    _echo(ways, code.text, "ok" if is_done else "attention", word if is_done else said.NOT_NOW)


def _echo(ways: ScanWays, code: str, tone: Tone, word: Sentence) -> None:
    room = ways.frame.room
    page = ways.counting
    page.bar.show_scan(Scan(code, room.wording.say(word), tone))
    page.acts.shown_code = page.bar.code.text()  # Enter on it is no second scan
    room.sounds.play("ok" if tone == "ok" else "refused")


def _on_card(act: "Callable[[CountingPage], object]") -> "Callable[[CountingPage], bool]":
    """Return an act that needs a card with a customer on it."""

    def do(page: "CountingPage") -> bool:
        if page.stack.currentWidget() is not page.card or page.card.who is None:
            return False
        act(page)
        return True

    return do


def _keep(page: "CountingPage") -> bool:
    if page.stack.currentWidget() is not page.duplicate:
        return False
    page.show_ready()
    return True


def _hand_over(page: "CountingPage") -> bool:
    page.acts.hand_over()
    return page.campaign is not None


_COMMANDS: "Final[dict[Command, tuple[Sentence, Callable[[CountingPage], bool]]]]" = {
    Command.RECORD: (said.DONE_RECORD, _on_card(lambda page: page.record())),
    Command.PARK: (said.DONE_PARK, _on_card(lambda page: page.acts.park())),
    Command.CLEAR: (said.DONE_CLEAR, _on_card(lambda page: page.acts.clear())),
    Command.ALL_SAME: (said.DONE_SAME, _on_card(lambda page: page.card.verify.mark_all())),
    Command.NO_ACCOUNT: (said.DONE_ZERO, _on_card(lambda page: page.card.stated.take_zero())),
    Command.KEEP: (said.DONE_KEEP, _keep),
    Command.HAND_OVER: (said.DONE_HAND_OVER, _hand_over),
}

DOCTOR: Final = "doctor"
_WAYS: Final[dict[tuple[str, Kind], Way | None]] = {
    ("counting", Kind.CUSTOMER): None,
    ("counting", Kind.LINE): None,
    ("counting", Kind.SHEET): _sheet,
    ("counting", Kind.REPLY): _reply,
    ("counting", Kind.COMMAND): _command,
    ("counting", Kind.NOTICE): None,
    ("counting", Kind.VOUCHER): None,
    ("counting", Kind.STATEMENT): None,
    ("inbox", Kind.VOUCHER): _here,
    ("", Kind.CUSTOMER): _customer,
    ("", Kind.LINE): _customer,
    ("", Kind.SHEET): _tells(said.IS_SHEET, counting=True),
    ("", Kind.NOTICE): _to("notices"),
    ("", Kind.REPLY): _slip,
    ("", Kind.STATEMENT): _to("notices"),
    ("", Kind.VOUCHER): _to("vouchers"),
    ("", Kind.COMMAND): _tells(said.IS_COMMAND, counting=True),
    ("", Kind.TEST): _tells(said.IS_TEST),
}
"""Page (empty: every other) and kind of code; None hands it to the page as it came."""
