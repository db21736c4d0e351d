"""Settlement notices: seen as they are printed, issued once, copied as often as needed.

What is shown of an issued notice are the bytes that were kept; the same are saved and printed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final, Literal

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.notice_gates import Gate
from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import UserError
from erpdesk.services.issuing import Printed
from erpdesk.services.looking import Customer, Looking, NoticeLine, Owing, PageShown
from erpdesk.services.noticing import PAY_WITHIN_DAYS, Asked, Noticing
from erpdesk.services.ports import Clock
from erpdesk.services.replying import ReplyLine, SlipBack
from erpdesk.words import Sentence, explain, standing
from ui.pages import Page
from ui.pages.notices.facts import Found, Wanted, look
from ui.pages.notices.gates import blocked_by
from ui.pages.notices.lists import NoticesLists
from ui.pages.notices.reply import SLIP
from ui.pages.notices.reply import TITLE as TITLE_OF_FORM
from ui.pages.notices.replying import ReplyDesk, ReplyParts
from ui.pages.notices.side import AGAIN, NoticeSide
from ui.widgets.button import Button
from ui.widgets.columns import Columns
from ui.widgets.day_field import DayField
from ui.widgets.document_facts import sentence_for
from ui.widgets.paper_view import PaperView
from ui.widgets.parts import ElidedLabel, Panel
from ui.widgets.printing import asked_printer, print_pages
from ui.work.asking_files import place_to_write
from ui.work.one_look import OneLook
from ui.work.runner import Runner
from ui.work.wording import Wording, literal

S = Sentence
TITLE = S("通知书", "Notices")
ISSUE, FRESH = (
    S("出具通知书", "Issue a notice"),
    S("没变也新出一份", "A new one though nothing changed"),
)
COMMIT = S("出具，或登记回函", "Issue, or register the reply")
SAVE, PRINT = S("存 PDF…", "Save PDF…"), S("打印…", "Print…")
WHOLE = S("预览占满屏幕", "Preview on the full screen")
MADE_NEW = S("已出具 {number}，这是原件", "Issued {number}: this is the original")
MADE_COPY = S(
    "内容没变，{number} 又打了一份，写明是副本 {n}",
    "Nothing changed: {number} was printed again and says it is copy {n}",
)
SAVED = S("已存到 {path}", "Saved to {path}")
SENT = S("已送到打印机，共 {count} 页", "Sent to the printer, pages: {count}")
NO_CUSTOMER = S("先选一个有欠款的客户", "Choose a customer who owes first")
NO_NOTICE = S("先选一份已出具的通知书", "Choose an issued notice first")
NO_ROLE = S("会计或催收才能出具", "Accountants and collectors issue notices")
DAY_WRONG, BUSY = S("日期不对", "A day is wrong"), S("正在出具", "It is being made")
PRINTING = S("正在打印", "It is being printed")
NOBODY = S("没有客户欠款，也没有出具过通知书", "No customer owes, and no notice was issued")
UNKNOWN = S("没有这份通知书，或这户没有欠款", "No such notice, or this customer owes nothing")
WRITERS: Final = frozenset({Role.ACCOUNTANT, Role.COLLECTOR})


@dataclass(frozen=True, slots=True)
class NoticesParts:
    """What the page uses; ``roles`` are those of who is here."""

    noticing: Noticing
    looking: Looking
    clock: Clock
    roles: frozenset[Role]
    replies: ReplyParts


class NoticesPage(Page):
    """Left who owes and what was issued, the paper in the middle, right what to look at first."""

    def __init__(self, parts: NoticesParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, TITLE)
        self._parts, self._runner = parts, runner
        self._names: Mapping[str, str] = {}
        self._looking = OneLook(runner, self)
        self._replies: tuple[ReplyLine, ...] = ()
        self._slip = ""
        self._gates: tuple[Gate, ...] = ()
        self._busy: Sentence | None = None
        self._wanted, self._drafts = Wanted(), 0
        self._page_of: Callable[[int], PageShown] | None = None
        self._make_parts()
        self._lay_out()
        self._connect()
        self._judge()

    @override
    def entered(self) -> None:
        self.lists.take_focus()
        self._look()

    @override
    def look_again(self, changes: Changes) -> None:
        if not self.isVisible():
            return  # looked at anew when it is shown
        if changes.documents or changes.open_items:
            self._look()

    @override
    def panes(self) -> tuple[QWidget, ...]:
        return (self.lists.pages, self.paper, self.reason, self.issue)

    @override
    def customer_here(self) -> str | None:
        owing, issued = self.lists.owing_row, self.lists.issued_row
        return owing.customer.id if owing else issued.head.customer_id if issued else None

    @override
    def scan(self, raw: bytes, source: Source, *, cut: bool = False) -> bool:
        code = raw.decode("utf-8", "replace").strip()
        self._runner.query(self, lambda: self._parts.looking.whose(code), done=self._scanned)
        return True

    @override
    def open_object(self, number: str) -> None:
        """Show the notice with this number, as soon as it is listed."""
        self._wanted = Wanted(number)
        self._look()

    @override
    def take(self, begun: object) -> None:
        """Open the notice of a slip that came back, and the form that takes it down."""
        if isinstance(begun, SlipBack):
            self._slip = "" if begun.is_written else begun.number
            self.open_object(begun.number)

    @override
    def step_out(self) -> bool:
        return self.back.step_out()

    def _scanned(self, found: Customer | None) -> None:
        if found is None:
            self.notify("attention", UNKNOWN)
        elif not self.lists.go_to_customers((found.id,)):
            self._wanted = Wanted(customer=found.id)
            self._look()

    def _make_parts(self) -> None:
        words, today = self.wording, self._parts.clock.today()
        as_of, pay_by = DayField(today), DayField(today)
        as_of.setPlaceholderText(today.isoformat())
        pay_by.setPlaceholderText((today + timedelta(days=PAY_WITHIN_DAYS)).isoformat())
        self.lists = NoticesLists(words, as_of, pay_by)
        self.save = Button("", "quiet", icon="download", key="Ctrl+S")
        self.print = Button("", "quiet", icon="printer", key="Ctrl+P")
        self.paper = PaperView(words, self.save, self.print)
        self.back = ReplyDesk(self, self._parts.replies, self._runner)
        self.side = self.back.beside = NoticeSide(words, self.back.part)
        self.reason, self.again = self.side.reason, self.side.again
        self.issue = Button("", "primary", key="Ctrl+Enter", height_px=32)
        self.fresh = Button("", height_px=32)
        self.why = ElidedLabel("", "small", "attention")
        for part, sentence in (
            (self.issue, ISSUE), (self.fresh, FRESH), (self.save, SAVE), (self.print, PRINT),
        ):  # fmt: skip
            words.put(part, "setText", sentence)

    def _lay_out(self) -> None:
        middle = Panel((self.paper, 1), gap=0, margins=(1, 1, 1, 1))
        at_work = Columns((self.lists, 0), (middle, 1), least_px=0)
        self.build(
            (Columns((at_work, 1), (self.side, 0), (self.back.form, 0)), 1),
            foot=((self.why, 1), self.fresh, self.issue),
        )

    def _connect(self) -> None:
        self.lists.chosen.connect(self._chosen)
        self.lists.changed.connect(self._chosen)
        self.reason.textChanged.connect(lambda _: self._judge())
        self.paper.page_wanted.connect(self._draw)
        for button, what, key, act in (
            (self.issue, ISSUE, "", lambda: self._issue(fresh=False)),
            (self.fresh, FRESH, "", lambda: self._issue(fresh=True)),
            (self.save, SAVE, "Ctrl+S", self._ask_where),
            (self.print, PRINT, "Ctrl+P", self._ask_printer),
            (self.again, AGAIN, "", self._copy),
        ):
            button.clicked.connect(act)
            self.action(what, key, partial(self.press, button))
        self.action(WHOLE, "F11", self.paper.full_screen)
        self.action(COMMIT, "Ctrl+Return", self._commit)
        self.action(TITLE_OF_FORM, "Ctrl+Shift+R", partial(self.press, self.back.part.begin))
        self.action(SLIP, "Ctrl+U", self.back.form.slip.click, on=self.back.form)
        self.wording.when_switched(self._say)

    def _look(self) -> None:
        line, wanted = self.lists.issued_row, self._wanted
        chosen = Wanted(line.head.id if line else "", self.customer_here() or "")
        look_up = partial(look, self._parts.looking, wanted, chosen)
        self._looking.ask(look_up, done=self._show_rows)

    def _show_rows(self, found: Found) -> None:
        self._names, wanted = found.names, found.wanted
        self.lists.show_rows(found.owing, found.notices)
        if wanted is self._wanted:
            self._wanted = Wanted()
        if not self.lists.go_to(wanted.notice, wanted.customer):
            self.notify("attention", UNKNOWN)
        self._chosen()
        if wanted.notice and wanted.notice == self._slip:
            self._slip = ""
            self.back.begin()

    def _asked(self) -> Asked:
        languages: dict[str, Literal["zh", "en"] | None] = {"zh": "zh", "en": "en"}
        said = self.lists.language.currentData()
        return Asked(self.lists.as_of.day, self.lists.pay_by.day, languages.get(said))

    def _chosen(self) -> None:
        """Show the paper of what is chosen, and look at its gates."""
        line, owing, asked = self.lists.issued_row, self.lists.owing_row, self._asked()
        looking, noticing = self._parts.looking, self._parts.noticing
        if line is not None and line.papers:
            digest = line.papers[-1].hash.hex()
            self._page_of = partial(looking.page, digest)
            self.paper.show_paper(digest)
        elif owing is not None:
            self._drafts += 1
            self._page_of = partial(noticing.draft_page, owing.customer, asked)
            self.paper.show_paper(f"draft {self._drafts}")
        else:
            self._page_of = None
            self.paper.say(NO_NOTICE if self.lists.owing_model.rows else NOBODY)
        self._ask_gates(line.head.customer_id if line else None, owing, asked)
        self._say()

    def _ask_gates(self, customer_id: str | None, owing: Owing | None, asked: Asked) -> None:
        looking, noticing = self._parts.looking, self._parts.noticing
        customer = owing.customer if owing else None
        if customer is None and customer_id is None:
            self._show_gates((), ())
            return

        def look() -> tuple[tuple[Gate, ...], tuple[ReplyLine, ...]]:
            known = customer or looking.customer(customer_id or "")
            gates = noticing.gates(known, asked if customer else Asked())
            return gates, () if customer else self.back.replies(known.id)

        here = (self.lists.owing_row, self.lists.issued_row)

        def show(found: tuple[tuple[Gate, ...], tuple[ReplyLine, ...]]) -> None:
            if here == (self.lists.owing_row, self.lists.issued_row):
                self._show_gates(*found)

        self._runner.query(self, look, done=show)

    def _show_gates(self, gates: tuple[Gate, ...], replies: tuple[ReplyLine, ...]) -> None:
        self._gates, self._replies = gates, replies
        self._say()

    def _draw(self, key: str, number: int) -> None:
        page_of = self._page_of
        if page_of is None:
            return
        self._runner.query(
            self, lambda: page_of(number), done=partial(self.paper.show_page, key),
            refused=lambda error: self.paper.refuse(key, explain(error, self.wording.language)),
        )  # fmt: skip

    def _say(self) -> None:
        line = self.lists.issued_row
        self.side.show_gates(self._gates)
        self.side.show_prints(line.papers if line else (), self._names)
        self._judge()

    def _judge(self) -> None:
        say, owing, line = self.wording.say, self.lists.owing_row, self.lists.issued_row
        role = "" if self._parts.roles & WRITERS else say(NO_ROLE)
        general = say(self._busy) if self._busy else role
        wrong = say(DAY_WRONG) if self.lists.as_of.is_wrong or self.lists.pay_by.is_wrong else ""
        blocked = blocked_by(self._gates, self.wording)
        for button in (self.issue, self.fresh):
            button.forbid(general or ("" if owing else say(NO_CUSTOMER)) or wrong or blocked)
        none = "" if line and line.papers else say(NO_NOTICE)
        refusal = why_not_reason(self.reason.text())
        why = standing(refusal, self.wording.language) if refusal else ""
        self.again.forbid(general or none or why)
        self.save.forbid(none)
        self.print.forbid(none or (say(self._busy) if self._busy else ""))
        self.back.show_notice(line, self._replies, role)
        self.why.setText(self.issue.why_not)

    def _commit(self) -> None:
        self.press(self.issue if self.back.form.isHidden() else self.back.form.register)

    def _issue(self, *, fresh: bool) -> None:
        owing, asked = self.lists.owing_row, self._asked()
        if owing is not None and self.issue.isEnabled():
            customer, noticing = owing.customer, self._parts.noticing
            self._make(lambda: noticing.issue(customer, asked, fresh=fresh))

    def _copy(self) -> None:
        line, reason = self.lists.issued_row, self.reason.text().strip()
        if line is not None:
            name, parts = line.head.id, self._parts
            self._make(lambda: parts.noticing.copy(parts.looking.document(name), reason))

    def _make(self, work: Callable[[], Printed]) -> None:
        self._busy = BUSY
        self._judge()

        def made() -> Outcome[Printed]:
            printed = work()
            return Outcome(printed, Changes(documents=frozenset({printed.document.id})))

        self._runner.change(self, made, done=self._made, refused=self._refused)

    def _made(self, printed: Printed) -> None:
        self._busy, self._wanted = None, Wanted(printed.document.id)
        self.reason.clear()
        facts = {"number": printed.document.number, "n": printed.copy}
        said = MADE_COPY if printed.copy else MADE_NEW
        self.notify("ok", S(said.zh.format(**facts), said.en.format(**facts)))
        self._judge()

    def _refused(self, error: UserError) -> None:
        self._busy = None
        self.notify("attention", sentence_for(error))
        self._judge()

    def _ask_printer(self) -> None:
        line = self.lists.issued_row
        if line is None:
            return
        name = line.head.number or ""
        printer = asked_printer(self, name=name, pages=self.paper.view.count)
        if printer is not None:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the last print of the current notice as it was kept, and record that."""
        line = self.lists.issued_row
        if line is None or not line.papers:
            return
        self._busy = PRINTING
        self._judge()
        page_of = partial(self._parts.looking.page, line.papers[-1].hash.hex(), for_print=True)
        self._runner.produce(
            self, lambda report: print_pages(printer, page_of, report),
            done=partial(self._sent, line), refused=self._refused,
        )  # fmt: skip

    def _sent(self, line: NoticeLine, count: int) -> None:
        self._busy = None
        self.notify("ok", S(SENT.zh.format(count=count), SENT.en.format(count=count)))
        self._judge()
        noticing, looking = self._parts.noticing, self._parts.looking

        def note() -> Outcome[None]:
            noticing.note_print(looking.document(line.head.id), copy=line.papers[-1].copy)
            return Outcome(None, Changes())

        self._runner.change(self, note)

    def _ask_where(self) -> None:
        line = self.lists.issued_row
        if line is None:
            return
        name = f"{line.head.number}.pdf"
        path = place_to_write(self, self.wording.say(SAVE), "paper", name, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the last print of the current notice to a file, byte for byte."""
        line = self.lists.issued_row
        if line is None or not line.papers:
            return
        digest, looking = line.papers[-1].hash.hex(), self._parts.looking
        self._runner.produce(
            self, lambda _: looking.hand_out(digest, path), done=self._saved,
            refused=self._refused,
        )  # fmt: skip

    def _saved(self, path: Path) -> None:
        name = literal(str(path)).zh
        self.notify("ok", S(SAVED.zh.format(path=name), SAVED.en.format(path=name)))
