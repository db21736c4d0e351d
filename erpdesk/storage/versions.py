"""The versions of a company's tables that this program knows."""

from typing import Final

from erpdesk.errors import UserError

VERSION: Final = "0001"
"""The revision this program reads and writes."""

KNOWN: Final = ("0001",)
"""Every revision this program can open or upgrade, the oldest first."""


class OlderCompanyError(UserError):
    """The books are of an older program; they were not opened, and can be upgraded."""
