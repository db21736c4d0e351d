"""Numbers of telephones, accounts and identity cards, of which lists and papers show the ends."""

from typing import Final

HEADS: Final = {"phone": 3, "bank_account": 4, "id_number": 4}
"""The fields of a customer that are hidden, and how many of the first digits are shown."""

_TAIL: Final = 4


def masked(number: str, *, head: int) -> str:
    """Return a number with its middle hidden; of a short one, the first and the last sign."""
    if len(number) <= 2:
        return number
    shown = (head, _TAIL) if len(number) > head + _TAIL else (1, 1)
    return f"{number[: shown[0]]} **** {number[-shown[1] :]}"


def masked_field(name: str, said: str) -> str:
    """Return what a field of a customer says, with its middle hidden where it is such a number."""
    return masked(said, head=HEADS[name]) if name in HEADS else said
