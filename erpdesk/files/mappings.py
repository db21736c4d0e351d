"""Which column is what, remembered by the header it was said for."""

import json
from dataclasses import dataclass
from pathlib import Path

from erpdesk.domain.importing.columns import Columns, Given, signature
from erpdesk.files.atomic import replacing


@dataclass(frozen=True, slots=True)
class Mappings:
    """A small file of mappings; a damaged one is as good as none."""

    path: Path

    def remembered(self, columns: Columns) -> Given:
        """Return what was said for a header like this, or nothing."""
        return self._all().get(signature(columns.header), {})

    def remember(self, columns: Columns, said: Given | None = None) -> None:
        """Keep what was said, for the next file with this header; without it, what was found."""
        kept = columns.mapping() if said is None else _plain(said)
        every = self._all() | {signature(columns.header): kept}
        with replacing(self.path) as temporary:
            temporary.write_text(json.dumps(every, ensure_ascii=False, indent=1), "utf-8")

    def _all(self) -> dict[str, dict[str, list[str]]]:
        try:
            found = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def _plain(said: Given) -> dict[str, list[str]]:
    return {name: [one] if isinstance(one, str) else list(one) for name, one in said.items()}
