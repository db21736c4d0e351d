"""Customers that may be one are found among all there are, the surest first."""

import pytest

from erpdesk.domain.customers.duplicates import Likeness
from erpdesk.services import comparing
from erpdesk.services.comparing import Compared
from tests.services.builders import Office


def compared(office: Office) -> Compared:
    return office.desk("maker").comparing.compare()


def said(found: Compared) -> list[tuple[str, str, tuple[Likeness, ...]]]:
    return [(pair.one.code, pair.other.code, pair.why) for pair in found.pairs]


def test_that_who_shares_a_name_or_a_number_is_found_the_surest_first(both: Office) -> None:
    both.add_customers(
        ("K4", "金石茶叶商店", "", "", "", "", "", ""),
        ("K5", "金石茶业商店", "", "", "0086-13800000001", "", "", ""),
        ("K6", "青禾包装有限公司", "", "", "138 0000 0001", "", "", ""),
    )

    found = compared(both)

    assert said(found) == [
        ("K1", "K6", (Likeness.PHONE, Likeness.SAME_NAME)),
        ("K4", "K5", (Likeness.ONE_LETTER,)),
    ]
    assert (found.customers, found.count) == (6, 2)
    assert found.pairs[0].other.name == "青禾包装有限公司"


def test_that_a_firm_without_twins_has_none(office: Office) -> None:
    assert compared(office) == Compared(3, 0, ())


def test_that_no_more_pairs_are_shown_than_anybody_reads(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "MOST", 1)
    office.add_customers(*((f"K{n}", "同名商行", "", "", "", "", "", "") for n in (7, 8, 9)))

    found = compared(office)

    assert (found.count, said(found)) == (3, [("K7", "K8", (Likeness.SAME_NAME,))])
