from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from erpdesk import keys
from erpdesk.bootstrap import Desk
from erpdesk.domain.people import AdminAloneError, CashAndBooksError, Role
from erpdesk.errors import UserError
from erpdesk.services.adding_people import AddingPeople, BadPersonNameError, grant_of
from erpdesk.services.describing import Describing, PersonFacts
from erpdesk.services.signing_in import SigningIn
from erpdesk.storage.founding import NewPerson
from tests.fakes import FakeClock
from tests.services.builders import HIGH, Office, make_company
from tests.storage.proof import company_at, opened, signed_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    make_company(str(tmp_path / "firm.erpdesk"))
    with closing(Office(str(tmp_path / "firm.erpdesk"), tmp_path)) as office:
        yield office.desk("chief")


def adding(desk: Desk) -> AddingPeople:
    return AddingPeople(desk.company, desk.clock, keys.CHEAP)


def facts_of(desk: Desk, name: str) -> PersonFacts:
    return next(one for one in desk.describing.people() if one.name == name)


def test_that_somebody_added_during_set_up_may_sign_in_at_once(desk: Desk) -> None:
    waits = adding(desk).add("sunli", "孙丽", (grant_of("cashier", None),), "geheim9").value

    facts = facts_of(desk, "sunli")
    assert waits is None
    assert [(one.role, one.limit_minor) for one in facts.rights] == [(Role.CASHIER, None)]
    assert facts.has_password
    signing = SigningIn(desk.company.database, FakeClock())
    assert signing.sign_in("sunli", "geheim9").person == "sunli"


def test_that_after_set_up_a_director_has_to_approve(tmp_path: Path) -> None:
    with opened(company_at(tmp_path / "books.erpdesk")) as database:
        company = signed_in(database, "lintao")
        made = AddingPeople(company, FakeClock(), keys.CHEAP)

        document = made.add("sunli", "孙丽", (grant_of("cashier", 100_00),)).value

        assert made.is_set_up()
        assert document is not None
        assert document.state == "submitted"
        people = Describing(company, FakeClock()).people()
        assert next(one for one in people if one.name == "sunli").rights == ()


@pytest.mark.parametrize(
    ("name", "roles", "refusal"),
    [
        ("sunli", ("cashier", "accountant"), CashAndBooksError),
        ("lintao", ("cashier",), CashAndBooksError),
        ("lintao", ("admin",), AdminAloneError),
    ],
)
def test_that_roles_that_stand_against_one_another_are_not_even_asked_for(
    tmp_path: Path, name: str, roles: tuple[str, ...], refusal: type[UserError]
) -> None:
    with opened(company_at(tmp_path / "books.erpdesk")) as database:
        company = signed_in(database, "lintao")
        made = AddingPeople(company, FakeClock(), keys.CHEAP)
        fresh = NewPerson(name, name, ()) if name == "sunli" else None
        before = Describing(company, FakeClock()).people()

        with pytest.raises(refusal):
            made.ask_for(name, tuple(grant_of(role, None) for role in roles), fresh=fresh)

        assert Describing(company, FakeClock()).people() == before


def test_that_a_role_may_always_be_ended(tmp_path: Path) -> None:
    with opened(company_at(tmp_path / "books.erpdesk")) as database:
        made = AddingPeople(signed_in(database, "lintao"), FakeClock(), keys.CHEAP)

        document = made.ask_for("lintao", (grant_of("cashier", None),), ends=True)

        assert document.state == "submitted"


@pytest.mark.parametrize("name", ["", " ", "a\tb", "长" * 22])
def test_that_a_name_that_cannot_be_one_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(BadPersonNameError):
        adding(desk).add(name, "", (grant_of("counter", None),))


def test_that_the_books_say_what_they_are(desk: Desk) -> None:
    facts = desk.describing.books()

    assert facts.firm["name"] == "明湖机电有限公司"
    assert facts.policies["two_person_minor"] > 0
    assert facts.in_set_up
    assert facts.locked == ()
    assert facts.accounts > 10


def test_that_a_limit_is_said_and_no_limit_is_none(desk: Desk) -> None:
    limits = {one.role: one.limit_minor for one in facts_of(desk, "chief").rights}

    assert limits[Role.SUPERVISOR] == HIGH
    assert facts_of(desk, "counter").has_password
    assert not facts_of(desk, "counter").is_owner
