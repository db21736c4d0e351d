"""Builds the core once: a company opened by somebody, and the services on it.

Over 400 lines because every service is named here once, and nowhere else.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from erpdesk import keys, paths
from erpdesk.devices.serial_scanner import Light, Port, SerialScanner, plugged_in
from erpdesk.domain.ids import PersonName
from erpdesk.domain.people import Person
from erpdesk.errors import ErpdeskError, RefusedError
from erpdesk.files.drafts import Drafts
from erpdesk.files.mappings import Mappings
from erpdesk.services.adding_people import AddingPeople
from erpdesk.services.approving import Approving
from erpdesk.services.backing_up import BackingUp
from erpdesk.services.campaigns import Campaigns
from erpdesk.services.counting import Counting
from erpdesk.services.customers import Customers
from erpdesk.services.customers_changing import CustomersChanging
from erpdesk.services.describing import Describing
from erpdesk.services.exporting import Exporting
from erpdesk.services.following import Following
from erpdesk.services.following_up import FollowUp
from erpdesk.services.importing_columns import KnownColumns
from erpdesk.services.importing_customers import ImportingCustomers
from erpdesk.services.importing_deliveries import ImportingDeliveries
from erpdesk.services.importing_files import ImportingFiles
from erpdesk.services.importing_statements import ImportingStatements
from erpdesk.services.invoicing import Invoicing
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.services.listing_backups import ListingBackups
from erpdesk.services.looking import Looking
from erpdesk.services.noticing import Noticing
from erpdesk.services.opening_items import OpeningItems
from erpdesk.services.passwords import ChangingPassword
from erpdesk.services.ports import Clock
from erpdesk.services.printing import Printing
from erpdesk.services.receipts import Receipts
from erpdesk.services.replying import Replying
from erpdesk.services.reporting import Reporting
from erpdesk.services.reversing import Reversing
from erpdesk.services.reviewing import Reviewing
from erpdesk.services.reviewing_children import ReviewingChildren
from erpdesk.services.signing_in import SigningIn
from erpdesk.services.tracing import Tracing
from erpdesk.services.verifying import Verifying
from erpdesk.services.vouchers import Vouchers
from erpdesk.services.watching import Watching
from erpdesk.standards.pinyin import pinyin_keys
from erpdesk.storage import counting_views, customers, documents, ledger, people
from erpdesk.storage import firm as firm_store
from erpdesk.storage.counting_views import CampaignHead, Named
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Database, is_url, open_database
from erpdesk.storage.documents import Document
from erpdesk.storage.ledger import BalanceRow
from erpdesk.storage.migrations import refuse_newer
from erpdesk.storage.unit_of_work import Company


@dataclass(frozen=True)
class Desk:
    """The services of one company for one person; each is made when first asked for."""

    company: Company
    clock: Clock
    signing_in: SigningIn

    def __post_init__(self) -> None:
        """Let posting ask how the books stood when they were checked last."""
        watching = self.watching
        self.company.failing = lambda: watching.watched().codes_failing

    @cached_property
    def approving(self) -> Approving:
        """Deciding on other people's documents."""
        return Approving(self.company, self.clock)

    @cached_property
    def campaigns(self) -> Campaigns:
        """Planning, freezing and looking at campaigns."""
        return Campaigns(self.company, self.clock)

    @cached_property
    def counting(self) -> Counting:
        """Recording scans; one run of the program is one device."""
        return Counting(self.company, self.clock, self.company.new_id())

    @cached_property
    def changing_password(self) -> ChangingPassword:
        """One's own password."""
        return ChangingPassword(self.company)

    @cached_property
    def evidence(self) -> KeepingEvidence:
        """Keeping files as evidence."""
        return KeepingEvidence(self.company)

    @cached_property
    def importing_customers(self) -> ImportingCustomers:
        """Customer lists from files."""
        return ImportingCustomers(self.company)

    @cached_property
    def importing_deliveries(self) -> ImportingDeliveries:
        """Uninvoiced deliveries from files."""
        return ImportingDeliveries(self.company)

    @cached_property
    def importing_statements(self) -> ImportingStatements:
        """Bank statements from files."""
        return ImportingStatements(self.company)

    @cached_property
    def importing_files(self) -> ImportingFiles:
        """Files of any sort, step by step."""
        return ImportingFiles(
            self.company, self.importing_customers, self.importing_deliveries,
            self.importing_statements, known_columns(),
        )  # fmt: skip

    @cached_property
    def following(self) -> Following:
        """What others do, for whoever shows it."""
        return Following(self.company)

    @cached_property
    def vouchers(self) -> Vouchers:
        """Temporary vouchers."""
        return Vouchers(self.company, self.clock)

    @cached_property
    def invoicing(self) -> Invoicing:
        """Invoices for temporary vouchers."""
        return Invoicing(self.company, self.clock)

    @cached_property
    def receipts(self) -> Receipts:
        """Receipts and matching."""
        return Receipts(self.company, self.clock)

    @cached_property
    def reversing(self) -> Reversing:
        """Reversals with their effects."""
        return Reversing(self.company, self.clock)

    @cached_property
    def reviewing(self) -> Reviewing:
        """Explaining the differences of a campaign."""
        return Reviewing(self.company, self.clock)

    @cached_property
    def reviewing_children(self) -> ReviewingChildren:
        """Documents made from a difference."""
        return ReviewingChildren(self.company, self.clock)

    @cached_property
    def looking(self) -> Looking:
        """Reading for the pages of the window."""
        return Looking(self.company, self.clock)

    @cached_property
    def tracing(self) -> Tracing:
        """What the program's own codes stand for."""
        return Tracing(self.company)

    @cached_property
    def customers(self) -> Customers:
        """The list of customers and all there is about one."""
        return Customers(self.company, self.clock)

    @cached_property
    def customers_changing(self) -> CustomersChanging:
        """New customers, and changes of their records and codes."""
        return CustomersChanging(self.company)

    @cached_property
    def noticing(self) -> Noticing:
        """Settlement notices."""
        return Noticing(self.company, self.clock)

    @cached_property
    def follow_up(self) -> FollowUp:
        """Promises and disputes."""
        return FollowUp(self.company, self.clock)

    @cached_property
    def replying(self) -> Replying:
        """Replies to notices."""
        return Replying(self.company, self.clock)

    @cached_property
    def printing(self) -> Printing:
        """Count sheets, and the card that tests a scanner."""
        return Printing(self.company, self.clock)

    @cached_property
    def reporting(self) -> Reporting:
        """Reports of campaigns."""
        return Reporting(self.company, self.clock)

    @cached_property
    def exporting(self) -> Exporting:
        """Files for other programs."""
        return Exporting(self.company)

    @cached_property
    def opening_items(self) -> OpeningItems:
        """What was open before the books began."""
        return OpeningItems(self.company)

    @cached_property
    def verifying(self) -> Verifying:
        """Checking that the books hold."""
        return Verifying(self.company.database, self.clock)

    @cached_property
    def backing_up(self) -> BackingUp:
        """Backups of the company."""
        return BackingUp(self.company, self.clock)

    @cached_property
    def describing(self) -> Describing:
        """What the books are, and who may do what in them."""
        return Describing(self.company, self.clock)

    @cached_property
    def adding_people(self) -> AddingPeople:
        """People who join."""
        return AddingPeople(self.company, self.clock)

    @cached_property
    def watching(self) -> Watching:
        """How the books stood over time, noted on this computer."""
        return Watching(self.verifying, paths.notes_of(self._known_as(), "checks"))

    @cached_property
    def backups(self) -> ListingBackups:
        """The backups there are, and which were tried out."""
        noted = paths.notes_of(self._known_as(), "backups")
        return ListingBackups(self.company, self.clock, noted)

    @cached_property
    def drafts(self) -> Drafts:
        """What this person has half typed for these books, on this computer."""
        return Drafts(paths.drafts_of(f"{self._known_as()}\n{self.company.person}"))

    def _known_as(self) -> str:
        """Return what tells these books from others; no password is in it."""
        place = self.company.database.place
        return place.rpartition("@")[2] if is_url(place) else str(Path(place).absolute())

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

    def firm(self) -> dict[str, str]:
        """Return what is known of the firm whose books these are, by key."""
        with self.company.database.reading() as connection:
            return firm_store.firm_of(connection)

    def person(self, reference: str) -> PersonName:
        """Return the login name of the person with this name."""
        with self.company.database.reading() as connection:
            return people.person_named(connection, reference).name

    def close(self) -> None:
        """Give back the company's connections."""
        self.company.database.close()


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who may sign in, whether a password is asked of them, and their name in pinyin."""

    person: Person
    needs_password: bool
    spellings: tuple[str, ...] = ()


def callers(place: str, *, clock: Clock) -> tuple[Caller, ...]:
    """Return who may sign in to a company file; nobody is named by a server before signing in.

    Raises:
        UserError, StorageError: the file cannot be opened.
    """
    if is_url(place):
        return ()
    database = open_database(place)
    try:
        refuse_newer(database)
        signing_in = SigningIn(database, clock, _pause)
        everybody = signing_in.everybody()
        return tuple(
            Caller(one, signing_in.needs_password(one.name), pinyin_keys(one.display))
            for one in everybody
        )
    finally:
        database.close()


def is_wrong_password(error: ErpdeskError) -> bool:
    """Say whether signing in failed by the password alone, so that it may be tried again."""
    return isinstance(error, keys.WrongPasswordError)


def serial_scanner(
    path: str,
    *,
    baud: int,
    on_code: Callable[[bytes], None],
    on_part: Callable[[bytes], None],
    on_light: Callable[[Light], None],
) -> SerialScanner:
    """Return the scanner on a serial port, not started yet; it calls from a thread of its own."""
    return SerialScanner(Port(path, baud=baud), on_code=on_code, on_part=on_part, on_light=on_light)


def serial_ports() -> tuple[tuple[str, str, bool], ...]:
    """Return the serial ports that are plugged in: path, name, and whether each may be opened."""
    return tuple(
        (one.port.path, one.name, os.name == "nt" or os.access(one.port.path, os.R_OK | os.W_OK))
        for one in plugged_in()
    )


def open_desk(
    place: str,
    *,
    person: str | None = None,
    password: Callable[[str], str | None] = lambda _: None,
    clock: Clock,
) -> Desk:
    """Open a company; without a person, as the one who made it.

    ``password`` is asked only when the person has one.

    Raises:
        UserError, StorageError: whatever stands against it.
    """
    if is_url(place):
        return _open_server(place, person, password, clock)
    database = open_database(place)
    with _closed_unless_opened(database):
        refuse_newer(database)
        signing_in = SigningIn(database, clock, _pause)
        name = person or signing_in.first_person().name
        given = password(name) if signing_in.needs_password(name) else None
        return Desk(signing_in.sign_in(name, given), clock, signing_in)


def _open_server(
    place: str, person: str | None, password: Callable[[str], str | None], clock: Clock
) -> Desk:
    """Open a server as the login that is the person; the address may bring both."""
    given = password(person) if person else None
    database = open_database(place, person=person, password=given)
    name = person or database.engine.url.username or ""
    secret = given or database.engine.url.password
    with _closed_unless_opened(database):
        refuse_newer(database)
        signing_in = SigningIn(database, clock, _pause)
        return Desk(signing_in.sign_in(name, secret), clock, signing_in)


@contextlib.contextmanager
def _closed_unless_opened(database: Database) -> Iterator[None]:
    """Give connections back when nobody comes to own them."""
    try:
        yield
    except BaseException:
        database.close()
        raise


def known_columns() -> KnownColumns:
    """Return which column is what, as was said on this computer."""
    return KnownColumns(Mappings(paths.config_folder() / "import-columns.json"))


def _pause(seconds: float) -> None:
    threading.Event().wait(seconds)
