"""A ledger by the seeded generator: the rows that the guards would have written, none through them.

A round is a voucher of three instalments, the money for it, and what brings both together: eleven
lines, four open items, twelve steps. The last rounds are not brought together: that stays open.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from erpdesk.domain.content import ZERO_HASH, canonical, content_hash, record_hash
from erpdesk.storage.documents import STEP_FIELDS

LINES_A_ROUND: Final = 11
OPEN_SHARE: Final = 0.08
OFTEN_SHARE: Final = 0.05
"""The first customer has so much of all lines."""

YEAR_US: Final = 365 * 86_400_000_000
MARKS: Final = {"voucher": "临", "receipt": "收", "allocation": "核"}
SERIES: Final = {"voucher": "记", "receipt": "收", "allocation": "转"}
RULES: Final = {"voucher": "P1a/1", "receipt": "P3/1", "allocation": "P4/1"}
TAKEN: Final = {
    "draft": ("none", "draft"),
    "submit": ("draft", "submitted"),
    "approve": ("submitted", "approved"),
    "allocate": ("submitted", "approved"),
    "post": ("approved", "posted"),
}
"""The states each verb leads from and to."""

Put = Callable[[str, tuple[Any, ...]], None]
"""Takes a row of a table, in the order of ``COLUMNS``."""

COLUMNS: Final = {
    "content": "hash body",
    "document": "id kind state seq content_hash step_hash made_by made_at number customer_id",
    "step": "id document_id seq kind verb from_state to_state content_hash reason signature made_by"
    " made_at self_review risk actor_seq actor_prev document_prev hash",
    "journal_entry": "id document_id content_hash series period number posting_date rule step_id"
    " posted_at",
    "open_item": "id customer_id account currency original_minor due_date entry_id open_minor"
    " version",
    "journal_line": "entry_id line_no account side amount_minor currency base_minor customer_id"
    " item_id",
    "allocation": "id charge_id credit_id amount_minor step_id",
}


@dataclass(frozen=True, slots=True)
class Crew:
    """Who makes vouchers and brings together, who takes the money, who approves."""

    maker: str
    cashier: str
    approver: str


@dataclass
class Ledger:
    """Writes rounds in the order in which they happened, a year up to ``until_us``."""

    customers: Sequence[str]
    crew: Crew
    until_us: int
    put: Put
    seed: int = 1
    heads: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    totals: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    """By month, series and account: the last number, debit and credit."""

    def write(self, lines: int) -> None:
        """Write rounds of so many lines together; then the heads, numbers and totals stand."""
        self._chance = random.Random(self.seed)  # noqa: S311 - no secret
        rounds = max(1, lines // LINES_A_ROUND)
        self._pace_us = YEAR_US // (rounds * 12)
        self._now_us = self.until_us - YEAR_US
        closed = rounds - int(rounds * OPEN_SHARE)
        for n in range(rounds):
            self._round(is_closed=n < closed)

    def _round(self, *, is_closed: bool) -> None:
        chance = self._chance
        often = chance.random() < OFTEN_SHARE
        customer = self.customers[0 if often else chance.randrange(len(self.customers))]
        parts = [chance.randrange(100_00, 9_000_00) for _ in range(3)]
        charges = [self._item(customer, "1122.02", part) for part in parts]
        credit = self._item(customer, "2203", -sum(parts))
        left = 0 if is_closed else 1
        self._voucher(customer, charges, left)
        self._receipt(customer, credit, left)
        if is_closed:
            self._allocation(customer, charges, credit)

    def _item(self, customer: str, account: str, amount: int) -> dict[str, Any]:
        due = self._day() + timedelta(days=self._chance.randrange(-20, 60))
        return {
            "id": self._id(), "customer": customer, "account": account, "currency": "CNY",
            "amount": amount, "due": due.isoformat(),
        }  # fmt: skip

    def _voucher(self, customer: str, charges: list[dict[str, Any]], left: int) -> None:
        total = sum(item["amount"] for item in charges)
        tax = total - round(total / 1.13)
        lines = [
            *(_line(n, "1122.02", 1, one["amount"], one) for n, one in enumerate(charges, 1)),
            _line(4, "6001", -1, total - tax), _line(5, "2221.02", -1, tax),
        ]  # fmt: skip
        text = {"customer": customer, "items": charges, "lines": lines, "memo": "分三期"}
        self._document("voucher", text, self.crew.approver, "approve", left)

    def _receipt(self, customer: str, credit: dict[str, Any], left: int) -> None:
        amount = -credit["amount"]
        lines = [_line(1, "1002", 1, amount), _line(2, "2203", -1, amount, credit)]
        text = {"customer": customer, "items": [credit], "lines": lines}
        self._document("receipt", text, self.crew.approver, "approve", left)

    def _allocation(
        self, customer: str, charges: list[dict[str, Any]], credit: dict[str, Any]
    ) -> None:
        links = [
            {
                "id": self._id(), "charge": one["id"], "charge_version": 1, "credit": credit["id"],
                "credit_version": 1, "amount": one["amount"],
            }
            for one in charges
        ]  # fmt: skip
        lines = [
            _line(1, "2203", 1, -credit["amount"], credit),
            *(_line(n, "1122.02", -1, one["amount"], one) for n, one in enumerate(charges, 2)),
        ]
        text = {"customer": customer, "allocations": links, "lines": lines}
        self._document("allocation", text, self.crew.maker, "allocate", 0)

    def _document(
        self, kind: str, text: dict[str, Any], decider: str, verb: str, left: int
    ) -> None:
        document, entry, day = self._id(), self._id(), self._day().isoformat()
        head = {"id": entry, "series": SERIES[kind], "posting_date": day, "rule": RULES[kind]}
        body = canonical({**text, "document": document, "kind": kind, "entry": head})
        name, maker = content_hash(body), self._maker(kind)
        self.put("content", (name, body))
        by = ((maker, "draft"), (maker, "submit"), (decider, verb), (decider, "post"))
        risk, begun_us = _risk(text), self._now_us + self._pace_us
        prev = step = (ZERO_HASH, "", 0)
        for seq, (person, taken) in enumerate(by, 1):
            step = self._step((document, seq, kind, taken, name, person, risk), prev[0])
            prev = step
        number = self._next(f"doc:{MARKS[kind]}", day[:7])
        shown = f"{MARKS[kind]}-{day[:7].replace('-', '')}-{number:04d}"
        customer = text["customer"]
        self.put(
            "document",
            (document, kind, "posted", 4, name, step[0], maker, begun_us, shown, customer),
        )
        voucher = self._next(SERIES[kind], day[:7])
        self.put(
            "journal_entry",
            (entry, document, name, SERIES[kind], day[:7], voucher, day, RULES[kind], *step[1:]),
        )
        self._unfold(text, entry, step[1], left)
        for line in text["lines"]:
            key = day[:7], SERIES[kind], line["account"]
            total = self.totals.setdefault(key, [0, 0, 0])
            total[0] = voucher
            total[1 if line["side"] == 1 else 2] += line["base"]

    def _maker(self, kind: str) -> str:
        return self.crew.cashier if kind == "receipt" else self.crew.maker

    def _step(self, what: tuple[Any, ...], document_prev: bytes) -> tuple[bytes, str, int]:
        document, seq, kind, verb, name, person, risk = what
        self._now_us += self._pace_us
        actor_seq, actor_prev = self.heads.get(person, (0, ZERO_HASH))
        step_id = self._id()
        row = (
            step_id, document, seq, kind, verb, *TAKEN[verb], name, None, None, person,
            self._now_us, 0, risk, actor_seq + 1, actor_prev, document_prev,
        )  # fmt: skip
        assert len(row) == len(STEP_FIELDS)
        digest = record_hash("erpdesk.step.1", row)
        self.heads[person] = (actor_seq + 1, digest)
        self.put("step", (*row, digest))
        return digest, step_id, self._now_us

    def _unfold(self, text: Mapping[str, Any], entry: str, step: str, left: int) -> None:
        for one in text.get("items", ()):
            amount = one["amount"]
            self.put(
                "open_item",
                (one["id"], one["customer"], one["account"], "CNY", amount, one["due"], entry,
                 amount * left, 2 - left),
            )  # fmt: skip
        for one in text["lines"]:
            self.put(
                "journal_line",
                (entry, one["n"], one["account"], one["side"], one["amount"], "CNY", one["base"],
                 one.get("customer"), one.get("item")),
            )  # fmt: skip
        for one in text.get("allocations", ()):
            self.put("allocation", (one["id"], one["charge"], one["credit"], one["amount"], step))

    def _next(self, series: str, month: str) -> int:
        key = series, month
        self.numbers[key] = self.numbers.get(key, 0) + 1
        return self.numbers[key]

    def _day(self) -> Any:
        return datetime.fromtimestamp(self._now_us / 1_000_000, UTC).date()

    def _id(self) -> str:
        low = self._chance.getrandbits(74)
        digits = f"{self._now_us // 1000:012x}7{low >> 62:03x}{(low >> 60) & 3 | 8:x}"
        digits += f"{low & (1 << 60) - 1:015x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _line(
    n: int, account: str, side: int, amount: int, item: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    line = {"n": n, "account": account, "side": side, "amount": amount, "base": amount}
    line |= {"currency": "CNY"}
    return line | ({"customer": item["customer"], "item": item["id"]} if item else {})


def _risk(text: Mapping[str, Any]) -> int:
    lines = sum(abs(line["base"]) for line in text["lines"])
    allocated = sum(abs(link["amount"]) for link in text.get("allocations", ()))
    return int(max((lines + 1) // 2, allocated))
