"""Setting a company up on a PostgreSQL server by the command line alone."""

import pytest

from tests.commands.asking import Said, ask
from tests.postgres_server import Server

pytestmark = [
    pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(120),
    pytest.mark.usefixtures("cheap_passwords"),
]  # fmt: skip
NAMES = iter(f"setup_{n}" for n in range(100))


@pytest.fixture
def database(postgres_server: Server) -> str:
    """Give the name of a company on the server, made by its administrator."""
    name = next(NAMES)
    said = as_admin(postgres_server, name, "new", "--person", f"anna_{name}", secret="eins")
    assert said.code == 0, said
    return name


def as_admin(server: Server, database: str, *arguments: object, secret: str = "") -> Said:
    shared = ("--company", server.admin_url(database), "--json", "--password-stdin")
    return ask(*shared, *arguments, stdin=f"{secret}\n" if secret else b"")


def as_person(server: Server, database: str, name: str, secret: str, *arguments: object) -> Said:
    place = server.url(database, user=f"{name}_{database}", password=secret)
    return ask("--company", place, "--json", *arguments)


def test_that_the_administrator_says_the_firm_and_adds_people(
    postgres_server: Server, database: str
) -> None:
    firm = as_admin(postgres_server, database, "firm", "--name", "明湖机电")
    role = ("--role", "supervisor=500", "--password")
    added = as_admin(
        postgres_server, database, "person", "add", f"bob_{database}", *role, secret="zwei"
    )

    assert (firm.code, added.code) == (0, 0), (firm, added)
    known = as_person(postgres_server, database, "bob", "zwei", "firm").value
    assert known == {"name": "明湖机电"}
    rows = as_person(postgres_server, database, "anna", "eins", "people").value
    assert {row["name"] for row in rows} == {f"anna_{database}", f"bob_{database}"}


def test_that_nothing_is_made_twice_or_without_a_password(
    postgres_server: Server, database: str
) -> None:
    again = as_admin(postgres_server, database, "new", "--person", "carl", secret="drei")
    silent = as_admin(postgres_server, f"{database}_other", "new", "--person", "carl")
    role = ("--role", "counter", "--password")
    twice = as_admin(
        postgres_server, database, "person", "add", f"anna_{database}", *role, secret="drei"
    )

    assert [said.code for said in (again, silent, twice)] == [1, 1, 1]
    assert all(list(said.value) == ["refused"] for said in (again, silent, twice))


def test_that_a_person_cannot_do_what_is_the_administrators(
    postgres_server: Server, database: str
) -> None:
    said = as_person(postgres_server, database, "anna", "eins", "firm", "--name", "Mine")
    wrong = as_person(postgres_server, database, "anna", "falsch", "people")

    assert (said.code, wrong.code) == (1, 1)
    assert "falsch" not in wrong.out
    assert as_person(postgres_server, database, "anna", "eins", "firm").value == {}
