"""Customers that are likely one and the same, looked for among all there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from erpdesk.domain.customers.duplicates import Likeness, Suspicion, likely_duplicates, surest_first
from erpdesk.domain.ids import CustomerId
from erpdesk.storage.customer_parties import parties
from erpdesk.storage.unit_of_work import Company

MOST: Final = 500
"""So many pairs are shown; who has looked through these asks again."""
_PLACE: Final = {likeness: place for place, likeness in enumerate(Likeness)}


@dataclass(frozen=True, slots=True)
class Alike:
    """A customer that may be another one too."""

    id: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two customers that may be one, as they were added; what they share, the surest first."""

    one: Alike
    other: Alike
    why: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """How many customers were compared and how many pairs may be one; the surest are here."""

    customers: int
    count: int
    pairs: tuple[LikelyPair, ...]


@dataclass(frozen=True, slots=True)
class Comparing:
    """Compares every customer with all others, as the person who opened the company."""

    company: Company

    def compare(self) -> Compared:
        """Return who may be one customer, the surest first; of 100,000 it takes seconds."""
        with self.company.database.reading() as connection:
            read = list(parties(connection))
        known = {party.id: Alike(party.id, code, party.name) for code, party in read}
        found = sorted(likely_duplicates([party for _, party in read]), key=_surest)
        pairs = tuple(_pair(one, known) for one in found[:MOST])
        return Compared(len(read), len(found), pairs)


def _surest(suspicion: Suspicion) -> int:
    return min(_PLACE[likeness] for likeness in suspicion.why)


def _pair(found: Suspicion, known: Mapping[CustomerId, Alike]) -> LikelyPair:
    return LikelyPair(known[found.one], known[found.other], surest_first(found.why))
