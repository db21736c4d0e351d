"""Registering an invoice beside the list of vouchers: previewed while typed, then submitted."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from erpdesk.domain.billing import Billable
from erpdesk.domain.changes import Outcome
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.invoice import Invoice
from erpdesk.domain.money import Money
from erpdesk.errors import UserError
from erpdesk.services.invoicing import Arrived, BillingPreview, Invoicing
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.services.looking import Customer, Looking, Text
from erpdesk.services.voucher_list import VoucherLine
from erpdesk.words import Sentence, explain, standing
from ui.widgets.document_facts import Fact
from ui.widgets.invoice_sheet import BillingSaid, InvoiceSheet, InvoiceTyped
from ui.work.pressed_once import PressedOnce
from ui.work.runner import Runner
from ui.work.wording import Wording

S = Sentence
BILL, BILLED = S("登记到票…", "Register invoice…"), S("已全部开票", "It is invoiced whole")
EVIDENCE_KIND = "other"
EQUAL = S("Σ 红字 = Σ 冲回的暂估", "Σ red = Σ taken back")
INVOICED = S("发票价税合计", "The invoice with tax")
DIFFERS = S("和暂估的差额，进当期收入", "Difference, to revenue of now")
PAID = S("已收的钱跟着移到发票", "What was paid moves to the invoice")


class Billing(QObject):
    """Serves the sheet; ``done`` carries what was made, ``closed`` comes then and when left."""

    closed = Signal()
    done = Signal(object)

    def __init__(
        self,
        services: tuple[Invoicing, Looking, KeepingEvidence],
        runner: Runner,
        words: Wording,
    ) -> None:
        super().__init__()
        self._invoicing, self._looking, self._keeping = services
        self._runner, self._words = runner, words
        self._once = PressedOnce(runner, self)
        self._customer: Customer | None = None
        self.sheet = InvoiceSheet(words, self._invoicing.clock.today())
        self.sheet.changed.connect(self._preview)
        self.sheet.asked.connect(self._register)
        self.sheet.closed.connect(self.closed)

    def begin(self, document: Text, line: VoucherLine) -> None:
        """Ask for the invoice of a voucher, and list what else the customer has."""
        self._customer = None
        self.sheet.begin(line.customer or "")

        def look() -> tuple[Customer, tuple[Billable, ...]]:
            owner = self._looking.customer(document.customer_id or "")
            return owner, self._invoicing.billable(owner)

        self._runner.query(self.sheet, look, done=partial(self._found, document.id))

    def _found(self, ticked: str, found: tuple[Customer, tuple[Billable, ...]]) -> None:
        self._customer, vouchers = found
        self.sheet.show_vouchers(vouchers, ticked=ticked)

    def _arrived(self, typed: InvoiceTyped, evidence: tuple[Evidence, ...] = ()) -> Arrived | None:
        if self._customer is None:
            return None
        paper = Invoice(typed.number, typed.day, typed.net, typed.tax)
        named = tuple((name, None) for name in typed.vouchers)
        return Arrived(self._customer, paper, named, evidence, typed.reason)

    def _preview(self) -> None:
        typed = self.sheet.typed
        arrived = None if typed is None else self._arrived(typed)
        if typed is None or arrived is None:
            return
        self._runner.query(
            self.sheet, lambda: self._invoicing.preview(arrived),
            done=partial(self._show, typed), refused=self._refused,
        )  # fmt: skip

    def _show(self, typed: InvoiceTyped, preview: BillingPreview) -> None:
        if typed != self.sheet.typed:
            return
        texts = preview.bundle
        lines = [*texts.head["lines"]] if texts else []
        for part in texts.parts if texts else ():
            lines += part["lines"]
        against = standing(preview.why_not, self._words.language) if preview.why_not else ""
        facts = self._facts(typed, preview)
        self.sheet.show_preview(BillingSaid(lines, facts, preview.difference, against))

    def _facts(self, typed: InvoiceTyped, preview: BillingPreview) -> tuple[Fact, ...]:
        say = self._words.say
        red = Money(sum(one.amount.minor for one in preview.portions), typed.net.currency)
        found = [
            Fact("ok", say(EQUAL), (-red).grouped()),
            Fact("info", say(INVOICED), (typed.net + typed.tax).grouped()),
        ]
        if preview.difference.minor:
            found.append(Fact("attention", say(DIFFERS), preview.difference.grouped()))
        if any(one.voucher.links for one in preview.portions):
            found.append(Fact("info", say(PAID)))
        return tuple(found)

    def _register(self, typed: InvoiceTyped) -> None:
        self._once.change(
            self.sheet, partial(self._registering, typed),
            done=self._done, refused=self._refused,
        )  # fmt: skip

    def _done(self, document: Text) -> None:
        self.done.emit(document)
        self.closed.emit()

    def _registering(self, typed: InvoiceTyped) -> Outcome[Text]:
        kept = [self._keeping.keep_file(path).hex() for path in typed.files]
        evidence = tuple(Evidence(name, EVIDENCE_KIND) for name in kept)
        arrived = self._arrived(typed, evidence)
        assert arrived is not None  # noqa: S101 - the sheet asks only for a customer it knows
        return self._invoicing.register(arrived)

    def _refused(self, error: UserError) -> None:
        self.sheet.complain(explain(error, self._words.language))
