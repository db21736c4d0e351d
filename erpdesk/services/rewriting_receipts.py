"""A receipt that came back to its maker: read back, written anew, and handed in again."""

from dataclasses import dataclass

from erpdesk.domain.changes import Outcome
from erpdesk.domain.claim import Unidentified
from erpdesk.domain.kept_receipt import KeptReceipt, receipt_from, why_not_rewrite
from erpdesk.domain.posting import Row
from erpdesk.domain.receipt import PayerUnknownError
from erpdesk.errors import UserError
from erpdesk.services.receipts import MoneyIn, Receipts, Use
from erpdesk.services.writing import Writing
from erpdesk.storage import customers, documents, inbox, unidentified
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Company


class NotReturnedError(UserError):
    """No receipt of this number came back to whoever asks."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A receipt that came back: as it was, whose, by which step (``reject``, …) and why.

    ``claims`` is the receipt from nobody known that it claims.
    """

    document: Document
    kept: KeptReceipt
    customer: CustomerRow | None
    verb: str
    reason: str
    claims: Unidentified | None


@dataclass(frozen=True, slots=True)
class RewritingReceipts:
    """Writes receipts anew, as the person who made them."""

    company: Company
    receipts: Receipts

    def returned(self, number: str) -> Returned:
        """Return a receipt of one's own that was sent back, rejected or withdrawn.

        Raises:
            NotReturnedError: there is none of this number.
        """
        with self.company.database.reading() as connection:
            mine = inbox.sent_back(connection, self.company.person)
            receipts = (one for one in mine if one.head.kind == "receipt")
            back = next((one for one in receipts if one.head.number == number), None)
            if back is None:
                raise NotReturnedError(number=number)
            document = documents.look(connection, back.head.id)
            kept = receipt_from(document.content)
            who = customers.by_id(connection, kept.customer_id) if kept.customer_id else None
            entry = kept.identifies
            claims = unidentified.of_entry(connection, entry, but=document.id) if entry else None
        return Returned(document, kept, who, back.verb, back.reason, claims)

    def rewrite(self, back: Returned, money: MoneyIn, use: Use) -> Outcome[Document]:
        """Write it anew under its number, and hand it in: a new round begins.

        What was written before stays on record, with what was decided on it.

        Raises:
            BankLineError: it says another amount or day than the bank does.
            UserError: what else stands against it; nothing was stored.
        """
        text = self._claim(back.claims, money, use) if back.claims else self._text(back, money, use)
        return Writing(self.company).edit(back.document, dict(text), submit=True)

    def _claim(self, one: Unidentified, money: MoneyIn, use: Use) -> Row:
        if money.customer is None:
            raise PayerUnknownError
        return self.receipts.claim_of(one, money.customer, use)

    def _text(self, back: Returned, money: MoneyIn, use: Use) -> Row:
        receipt = self.receipts.receipt_of(money, use.gives_up, back.kept.bank)
        if refusal := why_not_rewrite(back.kept, receipt):
            raise refusal
        return self.receipts.text_of(receipt, money.customer, use)
