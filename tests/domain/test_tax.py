from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.money import Money
from erpdesk.domain.tax import (
    RATES,
    Taxed,
    on_net,
    out_of_gross,
    percent_text,
    rate_text,
)
from tests.domain.builders import yuan


def test_that_the_tax_comes_out_of_the_gross_amount() -> None:
    assert out_of_gross(yuan(113_000), Decimal("0.13")) == Taxed(yuan(100_000), yuan(13_000))


def test_that_half_a_cent_is_rounded_up_in_the_net_and_the_tax_takes_the_rest() -> None:
    assert out_of_gross(Money(3, "CNY"), Decimal("0.2")) == Taxed(Money(3, "CNY"), Money(0, "CNY"))
    assert out_of_gross(yuan("1.00"), Decimal("0.13")) == Taxed(yuan("0.88"), yuan("0.12"))


def test_that_tax_is_put_on_what_was_stated_without_it() -> None:
    taxed = on_net(yuan("100.05"), Decimal("0.06"))

    assert (taxed.tax, taxed.gross) == (yuan("6.00"), yuan("106.05"))


def test_that_a_rate_has_one_spelling() -> None:
    assert [percent_text(Decimal(x)) for x in ("0.13", "0", "0.005")] == ["13%", "0%", "0.5%"]
    assert [rate_text(Decimal(x)) for x in ("0.130", "0E+2", "1E+1")] == ["0.13", "0", "10"]


@given(minor=st.integers(-(10**13), 10**13), rate=st.sampled_from(RATES))
def test_that_net_and_tax_never_lose_a_cent(minor: int, rate: str) -> None:
    gross = Money(minor, "CNY")

    assert out_of_gross(gross, Decimal(rate)).gross == gross
