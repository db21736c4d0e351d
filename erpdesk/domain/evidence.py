"""Evidence: what shows that a claim exists, how strong it is, and what an amount asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from erpdesk.domain.money import Money


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """A kind of evidence; ``strength`` orders kinds, the stronger the higher."""

    code: str
    name_zh: str
    name_en: str
    strength: int


KINDS: Final = (
    EvidenceKind("acceptance", "签收单", "signed delivery note", 70),
    EvidenceKind("delivery_note", "送货单", "delivery note", 60),
    EvidenceKind("contract", "合同", "contract", 50),
    EvidenceKind("order", "订单", "order", 40),
    EvidenceKind("bank_slip", "银行回单", "bank slip", 40),
    EvidenceKind("reply", "回函", "confirmation reply", 40),
    EvidenceKind("chat", "聊天记录", "chat", 20),
    EvidenceKind("photo", "照片", "photo", 10),
    EvidenceKind("other", "其他", "other", 0),
)
"""Every kind, strongest first."""

KIND_OF: Final = MappingProxyType({kind.code: kind for kind in KINDS})


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stored file named by the SHA-256 of its bytes (lower-case hex), and what it is."""

    hash: str
    kind: str


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """What amounts up to a limit ask for: of every group one kind.

    ``up_to`` is in minor units of the base currency; None is without end.
    """

    up_to: int | None
    groups: tuple[frozenset[str], ...]


ANY: Final = frozenset(KIND_OF)
POLICY: Final = (
    EvidenceRule(1_000_00, (ANY,)),
    EvidenceRule(50_000_00, (frozenset({"acceptance", "delivery_note", "contract"}),)),
    EvidenceRule(None, (frozenset({"contract", "order"}), frozenset({"acceptance"}))),
)
"""What is asked of a voucher by default, smallest amounts first."""


def lacking(
    amount: Money, evidence: Iterable[Evidence], policy: Sequence[EvidenceRule] = POLICY
) -> tuple[tuple[str, ...], ...]:
    """Return the groups nothing is there for, each with its kinds, strongest first."""
    has = {one.kind for one in evidence}
    rule = next(r for r in policy if r.up_to is None or abs(amount.minor) <= r.up_to)
    return tuple(_ordered(group) for group in rule.groups if not group & has)


def _ordered(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: (-KIND_OF[code].strength, code)))


def strength(evidence: Iterable[Evidence]) -> int:
    """Return the strength of the strongest piece, 0 without any."""
    known = (KIND_OF.get(one.kind) for one in evidence)
    return max((kind.strength for kind in known if kind is not None), default=0)


def evidence_of(text: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """Return the evidence that a text names."""
    return tuple(Evidence(one["hash"], one["kind"]) for one in text.get("evidence", ()))


def rows(evidence: Iterable[Evidence]) -> list[dict[str, str]]:
    """Return the evidence as a text lists it, each file once."""
    return [{"hash": one.hash, "kind": one.kind} for one in dict.fromkeys(evidence)]
