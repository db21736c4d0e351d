"""The inbox reads what waits at once: as often for many as for few, and alike for each of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from erpdesk.domain.approval import (
    CountedHereError,
    EndorsedAlreadyError,
    NoRoleError,
    OverLimitError,
    OwnWorkError,
    SplittingError,
    Verb,
)
from erpdesk.domain.ids import PersonName
from erpdesk.domain.invoice import Invoice
from erpdesk.errors import UserError
from erpdesk.services.bundles import BundleChangedError
from erpdesk.services.invoicing import Arrived
from erpdesk.services.receipts import MoneyIn
from erpdesk.storage.documents import DamagedTextError, Document, NextStep, take_step
from tests.services.builders import Office, yuan

NOTHING = type(None)
AGAINST: dict[str, list[type[object]]] = {
    "maker": [OwnWorkError, OwnWorkError, OwnWorkError, NoRoleError, OwnWorkError, OwnWorkError],
    "cashier": [NoRoleError, NoRoleError, NoRoleError, OwnWorkError, NoRoleError, NoRoleError],
    "chief": [NOTHING] * 5 + [OwnWorkError],
    "deputy": [SplittingError, OverLimitError, OverLimitError, NOTHING, NOTHING, NOTHING],
    "director": [NOTHING, NOTHING, EndorsedAlreadyError, NOTHING, NOTHING, NOTHING],
    "chair": [NOTHING] * 5 + [CountedHereError],
    "auditor": [NoRoleError] * 6,
}
"""What stands against each of six in turn, by who would decide."""


def test_that_the_inbox_asks_as_often_about_twenty_documents_as_about_two(both: Office) -> None:
    receive(both, "1.00")
    invoiced(both, "1")
    with asked(both) as few:
        assert len(both.desk("chief").approving.inbox()) == 2
    for n in range(17):
        receive(both, f"{n + 2}.00", code=f"K{n % 3 + 1}")
    invoiced(both, "2")

    with asked(both) as many:
        assert len(both.desk("chief").approving.inbox()) == 21 - 1

    assert many == few
    assert len(few) < 20


def test_that_each_in_the_inbox_is_judged_as_it_is_alone(both: Office) -> None:
    both.approve(both.submitted("服务1", "40,000.00"), by="director")
    both.approve(both.submitted("服务2", "9,000.00", "K2"), by="deputy")
    both.submitted("服务3", "20,000.00")
    both.submitted("服务4", "55,000.00", "K2")
    both.decide(both.submitted("服务5", "600,000.00", "K2"), Verb.ENDORSE, by="director")
    receive(both, "10.00")
    invoiced(both, "1")
    counted(both)

    for name, against in AGAINST.items():
        approving = both.desk(name).approving
        rows = approving.inbox()
        assert [type(one.why_not_approve) for one in rows] == against
        for one in rows:
            alone = approving.show(one.head.id)
            assert one.seen == alone.document.seen
            assert one.risk_minor == alone.risk_minor
            assert said(one.why_not_approve) == said(alone.why_not_approve)
            assert said(one.why_not_endorse) == said(alone.why_not_endorse)


def test_that_what_waits_as_before_is_the_same_at_the_next_look(office: Office) -> None:
    receive(office, "1.00")
    office.submitted("服务1", "50,000.01")

    looks = [office.desk("deputy").approving.inbox() for _ in range(2)]

    assert [type(one.why_not_approve) for one in looks[0]] == [NOTHING, OverLimitError]
    assert looks[0] == looks[1]


def test_that_a_damaged_text_is_refused_among_others_as_alone(office: Office) -> None:
    receive(office, "1.00")
    spoilt = receive(office, "2.00")
    database = office.desk("chief").company.database
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER content_no_update")
        connection.exec_driver_sql(
            "UPDATE content SET body = replace(body, '200', '201') WHERE hash = ?",
            (spoilt.content_hash,),
        )

    with pytest.raises(DamagedTextError):
        office.desk("chief").approving.inbox()


def test_that_a_changed_part_of_an_invoice_is_refused_among_others_as_alone(
    office: Office,
) -> None:
    receive(office, "1.00")
    invoice = invoiced(office, "1")
    [part] = office.desk("chief").approving.show(invoice.id).parts
    company = office.desk("maker").company
    step = NextStep(company.new_id(), part.id, part.kind, part.seen, "withdraw")
    company.run(lambda unit: take_step(unit, step))

    with pytest.raises(BundleChangedError):
        office.desk("chief").approving.inbox()


def receive(office: Office, amount: str, *, code: str = "K1") -> Document:
    money = MoneyIn(yuan(amount), office.customer(code))
    return office.desk("cashier").receipts.record(money, submit=True).value


def invoiced(office: Office, number: str) -> Document:
    """Hand in an invoice over a voucher, with the red entry that is posted with it."""
    voucher = office.posted(f"SH{number}", "1,130.00")
    given = Invoice(f"2632200001021{number}", office.today, yuan("1,000.00"), yuan("130.00"))
    arrived = Arrived(office.customer(), given, ((voucher.id, None),))
    return office.desk("maker").invoicing.register(arrived).value


def counted(office: Office) -> Document:
    """Hand in a count in which somebody counted who may approve otherwise."""
    frozen = office.campaign("K3", counters=(PersonName("chair"),))
    office.state(frozen, "K3", "0", "phone", by="chair")
    reviewed = office.desk("chief").campaigns.review(frozen).value
    return office.desk("maker").campaigns.hand_in(reviewed).value


def said(error: UserError | None) -> object:
    return error and (type(error), error.facts)


@contextmanager
def asked(office: Office) -> Iterator[list[str]]:
    """Collect the statements that the chief's desk sends."""
    found: list[str] = []

    def heard(*sent: Any) -> None:
        found.append(sent[2].split("\n")[0])

    engine = office.desk("chief").company.database.engine
    event.listen(engine, "before_cursor_execute", heard)
    yield found
    event.remove(engine, "before_cursor_execute", heard)
