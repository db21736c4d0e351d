"""What a text says, as the rows it unfolds into: the same tuples that the tables hold."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = tuple[Any, ...]

PARTS = ("entry", "lines", "items", "allocations")

UNFOLDED = {
    "entry": "SELECT step_id, id, series, posting_date, document_date, origin_period, rule,"
    " reverses, identifies FROM journal_entry ORDER BY step_id",
    "lines": "SELECT e.step_id, l.line_no, l.account, l.side, l.amount_minor, l.currency,"
    " l.base_minor, l.customer_id, l.item_id, l.text FROM journal_entry e"
    " JOIN journal_line l ON l.entry_id = e.id ORDER BY e.step_id",
    "items": "SELECT e.step_id, i.id, i.customer_id, i.account, i.currency, i.original_minor,"
    " i.due_date FROM journal_entry e JOIN open_item i ON i.entry_id = e.id ORDER BY e.step_id",
    "allocations": "SELECT step_id, id, charge_id, credit_id, amount_minor, undoes"
    " FROM allocation ORDER BY step_id",
}
"""The rows of each part of a posting, in order of the step that unfolded them."""

_FIELDS = {
    "entry": "id series posting_date document_date origin_period rule reverses identifies",
    "lines": "n account side amount currency base customer item text",
    "items": "id customer account currency amount due",
    "allocations": "id charge credit amount undoes",
}
_NAMES = {part: tuple(names.split()) for part, names in _FIELDS.items()}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that a text names: which one, of what, and how many rows of each table count."""

    id: str
    what: str
    hash: str
    rows: dict[str, int]


def read(body: str | None) -> dict[str, Any]:
    """Return the value of a text; one that cannot be read has no sections.

    Whether it is the text that was approved is another check.
    """
    try:
        value = json.loads(body or "")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def section(content: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the rows of a section, none where it is missing or no list of rows."""
    rows = content.get(name, ())
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def planned(content: dict[str, Any], part: str, step: str) -> list[Row]:
    """Return the rows of a posting's part that the text itself holds, after the step's id."""
    names = _NAMES[part]
    if part == "entry":
        entry = content.get(part)
        return [(step, *map(entry.get, names))] if isinstance(entry, dict) else []
    return [(step, *map(row.get, names)) for row in section(content, part)]


def listed(content: dict[str, Any]) -> Listed | None:
    """Return the list a text names, or None."""
    named = content.get("list")
    if not isinstance(named, dict):
        return None
    rows, sums = named.get("rows", 0), named.get("sums", {})
    counted = {
        "customers": {"list_customer": rows},
        "deliveries": {"list_delivery": rows},
        "items": {"list_line": sums.get("lines", 0), "list_item": rows},
        "scope": {"list_scope": rows},
    }
    what = str(named.get("what"))
    return Listed(str(named.get("id")), what, str(named.get("hash")), counted.get(what, {}))


def plain(value: Any) -> Any:
    """Return a value of a row as texts hold it: ids and days are text there."""
    if value is None or isinstance(value, str | int):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
