"""Approval: a second person decides about one text, within limits, and says why when refusing."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from erpdesk.domain.changes import Seen
from erpdesk.domain.ids import DocumentId, PersonName
from erpdesk.domain.people import OFFICE, Authority, Person, Role
from erpdesk.errors import UserError

REASON_LETTERS_MIN = 5
WAITING = frozenset({"submitted", "in_review"})


class WrongStateError(UserError):
    """It is not waiting for a decision."""


class NoRoleError(UserError):
    """None of your roles may decide this."""


class OwnWorkError(UserError):
    """Whoever worked on a document cannot decide on it."""


class OwnerDelayError(UserError):
    """In owner mode your own document may be approved a day after it was submitted."""


class CountedHereError(UserError):
    """Whoever counted in a campaign cannot decide on it."""


class EndorsedAlreadyError(UserError):
    """You endorsed this; the second decision belongs to somebody else."""


class OverLimitError(UserError):
    """The amount is above your limit for one document."""


class OverWindowError(UserError):
    """With what you approved lately the amount is above your limit for a day."""


class SplittingError(UserError):
    """With what was approved lately for this customer the amount is above your limit."""


class NeedsSecondPersonError(UserError):
    """An amount of this size needs the endorsement of another person first."""


class KeyMissingError(UserError):
    """Your signature key is not at hand."""


class ReasonTooShortError(UserError):
    """The reason needs at least five visible characters."""


class NobodyMayApproveError(UserError):
    """There is nobody who may approve this."""


class Verb(StrEnum):
    """What a person may decide about somebody else's document."""

    ENDORSE = "endorse"
    APPROVE = "approve"
    REJECT = "reject"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about exactly the text that was shown."""

    document_id: DocumentId
    seen: Seen
    verb: Verb
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SelfReview:
    """Owner mode in force with nobody else to ask: the document's age and the delay, in µs."""

    waited_us: int
    delay_us: int


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """What a decision about a document depends on; amounts in minor units of the base currency.

    ``made_by`` is everybody who drafted, edited, submitted, withdrew or voided; ``counted_by``
    everybody who counted in this campaign; ``endorsed_by`` the endorsers since the last submit.
    ``approved_in_window_minor`` is what this person approved in the window,
    ``approved_for_customer_minor`` what anybody did for this customer, None without a customer.
    ``key_at_hand`` says that this person can sign now; ``key_required`` that nobody decides
    without a registered key. ``posting_stopped`` is what stands against posting anything like it,
    whoever approves. ``at`` is microseconds since 1970 UTC.
    """

    state: str
    made_by: frozenset[PersonName]
    risk_minor: int
    at: int
    two_person_minor: int
    approved_in_window_minor: int = 0
    approved_for_customer_minor: int | None = None
    counted_by: frozenset[PersonName] = frozenset()
    endorsed_by: frozenset[PersonName] = frozenset()
    roles: frozenset[Role] = OFFICE
    four_eyes: bool = True
    limited: bool = True
    key_at_hand: bool = True
    key_required: bool = False
    self_review: SelfReview | None = None
    posting_stopped: UserError | None = None


def has_reason(text: str | None) -> bool:
    """Say whether a reason has the five visible characters that make it one."""
    visible = sum(unicodedata.category(letter)[0] not in "CZ" for letter in text or "")
    return visible >= REASON_LETTERS_MIN


def why_not_reason(text: str | None) -> UserError | None:
    """Return what stands against a text as a reason."""
    return None if has_reason(text) else ReasonTooShortError(least=REASON_LETTERS_MIN)


def worked_on(facts: ApprovalFacts, name: PersonName) -> bool:
    """Say whether a person had a hand in what is to be decided."""
    return name in facts.made_by | facts.counted_by | facts.endorsed_by


def why_not_approve(facts: ApprovalFacts, by: Person) -> UserError | None:
    """Return what stands against approval; the button asks this and so does the service."""
    return (
        _why_not_act(facts, by, WAITING)
        or _why_not_sign(facts, by)
        or _why_not_amount(facts, _authorities(facts, by))
        or _why_not_first(facts, by)
        or facts.posting_stopped
    )


def why_not_endorse(facts: ApprovalFacts, by: Person) -> UserError | None:
    """Return what stands against being the first of two who approve."""
    return _why_not_act(facts, by, frozenset({"submitted"})) or _why_not_sign(facts, by)


def why_not_reject(facts: ApprovalFacts, by: Person, *, reason: str | None) -> UserError | None:
    """Return what stands against rejecting a document or returning it to its maker."""
    return _why_not_act(facts, by, WAITING) or why_not_reason(reason)


def why_not_decide(facts: ApprovalFacts, by: Person, decision: Decision) -> UserError | None:
    """Return what stands against a decision, whichever it is."""
    if decision.verb is Verb.APPROVE:
        return why_not_approve(facts, by)
    if decision.verb is Verb.ENDORSE:
        return why_not_endorse(facts, by)
    return why_not_reject(facts, by, reason=decision.reason)


def why_not_ask(facts: ApprovalFacts, people: Iterable[Person]) -> UserError | None:
    """Return why a document cannot be submitted: nobody may approve it, or no second person.

    Sums of the window change by the hour, so only the roles and the single limit are asked.
    """
    able = [by for by in people if _authorities(facts, by) and not worked_on(facts, by.name)]
    final = [by for by in able if _within_limit(facts, _authorities(facts, by))]
    needed = 2 if _needs_two(facts) else 1
    if facts.self_review or (final and len(able) >= needed):
        return None
    return NobodyMayApproveError(risk=facts.risk_minor, needed=needed, able=len(able))


def _why_not_act(facts: ApprovalFacts, by: Person, states: frozenset[str]) -> UserError | None:
    if facts.state not in states:
        return WrongStateError(state=facts.state)
    is_theirs = facts.four_eyes and worked_on(facts, by.name)
    if is_theirs and facts.self_review is None:  # no role would change that
        return _whose_hand(facts, by.name)
    if not _authorities(facts, by):
        return NoRoleError(roles=sorted(facts.roles))
    return _why_not_yet(facts.self_review) if is_theirs and facts.self_review else None


def _why_not_yet(own: SelfReview) -> UserError | None:
    if own.waited_us >= own.delay_us:
        return None
    return OwnerDelayError(wait_us=own.delay_us - own.waited_us)


def _whose_hand(facts: ApprovalFacts, name: PersonName) -> UserError:
    if name in facts.made_by:
        return OwnWorkError()
    return CountedHereError() if name in facts.counted_by else EndorsedAlreadyError()


def _why_not_sign(facts: ApprovalFacts, by: Person) -> UserError | None:
    if by.public_key is None:
        return KeyMissingError(person=by.name) if facts.key_required else None
    return None if facts.key_at_hand else KeyMissingError(person=by.name)


def _why_not_amount(facts: ApprovalFacts, rows: tuple[Authority, ...]) -> UserError | None:
    if not facts.limited:
        return None
    limit = max(row.limit_minor for row in rows)
    window = max(row.window_minor for row in rows)
    if facts.risk_minor > limit:
        return OverLimitError(risk=facts.risk_minor, limit=limit)
    if (total := facts.risk_minor + facts.approved_in_window_minor) > window:
        return OverWindowError(total=total, limit=window)
    if facts.approved_for_customer_minor is None:
        return None
    total = facts.risk_minor + facts.approved_for_customer_minor
    return SplittingError(total=total, limit=limit) if total > limit else None


def _why_not_first(facts: ApprovalFacts, by: Person) -> UserError | None:
    reviewed = facts.four_eyes and worked_on(facts, by.name)
    if facts.state != "submitted" or reviewed or not _needs_two(facts):
        return None
    return NeedsSecondPersonError(risk=facts.risk_minor, above=facts.two_person_minor)


def _needs_two(facts: ApprovalFacts) -> bool:
    return facts.limited and facts.risk_minor > facts.two_person_minor


def _authorities(facts: ApprovalFacts, by: Person) -> tuple[Authority, ...]:
    return tuple(row for row in by.in_force(at=facts.at) if row.role in facts.roles)


def _within_limit(facts: ApprovalFacts, rows: tuple[Authority, ...]) -> bool:
    return not facts.limited or any(facts.risk_minor <= row.limit_minor for row in rows)
