"""Counting: a scan is stored first, then judged; no answer is not a balance of zero."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count as numbers
from types import MappingProxyType

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.codes.own_code import OwnCode, OwnKind, parse_own_code
from erpdesk.domain.codes.reading import Channel, Kind, Reading, refused
from erpdesk.domain.codes.scan_reasons import Why
from erpdesk.domain.ids import CustomerId, DocumentId, EventId, is_id
from erpdesk.domain.moments import not_after
from erpdesk.domain.stocktake.campaign import CampaignState, must_take_counts
from erpdesk.domain.stocktake.counting import (
    RAW_BYTES_MAX,
    CountEvent,
    Judgement,
    Proposal,
    Scanned,
    Source,
    Verified,
    judge,
    why_not_record,
)
from erpdesk.domain.stocktake.own_words import (
    last_word,
    why_not_ask_again,
    why_not_propose,
    why_not_take_back,
)
from erpdesk.errors import RefusedError, UserError
from erpdesk.services.stocktake.counting_looks import CounterCard, CountingLooks, HasId, Progress
from erpdesk.services.stocktake.reading_codes import read_code
from erpdesk.storage import counting_views as views
from erpdesk.storage import counts
from erpdesk.storage.counting_views import Named
from erpdesk.storage.database import Connection
from erpdesk.storage.scans import Facts, Ways, store_scan, stored_as
from erpdesk.storage.unit_of_work import Unit

__all__ = ["SCANNED", "Counted", "Counting", "HasId", "Progress"]

NOT_READ: Mapping[str, str] = MappingProxyType({})
SCANNED = Verified("code")
"""What scanning a label verifies: the customer's code, as the books have it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of one scan: the stored event, its reading, its judgement, whose it is.

    ``card`` is what may be seen of the customer, where that was looked up too.
    """

    event: CountEvent
    reading: Reading
    judgement: Judgement
    customer: Named | None
    card: CounterCard | None = None


class NoSuchRecordError(UserError):
    """There is no such record in this campaign."""


class UnexpectedStaysError(UserError):
    """A scan that belongs to no line is not taken back; it is proposed as a mistake."""


@dataclass(frozen=True, slots=True)
class Counting(CountingLooks):
    """Records scans and statements of one workstation's run; ``device`` names the run."""

    device: str
    _numbers: Iterator[int] = field(default_factory=lambda: numbers(1))

    def record_scan(
        self,
        campaign: HasId,
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
        """
        channel = Channel.SERIAL if source is Source.SERIAL else Channel.WEDGE
        reading = _cut(raw) if cut else read_code(raw, channel=channel)
        event = self._event(campaign, raw, source, event_id, reading=_kept(reading))
        counted = self._scan(event, reading)
        return Outcome(counted, _changes(counted.event))

    def _scan(self, event: CountEvent, reading: Reading) -> Counted:
        facts = store_scan(self.company, event, _ways(reading), first=(SCANNED,))
        stored = self._stored_before(event) if facts.is_stored else None
        if stored is None:
            must_take_counts(facts.state)
        until = stored.received_at if stored else None
        customer = facts.customer
        scan = Scanned(reading.is_taken, customer.id if customer else None)
        earlier = _earlier(event, facts, until=until)
        found = judge(scan, takes_counts=True, in_scope=facts.in_scope, earlier=earlier)
        whole = stored or stored_as(event, facts, (SCANNED,))
        return Counted(whole, reading, found, customer)

    def _stored_before(self, event: CountEvent) -> CountEvent:
        """Return what was stored under an event's id.

        Raises:
            RefusedError: it is another scan.
        """
        with self.company.database.reading() as connection:
            stored = counts.event_of(connection, event.id)
        if stored is None or (stored.raw, stored.campaign) != (event.raw, event.campaign):
            raise RefusedError("G2 exists")
        return stored

    def record_statement(
        self, campaign: HasId, statement: CountEvent, *, event_id: str | None = None
    ) -> Outcome[CountEvent]:
        """Store what a customer states and what was verified; it supersedes one's own earlier word.

        Raises:
            NothingCountedError: neither a balance nor a verified field.
            TooLateDayError: a balance of a day to come.
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
        if event.as_of is not None:
            not_after(event.as_of, self.clock.today())
        stored = self.company.run(lambda unit: self._store_statement(unit, event))
        return Outcome(stored, _changes(stored))

    def _store_statement(self, unit: Unit, event: CountEvent) -> CountEvent:
        stored = counts.event_of(unit.connection, event.id)
        if stored is not None:
            counts.store(unit, event)
            return stored
        must_take_counts(CampaignState(views.campaign(unit.connection, event.campaign).state))
        line = counts.events(unit.connection, event.campaign, event.customer, by=unit.person)
        last = last_word(line, by=unit.person) if event.customer is not None else None
        if last is not None:
            event = replace(_with(event, last), supersedes=last.id)
        counts.store(unit, event)
        return event

    def take_back(
        self, campaign: HasId, event: str, *, event_id: str | None = None
    ) -> Outcome[CountEvent]:
        """Take one's own record back within the shift; the word before it stands again.

        Raises:
            UserError: what :func:`why_not_take_back` names.
            NoSuchRecordError: there is no such record, or it is not yours to see.
            UnexpectedStaysError: it belongs to no line.
            CampaignClosedError, CampaignExpiredError: no counts are taken; nothing was stored.
        """
        blank = self._event(campaign, b"", Source.TYPED, event_id)
        stored = self.company.run(lambda unit: self._take_back(unit, blank, event))
        return Outcome(stored, _changes(stored))

    def _take_back(self, unit: Unit, blank: CountEvent, name: str) -> CountEvent:
        connection = unit.connection
        if (done := counts.event_of(connection, blank.id)) is not None:
            return done
        must_take_counts(CampaignState(views.campaign(connection, blank.campaign).state))
        found = self._record(connection, blank.campaign, name)
        if found.customer is None or not views.in_scope(connection, found.campaign, found.customer):
            raise UnexpectedStaysError(event=name)
        line = counts.events(connection, found.campaign, found.customer, by=unit.person)
        if why_not := why_not_take_back(found, line, by=unit.person, now=self.clock.now_us()):
            raise why_not
        whole = replace(blank, raw=found.raw, customer=found.customer, supersedes=found.id)
        counts.store(unit, whole)
        return whole

    def propose(
        self, campaign: HasId, proposal: Proposal, *, event_id: str | None = None
    ) -> Outcome[CountEvent]:
        """Propose what a scan of no line is; it stays unexpected until a supervisor decides.

        Raises:
            UserError: what :func:`why_not_propose` names.
            NoSuchRecordError: there is no such scan, or it is not yours to see.
        """
        blank = self._event(campaign, b"", Source.TYPED, event_id)
        stored = self.company.run(lambda unit: self._propose(unit, blank, proposal))
        return Outcome(stored, _changes(stored))

    def _propose(self, unit: Unit, blank: CountEvent, proposal: Proposal) -> CountEvent:
        connection = unit.connection
        must_take_counts(CampaignState(views.campaign(connection, blank.campaign).state))
        scan = self._record(connection, blank.campaign, proposal.event)
        in_scope = scan.customer is not None and views.in_scope(
            connection, scan.campaign, scan.customer
        )
        if why_not := why_not_propose(proposal, in_scope=in_scope):
            raise why_not
        whole = replace(blank, raw=scan.raw, proposal=proposal)
        counts.store(unit, whole)
        return whole

    def ask_recount(
        self, campaign: HasId, customer: CustomerId, why: str, *, event_id: str | None = None
    ) -> Outcome[CountEvent]:
        """Ask that somebody else counts a customer again; a supervisor decides it.

        Raises:
            NotCountedError: nobody counted the customer yet.
            UserError: the reason is too short.
            CampaignClosedError, CampaignExpiredError: no counts are taken; nothing was stored.
        """
        blank = self._event(campaign, b"", Source.TYPED, event_id)
        event = replace(blank, customer=customer, asks=why.strip())
        self.company.run(lambda unit: self._ask_recount(unit, event))
        return Outcome(event, _changes(event))

    def _ask_recount(self, unit: Unit, event: CountEvent) -> None:
        connection, customer = unit.connection, event.customer or ""
        must_take_counts(CampaignState(views.campaign(connection, event.campaign).state))
        why_not = why_not_ask_again(
            event.asks or "",
            in_scope=views.in_scope(connection, event.campaign, customer),
            counted=views.was_counted(connection, event.campaign, customer),
        )
        if why_not is not None:
            raise why_not
        counts.store(unit, event)

    def _record(self, connection: Connection, campaign: str, name: str) -> CountEvent:
        found = counts.event_of(connection, name) if is_id(name) else None
        if found is None or found.campaign != campaign:
            raise NoSuchRecordError(event=name)
        return found

    def _event(
        self,
        campaign: HasId,
        raw: bytes,
        source: Source,
        event_id: str | None,
        *,
        reading: Mapping[str, str] = NOT_READ,
    ) -> CountEvent:
        now = self.clock.now_us()
        return CountEvent(
            id=EventId(event_id or self.company.new_id()),
            campaign=DocumentId(campaign.id),
            customer=None,
            raw=raw[:RAW_BYTES_MAX],
            source=source,
            by=self.company.person,
            device=self.device,
            device_seq=next(self._numbers),
            received_at=now,
            device_time=now,
            reading=reading,
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


def _ways(reading: Reading) -> Ways:
    """Return how a taken reading may name its customer: by a code, else by our own label or line.

    What came as it came goes first: an unmarked number may be one of the firm's own codes.
    """
    if not reading.is_taken or reading.value is None:
        return Ways()
    codes = Ways(reading.text, reading.value)
    own = parse_own_code(reading.value)
    if not isinstance(own, OwnCode):
        return codes
    if own.kind is OwnKind.CUSTOMER:
        return replace(codes, label=int(own.digits))
    if own.kind is OwnKind.LINE:
        return replace(codes, line=int(own.digits[-6:]), sheet=int(own.digits[:-6]))
    return codes


def _earlier(event: CountEvent, facts: Facts, *, until: int | None) -> tuple[CountEvent, ...]:
    """Return who counted this customer before, as far as anybody may know it: without figures.

    ``until`` is when the event was stored, in µs; None while it was not.
    """
    customer = facts.customer.id if facts.customer else None
    return tuple(
        replace(
            event,
            customer=customer,
            by=one.by,
            received_at=one.at,
            device=one.device,
            device_seq=one.device_seq,
            verified=(SCANNED,),
        )
        for one in facts.counted
        if until is None or one.at < until
    )


def _kept(reading: Reading) -> dict[str, str]:
    """Return what of a reading is kept beside the raw bytes."""
    kept = {"action": reading.action.value, "kind": reading.kind.value, "why": reading.why.value}
    kept |= {"value": reading.value} if reading.value else {}
    kept |= {"propose": reading.propose} if reading.propose else {}
    return kept | ({"encoding": reading.encoding} if reading.encoding else {})


def _changes(event: CountEvent) -> Changes:
    customers_touched = frozenset({event.customer} if event.customer else ())
    return Changes(customers=customers_touched, campaigns=frozenset({event.campaign}))


def _cut(raw: bytes) -> Reading:
    """Return the reading of what has no end: longer than any code, or pulled out."""
    if len(raw) >= RAW_BYTES_MAX:
        return refused(Kind.UNKNOWN, Why.TOO_LONG, value=str(RAW_BYTES_MAX))
    return refused(Kind.UNKNOWN, Why.CUT_FRAME)
