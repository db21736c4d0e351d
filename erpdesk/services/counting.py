"""Counting: a scan is stored first, then judged; no answer is not a balance of zero."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count as numbers

from erpdesk.domain.campaign import CampaignState, must_take_counts
from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.counting import (
    CountEvent,
    Finding,
    Judgement,
    Scanned,
    Source,
    Verified,
    judge,
    why_not_record,
)
from erpdesk.domain.ids import CustomerId, DocumentId, EventId
from erpdesk.domain.own_code import OwnCode, OwnKind, parse_own_code
from erpdesk.domain.reading import Channel, Kind, Reading, refused
from erpdesk.domain.scan_reasons import Why
from erpdesk.services.ports import Clock
from erpdesk.services.reading_codes import read_code
from erpdesk.storage import counts, customers, documents
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Company, Unit

SCANNED = Verified("code")
"""What scanning a label verifies: the customer's code, as the books have it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of one scan: the stored event, its reading, its judgement, whose it is."""

    event: CountEvent
    reading: Reading
    judgement: Judgement
    customer: CustomerRow | None


@dataclass(frozen=True, slots=True)
class Counting:
    """Records scans and statements of one workstation's run; ``device`` names the run."""

    company: Company
    clock: Clock
    device: str
    _numbers: Iterator[int] = field(default_factory=lambda: numbers(1))

    def record_scan(
        self,
        campaign: Document,
        raw: bytes,
        *,
        source: Source,
        cut: bool = False,
        event_id: str | None = None,
    ) -> Outcome[Counted]:
        """Store what was scanned, whatever it is, and say what it is for this campaign.

        ``cut`` says that the end never came (a cable pulled out): kept, and never taken as a code.

        Raises:
            CampaignClosedError, CampaignExpiredError: no counts are taken; nothing was stored.
            RawTooLongError: over 4 KB.
        """
        channel = Channel.SERIAL if source is Source.SERIAL else Channel.WEDGE
        reading = refused(Kind.UNKNOWN, Why.CUT_FRAME) if cut else read_code(raw, channel=channel)
        event = self._event(campaign, raw, source, event_id)
        counted = self.company.run(lambda unit: self._store(unit, campaign, event, reading))
        return Outcome(counted, _changes(counted.event))

    def _store(
        self, unit: Unit, campaign: Document, event: CountEvent, reading: Reading
    ) -> Counted:
        connection = unit.connection
        state = CampaignState(documents.look(connection, campaign.id).state)
        must_take_counts(state)
        customer = find_scanned(connection, campaign.id, reading)
        owner = CustomerId(customer.id) if customer else None
        in_scope = bool(owner and counts.lines_of_customer(connection, campaign.id, owner))
        earlier = tuple(counts.events(connection, campaign.id, owner)) if owner else ()
        scan = Scanned(reading.is_taken, owner)
        found = judge(scan, takes_counts=True, in_scope=in_scope, earlier=earlier)
        verified = (SCANNED,) if found.finding is Finding.COUNTED else ()
        whole = replace(event, customer=owner, verified=verified, reading=_kept(reading))
        counts.store(unit, whole)
        return Counted(whole, reading, found, customer)

    def record_statement(
        self, campaign: Document, statement: CountEvent, *, event_id: str | None = None
    ) -> Outcome[CountEvent]:
        """Store what a customer states and what was verified; it supersedes one's own earlier word.

        Raises:
            NothingCountedError: neither a balance nor a verified field.
        """
        blank = self._event(campaign, statement.raw, statement.source, event_id)
        event = replace(
            statement,
            id=blank.id,
            campaign=blank.campaign,
            by=self.company.person,
            device=self.device,
            device_seq=blank.device_seq,
        )
        refusal = why_not_record(event)
        if refusal is not None:
            raise refusal
        stored = self.company.run(lambda unit: self._store_statement(unit, event))
        return Outcome(stored, _changes(stored))

    def _store_statement(self, unit: Unit, event: CountEvent) -> CountEvent:
        state = CampaignState(documents.look(unit.connection, event.campaign).state)
        must_take_counts(state)
        mine = [
            earlier
            for earlier in counts.events(unit.connection, event.campaign, event.customer)
            if earlier.by == unit.person and earlier.counts and earlier.id != event.id
        ]
        if mine:
            last = max(mine, key=lambda earlier: (earlier.received_at, earlier.order))
            event = replace(_with(event, last), supersedes=last.id)
        counts.store(unit, event)
        return event

    def _event(
        self, campaign: Document, raw: bytes, source: Source, event_id: str | None
    ) -> CountEvent:
        return CountEvent(
            id=EventId(event_id or self.company.new_id()),
            campaign=DocumentId(campaign.id),
            customer=None,
            raw=raw[:4096],
            source=source,
            by=self.company.person,
            device=self.device,
            device_seq=next(self._numbers),
            received_at=self.clock.now_us(),
        )


def _with(event: CountEvent, last: CountEvent) -> CountEvent:
    """Return an event that also says what its own earlier one said and it does not mention."""
    named = {one.field for one in event.verified}
    kept = tuple(one for one in last.verified if one.field not in named)
    return replace(
        event,
        verified=(*event.verified, *kept),
        stated=event.stated if event.stated is not None else last.stated,
        as_of=event.as_of if event.stated is not None else last.as_of,
        evidence=tuple(dict.fromkeys((*last.evidence, *event.evidence))),
    )


def find_scanned(connection: Connection, campaign_id: str, reading: Reading) -> CustomerRow | None:
    """Return the customer a taken reading belongs to: by our own label or line, else by a code."""
    if not reading.is_taken or reading.value is None:
        return None
    # what came as it came goes first: an unmarked number may be one of the firm's own codes
    known = customers.by_code(connection, reading.text) or customers.by_code(
        connection, reading.value
    )
    own = parse_own_code(reading.value)
    if known is not None or not isinstance(own, OwnCode):
        return known
    if own.kind is OwnKind.CUSTOMER:
        return customers.by_number(connection, int(own.digits))
    if own.kind is OwnKind.LINE:
        return _of_line(connection, campaign_id, own)
    return None


def _of_line(connection: Connection, campaign_id: str, own: OwnCode) -> CustomerRow | None:
    number = documents.look(connection, campaign_id).number or ""
    if int(own.digits[:-6]) != int(number.rpartition("-")[2] or 0):
        return None
    line = counts.line_numbered(connection, campaign_id, int(own.digits[-6:]))
    return customers.by_id(connection, line.customer_id) if line else None


def _kept(reading: Reading) -> dict[str, str]:
    """Return what of a reading is kept beside the raw bytes."""
    kept = {"action": reading.action.value, "kind": reading.kind.value, "why": reading.why.value}
    kept |= {"value": reading.value} if reading.value else {}
    kept |= {"propose": reading.propose} if reading.propose else {}
    return kept | ({"encoding": reading.encoding} if reading.encoding else {})


def _changes(event: CountEvent) -> Changes:
    customers_touched = frozenset({event.customer} if event.customer else ())
    return Changes(customers=customers_touched, campaigns=frozenset({event.campaign}))
