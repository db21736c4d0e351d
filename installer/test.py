"""Sets everything up and passes the tests: ``python3 installer/test.py``.

``--quick`` stops after the quick suite, ``--coverage`` measures, ``--nightly`` runs only the long
tests of endurance; what follows ``--`` goes to pytest.
"""

import sys
from pathlib import Path


def main() -> int:
    """Test; an old Python is told so before it meets anything it could not read."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older one is what is to be found out
        here = "{}.{}".format(*sys.version_info[:2])
        print(f"需要 Python 3.11 或更新的版本，这是 {here}。")
        print(f"  Python 3.11 or later is needed; this is {here}.")
        return 2
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from installer import testing

    return testing.test(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
