"""What a person names by a word: a document, a campaign, a customer, a colleague, the firm."""

from collections.abc import Sequence
from dataclasses import dataclass

from erpdesk.domain.ids import PersonName
from erpdesk.errors import RefusedError
from erpdesk.standards.pinyin import pinyin_keys
from erpdesk.storage import counting_views, customers, documents, firm, ledger, people
from erpdesk.storage.counting_views import CampaignHead, Named
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.documents import Document
from erpdesk.storage.ledger import BalanceRow
from erpdesk.storage.unit_of_work import Company


@dataclass(frozen=True)
class Finding:
    """Looks up what a company has under a number, a code or a name.

    A reference that fits nothing, or several, is refused by the store that was asked.
    """

    company: Company

    def balances(self, reference: str | None) -> list[tuple[CustomerRow, BalanceRow]]:
        """Return what one customer owes, or every customer with a balance."""
        with self.company.database.reading() as connection:
            chosen = customers.named(connection, reference).id if reference else None
            rows = ledger.balances(connection, chosen)
            owners = customers.by_ids(connection, (row.customer_id for row in rows))
        return [(owners[row.customer_id], row) for row in rows]

    def document(self, reference: str) -> Document:
        """Return the document with this number or id, as it stands."""
        with self.company.database.reading() as connection:
            return documents.look(connection, documents.find(connection, reference))

    def campaign(self, reference: str) -> CampaignHead:
        """Return a frozen campaign as counters see it."""
        with self.company.database.reading() as connection:
            return counting_views.campaign(connection, reference)

    def scanned_customer(self, reference: str) -> Named:
        """Return a customer by code or exact name, as counters see it."""
        with self.company.database.reading() as connection:
            return counting_views.named(connection, reference)

    def customer(self, reference: str) -> CustomerRow:
        """Return the customer with this code or exact name."""
        with self.company.database.reading() as connection:
            return customers.named(connection, reference)

    def customers_called(
        self, references: Sequence[str]
    ) -> tuple[tuple[CustomerRow, ...], tuple[str, ...]]:
        """Return the customers with these codes or exact names, and what no one customer has."""
        with self.company.database.reading() as connection:
            ids = {
                said: found[0]
                for said, found in customers.called(connection, references).items()
                if len(found) == 1
            }
            rows = customers.by_ids(connection, ids.values())
        known = tuple(rows[ids[said]] for said in references if said in ids)
        return known, tuple(said for said in references if said not in ids)

    def find_customers(self, words: str, *, most: int) -> tuple[CustomerRow, ...]:
        """Return customers whose code, name, tax number or pinyin contains the words.

        A login that only counts finds them by code and name, and has no more of them.
        """
        try:
            with self.company.database.reading() as connection:
                return customers.search(connection, words, limit=most)
        except RefusedError:
            with self.company.database.reading() as connection:
                found = counting_views.named_like(connection, words, limit=most)
            return tuple(CustomerRow(o.id, o.n, o.code, o.name, None, {}, {}, "") for o in found)

    def spelled(self, name: str) -> tuple[str, str]:
        """Return a word as it is typed without an input method: full pinyin and its initials."""
        return pinyin_keys(name)

    def firm(self) -> dict[str, str]:
        """Return what is known of the firm whose books these are, by key."""
        with self.company.database.reading() as connection:
            return firm.firm_of(connection)

    def person(self, reference: str) -> PersonName:
        """Return the login name of the person with this name."""
        with self.company.database.reading() as connection:
            return people.person_named(connection, reference).name
