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
from erpdesk.domain.people import Person
from erpdesk.errors import ErpdeskError
from erpdesk.late import when_asked
from erpdesk.services.approving import Approving
from erpdesk.services.customers import Customers, kept_records
from erpdesk.services.finding import Finding
from erpdesk.services.following import Following
from erpdesk.services.following_up import FollowUp, kept_disputes, kept_promises
from erpdesk.services.importing.sorts import Sort
from erpdesk.services.keeping.keeping_room import KeepingRoom
from erpdesk.services.keeping.listing_backups import Backups, ListingBackups, backups_in
from erpdesk.services.keeping.saying_firm import SayingFirm
from erpdesk.services.keeping.verifying import Verifying
from erpdesk.services.keeping.watching import Watching
from erpdesk.services.ports import Clock
from erpdesk.services.receipts import Receipts
from erpdesk.services.replying import Replying, kept_differences
from erpdesk.services.signing_in import SigningIn
from erpdesk.services.stocktake.counting import Counting
from erpdesk.services.unbooked import kept_unbooked
from erpdesk.standards.pinyin import pinyin_keys
from erpdesk.storage.database import Database, is_url, open_database
from erpdesk.storage.migrations import must_be_current
from erpdesk.storage.refusals import NotLetInError

with when_asked("erpdesk"):
    from erpdesk.devices import serial_scanner as serial_scanners
    from erpdesk.files import drafts, mappings
    from erpdesk.services import (
        adding_people,
        comparing,
        confirming,
        customers_changing,
        describing,
        exchange_rates,
        exporting,
        invoicing,
        journal_vouchers,
        keeping_evidence,
        labelling,
        looking,
        noticing,
        passwords,
        printing,
        revaluing,
        reversing,
        rewriting_receipts,
        stating,
        tracing,
        vouchers,
    )
    from erpdesk.services.importing import (
        columns as importing_columns,
    )
    from erpdesk.services.importing import (
        customers as importing_customers,
    )
    from erpdesk.services.importing import (
        deliveries as importing_deliveries,
    )
    from erpdesk.services.importing import (
        files as importing_files,
    )
    from erpdesk.services.importing import (
        opening_items,
        openings,
    )
    from erpdesk.services.importing import (
        statements as importing_statements,
    )
    from erpdesk.services.keeping import backing_up, locking_periods
    from erpdesk.services.stocktake import campaigns, reporting, reviewing, reviewing_children

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
    campaigns = service(lambda desk: campaigns.Campaigns(desk.company, desk.clock))
    counting = service(lambda desk: Counting(desk.company, desk.clock, desk.company.new_id()))
    changing_password = service(lambda desk: passwords.ChangingPassword(desk.company))
    evidence = service(lambda desk: keeping_evidence.KeepingEvidence(desk.company))
    importing_customers = service(lambda desk: importing_customers.ImportingCustomers(desk.company))
    importing_deliveries = service(
        lambda desk: importing_deliveries.ImportingDeliveries(desk.company)
    )
    importing_openings = service(lambda desk: openings.ImportingOpenings(desk.company, desk.clock))
    importing_statements = service(
        lambda desk: importing_statements.ImportingStatements(desk.company)
    )
    importing_files = service(
        lambda desk: importing_files.ImportingFiles(
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
    vouchers = service(lambda desk: vouchers.Vouchers(desk.company, desk.clock))
    invoicing = service(lambda desk: invoicing.Invoicing(desk.company, desk.clock))
    receipts = service(lambda desk: Receipts(desk.company, desk.clock))
    rewriting_receipts = service(
        lambda desk: rewriting_receipts.RewritingReceipts(desk.company, desk.receipts)
    )
    revaluing = service(lambda desk: revaluing.Revaluing(desk.company, desk.clock))
    reversing = service(lambda desk: reversing.Reversing(desk.company, desk.clock))
    reviewing = service(lambda desk: reviewing.Reviewing(desk.company, desk.clock))
    reviewing_children = service(
        lambda desk: reviewing_children.ReviewingChildren(desk.company, desk.clock)
    )
    looking = service(lambda desk: looking.Looking(desk.company, desk.clock))
    tracing = service(lambda desk: tracing.Tracing(desk.company))
    customers = service(
        lambda desk: Customers(desk.company, desk.clock, kept_records(desk.company))
    )
    customers_changing = service(lambda desk: customers_changing.CustomersChanging(desk.company))
    comparing = service(lambda desk: comparing.Comparing(desk.company))
    noticing = service(lambda desk: noticing.Noticing(desk.company, desk.clock))
    confirming = service(lambda desk: confirming.Confirming(desk.company, desk.clock))
    stating = service(lambda desk: stating.Stating(desk.company, desk.clock))
    follow_up = service(lambda desk: FollowUp(desk.company, desk.clock))
    promises_waiting = service(lambda desk: kept_promises(desk.company, desk.clock))
    disputes_open = service(lambda desk: kept_disputes(desk.company))
    differences_open = service(lambda desk: kept_differences(desk.company))
    replying = service(lambda desk: Replying(desk.company, desk.clock))
    journal_vouchers = service(lambda desk: journal_vouchers.JournalVouchers(desk.company))
    labelling = service(lambda desk: labelling.Labelling(desk.company, desk.customers))
    printing = service(lambda desk: printing.Printing(desk.company, desk.clock))
    reporting = service(lambda desk: reporting.Reporting(desk.company, desk.clock))
    exchange_rates = service(lambda desk: exchange_rates.ExchangeRates(desk.company, desk.clock))
    locking_periods = service(lambda desk: locking_periods.LockingPeriods(desk.company, desk.clock))
    saying_firm = service(lambda desk: SayingFirm(desk.company))
    exporting = service(lambda desk: exporting.Exporting(desk.company))
    opening_items = service(lambda desk: opening_items.OpeningItems(desk.company))
    verifying = service(lambda desk: Verifying(desk.company.database, desk.clock))
    backing_up = service(lambda desk: backing_up.BackingUp(desk.company, desk.clock))
    describing = service(lambda desk: describing.Describing(desk.company, desk.clock))
    adding_people = service(lambda desk: adding_people.AddingPeople(desk.company, desk.clock))
    watching = service(lambda desk: Watching(desk.verifying, desk.notes("checks")))
    room = service(lambda desk: KeepingRoom(desk.company))
    backups = service(lambda desk: ListingBackups(desk.company, desk.clock, desk.notes("backups")))
    drafts = service(
        lambda desk: drafts.Drafts(paths.drafts_of(f"{desk.known_as}\n{desk.company.person}"))
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
    on_light: "Callable[[serial_scanners.Light], None]",
) -> "serial_scanners.SerialScanner":
    """Return the scanner on a serial port, not started yet; it calls from a thread of its own."""
    port = serial_scanners.Port(path, baud=baud)
    return serial_scanners.SerialScanner(port, on_code=on_code, on_part=on_part, on_light=on_light)


def serial_ports() -> tuple[tuple[str, str, bool], ...]:
    """Return the serial ports that are plugged in: path, name, and whether each may be opened."""
    return tuple(
        (one.port.path, one.name, os.name == "nt" or os.access(one.port.path, os.R_OK | os.W_OK))
        for one in serial_scanners.plugged_in()
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


def known_columns() -> "importing_columns.KnownColumns":
    """Return which column is what, as was said on this computer."""
    return importing_columns.KnownColumns(
        mappings.Mappings(paths.config_folder() / "import-columns.json")
    )


def _pause(seconds: float) -> None:
    threading.Event().wait(seconds)
