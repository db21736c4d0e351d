"""Who is counted a second time, and by whom: never by whoever counted first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.stocktake.campaign import sampled
from erpdesk.errors import UserError


class NothingToRecountError(UserError):
    """Nobody is over the tolerance and nobody was drawn."""


@dataclass(frozen=True, slots=True)
class Recount:
    """One customer to be counted again; ``by`` None is anybody who has not counted them."""

    customer: CustomerId
    by: PersonName | None
    was_drawn: bool


def recounts(
    counted: Mapping[CustomerId, frozenset[PersonName]],
    *,
    over: frozenset[CustomerId],
    permille: int,
    salt: bytes,
    recounters: Sequence[PersonName],
) -> tuple[Recount, ...]:
    """Return who is to be counted again: those over tolerance, and a sample of the others.

    ``counted`` is who counted each customer. The work is dealt out in turn among those who may.
    """
    drawn = set(sampled((one for one in counted if one not in over), permille=permille, salt=salt))
    wanted = [one for one in counted if one in over or one in drawn]
    load: dict[PersonName, int] = dict.fromkeys(recounters, 0)
    made = []
    for customer in wanted:
        by = _least_busy(load, counted[customer])
        if by is not None:
            load[by] += 1
        made.append(Recount(customer, by, customer in drawn))
    return tuple(made)


def _least_busy(
    load: Mapping[PersonName, int], counters: Iterable[PersonName]
) -> PersonName | None:
    may = [person for person in load if person not in set(counters)]
    return min(may, key=lambda person: load[person], default=None)
