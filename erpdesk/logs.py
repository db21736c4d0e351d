"""The log of this computer: one JSON line an event, a few files in turn, and no secrets.

What writes it is loaded with the first event: a start that goes well has a window before one.
"""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from typing_extensions import override

FILE_NAME = "erpdesk.jsonl"
FILE_BYTES_MAX = 2_000_000
OLDER_FILES = 5
HIDDEN = "***"

_NAMES: Final = r"pass(?:word|phrase|wd)?|pwd|secret|token|wrapped|private_key|verifier|口令|密码"


@cache
def _secrets() -> tuple[tuple[re.Pattern[str], str], ...]:
    return (
        (re.compile(r"(\w+://[^\s/:@]*:)[^\s@]+(?=@)"), rf"\1{HIDDEN}"),
        (re.compile(r"\[parameters: .*", re.DOTALL), f"[parameters: {HIDDEN}]"),
        (re.compile(r"\$argon2\w*\$[^\s'\"]+"), HIDDEN),
        (
            re.compile(
                rf"((?:{_NAMES})\w*[\"']?\s*[=:：]\s*)"
                r"(b?\"(?:[^\"\\]|\\.)*\"|b?'(?:[^'\\]|\\.)*'|[^\s,;&)}\]]+)",
                re.IGNORECASE,
            ),
            rf"\1{HIDDEN}",
        ),
    )


def redacted(text: str) -> str:
    """Return the text with what looks like a secret, or holds business values, taken out."""
    for pattern, instead in _secrets():
        text = pattern.sub(instead, text)
    return text


class JsonLines(logging.Formatter):
    """One line of JSON an event; a line end inside a message cannot make a second one."""

    def __init__(self, run_id: str) -> None:
        super().__init__()
        self.run_id = run_id

    @override
    def format(self, record: logging.LogRecord) -> str:
        import json
        from datetime import UTC, datetime

        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "run": self.run_id,
            "level": record.levelname,
            "from": record.name,
            "said": redacted(record.getMessage()),
        }
        if record.exc_info:
            line["trace"] = redacted(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class _AtFirst(logging.Handler):
    """Files in turn, in a folder; they are opened for the first event."""

    def __init__(self, folder: Path, run_id: str) -> None:
        super().__init__()
        self._folder, self._run_id = folder, run_id

    @cached_property
    def _files(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        made = RotatingFileHandler(
            self._folder / FILE_NAME,
            maxBytes=FILE_BYTES_MAX,
            backupCount=OLDER_FILES,
            encoding="utf-8",
            errors="backslashreplace",
            delay=True,
        )
        made.setFormatter(JsonLines(self._run_id))
        return made

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self._files.emit(record)

    @override
    def close(self) -> None:
        if "_files" in self.__dict__:
            self._files.close()
        super().close()


@contextmanager
def logging_to(folder: Path, *, level: int = logging.INFO) -> Iterator[str]:
    """Write the log into a folder while the block runs; the value is the id of this run."""
    run_id = os.urandom(6).hex()
    handler = _AtFirst(folder, run_id)
    root = logging.getLogger()
    level_before = root.level
    root.addHandler(handler)
    root.setLevel(level)
    try:
        yield run_id
    finally:
        root.setLevel(level_before)
        root.removeHandler(handler)
        handler.close()
