"""Notices and statements: seen as they are printed, issued once, copied as often as needed.

What is shown of an issued one are the bytes that were kept; the same are saved and printed.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.notice_gates import Gate
from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import UserError
from erpdesk.services.issuing import Printed
from erpdesk.services.looking import Customer, NoticeLine, Owing, PageShown
from erpdesk.services.replying import ReplyLine, SlipBack
from erpdesk.words import Sentence, explain, standing
from ui.look import Tone
from ui.pages import Page
from ui.pages.notices.facts import Found, NoticesParts, Wanted, look, paper_of
from ui.pages.notices.gates import blocked_by
from ui.pages.notices.lists import NoticesLists
from ui.pages.notices.out import PRINT, SAVE, PaperOut
from ui.pages.notices.reply import SLIP
from ui.pages.notices.reply import TITLE as TITLE_OF_FORM
from ui.pages.notices.replying import ReplyDesk
from ui.pages.notices.side import AGAIN, NoticeSide
from ui.widgets.button import Button
from ui.widgets.columns import Columns
from ui.widgets.document_facts import sentence_for
from ui.widgets.paper_view import PaperView
from ui.widgets.parts import ElidedLabel, Panel
from ui.work.one_look import OneLook
from ui.work.runner import Runner
from ui.work.wording import Wording

S = Sentence
TITLE = S("通知与对账", "Notices")
ISSUE, FRESH = (
    S("出具", "Issue"),
    S("没变也新出一份", "A new one though nothing changed"),
)
COMMIT = S("出具，或登记回函", "Issue, or register the reply")
WHOLE = S("预览占满屏幕", "Preview on the full screen")
MADE_NEW = S("已出具 {number}，这是原件", "Issued {number}: this is the original")
MADE_COPY = S(
    "内容没变，{number} 又打了一份，写明是副本 {n}",
    "Nothing changed: {number} was printed again and says it is copy {n}",
)
NO_CUSTOMER = S("先选一个有欠款的客户", "Choose a customer who owes first")
NO_NOTICE = S("先选一份已出具的", "Choose an issued paper first")
NO_ROLE = S("会计或催收才能出具", "Accountants and collectors issue notices")
DAY_WRONG, BUSY = S("日期不对", "A day is wrong"), S("正在出具", "It is being made")
NOBODY = S("没有客户欠款，也没有出具过通知书、对账单", "No customer owes, and nothing was issued")
UNKNOWN = S("没有这份单据，或这户没有欠款", "No such paper, or this customer owes nothing")
WRITERS: Final = frozenset({Role.ACCOUNTANT, Role.COLLECTOR})


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
        words = self.wording
        self.lists = NoticesLists(words, self._parts.clock.today())
        self.save = Button("", "quiet", icon="download", key="Ctrl+S")
        self.print = Button("", "quiet", icon="printer", key="Ctrl+P")
        self.paper = PaperView(words, self.save, self.print)
        self.out = PaperOut(self, self.lists, self.paper, self._parts, self._runner)
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
        self.out.began.connect(self._began)
        self.out.ended.connect(self._ended)
        for button, what, key, act in (
            (self.issue, ISSUE, "", lambda: self._issue(fresh=False)),
            (self.fresh, FRESH, "", lambda: self._issue(fresh=True)),
            (self.save, SAVE, "Ctrl+S", self.out.ask_where),
            (self.print, PRINT, "Ctrl+P", self.out.ask_printer),
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

    def _chosen(self) -> None:
        """Show the paper of what is chosen, and look at its gates."""
        line, owing, (paper, asked) = (
            self.lists.issued_row,
            self.lists.owing_row,
            self.lists.form.asked,
        )
        looking, issuing = self._parts.looking, self._parts.issuing(paper)
        if line is not None and line.papers:
            digest = line.papers[-1].hash.hex()
            self._page_of = partial(looking.page, digest)
            self.paper.show_paper(digest)
        elif owing is not None:
            self._drafts += 1
            self._page_of = partial(issuing.draft_page, owing.customer, asked)
            self.paper.show_paper(f"draft {self._drafts}")
        else:
            self._page_of = None
            self.paper.say(NO_NOTICE if self.lists.owing_model.rows else NOBODY)
        self._ask_gates(line, owing)
        self._say()

    def _ask_gates(self, line: NoticeLine | None, owing: Owing | None) -> None:
        looking, (paper, said) = self._parts.looking, self.lists.form.asked
        if line is None and owing is None:
            self._show_gates((), ())
            return
        issuing = self._parts.issuing(paper_of(line) if line else paper)
        as_of = None if line else said.as_of

        def look() -> tuple[tuple[Gate, ...], tuple[ReplyLine, ...]]:
            if owing is not None:
                return issuing.gates(owing.customer, as_of), ()
            known = looking.customer((line and line.head.customer_id) or "")
            return issuing.gates(known, as_of), self.back.replies(known.id)

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
        wrong = say(DAY_WRONG) if self.lists.form.is_wrong else ""
        blocked = blocked_by(self._gates, self.wording)
        for button in (self.issue, self.fresh):
            button.forbid(general or ("" if owing else say(NO_CUSTOMER)) or wrong or blocked)
        none = "" if line and line.papers else say(NO_NOTICE)
        notice = line if line and paper_of(line) != "statement" else None
        refusal = why_not_reason(self.reason.text())
        why = standing(refusal, self.wording.language) if refusal else ""
        self.again.forbid(general or none or why)
        self.save.forbid(none)
        self.print.forbid(none or (say(self._busy) if self._busy else ""))
        self.back.show_notice(notice, self._replies, role)
        self.why.setText(self.issue.why_not)

    def _commit(self) -> None:
        self.press(self.issue if self.back.form.isHidden() else self.back.form.register)

    def _issue(self, *, fresh: bool) -> None:
        owing, (paper, asked) = self.lists.owing_row, self.lists.form.asked
        if owing is not None and self.issue.isEnabled():
            customer, issuing = owing.customer, self._parts.issuing(paper)
            self._make(lambda: issuing.issue(customer, asked, fresh=fresh))

    def _copy(self) -> None:
        line, reason = self.lists.issued_row, self.reason.text().strip()
        if line is not None:
            head, parts = line.head, self._parts
            issuing = parts.issuing(paper_of(line))
            self._make(lambda: issuing.copy(parts.looking.document(head.id), reason))

    def _make(self, work: Callable[[], Printed]) -> None:
        self._began(BUSY)

        def made() -> Outcome[Printed]:
            printed = work()
            return Outcome(printed, Changes(documents=frozenset({printed.document.id})))

        self._runner.change(self, made, done=self._made, refused=self._refused)

    def _made(self, printed: Printed) -> None:
        self._wanted = Wanted(printed.document.id)
        self.reason.clear()
        facts = {"number": printed.document.number, "n": printed.copy}
        said = MADE_COPY if printed.copy else MADE_NEW
        self._ended("ok", S(said.zh.format(**facts), said.en.format(**facts)))

    def _refused(self, error: UserError) -> None:
        self._ended("attention", sentence_for(error))

    def _began(self, with_what: Sentence) -> None:
        """Take no other work on, and say what is being done."""
        self._busy = with_what
        self._judge()

    def _ended(self, tone: Tone, said: Sentence) -> None:
        """Say how the work ended, and take on other work."""
        self._busy = None
        self.notify(tone, said)
        self._judge()
