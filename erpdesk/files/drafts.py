"""Half-typed work, kept on this computer: one small file a page, replaced whole."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from erpdesk.files.atomic import replacing

FORM: Final = 1
"""The shape of the file; one written by another version of the program is left alone."""


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of one person in one company; ``name`` is the page that keeps one."""

    folder: Path

    def keep(self, name: str, draft: Mapping[str, Any]) -> None:
        """Keep a draft in place of the one before, durably; an empty one takes it away.

        Raises:
            FileNotWrittenError: it could not be written; the one before is untouched.
        """
        path = self._path(name)
        if not draft:
            path.unlink(missing_ok=True)
            return
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(path) as fresh:
            fresh.write_text(json.dumps({"form": FORM, "draft": draft}), "utf-8")

    def kept(self, name: str) -> dict[str, Any]:
        """Return the draft of a page, empty where there is none that can be read."""
        try:
            found = json.loads(self._path(name).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        is_ours = isinstance(found, dict) and found.get("form") == FORM
        draft = found.get("draft") if is_ours else None
        return draft if isinstance(draft, dict) else {}

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.json"
