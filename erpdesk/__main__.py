"""The program without a window."""

import gc
import json
import logging
import os
import secrets
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import pairwise
from typing import TextIO

import click

from erpdesk import logs, paths
from erpdesk.commands.frame import Session, refuse
from erpdesk.commands.group import erpdesk
from erpdesk.commands.usage import usage_said
from erpdesk.errors import ErpdeskError, UserError
from erpdesk.words import Sentence
from erpdesk.words.command_line import BROKE, STOPPED, SYSTEM

REFUSED, WRONG_USAGE, STOPPED_BY_HAND = 1, 2, 130
_MANY = 100_000
"""After so many new objects cycles are looked for: rows come by the thousand, and hold none."""
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_log_of = logging.getLogger("erpdesk")
_HOLD_CHINESE = ("utf", "gb", "big5", "cp936", "cp950")


class NotUtf8Error(UserError):
    """An argument holds bytes that are no text."""


def main() -> None:
    """Run one verb and end with its exit code."""
    gc.set_threshold(_MANY)
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        _speak(stream)
    code = run(sys.argv[1:])
    sys.exit(code if _told() else code or REFUSED)


def run(arguments: Sequence[str]) -> int:
    """Do what a command line says and return the exit code; nothing escapes as a traceback."""
    session = Session(json="--json" in arguments, language="en" if _english(arguments) else "zh")
    with ExitStack() as stack:
        _log(stack)
        stack.callback(session.close)
        try:
            return _answered(arguments, session)
        except OSError as fault:
            _log_of.exception("the system refused")
            return _tell(session, SYSTEM, path=fault.filename or "…", why=fault.strerror or fault)
        except Exception:  # noqa: BLE001 - the last resort: a sentence with an id
            name = "E-" + "".join(secrets.choice(_LETTERS) for _ in range(4))
            _log_of.exception(name)
            return _tell(session, BROKE, id=name, log=paths.log_folder() / logs.FILE_NAME)


def _answered(arguments: Sequence[str], session: Session) -> int:
    try:
        return _done(arguments, session)
    except click.UsageError as error:
        return _wrong_usage(session, error)
    except ErpdeskError as error:
        return refuse(session, error)
    except (KeyboardInterrupt, click.Abort):
        _tell(session, STOPPED)
        return STOPPED_BY_HAND
    except BrokenPipeError:
        return REFUSED


def _done(arguments: Sequence[str], session: Session) -> int:
    if any("\udc80" <= letter <= "\udcff" for one in arguments for letter in one):
        raise NotUtf8Error
    code = erpdesk.main(list(arguments), prog_name=_program(), obj=session, standalone_mode=False)
    if sys.stdout is not None:
        sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _program() -> str:
    return "python -m erpdesk" if sys.argv[0].endswith("__main__.py") else "erpdesk"


def _english(arguments: Sequence[str]) -> bool:
    pairs = pairwise(arguments)
    return "--lang=en" in arguments or ("--lang", "en") in pairs


def _wrong_usage(session: Session, error: click.UsageError) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and not session.json:
        click.echo(error.message, err=True)
        return WRONG_USAGE
    sentence = usage_said(error, session.language)
    if session.json:
        click.echo(json.dumps({"refused": sentence}, ensure_ascii=False))
    else:
        click.echo(sentence, err=True)
    return WRONG_USAGE


def _tell(session: Session, sentence: Sentence, **facts: object) -> int:
    said = session.say(sentence, **facts)
    if session.json:
        click.echo(json.dumps({"refused": said}, ensure_ascii=False))
    else:
        click.echo(said, err=True)
    return REFUSED


def _log(stack: ExitStack) -> None:
    """Write the log as long as this run lasts; without a place for it there is none."""
    logging.raiseExceptions = False
    try:
        stack.enter_context(logs.logging_to(paths.log_folder(), level=logging.WARNING))
    except OSError:
        return


def _open_closed() -> None:
    """Put nothing where a standard stream is closed, so that no file of ours takes its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nothing = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nothing, mode, encoding="utf-8"))


def _speak(stream: TextIO | None) -> None:
    """Write UTF-8, unless a terminal says that it takes Chinese in another way."""
    if stream is None or not hasattr(stream, "reconfigure"):
        return
    own = stream.isatty() and stream.encoding.lower().startswith(_HOLD_CHINESE)
    stream.reconfigure(encoding=stream.encoding if own else "utf-8", errors="backslashreplace")


def _told() -> bool:
    """Say whether all that was printed has left; a reader who went away is no fault of ours."""
    if sys.stdout is None:
        return True
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True


if __name__ == "__main__":
    main()
