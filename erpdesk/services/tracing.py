"""From a code the program printed to what it stands for: a customer, the lines of a sheet."""

from dataclasses import dataclass

from erpdesk.domain.codes.own_code import OwnCode, OwnKind
from erpdesk.domain.codes.targets import document_number, place_of
from erpdesk.domain.kinds import kind_of
from erpdesk.domain.stocktake.count_sheet import sheets_of
from erpdesk.storage import counting_views as views
from erpdesk.storage import customers, documents
from erpdesk.storage.counting_views import Named, NotACodeError
from erpdesk.storage.database import Connection
from erpdesk.storage.unit_of_work import Company


@dataclass(frozen=True, slots=True)
class Tracing:
    """Looks up own codes; nothing is stored and no figure is read."""

    company: Company

    def customer(self, code: OwnCode) -> Named:
        """Return whose code it is: of a label, a line of a count sheet, a paper sent to them.

        Raises:
            NotACodeError: nobody's.
            NoSuchCampaignError, NoSuchDocumentError: what it was printed on is not there.
        """
        with self.company.database.reading() as connection:
            found = _customer(connection, code)
        if found is None:
            raise NotACodeError(reference=code.text)
        return found

    def number(self, code: OwnCode) -> str:
        """Return the number of the document that a code was printed on.

        Raises:
            NoSuchDocumentError: it is not there.
        """
        number = document_number(code) or code.text
        with self.company.database.reading() as connection:
            documents.find(connection, number)
        return number

    def on_sheet(self, campaign: str, page: int) -> frozenset[str]:
        """Return the customers that stand on a page of a campaign's count sheet, by id."""
        with self.company.database.reading() as connection:
            pages = sheets_of(views.scope_lines(connection, campaign))
        if not 0 < page <= len(pages):
            return frozenset()
        return frozenset(line.customer_id for line in pages[page - 1])


def _customer(connection: Connection, code: OwnCode) -> Named | None:
    if code.kind is OwnKind.CUSTOMER:
        return views.of_number(connection, int(code.digits))
    if code.kind is OwnKind.LINE:
        place = place_of(code)
        number = f"{kind_of('campaign').mark}-{place.campaign:04d}"
        return views.of_line(connection, views.campaign(connection, number).id, place.n)
    number = document_number(code) or code.text
    text = documents.look(connection, documents.find(connection, number)).content
    return views.of_number(connection, customers.by_id(connection, text["customer"]).n)
