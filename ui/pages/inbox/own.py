"""What a maker does in the inbox with their own document: take it back, hand it in, give it up."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from erpdesk.domain.changes import Outcome
from erpdesk.domain.entry_rules import amount_of
from erpdesk.errors import UserError
from erpdesk.services.approving import Approving, Shown
from erpdesk.services.looking import Text
from erpdesk.words import Sentence, explain, standing
from ui.look import scaled
from ui.widgets.button import Button
from ui.widgets.document_facts import kind_said
from ui.widgets.reversal_sheet import ReversalSheet
from ui.work.runner import Runner
from ui.work.wording import Wording

S = Sentence
WITHDRAW, VOID = S("撤回", "Withdraw"), S("作废…", "Void…")
AGAIN, EDIT = S("再次提交", "Hand in again"), S("去修改", "Edit it")
VOID_TITLE, VOID_VERB = S("作废 {name}", "Void {name}"), S("作废", "Void")
NAME = S("{kind} {number}", "{kind} {number}")
NO_FORM = S("这类单据改不了内容：作废后重做", "Its text cannot be edited: void it, make it anew")
BUSY = S("正在存上一步", "The last step is being stored")
SUBMITTED = S("{name} 已提交，等人审批", "{name} is handed in and waits for a second person")
VOIDED = S("{name} 已作废，编号留着", "{name} is void; its number stays")
WITHDRAWN = S(
    "{name} 已撤回，在「退回给我的」里", '{name} is withdrawn and stands under "Came back"'
)
SAID: Final = {"submitted": SUBMITTED, "voided": VOIDED, "draft": WITHDRAWN}
FORMS: Final = {"voucher": "vouchers", "receipt": "receipts"}
"""The page on which a kind of document is edited; the others have none."""
SHEET_PX: Final = 376
SHEET_MOST_PX: Final = 380


class OwnWork(QObject):
    """Holds the buttons of the maker, and the sheet that asks why something is given up.

    ``done`` carries what was done as a sentence, ``refused`` what stood against it; ``asking``
    says whether the sheet is open; ``edits`` names the page and number of what is to be edited.
    """

    done = Signal(str)
    refused = Signal(object)
    asking = Signal(bool)
    edits = Signal(str, str)

    def __init__(self, approving: Approving, runner: Runner, words: Wording) -> None:
        super().__init__()
        self._approving, self._runner, self._words = approving, runner, words
        self._shown: Shown | None = None
        self.sheet = ReversalSheet(words)
        self.sheet.setFixedWidth(min(scaled(SHEET_PX), SHEET_MOST_PX))
        self.sheet.hide()
        self.withdraw = Button("", height_px=32)
        self.edit = Button("", key="F2", height_px=32)
        self.void = Button("", "danger", height_px=32)
        self.again = Button("", "primary", key="Ctrl+Enter", height_px=32)
        for button, verb, act in (
            (self.withdraw, WITHDRAW, lambda: self._change(approving.withdraw)),
            (self.edit, EDIT, self._edit),
            (self.void, VOID, self._ask),
            (self.again, AGAIN, lambda: self._change(approving.submit)),
        ):
            words.put(button, "setText", verb)
            button.clicked.connect(act)
        self.sheet.asked.connect(self._give_up)
        self.sheet.closed.connect(self.close)

    @property
    def is_asking(self) -> bool:
        """Say whether the sheet is open."""
        return not self.sheet.isHidden()

    def judge(self, shown: Shown | None, general: str) -> None:
        """Turn on what the maker may do with what is shown; ``general`` stands against all."""
        if self._shown is None or shown is None or shown.document.id != self._shown.document.id:
            self.close()
        self._shown = shown
        own = shown.own if shown else None
        for button, refusal in (
            (self.withdraw, own.why_not_withdraw if own else None),
            (self.void, own.why_not_void if own else None),
            (self.again, own.why_not_submit if own else None),
        ):
            button.forbid(general or self._explained(refusal))
        has_form = shown is not None and shown.document.kind in FORMS
        self.edit.forbid(general or ("" if has_form else self._words.say(NO_FORM)))

    def close(self) -> None:
        """Leave the sheet, whatever was written in it."""
        if self.is_asking:
            self.sheet.hide()
            self.asking.emit(False)  # noqa: FBT003 - a signal's

    def _explained(self, refusal: UserError | None) -> str:
        return standing(refusal, self._words.language) if refusal else ""

    def _edit(self) -> None:
        if self._shown is not None:
            document = self._shown.document
            self.edits.emit(FORMS[document.kind], document.number or "")

    def _ask(self) -> None:
        if self._shown is None:
            return
        document, say = self._shown.document, self._words.say
        amount = amount_of(document.content, self._shown.risk_minor).grouped()
        self.sheet.show()
        self.sheet.begin(
            say(VOID_TITLE, name=self._name(document)), say(VOID_VERB), customer="", amount=amount
        )
        self.asking.emit(True)  # noqa: FBT003 - a signal's

    def _give_up(self, reason: str) -> None:
        if self._shown is not None:
            void = partial(self._approving.void, self._shown.document, reason)
            self._run(void, self._complain)

    def _complain(self, error: UserError) -> None:
        self.sheet.complain(explain(error, self._words.language))

    def _change(self, step: Callable[[Text], Outcome[Text]]) -> None:
        if self._shown is not None:
            self._run(partial(step, self._shown.document), self.refused.emit)

    def _run(self, work: Callable[[], Outcome[Text]], refused: Callable[[UserError], None]) -> None:
        for button in (self.withdraw, self.edit, self.void, self.again):
            button.forbid(self._words.say(BUSY))
        self._runner.change(self, work, done=self._finish, refused=refused)

    def _finish(self, document: Text) -> None:
        self.close()
        self.done.emit(self._words.say(SAID[document.state], name=self._name(document)))

    def _name(self, document: Text) -> str:
        kind = kind_said(document.kind, self._words)
        return self._words.say(NAME, kind=kind, number=document.number or "—")
