"""Labels for customers who have no code of their own: drawn, and recorded with who took them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from erpdesk.domain.codes.own_code import customer_code
from erpdesk.domain.labels import MOST, LabelsAsked, TooManyLabelsError, must_print
from erpdesk.services.customers import Asked, Customers
from erpdesk.storage import customers, firm
from erpdesk.storage.audit import record_audit
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.unit_of_work import Company
from erpdesk.words import Language

_TAIL = 4


@dataclass(frozen=True, slots=True)
class Labelling:
    """Draws labels; no number is given, and nothing but who took them is stored."""

    company: Company
    customers: Customers

    def chosen(self, asked: Asked) -> tuple[str, ...]:
        """Return the customers that a list is filtered to, in its order, by id.

        Raises:
            TooManyLabelsError: there are more than are ever drawn at once.
        """
        keys = self.customers.keys(asked)
        if len(keys) > MOST:
            raise TooManyLabelsError(count=len(keys), most=MOST)
        return tuple(dict.fromkeys(one.id for one in self.customers.each(keys)))

    def labels(
        self,
        ids: Sequence[str],
        asked: LabelsAsked,
        *,
        language: Language,
        tell: Callable[[int, int | None], None] = lambda _done, _total: None,
    ) -> bytes:
        """Return the labels of customers, by id and in their order, as a PDF.

        Raises:
            LabelPlaceError, NoLabelsError, TooManyLabelsError: what ``must_print`` says.
            MissingCharacterError: a name cannot be drawn; nothing was printed.
        """
        from erpdesk.papers.label_sheet import Label, label_sheet

        must_print(asked, len(ids))
        with self.company.database.reading() as connection:
            known = customers.by_ids(connection, ids)
            sender = firm.firm_of(connection).get("name", "")
        drawn = [
            Label(customer_code(one.n), one.name, one.code, _tail(one))
            for one in map(known.__getitem__, ids)
        ]
        pdf = label_sheet(sender, drawn, asked, language, tell)
        self.company.run(lambda unit: record_audit(unit, "print labels", str(len(drawn))))
        return pdf


def _tail(customer: CustomerRow) -> str:
    return f"…{customer.tax_id[-_TAIL:]}" if customer.tax_id else ""
