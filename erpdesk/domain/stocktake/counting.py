"""Counting: what a counter saw, kept as it came, and what a scan turns out to be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from erpdesk.domain.content import NotCanonicalError
from erpdesk.domain.ids import CustomerId, DocumentId, EventId, PersonName
from erpdesk.domain.money import Money
from erpdesk.errors import UserError

RAW_BYTES_MAX: Final = 4096
BLANKING_MS: Final = 600
SKEW_US_MAX: Final = 5 * 60 * 1_000_000


class NothingCountedError(UserError):
    """A count needs a field that was verified, or a stated balance."""


class RawTooLongError(UserError):
    """A scan is at most 4,096 bytes long."""


class Source(StrEnum):
    """Where the raw bytes of a count came from."""

    WEDGE = "wedge"
    SERIAL = "serial"
    CAMERA = "camera"
    TYPED = "typed"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, order=True)
class Verified:
    """A field that was looked at: as the books have it, or with the value that is right instead.

    A value is a proposal; nothing of the customer changes by it.
    """

    field: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """How and by whom the customer answered."""

    way: str
    by: str | None = None
    on: date | None = None


class Fate(StrEnum):
    """What may become of a scan that belongs to no line: the names are those of the decisions."""

    ALIAS = "alias"
    NEW_CUSTOMER = "new_customer"
    OTHER_CAMPAIGN = "other_campaign"
    JUNK = "junk"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a counter proposes for a scan that belongs to no line; a supervisor decides it.

    ``customer`` is whose code it would be; nothing changes by a proposal.
    """

    event: EventId
    fate: Fate
    customer: CustomerId | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class CountEvent:
    """One thing a counter recorded; never changed and never taken away.

    ``raw`` is what was scanned, whatever it is. ``stated`` is the balance the customer named, as of
    ``as_of`` (None: the cut-off day); None is no answer, zero is an answer. ``device`` is one run
    of the program at one workstation, ``device_seq`` counts from 1 in it. ``received_at`` is the
    database's clock, ``device_time`` the workstation's; both microseconds since 1970 UTC.
    ``by_seq`` is its place among all that its person recorded, whatever the clock said.
    ``asks`` is why somebody who counts asks for a recount of the customer; it counts nothing.
    """

    id: EventId
    campaign: DocumentId
    customer: CustomerId | None
    raw: bytes
    source: Source
    by: PersonName
    device: str
    device_seq: int
    received_at: int
    device_time: int | None = None
    stated: Money | None = None
    as_of: date | None = None
    verified: tuple[Verified, ...] = ()
    reply: Reply | None = None
    evidence: tuple[str, ...] = ()
    supersedes: EventId | None = None
    reading: Mapping[str, str] = field(default_factory=dict, hash=False)
    proposal: Proposal | None = None
    asks: str | None = None
    by_seq: int = 0

    @property
    def counts(self) -> bool:
        """Say whether it says anything: a bare scan opens the card and counts nothing."""
        return self.stated is not None or bool(self.verified)

    @property
    def is_scan(self) -> bool:
        """Say whether it is what a scanner or a hand gave, and no word said afterwards."""
        return bool(self.reading)

    @property
    def is_bare(self) -> bool:
        """Say whether it is a scan that only opened a card: nothing said, asked or taken back."""
        return not self.counts and self.supersedes is None and self.asks is None

    @property
    def takes_back(self) -> bool:
        """Say whether it only takes another event back: that one says nothing any more."""
        return self.supersedes is not None and not self.counts

    @property
    def order(self) -> tuple[str, int]:
        """Return its place when events are merged: the device's own order, never its clock."""
        return self.device, self.device_seq

    @property
    def clock_off_us(self) -> int:
        """Return by how much the workstation's clock was off the database's, in microseconds.

        Up to five minutes it is right: 0.
        """
        off = 0 if self.device_time is None else abs(self.device_time - self.received_at)
        return off if off > SKEW_US_MAX else 0


@dataclass(frozen=True, slots=True)
class Body:
    """What the body of an event says."""

    as_of: date | None = None
    verified: tuple[Verified, ...] = ()
    reply: Reply | None = None
    evidence: tuple[str, ...] = ()
    reading: Mapping[str, str] = field(default_factory=dict, hash=False)
    proposal: Proposal | None = None
    asks: str | None = None


def event_body(event: CountEvent | Body) -> dict[str, object]:
    """Return what has no column of its own, in its canonical shape; empty when there is nothing."""
    body: dict[str, object] = {
        "as_of": event.as_of.isoformat() if event.as_of else None,
        "fields": [_verified_section(one) for one in sorted(event.verified, key=_by_field)] or None,
        "reply": _reply_section(event.reply) if event.reply else None,
        "evidence": list(event.evidence) or None,
        "reading": dict(event.reading) or None,
        "proposal": _proposal_section(event.proposal) if event.proposal else None,
        "asks": event.asks,
    }
    return {key: value for key, value in body.items() if value is not None}


def _by_field(one: Verified) -> tuple[str, str]:
    return one.field, one.value or ""


def _verified_section(one: Verified) -> dict[str, str]:
    return {"field": one.field} | ({} if one.value is None else {"value": one.value})


def _reply_section(reply: Reply) -> dict[str, str]:
    section = {"way": reply.way, "by": reply.by, "on": reply.on and reply.on.isoformat()}
    return {key: value for key, value in section.items() if value}


def _proposal_section(proposal: Proposal) -> dict[str, str]:
    section = {
        "event": proposal.event, "fate": proposal.fate.value, "customer": proposal.customer,
        "note": proposal.note,
    }  # fmt: skip
    return {key: value for key, value in section.items() if value}


def body_from(body: Mapping[str, Any]) -> Body:
    """Read the body of an event.

    Raises:
        NotCanonicalError: it is not what :func:`event_body` writes.
    """
    try:
        reply, proposal = body.get("reply"), body.get("proposal")
        read = Body(
            as_of=_day(body.get("as_of")),
            verified=tuple(Verified(**one) for one in body.get("fields", ())),
            reply=Reply(**(reply | {"on": _day(reply.get("on"))})) if reply else None,
            evidence=tuple(body.get("evidence", ())),
            reading=dict(body.get("reading", {})),
            proposal=Proposal(**(proposal | {"fate": Fate(proposal["fate"])}))
            if proposal
            else None,
            asks=body.get("asks"),
        )
    except (TypeError, ValueError, AttributeError, KeyError) as broken:
        raise NotCanonicalError(why=str(broken)) from broken
    if event_body(read) != body:
        raise NotCanonicalError(why="body of a count")
    return read


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def why_not_record(event: CountEvent) -> UserError | None:
    """Return what stands against storing an event as a count; a bare scan is stored anyway."""
    if len(event.raw) > RAW_BYTES_MAX:
        return RawTooLongError(bytes=len(event.raw))
    return None if event.counts else NothingCountedError()


class Finding(StrEnum):
    """What a scan turned out to be; each has its tone, sound and sentence."""

    COUNTED = "counted"
    ALREADY_COUNTED = "already_counted"
    NOT_IN_CAMPAIGN = "not_in_campaign"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"
    REFUSED = "refused"


STORED: Final = frozenset(Finding) - {Finding.REFUSED}
"""Every scan is kept but one for a campaign that takes no counts."""

UNEXPECTED: Final = frozenset({Finding.NOT_IN_CAMPAIGN, Finding.UNKNOWN, Finding.UNREADABLE})
"""Findings that become an unexpected line (账外) to be decided before closing."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A finding with its customer, and for a repeated count who was first and when."""

    finding: Finding
    customer: CustomerId | None = None
    by: PersonName | None = None
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scan after reading: could it be read, and whose code is it, under whichever alias."""

    readable: bool
    customer: CustomerId | None = None


def judge(
    scan: Scanned, *, takes_counts: bool, in_scope: bool, earlier: Iterable[CountEvent] = ()
) -> Judgement:
    """Say what a scan is for a campaign.

    ``earlier`` are the events of this customer in this round. A bare scan before is none that
    counts, so the first card that is filled in is still the first.
    """
    if not takes_counts:
        return Judgement(Finding.REFUSED, scan.customer)
    if scan.customer is None:
        return Judgement(Finding.UNKNOWN if scan.readable else Finding.UNREADABLE)
    if not in_scope:
        return Judgement(Finding.NOT_IN_CAMPAIGN, scan.customer)
    counted = [event for event in earlier if event.counts and event.customer == scan.customer]
    if not counted:
        return Judgement(Finding.COUNTED, scan.customer)
    last = max(counted, key=lambda event: (event.received_at, event.order))
    return Judgement(Finding.ALREADY_COUNTED, scan.customer, last.by, last.received_at)


@dataclass(frozen=True, slots=True)
class Heard:
    """The last code a scanner sent and when, in microseconds of one clock."""

    raw: bytes
    at: int


def bounces(heard: Heard, *, before: Heard | None, blanking_ms: int = BLANKING_MS) -> bool:
    """Say whether a code is only the echo of the one before: the same within the blanking time.

    The caller keeps every code heard as the next ``before``, echoes too, so a trigger that is held
    down stays one scan.
    """
    if before is None or heard.raw != before.raw:
        return False
    return 0 <= heard.at - before.at < blanking_ms * 1000
