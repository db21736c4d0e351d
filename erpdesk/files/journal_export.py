"""The journal for other programs: as CSV, as XLSX, or as a beancount file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from erpdesk.domain.money import decimals_of
from erpdesk.files.atomic import replacing
from erpdesk.files.beancount_text import DEFAULT_ROOTS, Posting, Roots, write_beancount
from erpdesk.files.safe_cells import Value, write_rows

HEADER: Final = (
    "凭证号 entry",
    "记账日期 posting_date",
    "单据 document",
    "分录规则 rule",
    "行 line",
    "科目 account",
    "科目名称 account_name",
    "借贷 side",
    "金额 amount",
    "币种 currency",
    "本位币金额 base_amount",
    "本位币 base_currency",
    "客户编码 customer_code",
    "客户名称 customer_name",
    "未清项 item",
    "摘要 text",
    "冲销凭证号 reverses",
)


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One line of one posted entry; a red line has a negative amount on the side it reverses.

    ``side`` is 1 for debit (借) and -1 for credit (贷); amounts are whole minor units. The lines of
    an entry follow one another.
    """

    entry: str
    posting_date: date
    document: str
    rule: str
    line_no: int
    account: str
    account_name: str
    side: int
    amount_minor: int
    currency: str
    base_minor: int
    customer_code: str = ""
    customer_name: str = ""
    item: str = ""
    text: str = ""
    reverses: str = ""


def write_journal(
    path: Path,
    entries: Iterable[JournalRow],
    *,
    base_currency: str = "CNY",
    roots: Roots = DEFAULT_ROOTS,
) -> None:
    """Write the lines as the ending says: .csv, .xlsx or .beancount; whole or not at all.

    Raises:
        FileNotWrittenError: another ending, a full disk, a folder that may not be written to.
    """
    if path.suffix.lower() == ".beancount":
        with replacing(path) as fresh:
            postings = (_posting(row, base_currency) for row in entries)
            write_beancount(fresh, postings, base_currency=base_currency, roots=roots)
    else:
        write_rows(path, HEADER, (_cells(row, base_currency) for row in entries))


def _cells(row: JournalRow, base_currency: str) -> tuple[Value, ...]:
    return (
        row.entry,
        row.posting_date,
        row.document,
        row.rule,
        row.line_no,
        row.account,
        row.account_name,
        "借" if row.side > 0 else "贷",
        _major(row.amount_minor, row.currency),
        row.currency,
        _major(row.base_minor, base_currency),
        base_currency,
        row.customer_code,
        row.customer_name,
        row.item,
        row.text,
        row.reverses,
    )


def _major(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-decimals_of(currency))


def _posting(row: JournalRow, base_currency: str) -> Posting:
    return Posting(
        entry=row.entry,
        day=row.posting_date,
        rule=row.rule,
        account=row.account,
        account_name=row.account_name,
        customer=row.customer_code,
        amount=_major(row.amount_minor * row.side, row.currency),
        currency=row.currency,
        base=_major(row.base_minor * row.side, base_currency),
        about={"document": row.document, "reverses": row.reverses},
        notes={
            "side": "debit" if row.side > 0 else "credit",
            "customer": row.customer_code,
            "customer-name": row.customer_name,
            "item": row.item,
            "text": row.text,
        },
    )
