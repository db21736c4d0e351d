"""Kinds of arguments that several verbs take: a day, a table, a file of evidence."""

import hashlib
import os
from datetime import date
from pathlib import Path
from typing import Any

import click
from typing_extensions import override

from erpdesk.bootstrap import Desk
from erpdesk.domain.evidence import KIND_OF, KINDS, Evidence
from erpdesk.files.atomic import FolderNotWritableError
from erpdesk.files.refusals import FileNotThereError
from erpdesk.files.safe_cells import UnknownSuffixError


class Day(click.ParamType[date]):
    """A calendar day, YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} → YYYY-MM-DD", param, ctx)


class Month(click.ParamType[str]):
    """A calendar month, YYYY-MM."""

    name = "YYYY-MM"

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return f"{date.fromisoformat(f'{value}-01'):%Y-%m}"
        except ValueError:
            self.fail(f"{value} → YYYY-MM", param, ctx)


DAY = Day()
MONTH = Month()
FILE = click.Path(path_type=Path)
POSITIVE = click.IntRange(min=1)
EVIDENCE_KINDS = "、".join(f"{kind.code} {kind.name_zh}" for kind in KINDS)


def must_be_writable(path: Path | None, suffixes: tuple[str, ...] = ()) -> None:
    """Go on only when a file can be written there: asked before anything is done for it.

    Raises:
        UnknownSuffixError, FolderNotWritableError: it cannot.
    """
    if path is None:
        return
    if suffixes and path.suffix.lower() not in suffixes:
        raise UnknownSuffixError(path=path)
    if path.is_dir() or not os.access(path.absolute().parent, os.W_OK | os.X_OK):
        raise FolderNotWritableError(path=path)


def kept_file(desk: Desk, name: str | Path) -> str:
    """Keep a file as evidence and return its hash (hex).

    Raises:
        FileNotThereError: it is not there or may not be opened.
    """
    path = Path(name)
    try:
        return desk.evidence.keep_file(path).hex()
    except OSError as fault:
        raise FileNotThereError(path=path) from fault


def named_evidence(text: str, *, otherwise: str | None = None) -> tuple[Evidence, Path]:
    """Return what ``KIND=FILE`` names, or a bare file of the usual kind; nothing is kept yet.

    Raises:
        click.BadParameter: the kind is not said, or is not known.
        FileNotThereError: it is not there or may not be opened.
    """
    kind, mark, name = text.partition("=")
    known = _kind(kind.strip()) if mark else None
    if known is None and otherwise is not None:
        known, name = otherwise, text
    if known is None:
        hint = f"{text} → KIND=FILE ({EVIDENCE_KINDS})"
        raise click.BadParameter(hint, param_hint="--evidence")
    path = Path(name)
    if not path.is_file():  # nor a device, which has no end
        raise FileNotThereError(path=path)
    try:
        with path.open("rb") as file:
            return Evidence(hashlib.file_digest(file, "sha256").hexdigest(), known), path
    except OSError as fault:
        raise FileNotThereError(path=path) from fault


def _kind(text: str) -> str | None:
    by_name = {kind.name_zh: kind.code for kind in KINDS}
    return text if text in KIND_OF else by_name.get(text)
