"""What a campaign came to, as the rows of its report say it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from erpdesk.domain.codes.characters import shown
from erpdesk.domain.moments import at_desk
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.campaign import NOT_COUNTED
from erpdesk.domain.stocktake.count_line import LineDecision, LineVerb
from erpdesk.domain.stocktake.counting import CountEvent
from erpdesk.domain.stocktake.review import Standing, parts_of
from erpdesk.papers.figures import coded
from erpdesk.papers.report_view import ReportTable
from erpdesk.papers.report_words import REPORT_WORDINGS
from erpdesk.services.stocktake.campaign_board import Board
from erpdesk.services.stocktake.reviewing_board import Review, Row
from erpdesk.words import Language
from erpdesk.words.causes import CAUSES, STANDINGS, TREATMENTS
from erpdesk.words.counting import RULINGS

_EMPTY = "—"
_TOLD = frozenset({LineVerb.CHOOSE, LineVerb.RECOUNT, LineVerb.REOPEN})
_AGREED = frozenset({Standing.AGREED, Standing.CLEAR})


@dataclass(frozen=True, slots=True)
class Saying:
    """How the rows say it: the language, and the names people see by their logins."""

    language: Language
    names: dict[str, str]

    def name(self, login: str) -> str:
        """Return the name of a person."""
        return self.names.get(login, login)

    def joined(self, said: Iterable[str], *, by: Literal[":", ";"]) -> str:
        """Return parts of a sentence with a mark of the language between them."""
        mark = {":": "：", ";": "；"}[by] if self.language == "zh" else f"{by} "
        return mark.join(filter(None, said))

    def people(self, logins: Iterable[str]) -> str:
        """Return the names of people."""
        return "、".join(map(self.name, logins))


@dataclass(frozen=True, slots=True)
class Stray:
    """A scan that belonged to no line, and what was decided about it."""

    event: CountEvent
    ruling: LineDecision | None


def facts_of(board: Board, review: Review, strays: int) -> tuple[tuple[str, str], ...]:
    """Return the figures of the first page, by customers."""
    found = _by_customer(review).values()

    def count(*wanted: Standing) -> str:
        return str(sum(row.standing in wanted and not row.differs for row in found))

    return (
        ("customers", str(review.customers)),
        ("counted", str(board.counted)),
        ("coverage", percent(review.shares[0])),
        ("accuracy", percent(review.shares[1])),
        ("scans", str(board.status.scans)),
        ("agreed", count(*_AGREED)),
        ("differ", str(sum(row.differs for row in found))),
        ("not_found", count(Standing.NOT_FOUND)),
        ("deferred", count(Standing.DEFERRED)),
        ("excluded", count(Standing.EXCLUDED)),
        ("open", count(Standing.UNCOUNTED, Standing.CONFLICT)),
        ("strays", str(strays)),
    )


def _by_customer(review: Review) -> dict[str, Row]:
    """Return the line by which a customer is counted: one that differs, where there is one."""
    found: dict[str, Row] = {}
    for row in review.rows:
        if row.standing is not Standing.UNEXPECTED and (row.differs or row.key[0] not in found):
            found[row.key[0]] = row
    return found


def percent(share: Fraction | None) -> str:
    """Return a share to a tenth of a per cent, never rounded up."""
    if share is None:
        return _EMPTY
    tenths = share.numerator * 1000 // share.denominator
    return f"{tenths // 10}.{tenths % 10} %"


def tables_of(
    board: Board, review: Review, strays: Iterable[Stray], say: Saying
) -> tuple[ReportTable, ...]:
    """Return the tables of the report in order; those without rows are left out when drawn."""
    amount = _amounts(review)
    differing = tuple(row for row in review.rows if row.differs)
    return (
        _sums(review),
        _causes(differing, say),
        _people(board, say),
        _differences(differing, review, say, amount),
        _not_reached(review, say),
        _rulings(board, say),
        ReportTable(kind="strays", rows=tuple(_stray(one, say) for one in strays)),
    )


def _amounts(review: Review) -> Callable[[Money], str]:
    """Return how amounts are written: among several currencies each says its own."""
    return coded if len(review.sums) > 1 else Money.grouped


def _sums(review: Review) -> ReportTable:
    rows = (
        (one.currency, one.book.grouped(), one.off.grouped(), one.unexplained.grouped())
        for one in review.sums
    )
    return ReportTable(kind="sums", rows=tuple(rows))


def _causes(differing: tuple[Row, ...], say: Saying) -> ReportTable:
    """Sum the parts of the differences by reason, treatment and currency, never net."""
    found: dict[tuple[str, str, str], tuple[set[str], int]] = {}
    for row in differing:
        for cause, treatment, amount in _parts(row):
            key = (cause, treatment, amount.currency)
            customers, minor = found.get(key, (set(), 0))
            found[key] = (customers | {row.key[0]}, minor + abs(amount.minor))
    rows = (
        (
            *_reason(cause, treatment, say.language),
            str(len(customers)),
            currency,
            Money(minor, currency).grouped(),
        )
        for (cause, treatment, currency), (customers, minor) in sorted(found.items())
    )
    return ReportTable(kind="causes", rows=tuple(rows))


def _parts(row: Row) -> Iterable[tuple[str, str, Money]]:
    """Yield what is said of a line part by part; nothing said is one part without words."""
    if row.said is None or not row.said.reason:
        yield "", "", row.figures.difference or Money(0, row.figures.book.currency)
        return
    for part in parts_of(row.said):
        yield part.kind, part.action or "", part.amount


def _reason(cause: str, treatment: str, language: Language) -> tuple[str, str]:
    reason = CAUSES[cause].said(language, {}) if cause in CAUSES else cause or _EMPTY
    done = TREATMENTS[treatment].said(language, {}) if treatment in TREATMENTS else treatment
    return reason, done or _EMPTY


def _people(board: Board, say: Saying) -> ReportTable:
    rows = (
        (say.name(one.person), str(one.given), str(one.counted), str(one.scans))
        for one in board.tallies
    )
    return ReportTable(kind="people", rows=tuple(rows))


def _differences(
    differing: tuple[Row, ...], review: Review, say: Saying, amount: Callable[[Money], str]
) -> ReportTable:
    def money(found: Money | None) -> str:
        return _EMPTY if found is None else amount(found)

    def cells(row: Row) -> tuple[str, ...]:
        parts = (say.joined(_reason(c, t, say.language), by=":") for c, t, _ in _parts(row))
        note = row.said.note if row.said and row.said.note else ""
        figures = row.figures
        return (
            str(row.n), f"{row.code} {row.name}", amount(figures.book), money(figures.stated),
            money(figures.difference), money(figures.unexplained),
            say.joined((*parts, note), by=";"),
        )  # fmt: skip

    total = REPORT_WORDINGS[say.language].total
    totals = (
        ("", total, "", "", amount(one.off), amount(one.unexplained), "")
        for one in review.sums
        if one.off.minor
    )
    rows = tuple(cells(row) for row in differing)
    sums = tuple(_running(differing, amount))
    return ReportTable(
        kind="differences", rows=rows, totals=tuple(totals) if rows else (), sums=sums
    )


def _running(
    differing: tuple[Row, ...], amount: Callable[[Money], str]
) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield after each line the sums so far, a row a currency: absolute, never net."""
    found: dict[str, tuple[int, int]] = {}
    for row in differing:
        figures, currency = row.figures, row.figures.book.currency
        off, left = found.get(currency, (0, 0))
        off += abs(figures.difference.minor) if figures.difference else 0
        left += abs(figures.unexplained.minor) if figures.unexplained else 0
        found[currency] = off, left
        yield tuple(
            ("", "", "", "", amount(Money(one, code)), amount(Money(other, code)), "")
            for code, (one, other) in found.items()
        )


def _not_reached(review: Review, say: Saying) -> ReportTable:
    rows = (
        (
            str(row.n),
            f"{row.code} {row.name}",
            STANDINGS[row.standing.value].said(say.language, {}),
            *_ruled(row.ruling, say),
        )
        for row in _by_customer(review).values()
        if row.judged.state in NOT_COUNTED
    )
    return ReportTable(kind="not_reached", rows=tuple(rows))


def _rulings(board: Board, say: Saying) -> ReportTable:
    """Return what was decided about lines that were counted: conflicts, recounts."""
    decided = {
        one.id: (line.frozen, one)
        for line in board.status.lines
        for one in line.counted.decisions
        if one.verb in _TOLD
    }
    rows = (
        (
            str(frozen.n),
            f"{frozen.code} {frozen.name}",
            RULINGS[one.verb.value].said(say.language, {}),
            *_ruled(one, say),
        )
        for frozen, one in decided.values()
    )
    return ReportTable(kind="rulings", rows=tuple(rows))


def _ruled(ruling: LineDecision | None, say: Saying) -> tuple[str, str]:
    return (say.name(ruling.by), ruling.reason) if ruling else (_EMPTY, _EMPTY)


def _stray(stray: Stray, say: Saying) -> tuple[str, ...]:
    event, ruling = stray.event, stray.ruling
    word = RULINGS[ruling.verb.value].said(say.language, {}) if ruling else _EMPTY
    at = f"{at_desk(event.received_at):%Y-%m-%d %H:%M}"
    reason = ruling.reason if ruling else _EMPTY
    return shown(event.raw.decode("utf-8", "replace")), at, say.name(event.by), word, reason
