"""The versions of a company's tables that this program knows."""

from typing import Final

VERSION: Final = "0001"
"""The revision this program reads and writes."""

KNOWN: Final = ("0001",)
"""Every revision this program can open or upgrade, the oldest first."""
