"""What is still open in the sample company: somebody's word, a doubt, money of nobody known."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from erpdesk.domain.approval import Decision, Verb
from erpdesk.domain.dispute import Ground
from erpdesk.domain.ids import DocumentId
from erpdesk.domain.money import Money
from erpdesk.services.approving import Approving
from erpdesk.services.following_up import FollowUp
from erpdesk.services.ports import Clock
from erpdesk.services.receipts import MoneyIn, Receipts
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.documents import Document
from erpdesk.storage.ledger import ItemRow
from erpdesk.storage.unit_of_work import Company


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """Leaves something to do for each: for who follows up, who wrote, who found no payer."""

    accountant: Company
    supervisor: Company
    cashier: Company
    clock: Clock

    def leave(self, customers: tuple[CustomerRow, ...], voucher: Document | None) -> None:
        """Leave a promise, a dispute and an unknown payer, and send the voucher back."""
        [(promised, owed), (contested, doubted)] = self._owing(customers)
        following = FollowUp(self.accountant, self.clock)
        due = self.clock.today() + timedelta(days=3)
        following.promise(promised, Money(owed.open_minor, owed.currency), due, by="财务部")
        following.dispute(
            contested, doubted.label, Ground.QUANTITY, "对方说少收两箱，等仓库核对签收单"
        )
        self._money_of_nobody()
        if voucher is not None:
            self._decide(voucher, Verb.RETURN, "签收单上没有收货人签字，请补一张再交")

    def _owing(self, customers: tuple[CustomerRow, ...]) -> list[tuple[CustomerRow, ItemRow]]:
        """Return the first two customers that owe something, with their oldest item."""
        owing = ((customer, self._charges(customer)) for customer in customers)
        found = ((customer, charges[0]) for customer, charges in owing if charges)
        return list(islice(found, 2))

    def _charges(self, customer: CustomerRow) -> list[ItemRow]:
        rows = Receipts(self.accountant, self.clock).open_items(customer)
        return [row for row in rows if row.original_minor > 0]

    def _money_of_nobody(self) -> None:
        money = MoneyIn(Money(865_000, "CNY"), memo="网银转账，附言只写了“货款”")
        written = Receipts(self.cashier, self.clock).record(money, submit=True).value
        self._decide(written, Verb.APPROVE)

    def _decide(self, document: Document, verb: Verb, reason: str | None = None) -> None:
        decision = Decision(DocumentId(document.id), document.seen, verb, reason)
        Approving(self.supervisor, self.clock).decide(decision)
