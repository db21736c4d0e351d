"""A long list on its way in: its rows are written, a document names it, and is posted or waits."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from typing_extensions import override

from erpdesk.domain.importing.rows import Good, ImportReport
from erpdesk.files.refusals import FileNotThereError
from erpdesk.services.importing.tables import ImportSource, Writer
from erpdesk.services.submitting import must_be_ready
from erpdesk.storage import documents, people
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.long_lists import LongList
from erpdesk.storage.unit_of_work import Unit

G = TypeVar("G", bound=Good)
W_contra = TypeVar("W_contra", bound=Good, contravariant=True)


class Writing(Protocol[W_contra]):
    """How rows of a kind become a list."""

    def append(self, listed: LongList, rows: Sequence[W_contra]) -> int:
        """Write rows after those that are there; return how many there are now."""
        ...

    def sums(self, listed: LongList, report: ImportReport) -> Mapping[str, int]:
        """Return what the text says of the list besides its count."""
        ...


@dataclass
class ListWriter(Writer[G], Generic[G]):
    """Writes rows as one list; ``alone`` says whether one person may post it."""

    listed: LongList
    source: ImportSource
    writing: Writing[G]
    alone: Callable[[Unit], bool]
    done: int = 0

    @override
    def append(self, rows: Sequence[G]) -> int:
        self.done = self.writing.append(self.listed, rows)
        return self.done

    @override
    def hand_in(self, report: ImportReport) -> Document | None:
        if not self.done:
            return None
        unit, files = self.listed.unit, self.source.files
        named = self.listed.named(rows=self.done, sums=self.writing.sums(self.listed, report))
        content = {"list": named, "memo": f"{named_in(files)}  {fingerprint(files)}"}
        return post_list(unit, content, alone=self.alone(unit))


def fingerprint(files: Sequence[Path]) -> str:
    """Return what files are known again by: ``sha256:`` and the hash of their hashes.

    Raises:
        FileNotThereError: one of them cannot be opened.
    """
    whole = hashlib.sha256()
    for path in files:
        try:
            with path.open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as fault:
            raise FileNotThereError(path=path) from fault
    return f"sha256:{whole.hexdigest()}"


def named_in(files: Sequence[Path]) -> str:
    """Return the names of files as a memo says them."""
    return "、".join(path.name for path in files)


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
