"""The only schema, for both engines: logs (append-only), heads (kept by triggers), set-up data.

Rows never leave the storage package; ``views`` and ``documents`` turn them into frozen values.
"""

from sqlalchemy.util import OrderedSet

from erpdesk.storage.tables.base import metadata
from erpdesk.storage.tables.counts import (
    campaign_line,
    count_event,
    line_decision,
    line_variance,
)
from erpdesk.storage.tables.customers import (
    customer,
    customer_code,
    delivery,
    delivery_use,
    list_customer,
    list_delivery,
    list_item,
    list_line,
    list_scope,
)
from erpdesk.storage.tables.documents import DECIDES as DECIDES
from erpdesk.storage.tables.documents import DECIDING as DECIDING
from erpdesk.storage.tables.documents import IN_HAND as IN_HAND
from erpdesk.storage.tables.documents import (
    audit_event,
    content,
    document,
    document_kind,
    evidence,
    evidence_blob,
    kind_section,
    paper,
    seal,
    step,
    transition_rule,
)
from erpdesk.storage.tables.ledger import (
    account,
    allocation,
    currency,
    journal_entry,
    journal_line,
    number_series,
    open_item,
    period,
    period_lock,
    period_total,
)
from erpdesk.storage.tables.people import (
    authority,
    chain_head,
    firm,
    owner_mode,
    person,
    person_key,
    policy,
    sign_in,
)

for _table in metadata.tables.values():
    # of two indexes that would do, a file takes the one made last: in all books the same one
    _table.indexes = OrderedSet(sorted(_table.indexes, key=lambda index: str(index.name)))

LOGS = (
    content, step, evidence, evidence_blob, paper, audit_event, journal_entry, journal_line,
    allocation, count_event, line_decision, line_variance, period_lock, seal, sign_in,
    authority, person_key, delivery, delivery_use, campaign_line, list_customer, list_delivery,
    list_item, list_line, list_scope,
)  # fmt: skip
"""Tables that refuse UPDATE and DELETE from anybody."""

HEADS = (
    document, open_item, chain_head, number_series, period_total, customer, customer_code,
)  # fmt: skip
"""Tables that only triggers write."""

SETTINGS = (
    transition_rule,
    kind_section,
    document_kind,
    policy,
    owner_mode,
    account,
    currency,
    period,
)
"""Data of a version, written at set-up."""

__all__ = [
    "HEADS",
    "LOGS",
    "SETTINGS",
    "account",
    "allocation",
    "audit_event",
    "authority",
    "campaign_line",
    "chain_head",
    "content",
    "count_event",
    "currency",
    "customer",
    "customer_code",
    "delivery",
    "delivery_use",
    "document",
    "document_kind",
    "evidence",
    "evidence_blob",
    "firm",
    "journal_entry",
    "journal_line",
    "kind_section",
    "line_decision",
    "line_variance",
    "list_customer",
    "list_delivery",
    "list_item",
    "list_line",
    "list_scope",
    "metadata",
    "number_series",
    "open_item",
    "owner_mode",
    "paper",
    "period",
    "period_lock",
    "period_total",
    "person",
    "person_key",
    "policy",
    "seal",
    "sign_in",
    "step",
    "transition_rule",
]
