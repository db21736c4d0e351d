"""Why a line differs and what may be done about it: each cause allows some treatments only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.variance import Cause, Judged, VarianceKind
from erpdesk.errors import UserError


class CauseMissingError(UserError):
    """No reason is given for a difference."""


class UnknownCauseError(UserError):
    """There is no such reason for a difference."""


class CauseDoesNotFitError(UserError):
    """This reason answers nothing that differs on the line."""


class TreatmentNotAllowedError(UserError):
    """The reason does not allow this treatment."""


class CauseSignError(UserError):
    """This reason explains a difference of the other sign."""


class PartsDoNotSumError(UserError):
    """The parts of a difference do not add up to it."""


class NeedOpenError(UserError):
    """Something else on the line differs and has no reason yet."""


class CauseProofMissingError(UserError):
    """This reason needs evidence."""


class Treatment(StrEnum):
    """What is done about a difference, or about a part of it."""

    CARRY = "carry"
    CONFIRM = "confirm"
    THEIRS = "theirs"
    VOUCHER = "voucher"
    RECEIPT = "receipt"
    ALLOCATE = "allocate"
    REVERSE = "reverse"
    DISCOUNT = "discount"
    SMALL = "small"
    CHARGE = "charge"
    MASTER = "master"
    DISPUTE = "dispute"
    LATER = "later"


T = Treatment
_MATCHED: Final = frozenset({"allocation", "receipt"})
MAKES: Final[dict[Treatment, frozenset[str]]] = {
    T.VOUCHER: frozenset({"voucher"}),
    T.RECEIPT: frozenset({"receipt"}),
    T.ALLOCATE: _MATCHED,
    T.DISCOUNT: _MATCHED,
    T.SMALL: _MATCHED,
    T.CHARGE: _MATCHED,
    T.REVERSE: frozenset({"reversal"}),
    T.MASTER: frozenset({"customer"}),
}
"""The kinds of documents of which a treatment needs one; any other treatment needs none."""


@dataclass(frozen=True, slots=True)
class CauseRule:
    """One reason: what of a line it answers and which treatments it allows.

    ``sign`` is that of the part it can explain: 1 the customer states more, −1 less, 0 either.
    ``explains`` False leaves its amount unexplained: named, but not agreed.
    """

    code: str
    treatments: tuple[Treatment, ...]
    answers: VarianceKind = VarianceKind.BALANCE
    sign: int = 0
    explains: bool = True
    needs_evidence: bool = False


_MASTER, _SEEN, _ASKED = (
    VarianceKind.MASTER_DATA,
    VarianceKind.UNVERIFIED,
    VarianceKind.UNANSWERED,
)
CAUSES: Final[tuple[CauseRule, ...]] = (
    CauseRule("unbilled", (T.CONFIRM, T.THEIRS), sign=-1),
    CauseRule("not_booked", (T.VOUCHER,), sign=1),
    CauseRule("in_transit", (T.ALLOCATE, T.RECEIPT, T.CARRY), sign=-1),
    CauseRule("timing", (T.CARRY,)),
    CauseRule("small", (T.SMALL, T.CARRY)),
    CauseRule("bank_charge", (T.CHARGE,), sign=-1),
    CauseRule("discount", (T.DISCOUNT,), sign=-1, needs_evidence=True),
    CauseRule("returned", (T.REVERSE,), sign=-1, needs_evidence=True),
    CauseRule("our_error", (T.REVERSE, T.VOUCHER)),
    CauseRule("their_error", (T.THEIRS,)),
    CauseRule("denied", (T.DISPUTE, T.REVERSE), sign=-1, explains=False, needs_evidence=True),
    CauseRule("price", (T.DISPUTE, T.REVERSE), explains=False),
    CauseRule("unanswered", (T.LATER, T.CARRY), answers=_ASKED, explains=False),
    CauseRule("master_data", (T.MASTER, T.THEIRS), answers=_MASTER),
    CauseRule("duplicate", (T.MASTER,), answers=_MASTER, needs_evidence=True),
    CauseRule("not_verified", (T.LATER, T.CARRY), answers=_SEEN),
)
"""Every reason there is, in the order in which it is offered."""

RULES: Final = {one.code: one for one in CAUSES}
SEVERAL: Final = "several"
"""The reason and the action of a difference that is split: its parts have their own."""

_SIGNS: Final = (VarianceKind.BALANCE, _ASKED, _MASTER, _SEEN)


def needs_of(found: Judged) -> tuple[VarianceKind, ...]:
    """Return what of a line asks for a reason, in the order in which it is asked."""
    return tuple(kind for kind in _SIGNS if kind in found.kinds)


def causes_for(need: VarianceKind, amount: Money | None = None) -> tuple[CauseRule, ...]:
    """Return the reasons that can answer a need; an amount leaves those of its sign."""
    return tuple(
        one for one in CAUSES if one.answers is need and _fits_sign(one, amount or _nothing())
    )


def _nothing() -> Money:
    return Money(0, "CNY")


def _fits_sign(rule: CauseRule, amount: Money) -> bool:
    return rule.sign * amount.minor >= 0


def explained_by(parts: Iterable[Cause], moved: Money) -> Money:
    """Return what of a difference is explained: later postings, and every part that explains."""
    total = moved
    for part in parts:
        rule = RULES.get(part.kind)
        if rule is not None and rule.explains:
            total += part.amount
    return total


def why_not_parts(
    found: Judged, parts: Sequence[Cause], *, has_evidence: bool = False
) -> UserError | None:
    """Return what stands against treating a line by these parts; the button asks this as well."""
    if not parts:
        return CauseMissingError()
    needs = needs_of(found)
    for part in parts:
        refusal = _why_not_part(part, needs, has_evidence=has_evidence)
        if refusal is not None:
            return refusal
    return _why_not_whole(found, parts, needs)


def _why_not_part(
    part: Cause, needs: tuple[VarianceKind, ...], *, has_evidence: bool
) -> UserError | None:
    rule = RULES.get(part.kind)
    if rule is None:
        return UnknownCauseError(cause=part.kind)
    if rule.answers not in needs:
        return CauseDoesNotFitError()
    if part.action not in rule.treatments:
        return TreatmentNotAllowedError()
    if not _fits_sign(rule, part.amount):
        return CauseSignError()
    return CauseProofMissingError() if rule.needs_evidence and not has_evidence else None


def _why_not_whole(
    found: Judged, parts: Sequence[Cause], needs: tuple[VarianceKind, ...]
) -> UserError | None:
    answered = {RULES[part.kind].answers for part in parts}
    if VarianceKind.BALANCE in answered and found.unexplained is not None:
        left = found.unexplained
        for part in parts:
            left -= part.amount
        if left.minor:
            return PartsDoNotSumError(left=left.grouped())
    return NeedOpenError() if set(needs) - answered else None
