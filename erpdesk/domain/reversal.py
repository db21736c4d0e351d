"""A reversal: a red entry that takes a whole entry back; what it takes back stays as it was."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from erpdesk.domain import evidence as evidence_of
from erpdesk.domain.accounts import BASE_CURRENCY, CHART
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.links import Link, link_rows, undo_rows
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.domain.posting import Heading, MakeId, Row, rule_named
from erpdesk.errors import UserError

Text = Mapping[str, Any]

REVERSIBLE: Final = frozenset({"voucher", "receipt", "revaluation"})
LEDGER_SECTIONS: Final = frozenset(
    {"document", "kind", "entry", "lines", "items", "allocations", "reason"}
)


class NotReversibleError(UserError):
    """A document of this kind is not reversed; an allocation is undone instead."""


class AlreadyReversedError(UserError):
    """It is reversed already."""


class AllocatedError(UserError):
    """Something is allocated to it; that has to be undone first."""


class UnlinkedError(UserError):
    """What the receipt had paid was taken back from it; match it again, then reverse."""


class IdentifiedError(UserError):
    """Its payer was found and the money is theirs; that has to be reversed first."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A posted document as it stands now.

    ``items`` are those it made; ``links`` every link that stands on them or was made by it;
    ``reversed_by`` the number of the document that reversed it, ``claimed_by`` of the one that
    gave its money to the customer who paid it.
    """

    text: Text
    items: tuple[OpenItem, ...] = ()
    links: tuple[Link, ...] = ()
    reversed_by: str | None = None
    claimed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Sorted:
    """Links that the reversal undoes itself, links that stand in its way, and what lacks one."""

    undone: tuple[Link, ...]
    in_the_way: tuple[Link, ...]
    unlinked_minor: int


def sorted_links(origin: Origin) -> Sorted:
    """Tell the links that a red entry takes back with its lines from those to be undone first.

    A receipt that was matched at once booked onto the charges it paid: its red lines open these
    again, so the links go in the same document. The lines of a voucher name only its own item.
    """
    owed = _paid_at_once(origin)
    own = {row["id"] for row in origin.text.get("allocations", ())}
    undone, in_the_way = [], []
    for link in sorted(origin.links, key=lambda link: link.id not in own):
        charge = link.charge
        key = "" if charge is None else _place(charge.account, charge.id, link.amount.currency)
        if link.amount.minor <= owed[key]:
            owed[key] -= link.amount.minor
            undone.append(link)
        else:
            in_the_way.append(link)
    return Sorted(tuple(undone), tuple(in_the_way), sum(owed.values()))


def _paid_at_once(origin: Origin) -> Counter[str]:
    """Return what the entry booked onto items that it did not make, by account or by item."""
    made = {item.id for item in origin.items}
    sums: Counter[str] = Counter()
    for line in origin.text["lines"]:
        account = CHART.get(line["account"])
        if account is not None and account.by_item and line.get("item") not in made:
            place = _place(line["account"], line.get("item", ""), line["currency"])
            sums[place] += line["amount"]
    return sums


def _place(account: str, item: str, currency: str) -> str:
    """Return where red lines open something again: a foreign item has a base of its own."""
    return account if currency == BASE_CURRENCY else item


def why_not_reverse(origin: Origin) -> UserError | None:
    """Return what stands against a reversal, or None; an allocation is named by its document."""
    if origin.text["kind"] not in REVERSIBLE or "entry" not in origin.text:
        return NotReversibleError(kind=origin.text["kind"])
    if origin.reversed_by is not None:
        return AlreadyReversedError(reversed_by=origin.reversed_by)
    if origin.claimed_by is not None:
        return IdentifiedError(claimed_by=origin.claimed_by)
    links = sorted_links(origin)
    if links.in_the_way:
        return AllocatedError(
            documents=tuple(dict.fromkeys(link.document for link in links.in_the_way)),
            links=tuple(link.id for link in links.in_the_way),
        )
    return UnlinkedError() if links.unlinked_minor else None


def reverse(
    origin: Origin, heading: Heading, *, make_id: MakeId, evidence: Sequence[Evidence] = ()
) -> Row:
    """Return the text that takes a whole entry back in red and closes the items it made (P6).

    Raises:
        UserError: what ``why_not_reverse`` returns.
    """
    why_not = why_not_reverse(origin)
    if why_not is not None:
        raise why_not
    undone = _as_booked(origin.text, sorted_links(origin).undone)
    allocations = undo_rows(undone, make_id) + link_rows(_closing(origin.items, make_id))
    entry = heading.entry(
        "reversal", rule_named("P6"), make_id=make_id, reverses=origin.text["entry"]["id"]
    )
    said: Row = {
        "lines": [red(line) for line in origin.text["lines"]],
        "allocations": allocations,
        "evidence": evidence_of.rows(evidence),
    }
    return heading.sections() | {"entry": entry} | {k: v for k, v in said.items() if v}


def _as_booked(origin: Text, links: Sequence[Link]) -> Iterator[Link]:
    """Yield links with what they take of their charges in base as the entry booked it.

    A match made again took its share of what was left then, a unit more or less.
    """
    left = {line["item"]: line["base"] for line in origin["lines"] if "item" in line}
    last = {link.charge.id: link for link in links if link.charge is not None}
    for link in links:
        if link.charge is None or link.charge_base is None:
            yield link
            continue
        item, base = link.charge.id, link.charge_base
        if link is last[item]:
            base = Money(left[item], BASE_CURRENCY)
        left[item] -= base.minor
        yield replace(link, charge_base=base)


def red(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return a line with the opposite amount on the same side."""
    return {**line, "amount": -line["amount"], "base": -line["base"]}


def _closing(items: Iterable[OpenItem], make_id: MakeId) -> list[Link]:
    """Return one-sided links that close items whole: without other links all of them is open."""
    return [
        Link(make_id(), item.original, charge=item)
        if item.is_charge
        else Link(make_id(), -item.original, credit=item)
        for item in items
    ]


def corrected_copy(origin: Text) -> Row:
    """Return what a corrected document begins with: everything but ledger and reason."""
    return {name: value for name, value in origin.items() if name not in LEDGER_SECTIONS}
