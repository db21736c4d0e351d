"""What leaves for other programs: the journal, and the lines of a campaign."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from erpdesk.domain.stocktake.blind import plain_state, withholds
from erpdesk.domain.stocktake.review import figures_of, is_about, parts_of
from erpdesk.domain.stocktake.variance import Variance
from erpdesk.files.journal_export import JournalRow, write_journal
from erpdesk.files.safe_cells import write_rows
from erpdesk.services.stocktake.campaign_status import Line, Status, state_of
from erpdesk.services.stocktake.campaign_watch import Tell, telling
from erpdesk.services.stocktake.said import said_in
from erpdesk.storage import customers, ledger
from erpdesk.storage.audit import record_audit
from erpdesk.storage.database import Connection
from erpdesk.storage.ledger import EntryRow, LineRow
from erpdesk.storage.unit_of_work import Company
from erpdesk.words import Language
from erpdesk.words.causes import CAUSES, TREATMENTS
from erpdesk.words.counting import LINE_STATES

_AT_ONCE: Final = 1000


@dataclass(frozen=True, slots=True)
class Exporting:
    """Writes files; every export is recorded with who took it."""

    company: Company

    def journal(self, path: Path) -> int:
        """Write every posted line (.csv, .xlsx or .beancount); return how many there are.

        Raises:
            FileNotWrittenError: another ending, a full disk, a folder that may not be written to.
        """
        rows = list(self._journal())
        write_journal(path, rows)
        self._record("export journal", path, len(rows))
        return len(rows)

    def _journal(self) -> Iterator[JournalRow]:
        with self.company.database.reading() as connection:
            known = {row.id: row for row in customers.every(connection)}
            entries = list(ledger.entries(connection))
            labels = {entry.id: entry.label for entry in entries}
            for entry, lines in _with_lines(connection, entries):
                for line in lines:
                    owner = known.get(line.customer_id or "")
                    yield JournalRow(
                        entry=entry.label,
                        posting_date=entry.posting_date,
                        document=entry.document_number,
                        rule=entry.rule,
                        line_no=line.line_no,
                        account=line.account,
                        account_name=line.account_name,
                        side=line.side,
                        amount_minor=line.amount_minor,
                        currency=line.currency,
                        base_minor=line.base_minor,
                        customer_code=owner.code if owner else "",
                        customer_name=owner.name if owner else "",
                        item=line.item_id or "",
                        text=line.text or "",
                        reverses=labels.get(entry.reverses or "", ""),
                    )

    def campaign(
        self, status: Status, path: Path, *, language: Language, tell: Tell | None = None
    ) -> int:
        """Write the lines of a campaign to a spreadsheet; return how many there are.

        ``tell`` is told how many were written; what it raises ends that, and no file is left.
        """
        chinese = language == "zh"
        header = HEADER_ZH if chinese else HEADER_EN
        hidden = withholds(blind=bool(status.plan.blind), state=state_of(status.document))
        with self.company.database.reading() as connection:
            kept = said_in(connection, status.document)

        def said(line: Line) -> Variance | None:
            known = kept.get((line.frozen.customer_id, line.frozen.currency))
            return known.variance if known and is_about(known.variance, line.judged) else None

        number = len(status.lines)
        lines = telling(tell, number)(status.lines)
        rows = (_campaign_row(line, said(line), language, hidden=hidden) for line in lines)
        write_rows(path, header, rows)
        self._record("export campaign", path, number)
        return number

    def _record(self, what: str, path: Path, rows: int) -> None:
        detail = f"{path.name} {rows}"
        self.company.run(lambda unit: record_audit(unit, what, detail))


def _with_lines(
    connection: Connection, entries: Sequence[EntryRow]
) -> Iterator[tuple[EntryRow, Sequence[LineRow]]]:
    """Yield entries with their lines, which are looked up for many at once."""
    for at in range(0, len(entries), _AT_ONCE):
        some = entries[at : at + _AT_ONCE]
        lines = ledger.lines_by_entry(connection, [entry.id for entry in some])
        yield from ((entry, lines[entry.id]) for entry in some)


HEADER_ZH = (
    "序", "编码", "客户", "币种", "状态", "账面数", "自述余额", "差异", "未解释", "盘点员",
    "原因", "处理", "备注",
)  # fmt: skip
HEADER_EN = (
    "No.", "Code", "Customer", "Currency", "State", "Book", "Stated", "Difference", "Unexplained",
    "Counted by", "Reason", "Treatment", "Note",
)  # fmt: skip


def _campaign_row(
    line: Line, said: Variance | None, language: Language, *, hidden: bool
) -> tuple[str | int | Decimal, ...]:
    judged = line.judged
    found = figures_of(judged, said)
    figures = (found.book, found.stated, found.difference, found.unexplained)
    shown = ["" if money is None else Decimal(money.plain()) for money in figures]
    state = judged.state
    if hidden:
        shown, state = ["", shown[1], "", ""], plain_state(state)
    return (
        line.frozen.n,
        line.frozen.code,
        line.frozen.name,
        line.frozen.currency,
        LINE_STATES[state.value].said(language, {}),
        *shown,
        "、".join(sorted(line.counted.counters)),
        *_words(said, language),
    )


def _words(said: Variance | None, language: Language) -> tuple[str, str, str]:
    """Return why a line differs, what is done about it, and the note; each part of a split one."""
    if said is None:
        return "", "", ""
    parts = parts_of(said)
    named = (CAUSES[part.kind].said(language, {}) for part in parts if part.kind in CAUSES)
    actions = (part.action for part in parts)
    done = (TREATMENTS[one].said(language, {}) for one in actions if one in TREATMENTS)
    return "、".join(named), "、".join(done), said.note or ""
