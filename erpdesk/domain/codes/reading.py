"""A reading: what the program makes of one raw scanner input, as a value, never an error."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from erpdesk.domain.codes.scan_reasons import Why


class Action(StrEnum):
    """What becomes of a scan."""

    ACCEPT = "accept"  # taken as this value and looked up
    NOTE = "note"  # taken, with a visible remark
    ASK = "ask"  # nothing counts until the user decides
    REFUSE = "refuse"  # nothing counts; the raw input is kept
    IGNORE = "ignore"  # no scan


class Channel(StrEnum):
    """The way a scan came in: typed by a keyboard wedge, or as bytes of a serial line."""

    WEDGE = "wedge"
    SERIAL = "serial"


class Kind(StrEnum):
    """What a reading is; the look-up says what it belongs to."""

    CUSTOMER = "customer"
    LINE = "count_line"
    SHEET = "count_sheet"
    NOTICE = "notice"
    REPLY = "reply_slip"
    STATEMENT = "statement"
    VOUCHER = "voucher"
    COMMAND = "command"
    TEST = "test"  # a test code of the scanner check
    GLN = "gln"
    GTIN = "gtin"
    GTIN_OR_GLN = "gtin_or_gln"  # thirteen bare digits: only the look-up can tell
    SSCC = "sscc"
    GSRN = "gsrn"
    GS1 = "gs1"  # element strings without a key we use
    CODE = "code"  # the firm's own codes, and any number
    TEXT = "text"
    LINK = "link"  # an address of the web, kept as text
    INVOICE = "invoice"  # the QR code of a Chinese tax invoice
    SEVERAL = "several"  # more than one scan in one raw input
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one scan, or one raw input of several scans, is taken for.

    ``value`` is what counts and is looked up (None unless taken). ``propose`` is the repaired
    reading of a question, ``choices`` are all repairs that are possible. ``why`` with ``facts`` is
    the reason. ``elements`` are GS1 pairs, or the fields of a paper's QR code. ``text`` is what
    came, decoded: a firm's own code may be the whole of what looks like GS1, so a look-up tries it
    first. ``scans`` counts the codes in the raw input; for several, ``codes`` has each reading.
    """

    action: Action
    kind: Kind
    value: str | None
    why: Why
    facts: tuple[tuple[str, str], ...] = ()
    propose: str | None = None
    choices: tuple[str, ...] = ()
    elements: tuple[tuple[str, str], ...] = ()
    text: str = ""
    symbology: str = ""
    encoding: str = ""
    scans: int = 1
    codes: tuple["Reading", ...] = field(default=())

    @property
    def is_taken(self) -> bool:
        """Say whether the value counts."""
        return self.action in TAKEN

    def noted(self, why: Why, **facts: str) -> "Reading":
        """Return it with a remark; what asks or refuses already, or has a remark, stays."""
        if self.action is not Action.ACCEPT:
            return self
        return replace(self, action=Action.NOTE, why=why, facts=_facts(facts))

    def asked(self, why: Why, **facts: str) -> "Reading":
        """Return it as a question that proposes the value; what was not taken stays."""
        if not self.is_taken:
            return self
        assert self.value is not None
        return replace(
            self,
            action=Action.ASK,
            value=None,
            propose=self.value,
            choices=self.choices or (self.value,),
            why=why,
            facts=_facts(facts),
        )


TAKEN: Final = (Action.ACCEPT, Action.NOTE)


def accepted(kind: Kind, text: str, why: Why, /, **facts: str) -> Reading:
    """Return a reading that is taken as it is."""
    return Reading(Action.ACCEPT, kind, text, why, _facts(facts))


def refused(kind: Kind, why: Why, /, **facts: str) -> Reading:
    """Return a reading of which nothing counts."""
    return Reading(Action.REFUSE, kind, None, why, _facts(facts))


def asking(kind: Kind, why: Why, *, propose: tuple[str, ...] = (), **facts: str) -> Reading:
    """Return a question; the first proposal is the likeliest, none is taken."""
    first = propose[0] if propose else None
    return Reading(Action.ASK, kind, None, why, _facts(facts), propose=first, choices=propose)


NO_SCAN: Final = Reading(Action.IGNORE, Kind.NONE, None, Why.EMPTY, scans=0)


def _facts(facts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(facts.items())
