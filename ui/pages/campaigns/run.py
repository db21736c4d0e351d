"""A frozen campaign: how far it is, who is not counted, what blocks, and the step that is next."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.stocktake.campaign_acts import StepNotNowError, why_not_step
from erpdesk.errors import UserError
from erpdesk.services.looking import Text
from erpdesk.services.stocktake.campaign_board import Board
from erpdesk.words import explain, standing
from ui.pages import Page
from ui.pages.campaigns import words as w
from ui.pages.campaigns.decide import DecidePanel, Ruled
from ui.pages.campaigns.facts import Boards, right_px, short_said
from ui.pages.campaigns.head import RunHead
from ui.pages.campaigns.lists import RunLists
from ui.pages.campaigns.rulings import about_said, rulings, why_not_decide
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.columns import Columns
from ui.widgets.document_facts import sentence_for
from ui.widgets.effects import EffectGroup, EffectLine
from ui.widgets.guards import GuardList, GuardWords, Lack
from ui.widgets.parts import ElidedLabel, Panel, column
from ui.widgets.reversal_sheet import FOLLOWS, STAYS, ReversalSheet
from ui.widgets.work_strip import WorkStrip
from ui.work.asking_files import files_to_read
from ui.work.one_look import OneLook
from ui.work.paper_opener import PaperOpener
from ui.work.runner import Report, Runner
from ui.work.wording import Wording, literal

T = TypeVar("T")
Act = Callable[[Text, str, Report], Outcome[Text]]


class RunPage(Page):
    """``left`` comes when somebody goes back to the list."""

    left = Signal()

    def __init__(self, boards: Boards, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, w.TITLE)
        self._boards, self._parts, self._runner = boards, boards.parts, runner
        self._board: Board | None = None
        self._looking = OneLook(runner, self)
        self._campaign = ""
        self._asked_for: Act | None = None
        self._is_busy = False
        self._place: int | None = None
        self._make_parts()
        self._lay_out()
        self._connect()

    def show_campaign(self, document: Text) -> None:
        """Show how a campaign stands."""
        if document.id != self._campaign:
            self._campaign, self._board = document.id, None
            self._close_sheet()
            self.lists.clear()
            self.decide.clear()
            self.solved()
        self.look()

    def look(self) -> None:
        """Look how it stands now."""
        if self._campaign:
            look = partial(self._boards.board, self._campaign)
            self._looking.ask_long(
                look, done=self._show, refused=self._not_looked, progress=self.strip.tell
            )

    def _not_looked(self, error: UserError) -> None:
        self.strip.setVisible(self.strip.is_working)
        self._runner.refused.emit(error)

    @override
    def look_again(self, changes: Changes) -> None:
        if self._campaign in changes.campaigns:
            self.look()

    @override
    def step_out(self) -> bool:
        if self._sheet_is_open:
            self._close_sheet()
            return True
        return False

    @override
    def panes(self) -> tuple[QWidget, ...]:
        return (self.lists.tables[self.lists.tab], self.decide.reason, self.next)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._right.setFixedWidth(right_px())

    def _make_parts(self) -> None:
        words = self.wording
        self.head = RunHead(words)
        self.lists = RunLists(self._parts, words)
        self.decide, self.sheet = DecidePanel(words), ReversalSheet(words)
        self.guards, self.strip = GuardList(), WorkStrip(self._runner, words, self._refused)
        self.why = ElidedLabel("", "small", "text2")
        self._papers = PaperOpener()
        self.sheets = Button("", icon="printer", key="Ctrl+P")
        words.put(self.sheets, "setText", w.SHEETS)
        self.void = Button("", "danger", height_px=32)
        self.recount, self.reopen = Button("", height_px=32), Button("", height_px=32)
        self.back = Button("", key="Esc", height_px=32)
        self.next = Button("", "primary", key="Ctrl+Enter", height_px=32)
        for button, verb in (
            (self.void, w.CANCEL_VERB), (self.recount, w.RECOUNT_ACT),
            (self.reopen, w.REOPEN_ACT), (self.back, w.BACK), (self.next, w.NEXT_ACTS["review"]),
        ):  # fmt: skip
            words.put(button, "setText", verb)

    def _lay_out(self) -> None:
        self.beside = QStackedWidget()
        for part in (self.decide, self.sheet):
            self.beside.addWidget(part)
        self._right = right = QWidget()
        right.setFixedWidth(right_px())
        self._guarding = Panel(self.guards, margins=(14, 8, 14, 8))
        right.setLayout(column((self.beside, 1), self._guarding, gap=10))
        body = Columns((self.lists, 1), (right, 0))
        self.build(
            self.head.steps,
            self.head.strip,
            (body, 1),
            self.strip,
            facts=(self.head.chip, self.head.facts),
            buttons=(self.sheets,),
            foot=((self.why, 1), self.void, self.recount, self.reopen, self.back, self.next),
        )

    def _connect(self) -> None:
        self.lists.changed.connect(self._judge_rows)
        self.decide.changed.connect(self._judge_rows)
        self.decide.decided.connect(self._decide)
        self.decide.attach_asked.connect(self._ask_files)
        self.decide.link.asked.connect(self._find)
        self.guards.jumped.connect(self._jump)
        self.sheet.asked.connect(self._asked)
        self.sheet.closed.connect(self._close_sheet)
        self.back.clicked.connect(self.left)
        for button, what, act in (
            (self.void, w.CANCEL_VERB, self._ask_cancel),
            (self.recount, w.RECOUNT_ACT, self._ask_recount),
            (self.reopen, w.REOPEN_ACT, self._ask_reopen),
            (self.next, w.NEXT_STEP, self._go_on),
        ):
            button.clicked.connect(act)
            self.action(what, "", button.click)
        self.sheets.clicked.connect(self._print_sheets)
        self.action(w.SHEETS, "Ctrl+P", self.sheets.click)
        self.action(w.COMMIT_RUN, "Ctrl+Return", self._commit)
        self.action(w.ATTACH, "Ctrl+U", self.decide.attach.click, on=self.decide)
        self.action(w.REFRESH, "F5", self.look)
        self.wording.when_switched(self._speak)
        self._speak()

    def _show(self, board: Board) -> None:
        self.strip.setVisible(self.strip.is_working)
        if board.status.document.id != self._campaign:
            return
        is_new = self._board is None
        self._board = board
        self.wording.put(self._name, "setText", literal(board.status.plan.name))
        self.head.show_board(board, self._parts.clock.today())
        self.lists.show_board(board)
        self._show_blocks()
        self._judge()
        if self._place is not None and not self._is_busy:
            self.lists.go_on(self._place)
            self._place = None
        if is_new:
            self.lists.go("open" if board.uncounted.count or not board.done.count else "done")
            announce(self, self.head.spoken)

    def _show_blocks(self) -> None:
        board = self._board
        said = (short_said(one, w.BLOCKS, self.wording) for one in board.blocks) if board else ()
        self.guards.show_lacks([Lack(name, sentence) for name, sentence in said])

    def _judge(self) -> None:
        say, board = self.wording.say, self._board
        if board is None:
            return
        verb = board.next_verb
        self.wording.put(self.next, "setText", w.NEXT_ACTS.get(verb, w.NEXT_ACTS["review"]))
        blocked = say(w.BLOCKED, count=len(board.blocks)) if board.blocks else ""
        state = board.state.value
        nothing = "" if verb else say(w.NO_NEXT[state])
        busy = say(w.BUSY) if self._is_busy else ""
        self.next.forbid(nothing or busy or self._against(verb) or blocked)
        against = [standing(one, self.wording.language) for one in board.recount_blocks]
        no_recount = against[0] if against else ""
        self.recount.forbid(busy or self._against("recount") or no_recount)
        self.void.forbid(busy or self._against("cancel"))
        self.why.setText(self.next.why_not)
        self._judge_rows()

    def _against(self, verb: str) -> str:
        board = self._board
        if board is None or not verb:
            return ""
        refusal = why_not_step(verb, board.state, roles=self._parts.roles, worked=board.worked)
        if isinstance(refusal, StepNotNowError) and verb in w.NOT_NOW:
            return self.wording.say(w.NOT_NOW[verb])
        return standing(refusal, self.wording.language) if refusal else ""

    def _judge_rows(self) -> None:
        """Say what stands against deciding about the selected rows."""
        tab, rows, board = self.lists.tab, self.lists.chosen, self._board
        self.decide.ask_about(tab)
        self.decide.show_about(about_said(tab, rows, self.wording))
        if board is not None:
            busy = self.wording.say(w.BUSY) if self._is_busy else ""
            why = why_not_decide(self._parts, board, tab, rows, self.decide.ruled, self.wording)
            self.decide.forbid(busy or why)
            none = "" if rows and tab == "done" else self.wording.say(w.REOPEN_ROWS)
            self.reopen.forbid(busy or self._against("reopen") or none)

    def _jump(self, name: str) -> None:
        if name == "differ":
            self.wants.emit("differences")
        elif name:
            self.lists.go(name)

    def _decide(self, ruled: Ruled) -> None:
        board, rows = self._board, self.lists.chosen
        if board is None or self._is_busy:
            return
        self._place = self.lists.place
        made = rulings(self._parts, board, self.lists.tab, rows, ruled)
        self._change(partial(self._parts.campaigns.decide_each, made), self._decided)

    def _decided(self, _: None) -> None:
        self._is_busy = False
        self.decide.clear()

    def _find(self, words: str) -> None:
        find = self._parts.find_customers
        done = partial(self.decide.link.show_found, words)
        self._runner.query(self, lambda: tuple(find(words)), done=done)

    def _ask_files(self) -> None:
        for path in files_to_read(self, self.wording.say(w.ATTACH), "evidence"):
            self.attach(Path(path))

    def attach(self, path: Path) -> None:
        """Keep a file as evidence of what is decided next."""
        evidence = self._parts.evidence
        self._runner.change(
            self, lambda: Outcome(evidence.keep_file(path).hex(), Changes()),
            done=self.decide.add_evidence, refused=self._refused,
        )  # fmt: skip

    def _print_sheets(self) -> None:
        """Draw the count sheets and show them, to be printed."""
        board, draw, language = self._board, self._parts.count_sheet, self.wording.language
        if board is None:
            return
        document, papers = board.status.document, self._papers

        def work(report: Report) -> Path:
            report(0)
            return papers.keep(f"{document.number}.pdf", draw(document.id, language))

        self._runner.produce(self, work, done=self._show_sheets, refused=self._refused)

    def _show_sheets(self, kept: Path) -> None:
        path = self._papers.show(kept)
        if path is not None:
            said = self.wording.say(w.SHEETS_AT, path=path)
            self.notify("attention", w.SHEETS, literal(said))

    @property
    def _sheet_is_open(self) -> bool:
        return self.beside.currentWidget() is self.sheet

    def _close_sheet(self) -> None:
        self._show_beside(self.decide)

    def _show_beside(self, part: QWidget) -> None:
        """Show what decides or what asks; whoever is asked needs the room of what blocks."""
        self.beside.setCurrentWidget(part)
        self._guarding.setVisible(part is self.decide)

    def _commit(self) -> None:
        """Do what the sheet or the panel asks where the focus is; else take the next step."""
        if self._sheet_is_open:
            self.press(self.sheet.submit)
        elif self.decide.isAncestorOf(QApplication.focusWidget() or self):
            self.press(self.decide.submit)
        else:
            self.press(self.next, self.guards)

    def _ask_cancel(self) -> None:
        cancel = self._parts.campaigns.cancel
        self._ask(w.CANCEL, lambda document, reason, _: cancel(document, reason))

    def _ask_recount(self) -> None:
        recount, step = self._parts.campaigns.recount, self._boards.step
        self._ask(
            w.RECOUNT,
            lambda document, reason, tell: step(partial(recount, reason=reason), document, tell),
        )

    def _ask_reopen(self) -> None:
        board, rows, service = self._board, self.lists.chosen, self._parts.campaigns
        if board is None:
            return
        again = tuple(CustomerId(one.frozen.customer_id) for one in rows)
        self._ask(
            w.REOPEN, lambda document, reason, _: service.reopen(document, reason, again),
            count=len(again), others=board.customers - len(again),
        )  # fmt: skip

    def _ask(self, about: w.Asked, act: Act, **facts: object) -> None:
        """Ask why, with what will follow and what will stay beside it."""
        board, say = self._board, self.wording.say
        if board is None:
            return
        self._asked_for = act
        self._show_beside(self.sheet)
        title = say(about.title, name=board.status.plan.name, **facts)
        self.sheet.begin(title, say(about.verb), customer="", amount="")
        parts = ((FOLLOWS, "arrow-right", about.follows), (STAYS, "lock", about.stays))
        groups = tuple(
            EffectGroup(say(head), tuple(EffectLine(icon, say(one, **facts)) for one in said))
            for head, icon, said in parts
        )
        self.sheet.effects.show_effects(groups, computed="")

    def _asked(self, reason: str) -> None:
        board, act = self._board, self._asked_for
        if board is not None and act is not None:
            self._step(lambda report: act(board.status.document, reason, report))

    def _go_on(self) -> None:
        board, campaigns, step = self._board, self._parts.campaigns, self._boards.step
        if board is None:
            return
        document, language = board.status.document, self.wording.language
        steps: dict[str, Callable[[Report], Outcome[Text]]] = {
            "review": partial(step, campaigns.review, document),
            "submit": partial(step, campaigns.hand_in, document),
            "adjust": lambda _: campaigns.adjust(document),
            "close": partial(self._boards.close, document, language=language),
            "resume": lambda _: campaigns.resume(document),
        }
        self._step(steps[board.next_verb])

    def _step(self, work: Callable[[Report], Outcome[Text]]) -> None:
        self._is_busy = True
        self._judge()
        self.strip.step(work, self._stepped)

    def _change(self, work: Callable[[], Outcome[T]], done: Callable[[T], None]) -> None:
        self._is_busy = True
        self._judge()
        self._runner.change(self, work, done=done, refused=self._refused)

    def _stepped(self, document: Text) -> None:
        self._is_busy = False
        self._close_sheet()
        self.solved()
        if document.state == "closed":
            self.notify("ok", w.CLOSED_SAID)

    def _refused(self, error: UserError) -> None:
        self._is_busy = False
        self._judge()
        if self._sheet_is_open:
            self.sheet.complain(explain(error, self.wording.language))
            return
        self.notify("attention", sentence_for(error))

    def _speak(self) -> None:
        say = self.wording.say
        self.guards.use_words(GuardWords(say(w.BLOCKED, count="{count}"), say(w.UNBLOCKED)))
        if self._board is not None:
            self.head.show_board(self._board, self._parts.clock.today())
        self._show_blocks()
        self._judge()
