"""The amount at risk of documents, each with all that is decided with it; many are read at once."""

from collections.abc import Iterable, Iterator

from erpdesk.domain.entry_rules import risk_minor
from erpdesk.services.bundles import Part, named_parts, parts_of_each
from erpdesk.storage import long_lists
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document


def whole_risks(connection: Connection, documents: Iterable[Document]) -> dict[str, int]:
    """Return the amounts at risk, in base minor units, by document; no text is kept in memory.

    Raises:
        BundleChangedError: what is posted with an invoice is no longer what it names.
    """
    named: dict[str, tuple[Part, ...]] = {}
    risks = _risks(connection, _noting(named, documents))
    parts = parts_of_each(connection, named)
    alone = _risks(connection, {one.id: one for each in parts.values() for one in each}.values())
    for name, each in parts.items():
        risks[name] += sum(alone[one.id] for one in each)
    return risks


def _noting(
    named: dict[str, tuple[Part, ...]], documents: Iterable[Document]
) -> Iterator[Document]:
    for one in documents:
        if parts := named_parts(one):
            named[one.id] = parts
        yield one


def _risks(connection: Connection, documents: Iterable[Document]) -> dict[str, int]:
    """Return the risk of each text with its long list."""
    risks, listed = dict[str, int](), dict[str, Document]()
    for one in documents:
        if long_lists.lines_in(one.content) is None:
            risks[one.id] = risk_minor(one.content)
        else:
            listed[one.id] = one
    lists = {name: long_lists.lines_in(one.content) or "" for name, one in listed.items()}
    sums = long_lists.base_minor(connection, set(lists.values()))
    for name, one in listed.items():
        risks[name] = risk_minor(one.content, list_base_minor=sums[lists[name]])
    return risks
