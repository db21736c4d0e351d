"""The inbox: what waits, what came back, and why not; entry and evidence side by side."""

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.changes import Changes
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import UserError
from erpdesk.services.approving import SentBack, Shown, Waiting
from erpdesk.services.looking import OwnDecision, Text
from erpdesk.words import Sentence, standing, state_word
from ui.dialogs.decision import DecisionDialog
from ui.pages import DocumentWanted, Noticed, Page, nothing
from ui.pages.evidence_files import serve_files
from ui.pages.inbox.deciding import Deciding, InboxParts
from ui.pages.inbox.lists import Chosen, InboxLists
from ui.pages.inbox.own import AGAIN, EDIT, VOID, WITHDRAW, OwnWork
from ui.pages.inbox.rows import against
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.columns import Columns
from ui.widgets.document_facts import kind_said, sentence_for
from ui.widgets.document_pane import DocumentPane
from ui.widgets.parts import ElidedLabel, Label
from ui.work.one_look import OneLook
from ui.work.runner import Runner
from ui.work.wording import Wording, literal, refusal

S = Sentence
TITLE = S("审批箱", "Inbox")
COUNT = S(
    "{count} 件待你批，合计 {sum}（按绝对值）", "{count} wait for you, {sum} in absolute amounts"
)
NONE = S("选一张单据，这里看分录和证据", "Choose a document: entry and evidence are shown here")
HINT = S("↑↓ 换单，F11 放大证据", "↑↓ documents, F11 evidence on the full screen")
APPROVE, BACK, REFUSE = S("批准…", "Approve…"), S("退回补充…", "Send back…"), S("驳回…", "Reject…")
COMMIT = S("批准或再次提交", "Approve, or hand in again")
WHOLE = S("证据占满屏幕", "Evidence on the full screen")
WAITING, DECIDED = S("看待我批的", "Show what waits"), S("看我批过的", "Show what I decided")
CAME_BACK = S("看退回给我的", "Show what came back to me")
CHOOSE = S("先选一张单据", "Choose a document first")
BUSY = S("正在存上一个决定", "The last decision is being stored")
ASKING = S("先写完作废的原因，或按 Esc", "Say first why it is void, or press Esc")
DONE = S("{kind} {number}：{state}", "{kind} {number}: {state}")
UNKNOWN = S("没有这个码的单据", "No document has this code")
READ_ONLY = S("不在这些列表里，只看不改：", "In none of these lists, to be read:")


LISTED_PX = 260
"""So high are the lists when they stand over the document."""


class InboxPage(Page):
    """Lists what waits, shows one of it, and carries out what the dialog answers."""

    def __init__(self, parts: InboxParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, TITLE)
        self._parts, self._runner = parts, runner
        self._looking = OneLook(runner, self)
        self._shown: Shown | None = None
        self._whose: str | None = None
        self._forget_other = nothing
        self._wanted = ""
        self._is_behind = False
        self._make_parts()
        self._lay_out()
        self._connect()
        self._judge()

    @property
    def dialog(self) -> DecisionDialog | None:
        """Return the dialog that asks for a decision, while it is open."""
        return self.deciding.dialog

    @override
    def entered(self) -> None:
        self.lists.take_focus()
        self._look()
        if self._is_behind:
            self._open(self.lists.current)
        self._is_behind = False

    @override
    def look_again(self, changes: Changes) -> None:
        if not changes.documents:
            return
        if not self.isVisible():
            self._is_behind = True  # looked at anew when it is shown
            return
        self._look()
        chosen = self.lists.current
        if self._whose is None and chosen is not None and chosen.id in changes.documents:
            self._open(chosen)

    @override
    def panes(self) -> tuple[QWidget, ...]:
        if self.own.is_asking:
            return (self.own.sheet, self.evidence)
        return (self.lists.pages, self.evidence, self._main)

    @override
    def step_out(self) -> bool:
        was_asking = self.own.is_asking
        self.own.close()
        return was_asking

    @override
    def scan(self, raw: bytes, source: Source, *, cut: bool = False) -> bool:
        code = raw.decode("utf-8", "replace").strip()
        self._runner.query(
            self,
            lambda: self._parts.looking.whose(code),
            done=lambda found: self._go_to_scanned(code, found.id if found else None),
        )
        return True

    @override
    def open_object(self, number: str) -> None:
        self._wanted = number
        self._look()

    def _go_to_scanned(self, code: str, customer: str | None) -> None:
        is_here = self.lists.go_to_document(code)
        if not is_here and not (customer and self.lists.go_to_customer(customer)):
            self._look_up(code)
        elif self._whose is not None:
            self._open(self.lists.current)

    def _look_up(self, reference: str) -> None:
        """Show a document that is in no list, to be read: whoever looks for it finds it here."""
        approving, looking = self._parts.approving, self._parts.looking

        def work() -> tuple[Shown, str]:
            found, whose = looking.numbered(reference)
            return approving.show(found.id), whose

        self._whose = ""
        self._runner.query(
            self, work, done=lambda found: self._show_other(*found),
            refused=lambda error: self.notify("attention", UNKNOWN, refusal(error)),
        )  # fmt: skip

    def _show_other(self, shown: Shown, whose: str) -> None:
        if self._whose is None:
            return
        self._shown, self._whose = shown, whose
        self.lists.leave()
        self._show_document()
        self._forget_other()
        said: Noticed = ("info", READ_ONLY, literal(shown.document.number or ""), ())
        self._forget_other = self.notify_for_now(said)

    def _make_parts(self) -> None:
        words = self.wording
        self.lists = InboxLists(words, self._parts.names, self._parts.clock.now_us)
        self.summary = Label("", "body", "text2")
        self.pane = DocumentPane(words, self._parts.names, nothing=NONE)
        self.evidence = self.pane.evidence
        self.deciding = Deciding(self._parts, self._runner, self)
        self.own = OwnWork(self._parts.approving, self._runner, words)
        self.back = Button("", key="Ctrl+B", height_px=32)
        self.refuse = Button("", "danger", key="Ctrl+Shift+R", height_px=32)
        self.agree = Button("", "primary", key="Ctrl+Enter", height_px=32)
        self.reason = ElidedLabel("", "small", "text2")
        for button, verb in ((self.back, BACK), (self.refuse, REFUSE), (self.agree, APPROVE)):
            words.put(button, "setText", verb)

    def _lay_out(self) -> None:
        self.build(
            (Columns((self.lists, 1), (self.own.sheet, 0), (self.pane, 2), first_px=LISTED_PX), 1),
            facts=(self.summary,),
            foot=((self.reason, 1), *self._deciding, *self._owning),
        )

    @property
    def _deciding(self) -> tuple[Button, ...]:
        return (self.own.withdraw, self.back, self.refuse, self.agree)

    @property
    def _owning(self) -> tuple[Button, ...]:
        return (self.own.edit, self.own.void, self.own.again)

    @property
    def _main(self) -> Button:
        return self.own.again if self.lists.shown == "back" else self.agree

    def _connect(self) -> None:
        self.lists.chosen.connect(self._open)
        self.lists.opened.connect(self.decide)
        serve_files(self.evidence, self._runner, self._parts.looking, self.wording)
        self.action(COMMIT, "Ctrl+Return", self._commit)
        self.action(REFUSE, "Ctrl+Shift+R", self._ask_reason)
        self.action(BACK, "Ctrl+B", self._ask_reason)
        self.action(WHOLE, "F11", self.evidence.full_screen)
        self.action(WAITING, "", lambda: self.lists.choose_list("mine"))
        self.action(CAME_BACK, "", lambda: self.lists.choose_list("back"))
        self.action(DECIDED, "", lambda: self.lists.choose_list("done"))
        self.deciding.moved.connect(self._judge)
        self.deciding.decided.connect(self._decided)
        self.deciding.closed.connect(self.evidence.count_seen)
        self._connect_own()
        self.agree.clicked.connect(self.decide)
        self.refuse.clicked.connect(self._ask_reason)
        self.back.clicked.connect(self._ask_reason)
        self.wording.when_switched(self._judge)

    def _connect_own(self) -> None:
        own = self.own
        for verb, key, button in (
            (WITHDRAW, "", own.withdraw), (EDIT, "F2", own.edit), (VOID, "", own.void),
            (AGAIN, "", own.again),
        ):  # fmt: skip
            self.action(verb, key, partial(self.press, button))
        own.done.connect(self._own_done)
        own.refused.connect(self._own_refused)
        own.asking.connect(self._ask_why)
        own.edits.connect(lambda page, number: self.hands.emit(page, DocumentWanted(number)))

    def _look(self) -> None:
        approving, looking = self._parts.approving, self._parts.looking
        self._looking.ask(
            lambda: (approving.inbox(), approving.sent_back(), looking.decided()),
            done=lambda found: self._show_rows(*found),
        )

    def _show_rows(
        self,
        rows: tuple[Waiting, ...],
        back: tuple[SentBack, ...],
        done: tuple[OwnDecision, ...],
    ) -> None:
        mine = [one for one in rows if not against(one)]
        total = Money(sum(abs(one.risk_minor) for one in mine), BASE_CURRENCY)
        said = COUNT if mine else S("", "")
        self.wording.put(self.summary, "setText", said, count=len(mine), sum=total.grouped())
        self.lists.show_waiting(rows, person=self._parts.approving.company.person)
        self.lists.show_back(back)
        self.lists.show_done(done)
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self._go_to_scanned(wanted, None)

    def _open(self, one: Chosen | None) -> None:
        self.mended()
        if one is None and self._whose is not None:
            return
        self._whose = None
        self._forget_other()
        if one is None:
            self._shown = None
            self._show_document()
            return
        self._show_buttons()
        self._runner.query(
            self, lambda: self._parts.approving.show(one.id), done=partial(self._opened, one)
        )

    def _opened(self, one: Chosen, shown: Shown) -> None:
        if self.lists.current == one and self._whose is None:
            self._shown = shown
            self._show_document()

    def _show_document(self) -> None:
        self.pane.show_document(self._shown, self._customer)
        self._judge()

    @property
    def _customer(self) -> str:
        if self._whose is not None:
            return self._whose
        return self.lists.current.customer if self.lists.current else ""

    def _judge(self) -> None:
        """Turn on what is possible, and say why the rest is not."""
        say, shown = self.wording.say, self._shown
        general = "" if shown else say(CHOOSE)
        if self.deciding.is_busy or self.own.is_asking:
            general = say(BUSY if self.deciding.is_busy else ASKING)
        refusal = None
        if shown is not None and shown.why_not_endorse is not None:
            refusal = shown.why_not_approve
        refusing = shown.why_not_reject if shown else None
        language = self.wording.language
        self.agree.forbid(general or (standing(refusal, language) if refusal else ""))
        for button in (self.refuse, self.back):
            button.forbid(general or (standing(refusing, language) if refusing else ""))
        self.own.judge(shown, general)
        self._show_buttons()

    def _show_buttons(self) -> None:
        """Show the buttons of the list that is shown, and why its first one is off."""
        is_back = self.lists.shown == "back"
        for buttons, are_shown in ((self._deciding, not is_back), (self._owning, is_back)):
            for button in buttons:
                button.setVisible(are_shown)
        why_not = self._main.why_not if self._shown else ""
        self.reason.setText(why_not or self.wording.say(HINT))

    def _commit(self) -> None:
        """Do what the key stands for here: give up, hand in again, or ask for a decision."""
        if self.own.is_asking:
            self.own.sheet.submit.click()
        elif self.lists.shown == "back":
            self.press(self.own.again)
        else:
            self.decide()

    def _own_done(self, said: str) -> None:
        self.mended()
        self.notify("ok", literal(said))
        self.lists.go_on()

    def _own_refused(self, error: UserError) -> None:
        self.mended()
        self._forget_why_off = self.notify_for_now(
            ("attention", sentence_for(error), S("", ""), ())
        )
        self._judge()

    def _ask_why(self, is_asking: bool) -> None:  # noqa: FBT001 - a signal's
        self.lists.setVisible(not is_asking)
        self._judge()
        if not is_asking:
            self.lists.take_focus()

    def decide(self) -> None:
        """Ask for a decision on what is shown."""
        if self._shown is not None and (self.agree.isEnabled() or self.refuse.isEnabled()):
            self.deciding.begin(self._shown, self._customer, self.evidence.seen)

    def _ask_reason(self) -> None:
        self.decide()
        if self.dialog is not None:
            self.dialog.reason.setFocus()

    def _decided(self, document: Text) -> None:
        kind = kind_said(document.kind, self.wording)
        state = state_word(document.kind, document.state)
        announce(self, self.wording.say(DONE, kind=kind, number=document.number, state=state))
        self.lists.go_on()
