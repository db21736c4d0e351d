"""Amounts as a paper shows them."""

from erpdesk.domain.money import Money


def figure(money: Money) -> str:
    """Return an amount with its currency: ``¥1,000.00`` or ``USD 1,000.00``, minus in front."""
    digits = money.grouped()
    sign = "\u2212" if digits.startswith("\u2212") else ""
    return sign + currency_sign(money.currency) + digits.removeprefix("\u2212")


def coded(money: Money) -> str:
    """Return an amount with the code of its currency in front: ``CNY −1,000.00``."""
    return f"{money.currency} {money.grouped()}"


def currency_sign(currency: str) -> str:
    """Return what stands before an amount; only the yuan has a sign nobody can mistake here."""
    return "¥" if currency == "CNY" else f"{currency}\u00a0"
