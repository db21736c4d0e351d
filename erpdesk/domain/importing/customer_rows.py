"""Rows of a customer list: each becomes part of a customer, or is bad for a reason.

A customer may stand in several rows that say the same code and name, each with another barcode.
Codes and barcodes share one space of names: none may belong to two customers.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import partial
from itertools import pairwise, repeat
from typing import Final, NamedTuple

from typing_extensions import override

from erpdesk.domain.importing.cells import Habits, HabitsSeen, plain, said_all
from erpdesk.domain.importing.checked_cells import Checked, Trouble, read_block, readers
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.customer_cells import (
    CustomerRules,
    barcodes_in,
    customer_checks,
    with_currency,
)
from erpdesk.domain.importing.rows import (
    NOT_A_RECORD,
    BadRow,
    Block,
    Good,
    LeftOut,
    Noted,
    Other,
    Problem,
    Reason,
    Row,
    blocks,
    is_no_record,
    together,
    totals,
)
from erpdesk.domain.money import Money


class _Said(NamedTuple):
    line: int
    code: str
    name: str
    tax_id: str = ""
    contact_person: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    bank_name: str = ""
    bank_account: str = ""
    terms_days: int | None = None
    credit_limit: Money | None = None
    barcodes: tuple[str, ...] = ()
    tax_rate: Decimal | None = None
    currency: str = ""
    language: str = ""
    rows: int = 1


class CustomerRow(_Said, Good):
    """A customer as a table says it; empty texts and None are what the table does not say."""

    __slots__ = ()

    @override
    def subject(self) -> str:
        return f"{self.code}  {self.name}"


MISSING_CODE: Final = Reason("缺少客户编码", "the customer code is missing")
MISSING_NAME: Final = Reason("缺少客户名称", "the customer name is missing")
TWICE: Final = Reason("整行重复，已并为一个客户", "the row stands twice: taken once")
NONE_ABOVE: Final = Reason(
    "没有编码和名称，上面也没有可并入的客户", "neither code nor name, and no customer above to join"
)
_DETAILS: Final = tuple(
    name for name in CustomerRow._fields if name not in {"line", "code", "name", "barcodes", "rows"}
)


def _taken(code: str, line: int) -> Reason:
    return Reason(
        f"编码「{code}」已属于第 {line} 行的客户",
        f"code {code} belongs to the customer of line {line}",
    )


def _differs(line: int, kept: object) -> Reason:
    return Reason(
        f"与第 {line} 行的同一客户不一致，保留「{kept}」",
        f"not what line {line} says of the same customer: {kept} is kept",
    )


def read_customers(
    rows: Iterable[Row], columns: Columns, rules: CustomerRules | None = None
) -> Iterator[CustomerRow | Other]:
    """Yield a table's customers, and what became of all other rows.

    ``rows`` is gone through twice: first for codes that come back in distant rows and for the
    file's habits, then row by row, so that a long table is never held.
    """
    rules = rules or CustomerRules()
    repeated, habits = _survey(rows, columns)
    return _Reading(columns, rules, rules.habits.or_else(habits), repeated).read(rows)


def _survey(rows: Iterable[Row], columns: Columns) -> tuple[frozenset[int], Habits]:
    """Return the hashes of codes that come back, and how the file writes numbers."""
    codes, seen, last = array("q"), HabitsSeen(), ""
    places = {name: at[0] for name, at in columns.places.items()}
    for block in blocks(rows, columns):
        said = {
            name: said_all([row.cells[places[name]] for row in block.rows])
            for name in ("code", "barcodes", "credit_limit")
            if name in places
        }
        whole = [last, *said["code"]]
        new = [code for before, code in pairwise(whole) if code != before]
        codes.extend(map(hash, new if "".join(new).isascii() else map(plain, new)))
        last = whole[-1]
        for cell in filter(None, said.get("barcodes", ())):
            codes.extend(map(hash, barcodes_in(cell)))
        seen.numbers(set(said.get("credit_limit", ())))
    ordered = sorted(codes)
    return frozenset(a for a, b in pairwise(ordered) if a == b), seen.habits()


def _customers(rows: Sequence[Row], read: Checked) -> Iterator[CustomerRow]:
    """Return what each row of a block says of a customer."""
    unsaid = CustomerRow._field_defaults
    columns = [read.columns.get(name) or repeat(unsaid[name]) for name in CustomerRow._fields[1:]]
    lines = [row.line for row in rows]
    return map(partial(tuple.__new__, CustomerRow), zip(lines, *columns, strict=False))


class _Reading:
    """One pass over the rows; ``owners`` knows whose the codes are that come back.

    A bad row ends what rows without a code belong to (``above``), not the customer (``open``).
    """

    def __init__(
        self, columns: Columns, rules: CustomerRules, habits: Habits, repeated: frozenset[int]
    ) -> None:
        self.columns, self.rules, self.repeated = columns, rules, repeated
        self.places = {name: at[0] for name, at in columns.places.items()}
        self.readers = readers(columns, customer_checks(rules, habits, columns))
        self.owners: dict[str, tuple[str, int]] = {}
        self.held: dict[str, CustomerRow] = {}
        self.open: CustomerRow | None = None
        self.above: CustomerRow | None = None

    def read(self, rows: Iterable[Row]) -> Iterator[CustomerRow | Other]:
        """Yield customers as soon as no row further down can belong to them."""
        for block in blocks(rows, self.columns):
            yield from self._block(block)
        yield from self._closed()
        yield from self.held.values()

    def _block(self, block: Block) -> Iterator[CustomerRow | Other]:
        raws, rows, cut = block
        read = read_block(rows, self.readers)
        with_currency(read, self.rules, self.columns.title("credit_limit"))
        odd = self._odd(block, read)
        for at, one in enumerate(_customers(rows, read)):
            if at not in odd and not (self.open and self.open.code == one.code):
                yield from self._closed()
                self.open = self.above = one
                continue
            even = cut.get(one.line)
            if even and even.note:
                yield Noted(Problem(one.line, "", even.note))
            if even and even.wrong:
                yield from self._bad(raws[at], [("", even.wrong)])
            else:
                wrong, notes = read.wrong.get(at, ()), read.notes.get(at, ())
                yield from self._take(raws[at], rows[at], one, wrong, notes)

    def _odd(self, block: Block, read: Checked) -> AbstractSet[int]:
        """Return the places of all rows but those with which nothing is the matter.

        Such a row is a customer of its own, if not the one before: no other says the same code.
        """
        if block.cut:
            return set(range(len(block.rows)))
        said = enumerate(zip(read.columns["code"], read.columns["name"], strict=True))
        return (
            {at for at, (c, name) in said if not (c and name) or hash(c) in self.repeated}
            | {at for at, codes in enumerate(read.columns.get("barcodes", ())) if codes}
            | (read.wrong.keys() | read.notes.keys() | totals(block.rows))
        )

    def _take(
        self,
        raw: Row,
        row: Row,
        said: CustomerRow,
        wrong: Sequence[Trouble],
        notes: Sequence[Trouble],
    ) -> Iterator[CustomerRow | Other]:
        one = self._from_above(said)
        if is_no_record(row, lacking="" in {one.code, one.name}):
            yield LeftOut(raw.line, Problem(raw.line, "", NOT_A_RECORD))
            return
        if every := [*self._lacking(one), *wrong]:
            yield from self._bad(raw, every)
            return
        if taken := self._taken(one):
            yield from self._bad(raw, taken)
            return
        for note in notes:
            yield Noted(Problem(raw.line, *note))
        yield from self._place(one)
        self.above = self.open

    def _from_above(self, one: CustomerRow) -> CustomerRow:
        """Let a row without code and name, or without name, belong to the customer above."""
        above = self.above
        if above and one.name == "" and one.code in {"", above.code}:
            return one._replace(code=above.code, name=above.name)
        return one

    def _lacking(self, one: CustomerRow) -> list[Trouble]:
        lacking = [
            (self.columns.title(name), why)
            for name, why in (("code", MISSING_CODE), ("name", MISSING_NAME))
            if getattr(one, name) == ""
        ]
        return [("", NONE_ABOVE)] if len(lacking) == 2 else lacking

    def _bad(self, raw: Row, wrong: list[tuple[str, Reason]]) -> Iterator[CustomerRow | Other]:
        self.above = None
        yield BadRow(raw, together(raw.line, wrong))

    def _taken(self, one: CustomerRow) -> list[tuple[str, Reason]]:
        """Return which codes of a row are another customer's; claim those that are free."""
        wrong = []
        if (same := self._same_code(one)) and _comparable(same.name) != _comparable(one.name):
            wrong.append((self.columns.title("code"), _taken(one.code, same.line)))
        claims = [("code", one.code), *(("barcodes", b) for b in one.barcodes)]
        claims = [(name, code) for name, code in claims if hash(code) in self.repeated]
        for name, code in claims:
            owner = self.owners.get(code, (one.code, 0))
            if owner[0] != one.code:
                wrong.append((self.columns.title(name), _taken(code, owner[1])))
        if not wrong:
            for _, code in claims:
                self.owners.setdefault(code, (one.code, one.line))
        return wrong

    def _same_code(self, one: CustomerRow) -> CustomerRow | None:
        if self.open and self.open.code == one.code:
            return self.open
        return self.held.get(one.code)

    def _place(self, one: CustomerRow) -> Iterator[CustomerRow | Other]:
        """Join a row to its customer, or begin the next."""
        if self.open is None or self.open.code != one.code:
            yield from self._closed()
            self.open = self.held.pop(one.code, None)
        if self.open is None:
            own = one.code in one.barcodes
            self.open = one._replace(barcodes=_without(one.barcodes, one.code)) if own else one
            return
        yield from self._differences(self.open, one)
        self.open = _merged(self.open, one)

    def _differences(self, kept: CustomerRow, one: CustomerRow) -> Iterator[Noted]:
        """Tell what a further row says otherwise, or that it says nothing new."""
        same = True
        for name in _DETAILS:
            was, new = getattr(kept, name), getattr(one, name)
            if new not in {"", None} and was not in {"", None, new}:
                same = False
                why = _differs(kept.line, was.plain() if isinstance(was, Money) else was)
                yield Noted(Problem(one.line, self.columns.title(name), why))
        if same and _merged(kept, one) == kept._replace(rows=kept.rows + 1):
            yield Noted(Problem(one.line, "", TWICE))

    def _closed(self) -> tuple[CustomerRow, ...]:
        """Give out the customer that was open, unless rows further down may still belong to it."""
        one, self.open = self.open, None
        if one is None:
            return ()
        if hash(one.code) in self.repeated:
            self.held[one.code] = one
            return ()
        return (one,)


def _merged(kept: CustomerRow, one: CustomerRow) -> CustomerRow:
    empty = [n for n in _DETAILS if getattr(kept, n) in {"", None}]
    barcodes = tuple(dict.fromkeys((*kept.barcodes, *one.barcodes)))
    return kept._replace(
        barcodes=_without(barcodes, kept.code),
        rows=kept.rows + one.rows,
        **{n: getattr(one, n) for n in empty},
    )


def _without(codes: tuple[str, ...], own: str) -> tuple[str, ...]:
    return tuple(c for c in codes if c != own)


def _comparable(name: str) -> str:
    return "".join(plain(name).casefold().split())
