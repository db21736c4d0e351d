"""Papers for the floor: the count sheet of a campaign, cards of codes."""

import hashlib
from dataclasses import dataclass

from erpdesk.domain.codes.own_code import line_code, sheet_code
from erpdesk.domain.masking import masked_field
from erpdesk.domain.moments import at_desk
from erpdesk.domain.money import Money
from erpdesk.domain.people import READS_BOOKS
from erpdesk.domain.stocktake.blind import withholds
from erpdesk.domain.stocktake.campaign import CampaignState, plan_from
from erpdesk.domain.stocktake.count_sheet import sheets_of
from erpdesk.papers.count_sheet_view import CountSheetView, SheetLine, SheetPage
from erpdesk.services.ports import Clock
from erpdesk.storage import counting_views, counts, customers, firm, people
from erpdesk.storage.counting_views import ScopeLine
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.unit_of_work import Company
from erpdesk.words import Language


@dataclass(frozen=True, slots=True)
class Printing:
    """Draws papers that are no documents: nothing is stored and no number is given."""

    company: Company
    clock: Clock

    def count_sheet(self, campaign: str, *, language: Language) -> bytes:
        """Return the count sheet of a campaign, by its number or id, as a PDF.

        Where figures are withheld there are none in the file; who does not read the books has
        neither figures nor contacts in it.

        Raises:
            NoSuchCampaignError: there is none that was frozen.
            NothingToCountError: it has no lines.
            MissingCharacterError, DoesNotFitError: a text cannot be drawn; nothing was printed.
        """
        from erpdesk.papers.count_sheet import count_sheet

        with self.company.database.reading() as connection:
            view = self._view(connection, campaign, language)
        return count_sheet(view)

    def scanner_card(self, language: Language) -> bytes:
        """Return the card with the seven test codes of the scanner check as a PDF."""
        from erpdesk.papers.scanner_card import scanner_card

        return scanner_card(language)

    def command_card(self, language: Language) -> bytes:
        """Return the card with the commands of the count as a PDF."""
        from erpdesk.papers.command_card import command_card

        return command_card(language)

    def _view(self, connection: Connection, reference: str, language: Language) -> CountSheetView:
        head = counting_views.campaign(connection, reference)
        plan = plan_from(counting_views.scope_said(connection, head.id))
        lines = counting_views.scope_lines(connection, head.id)
        withheld = withholds(blind=bool(plan.blind), state=CampaignState(head.state))
        is_open = self._reads_books(connection) and not withheld
        number = int(head.number.rpartition("-")[2])
        drawn = self._drawn(connection, head.id, lines, number, with_figures=is_open)
        return CountSheetView(
            company=firm.firm_of(connection).get("name", ""),
            number=head.number,
            campaign=plan.name,
            cut_off=plan.cut_off,
            is_blind=not is_open,
            list_hash=_list_hash(lines),
            printed_at=self._now(),
            pages=tuple(
                SheetPage(code=sheet_code(number, n), lines=page)
                for n, page in enumerate(sheets_of(drawn), 1)
            ),
            language=language,
        )

    def _drawn(
        self,
        connection: Connection,
        campaign: str,
        lines: tuple[ScopeLine, ...],
        number: int,
        *,
        with_figures: bool,
    ) -> tuple[SheetLine, ...]:
        books: dict[int, Money] = {}
        known: dict[str, CustomerRow] = {}
        if with_figures:
            frozen = counts.lines(connection, campaign)
            books = {row.n: Money(row.book_minor, row.currency) for row in frozen}
        if self._reads_books(connection):
            known = customers.by_ids(connection, (line.customer_id for line in lines))
        return tuple(
            SheetLine(
                code=line_code(number, line.n),
                name=line.name,
                customer_code=line.code,
                tax_id=_tax_id(known.get(line.customer_id)),
                contact=_contact(known.get(line.customer_id)),
                book=books.get(line.n),
            )
            for line in lines
        )

    def _reads_books(self, connection: Connection) -> bool:
        me = people.person_named(connection, self.company.person)
        return bool(me.roles(at=self.clock.now_us()) & READS_BOOKS)

    def _now(self) -> str:
        return f"{at_desk(self.clock.now_us()):%Y-%m-%d %H:%M}"


def _list_hash(lines: tuple[ScopeLine, ...]) -> str:
    """Return the hash of which customers stand on which lines, as the frozen list has them."""
    text = "\n".join(f"{line.n} {line.customer_id}" for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()


def _tax_id(customer: CustomerRow | None) -> str:
    return customer.tax_id or "" if customer else ""


def _contact(customer: CustomerRow | None) -> str:
    if customer is None:
        return ""
    phone = masked_field("phone", str(customer.contact.get("phone") or ""))
    return f"{customer.contact.get('person') or ''} {phone}".strip()
