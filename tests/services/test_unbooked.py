"""What was delivered and stands in no voucher: right after each act, added up for no other."""

import pytest

from erpdesk.domain.approval import Verb
from erpdesk.services.unbooked import Unbooked, kept_unbooked
from erpdesk.storage import deliveries
from erpdesk.storage.database import Connection
from tests.services.builders import Office

REASON = "数量与签收单不符"


def test_that_it_is_known_after_whatever_holds_a_delivery_or_lets_it_go(both: Office) -> None:
    watch = both.desk("maker").unbooked
    assert watch.look() == ()
    both.delivered(("SH1", "K1", "100.00"), ("SH2", "K2", "23.45"), ("SH3", "K3", "6.55"))
    both.delivered(("SH3", "K3", "7.55"))
    assert watch.look() == (Unbooked("CNY", 3, 131_00),)

    vouchers, approving = both.desk("maker").vouchers, both.desk("maker").approving
    voucher = vouchers.write(both.draft("SH1"), submit=True).value
    assert watch.look() == (Unbooked("CNY", 2, 31_00),)

    rejected = both.decide(voucher, Verb.REJECT, reason=REASON)
    assert watch.look() == (Unbooked("CNY", 3, 131_00),)

    posted = both.approve(approving.submit(rejected).value)
    assert watch.look() == (Unbooked("CNY", 2, 31_00),)

    both.approve(both.desk("maker").reversing.reverse(posted, REASON).value)
    assert watch.look() == (Unbooked("CNY", 3, 131_00),)


def test_that_it_is_not_added_up_again_for_what_cannot_move_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.delivered(("SH1", "K1", "100.00"))
    added, real = list[str](), deliveries.unbooked

    def unbooked(connection: Connection) -> tuple[Unbooked, ...]:
        added.append("")
        return real(connection)

    monkeypatch.setattr(deliveries, "unbooked", unbooked)
    watch = kept_unbooked(office.desk("maker").company)
    watch.look()
    office.received("50.00")
    office.delivered(("SH2", "K1", "20.00"))

    assert watch.look() == watch.look() == (Unbooked("CNY", 2, 120_00),)
    assert len(added) == 2

    office.desk("maker").vouchers.write(office.draft("SH1"), submit=True)

    assert watch.look() == (Unbooked("CNY", 1, 20_00),)
    assert len(added) == 2
