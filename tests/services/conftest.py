"""A firm of each test's own, copied from one that was made once; on SQLite, or on both engines."""

import contextlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import insert, update

from erpdesk.storage import tables as t
from erpdesk.storage.database import Database, open_database
from erpdesk.storage.founding import Grant
from erpdesk.storage.postgres_setup import reopen_restored
from tests.postgres_server import Server
from tests.services.builders import CUSTOMERS, FIRM, STAFF, Office, make_company

ENGINES = ("sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.slow]))
TEMPLATE = "services_template"
NewFirm = Callable[..., Office]


@pytest.fixture(scope="session")
def company_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company of three customers in a file; tests take copies of it."""
    folder = tmp_path_factory.mktemp("firm")
    place = folder / "firm.db"
    _fill(str(place), folder)
    return place


@pytest.fixture(scope="session")
def company_database(postgres_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The same company on a server, as a database that tests take copies of."""
    folder = tmp_path_factory.mktemp("firm")
    make_company(postgres_server.admin_url(TEMPLATE))
    _fill(_place(postgres_server, TEMPLATE), folder, is_made=True)
    return postgres_server


def _fill(place: str, folder: Path, *, is_made: bool = False) -> None:
    if not is_made:
        make_company(place)
    office = Office(place, folder)
    office.add_customers(*CUSTOMERS)
    office.close()


def _place(server: Server, database: str) -> str:
    return f"postgresql:///{database}?host={server.folder}"


@pytest.fixture(scope="session")
def kept_open(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """An engine on a path where each test gets a file of its own: its statements stay compiled."""
    place = tmp_path_factory.mktemp("kept") / "firm.db"
    place.touch()
    return open_database(str(place))


@pytest.fixture
def office(company_file: Path, kept_open: Database, tmp_path: Path) -> Iterator[Office]:
    """Return the firm in a file."""
    for tail in ("-wal", "-shm"):
        Path(kept_open.place + tail).unlink(missing_ok=True)
    shutil.copy(company_file, kept_open.place)
    with contextlib.closing(Office(kept_open.place, tmp_path, database=kept_open)) as office:
        yield office


@pytest.fixture(params=ENGINES)
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """Return the firm on each engine in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("office")
        return
    with _on_server(request.getfixturevalue("company_database"), tmp_path) as office:
        yield office


@pytest.fixture
def on_server(company_database: Server, tmp_path: Path) -> Iterator[Office]:
    """Return the firm on a server."""
    with _on_server(company_database, tmp_path) as office:
        yield office


@contextlib.contextmanager
def _on_server(server: Server, folder: Path) -> Iterator[Office]:
    with (
        _copied(server) as database,
        contextlib.closing(Office(_place(server, database), folder)) as office,
    ):
        yield office


@contextlib.contextmanager
def _copied(server: Server) -> Iterator[str]:
    database = server.fresh_database(TEMPLATE)
    name = sql.Identifier(database)
    reopen_restored(server.admin_url(), database)
    yield database
    with psycopg.connect(server.admin_url(), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@pytest.fixture
def new_firm(tmp_path: Path) -> Iterator[NewFirm]:
    """Return what makes another firm: other people, another name, owner mode with its delay."""
    opened: list[Office] = []

    def make(
        *,
        staff: Mapping[str, tuple[Grant, ...]] = STAFF,
        said: Mapping[str, str] = FIRM,
        owner_delay_us: int | None = None,
        policy: Mapping[str, int] = MappingProxyType({}),
    ) -> Office:
        place = str(tmp_path / f"firm{len(opened)}.db")
        make_company(place, staff=staff, said=said)
        if owner_delay_us is not None:
            _set_up(place, {"owner_delay_us": owner_delay_us}, is_owner_mode=True)
        _set_up(place, policy)
        opened.append(Office(place, tmp_path))
        opened[-1].add_customers(*CUSTOMERS)
        return opened[-1]

    yield make
    for office in opened:
        office.close()


def _set_up(place: str, policy: Mapping[str, int], *, is_owner_mode: bool = False) -> None:
    """Set policies, and let the maker review their own work, as only a new company can."""
    database = open_database(place)
    with database.writing() as connection:
        if is_owner_mode:
            row = {"person": "maker", "valid_from": 0, "valid_to": 2**60}
            connection.execute(insert(t.owner_mode).values(**row))
        for key, value in policy.items():
            changed = update(t.policy).where(t.policy.c.key == key)
            connection.execute(changed.values(value=value))
    database.close()
