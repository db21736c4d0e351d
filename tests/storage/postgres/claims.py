"""Texts of money from nobody known, and of its claims."""

from typing import Any

from tests.storage.postgres.firm import Doc, a_line, a_receipt, an_entry


def an_unknown_receipt(amount: int = 50_00) -> dict[str, Any]:
    """Return a receipt whose payer nobody knows."""
    lines = [a_line(1, "1002", 1, amount), a_line(2, "2241", -1, amount)]
    return {"entry": an_entry("收"), "lines": lines}


def a_claim(customer: str, of: Doc, amount: int = 50_00) -> dict[str, Any]:
    """Return the claim of a receipt, or of something else that was posted."""
    content = a_receipt(customer, amount)
    content["lines"][0]["account"] = "2241"
    content["entry"]["identifies"] = of.content["entry"]["id"]
    return content
