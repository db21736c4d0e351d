"""What an own code points at: a document's number, a place in a campaign, a command."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from erpdesk.domain.codes.own_code import OwnCode, OwnKind
from erpdesk.domain.kinds import kind_of

_DOCUMENTS: Final = {
    OwnKind.NOTICE: "notice",
    OwnKind.REPLY: "notice",
    OwnKind.STATEMENT: "statement",
    OwnKind.VOUCHER: "voucher",
}


class Command(IntEnum):
    """What a command code does; the value is its number. Approving and matching are none."""

    RECORD = 1
    PARK = 2
    CLEAR = 3
    ALL_SAME = 4
    NO_ACCOUNT = 5
    KEEP = 6
    HAND_OVER = 7


@dataclass(frozen=True, slots=True)
class Place:
    """The line or the page ``n`` of the campaign with this running number."""

    campaign: int
    n: int

    def is_in(self, campaign: str) -> bool:
        """Say whether it is of the campaign with this number, such as 盘-0017."""
        return campaign == f"{kind_of('campaign').mark}-{self.campaign:04d}"


def document_number(code: OwnCode) -> str | None:
    """Return the number of the document that a code was printed on; None where none is kept."""
    kind = _DOCUMENTS.get(code.kind)
    if kind is None:
        return None
    return f"{kind_of(kind).mark}-{code.digits[:6]}-{code.digits[6:]}"


def place_of(code: OwnCode) -> Place:
    """Return the line or the page of a count sheet."""
    assert code.kind in {OwnKind.LINE, OwnKind.SHEET}
    return Place(int(code.digits[:4]), int(code.digits[4:]))


def command_of(code: OwnCode) -> Command | None:
    """Return what a command code does; None for a number that no card has."""
    assert code.kind is OwnKind.COMMAND
    number = int(code.digits)
    return Command(number) if number in set(Command) else None
