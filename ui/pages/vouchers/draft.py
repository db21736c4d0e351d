"""A voucher half written: kept in a file while it is typed, and offered after a restart."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QObject

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.money import Money
from erpdesk.services.looking import Customer, Looking, Text
from erpdesk.services.vouchers import Draft as Begun
from erpdesk.services.vouchers import Entered
from erpdesk.words import Sentence
from ui.pages import Page
from ui.widgets.customer_field import CustomerField
from ui.widgets.questions import Questions
from ui.widgets.voucher_head import VoucherHead
from ui.widgets.voucher_lines import VoucherLines
from ui.work.draft_keeper import Draft, DraftKeeper, Drafts
from ui.work.runner import Runner
from ui.work.wording import literal

S = Sentence
NAME: Final = "voucher"
HALF_WRITTEN = S("上次有一张没写完的凭证：{name}", "A voucher was left half written: {name}")
TAKE_UP, DROP = S("接着写", "Go on"), S("丢弃", "Give it up")
STILL_OPEN = S("表单里还有一张没存的凭证", "A voucher that is not stored stands in the form")
STILL_OPEN_TEXT = S(
    "没有换成新的。先暂存或提交这一张，再从差异里补。",
    "It was not replaced. Park or submit it, then begin again from the difference.",
)
NOTHING, NOBODY = S("", ""), S("还没选客户", "no customer yet")


@dataclass(slots=True)
class Kept:
    """What the form is about, besides what stands in its fields; ``batch`` is what it belongs to.

    ``begun`` are the fields as another page filled them: nobody has typed anything yet while they
    are still that.
    """

    document: Text | None = None
    evidence: tuple[Evidence, ...] = ()
    ticked: frozenset[str] = field(default_factory=frozenset)
    batch: str | None = None
    is_dirty: bool = False
    begun: Mapping[str, Any] = field(default_factory=dict)


class Form(Page):
    """The form, as far as a draft knows it."""

    kept: Kept
    head: VoucherHead
    customer: CustomerField
    lines: VoucherLines
    questions: Questions
    is_busy: bool

    def go_on(self, kept: Kept) -> None:
        """Be about what was half typed; its fields are filled afterwards."""
        raise NotImplementedError


class VoucherDraft(QObject):
    """Keeps the form's fields until they are parked or submitted."""

    def __init__(self, form: Form, looking: Looking, drafts: Drafts, runner: Runner) -> None:
        super().__init__(form)
        self._form, self._looking, self._runner = form, looking, runner
        self._left: Draft = {}
        self._has_looked = False
        self.keeper = DraftKeeper(drafts, NAME, self._typed, runner, self)

    def offer(self, page: Page, show_form: Callable[[], None]) -> None:
        """Look, once, for what was half written, and offer it in the bar of this page."""
        if self._has_looked:
            return
        self._has_looked = True
        page.notices.acted.connect(lambda name: self._act(name, page, show_form))
        self.keeper.look(lambda draft: self._found(draft, page))

    def _found(self, draft: Draft, page: Page) -> None:
        self._left = draft
        if draft:
            say = page.wording.say
            said = say(HALF_WRITTEN, name=draft.get("name") or say(NOBODY))
            page.notify("info", literal(said), NOTHING, (("take_up", TAKE_UP), ("drop", DROP)))

    def _act(self, name: str, page: Page, show_form: Callable[[], None]) -> None:
        if name == "take_up":
            page.solved()
            self.take_up()
            show_form()
        elif name == "drop":
            page.solved()
            self._left = {}
            self.keeper.touch()

    def take_up(self) -> None:
        """Go on writing what was left."""
        left, self._left = self._left, {}
        looking, document, who = self._looking, left.get("document"), left.get("customer")

        def look() -> tuple[Text | None, Customer | None]:
            return (
                looking.document(document) if document else None,
                looking.customer(who) if who else None,
            )

        self._runner.query(self, look, done=lambda found: self._taken_up(left, *found))

    def _taken_up(self, left: Draft, document: Text | None, who: Customer | None) -> None:
        evidence = tuple(Evidence(*one) for one in left.get("evidence", ()))
        ticked = frozenset(left.get("deliveries", ()))
        batch = left.get("batch") or None
        self._form.go_on(Kept(document, evidence, ticked, batch, is_dirty=True))
        _fill(self._form, left)
        self._form.customer.put_customer(who)

    def begin_with(self, begun: Begun) -> None:
        """Write what another page began; something half written stays, and is said to stay."""
        form, kept = self._form, self._form.kept
        if kept.is_dirty and _written(form) != kept.begun:
            form.notify("attention", STILL_OPEN, STILL_OPEN_TEXT)
            return
        form.go_on(Kept(None, begun.evidence, frozenset(begun.deliveries), begun.batch))
        entered = [(one.text, one.amount.minor, one.amount.currency) for one in begun.entered]
        posting = form.head.posting.text()
        _fill(form, {"memo": begun.memo or "", "posting": posting, "entered": entered})
        form.customer.put_customer(begun.customer)
        form.kept.begun = _written(form) | {"deliveries": sorted(begun.deliveries)}

    def _typed(self) -> Draft | None:
        if self._form.is_busy:
            return None
        return _written(self._form) if self._form.kept.is_dirty else self._left


def _written(form: Form) -> Draft:
    head, lines, kept, customer = form.head, form.lines, form.kept, form.customer.customer
    return {
        "document": kept.document.id if kept.document else "", "batch": kept.batch or "",
        "customer": customer.id if customer else "", "name": customer.name if customer else "",
        "deliveries": sorted(lines.deliveries),
        "evidence": [[one.hash, one.kind] for one in kept.evidence],
        "memo": head.memo.text(), "contract": head.contract.text(),
        "due": head.due.text(), "posting": head.posting.text(),
        "rate": head.rate.currentData() or "",
        "answers": form.questions.said,
        "entered": [[one.text, one.amount.minor, one.amount.currency] for one in lines.entered],
        "line": [lines.text.text(), lines.amount.text(), lines.currency.currency],
    }  # fmt: skip


def _fill(form: Form, draft: Mapping[str, Any]) -> None:
    head, lines = form.head, form.lines
    for part, name in (
        (head.memo, "memo"), (head.contract, "contract"), (head.due, "due"),
        (head.posting, "posting"),
    ):  # fmt: skip
        part.setText(str(draft.get(name, "")))
    head.rate.setCurrentIndex(max(0, head.rate.findData(draft.get("rate", ""))))
    form.questions.put_said(draft.get("answers", ()))
    entered = draft.get("entered", ())
    lines.put_entered(tuple(Entered(text, Money(minor, unit)) for text, minor, unit in entered))
    text, amount, *currency = draft.get("line", ("", ""))
    lines.currency.put(*(currency or (BASE_CURRENCY,)))
    lines.text.setText(text)
    lines.amount.setText(amount)
