"""The inbox: what waits, what one may not decide and why; entry and evidence side by side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.changes import Changes
from erpdesk.domain.counting import Source
from erpdesk.domain.money import Money
from erpdesk.errors import StaleError, UserError
from erpdesk.services.approving import Approving, Shown, Waiting
from erpdesk.services.looking import Looking, Text
from erpdesk.services.ports import Clock
from erpdesk.words import STATES, Sentence, explain
from ui.dialogs.decision import Asking, Decided, DecisionDialog
from ui.look import scaled
from ui.models.cells import Lines, Mark
from ui.models.row_model import Column, RowModel
from ui.pages import Page
from ui.pages.evidence_files import serve_files
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.document_facts import (
    KIND_ICONS,
    kind_said,
)
from ui.widgets.document_pane import DocumentPane
from ui.widgets.parts import STRETCH, ElidedLabel, Icon, Label, Panel, row, rule
from ui.widgets.row_table import RowTable
from ui.work.runner import Runner
from ui.work.wording import Wording

S = Sentence
TITLE = S("审批箱", "Inbox")
COUNT = S(
    "{count} 件待你批，合计 {sum}（按绝对值）", "{count} wait for you, {sum} in absolute amounts"
)
NONE = S("没有等你批的", "Nothing waits for you")
LIST = S("待我批 {count}", "For me: {count}")
BLOCKED = S("你不能批的 {count} 件", "Not for you to decide: {count}")
HEAD = S("{kind} {number}", "{number} {kind}")
HINT = S("↑↓ 换单，F11 放大证据", "↑↓ documents, F11 evidence on the full screen")
APPROVE, BACK, REFUSE = S("批准…", "Approve…"), S("退回补充…", "Send back…"), S("驳回…", "Reject…")
WHOLE = S("证据占满屏幕", "Evidence on the full screen")
CHOOSE = S("先选一张单据", "Choose a document first")
BUSY = S("正在存上一个决定", "The last decision is being stored")
WAITED = (
    S("{n} 分钟", "{n} min"), S("{n} 小时", "{n} h"), S("{n} 天", "{n} d"),
)  # fmt: skip
DONE = S("{kind} {number}：{state}", "{kind} {number}: {state}")
UNKNOWN = S("没有这个码的待批单据", "Nothing that waits has this code")
MADE_BY, CUSTOMER = S("单据", "Document"), S("金额", "Amount")
LIST_PX: Final = 342
REMEMBERED_US: Final = 5 * 60 * 1_000_000


@dataclass(frozen=True, slots=True)
class InboxParts:
    """What the inbox uses: ``prove`` raises when a password is not that of who is here."""

    approving: Approving
    looking: Looking
    clock: Clock
    prove: Callable[[str], None]
    names: Mapping[str, str]


class InboxPage(Page):
    """Lists what waits, shows one of it, and carries out what the dialog answers."""

    def __init__(self, parts: InboxParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, TITLE)
        self._parts, self._runner = parts, runner
        self._rows: tuple[Waiting, ...] = ()
        self._shown: Shown | None = None
        self._row: Waiting | None = None
        self._is_busy = False
        self._proved_at: int | None = None
        self.dialog: DecisionDialog | None = None
        self._make_parts()
        self._lay_out()
        self._connect()
        self._judge()

    @override
    def entered(self) -> None:
        self._look()

    @override
    def look_again(self, changes: Changes) -> None:
        if not changes.documents:
            return
        self._look()
        if self._row is not None and self._row.head.id in changes.documents:
            self._open(self._row)

    @override
    def panes(self) -> tuple[QWidget, ...]:
        return (self.table, self.blocked, self.evidence, self.agree)

    @override
    def scan(self, raw: bytes, source: Source, *, cut: bool = False) -> bool:
        code = raw.decode("utf-8", "replace").strip()
        self._runner.query(
            self,
            lambda: {one.id for one in self._parts.looking.customers(code, most=1)},
            done=lambda ids: self._go_to_scanned(code, ids),
        )
        return True

    @override
    def open_object(self, number: str) -> None:
        self._go_to_scanned(number, set())

    def _go_to_scanned(self, code: str, customers: set[str]) -> None:
        for table in (self.table, self.blocked):
            for place, one in enumerate(table.rows_model.rows):
                if one.head.number == code or one.head.customer_id in customers:
                    table.go_to(place)
                    return
        self.notify("attention", UNKNOWN)

    def _make_parts(self) -> None:
        words = self.wording
        self.table = RowTable(
            RowModel(self._columns(), key=lambda one: one.head.id, language=words.language),
            name=words.say(TITLE), density="inbox", has_head=False,
        )  # fmt: skip
        self.blocked = RowTable(
            RowModel(self._blocked_columns(), key=lambda one: one.head.id, language=words.language),
            name=words.say(BLOCKED, count=""), density="inbox", has_head=False,
        )  # fmt: skip
        self.list_head, self.blocked_head = Label("", "section"), Label("", "strong")
        self.summary = Label("", "body", "text2")
        self.pane = DocumentPane(words, self._parts.names, nothing=NONE)
        self.evidence = self.pane.evidence
        self.back = Button("", key="Ctrl+B", height_px=32)
        self.refuse = Button("", "danger", key="Ctrl+Shift+R", height_px=32)
        self.agree = Button("", "primary", key="Ctrl+Enter", height_px=32)
        self.reason = ElidedLabel("", "small", "text2")
        for button, verb in ((self.back, BACK), (self.refuse, REFUSE), (self.agree, APPROVE)):
            words.put(button, "setText", verb)

    def _lay_out(self) -> None:
        self.others = Panel(
            rule(),
            row(Icon("lock", "text2", 15), self.blocked_head, STRETCH, margins=(14, 10, 14, 8)),
            (self.blocked, 1), ground="none", gap=0, margins=(0, 0, 0, 0),
        )  # fmt: skip
        self.left = Panel(
            row(self.list_head, STRETCH, margins=(14, 10, 14, 10)), rule(), (self.table, 3),
            (self.others, 2), gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self._measure()
        foot = Panel(
            row((self.reason, 1), self.back, self.refuse, self.agree, gap=8),
            ground="surface", margins=(16, 8, 16, 8),
        )  # fmt: skip
        self.build((row(self.left, (self.pane, 1), gap=10), 1), foot, facts=(self.summary,))

    def _measure(self) -> None:
        self.left.setFixedWidth(scaled(LIST_PX))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "left"):
            self._measure()

    def _connect(self) -> None:
        for table, other in ((self.table, self.blocked), (self.blocked, self.table)):
            table.current_row_changed.connect(partial(self._chosen, other))
            table.opened.connect(lambda _: self.decide())
        serve_files(self.evidence, self._runner, self._parts.looking, self.wording)
        self.action(APPROVE, "Ctrl+Return", self.decide)
        self.action(REFUSE, "Ctrl+Shift+R", self._ask_reason)
        self.action(BACK, "Ctrl+B", self._ask_reason)
        self.action(WHOLE, "F11", self.evidence.full_screen)
        self.agree.clicked.connect(self.decide)
        self.refuse.clicked.connect(self._ask_reason)
        self.back.clicked.connect(self._ask_reason)
        self.wording.switched.connect(self._say_again)

    def _look(self) -> None:
        self._runner.query(self, self._parts.approving.inbox, done=self._show_rows)

    def _show_rows(self, rows: tuple[Waiting, ...]) -> None:
        self._rows = rows
        mine = [one for one in rows if not self._against(one)]
        others = [one for one in rows if self._against(one)]
        self.table.rows_model.show(mine)
        self.blocked.rows_model.show(others)
        self.others.setVisible(bool(others))
        total = Money(sum(abs(one.risk_minor) for one in mine), BASE_CURRENCY)
        self.wording.put(self.list_head, "setText", LIST, count=len(mine))
        self.wording.put(self.blocked_head, "setText", BLOCKED, count=len(others))
        said = COUNT if mine else NONE
        self.wording.put(self.summary, "setText", said, count=len(mine), sum=total.grouped())
        self._choose_something()

    def _choose_something(self) -> None:
        known = {one.head.id for one in self._rows}
        if self._row is not None and self._row.head.id in known:
            return
        for table in (self.table, self.blocked):
            if table.rows_model.rows:
                table.go_to(0)
                return
        self._row, self._shown = None, None
        self._show_document()

    @staticmethod
    def _against(one: Waiting) -> UserError | None:
        return None if one.why_not_endorse is None else one.why_not_approve

    def _chosen(self, other: RowTable[Waiting], one: Waiting | None) -> None:
        if one is None:
            return
        other.clearSelection()
        other.setCurrentIndex(other.rootIndex())
        self._open(one)

    def _open(self, one: Waiting) -> None:
        self._row = one
        self._runner.query(
            self, lambda: self._parts.approving.show(one.head.id),
            done=partial(self._opened, one),
        )  # fmt: skip

    def _opened(self, one: Waiting, shown: Shown) -> None:
        if self._row is not None and self._row.head.id == one.head.id:
            self._shown = shown
            self._show_document()

    def _show_document(self) -> None:
        self.pane.show_document(self._shown, self._customer)
        self._judge()

    @property
    def _customer(self) -> str:
        return (self._row.head.customer_name if self._row else None) or ""

    def _judge(self) -> None:
        """Turn on what is possible, and say why the rest is not."""
        say, shown = self.wording.say, self._shown
        general = say(BUSY) if self._is_busy else say(CHOOSE) if shown is None else ""
        against = None
        if shown is not None and shown.why_not_endorse is not None:
            against = shown.why_not_approve
        refusing = shown.why_not_reject if shown else None
        language = self.wording.language
        self.agree.forbid(general or (explain(against, language) if against else ""))
        for button in (self.refuse, self.back):
            button.forbid(general or (explain(refusing, language) if refusing else ""))
        self.reason.setText(self.agree.why_not if shown else say(HINT))
        if not self.agree.why_not:
            self.reason.setText(say(HINT))

    def decide(self) -> None:
        """Ask for a decision on what is shown."""
        if self._shown is None or self.dialog is not None:
            return
        if not (self.agree.isEnabled() or self.refuse.isEnabled()):
            return
        now, proved = self._parts.clock.now_us(), self._proved_at
        asking = Asking(
            self._shown,
            self._parts.names,
            self._customer,
            asks_password=proved is None or now - proved > REMEMBERED_US,
            seen=self.evidence.seen,
        )
        self.dialog = DecisionDialog(self.wording, asking, self)
        serve_files(self.dialog.evidence, self._runner, self._parts.looking, self.wording)
        self.dialog.finished.connect(lambda _: self._answered())
        self.dialog.evidence.choose_first_unseen()
        self.dialog.open()

    def _ask_reason(self) -> None:
        self.decide()
        if self.dialog is not None:
            self.dialog.reason.setFocus()

    def _answered(self) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        if dialog.answer is None:
            self._close_dialog()
            return
        answer = dialog.answer
        self._is_busy = True
        self._judge()
        if answer.password is None:
            self._carry_out(answer)
            return
        password = answer.password
        self._runner.query(
            self, lambda: self._parts.prove(password),
            done=lambda _: self._proved(answer), refused=self._refused,
        )  # fmt: skip

    def _proved(self, answer: Decided) -> None:
        self._proved_at = self._parts.clock.now_us()
        self._carry_out(answer)

    def _carry_out(self, answer: Decided) -> None:
        approving, step = self._parts.approving, self._parts.approving.company.new_id()
        self._runner.change(
            self, lambda: approving.decide(answer.decision, step_id=step),
            done=self._decided, refused=self._refused,
        )  # fmt: skip

    def _decided(self, document: Text) -> None:
        self._is_busy = False
        self._close_dialog()
        kind, state = kind_said(document.kind, self.wording), STATES[document.state]
        announce(self, self.wording.say(DONE, kind=kind, number=document.number, state=state))
        self._go_on()

    def _go_on(self) -> None:
        """Let the next that waits be the current one; the changed list comes by itself."""
        self._row = None

    def _refused(self, error: UserError) -> None:
        self._is_busy = False
        dialog = self.dialog
        if dialog is None:
            return
        if isinstance(error, StaleError):
            self._runner.query(
                dialog, lambda: self._parts.approving.show(dialog.shown.document.id),
                done=dialog.look_again,
            )  # fmt: skip
        dialog.complain(error)
        dialog.open()
        self._judge()

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            self.evidence.count_seen(self.dialog.evidence.seen)
            self.dialog.deleteLater()
            self.dialog = None
        self._judge()

    def _say_again(self) -> None:
        for table in (self.table, self.blocked):
            table.rows_model.use_language(self.wording.language)
        self._show_rows(self._rows)
        self._judge()

    def _columns(self) -> tuple[Column[Waiting], ...]:
        return (
            Column("kind", MADE_BY, self._icon, "icon", 38),
            Column("document", MADE_BY, self._document),
            Column("amount", CUSTOMER, self._amount, "amount", 128),
        )

    def _blocked_columns(self) -> tuple[Column[Waiting], ...]:
        return (
            Column("kind", MADE_BY, self._icon, "icon", 38),
            Column("document", MADE_BY, self._why),
        )

    def _icon(self, one: Waiting) -> Mark:
        kind = kind_said(one.head.kind, self.wording)
        return Mark(kind, KIND_ICONS.get(one.head.kind, "file-text"), "accent")

    def _document(self, one: Waiting) -> Lines:
        kind = kind_said(one.head.kind, self.wording)
        first = self.wording.say(HEAD, kind=kind, number=one.head.number or "—")
        return Lines(first, one.head.customer_name or "—", "text2")

    def _why(self, one: Waiting) -> Lines:
        against = self._against(one)
        reason = explain(against, self.wording.language) if against else ""
        return Lines(self._document(one).first, reason, "text2")

    def _amount(self, one: Waiting) -> Lines:
        by = self._parts.names.get(one.head.made_by, one.head.made_by)
        return Lines(Money(one.risk_minor, BASE_CURRENCY), f"{by} · {self._waited(one)}", "text2")

    def _waited(self, one: Waiting) -> str:
        minutes = max(0, self._parts.clock.now_us() - one.head.made_at) // 60_000_000
        n, sentence = (minutes, WAITED[0])
        if minutes >= 60:
            n, sentence = minutes // 60, WAITED[1]
        if minutes >= 48 * 60:
            n, sentence = minutes // 1440, WAITED[2]
        return self.wording.say(sentence, n=n)
