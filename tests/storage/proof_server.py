"""A small real company on a server: a voucher that was posted and reversed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql
from typing_extensions import override

from erpdesk import keys
from erpdesk.services.companies import Companies, Joining
from erpdesk.services.keeping.verifying import Speed, Verified, Verifying
from erpdesk.services.signing_in import SigningIn
from erpdesk.storage.database import open_database
from erpdesk.storage.founding import Grant
from erpdesk.storage.unit_of_work import Company
from tests.fakes import FakeClock
from tests.postgres_server import Server
from tests.storage.books import Books, customer_text, reversal_text, voucher_text

HIGH = 10**12
ROLES = {"alice": "accountant", "bob": "supervisor", "kate": "cashier"}


class _Signed(Books):
    """Books whose people sign with their own keys."""

    @override
    def company(self, name: str) -> Company:
        return SigningIn(self.database_of(name), FakeClock()).sign_in(name, name)


@dataclass(frozen=True, slots=True)
class ServerCompany:
    """A company on a server: its administrator's address, and its people by name."""

    server: Server
    name: str
    books: Books

    @property
    def admin(self) -> str:
        """Return the administrator's address."""
        return self.server.admin_url(self.name)

    def tamper(self, table: str, change: str) -> None:
        """Do what an administrator can do: guards off, a change, guards on."""
        name = sql.Identifier(table)
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute("SET search_path = erp")
            connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER ALL").format(name))
            connection.execute(change.encode())
            connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER ALL").format(name))
            guards = (
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
            )
            for (guard,) in connection.execute(guards, [table]).fetchall():
                always = sql.SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}")
                connection.execute(always.format(name, sql.Identifier(guard)))


def verified_at(place: str, speed: Speed = Speed.DEEP) -> Verified:
    """Verify a company on a server."""
    database = open_database(place)
    try:
        return Verifying(database, FakeClock()).verify(speed)
    finally:
        database.close()


@contextmanager
def server_company(server: Server, name: str) -> Iterator[ServerCompany]:
    """Make the company, and drop it afterwards."""
    url = server.admin_url(name)
    people = tuple(
        Joining(person, person.title(), (Grant(role, HIGH, HIGH, HIGH),), person)
        for person, role in ROLES.items()
    )
    Companies(FakeClock(), keys.CHEAP).make(url, people)
    databases = {person: open_database(url, person=person, password=person) for person in ROLES}
    books = _Signed(databases.__getitem__, FakeClock())
    try:
        customer = books.new_id()
        books.posted("alice", "customer", customer_text(customer, "C1", "green"))
        voucher = voucher_text(books, customer, 1000)
        books.posted("alice", "voucher", voucher)
        books.posted("alice", "reversal", reversal_text(books, voucher))
        yield ServerCompany(server, name, books)
    finally:
        for database in databases.values():
            database.close()
        drop(server, name)
        with psycopg.connect(server.admin_url(), autocommit=True) as admin:
            for person in ROLES:
                admin.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(person)))


def drop(server: Server, name: str) -> None:
    """Drop a database, if there is one of this name."""
    with psycopg.connect(server.admin_url(), autocommit=True) as admin:
        gone = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        admin.execute(gone)
