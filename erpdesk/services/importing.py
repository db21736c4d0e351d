"""What every import shares: a long list goes in, a document names it, and it is posted or waits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from erpdesk.domain.import_rows import BadRow, ImportReport
from erpdesk.errors import UserError
from erpdesk.services.submitting import must_be_ready
from erpdesk.storage import documents, people
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.unit_of_work import Unit

Progress = Callable[[int], None]
"""Told how many rows were read so far."""


class BadRowsError(UserError):
    """Some rows are bad, and all or none was asked for."""


class NothingToImportError(UserError):
    """There is no good row in the file."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: the counts, the bad rows as they came, and the posted document.

    ``document`` is None where nothing new was in the file.
    """

    report: ImportReport
    bad: tuple[BadRow, ...]
    document: Document | None


def post_list(unit: Unit, content: dict[str, Any], *, alone: bool) -> Document:
    """Write the document that names a list: posted where one person may decide, else submitted.

    Raises:
        NobodyMayApproveError: a second person has to decide, and there is none who may.
    """
    document_id = unit.new_id()
    seen = documents.draft(unit, "import", document_id, content, step_id=unit.new_id())
    if not alone:
        must_be_ready(unit, document_id)
    for verb in ("submit", "load", "post") if alone else ("submit",):
        seen = documents.take_step(unit, NextStep(unit.new_id(), document_id, "import", seen, verb))
    return documents.look(unit.connection, document_id)


def is_set_up(unit: Unit) -> bool:
    """Say whether masters may still be imported by one person."""
    return people.in_set_up(unit.connection)


def must_go_on(report: ImportReport, *, all_or_none: bool) -> None:
    """Refuse a file with bad rows where all or none was asked for.

    Raises:
        BadRowsError: with the counts.
    """
    if all_or_none and report.bad_rows:
        raise BadRowsError(bad=report.bad_rows, rows=report.rows)
