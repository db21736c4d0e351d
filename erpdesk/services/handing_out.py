"""Files that leave the program as they are: written whole, or what stood there stays."""

from pathlib import Path

from erpdesk.files.atomic import replacing


def hand_out(path: Path, data: bytes) -> Path:
    """Write a file where somebody wants it, and return where.

    Raises:
        FileNotWrittenError: a full disk, a folder that may not be written to.
    """
    with replacing(path) as fresh:
        fresh.write_bytes(data)
    return path
