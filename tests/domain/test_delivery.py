import pytest

from erpdesk.domain.delivery import DeliveryState, DeliveryUse, Use, rows, summed
from erpdesk.domain.ids import DocumentId
from erpdesk.domain.money import CurrencyMismatchError, Money
from erpdesk.domain.tax import Taxed
from tests.domain.builders import RATE, a_delivery, an_id, yuan


def use(amount: str | int, *, posted: bool = False) -> Use:
    return Use(DocumentId(an_id(1)), yuan(amount), is_posted=posted)


@pytest.mark.parametrize(
    ("uses", "free", "state"),
    [
        ([], 100, DeliveryState.FREE),
        ([use(40)], 60, DeliveryState.HELD),
        ([use(100)], 0, DeliveryState.HELD),
        ([use(40, posted=True)], 60, DeliveryState.FREE),
        ([use(60, posted=True), use(40)], 0, DeliveryState.HELD),
        ([use(60, posted=True), use(40, posted=True)], 0, DeliveryState.USED),
        ([use(0)], 100, DeliveryState.FREE),
    ],
)
def test_that_uses_say_what_is_free(uses: list[Use], free: int, state: DeliveryState) -> None:
    delivery = a_delivery(100, *uses)

    assert (delivery.free, delivery.state) == (yuan(free), state)


def test_that_an_amount_with_its_tax_is_divided() -> None:
    assert a_delivery(113_000).taxed(RATE) == Taxed(yuan(100_000), yuan(13_000))


def test_that_an_amount_without_its_tax_gets_it_on_top() -> None:
    delivery = a_delivery(100_000, tax_included=False)

    assert delivery.taxed(RATE).gross == yuan(113_000)
    assert delivery.taxed(RATE, yuan(100)).gross == yuan(113)


def test_that_only_what_is_free_is_offered() -> None:
    assert a_delivery(113_000, use(56_500)).taxed(RATE).gross == yuan(56_500)


def test_that_two_uses_of_one_delivery_are_one() -> None:
    uses = [DeliveryUse("a", yuan(1)), DeliveryUse("b", yuan(2)), DeliveryUse("a", yuan(3))]

    assert rows(uses) == [{"id": "a", "amount": 400}, {"id": "b", "amount": 200}]


def test_that_uses_of_one_delivery_are_in_one_currency() -> None:
    with pytest.raises(CurrencyMismatchError):
        summed([DeliveryUse("a", yuan(1)), DeliveryUse("a", Money(1, "USD"))])
