"""Sets everything up and opens the program: ``python3 installer/run.py``.

``--headless DIR`` opens no window and does the main job on a sample company: the company file, the
notice, the journals and ``summary.json`` are left in DIR. Without a display it does the same.
What follows ``--`` goes to the program's command line instead: ``run.py -- --help``.
"""

import sys
from pathlib import Path


def main() -> int:
    """Run; an old Python is told so before it meets anything it could not read."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older one is what is to be found out
        here = "{}.{}".format(*sys.version_info[:2])
        print(f"需要 Python 3.11 或更新的版本，这是 {here}。")
        print(f"  Python 3.11 or later is needed; this is {here}.")
        return 2
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from installer import running

    return running.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
