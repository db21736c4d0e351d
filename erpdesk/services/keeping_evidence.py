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
            OSError: it is not there, may not be read, or is no file but a device.
        """
        if not path.is_file():
            raise FileNotFoundError(path)
        self._allow(path.stat().st_size, path.name)  # before its bytes fill the memory
        return self.keep(path.read_bytes(), name=path.name)

    def keep(self, data: bytes, *, name: str) -> bytes:
        """Store bytes unchanged and return their SHA-256."""
        if not data:
            raise EvidenceEmptyError(name=name)
        self._allow(len(data), name)
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self.company.run(
            lambda unit: evidence.keep(unit, data, name=name, media_type=media_type)
        )

    def _allow(self, size: int, name: str) -> None:
        with self.company.database.reading() as connection:
            most = people.policy(connection, "evidence_bytes")
        if size > most:
            raise EvidenceTooLargeError(name=name, most=most // 1024 // 1024)
