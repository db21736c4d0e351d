"""Signing in and opening: a name and a password, one's own, on either engine."""

from collections.abc import Callable

import pytest
from sqlalchemy import insert

from erpdesk.bootstrap import Desk, callers, open_desk, serial_scanner
from erpdesk.domain.approval import KeyMissingError
from erpdesk.errors import ErpdeskError
from erpdesk.keys import WrongPasswordError
from erpdesk.services.companies import Companies, Joining, first_person
from erpdesk.services.signing_in import NobodyHereError, PasswordNeededError, SigningIn
from erpdesk.storage import tables as t
from erpdesk.storage.database import CompanyExistsError, NoSuchCompanyError, open_database
from erpdesk.storage.founding import Grant
from erpdesk.storage.people import NoSuchPersonError
from erpdesk.storage.refusals import CannotConnectError
from tests.fakes import FakeClock
from tests.services.builders import FIRM, Office, make_company, password_of, yuan


def _signing_in(office: Office) -> SigningIn:
    return office.desk("maker").signing_in


def test_that_the_people_are_named_in_the_order_they_joined(office: Office) -> None:
    names = [person.name for person in _signing_in(office).everybody()]

    assert names[:2] == ["maker", "helper"]
    assert _signing_in(office).first_person().name == "maker"


def test_that_a_person_is_found_by_what_they_are_called(both: Office) -> None:
    assert both.desk("maker").person("林涛") == "chief"
    with pytest.raises(NoSuchPersonError):
        both.desk("maker").person("无此人")


def test_that_a_password_is_ones_own(office: Office) -> None:
    signing_in = _signing_in(office)
    assert signing_in.needs_password("chief")

    with pytest.raises(PasswordNeededError):
        signing_in.sign_in("chief", None)
    with pytest.raises(WrongPasswordError):
        signing_in.sign_in("chief", password_of("maker"))
    with pytest.raises(NoSuchPersonError):
        signing_in.sign_in("nobody", "x")


@pytest.mark.slow
def test_that_a_server_asks_for_the_password_itself(on_server: Office) -> None:
    desk = on_server.desk("maker")

    assert desk.signing_in.needs_password("chief")
    with pytest.raises(ErpdeskError):
        open_desk(
            on_server.place,
            person="chief",
            password=lambda _: "of somebody else",
            clock=on_server.clock,
        )
    desk.signing_in.prove("chief", password_of("chief"))
    with pytest.raises(CannotConnectError):
        desk.signing_in.prove("chief", password_of("maker"))


def test_that_a_password_is_proved_without_signing_in(office: Office) -> None:
    signing_in = _signing_in(office)

    signing_in.prove("chief", password_of("chief"))

    with pytest.raises(WrongPasswordError):
        signing_in.prove("chief", password_of("maker"))


def test_that_a_file_says_who_may_sign_in_and_a_server_does_not(office: Office) -> None:
    found = callers(office.place, clock=office.clock)

    assert [(one.person.name, one.needs_password) for one in found][:1] == [("maker", True)]
    assert callers("postgresql:///erp", clock=office.clock) == ()


def test_that_the_firm_and_its_customers_are_found(office: Office) -> None:
    desk = office.desk("maker")

    assert desk.firm() == FIRM
    assert [row.code for row in desk.find_customers("haihe", most=9)] == ["K2"]
    assert [row.code for row in desk.find_customers("K%", most=9)] == []


def test_that_a_scanner_on_a_line_is_built_and_not_started() -> None:
    heard: list[bytes] = []
    scanner = serial_scanner(
        "loop://", baud=9600, on_code=heard.append, on_part=heard.append, on_light=lambda _: None
    )

    scanner.close()

    assert heard == []


def test_that_a_password_is_asked_where_there_is_one(office: Office) -> None:
    with pytest.raises(PasswordNeededError):
        open_desk(office.place, person="chief", clock=office.clock)


def test_that_approvals_are_signed_by_whoever_signed_in(office: Office) -> None:
    voucher = office.submitted("服务1", "113.00")
    office.approve(voucher)

    with office.desk("maker").company.database.reading() as connection:
        signatures = connection.exec_driver_sql(
            "SELECT verb, length(signature) FROM step WHERE document_id = ? ORDER BY seq",
            (voucher.id,),
        ).all()
    assert [tuple(row) for row in signatures] == [
        ("draft", None), ("submit", None), ("approve", 64), ("post", None),
    ]  # fmt: skip


def test_that_without_the_key_at_hand_nothing_is_approved(office: Office) -> None:
    voucher = office.submitted("服务1", "113.00")
    office.desk("chief").company.signer = None

    with pytest.raises(KeyMissingError):
        office.approve(voucher)


def test_that_a_company_without_passwords_asks_for_none(office: Office) -> None:
    place = str(office.folder / "open.db")
    Companies(office.clock).make(place, (first_person("boss"),))

    desk = open_desk(place, clock=office.clock)

    assert desk.company.person == "boss"
    assert not desk.signing_in.needs_password("boss")
    desk.close()


def test_that_a_password_row_without_a_key_signs_nothing(office: Office) -> None:
    place = str(office.folder / "open.db")
    Companies(office.clock).make(place, (first_person("boss"),))
    database = open_database(place)
    with database.writing() as connection:
        row = {"person": "boss", "n": 1, "made_at": office.clock.now_us()}
        connection.execute(insert(t.person_key).values(**row))
    signing_in = SigningIn(database, office.clock)

    assert signing_in.sign_in("boss", "").signer is None
    database.close()


def test_that_a_company_without_people_is_opened_by_nobody(office: Office) -> None:
    place = str(office.folder / "empty.db")
    Companies(office.clock).make(place, ())

    with pytest.raises(NobodyHereError):
        open_desk(place, clock=office.clock)


def test_that_a_file_opens_for_the_first_person_with_their_password(office: Office) -> None:
    desk = open_desk(office.place, password=password_of, clock=office.clock)

    assert desk.company.person == "maker"
    assert desk.document(office.opened("1.00", "应-1").id).kind == "import"
    desk.close()


def test_that_a_place_is_made_once_and_found_again(office: Office) -> None:
    with pytest.raises(CompanyExistsError):
        make_company(office.place)
    with pytest.raises(NoSuchCompanyError):
        open_desk(str(office.folder / "none.db"), clock=office.clock)

    assert office.customer().code == "K1"


def test_that_a_company_that_cannot_be_made_leaves_nothing_behind(office: Office) -> None:
    place = office.folder / "half.db"
    twice = (Joining("anna", "Anna", (Grant("accountant"), Grant("cashier"))),)

    with pytest.raises(ErpdeskError):
        Companies(FakeClock()).make(str(place), twice)

    assert [path.name for path in office.folder.glob("half*")] == []


@pytest.mark.slow
def test_that_an_address_may_bring_its_own_login(on_server: Office) -> None:
    place = on_server.place.replace(
        "///", f"//helper:{password_of('helper').replace(' ', '%20')}@/"
    )

    desk = open_desk(place, clock=on_server.clock)

    assert desk.company.person == "helper"
    desk.close()


SERVICES: tuple[tuple[str, Callable[[Desk], object]], ...] = (
    ("exporting", lambda desk: desk.exporting),
    ("evidence", lambda desk: desk.evidence),
    ("reversing", lambda desk: desk.reversing),
)


def test_that_a_desk_makes_each_service_once(office: Office) -> None:
    desk = office.desk("maker")

    for _, service in SERVICES:
        assert service(desk) is service(desk)


def test_that_balances_of_all_are_those_of_each(office: Office) -> None:
    office.posted("服务1", "113.00")
    office.posted("服务2", "226.00", "K2")
    desk = office.desk("maker")

    every = desk.balances(None)

    assert sorted((c.code, row.book_minor) for c, row in every) == [("K1", 11_300), ("K2", 22_600)]
    assert desk.balances("K1") == [pair for pair in every if pair[0].code == "K1"]
    assert yuan("113.00").minor == 11_300
