"""Making a company on a PostgreSQL server: database, tables, guards, first rows, logins."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import make_url

from erpdesk.errors import UserError
from erpdesk.storage.firm import say_firm
from erpdesk.storage.founding import NewPerson, add_person, found
from erpdesk.storage.postgres_setup import add_login, create_company


class ServerNeedsPasswordError(UserError):
    """On a server everybody has a login of their own, with a password."""


def make(
    place: str,
    people: list[tuple[NewPerson, str | None]],
    *,
    first_month: date,
    at_us: int,
    said: Mapping[str, str],
) -> None:
    """Make the database an address names, as its administrator, with the logins of its people.

    Raises:
        ServerNeedsPasswordError: somebody has no password.
    """
    passwords = [password for _, password in people]
    if not all(passwords):
        raise ServerNeedsPasswordError
    url = make_url(place).set(drivername="postgresql")
    database = url.database or "erpdesk"
    server = url.set(database="postgres").render_as_string(hide_password=False)
    create_company(server, database)
    logins = [
        add_login(server, database, person.name, [g.role for g in person.grants], password or "")
        for person, password in people
    ]
    joined = [
        # the login checks the password there: the program keeps no verifier
        replace(person, login_oid=oid, verifier=None)
        for (person, _), oid in zip(people, logins, strict=True)
    ]
    engine = create_engine(url.set(drivername="postgresql+psycopg", database=database))
    try:
        with engine.begin() as connection:
            as_owner(connection)
            found(connection, first_month=first_month)
            for person in joined:
                add_person(connection, person, at_us=at_us)
            say_firm(connection, said)
    finally:
        engine.dispose()


def as_owner(connection: Connection) -> None:
    """Act as the owner of the tables, whom nobody can log in as."""
    connection.exec_driver_sql("SET ROLE erp_owner")
    connection.exec_driver_sql("SET search_path = erp")
