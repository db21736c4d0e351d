"""What the counting page asks for: looked up beside the window, handed over as plain values."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from erpdesk.domain.blind import withholds
from erpdesk.domain.campaign import TAKES_COUNTS, CampaignState, plan_from
from erpdesk.domain.counting import CountEvent
from erpdesk.domain.ids import PersonName
from erpdesk.domain.money import Money
from erpdesk.domain.people import Role
from erpdesk.services.campaigns import Campaigns, Line, Status
from erpdesk.services.counting import Counting
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.words import Language

RECENT_MAX = 200


class NamedCustomer(Protocol):
    """A customer by its id, main code and name."""

    @property
    def id(self) -> str: ...  # noqa: D102 - the class says it
    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102


class KnownCustomer(NamedCustomer, Protocol):
    """A customer with what is approved and what is noted about it."""

    @property
    def tax_id(self) -> str | None: ...  # noqa: D102
    @property
    def record(self) -> dict[str, Any]: ...  # noqa: D102
    @property
    def contact(self) -> dict[str, Any]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class CountingParts:
    """What the page stands on: services, ways to look up, and who is here."""

    counting: Counting
    campaigns: Campaigns
    evidence: KeepingEvidence
    count_sheet: Callable[[str, Language], bytes]
    document: Callable[[str], Any]
    customer: Callable[[str], KnownCustomer]
    find_customers: Callable[[str], Iterable[KnownCustomer]]
    person: PersonName
    names: Mapping[str, str]
    roles: frozenset[Role]

    def name_of(self, person: str | None) -> str:
        """Return the name people see."""
        return self.names.get(person or "", person or "")


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign that takes counts; ``withheld``: no figure of the books is shown."""

    id: str
    number: str
    name: str
    cut_off: date
    currency: str
    required: tuple[str, ...]
    withheld: bool


@dataclass(frozen=True, slots=True)
class Who:
    """A customer by its id, main code and name."""

    id: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What the books said of a customer in one currency when the list was frozen."""

    billed: Money
    unbilled: Money
    unapplied: Money
    book: Money


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was recorded of a customer: by whom, when, and what was stated."""

    by: str
    at: int
    stated: Money | None
    fields: tuple[str, ...]
    reply: str
    evidence: int


@dataclass(frozen=True, slots=True)
class Recent:
    """A customer that was counted; amounts are None when withheld or not stated."""

    who: Who
    by: str
    at: int
    state: str
    stated: Money | None = None
    difference: Money | None = None


@dataclass(frozen=True, slots=True)
class Unexpected:
    """A scan that belongs to no line and waits to be decided."""

    event: str
    raw: bytes
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a campaign stands; when figures are withheld, without any."""

    customers: int
    uncounted: tuple[Who, ...]
    states: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[str, tuple[Figures, ...]] = field(default_factory=dict)
    spoken: Mapping[str, tuple[Spoken, ...]] = field(default_factory=dict)
    recent: tuple[Recent, ...] = ()
    unexpected: tuple[Unexpected, ...] = ()
    conflicts: tuple[Who, ...] = ()

    @property
    def counted(self) -> int:
        """Return how many customers are counted."""
        return self.customers - len(self.uncounted)


def running(parts: CountingParts) -> tuple[CampaignView, ...]:
    """Return the campaigns that take counts now, the newest first."""
    takes = {state.value for state in TAKES_COUNTS}
    heads = [head for head in parts.campaigns.every() if head.state in takes]
    return tuple(campaign_view(parts.document(head.id)) for head in reversed(heads))


def campaign_view(document: Any) -> CampaignView:
    """Return a campaign as the page shows it."""
    plan = plan_from(document.content["scope"])
    withheld = withholds(blind=bool(plan.blind), state=CampaignState(document.state))
    return CampaignView(
        document.id, document.number, plan.name, plan.cut_off, plan.currency, plan.required,
        withheld,
    )  # fmt: skip


def standing(parts: CountingParts, campaign: CampaignView) -> Standing:
    """Return how a campaign stands, with figures only where they may be seen."""
    if campaign.withheld:
        progress = parts.counting.progress(campaign)
        return Standing(progress.customers, tuple(map(who_of, progress.uncounted)))
    return _standing(parts.campaigns.status(parts.document(campaign.id)))


def _standing(status: Status) -> Standing:
    lines = _by_customer(status.lines)
    uncounted = {line.frozen.customer_id for line in status.uncounted}
    return Standing(
        customers=len(lines),
        uncounted=tuple(_who(found[0]) for key, found in lines.items() if key in uncounted),
        states=Counter(found[0].judged.state.value for found in lines.values()),
        figures={key: tuple(map(_figures, found)) for key, found in lines.items()},
        spoken={key: _spoken(found[0]) for key, found in lines.items()},
        recent=_recent(lines),
        unexpected=tuple(
            Unexpected(event.id, event.raw, event.by, event.received_at)
            for event in sorted(status.unexpected, key=_at, reverse=True)
        ),
        conflicts=tuple(
            _who(found[0]) for found in lines.values() if found[0].judged.state.value == "conflict"
        ),
    )


def _by_customer(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.frozen.customer_id, []).append(line)
    return found


def who_of(customer: NamedCustomer) -> Who:
    """Return a customer by id, code and name alone."""
    return Who(customer.id, customer.code, customer.name)


def _who(line: Line) -> Who:
    return Who(line.frozen.customer_id, line.frozen.code, line.frozen.name)


def _figures(line: Line) -> Figures:
    row = line.frozen
    parts = (row.billed_minor, row.unbilled_minor, row.unapplied_minor, row.book_minor)
    return Figures(*(Money(minor, row.currency) for minor in parts))


def _at(event: CountEvent) -> int:
    return event.received_at


def _spoken(line: Line) -> tuple[Spoken, ...]:
    return tuple(
        Spoken(
            event.by,
            event.received_at,
            event.stated,
            tuple(one.field for one in event.verified),
            "·".join(filter(None, (event.reply.way, event.reply.by))) if event.reply else "",
            len(event.evidence),
        )
        for event in sorted(line.counted.standing, key=_at)
    )


def _recent(lines: Mapping[str, list[Line]]) -> tuple[Recent, ...]:
    made = [one for found in lines.values() for one in _last(found[0])]
    made.sort(key=lambda one: one.at, reverse=True)
    return tuple(made[:RECENT_MAX])


def _last(line: Line) -> tuple[Recent, ...]:
    if not line.counted.standing:
        return ()
    event = max(line.counted.standing, key=_at)
    judged = line.judged
    return (
        Recent(
            _who(line), event.by, event.received_at, judged.state.value, event.stated,
            judged.difference,
        ),
    )  # fmt: skip


def master(customer: KnownCustomer) -> tuple[tuple[str, str], ...]:
    """Return what is verified with a customer: each field and what the books have for it."""
    record, contact = customer.record, customer.contact
    values = {
        "name": customer.name,
        "tax_id": customer.tax_id or record.get("id_number", ""),
        "address": record.get("address", ""),
        "bank": _joined(record.get("bank_name"), _masked(record.get("bank_account"))),
        "contact": _joined(contact.get("person"), _masked(contact.get("phone"), head=3)),
        "email": contact.get("email", ""),
    }
    return tuple(values.items())


def _joined(*parts: str | None) -> str:
    return "·".join(part for part in parts if part)


def _masked(number: str | None, *, head: int = 4) -> str:
    """Return a number with its middle hidden, as lists show it."""
    if not number or len(number) <= head + 4:
        return number or ""
    return f"{number[:head]} **** {number[-4:]}"
