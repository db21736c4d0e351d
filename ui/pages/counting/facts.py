"""What the counting page asks for: looked up beside the window, handed over as plain values."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from erpdesk.domain.ids import PersonName
from erpdesk.domain.masking import masked_field
from erpdesk.domain.money import Money
from erpdesk.domain.people import READS_BOOKS, Role
from erpdesk.domain.stocktake.counting import Proposal
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.services.stocktake.campaigns import Campaigns
from erpdesk.services.stocktake.counting import Counting
from erpdesk.words import Language
from ui.work.draft_keeper import Drafts

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
    command_card: Callable[[Language], bytes]
    document: Callable[[str], Any]
    customer: Callable[[str], KnownCustomer]
    find_customers: Callable[[str], Iterable[KnownCustomer]]
    person: PersonName
    names: Mapping[str, str]
    roles: frozenset[Role]
    drafts: Drafts

    @property
    def reads_books(self) -> bool:
        """Say whether who is here reads the ledger; a counter's login sees its own lines."""
        return bool(self.roles & READS_BOOKS)

    @property
    def decides(self) -> bool:
        """Say whether who is here decides about conflicts and unexpected scans."""
        return Role.SUPERVISOR in self.roles

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
    """What was recorded of a customer: by whom, when, and what was stated.

    ``proposals`` are values that are right instead of those in the books, by field.
    """

    by: str
    at: int
    stated: Money | None
    fields: tuple[str, ...]
    reply: str
    evidence: int
    event: str = ""
    proposals: tuple[tuple[str, str], ...] = ()

    @property
    def verified(self) -> int:
        """Return how many fields were verified; the code that was scanned is none of them."""
        return sum(name != "code" for name in self.fields)


@dataclass(frozen=True, slots=True)
class Recent:
    """A customer that was counted; amounts are None when withheld or not stated.

    ``event`` is the record that stands, empty where it is another's and not known.
    """

    who: Who
    by: str
    at: int
    state: str
    stated: Money | None = None
    difference: Money | None = None
    event: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a counter proposed about an unexpected scan, and whose code it would be."""

    by: str
    what: Proposal


@dataclass(frozen=True, slots=True)
class Unexpected:
    """A scan that belongs to no line and waits to be decided; perhaps proposed about."""

    event: str
    raw: bytes
    by: str
    at: int
    proposed: Proposed | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a campaign stands; when figures are withheld, without any.

    ``uncounted`` are the first whom nobody reached yet, ``waiting`` how many there are.
    """

    customers: int
    waiting: int
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
        return self.customers - self.waiting


def who_of(customer: NamedCustomer) -> Who:
    """Return a customer by id, code and name alone."""
    return Who(customer.id, customer.code, customer.name)


def known(parts: CountingParts, campaign: CampaignView, who: Who) -> KnownCustomer | None:
    """Return what is verified with a customer; None where a counter may not see it."""
    if parts.reads_books:
        return parts.customer(who.code)
    return parts.counting.card(campaign, who.id)


def found(parts: CountingParts, campaign: CampaignView, words: str) -> tuple[KnownCustomer, ...]:
    """Return the customers that words may mean."""
    if parts.reads_books:
        return tuple(parts.find_customers(words))
    return tuple(parts.counting.find(campaign, words))


def master(customer: KnownCustomer) -> tuple[tuple[str, str], ...]:
    """Return what is verified with a customer: each field and what the books have for it."""
    record, contact = customer.record, customer.contact
    values = {
        "name": customer.name,
        "tax_id": customer.tax_id or record.get("id_number", ""),
        "address": record.get("address", ""),
        "bank": _joined(record.get("bank_name"), _masked("bank_account", record)),
        "contact": _joined(contact.get("person"), _masked("phone", contact)),
        "email": contact.get("email", ""),
    }
    return tuple(values.items())


def _joined(*parts: str | None) -> str:
    return "·".join(part for part in parts if part)


def _masked(name: str, said: Mapping[str, Any]) -> str:
    """Return a number with its middle hidden, as lists show it."""
    return masked_field(name, str(said.get(name) or ""))
