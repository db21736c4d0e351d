"""The program without a window."""

import sys

from erpdesk.commands.group import erpdesk


def main() -> None:
    """Run one verb and end with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    erpdesk(prog_name="erpdesk")


if __name__ == "__main__":
    main()
