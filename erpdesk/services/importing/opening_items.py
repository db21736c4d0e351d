"""Opening items: what was open before the books began, in as a list that one document names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.opening import Opened, Opening, entry, opened
from erpdesk.domain.posting import Heading
from erpdesk.services.exchange_rates import rate_for
from erpdesk.services.importing.lists import is_set_up, post_list
from erpdesk.storage import tables as t
from erpdesk.storage.documents import Document
from erpdesk.storage.long_lists import LongList
from erpdesk.storage.unit_of_work import Company, Unit


@dataclass(frozen=True, slots=True)
class OpeningItems:
    """Posts opening items; in set-up one person may, later a second one approves."""

    company: Company

    def load(
        self, openings: Iterable[Opening], *, posting_date: date, memo: str
    ) -> Outcome[Document]:
        """Post a list of opening items on a day of an open period."""
        listed = tuple(openings)

        def work(unit: Unit) -> Document:
            unit.take_time()
            return written(unit, listed, posting_date=posting_date, memo=memo)

        return Outcome(self.company.run(work), Changes())


def written(unit: Unit, openings: Sequence[Opening], *, posting_date: date, memo: str) -> Document:
    """Write opening items as a list, and the document of it: posted, or waiting for a decision.

    Raises:
        NotAnOpeningError: an amount is not above zero.
        RateMissingError: a currency is foreign and has no rate.
    """
    rates = {
        currency: rate
        for currency in {one.amount.currency for one in openings}
        if (rate := rate_for(unit.connection, currency, posting_date)) is not None
    }
    whole = opened(openings, make_id=unit.new_id, rates=rates)
    content = {
        "entry": entry(Heading(posting_date, memo=memo), make_id=unit.new_id),
        "list": _listed(unit, whole),
        "memo": memo,
    }
    return post_list(unit, content, alone=is_set_up(unit))


def _listed(unit: Unit, whole: Opened) -> dict[str, Any]:
    listed = LongList(unit, "items")
    lines = listed.write(t.list_line, map(_line, whole.lines))
    labelled = zip(whole.items, whole.labels, strict=True)
    rows = listed.write(t.list_item, (_item(*one) for one in labelled))
    return listed.named(rows=rows, sums={"lines": lines})


def _line(row: Any) -> dict[str, Any]:
    return {
        "account": row["account"],
        "side": row["side"],
        "amount_minor": row["amount"],
        "currency": row["currency"],
        "base_minor": row["base"],
        "customer_id": row.get("customer"),
        "item_id": row.get("item"),
        "text": row.get("text"),
    }


def _item(row: Any, label: str) -> dict[str, Any]:
    return {
        "id": row["id"],
        "customer_id": row["customer"],
        "account": row["account"],
        "currency": row["currency"],
        "amount_minor": row["amount"],
        "due_date": date.fromisoformat(row["due"]),
        "label": label or None,
    }
