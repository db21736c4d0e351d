"""Numbers that lists and papers show only by their ends."""

import pytest

from erpdesk.domain.masking import masked, masked_field


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13812345521", "138 **** 5521"),
        ("12345678", "123 **** 5678"),
        ("0571-86", "0 **** 6"),
        ("86", "86"),
        ("", ""),
    ],
)
def test_that_the_middle_of_a_number_is_hidden(number: str, shown: str) -> None:
    assert masked(number, head=3) == shown


@pytest.mark.parametrize(
    ("name", "said", "shown"),
    [
        ("phone", "0571-86002200", "057 **** 2200"),
        ("bank_account", "33001616735053000914", "3300 **** 0914"),
        ("id_number", "330106199001011234", "3301 **** 1234"),
        ("tax_id", "91330106MA2KJ7PL3X", "91330106MA2KJ7PL3X"),
    ],
)
def test_that_numbers_of_people_and_accounts_are_hidden_and_the_tax_number_is_not(
    name: str, said: str, shown: str
) -> None:
    assert masked_field(name, said) == shown
