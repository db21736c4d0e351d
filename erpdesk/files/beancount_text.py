"""A journal in the language of beancount, so that another program can add everything up again.

An account is its class, its code and the code of its customer: ``Assets:1122-02:C-A01``. Debit is
positive. A foreign amount carries its total in base currency (``@@``), so entries balance in base.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import IO, Final

Roots = tuple[tuple[str, str], ...]
"""(beginning of an account code, class in beancount); the longest beginning counts."""

DEFAULT_ROOTS: Final[Roots] = (
    ("1", "Assets"),
    ("2", "Liabilities"),
    ("3", "Equity"),
    ("4", "Equity"),
    ("5", "Expenses"),
    ("6", "Expenses"),
    ("60", "Income"),
    ("61", "Income"),
    ("62", "Income"),
    ("63", "Income"),
    ("", "Equity"),
)
"""The classes of a PRC chart; revenue is 6001 to 6399, what is spent 6401 to 6999."""

_BETWEEN_CODES: Final = re.compile(r"[^A-Za-z0-9]")
_DOTTED: Final = re.compile(r"\d+(?:\.\d+)*", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029\ud800-\udfff]")
_TEXT_MAX: Final = 2_000


@dataclass(frozen=True, slots=True)
class Posting:
    """One line, debit positive; ``about`` is told of the entry, ``notes`` of the line."""

    entry: str
    day: date
    rule: str
    account: str
    account_name: str
    customer: str
    amount: Decimal
    currency: str
    base: Decimal
    about: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def write_beancount(
    path: Path, postings: Iterable[Posting], *, base_currency: str, roots: Roots = DEFAULT_ROOTS
) -> None:
    """Write entries as they come, and the accounts they used at the end."""
    opened: dict[str, str] = {}
    first = date.max
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('option "title" "erpdesk"\n')
        file.write(f'option "operating_currency" "{base_currency}"\n')
        for _, lines in groupby(postings, key=lambda p: (p.entry, p.day)):
            entry = list(lines)
            first = min(first, entry[0].day)
            _write_entry(file, entry, opened, base_currency, roots)
        file.write("\n")
        for account, name in sorted(opened.items()):
            file.write(f"{first} open {account}\n  name: {quoted(name)}\n")


def _write_entry(
    file: IO[str],
    entry: list[Posting],
    opened: dict[str, str],
    base_currency: str,
    roots: Roots,
) -> None:
    head = entry[0]
    file.write(f"\n{head.day} * {quoted(head.entry)} {quoted(head.rule)}\n")
    file.writelines(_notes(head.about, "  "))
    for posting in entry:
        account = account_name(posting.account, posting.customer, roots)
        opened.setdefault(account, posting.account_name)
        for amount in _amounts(posting, base_currency):
            file.write(f"  {account}  {amount}\n")
            file.writelines(_notes(posting.notes, "    "))


def _notes(notes: Mapping[str, str], indent: str) -> Iterator[str]:
    return (f"{indent}{key}: {quoted(text)}\n" for key, text in notes.items() if text)


def _amounts(posting: Posting, base_currency: str) -> Iterator[str]:
    """Yield the amount with its base; what no price can say goes in base currency on its own."""
    amount, base = posting.amount, posting.base
    if posting.currency == base_currency:
        yield f"{base:f} {base_currency}"
    elif amount * base > 0:
        yield f"{amount:f} {posting.currency} @@ {abs(base):f} {base_currency}"
    else:
        if amount:
            yield f"{amount:f} {posting.currency} @@ 0 {base_currency}"
        if base or not amount:
            yield f"{base:f} {base_currency}"


def account_name(account: str, customer: str = "", roots: Roots = DEFAULT_ROOTS) -> str:
    """Return an account in beancount's spelling; two codes never become one."""
    root = max(((b, r) for b, r in roots if account.startswith(b)), key=lambda pair: len(pair[0]))[
        1
    ]
    code = account.replace(".", "-") if _DOTTED.fullmatch(account) else f"X-{_spelled(account)}"
    return f"{root}:{code}:C-{_spelled(customer)}" if customer else f"{root}:{code}"


def _spelled(code: str) -> str:
    """Keep letters and digits; anything else becomes its number between hyphens."""
    return _BETWEEN_CODES.sub(lambda m: f"-{ord(m[0]):X}-", code)


def quoted(text: str) -> str:
    """Return a text as a string of beancount, whatever it holds, on one line."""
    text = _CONTROL.sub(" ", text[:_TEXT_MAX])
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
