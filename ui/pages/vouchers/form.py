"""The form of a temporary voucher: its fields, three questions, evidence, the entry as it grows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.domain.capitals import capitals
from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.kept_voucher import voucher_from
from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import UserError
from erpdesk.services.approving import Approving
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.services.looking import Customer, DeliveryLine, Looking, Text
from erpdesk.services.voucher_lacks import VoucherIncompleteError
from erpdesk.services.vouchers import Draft, Entered, Preview, Vouchers
from erpdesk.words import Sentence, standing
from ui.pages.evidence_files import serve_files
from ui.pages.scanned import ask_whose
from ui.pages.vouchers.choosing import VoucherChoosing
from ui.pages.vouchers.draft import Form, Kept, VoucherDraft
from ui.widgets.button import Button
from ui.widgets.columns import Columns
from ui.widgets.document_facts import sentence_for
from ui.widgets.entry_view import EntryView, lead_to
from ui.widgets.evidence_taker import EvidenceTaker
from ui.widgets.evidence_viewer import Proof
from ui.widgets.guards import GuardList, GuardWords, Lack
from ui.widgets.page_stack import UpAndDown
from ui.widgets.parts import STRETCH, Label, Panel, column, row, rule
from ui.widgets.questions import Questions
from ui.widgets.voucher_head import VoucherHead
from ui.widgets.voucher_lacks import lacks_said
from ui.widgets.voucher_lines import VoucherLines
from ui.work.draft_keeper import Drafts
from ui.work.runner import Runner
from ui.work.wording import Wording, literal

S = Sentence
TITLE = S("临时凭证", "Temporary voucher")
NEW, KEPT = S("新的一张", "A new one"), S("{number}", "{number}")
DUE_WRONG = S("到期日不是日期", "the due day is no day")
THREE = S("先定三件事", "Three questions first")
THREE_HINT = S("答案由制单人负责，不是税务意见", "Answered by the maker; no tax advice")
DUTY = S(
    "不开票先结算，不免除开票和申报的义务。",
    "Settling without an invoice does not remove the duty to invoice and to declare.",
)
ENTRY = S("将生成的分录", "Entry to be made")
BACK, PARK, SUBMIT = S("返回", "Back"), S("暂存", "Park"), S("提交审批", "Submit")
MISSING, READY = S("还差 {count} 项", "Still missing: {count}"), S("可以提交", "Ready to submit")
NO_CUSTOMER = S("没有选客户", "no customer is chosen")
BUSY, PARKED = S("正在存", "It is being stored"), S("已暂存", "Parked")
CUSTOMER_STAYS = S("已有客户，没有换；扫到的是", "The customer stays; what was scanned is")
ADD_EVIDENCE = S("添加证据", "Add evidence")
WAIT_MS: Final = 150
LIST: Final = "vouchers"


@dataclass(frozen=True, slots=True)
class FormParts:
    """What the form uses."""

    vouchers: Vouchers
    approving: Approving
    evidence: KeepingEvidence
    looking: Looking
    names: Mapping[str, str]
    drafts: Drafts


class VoucherForm(Form):
    """It wants the list of vouchers when somebody leaves it; what was typed stays until stored."""

    def __init__(self, parts: FormParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, TITLE)
        self._parts, self._runner = parts, runner
        self.kept = Kept()
        self.is_busy, self._asked = False, 0
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._make_parts()
        self.left = VoucherDraft(self, parts.looking, parts.drafts, runner)
        self._lay_out()
        self._connect()
        self._say_again()
        self._look()

    @override
    def go_on(self, kept: Kept) -> None:
        self._fill(None)
        self.kept = kept
        self._show_evidence()
        self._say_what()

    @override
    def leave(self) -> None:
        self.left.keeper.keep()

    def begin(self, document: Text | Draft | None) -> None:
        """Write a new voucher, or go on with a kept or begun one; what is half typed stays."""
        if isinstance(document, Draft):
            self.left.begin_with(document)
        elif document is not None or self.kept.document or not self.kept.is_dirty:
            self._fill(document)
        self.customer.setFocus()

    @override
    def panes(self) -> tuple[QWidget, ...]:
        return (self.customer, self.lines.table, self.taker.viewer, self.submit)

    @override
    def scan(self, raw: bytes, source: Source, *, cut: bool = False) -> bool:
        ask_whose(self, self._runner, self._parts.looking, raw, self._scanned)
        return True

    def _scanned(self, customer: Customer) -> None:
        here = self.customer.customer
        if here is None:
            self.customer.put_customer(customer)
        elif here.id != customer.id:
            self.notify("attention", CUSTOMER_STAYS, literal(f"{customer.name}  {customer.code}"))

    def _make_parts(self) -> None:
        words, today = self.wording, self._parts.vouchers.clock.today()
        self.head = VoucherHead(words, today)
        self.customer = self.head.customer
        self.lines, self.questions = VoucherLines(words), Questions(words)
        self.entry, self.capital = EntryView(words), Label("", "small", "text2")
        self.taker = EvidenceTaker(words)
        self.taker.viewer.names = self._parts.names
        self.guards = GuardList()
        self.what = Label("", "body", "text2")
        self.back = Button("", key="Esc", height_px=32)
        self.park = Button("", key="Ctrl+S", height_px=32)
        self.submit = Button("", "primary", key="Ctrl+Enter", height_px=32)
        for button, verb in ((self.back, BACK), (self.park, PARK), (self.submit, SUBMIT)):
            words.put(button, "setText", verb)

    def _lay_out(self) -> None:
        left = column(
            self.head, self._asked_panel(), self.lines, STRETCH, gap=10, margins=(0, 0, 6, 0)
        )
        guards = Panel(self.guards, margins=(14, 8, 14, 8))
        right = column((self.taker, 1), self._entry_panel(), guards, gap=10)
        self.build(
            (Columns((UpAndDown(left), 8), (UpAndDown(right), 5)), 1),
            facts=(self.what,),
            foot=(STRETCH, self.back, self.park, self.submit),
        )

    def _asked_panel(self) -> Panel:
        title, hint, duty = (
            Label("", "section"),
            Label("", "small", "text3"),
            Label("", "small", "text2", wraps=True),
        )
        for label, sentence in ((title, THREE), (hint, THREE_HINT), (duty, DUTY)):
            self.wording.put(label, "setText", sentence)
        return Panel(row(title, hint, STRETCH), self.questions, duty, gap=6)

    def _entry_panel(self) -> Panel:
        title = Label("", "section")
        self.wording.put(title, "setText", ENTRY)
        return Panel(row(title, STRETCH, self.capital), rule(), self.entry, gap=6)

    def _connect(self) -> None:
        self.choosing = VoucherChoosing(
            self, self._parts.vouchers, self._parts.looking, self._runner
        )
        self.choosing.changed.connect(self._changed)
        self.choosing.found.connect(self._show_deliveries)
        for signal in (self.head.changed, self.lines.changed, self.questions.changed):
            signal.connect(lambda *_: self._changed())
        self._wait.timeout.connect(self._look)
        self.taker.given.connect(self._keep)
        self.taker.removed.connect(self._remove)
        serve_files(self.taker.viewer, self._runner, self._parts.looking, self.wording)
        self.guards.jumped.connect(self.jump)
        self.back.clicked.connect(lambda: self.wants.emit(LIST))
        self.park.clicked.connect(lambda: self._store(submit=False))
        self.submit.clicked.connect(lambda: self._store(submit=True))
        self.action(PARK, "Ctrl+S", self.park.click)
        self.action(SUBMIT, "Ctrl+Return", lambda: self.press(self.submit, self.guards))
        self.action(ADD_EVIDENCE, "Ctrl+U", self.taker.add.click)
        self.wording.when_switched(self._say_again)

    def _show_deliveries(self, rows: tuple[DeliveryLine, ...]) -> None:
        self.lines.show_deliveries(rows, self.kept.ticked)
        self._look()

    def _changed(self) -> None:
        self.kept.is_dirty = True
        self._wait.start()
        self.mended()
        self.left.keeper.touch()

    def draft(self) -> Draft | None:
        """Return what stands in the fields; None without a customer."""
        if self.customer.customer is None:
            return None
        head = self.head
        return Draft(
            self.customer.customer,
            self.questions.answers,
            self.lines.deliveries,
            self.lines.entered,
            self.kept.evidence,
            head.due.day,
            head.posting.day,
            head.chosen_rate,
            head.memo.text().strip() or None,
            head.contract.text().strip() or None,
            self.kept.batch,
        )

    def _look(self) -> None:
        """Ask for the entry and for all that lacks, as the fields stand now."""
        self._asked += 1
        draft, asked = self.draft(), self._asked
        if draft is None:
            self._show_lacks((Lack("customer", self.wording.say(NO_CUSTOMER)),))
            self._show_entry(None)
            return
        self._runner.query(
            self, lambda: self._parts.vouchers.preview(draft),
            done=lambda preview: self._show_preview(asked, preview),
            refused=lambda error: self._cannot_show(asked, error),
        )  # fmt: skip

    def _show_preview(self, asked: int, preview: Preview) -> None:
        if asked == self._asked:
            self._show_entry(preview)
            self._show_lacks(lacks_said(preview.lacks, self.wording))

    def _cannot_show(self, asked: int, error: UserError) -> None:
        if asked != self._asked:
            return
        self._show_entry(None)
        self._show_lacks((Lack("lines", standing(error, self.wording.language)),))

    def _show_entry(self, preview: Preview | None) -> None:
        self.entry.show_lines(preview.text.get("lines", ()) if preview else ())
        gross = preview.voucher.taxed.gross if preview and preview.voucher.goods else None
        self.capital.setText(capitals(gross) if gross else "")
        self.head.say_due(self.customer.customer, preview.voucher.due if preview else None)

    def _show_lacks(self, lacks: tuple[Lack, ...]) -> None:
        wrong = [Lack("due", self.wording.say(DUE_WRONG))] if self.head.due.is_wrong else []
        self.guards.show_lacks((*wrong, *self.lines.lacks, *lacks))
        self._judge()

    def _judge(self) -> None:
        say = self.wording.say
        missing = len(self.guards.lines)
        busy = say(BUSY) if self.is_busy else ""
        self.submit.forbid(busy or (say(MISSING, count=missing) if missing else ""))
        unrated = [one.lack.sentence for one in self.guards.lines if one.lack.name == "rate"]
        unknown = unrated[:1] if self.customer.customer else [say(NO_CUSTOMER)]
        self.park.forbid(busy or "".join(unknown))
        self.taker.judge()

    def jump(self, name: str) -> None:
        """Go to the field that has to change."""
        match name:
            case "answers":
                self.questions.focus_open()
            case "evidence":
                lead_to(self.taker.add)
            case "card" if (whom := self.customer.customer) is not None:
                self.card_wanted.emit(whom.id)
            case _:
                head, lines = self.head, self.lines
                at_hand = {"lines": lines.table, "by_hand": lines.amount}
                fields = {"due": head.due, "rate": head.rate, **at_hand}
                lead_to(fields.get(name, self.customer))

    def _keep(self, name: str, data: bytes | None, path: str, kind: str) -> None:
        service = self._parts.evidence

        def work() -> Outcome[bytes]:
            kept = service.keep_file(Path(path)) if data is None else service.keep(data, name=name)
            return Outcome(kept, Changes())

        self._runner.change(self, work, done=partial(self._kept_file, kind), refused=self._refused)

    def _kept_file(self, kind: str, digest: bytes) -> None:
        one = Evidence(digest.hex(), kind)
        self.kept.evidence = tuple(dict.fromkeys((*self.kept.evidence, one)))
        self._show_evidence()
        self.taker.viewer.choose(one.hash)
        self._changed()

    def _remove(self, digest: str) -> None:
        self.kept.evidence = tuple(one for one in self.kept.evidence if one.hash != digest)
        self._show_evidence()
        self._changed()

    def _show_evidence(self) -> None:
        proofs = tuple(Proof(one.hash, one.kind) for one in self.kept.evidence)
        self.taker.viewer.show_proofs(proofs)
        self.taker.judge()

    def _store(self, *, submit: bool) -> None:
        draft = self.draft()
        if draft is None or self.is_busy:
            return
        self.is_busy = True
        self._judge()
        work = partial(self._stored, draft, self.kept.document, submit=submit)
        self._runner.change(
            self, work, done=partial(self._done, submit=submit), refused=self._refused
        )

    def _stored(self, draft: Draft, document: Text | None, *, submit: bool) -> Outcome[Text]:
        if document is None:
            return self._parts.vouchers.write(draft, submit=submit)
        done = self._parts.vouchers.rewrite(document, draft)
        return self._parts.approving.submit(done.value) if submit else done

    def _done(self, document: Text, *, submit: bool) -> None:
        self.is_busy = False
        self.solved()
        self.left.keeper.touch()
        if submit:
            self._fill(None)
            self.hands.emit(LIST, document)
            return
        self.kept.document, self.kept.is_dirty = document, False
        self._say_what()
        self.notify("ok", PARKED)
        self._judge()

    def _refused(self, error: UserError) -> None:
        self.is_busy = False
        if isinstance(error, VoucherIncompleteError):
            self._show_lacks(lacks_said(error.lacks, self.wording))
        self.notify("attention", sentence_for(error))
        self._judge()

    def _fill(self, document: Text | None) -> None:
        today = self._parts.vouchers.clock.today()
        content = document.content if document else {}
        kept = voucher_from(content, posting_date=today)
        ticked = frozenset(use.delivery for use in kept.deliveries)
        self.kept = Kept(document, kept.evidence, ticked, kept.heading.batch)
        self.head.put_heading(kept.heading, kept.due)
        self.questions.put_answers(kept.answers)
        by_hand = kept.goods[len(kept.deliveries) :]
        self.lines.put_entered(tuple(Entered(one.text, one.gross) for one in by_hand))
        self._show_evidence()
        self._say_what()
        self.customer.put_customer(None)
        if kept.heading.customer is not None:
            name = kept.heading.customer
            self._runner.query(
                self, lambda: self._parts.looking.customer(name), done=self.customer.put_customer
            )
        self.kept.is_dirty = False

    def _say_what(self) -> None:
        document = self.kept.document
        number = (document.number or "—") if document else ""
        self.wording.put(self.what, "setText", KEPT if document else NEW, number=number)

    def _say_again(self) -> None:
        say = self.wording.say
        self.guards.use_words(GuardWords(say(MISSING, count="{count}"), say(READY)))
        self._say_what()
        self._look()
