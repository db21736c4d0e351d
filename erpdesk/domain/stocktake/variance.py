"""Where a counted line and the books differ, by how much, and what explains it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from erpdesk.domain.content import NotCanonicalError
from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.money import Money, nothing
from erpdesk.domain.stocktake.count_line import IN_HAND, CountLine, LineState


class VarianceKind(StrEnum):
    """What differs; the program sees the first four itself, a person names the others."""

    BALANCE = "balance"
    MASTER_DATA = "master_data"
    UNVERIFIED = "unverified"
    UNANSWERED = "unanswered"
    MISSING_ITEM = "missing_item"
    EXTRA_ITEM = "extra_item"
    UNBILLED = "unbilled"
    UNAPPLIED = "unapplied"
    DUPLICATE = "duplicate"
    DORMANT = "dormant"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a stated balance may be off: minor units, and thousandths of the book.

    Both hold at once. A zero book has no thousandths, so there the absolute limit decides alone.
    """

    absolute_minor: int
    permille: int | None = None

    def covers(self, difference: Money, *, book: Money) -> bool:
        """Say whether a difference is small enough to need no explanation."""
        off = abs(difference.minor)
        if off > self.absolute_minor:
            return False
        if self.permille is None or book.minor == 0:
            return True
        return off * 1000 <= self.permille * abs(book.minor)


@dataclass(frozen=True, slots=True)
class Judged:
    """A line of one currency beside the books; amounts are None where nobody named a balance.

    ``difference`` = stated − book; ``unexplained`` is what postings after the cut-off leave of it.
    """

    state: LineState
    book: Money
    moved: Money
    stated: Money | None = None
    difference: Money | None = None
    unexplained: Money | None = None
    kinds: frozenset[VarianceKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan asks of a line: the limits, the fields to verify, whether a balance is wanted."""

    tolerance: Tolerance
    required: tuple[str, ...] = ()
    asks_balance: bool = True


_NOTHING: Final = frozenset[VarianceKind]()
"""What most lines differ in: they share it."""


def judged(
    line: CountLine, book: Money, terms: Terms, *, moved: Money | None = None, final: bool = False
) -> Judged:
    """Compare a counted line with the books of one currency.

    ``moved`` is what was posted between the cut-off and the day of the stated balance. ``final``
    says that whatever was done about a variance is posted. A line that is not in hand keeps its
    state: an answer that is missing is no zero.
    """
    moved = moved or nothing(book.currency)
    event = line.stating(book.currency)
    stated = event.stated if event else None
    difference = stated - book if stated else None
    unexplained = difference - moved if difference and moved.minor else difference
    state, kinds = line.state, _NOTHING
    if state in IN_HAND:
        kinds = _kinds(line, book, terms, unexplained)
        off = LineState.RESOLVED if final else LineState.VARIANCE
        state = off if kinds else LineState.VERIFIED
    return Judged(state, book, moved, stated, difference, unexplained, kinds)


def _kinds(
    line: CountLine, book: Money, terms: Terms, unexplained: Money | None
) -> frozenset[VarianceKind]:
    looked_at = {one.field: one.value for event in line.standing for one in event.verified}
    found = {
        VarianceKind.MASTER_DATA: any(value is not None for value in looked_at.values()),
        VarianceKind.UNVERIFIED: any(name not in looked_at for name in terms.required),
        VarianceKind.UNANSWERED: terms.asks_balance and unexplained is None,
        VarianceKind.BALANCE: unexplained is not None
        and not terms.tolerance.covers(unexplained, book=book),
    }
    return frozenset(kind for kind, differs in found.items() if differs) or _NOTHING


@dataclass(frozen=True, slots=True)
class Cause:
    """A part of a difference that a person or a document explains, signed from book to stated.

    ``action`` is what will be done about this part, ``reference`` a number it rests on.
    """

    kind: str
    amount: Money
    reference: str | None = None
    action: str | None = None


@dataclass(frozen=True, slots=True)
class Bridge:
    """The way from the book to the stated balance, cause by cause, and what stays unexplained."""

    book: Money
    stated: Money
    causes: tuple[Cause, ...]
    unexplained: Money


def explain(book: Money, stated: Money, causes: Iterable[Cause] = ()) -> Bridge:
    """Return the bridge from book to stated; movement after the cut-off is a cause like others."""
    named = tuple(causes)
    rest = stated - book
    for cause in named:
        rest -= cause.amount
    return Bridge(book, stated, named, rest)


def exact_hits(unexplained: Money, candidates: Iterable[Cause]) -> tuple[Cause, ...]:
    """Return the candidates that explain a difference to the last minor unit; none is taken."""
    return tuple(one for one in candidates if one.amount == unexplained)


@dataclass(frozen=True, slots=True)
class Variance:
    """A difference as the campaign's text carries it, with what is said and done about it.

    ``base_minor`` is the difference in the base currency, signed; it is what the approver's limit
    is held against, each line by its absolute amount. ``evidence`` are hashes in hex. ``causes``
    are its parts where it was split; ``recount`` is why somebody asks to count it again, ``owner``
    who sees to it.
    """

    customer: CustomerId
    book: Money
    base_minor: int
    stated: Money | None = None
    explained_minor: int = 0
    kinds: tuple[VarianceKind, ...] = ()
    reason: str | None = None
    action: str | None = None
    evidence: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    note: str | None = None
    owner: PersonName | None = None
    recount: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said of a line last; ``n`` is how much was said of it, from 1."""

    n: int
    variance: Variance


def variance_section(variance: Variance) -> dict[str, object]:
    """Return one row of the section ``variances``."""
    section: dict[str, object] = {
        "customer": variance.customer,
        "currency": variance.book.currency,
        "book": variance.book.minor,
        "stated": variance.stated.minor if variance.stated else None,
        "difference": variance.base_minor,
        "explained": variance.explained_minor or None,
        "kinds": sorted(kind.value for kind in variance.kinds) or None,
        "reason": variance.reason,
        "action": variance.action,
        "evidence": list(variance.evidence) or None,
        "causes": [_cause_section(one) for one in variance.causes] or None,
        "note": variance.note,
        "owner": variance.owner,
        "recount": variance.recount,
    }
    return {key: value for key, value in section.items() if value is not None}


def _cause_section(cause: Cause) -> dict[str, object]:
    section: dict[str, object] = {
        "kind": cause.kind,
        "amount": cause.amount.minor,
        "reference": cause.reference,
        "action": cause.action,
    }
    return {key: value for key, value in section.items() if value is not None}


def _cause_from(section: Mapping[str, Any], currency: str) -> Cause:
    amount = Money(section["amount"], currency)
    return Cause(section["kind"], amount, section.get("reference"), section.get("action"))


def variance_from(section: Mapping[str, Any]) -> Variance:
    """Read one row of the section ``variances``.

    Raises:
        NotCanonicalError: it is not what :func:`variance_section` writes.
    """
    try:
        currency, stated = section["currency"], section.get("stated")
        read = Variance(
            customer=CustomerId(section["customer"]),
            book=Money(section["book"], currency),
            base_minor=section["difference"],
            stated=None if stated is None else Money(stated, currency),
            explained_minor=section.get("explained", 0),
            kinds=tuple(map(VarianceKind, section.get("kinds", ()))),
            reason=section.get("reason"),
            action=section.get("action"),
            evidence=tuple(section.get("evidence", ())),
            causes=tuple(_cause_from(one, currency) for one in section.get("causes", ())),
            note=section.get("note"),
            owner=section.get("owner"),
            recount=section.get("recount"),
        )
    except (KeyError, TypeError, ValueError) as broken:
        raise NotCanonicalError(why=str(broken)) from broken
    if variance_section(read) != section:
        raise NotCanonicalError(why="variances")
    return read
