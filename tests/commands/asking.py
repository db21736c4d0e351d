"""The command line asked inside this process, and asked as a program of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from erpdesk.__main__ import run

ROOT = Path(__file__).resolve().parents[2]


class Said(NamedTuple):
    """What a command line answered."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """Return the one answer as JSON."""
        return json.loads(self.out)

    @property
    def values(self) -> list[Any]:
        """Return the answers as JSON, a line each."""
        return [json.loads(line) for line in self.out.splitlines()]


def ask(*arguments: object, stdin: bytes | str = b"") -> Said:
    """Run the command line here; whatever it raises beyond its own handling fails the test."""
    with CliRunner().isolation(input=stdin) as (out, err, _):
        code = run([str(one) for one in arguments])
        return Said(code, out.getvalue().decode(), err.getvalue().decode())


def program(*arguments: object, python: tuple[str, ...] = ()) -> list[str]:
    """Return the command of the program itself."""
    return [sys.executable, *python, "-m", "erpdesk", *(str(one) for one in arguments)]


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """Return an environment in which the program finds itself and leaves nothing behind."""
    own = {
        name: str(home / name)
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    }
    keyring = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    return {**os.environ, "PYTHONPATH": str(ROOT), **own, **keyring, **more}


def ask_program(
    home: Path, *arguments: object, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> Said:
    """Run the program as a process of its own."""
    done = subprocess.run(
        program(*arguments),
        input=stdin,
        capture_output=True,
        env=surroundings(home, **(env or {})),
        check=False,
        timeout=120,
        cwd=home,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())
