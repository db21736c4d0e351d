"""A person's own password: changed by themselves, opening and signing what the old one did."""

from contextlib import closing

import pytest
from sqlalchemy import make_url

from erpdesk import keys
from erpdesk.bootstrap import Desk, open_desk
from erpdesk.keys import WrongPasswordError
from erpdesk.services.keeping.verifying import Speed
from erpdesk.services.passwords import ChangingPassword, PasswordEmptyError
from erpdesk.services.signing_in import PasswordNeededError
from erpdesk.storage import people
from erpdesk.storage.founding import Grant, NewPerson, add_person
from erpdesk.storage.people import KeyRow
from erpdesk.storage.postgres_setup import add_login, owning
from erpdesk.storage.refusals import CannotConnectError
from tests.postgres_server import Server
from tests.services.builders import Office, password_of

NOT_LET_IN = (WrongPasswordError, CannotConnectError)


def changing(office: Office, name: str) -> ChangingPassword:
    return ChangingPassword(office.desk(name).company, keys.CHEAP)


def opened(office: Office, name: str, password: str | None) -> Desk:
    return open_desk(office.place, person=name, password=lambda _: password, clock=office.clock)


def key_of(office: Office, name: str) -> KeyRow | None:
    with office.desk(name).company.database.reading() as connection:
        return people.key_of(connection, name)


def test_that_the_new_password_opens_and_signs_and_the_old_one_does_not(both: Office) -> None:
    old, before = password_of("chief"), key_of(both, "chief")

    changing(both, "chief").change(old, "neu 密码")
    try:
        with pytest.raises(NOT_LET_IN):
            opened(both, "chief", old)
        desk, after = opened(both, "chief", "neu 密码"), key_of(both, "chief")
        assert before is not None
        assert after is not None
        assert after.public_key == before.public_key
        assert after.public_key is not None
        assert desk.company.signer is not None
        assert keys.verify(after.public_key, b"text", desk.company.signer(b"text"))
        assert "U" not in {one.code for one in desk.verifying.verify(Speed.RULES).findings}
        desk.close()
    finally:
        changing(both, "chief").change("neu 密码", old)


@pytest.mark.parametrize(
    ("given", "new", "refusal"),
    [("not mine", "neu", WrongPasswordError), (None, "neu", WrongPasswordError),
     (password_of("chief"), "", PasswordEmptyError)],
)  # fmt: skip
def test_that_a_refused_change_changes_nothing(
    office: Office, given: str | None, new: str, refusal: type[Exception]
) -> None:
    before = key_of(office, "chief")

    with pytest.raises(refusal):
        changing(office, "chief").change(given, new)

    assert key_of(office, "chief") == before
    opened(office, "chief", password_of("chief")).close()


def test_that_somebody_without_a_password_gets_one(office: Office) -> None:
    fresh = NewPerson("neuling", "新人", ())
    office.desk("maker").company.run(
        lambda unit: add_person(unit.connection, fresh, at_us=office.clock.now_us())
    )
    office.desk("neuling")

    changing(office, "neuling").change(None, "eigen")

    with pytest.raises(PasswordNeededError):
        opened(office, "neuling", None)
    opened(office, "neuling", "eigen").close()


def test_that_somebody_without_a_key_that_signs_changes_their_password_and_still_has_none(
    office: Office,
) -> None:
    fresh = NewPerson("neuling", "新人", ())
    office.desk("maker").company.run(
        lambda unit: add_person(unit.connection, fresh, at_us=office.clock.now_us())
    )
    changing(office, "neuling").change(None, "eigen")

    changing(office, "neuling").change("eigen", "neu 密码")

    with pytest.raises(WrongPasswordError):
        opened(office, "neuling", "eigen")
    with closing(opened(office, "neuling", "neu 密码")) as desk:
        assert desk.company.signer is None


def test_that_a_login_made_by_an_administrator_gets_a_password_of_its_own_and_no_verifier(
    on_server: Office, company_database: Server
) -> None:
    name, admin = "neuling", company_database.admin_url()
    database = make_url(on_server.place).database or ""
    oid = add_login(admin, database, name, ["auditor"], password_of(name))
    fresh = NewPerson(name, "新人", (Grant("auditor"),), login_oid=oid)
    with owning(admin, database) as connection:
        add_person(connection, fresh, at_us=on_server.clock.now_us())

    changing(on_server, name).change(password_of(name), "eigen")

    with pytest.raises(CannotConnectError):
        opened(on_server, name, password_of(name))
    opened(on_server, name, "eigen").close()
    assert key_of(on_server, name) is None
