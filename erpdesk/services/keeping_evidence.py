"""Evidence files: taken in as they are, under the hash of their bytes."""

import mimetypes
from dataclasses import dataclass
from pathlib import Path

from erpdesk.errors import UserError
from erpdesk.storage import evidence, people
from erpdesk.storage.unit_of_work import Company


class EvidenceTooLargeError(UserError):
    """The file is larger than the policy allows."""


class EvidenceEmptyError(UserError):
    """The file is empty and proves nothing."""


@dataclass(frozen=True, slots=True)
class KeepingEvidence:
    """Keeps files in the company, so that one backup holds all."""

    company: Company

    def keep_file(self, path: Path) -> bytes:
        """Store a file unchanged and return its SHA-256.

        Raises:
            EvidenceTooLargeError, EvidenceEmptyError: it was not stored.
        """
        return self.keep(path.read_bytes(), name=path.name)

    def keep(self, data: bytes, *, name: str) -> bytes:
        """Store bytes unchanged and return their SHA-256."""
        if not data:
            raise EvidenceEmptyError(name=name)
        with self.company.database.reading() as connection:
            most = people.policy(connection, "evidence_bytes")
        if len(data) > most:
            raise EvidenceTooLargeError(name=name, most=most // 1024 // 1024)
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self.company.run(
            lambda unit: evidence.keep(unit, data, name=name, media_type=media_type)
        )
