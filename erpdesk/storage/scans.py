"""A scan is stored by one statement, which also looks up what has to be known of it.

A server is asked once a scan: the statement is a transaction of its own. A file asks first and
appends then, in one transaction; the question is the same text. What a scan means is decided
before (what it is stored as when it is the first of its line, and what otherwise) and after (what
is shown), by the rules; the statement only says which of both it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, TextClause, text

from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.stocktake.campaign import TAKES_COUNTS, CampaignState
from erpdesk.domain.stocktake.counting import Body, CountEvent, Verified
from erpdesk.storage.counting_views import CountedBy, Named, NoSuchCampaignError
from erpdesk.storage.counts import append, body_of
from erpdesk.storage.unit_of_work import Company, Unit

_WAYS: Final = {
    "text": "SELECT customer_id FROM customer_code WHERE code = :text",
    "value": "SELECT customer_id FROM customer_code WHERE code = :value",
    "label": "SELECT id FROM customer_names WHERE n = :label",
    "line": """SELECT customer_id FROM campaign_scope WHERE campaign_id = :campaign AND n = :line
      AND EXISTS (SELECT 1 FROM counting_campaign WHERE id = :campaign AND number LIKE :sheet)""",
    "nobody": "SELECT id FROM customer_names WHERE 1 = 0",
}
"""Whose a scan may be, by each of its ways."""

_FACTS: Final = """
WITH whose AS (SELECT coalesce({whose}, NULL) AS id)
SELECT g.state AS state, EXISTS (SELECT 1 FROM count_event WHERE id = :event) AS is_stored,
  CAST(k.id AS text) AS customer, k.n AS n, k.code AS code, k.name AS name,
  EXISTS (SELECT 1 FROM campaign_scope
    WHERE campaign_id = :campaign AND customer_id = (SELECT id FROM whose)) AS in_scope,
  b.made_by AS made_by, b.received_at AS received_at, CAST(b.device_id AS text) AS device,
  b.device_seq AS device_seq
FROM counting_campaign g
LEFT JOIN customer_names k ON k.id = (SELECT id FROM whose)
LEFT JOIN counted_by b ON b.campaign_id = :campaign AND b.customer_id = (SELECT id FROM whose)
WHERE g.id = :campaign
"""
"""A row for each who counted the customer before, one row where nobody did."""

_OPEN: Final = ", ".join(f"'{state}'" for state in sorted(TAKES_COUNTS))
_STORE: Final = f"""
WITH facts AS MATERIALIZED ({_FACTS}), stored AS (
  INSERT INTO count_event (id, campaign_id, customer_id, raw, source, device_id, device_seq,
    made_by, body)
  SELECT CAST(:event AS uuid), CAST(:campaign AS uuid), CAST(customer AS uuid), :raw, :source,
    CAST(:device_id AS uuid), :device_seq, :made_by,
    CASE WHEN in_scope AND made_by IS NULL THEN :first ELSE :other END
  FROM facts WHERE state IN ({_OPEN}) AND NOT is_stored LIMIT 1)
SELECT * FROM facts
"""  # noqa: S608 - a statement of constants


@dataclass(frozen=True, slots=True)
class Ways:
    """How a scan may name a customer, in the order tried; where all is None it names nobody.

    ``text`` and ``value`` are codes, ``label`` is the number on our own label, ``line`` a line of
    the campaign whose number is ``sheet``.
    """

    text: str | None = None
    value: str | None = None
    label: int | None = None
    line: int | None = None
    sheet: int | None = None

    @property
    def used(self) -> tuple[str, ...]:
        """Return the names of the ways there are; the same code is no second way."""
        codes = ("text",) if self.text == self.value else ("text", "value")
        ways = (*codes, "label", "line")
        return tuple(name for name in ways if getattr(self, name) is not None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a scan: of its campaign, its customer, and who counted it before.

    ``is_stored`` says that the id was stored before, and that nothing was stored now.
    """

    state: CampaignState
    is_stored: bool
    customer: Named | None
    in_scope: bool
    counted: tuple[CountedBy, ...]

    @property
    def is_first(self) -> bool:
        """Say whether it is the first of its line, as the statement that stores says too."""
        return self.in_scope and not self.counted


def store_scan(
    company: Company, scan: CountEvent, ways: Ways, *, first: tuple[Verified, ...]
) -> Facts:
    """Store a scan with the customer it names, where its campaign takes counts and its id is new.

    ``first`` is what it verifies when it is the first of its line.

    Raises:
        NoSuchCampaignError: there is no such campaign that was frozen.
        RefusedError: the person is no counter, or the id is another person's.
    """
    if company.database.is_server:
        return _facts(
            scan, company.run_alone(_storing(ways.used), _values(company, scan, ways, first))
        )
    return company.run(lambda unit: _store_in_file(unit, scan, ways, first))


def _store_in_file(unit: Unit, scan: CountEvent, ways: Ways, first: tuple[Verified, ...]) -> Facts:
    facts = ask(unit.connection, scan, ways)
    if facts.state in TAKES_COUNTS and not facts.is_stored:
        append(unit, stored_as(scan, facts, first))
    return facts


def ask(connection: Connection, scan: CountEvent, ways: Ways) -> Facts:
    """Return what is known of a scan, and store nothing.

    Raises:
        NoSuchCampaignError: there is no such campaign that was frozen.
    """
    return _facts(scan, connection.execute(_asking(ways.used), _asked(scan, ways)).all())


def stored_as(scan: CountEvent, facts: Facts, first: tuple[Verified, ...]) -> CountEvent:
    """Return a scan as it is stored when these are the facts."""
    customer = facts.customer.id if facts.customer else None
    return replace(scan, customer=customer, verified=first if facts.is_first else ())


@cache
def _asking(ways: tuple[str, ...]) -> TextClause:
    return text(_FACTS.format(whose=_whose(ways)))


@cache
def _storing(ways: tuple[str, ...]) -> str:
    """Return the statement as the driver of a server takes it."""
    return re.sub(r"(?<!:):(\w+)", r"%(\1)s", _STORE.format(whose=_whose(ways)))


def _whose(ways: tuple[str, ...]) -> str:
    return ", ".join(f"({_WAYS[way]})" for way in ways or ("nobody",))


def _asked(scan: CountEvent, ways: Ways) -> dict[str, object]:
    return {
        "campaign": scan.campaign,
        "event": scan.id,
        "text": ways.text,
        "value": ways.value,
        "label": ways.label,
        "line": ways.line,
        "sheet": None if ways.sheet is None else f"%-{ways.sheet:04}",
    }


def _values(
    company: Company, scan: CountEvent, ways: Ways, first: tuple[Verified, ...]
) -> Mapping[str, object]:
    return {
        **_asked(scan, ways),
        "raw": scan.raw,
        "source": scan.source.value,
        "device_id": scan.device,
        "device_seq": scan.device_seq,
        "made_by": company.person,
        "first": body_of(Body(verified=first, reading=scan.reading)),
        "other": body_of(scan),
    }


def _facts(scan: CountEvent, rows: Sequence[Any]) -> Facts:
    if not rows:
        raise NoSuchCampaignError(reference=scan.campaign)
    state, is_stored, customer, n, code, name, in_scope = rows[0][:7]
    return Facts(
        CampaignState(state),
        bool(is_stored),
        None if customer is None else Named(CustomerId(customer), n, code, name),
        bool(in_scope),
        tuple(CountedBy(PersonName(row[7]), *row[8:]) for row in rows if row[7] is not None),
    )
