"""The questions of the rules, by code and by what is found, read from ``checks.sql``."""

import re
from functools import cache
from importlib.resources import files

_WITHIN = (
    "CASE WHEN sum(CASE WHEN l.entry_id = e.id THEN l.{c} ELSE 0 END) >= 0"
    " THEN sum(l.{c}) BETWEEN 0 AND sum(CASE WHEN l.entry_id = e.id THEN l.{c} ELSE 0 END)"
    " ELSE sum(l.{c}) BETWEEN sum(CASE WHEN l.entry_id = e.id THEN l.{c} ELSE 0 END) AND 0 END"
)

LABELS = {
    "[entry]": "e.series || '字 ' || replace(e.period, '-', '') || '-' || e.number",
    "[document]": "coalesce(d.number, CAST(d.id AS text))",
    "[item]": "coalesce(i.label, d.number, CAST(i.id AS text))",
    "[of item]": "LEFT JOIN journal_entry e ON e.id = i.entry_id"
    " LEFT JOIN document d ON d.id = e.document_id",
    "[base within]": _WITHIN.format(c="base_minor"),
    "[amount within]": _WITHIN.format(c="amount_minor"),
}
"""What questions abbreviate: how an entry, document or item is called; longer conditions."""

_QUESTION = re.compile(r"^-- ([A-Z]\d*) (\w+)\n(.*?);$", re.DOTALL | re.MULTILINE)


def spelled(statement: str) -> str:
    """Return a question with its abbreviations written out."""
    for short, long in LABELS.items():
        statement = statement.replace(short, long)
    return statement


@cache
def questions() -> dict[str, dict[str, str]]:
    """Return the questions of every rule."""
    script = files("erpdesk.storage").joinpath("checks.sql").read_text("utf-8")
    found: dict[str, dict[str, str]] = {}
    for code, what, statement in _QUESTION.findall(script):
        found.setdefault(code, {})[what] = statement
    return found
