"""Builds the core once: a company opened by somebody, and the services on it.

The next service is a line of ``Desk``.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from erpdesk import keys, paths
from erpdesk.devices.serial_scanner import Light, Port, SerialScanner, plugged_in
from erpdesk.domain.people import Person
from erpdesk.errors import ErpdeskError
from erpdesk.files.drafts import Drafts
from erpdesk.files.mappings import Mappings
from erpdesk.services.adding_people import AddingPeople
from erpdesk.services.approving import Approving
from erpdesk.services.comparing import Comparing
from erpdesk.services.confirming import Confirming
from erpdesk.services.customers import Customers, kept_records
from erpdesk.services.customers_changing import CustomersChanging
from erpdesk.services.describing import Describing
from erpdesk.services.exchange_rates import ExchangeRates
from erpdesk.services.exporting import Exporting
from erpdesk.services.finding import Finding
from erpdesk.services.following import Following
from erpdesk.services.following_up import FollowUp, kept_disputes, kept_promises
from erpdesk.services.importing.columns import KnownColumns
from erpdesk.services.importing.customers import ImportingCustomers
from erpdesk.services.importing.deliveries import ImportingDeliveries
from erpdesk.services.importing.files import ImportingFiles, Sort
from erpdesk.services.importing.opening_items import OpeningItems
from erpdesk.services.importing.openings import ImportingOpenings
from erpdesk.services.importing.statements import ImportingStatements
from erpdesk.services.invoicing import Invoicing
from erpdesk.services.keeping.backing_up import BackingUp
from erpdesk.services.keeping.keeping_room import KeepingRoom
from erpdesk.services.keeping.listing_backups import Backups, ListingBackups, backups_in
from erpdesk.services.keeping.locking_periods import LockingPeriods
from erpdesk.services.keeping.verifying import Verifying
from erpdesk.services.keeping.watching import Watching
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.services.looking import Looking
from erpdesk.services.noticing import Noticing
from erpdesk.services.passwords import ChangingPassword
from erpdesk.services.ports import Clock
from erpdesk.services.printing import Printing
from erpdesk.services.receipts import Receipts
from erpdesk.services.replying import Replying, kept_differences
from erpdesk.services.revaluing import Revaluing
from erpdesk.services.reversing import Reversing
from erpdesk.services.rewriting_receipts import RewritingReceipts
from erpdesk.services.signing_in import SigningIn
from erpdesk.services.stating import Stating
from erpdesk.services.stocktake.campaigns import Campaigns
from erpdesk.services.stocktake.counting import Counting
from erpdesk.services.stocktake.reporting import Reporting
from erpdesk.services.stocktake.reviewing import Reviewing
from erpdesk.services.stocktake.reviewing_children import ReviewingChildren
from erpdesk.services.tracing import Tracing
from erpdesk.services.unbooked import kept_unbooked
from erpdesk.services.vouchers import Vouchers
from erpdesk.standards.pinyin import pinyin_keys
from erpdesk.storage.database import Database, is_url, open_database
from erpdesk.storage.migrations import must_be_current
from erpdesk.storage.refusals import NotLetInError

T = TypeVar("T")


def service(made: "Callable[[Desk], T]") -> cached_property[T]:
    """Return what a desk makes when it is first asked for, and keeps."""
    return cached_property(made)


@dataclass(frozen=True)
class Desk(Finding):
    """The services of one company for one person; each is made when first asked for.

    ``counting``: one run of the program is one device.
    """

    clock: Clock
    signing_in: SigningIn

    approving = service(lambda desk: Approving(desk.company, desk.clock))
    campaigns = service(lambda desk: Campaigns(desk.company, desk.clock))
    counting = service(lambda desk: Counting(desk.company, desk.clock, desk.company.new_id()))
    changing_password = service(lambda desk: ChangingPassword(desk.company))
    evidence = service(lambda desk: KeepingEvidence(desk.company))
    importing_customers = service(lambda desk: ImportingCustomers(desk.company))
    importing_deliveries = service(lambda desk: ImportingDeliveries(desk.company))
    importing_openings = service(lambda desk: ImportingOpenings(desk.company, desk.clock))
    importing_statements = service(lambda desk: ImportingStatements(desk.company))
    importing_files = service(
        lambda desk: ImportingFiles(
            desk.company,
            {
                Sort.CUSTOMERS: desk.importing_customers,
                Sort.DELIVERIES: desk.importing_deliveries,
                Sort.OPENINGS: desk.importing_openings,
                Sort.STATEMENTS: desk.importing_statements,
            },
            known_columns(),
        )
    )
    following = service(lambda desk: Following(desk.company))
    unbooked = service(lambda desk: kept_unbooked(desk.company))
    vouchers = service(lambda desk: Vouchers(desk.company, desk.clock))
    invoicing = service(lambda desk: Invoicing(desk.company, desk.clock))
    receipts = service(lambda desk: Receipts(desk.company, desk.clock))
    rewriting_receipts = service(lambda desk: RewritingReceipts(desk.company, desk.receipts))
    revaluing = service(lambda desk: Revaluing(desk.company, desk.clock))
    reversing = service(lambda desk: Reversing(desk.company, desk.clock))
    reviewing = service(lambda desk: Reviewing(desk.company, desk.clock))
    reviewing_children = service(lambda desk: ReviewingChildren(desk.company, desk.clock))
    looking = service(lambda desk: Looking(desk.company, desk.clock))
    tracing = service(lambda desk: Tracing(desk.company))
    customers = service(
        lambda desk: Customers(desk.company, desk.clock, kept_records(desk.company))
    )
    customers_changing = service(lambda desk: CustomersChanging(desk.company))
    comparing = service(lambda desk: Comparing(desk.company))
    noticing = service(lambda desk: Noticing(desk.company, desk.clock))
    confirming = service(lambda desk: Confirming(desk.company, desk.clock))
    stating = service(lambda desk: Stating(desk.company, desk.clock))
    follow_up = service(lambda desk: FollowUp(desk.company, desk.clock))
    promises_waiting = service(lambda desk: kept_promises(desk.company, desk.clock))
    disputes_open = service(lambda desk: kept_disputes(desk.company))
    differences_open = service(lambda desk: kept_differences(desk.company))
    replying = service(lambda desk: Replying(desk.company, desk.clock))
    printing = service(lambda desk: Printing(desk.company, desk.clock))
    reporting = service(lambda desk: Reporting(desk.company, desk.clock))
    exchange_rates = service(lambda desk: ExchangeRates(desk.company, desk.clock))
    locking_periods = service(lambda desk: LockingPeriods(desk.company, desk.clock))
    exporting = service(lambda desk: Exporting(desk.company))
    opening_items = service(lambda desk: OpeningItems(desk.company))
    verifying = service(lambda desk: Verifying(desk.company.database, desk.clock))
    backing_up = service(lambda desk: BackingUp(desk.company, desk.clock))
    describing = service(lambda desk: Describing(desk.company, desk.clock))
    adding_people = service(lambda desk: AddingPeople(desk.company, desk.clock))
    watching = service(lambda desk: Watching(desk.verifying, desk.notes("checks")))
    room = service(lambda desk: KeepingRoom(desk.company))
    backups = service(lambda desk: ListingBackups(desk.company, desk.clock, desk.notes("backups")))
    drafts = service(
        lambda desk: Drafts(paths.drafts_of(f"{desk.known_as}\n{desk.company.person}"))
    )

    def __post_init__(self) -> None:
        """Let posting ask how the books stood when they were checked last."""
        watching = self.watching
        self.company.failing = lambda: watching.watched().codes_failing

    @property
    def known_as(self) -> str:
        """Return what tells these books from others on this computer; no password is in it."""
        place = self.company.database.place
        return place.rpartition("@")[2] if is_url(place) else place

    def notes(self, about: str) -> Path:
        """Return where this computer notes something about these books."""
        return paths.notes_of(self.known_as, about)

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
        must_be_current(database)
        signing_in = SigningIn(database, clock, _pause)
        everybody = signing_in.everybody()
        return tuple(
            Caller(one, signing_in.needs_password(one.name), pinyin_keys(one.display))
            for one in everybody
        )
    finally:
        database.close()


def backups(place: str, folder: Path) -> Backups:
    """Return how the backups of books stand that nobody has opened; a server's are not ours.

    Raises:
        UserError, StorageError: the file cannot be opened.
    """
    if is_url(place):
        return Backups(is_ours=False)
    database = open_database(place)
    try:
        return backups_in(folder, database, paths.notes_of(database.place, "backups"))
    finally:
        database.close()


def is_wrong_password(error: ErpdeskError) -> bool:
    """Say whether signing in failed by the password alone, so that it may be tried again."""
    kinds = (keys.WrongPasswordError, NotLetInError)
    return isinstance(error, kinds) or isinstance(error.__cause__, kinds)


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
        must_be_current(database)
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
        must_be_current(database)
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
