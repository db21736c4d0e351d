"""What set-up said of the firm and its people is proven from the first posting on."""

from pathlib import Path
from typing import Any

import pytest

from erpdesk import keys
from erpdesk.domain.approval import Decision, Verb
from erpdesk.domain.ids import DocumentId
from erpdesk.services.adding_people import AddingPeople, Grant
from erpdesk.services.approving import Approving
from erpdesk.services.companies import Companies, Joining
from erpdesk.services.keeping.verifying import Speed
from erpdesk.storage.firm import say_firm
from erpdesk.storage.set_up import AT_ONCE
from tests.fakes import FakeClock
from tests.storage.books import Books, customer_text
from tests.storage.proof import Tampering, company_at, found, opened, signed_in, tampering, verified

pytestmark = pytest.mark.slow

CHANGED = {
    "firm_differs bank_account": "UPDATE firm SET value = '6222 0000' WHERE key = 'bank_account'",
    "firm_differs tax_id": "UPDATE firm SET value = '9' WHERE key = 'tax_id'",
    "firm_differs phone": "DELETE FROM firm WHERE key = 'phone'",
    "firm_differs remark": "INSERT INTO firm VALUES ('remark', 'x')",
    "person_differs zhoumin": "UPDATE person SET display = '周密' WHERE name = 'zhoumin'",
    "person_differs ghost": "INSERT INTO person (name, display, added_at)"
    " VALUES ('ghost', '鬼', 1)",
    "right_differs lintao supervisor": "UPDATE authority SET limit_minor ="
    " limit_minor + 1 WHERE person = 'lintao' AND role = 'supervisor'",
    "right_differs lintao director": "UPDATE authority SET role = 'director'"
    " WHERE person = 'lintao' AND role = 'supervisor'",
    "right_differs zhoumin director": "UPDATE authority SET valid_to = 9000000000000000"
    " WHERE person = 'zhoumin' AND role = 'director'",
    "right_differs wangfang director": "INSERT INTO authority (id, person, role,"
    " valid_from) VALUES ('00000000-0000-7000-8000-000000000001', 'wangfang', 'director', 1)",
    "key_differs lintao 1": "UPDATE person_key SET wrapped = zeroblob(length(wrapped))"
    " WHERE person = 'lintao'",
    "key_differs zhoumin 1": "UPDATE person_key SET verifier = verifier || 'x'"
    " WHERE person = 'zhoumin'",
    "owner_mode_differs lintao": "INSERT INTO owner_mode VALUES ('lintao', 0, 1)",
    "set_up_unsaid fixm phone": "UPDATE audit_event SET detail = replace(detail, 'firm phone',"
    " 'fixm phone') WHERE what = 'set up'",
    "set_up_unsaid set up": "DELETE FROM audit_event WHERE what = 'set up'",
}
"""What is found, and how somebody who holds the file brought it about."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return company_at(tmp_path / "books.erpdesk")


def _found(path: Path) -> set[str]:
    findings = verified(path, Speed.RULES).findings
    return {f"{one.what} {one.where}" for one in findings if one.code == "U"}


@pytest.mark.parametrize("what", CHANGED)
def test_that_what_set_up_said_is_found_when_it_was_changed(path: Path, what: str) -> None:
    with tampering(path) as hand:
        hand.do(CHANGED[what])

    assert what in _found(path)


def test_that_a_second_statement_does_not_make_up_for_a_change(path: Path) -> None:
    def again(hand: Tampering) -> None:
        hand.do("UPDATE firm SET value = 'x' WHERE key = 'phone'")
        hand.do(
            "INSERT INTO audit_event SELECT '00000000-0000-7000-8000-000000000001', made_by,"
            ' made_at + 1, what, \'{"firm phone":[["x"]]}\', 9999, actor_prev, hash'
            " FROM audit_event WHERE what = 'set up'"
        )

    with tampering(path) as hand:
        again(hand)

    assert _found(path) == {"firm_differs phone"}


def test_that_somebody_added_after_set_up_is_no_finding_until_renamed(path: Path) -> None:
    with opened(path) as database:
        adding = AddingPeople(signed_in(database, "lintao"), FakeClock())
        asked: Any = adding.add("newcomer", "新人", (Grant("collector"),)).value
        decision = Decision(DocumentId(asked.id), asked.seen, Verb.APPROVE)
        Approving(signed_in(database, "zhoumin"), FakeClock()).decide(decision)
    assert found(path) == set()

    with tampering(path) as hand:
        hand.do("UPDATE person SET display = '别人' WHERE name = 'newcomer'")
    assert _found(path) == {"person_differs newcomer"}


def test_that_many_people_and_a_firm_changed_before_the_first_posting_are_kept_whole(
    tmp_path: Path,
) -> None:
    path = tmp_path / "many.erpdesk"
    names = ["alice", "bob", *(f"counter{n}" for n in range(2 * AT_ONCE))]
    roles = {"alice": "accountant", "bob": "supervisor"}
    people = tuple(
        Joining(name, name.title(), (Grant(roles.get(name, "counter"), 10**9, 0, 10**9),))
        for name in names
    )
    Companies(FakeClock(), keys.CHEAP).make(str(path), people, said={"name": "甲公司"})
    with opened(path) as database, database.writing() as connection:
        say_firm(connection, {"name": "乙公司", "phone": "0571"})
    assert found(path) == set()

    with opened(path) as database:
        books = Books(lambda _: database, FakeClock())
        books.posted("alice", "customer", customer_text(books.new_id(), "C1", "green"))
    assert found(path) == set()

    with tampering(path) as hand:
        hand.do("UPDATE firm SET value = '甲公司' WHERE key = 'name'")
    assert _found(path) == {"firm_differs name"}
