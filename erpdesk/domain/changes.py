"""What a reader saw and what a change touched: the two small values that go down and come up."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen:
    """The state of a document somebody looked at: its step number and the hash of its text."""

    seq: int
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids that one action touched; pages that show one of them look again."""

    documents: frozenset[str] = field(default_factory=frozenset)
    customers: frozenset[str] = field(default_factory=frozenset)
    open_items: frozenset[str] = field(default_factory=frozenset)
    campaigns: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What an action answers, and what it touched."""

    value: T
    changes: Changes
