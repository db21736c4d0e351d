"""Small notes of this computer, kept as JSON: what cannot be read is as if nothing was noted."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from erpdesk.files.atomic import replacing


def read_notes(path: Path) -> dict[str, Any]:
    """Return what was noted; nothing where there is no file, or a damaged one."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def write_notes(path: Path, notes: dict[str, Any]) -> None:
    """Write notes whole, or leave the old ones.

    Raises:
        FileNotWrittenError: the folder or the disk does not allow it.
    """
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with replacing(path) as fresh:
        fresh.write_text(json.dumps(notes, ensure_ascii=False, indent=1), "utf-8")
