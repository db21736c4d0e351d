"""What unapplied cash may pay, and the small rest that is given up."""

from collections.abc import Iterator

import pytest

from erpdesk.domain.allocation import DifferenceTooLargeError, Treatment
from erpdesk.domain.matching import Suggestion, Why
from erpdesk.errors import RefusedError
from erpdesk.services.noticing import Asked
from erpdesk.services.receipts import GivenUp, MoneyIn
from erpdesk.storage.documents import Document
from erpdesk.storage.founding import Grant
from tests.services.builders import CUSTOMERS, STAFF, Office, make_company, paid, yuan

pytestmark = pytest.mark.slow


@pytest.fixture
def careful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A firm whose accountant may give up a little alone."""
    folder = tmp_path_factory.mktemp("careful")
    staff = {**STAFF, "maker": (Grant("accountant", 0, 150_00, 0), Grant("collector"))}
    make_company(str(folder / "firm.db"), staff=staff)
    office = Office(str(folder / "firm.db"), folder)
    office.add_customers(*CUSTOMERS[:1])
    yield office
    office.close()


def received(office: Office, amount: str, memo: str = "") -> Document:
    money = MoneyIn(yuan(amount), office.customer(), memo=memo or None)
    return office.approve(office.desk("cashier").receipts.record(money, submit=True).value)


def suggested(office: Office) -> list[Suggestion]:
    service = office.desk("maker").receipts
    return list(service.suggestions([office.customer().id]).values())


def labels(office: Office, found: Suggestion) -> list[tuple[Why, list[str]]]:
    rows = office.desk("maker").receipts.open_items(office.customer())
    known = {row.id: row.label for row in rows}
    return [(one.why, [known[claim] for claim in one.claims]) for one in found.explanations]


def test_that_a_delivery_an_item_a_contract_and_a_notice_name_what_is_paid(both: Office) -> None:
    both.opened("900.00", "应-7")
    both.opened("900.00", "应-8")
    voucher = both.posted("SH1001", "1,130.00", contract="HT-77")
    label = voucher.number or ""
    notice = both.desk("maker").noticing.issue(both.customer(), Asked()).document.number or ""
    for memo, amount in (("货款SH1001", "1,130.00"), ("HT-77", "1,130.00"), ("付应-8", "900.00")):
        received(both, amount, memo)
    received(both, "2,930.00", f"附言{notice}")

    found = [labels(both, one) for one in suggested(both)]

    assert found == [
        [(Why.NAMED, [label])],
        [(Why.NAMED, [label])],
        [(Why.NAMED, ["应-8"])],
        [(Why.NAMED, ["应-7", "应-8", label])],
    ]


def test_that_money_not_yet_recorded_is_explained_too(office: Office) -> None:
    office.posted("服务1", "113,000.00")
    service = office.desk("cashier").receipts

    known = service.suggestion(MoneyIn(yuan("113,000.00"), office.customer()))
    unknown = service.suggestion(MoneyIn(yuan("113,000.00")))

    assert known.is_sure
    assert unknown.explanations == ()


def test_that_nothing_is_explained_for_nobody(office: Office) -> None:
    assert office.desk("maker").receipts.suggestions([]) == {}


def rest(label: str, amount: str, treatment: Treatment = Treatment.ROUNDING) -> GivenUp:
    return GivenUp(label, yuan(amount), treatment, "尾差不再收")


@pytest.mark.parametrize(
    ("treatment", "account"), [(Treatment.ROUNDING, "6711"), (Treatment.BANK_FEE, "6603")]
)
def test_that_a_small_rest_goes_to_its_own_account_within_ones_limit(
    careful: Office, treatment: Treatment, account: str
) -> None:
    label = careful.posted("服务1", "113,000.00").number or ""
    credit = received(careful, "112,900.00").number or ""
    service = careful.desk("maker").receipts

    done = service.allocate(
        careful.customer(), credit=credit, pays=(paid(label, "112,900.00"),),
        gives_up=(rest(label, "100.00", treatment),),
    )  # fmt: skip

    assert careful.lines(done.value) == [
        ("借", "2203", "112900.00"),
        ("借", account, "100.00"),
        ("贷", "1122.02", "113000.00"),
    ]
    assert careful.open_items() == {}


def test_that_above_ones_limit_somebody_else_decides(careful: Office) -> None:
    label = careful.posted("服务1", "113,000.00").number or ""
    credit = received(careful, "112,840.00").number or ""
    service, wanted = careful.desk("maker").receipts, (paid(label, "112,840.00"),)
    rests = (rest(label, "160.00"),)

    with pytest.raises(RefusedError):
        service.allocate(careful.customer(), credit=credit, pays=wanted, gives_up=rests)
    asked = service.allocate(
        careful.customer(), credit=credit, pays=wanted, gives_up=rests, submit=True
    )
    careful.approve(asked.value)

    assert careful.open_items() == {}


def test_that_more_than_the_tolerance_is_no_small_difference(careful: Office) -> None:
    label = careful.posted("服务1", "113,000.00").number or ""
    money = MoneyIn(yuan("112,799.99"), careful.customer())

    with pytest.raises(DifferenceTooLargeError):
        careful.desk("cashier").receipts.record(
            money, pays=(paid(label, "112,799.99"),), gives_up=(rest(label, "200.01"),)
        )


def test_that_a_receipt_gives_up_a_rest_when_it_is_recorded(careful: Office) -> None:
    label = careful.posted("服务1", "113,000.00").number or ""
    money = MoneyIn(yuan("112,999.93"), careful.customer())
    done = careful.desk("cashier").receipts.record(
        money, pays=(paid(label, "112,999.93"),), gives_up=(rest(label, "0.07"),), submit=True
    )

    careful.approve(done.value)

    assert careful.open_items() == {}


def test_that_a_rest_that_was_given_up_can_be_taken_back(careful: Office) -> None:
    label = careful.posted("服务1", "113,000.00").number or ""
    credit = received(careful, "112,900.00").number or ""
    service = careful.desk("maker").receipts
    service.allocate(
        careful.customer(), credit=credit, pays=(paid(label, "112,900.00"),),
        gives_up=(rest(label, "100.00"),),
    )  # fmt: skip
    links = careful.desk("maker").looking.allocations(careful.customer().id).rows
    (given_up,) = [link for link in links if link.account]

    undone = careful.approve(service.undo(given_up.id, "客户补付了尾数").value)

    assert careful.lines(undone) == [("借", "6711", "-100.00"), ("贷", "1122.02", "-100.00")]
    assert careful.open_items() == {label: "100.00"}
