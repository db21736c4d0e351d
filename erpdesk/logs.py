"""The log of this computer: one JSON line an event, a few files in turn, and no secrets."""

import json
import logging
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from typing_extensions import override

FILE_NAME = "erpdesk.jsonl"
FILE_BYTES_MAX = 2_000_000
OLDER_FILES = 5
HIDDEN = "***"

_NAMES = r"pass(?:word|phrase|wd)?|pwd|secret|token|wrapped|private_key|verifier|口令|密码"
_SECRETS = (
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
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class JsonLines(logging.Formatter):
    """One line of JSON an event; a line end inside a message cannot make a second one."""

    def __init__(self, run_id: str) -> None:
        super().__init__()
        self.run_id = run_id

    @override
    def format(self, record: logging.LogRecord) -> str:
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


@contextmanager
def logging_to(folder: Path, *, level: int = logging.INFO) -> Iterator[str]:
    """Write the log into a folder while the block runs; the value is the id of this run."""
    run_id = uuid.uuid4().hex[:12]
    handler = RotatingFileHandler(
        folder / FILE_NAME,
        maxBytes=FILE_BYTES_MAX,
        backupCount=OLDER_FILES,
        encoding="utf-8",
        errors="backslashreplace",
        delay=True,
    )
    handler.setFormatter(JsonLines(run_id))
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
